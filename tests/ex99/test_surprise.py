"""`ex99 surprise`: estimates joined to what was announced, the year before where there is none, and trading sessions."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ex99.api import Archive, open_archive
from ex99.errors import UserError
from ex99.filings.filing import NEW_YORK
from ex99.surprise import Estimate, find_surprises, read_estimates
from ex99.surprise.estimates import BadLine, Period, parse_period
from ex99.surprise.sessions import find_session
from tests.ex99.conftest import Cli
from tests.ex99.histories import QUARTERS, SPLIT_FROM, SPLITTER, revenue_of

HEAD = "company,period,metric,value,as_of\n"


@pytest.fixture
def told(past: Path, surroundings: Path) -> Iterator[Archive]:
    with open_archive(past, create=False) as archive:
        yield archive


def estimate(period: str, value: str, as_of: str | None = None, metric: str = "revenue", line: int = 2) -> Estimate:
    day = dt.date.fromisoformat(as_of) if as_of else None
    return Estimate(str(int(SPLITTER)), parse_period(period), metric, "gaap", Decimal(value), day, line)


def test_the_last_estimates_before_the_release_count(told: Archive) -> None:
    end = QUARTERS[9]
    lines = [
        estimate(str(end), "1000000", "2012-05-01"),
        estimate(str(end), "1080000", "2012-07-20"),
        estimate(str(end - dt.timedelta(2)), "1060000", "2012-07-20"),
    ]
    row = next(row for row in find_surprises(told.storage, lines).rows if row.period_end == end)
    assert (row.model, row.expected, row.estimates, row.estimate_as_of) == ("estimate", 1_070_000, 2, dt.date(2012, 7, 20))
    assert row.actual == revenue_of(9, 9) * 1000
    assert row.surprise == row.actual - 1_070_000
    assert row.relative == pytest.approx(float(row.surprise) / 1_070_000)
    assert (row.session, row.trading_day) == ("after_close", dt.date(2012, 7, 31))


def test_the_year_before_as_the_same_release_prints_it(told: Archive) -> None:
    rows = {row.period_end: row for row in find_surprises(told.storage, [], [str(int(SPLITTER))], "revenue").rows}
    assert rows[QUARTERS[0]].model is None
    restated = rows[QUARTERS[9]]
    assert restated.expected == revenue_of(5, 9) * 1000 != revenue_of(5, 5) * 1000


def test_a_split_is_no_surprise(told: Archive) -> None:
    rows = find_surprises(told.storage, [], [str(int(SPLITTER))]).rows
    assert {row.period_end for row in rows} == set(QUARTERS)
    assert {row.surprise for row in rows if row.model} == {0}
    assert rows[SPLIT_FROM].expected == Decimal("1")


def test_a_surprise_is_standardised_by_those_before_it(told: Archive) -> None:
    lines = [
        estimate(str(QUARTERS[n]), str(revenue_of(n, n) * 1000 - error * 1000))
        for n, error in zip(range(8, 14), (1, 2, 3, 4, 5, 9), strict=True)
    ]
    rows = {row.period_end: row for row in find_surprises(told.storage, lines).rows}
    assert [rows[QUARTERS[n]].standardised for n in range(8, 12)] == [None] * 4
    # errors 1, 2, 3, 4 and 5 have the standard deviation sqrt(2.5)
    assert rows[QUARTERS[13]].standardised == pytest.approx(9 / 2.5**0.5)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (estimate("2031Q1", "1"), "no release of ACME ANVILS INC that announced revenue"),
        (estimate(str(QUARTERS[9]), "1", "2012-07-30"), "not before the release of 2012-07-30"),
        (Estimate("NOPE", Period(QUARTERS[9]), "revenue", "gaap", Decimal(1), None, 7), "the archive holds no company 'NOPE'"),
        (BadLine(7, "no value"), "no value"),
    ],
)
def test_what_meets_no_figure_is_listed(told: Archive, line: Any, words: str) -> None:
    (loss,) = find_surprises(told.storage, [line]).losses
    assert words in loss.reason
    assert loss.line == line.line


def test_the_command_lists_losses_and_exports(cli: Cli, past: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f'{HEAD}{int(SPLITTER)},2012Q2,Revenue,"1,070,000",2012-07-20\n{int(SPLITTER)},2012Q2,turnover,1,\n', encoding="utf-8")
    ran = cli("surprise", "-e", file, "-a", past)
    assert ran.code == 1
    assert "line 3: 'turnover' is no metric that ex99 knows" in ran.err
    assert "1,070,000" in ran.out
    records = list(csv.DictReader(io.StringIO(cli("surprise", "-e", file, "-a", past, "--csv").out)))
    assert next(r for r in records if r["period_end"] == "2012-06-30")["model"] == "estimate"
    lines = [json.loads(line) for line in cli("surprise", int(SPLITTER), "-a", past, "--json").out.splitlines()]
    assert len(lines) == len(QUARTERS)
    assert cli("surprise", int(SPLITTER), "-a", past).code == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024-03-31", Period(dt.date(2024, 3, 31))),
        ("2024-03-31 00:00:00", Period(dt.date(2024, 3, 31))),
        ("2024Q1", Period(None, 2024, 1)),
        ("q4 2023", Period(None, 2023, 4)),
        ("FY2024", Period(None, 2024)),
        ("2024", Period(None, 2024)),
    ],
)
def test_periods(text: str, wanted: Period) -> None:
    assert parse_period(text) == wanted


def test_parquet_reads_as_csv_does(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    text = f"{HEAD}1,2024-03-31,revenue,12.5,2024-04-01\n1,2024-03-31,revenue,x,\n"
    (tmp_path / "e.csv").write_text(text, encoding="utf-8")
    table = pa.table(
        {
            "Company": [1, 1],
            "period": [dt.date(2024, 3, 31)] * 2,
            "metric": ["revenue"] * 2,
            "value": ["12.5", "x"],
            "as_of": [dt.date(2024, 4, 1), None],
        }
    )
    parquet.write_table(table, tmp_path / "e.parquet")
    (one, bad), (same, also) = (list(read_estimates(tmp_path / name)) for name in ("e.csv", "e.parquet"))
    assert isinstance(one, Estimate)
    assert isinstance(same, Estimate)
    assert (one.value, one.period, one.as_of) == (same.value, same.period, same.as_of)
    assert isinstance(bad, BadLine)
    assert isinstance(also, BadLine)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("e.csv", "company,metric,value\n", "has no column period"),
        ("e.csv", "", "has no column company, period, metric, value"),
        ("e.csv", "company,period,metric,value,Value\n", "has the column value twice"),
        ("e.csv", "caf\udce9,period\n", "is no CSV in UTF-8"),
        ("e.csv", f"company,period,metric,value\n{'9' * 200_000},2024Q1,revenue,1\n", "is no CSV in UTF-8"),
        ("e.parquet", "no parquet", "is no Parquet file"),
    ],
)
def test_files_that_are_none(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UserError, match=words):
        list(read_estimates(tmp_path / name))


def test_mistakes_are_one_line(cli: Cli, past: Path) -> None:
    assert "needs a company or a file" in cli("surprise", "-a", past).err
    assert "no such file" in cli("surprise", "-e", "nowhere.csv", "-a", past).err
    assert "'NOPE'" in cli("surprise", "NOPE", "-a", past).err


@pytest.mark.parametrize(
    ("moment", "session", "day"),
    [
        ("2024-07-02T09:29", "before_open", "2024-07-02"),
        ("2024-07-02T09:30", "during", "2024-07-02"),
        ("2024-07-02T16:00", "after_close", "2024-07-03"),
        ("2024-07-03T13:05", "after_close", "2024-07-05"),
        ("2024-07-04T10:00", "no_session", "2024-07-05"),
        ("2024-07-05T18:00", "after_close", "2024-07-08"),
        ("2024-07-06T12:00", "no_session", "2024-07-08"),
        ("2012-10-26T17:00", "after_close", "2012-10-31"),
    ],
)
def test_sessions(moment: str, session: str, day: str) -> None:
    sight = find_session(dt.datetime.fromisoformat(moment).replace(tzinfo=NEW_YORK))
    assert (sight.session, str(sight.trading_day)) == (session, day)
