"""A plan counts what is known: each filing once, what is archived, what is missing, in requests, hours and bytes."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest

from ex99.api import open_archive
from ex99.errors import UserError
from ex99.plan import BLOB_BYTES, DATABASE_BYTES, make_plan
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import list_filings
from tests.ex99.conftest import CIK, Cli

TODAY = dt.date(2010, 6, 1)
HEAD = "Description: Master Index\n\nCIK|Company Name|Form Type|Date Filed|Filename\n" + "-" * 80 + "\n"


def write_index(folder: Path, quarter: str, rows: list[tuple[int, str, str, str]], name: str = "master.gz") -> None:
    place = folder / "full-index" / quarter
    place.mkdir(parents=True, exist_ok=True)
    lines = [f"{cik}|COMPANY {cik}|{form}|{day}|edgar/data/{cik}/{accession}.txt\n" for cik, form, day, accession in rows]
    data = (HEAD + "".join(lines)).encode("latin-1")
    (place / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)


@pytest.fixture
def indexes(surroundings: Path, filled: Path) -> Path:
    """Two quarters: one of a company that is archived, one with an 8-K of two companies, and other forms."""
    folder = surroundings / "edgar"
    with open_archive(filled, create=False) as archive:
        row = next(iter(list_filings(archive.storage, FilingFilter(since=dt.date(2008, 1, 1), until=dt.date(2008, 3, 31)))))
    new = [
        (CIK, "8-K", "2008-02-02", "0009990431-08-000801"),
        (9990555, "8-K/A", "2008-03-03", "0009990555-08-000001"),
        (9990556, "8-K/A", "2008-03-03", "0009990555-08-000001"),
        (9990556, "10-K", "2008-03-04", "0009990556-08-000002"),
    ]
    write_index(folder, "2008/QTR1", [(CIK, row.form, str(row.filing_date), row.accession), *new])
    write_index(folder, "2008/QTR2", [(9990555, "8-K", "2008-05-05", "0009990555-08-000004")], name="master.idx")
    return folder


def test_without_an_archive_the_indexes_tell(indexes: Path) -> None:
    plan = make_plan(None, dt.date(2008, 1, 1), dt.date(2008, 12, 31), today=TODAY, rate=8, indexes=indexes)
    (year,) = plan.years
    assert (year.filings, year.archived, year.to_fetch, year.indexes, year.at_hand) == (4, 0, 4, 4, 2)
    assert (plan.missing, plan.requests, plan.hours) == (2, 6, round(6 / 8 / 3600, 2))
    assert (plan.blob_bytes, plan.database_bytes, plan.measured) == (4 * BLOB_BYTES, 4 * DATABASE_BYTES, False)


def test_what_is_archived_is_not_fetched_again(cli: Cli, indexes: Path, filled: Path) -> None:
    ran = cli("plan", "--since", "2008", "--until", "2008", "--indexes", indexes, "--archive", filled, "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    with open_archive(filled, create=False) as archive:
        states = [row.state for row in list_filings(archive.storage, FilingFilter(since=dt.date(2008, 1, 1), until=dt.date(2008, 12, 31)))]
    (year,) = told["years"]
    assert year["filings"] == len(states) + 3
    assert year["archived"] == sum(state in ("archived", "no_release") for state in states)
    assert (year["to_fetch"], told["missing"], told["requests"]) == (3, 2, 5)
    shown = cli("plan", "--since", "2008", "--until", "2008", "--indexes", indexes, "--archive", filled)
    assert "5 requests, 0.0 minutes at 8 a second" in shown.out
    assert "2 index files not at hand" in shown.err


def test_an_industry_costs_what_the_archive_does_not_know(filled: Path, indexes: Path) -> None:
    with open_archive(filled, create=False) as archive:
        (sic,) = {company.sic for company in archive.companies()}
        assert sic
        plan = archive.plan("2008", "2008", sics=sic, indexes=indexes)
        other = archive.plan("2008", "2008", sics="0001", indexes=indexes)
    assert (plan.years[0].to_fetch, plan.unknown_companies, plan.requests) == (1, 2, 1 + 2 + 2)
    assert (other.years[0].filings, other.unknown_companies) == (0, 2)


def test_companies_cost_a_listing_each_and_no_index_file(cli: Cli, filled: Path, indexes: Path, surroundings: Path) -> None:
    (surroundings / "mine.txt").write_text(f"{CIK}\n9990555  # only an index file at hand names it\nZZZZ9\n", encoding="utf-8")
    words = ("plan", "--companies", "mine.txt", "--since", "2008", "--until", "2008", "--archive", filled)
    told = json.loads(cli(*words, "--json").out)
    (year,) = told["years"]
    assert (year["to_fetch"], year["indexes"], told["missing"], told["listings"], told["requests"]) == (0, 0, 0, 3, 3)
    assert told["unlisted"] == ["9990555", "ZZZZ9"]
    told = json.loads(cli(*words, "--indexes", indexes, "--json").out)
    (year,) = told["years"]
    assert (year["to_fetch"], year["indexes"], told["requests"], told["unlisted"]) == (3, 2, 6, ["ZZZZ9"])
    shown = cli("plan", CIK, "ZZZZ9", "--since", "2008", "--until", "2008", "--archive", filled)
    assert "indexes" not in shown.out
    assert "1 company not listed yet, their filings not counted: ZZZZ9\n  a crawl of the last weeks lists" in shown.err
    with open_archive(filled, create=False) as archive:
        assert archive.plan("2008", "2008", companies=CIK).requests == 1


def test_bad_input(cli: Cli, indexes: Path, surroundings: Path) -> None:
    with pytest.raises(UserError, match="no day lies between"):
        make_plan(None, dt.date(2030, 1, 1), dt.date(2031, 1, 1), today=TODAY, rate=8)
    (indexes / "full-index" / "2008" / "QTR2" / "master.idx").write_bytes(b"<html>blocked</html>")
    plan = make_plan(None, dt.date(2008, 4, 1), dt.date(2008, 6, 30), today=TODAY, rate=8, indexes=indexes)
    assert len(plan.faults) == 1
    assert cli("plan", "--since", "2008", "--indexes", "nowhere").err.startswith("error: --indexes nowhere is no folder")
    assert cli("plan", "--since", "2008", "--archive", "nowhere").code == 2
    assert cli("plan", "--since", "2008", "--until", "2008").code == 0
