"""Series in today's shares, in both directions, and the places where a split would not be seen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from ex99.api import Archive, open_archive
from ex99.splits import adjust_value, factor_since, find_splits, list_unlinked
from ex99.storage.splits import Split, list_splits
from tests.ex99.conftest import Cli
from tests.ex99.histories import QUARTERS, SPLIT_FROM, SPLITTER


@pytest.fixture
def told(past: Path, surroundings: Path) -> Iterator[Archive]:
    with open_archive(past, create=False) as archive:
        yield archive


DAY = QUARTERS[SPLIT_FROM] + dt.timedelta(30)


def test_the_archive_itself_shows_the_split(told: Archive) -> None:
    assert find_splits(told.storage, SPLITTER) == (Split(DAY, Decimal(7)),)
    assert [(row.cik, row.day, row.ratio) for row in told.splits()] == [(SPLITTER, DAY, 7)]
    assert list(told.table("splits", since=DAY, until=DAY)) == list(told.splits(SPLITTER))
    assert list(told.table("splits", until=DAY - dt.timedelta(1))) == []


@pytest.mark.parametrize("vintage", ["first", "latest"])
def test_figures_per_share_and_counts_are_of_one_measure(told: Archive, vintage: str) -> None:
    for metric, value in (("eps_diluted", Decimal(1)), ("shares_diluted", Decimal(63_000_000))):
        points = list(told.series(SPLITTER, metric, vintage=vintage, split_adjusted=True))
        assert {point.value for point in points} == {value}
        assert all(point.split_factor == (7 if point.filing_date < DAY else 1) for point in points)
        assert not any(point.restated for point in points)
        assert [point.change for point in points[4:]] == [0.0] * (len(points) - 4)
    assert {point.split_factor for point in told.series(SPLITTER, "eps_diluted")} == {None}


def test_money_is_not_adjusted(told: Archive) -> None:
    plain, adjusted = (list(told.series(SPLITTER, "revenue", split_adjusted=asked)) for asked in (False, True))
    assert [point.value for point in plain] == [point.value for point in adjusted]


@pytest.mark.parametrize(
    ("value", "metric", "factor", "wanted"),
    [
        ("4.93", "eps_diluted", "10", "0.493"),
        ("1.00", "eps_diluted", "3", "0.333333"),
        ("0.15", "eps_diluted", "0.05", "3"),
        ("24000", "shares_basic", "0.05", "1200.00"),
        ("24000", "revenue", "10", "24000"),
        ("0.0000001", "dividends_per_share", "2", "0.00000005"),
    ],
)
def test_both_directions(value: str, metric: str, factor: str, wanted: str) -> None:
    assert adjust_value(Decimal(value), metric, Decimal(factor)) == Decimal(wanted)


def test_several_splits_multiply() -> None:
    splits = [Split(dt.date(2014, 7, 1), Decimal(7)), Split(dt.date(2020, 8, 1), Decimal(4))]
    assert [factor_since(dt.date(year, 1, 1), splits) for year in (2014, 2015, 2021)] == [28, 4, 1]
    assert factor_since(dt.date(2014, 7, 1), splits) == 4
    assert list_splits([]) == ()


def test_where_no_release_shows_both_sides(told: Archive) -> None:
    assert list_unlinked(told.series(SPLITTER, "eps_diluted").series) == []
    early = told.series(SPLITTER, "eps_diluted", as_of=QUARTERS[2] + dt.timedelta(60)).series
    days = [end + dt.timedelta(30) for end in QUARTERS[:3]]
    assert list_unlinked(early) == [(days[0], days[1]), (days[1], days[2])]


def test_the_command_says_the_factor(cli: Cli, past: Path) -> None:
    folder = past
    rows = [
        json.loads(line)
        for line in cli(
            "series", SPLITTER, "eps_diluted", "--vintage", "first", "--split-adjusted", "--json", "-a", folder
        ).out.splitlines()
    ]
    assert {row["value"] for row in rows} == {"1"}
    ran = cli("series", SPLITTER, "eps_diluted", "--vintage", "first", "--split-adjusted", "-a", folder)
    assert "in today's shares" in ran.out
    assert "×7" in ran.out
