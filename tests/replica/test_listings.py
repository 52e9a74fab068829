"""Submissions files, overflow pages and company_tickers, in the shapes of 2026."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ex99.replica.catalog import Catalog
from ex99.replica.compose import write_filings
from ex99.replica.listings import COLUMNS, Listings
from ex99.replica.options import ReplicaOptions
from ex99.replica.server import start_replica
from tests.replica.conftest import PAGE_SIZE, Served, ask

CIK = "CIK0009000017"


def fetch(served: Served, name: str) -> Any:
    answer = served.get(f"/submissions/{name}.json")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    return json.loads(answer.body)


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    assert tuple(columns) == COLUMNS
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def all_rows(served: Served) -> list[dict[str, Any]]:
    main = fetch(served, CIK)
    pages = [fetch(served, row["name"].removesuffix(".json")) for row in main["filings"]["files"]]
    return [row for page in (main["filings"]["recent"], *pages) for row in rows_of(page)]


def test_main_file_names_the_company(served: Served) -> None:
    main = fetch(served, CIK)
    assert main["cik"] == "0009000017"
    assert main["name"] == "BRACKENHURST TOOLS INC"
    assert main["tickers"] == ["BRKN"]
    assert main["fiscalYearEnd"] == "1231"
    assert {"sic", "ownerOrg", "lei", "addresses", "formerNames", "flags"} <= main.keys()


def test_overflow_pages_hold_the_rest(served: Served) -> None:
    main = fetch(served, CIK)
    files = main["filings"]["files"]
    assert len(main["filings"]["recent"]["form"]) == PAGE_SIZE
    assert [row["name"] for row in files] == [f"{CIK}-submissions-{n:03d}.json" for n in range(1, len(files) + 1)]
    listed = [row["accessionNumber"] for row in all_rows(served)]
    assert listed == [f.truth.accession for f in sorted(served.company, key=lambda f: (f.truth.filed, f.truth.accession), reverse=True)]
    assert sum(row["filingCount"] for row in files) == len(listed) - PAGE_SIZE


def test_overflow_pages_have_no_wrapper_and_loose_bounds(served: Served) -> None:
    row = fetch(served, CIK)["filings"]["files"][0]
    page = fetch(served, row["name"].removesuffix(".json"))
    assert tuple(page) == COLUMNS
    assert page["filingDate"][-1] == row["filingFrom"]
    assert page["filingDate"][0] != row["filingTo"]


def test_newest_first(served: Served) -> None:
    dates = [row["filingDate"] for row in all_rows(served)]
    assert dates == sorted(dates, reverse=True)


def test_items_are_joined_and_sorted_as_strings(served: Served) -> None:
    rows = {row["accessionNumber"]: row for row in all_rows(served)}
    for filing in served.company:
        if filing.truth.filed.year > 2000:
            assert rows[filing.truth.accession]["items"] == ",".join(filing.truth.items)
    assert {"12,7", "2.02,9.01"} <= {row["items"] for row in rows.values()}


def test_blank_headers_of_the_old_days_still_have_items(served: Served) -> None:
    assert {row["items"] for row in all_rows(served) if row["filingDate"].startswith("1999")} <= {"5,7", "5"}


def test_primary_document_is_blank_before_2001(served: Served) -> None:
    for row in all_rows(served):
        assert (row["primaryDocument"] == "") == (row["filingDate"] < "2001")


def test_sizes_and_flags(served: Served) -> None:
    sizes = {f.truth.accession: len(f.data) for f in served.company}
    for row in all_rows(served):
        assert row["size"] == sizes[row["accessionNumber"]]
        assert row["isInlineXBRL"] == row["isXBRL"] == int(row["filingDate"] >= "2019-07")
        assert row["core_type"] == ("XBRL" if row["isXBRL"] else "8-K")


def test_acceptance_is_unknown_until_2003(served: Served) -> None:
    for row in all_rows(served):
        assert row["acceptanceDateTime"].endswith("T00:00:00.000Z") == (row["filingDate"] < "2003")


def clock_of(folder: Path, clock: str) -> list[tuple[dt.datetime, dt.datetime]]:
    """The newest and the oldest acceptance as listed (taken at its word) and as it was."""
    catalog = Catalog(folder)
    catalog.scan()
    columns = json.loads(Listings(catalog, ReplicaOptions(folder, clock=clock)).submissions(f"{CIK}.json") or b"")["filings"]["recent"]
    listed = [dt.datetime.fromisoformat(text.replace("Z", "+00:00")) for text in columns["acceptanceDateTime"]]
    true = {f.accession: f.acceptance for f in catalog.filings}
    pairs = [(said, true[a]) for said, a in zip(listed, columns["accessionNumber"], strict=True)]
    return [(said, was) for said, was in (pairs[0], pairs[-1]) if was is not None]


@pytest.mark.parametrize(("clock", "lies"), [("utc", [False, False]), ("eastern", [True, True]), ("mixed", [True, False])])
def test_the_z_may_lie(tmp_path: Path, served: Served, clock: str, lies: list[bool]) -> None:
    write_filings(tmp_path, (f for f in served.company if f.truth.filed.year > 2010))
    for (said, was), lie in zip(clock_of(tmp_path, clock), lies, strict=True):
        assert (said != was) == lie
        if lie:
            assert said.replace(tzinfo=None) == was.astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)


def test_blank_items_stay_blank_after_2004(tmp_path: Path, served: Served) -> None:
    filing = next(f for f in served.company if f.truth.filed.year == 2011 and f.truth.fiscal)
    lines = b"\n".join(line for line in filing.data.splitlines() if not line.startswith(b"ITEM INFORMATION"))
    (tmp_path / "x.txt").write_bytes(lines.replace(b"FILED AS OF", b"ITEM INFORMATION:\t\t\nFILED AS OF", 1))
    with start_replica(tmp_path) as replica:
        recent = json.loads(ask(replica.url, f"/submissions/{CIK}.json").body)["filings"]["recent"]
        assert recent["items"] == [""]
        page = ask(replica.url, f"/Archives/{filing.truth.accession.folder_path(9_000_017)}{filing.truth.accession}-index.htm")
        assert "Item 2.02: Results of Operations" in page.text


def test_overlap_repeats_filings_at_the_boundary(tmp_path: Path, served: Served) -> None:
    write_filings(tmp_path, served.company[:30])
    with start_replica(tmp_path, page_size=10, overlap=2) as replica:
        main = json.loads(ask(replica.url, f"/submissions/{CIK}.json").body)
        page = json.loads(ask(replica.url, f"/submissions/{CIK}-submissions-001.json").body)
        assert page["accessionNumber"][:2] == main["filings"]["recent"]["accessionNumber"][-2:]
        assert main["filings"]["files"][0]["filingCount"] == len(page["form"]) == 22


def test_co_registrants_list_the_same_accession(served: Served) -> None:
    truth = served.traps["co_registrants"].truth
    for cik in truth.ciks:
        assert fetch(served, f"CIK{cik.padded}")["filings"]["recent"]["accessionNumber"] == [truth.accession]


@pytest.mark.parametrize("name", ["CIK0000000001.json", "CIK0000000000.json", "CIK9000017.json", f"{CIK}-submissions-099.json", "x"])
def test_unknown_files_are_404(served: Served, name: str) -> None:
    answer = served.get(f"/submissions/{name}")
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/xml"
    assert f"<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>submissions/{name}</Key>" in answer.text


def test_submissions_are_never_to_be_kept(served: Served) -> None:
    headers = served.get(f"/submissions/{CIK}.json").headers
    assert "no-store" in headers["cache-control"]
    assert not {"etag", "last-modified"} & headers.keys()


def test_company_tickers(served: Served) -> None:
    rows = json.loads(served.get("/files/company_tickers.json").body)
    assert list(rows) == [str(n) for n in range(len(rows))]
    assert {"cik_str": 9_000_017, "ticker": "BRKN", "title": "Brackenhurst Tools, Inc."} in rows.values()
    table = json.loads(served.get("/files/company_tickers_exchange.json").body)
    assert table["fields"] == ["cik", "name", "ticker", "exchange"]
    assert len(table["data"]) == len(rows) == len({row[2] for row in table["data"]})
    assert served.get("/submissions/company_tickers.json").status == 404


def test_tickers_may_be_given(tmp_path: Path, served: Served) -> None:
    given = tmp_path / "tickers.json"
    given.write_text('{"0":{"cik_str":9000017,"ticker":"BR-A","title":"Brackenhurst"}}')
    with start_replica(served.folder, company_tickers=given) as replica:
        assert json.loads(ask(replica.url, "/files/company_tickers.json").body) == json.loads(given.read_text())
        assert json.loads(ask(replica.url, f"/submissions/{CIK}.json").body)["tickers"] == ["BR-A"]
