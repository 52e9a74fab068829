"""Which filings are wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ex99.crawler.filters import FilterError, WantedFilings
from ex99.filings.filing import Filing
from ex99.filings.forms import Item
from ex99.filings.identifiers import AccessionNumber, Cik


def filing(day: str = "2020-05-05", items: tuple[str, ...] = ("2.02", "9.01"), form: str = "8-K") -> Filing:
    accession = AccessionNumber.parse("0009999001-20-000001")
    return Filing(accession, form, dt.date.fromisoformat(day), (Cik(9_999_001),), items=tuple(Item(number, "") for number in items))


def test_an_empty_filter_wants_everything() -> None:
    assert WantedFilings.parse().accepts(filing(form="8-K12B", items=()))


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ({"since": "2020-05-05"}, True),
        ({"since": "2020-05-06"}, False),
        ({"until": "2020-05-05"}, True),
        ({"until": "2020-05-04"}, False),
        ({"items": "2.02"}, True),
        ({"items": "results"}, True),
        ({"items": "8.01, 7.01"}, False),
        ({"forms": "8-k"}, True),
        ({"forms": "8-K/A,8-K12B"}, False),
        ({"accessions": "0009999001-20-000001"}, True),
        ({"accessions": "0009999001-20-000002"}, False),
    ],
)
def test_each_part_narrows(arguments: dict[str, str], wanted: bool) -> None:
    assert WantedFilings.parse(**arguments).accepts(filing()) is wanted


@pytest.mark.parametrize(
    ("arguments", "document", "state"),
    [
        ({}, None, "listed"),
        ({"since": "2020-05-06"}, "form8k.htm", "outside"),
        ({"accessions": "0009999001-20-000001"}, None, "listed"),
        ({"accessions": "0009999001-20-000002"}, None, None),
        ({}, "9999999997-20-000001.paper", "paper"),
        ({"since": "2020-05-06"}, "9999999997-20-000001.paper", "paper"),
    ],
)
def test_where_a_filing_stands(arguments: dict[str, str], document: str | None, state: str | None) -> None:
    assert WantedFilings.parse(**arguments).state_of(replace(filing(), primary_document=document)) == state


def test_blank_items_pass_an_item_filter() -> None:
    assert WantedFilings.parse(items="2.02").accepts(filing(items=()))


def test_results_include_the_old_item_12() -> None:
    assert WantedFilings.parse(items="results").accepts(filing(day="2004-02-02", items=("12", "7")))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"since": "yesterday"}, "since: expected a date such as"),
        ({"since": "2020-02-30"}, "since: expected a date"),
        ({"since": "2021-01-01", "until": "2020-01-01"}, "is later than until"),
        ({"items": "2.2"}, "'2.2' is no item of Form 8-K"),
        ({"forms": "10-Q"}, "'10-Q' is not of the 8-K family"),
        ({"forms": "18-K"}, "'18-K' is not of the 8-K family"),
    ],
)
def test_what_cannot_be_meant_is_said(arguments: dict[str, str], words: str) -> None:
    with pytest.raises(FilterError, match=words):
        WantedFilings.parse(**arguments)
