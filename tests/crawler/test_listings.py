from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from ex99.crawler.columns import merge_filings
from ex99.crawler.errors import ListingError
from ex99.crawler.filters import WantedFilings
from ex99.crawler.histories import History
from ex99.crawler.listings import OverflowPage, list_overflow, read_company_tickers, read_overflow, read_submissions
from ex99.filings.identifiers import Cik

COLUMNS: dict[str, list[Any]] = {
    "accessionNumber": ["0009990001-24-000003", "0009990001-24-000002", "0009990001-99-000001", "0009990001-24-000009"],
    "filingDate": ["2024-10-21", "2024-05-02", "1999-04-20", "2024-01-02"],
    "reportDate": ["2024-10-20", "", "1999-04-15", ""],
    "acceptanceDateTime": ["2024-10-21T16:15:02.000Z"] * 4,
    "form": ["8-K", "10-Q", "8-K/A", "18-K"],
    "items": ["2.02,9.01", "", "12,5,7", ""],
    "size": [412459, 1, 0, 1],
    "primaryDocument": ["x.htm", "", "", ""],
    "a new column": [None] * 4,
}


def page(**changes: Any) -> bytes:
    found = {
        "cik": "0009990001",
        "name": "TUMBLEWICK CORP",
        "tickers": ["TWK", "TWK-PA"],
        "exchanges": ["NYSE"],
        "sic": "3829",
        "fiscalYearEnd": "1231",
        "stateOfIncorporation": "DE",
        "formerNames": [{"name": "TUMBLE INC", "from": "1990-01-01T00:00:00.000Z", "to": "1999-01-04T05:00:00.000Z"}],
        "filings": {
            "recent": COLUMNS,
            "files": [
                {"name": "CIK0009990001-submissions-001.json", "filingCount": 7, "filingFrom": "1996-01-02", "filingTo": "1999-01-04"},
            ],
        },
    }
    return json.dumps(found | changes).encode()


@pytest.mark.parametrize("cik", ["0009990001", "9990001", 9990001])
def test_reads_a_submissions_file(cik: str | int) -> None:
    found = read_submissions(page(cik=cik))
    assert found.filer.cik == 9990001
    assert found.filer.tickers == (("TWK", "NYSE"), ("TWK-PA", None))
    assert found.filer.former_names[0].until == dt.date(1999, 1, 4)
    assert [f.form for f in found.filings] == ["8-K", "8-K/A"]
    first, old = found.filings
    assert first.acceptance is None
    assert first.size == 412459
    assert first.period_of_report == dt.date(2024, 10, 20)
    assert [item.number for item in first.items] == ["2.02", "9.01"]
    assert [item.number for item in old.items] == ["5", "7", "12"]
    assert (old.size, old.primary_document, old.items[0].title) == (None, None, "Other Events")
    assert found.listed == 4
    assert found.overflow[0] == OverflowPage("CIK0009990001-submissions-001.json", dt.date(1996, 1, 2), dt.date(1999, 1, 4), 7)


def test_reads_an_overflow_page_and_merges_what_overlaps() -> None:
    older = read_overflow(json.dumps(COLUMNS).encode(), Cik(9990001))
    newer = read_submissions(page()).filings
    assert merge_filings(older.filings, newer) == newer
    assert older.listed == 4


def test_a_company_without_filings() -> None:
    empty = {name: [] for name in COLUMNS}
    found = read_submissions(page(filings={"recent": empty, "files": []}, tickers=[], exchanges=[], formerNames=[]))
    assert (found.filings, found.overflow) == ((), ())


@pytest.mark.parametrize(
    ("since", "until", "needed"),
    [
        (None, None, True),
        (dt.date(1999, 1, 10), None, True),
        (dt.date(1999, 3, 1), None, False),
        (None, dt.date(1995, 12, 28), True),
        (None, dt.date(1995, 12, 1), False),
    ],
)
def test_overflow_pages_of_a_span_of_days(since: dt.date | None, until: dt.date | None, needed: bool) -> None:
    assert bool(list_overflow(read_submissions(page()).overflow, since, until)) is needed


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html></html>", "not_json"),
        (page()[:-40], "not_json"),
        (b"[]", "bad_shape"),
        (b"{}", "bad_shape"),
        (b"[" * 100_000, "not_json"),
        (page(cik="x"), "bad_shape"),
        (page(filings={"recent": COLUMNS | {"filingDate": ["yesterday"] * 4}}), "bad_shape"),
        (page(filings={"recent": {}}), "bad_shape"),
        (page(filings=None), "bad_shape"),
    ],
)
def test_what_is_no_submissions_file_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ListingError) as caught:
        read_submissions(data)
    assert caught.value.code == code


