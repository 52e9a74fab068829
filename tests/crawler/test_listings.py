from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from ex99.crawler.errors import ListingError
from ex99.crawler.listings import OverflowPage, list_overflow, merge_filings, read_company_tickers, read_overflow, read_submissions
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
    assert merge_filings(older, newer) == newer


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
        (page(filings={"recent": COLUMNS | {"form": ["8-K"]}}), "bad_shape"),
        (page(filings={"recent": COLUMNS | {"filingDate": ["yesterday"] * 4}}), "bad_shape"),
        (page(filings={"recent": {}}), "bad_shape"),
        (page(filings=None), "bad_shape"),
    ],
)
def test_what_is_no_submissions_file_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ListingError) as caught:
        read_submissions(data)
    assert caught.value.code == code


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
