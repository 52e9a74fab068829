"""Growth: on the year, on the quarter, over four quarters; nothing misleading across gaps and splits."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from ex99.api import Archive, open_archive
from ex99.filings.fiscal import FiscalCalendar
from ex99.growth import find_growth, find_split_days
from ex99.storage.series_model import build_series
from tests.ex99.histories import QUARTERS, SPLITTER
from tests.storage.test_series import KEY, vintage


def grow(*told: tuple[str, str]) -> list[tuple[float | None, float | None, Decimal | None]]:
    vintages = [vintage(value, "2030-01-01", end, position=number) for number, (end, value) in enumerate(told)]
    series = build_series(KEY, vintages, FiscalCalendar([]))
    return [(g.year and round(g.year, 4), g.step and round(g.step, 4), g.trailing) for g in find_growth(series)]


def test_five_quarters_in_a_row() -> None:
    found = grow(
        ("2022-12-31", "100000"), ("2023-03-31", "110000"), ("2023-06-30", "120000"), ("2023-09-30", "90000"), ("2023-12-30", "150000")
    )
    assert [step for _, step, _ in found] == [None, 0.1, 0.0909, -0.25, 0.6667]
    assert [year for year, _, _ in found] == [None, None, None, None, 0.5]
    assert [sum_ for _, _, sum_ in found] == [None, None, None, Decimal(420_000), Decimal(470_000)]


def test_nothing_is_compared_over_a_gap_or_with_a_loss() -> None:
    found = grow(("2022-12-31", "-100000"), ("2023-06-30", "120000"), ("2023-09-30", "0"), ("2023-12-31", "150000"))
    assert found == [(None, None, None), (None, None, None), (None, -1.0, None), (None, None, None)]


@pytest.fixture(scope="module")
def restated(past: Path) -> Archive:
    return open_archive(past, create=False)


def test_growth_across_a_split_compares_what_one_release_prints(restated: Archive) -> None:
    eps = restated.series(SPLITTER, "eps_diluted")
    assert find_split_days(eps.series) == [QUARTERS[14] + dt.timedelta(30)]
    assert [row.change for row in eps[4:]] == [0.0] * 16
    assert {row.value for row in eps} == {Decimal(7), Decimal(1)}
    steps = [row.sequential for row in eps]
    assert steps[9] == 0.0
    assert steps[10] is None, "one release says 7.00, the other 1.00, and none prints both"
    assert steps[11:] == [0.0] * 9
    assert all(row.trailing is None for row in eps)
    first = restated.series(SPLITTER, "eps_diluted", vintage="first")
    assert [row.change for row in first[4:]] == [0.0] * 16


def test_trailing_sums_of_the_latest_vintage(restated: Archive) -> None:
    revenue = restated.series(SPLITTER, "revenue")
    assert revenue[7].trailing == sum(row.value for row in revenue[4:8])
    assert revenue[4].change == pytest.approx(float(Decimal(1144) / Decimal(1000)) - 1)
