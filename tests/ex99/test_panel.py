"""`ex99 panel`, `ex99 restatements` and series side by side, on an archive with a past."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from ex99.api import Archive, open_archive
from ex99.errors import UserError
from ex99.panel import read_company_list
from tests.ex99.conftest import Cli
from tests.ex99.histories import GROCER, GROCER_ENDS, QUARTERS, SPLIT_FROM, SPLITTER


@pytest.fixture(scope="module")
def told(past: Path) -> Archive:
    return open_archive(past, create=False)


def read_lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_rows_with_both_vintages_and_filing_times(cli: Cli, past: Path) -> None:
    ran = cli("panel", "--metrics", "revenue,eps_diluted", "-c", SPLITTER, "--since", "2011", "--until", "2011", "-a", past, "--json")
    rows = read_lines(ran.out)
    assert [row["calendar_quarter"] for row in rows] == ["2011Q1", "2011Q2", "2011Q3", "2011Q4"]
    row = rows[0]
    assert (row["revenue"], row["revenue_first"], row["revenue_restated"]) == ("1144000", "1040000", True)
    assert row["acceptance"] == row["revenue_first_acceptance"] == "2011-04-30T16:30:05-04:00"
    assert row["revenue_acceptance"] == "2012-04-30T16:30:09-04:00"
    assert (row["accession"], row["revenue_accession"]) == ("0009999999-24-000005", "0009999999-24-000009")
    assert (row["eps_diluted_unit"], row["eps_diluted_status"], row["as_comparative"]) == ("USD/share", "reported", False)
    records = list(csv.DictReader(io.StringIO(cli("panel", "-m", "revenue", "-m", "eps_diluted", "-a", past, "--csv").out)))
    assert len(records) == len(QUARTERS) + len(GROCER_ENDS)
    assert records[4]["revenue_first"] == "1040000"


def test_the_comparative_that_the_same_release_prints(told: Archive) -> None:
    """Growth over it is never taken over the split, which lies between the first reports of 2012 and 2013."""
    rows = {row.period_end: row for row in told.panel("revenue,eps_diluted", company=int(SPLITTER))}
    assert rows[QUARTERS[0]].revenue_comparative is None
    of_2011 = rows[QUARTERS[4]]
    assert (of_2011.revenue_first, of_2011.revenue_comparative) == (1_040_000, 1_000_000)
    assert (rows[QUARTERS[8]].revenue_comparative, of_2011.revenue) == (1_144_000, 1_144_000)
    before, after = rows[QUARTERS[SPLIT_FROM - 4]], rows[QUARTERS[SPLIT_FROM]]
    assert (before.eps_diluted_first, after.eps_diluted_first, after.eps_diluted_comparative) == (7, 1, 1)
    assert [rows[QUARTERS[n]].eps_diluted_note for n in (4, 10, 13, 14)] == [None, "split 7:1", "split 7:1", None]
    assert of_2011.revenue_restated
    assert of_2011.revenue_note is None
    narrow = told.panel("revenue,eps_diluted", company=int(SPLITTER), since="2013-06-30", until="2013-12-31")
    assert [row.eps_diluted_comparative for row in narrow] == [rows[row.period_end].eps_diluted_comparative for row in narrow]
    market = told.panel("revenue,eps_diluted", since="2012-03-31", until="2012-03-31")
    assert [row.revenue_comparative for row in market] == [1_144_000]


def test_the_table_for_people(cli: Cli, past: Path) -> None:
    ran = cli("panel", "--metrics", "revenue,eps_diluted", "-a", past, "--limit", "6")
    assert "2011-04-30 16:30:05" in ran.out
    assert "1,144,000 r" in ran.out
    assert cli("panel", "--metrics", "ebitda", "-a", past).err.startswith("no rows")


def test_companies_of_a_file(cli: Cli, past: Path, surroundings: Path) -> None:
    (surroundings / "list.csv").write_text(f"cik,name\n{GROCER},Bolt\n\n# none\nNowhere Corp # gone\n{SPLITTER}\n{GROCER}\n")
    ran = cli("panel", "--metrics", "revenue", "--companies", "list.csv", "-a", past, "--csv")
    assert ran.code == 1
    assert "line 5: the archive holds no company 'Nowhere Corp'" in ran.err
    assert {line.split(",")[0] for line in ran.out.splitlines()[1:]} == {str(GROCER), str(SPLITTER)}
    (surroundings / "nobody.txt").write_text("Nowhere Corp\n")
    nobody = cli("panel", "--metrics", "revenue", "--companies", "nobody.txt", "-a", past)
    assert (nobody.code, nobody.err.splitlines()[0]) == (2, "error: nobody.txt names no company of the archive")
    assert cli("panel", "--metrics", "revenue", "--companies", "missing.txt", "-a", past).err.startswith("error: missing.txt: no such file")


def test_a_list_of_companies(told: Archive) -> None:
    text = 'ticker\n"ACME ANVILS INC"\nbolt grocers\t7\n'
    assert read_company_list(told.storage, text) == ([int(SPLITTER), int(GROCER)], [])
    assert read_company_list(told.storage, "99999999999\n")[1][0].startswith("line 1: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--metrics", "revenu"], "'revenu' is no metric"),
        (["--metrics", ","], "a panel needs metrics"),
        (["--metrics", "revenue:nongaap"], "revenue has no nongaap basis"),
        (["--metrics", "revenue", "--duration", "instant"], "a panel of instants has balance sheet metrics alone"),
        (["--metrics", "revenue", "--output", "x.txt"], "x.txt has no ending that tells a format"),
        (["--metrics", "revenue", "--output", "x.csv", "--csv"], "--output tells the format"),
        (["--metrics", "revenue", "--since", "2012", "--until", "2011"], "--until 2011-12-31 lies before"),
    ],
)
def test_wrong_use(cli: Cli, past: Path, arguments: list[str], message: str) -> None:
    ran = cli("panel", *arguments, "-a", past)
    assert ran.code == 2
    assert ran.err.startswith(f"error: {message}")


def test_frames_have_the_right_types(told: Archive) -> None:
    pl = pytest.importorskip("polars")
    pytest.importorskip("pandas")
    rows = told.panel("revenue,eps_diluted", since="2011")
    frame = rows.to_polars()
    assert frame.schema["period_end"] == pl.Date
    assert frame.schema["acceptance"] == pl.Datetime("us", "America/New_York")
    assert (frame.schema["revenue"], frame.schema["eps_diluted"]) == (pl.Decimal(38, 0), pl.Decimal(38, 0))
    assert (frame.schema["fiscal_year"], frame.schema["revenue_restated"]) == (pl.Int64, pl.Boolean)
    assert frame["revenue"].to_list() == [row.revenue for row in rows]
    pandas_frame = rows.to_pandas()
    assert str(pandas_frame["period_end"].dtype) == "datetime64[s]"
    assert str(pandas_frame["fiscal_year"].dtype) == "Int64"
    assert pandas_frame["revenue"].iloc[0] == Decimal(1_144_000)


def test_restatements_are_listed_with_both_releases(cli: Cli, past: Path, told: Archive) -> None:
    ran = cli("restatements", SPLITTER, "--metric", "revenue,eps_diluted", "-a", past)
    assert ran.out.count("split 7:1") == 4
    assert ran.out.count("revenue") == 4
    rows = read_lines(cli("restatements", SPLITTER, "--metric", "revenue", "-a", past, "--json").out)
    first = rows[0]
    assert (first["before"], first["after"], first["period_end"]) == ("1040000", "1144000", "2011-03-31")
    assert (first["before_filing_date"], first["after_filing_date"]) == ("2011-04-30", "2012-04-30")
    assert (first["before_text"], first["after_text"]) == ("1,040", "1,144")
    assert len(told.restatements()) == 4 + 2 * 4
    assert len(told.restatements(as_of="2012-05-31")) == 1
    assert cli("restatements", GROCER, "-a", past).err.startswith("no restatements")


def test_conflicts_are_listed_with_their_rule(cli: Cli, past: Path, told: Archive) -> None:
    (conflict,) = told.restatements(conflicts=True, company=GROCER)
    assert (conflict.kind, conflict.before, conflict.after) == ("conflict", Decimal(507_000), Decimal(508_000))
    assert "an amendment after what it amends" in (conflict.note or "")
    ran = cli("restatements", GROCER, "--conflicts", "-a", past)
    assert "conflict" in ran.out
    assert told.series(GROCER, "revenue", vintage="first")[-1].value == Decimal(508_000)


def test_companies_side_by_side_by_calendar_quarter(cli: Cli, past: Path) -> None:
    ran = cli("series", SPLITTER, GROCER, "revenue", "--calendar", "--csv", "-a", past)
    rows = {row["calendar_quarter"]: row for row in csv.DictReader(io.StringIO(ran.out))}
    assert list(rows) == sorted(rows)
    assert [quarter for quarter, row in rows.items() if row["BOLT GROCERS CORP"]] == [
        f"{year}Q{n}" for year in (2013, 2014) for n in (1, 2, 3, 4)
    ]
    assert (rows["2013Q2"]["ACME ANVILS INC"], rows["2013Q2"]["BOLT GROCERS CORP"]) == ("1130000", "501000")
    fiscal = read_lines(cli("series", SPLITTER, "bolt", "revenue", "--fiscal", "--json", "-a", past).out)
    labelled = {row["fiscal_quarter"]: row["points"] for row in fiscal}
    assert labelled["2013Q2"]["bolt"]["period_end"] == GROCER_ENDS[0]  # type: ignore[index]
    table = cli("series", SPLITTER, GROCER, "revenue", "--growth", "--ttm", "-a", past, "--plot").out
    assert "2011Q1" in table
    assert "1,144,000 r" in table
    assert table.count("thousand USD") + table.count("million USD") == 2


def test_more_columns_of_one_series(cli: Cli, past: Path) -> None:
    ran = cli("series", SPLITTER, "revenue", "--growth", "--ttm", "--calendar", "-a", past)
    assert "on quarter" in ran.out
    assert "4 quarters" in ran.out
    assert "2011Q1" in ran.out
    assert cli("series", "revenue", "-a", past).err.startswith("error: a series needs a company and a metric")
    assert cli("series", SPLITTER, "revenue", "--calendar", "--fiscal", "-a", past).code == 2


def test_narrow_terminals_show_millions(cli: Cli, past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    beside = cli("series", SPLITTER, GROCER, "revenue", "--growth", "--ttm", "-a", past)
    assert max(len(line) for line in beside.out.splitlines()) <= 60
    assert "1.1 r" in beside.out
    assert "in millions and without growth, to fit" in beside.err
    panel = cli("panel", "--metrics", "revenue,eps_diluted", "-c", SPLITTER, "-a", past)
    assert max(len(line) for line in panel.out.splitlines()) <= 60
    assert "1.1 r" in panel.out
    assert "7.00" in panel.out


def test_wrong_words_from_python(told: Archive) -> None:
    with pytest.raises(UserError, match="a panel needs metrics"):
        told.panel([])
    assert told.panel("cash", duration="quarter").first() is None
    assert dt.date(2010, 3, 31) == told.panel("revenue", duration="quarter")[0].period_end
