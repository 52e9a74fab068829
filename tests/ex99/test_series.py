"""`ex99 series` and the plot."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from ex99.api import Archive
from ex99.errors import UserError
from ex99.plot import draw_series, split_at_gaps
from tests.ex99.conftest import CIK, Cli


def test_what_waits_for_the_parser_is_no_missing_series(cli: Cli, submissions: Path) -> None:
    assert cli("import", submissions, "--no-parse").code == 0
    for command in ("series", "plot"):
        ran = cli(command, CIK, "revenue")
        assert "reports no revenue (gaap) by quarter" in ran.err
        assert "releases not parsed yet; `ex99 reparse` does" in ran.err
        assert "it has no figures" not in ran.err


def test_points_of_two_years(cli: Cli, filled: Path) -> None:
    told = [json.loads(line) for line in cli("series", CIK, "revenue", "-a", filled, "--json").out.splitlines()]
    assert [row["period_end"] for row in told] == sorted(row["period_end"] for row in told)
    quarters = {(row["fiscal_year"], row["fiscal_quarter"]) for row in told}
    assert quarters >= {(year, quarter) for year in (2007, 2008) for quarter in (1, 2, 3, 4)}
    assert all(Decimal(row["value"]) > 0 and row["source_text"] for row in told)
    grown = [row for row in told if row["change"] is not None]
    assert len(grown) >= 4
    records = list(csv.DictReader(io.StringIO(cli("series", CIK, "revenue", "-a", filled, "--csv").out)))
    assert [record["value"] for record in records] == [row["value"] for row in told]


def test_table_and_plot(cli: Cli, filled: Path) -> None:
    ran = cli("series", "wexcombe", "revenue", "-a", filled, "--plot")
    assert ran.code == 0
    assert "revenue by quarter, latest vintage" in ran.out
    assert "Q1 2008" in ran.out
    assert "million USD" in ran.out
    assert "┤" in ran.out
    assert "\x1b" not in ran.out


def test_as_of_shows_what_was_known_then(archive: Archive) -> None:
    early = archive.series(CIK, "revenue", as_of="2007-06-30")
    late = archive.series(CIK, "revenue")
    assert 0 < len(early) < len(late)
    assert all(row.filing_date <= dt.date(2007, 6, 30) for row in early)
    first = archive.series(CIK, "revenue", vintage="first")
    assert all(row.filing_date <= other.filing_date for row, other in zip(first, late, strict=True))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["NOPE", "revenue"], "the archive holds no company 'NOPE'"),
        ([str(CIK), "revenu"], "'revenu' is no metric"),
        ([str(CIK), "revenue", "--basis", "nongaap"], "revenue has no nongaap basis"),
        ([str(CIK), "cash", "--duration", "year"], "cash has no duration year"),
        ([str(CIK), "revenue", "--duration", "instant"], "revenue has no duration instant"),
        ([str(CIK), "revenue", "--vintage", "third"], "'third' is no vintage"),
        ([str(CIK), "revenue", "--as-of", "soon"], "--as-of 'soon' is no date"),
    ],
)
def test_wrong_use(cli: Cli, filled: Path, arguments: list[str], message: str) -> None:
    ran = cli("series", *arguments, "-a", filled)
    assert ran.code == 2
    assert ran.err.startswith(f"error: {message}")


def test_a_series_without_points_says_what_there_is(cli: Cli, filled: Path) -> None:
    ran = cli("series", CIK, "ffo_per_share", "-a", filled)
    assert (ran.code, ran.out) == (0, "")
    assert "reports no ffo_per_share (nongaap) by quarter" in ran.err
    assert "there is: " in ran.err
    assert "revenue (" in ran.err


def test_ambiguous_names_are_told_apart(archive: Archive) -> None:
    assert archive.company("WEXCOMBE").cik == CIK
    assert archive.company(f"CIK{CIK:010d}").cik == CIK
    with pytest.raises(UserError, match="the archive holds no company ''"):
        archive.company("")


def make_points(*months: int) -> list[tuple[dt.date, Decimal]]:
    return [(dt.date(2010 + month // 12, month % 12 + 1, 28), Decimal(month * 1_000_000)) for month in months]


def test_lines_break_at_gaps() -> None:
    stretches = split_at_gaps(make_points(2, 5, 8, 20, 23, 26))
    assert [len(stretch) for stretch in stretches] == [3, 3]
    assert split_at_gaps(make_points(2)) == [make_points(2)]
    assert split_at_gaps([]) == []


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("points", [make_points(2), make_points(2, 5), make_points(*range(2, 62, 3)), make_points(2, 50)])
def test_plots_keep_to_their_width(points: list[tuple[dt.date, Decimal]], width: int) -> None:
    drawn = draw_series(points, title="Revenue", unit="USD", width=width)
    assert max(len(line) for line in drawn.splitlines()) <= width
    assert "Revenue, million USD" in drawn
    assert "\x1b" not in drawn


def test_plots_without_unicode_use_plain_marks() -> None:
    drawn = draw_series(make_points(2, 5, 8), title="Revenue", unit="USD", width=60, ascii_only=True)
    assert "*" in drawn
    assert drawn.isascii()