def columns(**changes: Any) -> bytes:
    return page(filings={"recent": COLUMNS | changes, "files": []})


@pytest.mark.parametrize(
    ("data", "read", "words"),
    [
        (columns(filingDate=["2024-10-21", "2024-05-02", "", "2024-01-02"]), 1, "has the filing date ''"),
        (columns(filingDate=["2024-10-21", "2024-05-02", "9999-12-31", "2024-01-02"]), 1, "has the filing date '9999-12-31'"),
        (columns(accessionNumber=["0009990001-24-000003", "x", None, "y"]), 1, "row 3 of 4"),
        (columns(form=["8-K", "10-Q"]), 1, "2 of 4 rows cannot be told"),
        (page(filings={"recent": COLUMNS, "files": ["a page"]}), 2, "an overflow page without a name"),
    ],
)
def test_an_odd_row_costs_itself_alone(data: bytes, read: int, words: str) -> None:
    found = read_submissions(data)
    assert len(found.filings) == read
    assert len(found.odd) == 1
    assert words in found.odd[0]


def test_a_shorter_column_tells_nothing_rather_than_something_of_another_filing() -> None:
    found = read_submissions(columns(items=["2.02,9.01", ""], size=[1, 2, 3]))
    assert found.odd == ()
    assert [(filing.items, filing.size) for filing in found.filings] == [((), None)] * 2


@pytest.mark.parametrize("odd", [None, "x", 7, {"a": 1}, [None, 3, {"name": 5}, ["x"]]])
def test_odd_names_and_exchanges_cost_no_company(odd: Any) -> None:
    found = read_submissions(page(tickers=odd, exchanges=odd, formerNames=odd, sic=odd, name=odd, fiscalYearEnd=odd))
    assert len(found.filings) == 2
    assert found.odd == ()


def test_files_of_another_type_are_an_error() -> None:
    with pytest.raises(ListingError, match="expected a list"):
        read_submissions(page(filings={"recent": COLUMNS, "files": {"name": "x"}}))


def test_another_companys_history_is_refused() -> None:
    with pytest.raises(ListingError) as caught:
        History.read(page(cik="9990002"), Cik(9990001), WantedFilings())
    assert caught.value.code == "another_company"


def test_a_page_with_fewer_filings_than_counted_is_told_of_and_taken_in() -> None:
    history = History.read(page(), Cik(9990001), WantedFilings())
    assert history.next_overflow() == "CIK0009990001-submissions-001.json"
    rows = [(f"0009990001-96-{number:06d}", "1996-05-01", "8-K") for number in range(7)]
    half = {name: [row[place] for row in rows[:3]] for place, name in enumerate(("accessionNumber", "filingDate", "form"))}
    with pytest.raises(ListingError, match="lists 3 filings of 7"):
        history.add(json.dumps(half).encode())
    assert len(history.listing().filings) == 2 + 3
    with pytest.raises(ListingError, match="lists 3 filings of 7"):  # the same ones twice are no more
        history.add(json.dumps({name: column * 2 for name, column in half.items()}).encode())
    history.add(json.dumps({name: [row[place] for row in rows] for place, name in enumerate(half)}).encode())
    assert len(history.listing().filings) == 2 + 7


def test_both_tables_of_tickers() -> None:
    rows = {
        "0": {"cik_str": 9990001, "ticker": "TWK", "title": "TUMBLEWICK CORP"},
        "1": {"cik_str": 9990003, "ticker": "GRM-B", "title": "Grummet"},
    }
    exchanges = {
        "fields": ["cik", "name", "ticker", "exchange"],
        "data": [
            [9990001, "TUMBLEWICK CORP", "TWK", "NYSE"],
            [9990003, "Grummet", "GRM-B", None],
        ],
    }
    found = read_company_tickers(json.dumps(rows).encode())
    assert found == read_company_tickers(json.dumps(exchanges).encode())
    assert (found[1].cik, found[1].ticker, found[1].name) == (9990003, "GRM-B", "Grummet")
    with pytest.raises(ListingError):
        read_company_tickers(b'{"0": {"ticker": "TWK"}}')
