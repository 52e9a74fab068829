"""Companies as users name them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ex99.api import Archive, open_archive
from ex99.companies import find_ciks, find_company, split_companies
from ex99.errors import UserError
from ex99.filings.release import Ticker
from ex99.storage.queries import list_documents_to_parse
from ex99.storage.writer import Writer
from tests.ex99.conftest import CIK, NAME, Cli
from tests.storage import made

NAMES = {
    11: "WEX COLA CO",
    12: "Wex Cola Hospitality REIT, Inc.",
    13: "O'Hara-Bolt Corp",
    14: "BOLT BOLT LTD",
    15: "O QUILLAN PARTS INC",
    16: "BARNABYS CORP",
    17: "Quimberly Vale Mills Inc",
}


@pytest.fixture
def named(tmp_path: Path, surroundings: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "named") as archive:
        writer = Writer(archive.storage)
        for number, (cik, name) in enumerate(NAMES.items(), start=1):
            filing = made.filing(number, "2024-02-01", ciks=[cik])
            writer.save_submission(made.submission(filing, b"words", filers=[made.filer(cik, name)]))
        yield archive


def test_a_ticker_that_releases_print_leads_to_its_company_where_nothing_was_crawled(named: Archive) -> None:
    for number, (cik, symbol) in enumerate([(15, "OQP"), (14, "OQP"), (15, "OQP")], start=50):
        filing = made.filing(number, "2024-02-01", ciks=[cik])
        writer = Writer(named.storage)
        writer.save_submission(made.submission(filing, f"words {number}".encode(), filers=[made.filer(cik, NAMES[cik])]))
        (work,) = [work for work in list_documents_to_parse(named.storage, "1") if work.accession == filing.accession]
        told = made.release(f"words {number}".encode(), tickers=(Ticker(symbol, "NYSE"),))
        writer.save_release(work.document_id, told, writer.start_parse("1"))
    with pytest.raises(UserError, match="no company 'oqp'") as caught:
        find_company(named.storage, "oqp")
    assert "did you mean O QUILLAN PARTS INC (15) or BOLT BOLT LTD (14)? its releases print the ticker OQP" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("word", "cik"),
    [
        ("wex-cola", 11),
        ("Wex Cola Co.", 11),
        ("wex cola hospitality", 12),
        ("ohara bolt", 13),
        ("O’Hara", 13),
        ("O'Quillan", 15),
        ("O’Quillan Parts, Inc.", 15),
        ("Barnaby's", 16),
        ("hospitality", 12),
        ("11", 11),
    ],
)
def test_punctuation_and_legal_form_do_not_matter(named: Archive, word: str, cik: int) -> None:
    assert find_company(named.storage, word).cik == cik


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("bolt", "fits 2 companies"),
        ("wex cole", "did you mean WEX COLA CO (11)?"),
        ("quimbrely", "did you mean Quimberly Vale Mills Inc (17)?"),
        ("zzz", "known: WEX COLA CO (11)"),
        ("!", "known"),
    ],
)
def test_what_is_not_found_is_suggested(named: Archive, word: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        find_company(named.storage, word)
    assert words in f"{caught.value.message} {caught.value.hint}"


def test_commas_separate_companies_but_not_names(named: Archive) -> None:
    assert split_companies(["AAPL,MSFT", "Wex Cola, Inc.", 7, "a,", ","]) == ["AAPL", "MSFT", "Wex Cola, Inc.", 7, "a,"]
    assert find_ciks(named.storage, "11,ohara") == (11, 13)
    assert find_ciks(named.storage, ["Wex Cola Hospitality REIT, Inc.", "11,11"]) == (12, 11)


def test_every_command_takes_commas(cli: Cli, filled: Path) -> None:
    twice = f"{CIK},wexcombe"
    assert cli("query", "figures", "--company", twice, "-a", filled).code == 0
    assert cli("series", twice, "revenue", "-a", filled).code == 0
    assert cli("plot", twice, "revenue", "-a", filled).code == 0


def test_show_takes_a_company_or_an_address(cli: Cli, archive: Archive, filled: Path) -> None:
    latest = [release.accession for release in archive.releases(CIK)][-1]
    by_name, by_number = cli("show", NAME.lower(), "-a", filled), cli("show", latest, "-a", filled)
    assert by_name.code == 0
    assert by_name.out == by_number.out
    for address in (
        f"https://www.sec.gov/Archives/edgar/data/{CIK}/{latest.compact}/{latest}-index.htm",
        f"https://www.sec.gov/Archives/edgar/data/{CIK}/{latest}.txt",
        f"edgar/data/{CIK}/{latest.compact}/release.htm",
    ):
        assert cli("show", address, "-a", filled).out == by_number.out
    assert "no company 'NOPE'" in cli("show", "NOPE", "-a", filled).err
    assert "is no accession number" in cli("show", "https://www.sec.gov/edgar", "-a", filled).err
