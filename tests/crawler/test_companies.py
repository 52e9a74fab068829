"""From what a user calls a company to its CIK."""

from __future__ import annotations

import pytest

from ex99.crawler.companies import (
    CompanyError,
    ListedCompany,
    join_companies,
    parse_cik,
    resolve_companies,
    split_companies,
    tell_companies,
)
from ex99.filings.identifiers import Cik

TABLE = [
    ListedCompany(Cik(9_999_001), "QZXA", "Quizzaxa Instruments, Inc."),
    ListedCompany(Cik(9_999_001), "QZXA-PB", "Quizzaxa Instruments, Inc."),
    ListedCompany(Cik(9_999_002), "WMBL", "Wombolt Holdings Corp"),
    ListedCompany(Cik(9_999_003), "WMBT", "Wombolt Trust"),
    ListedCompany(Cik(9_999_004), "GRND", "Grindle & Sons Ltd"),
    ListedCompany(Cik(9_999_005), "OQPI", "O QUILLAN PARTS INC"),
    ListedCompany(Cik(9_999_006), "BRNB", "BARNABYS CORP"),
]


@pytest.mark.parametrize(
    ("text", "cik"),
    [
        ("QZXA", 9_999_001),
        ("qzxa", 9_999_001),
        ("QZXA.PB", 9_999_001),
        ("9999002", 9_999_002),
        ("0009999002", 9_999_002),
        ("CIK9999002", 9_999_002),
        ("123", 123),
        ("wombolt trust", 9_999_003),
        ("Quizzaxa", 9_999_001),
        ("Grindle and Sons", None),
        ("grindle sons ltd", 9_999_004),
        ("O'Quillan", 9_999_005),
        ("Barnaby’s", 9_999_006),
        ("barnaby's corp", 9_999_006),
    ],
)
def test_tickers_ciks_and_names(text: str, cik: int | None) -> None:
    if cik is None:
        with pytest.raises(CompanyError):
            resolve_companies([text], TABLE)
    else:
        assert resolve_companies([text], TABLE) == [cik]


def test_each_company_comes_once_in_the_order_asked() -> None:
    assert resolve_companies(["WMBL", "QZXA", "9999002"], TABLE) == [9_999_002, 9_999_001]


def test_an_ambiguous_name_names_the_candidates() -> None:
    with pytest.raises(CompanyError, match=r"may be several companies: WMBL .* WMBT"):
        resolve_companies(["Wombolt"], TABLE)


def test_an_unknown_ticker_names_what_is_near() -> None:
    with pytest.raises(CompanyError, match=r"no company has the ticker or name 'QZXB': did you mean QZXA"):
        resolve_companies(["QZXB"], TABLE)


def test_where_nothing_is_near_the_way_by_cik_is_shown() -> None:
    with pytest.raises(CompanyError, match="delisted companies are found by their CIK only"):
        resolve_companies(["ZZZZZZZZ"], TABLE)


@pytest.mark.parametrize("text", ["12345678901", "0", "CIK00000000000001"])
def test_digits_that_are_no_cik(text: str) -> None:
    with pytest.raises(CompanyError, match="is no CIK"):
        parse_cik(text)


def test_names_with_commas_survive_the_argument() -> None:
    assert split_companies(join_companies(["Quizzaxa Instruments, Inc."])) == ["Quizzaxa Instruments, Inc."]
    assert split_companies("QZXA, 9999002,,") == ["QZXA", "9999002"]


def test_of_several_companies_one_that_is_no_more_costs_itself() -> None:
    ciks, unknown = tell_companies(["QZXA", "9999999999999", "GONE", "9999001"], TABLE)
    assert ciks == [Cik(9999001)]
    assert list(unknown) == ["9999999999999", "GONE"]
    with pytest.raises(CompanyError, match="GONE"):
        tell_companies(["GONE"], TABLE)
