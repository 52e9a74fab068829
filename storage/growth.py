"""Growth of a series: over the year before, over the period before, and the sum of four quarters; none rather than a misleading one."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from ex99.filings.metrics import METRICS
from ex99.storage.series_model import Point, Series
from ex99.storage.splits import list_splits
from ex99.storage.vintages import Vintage

_YEAR_SLACK = dt.timedelta(20)
_QUARTER_DAYS = range(60, 131)
_YEAR_OF_QUARTERS = range(250, 300)
"""Days from the end of the first of four quarters in a row to the end of the last."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What a point grew by: 0.12 is 12 %. ``trailing`` is the sum of the four quarters that end with it."""

    year: float | None = None
    step: float | None = None
    trailing: Decimal | None = None


def find_growth(series: Series) -> list[Growth]:
    """The growth of each point, in their order.

    Compared are the values that the series shows. Where a stock split lies between the two releases, the figures that one release
    prints side by side are compared instead, and where there is none, nothing is. What was not positive has no growth.
    Trailing sums are of money alone: amounts per share and average share counts do not add up.
    """
    splits = find_split_days(series)
    return [
        Growth(
            year=_change(point, find_year_before(series.points, point), splits),
            step=_change(point, _step_before(series, number), splits),
            trailing=_trailing(series, number),
        )
        for number, point in enumerate(series.points)
    ]


def find_split_days(series: Series) -> list[dt.date]:
    """The days from which on releases count in new shares, told by the restatements that are noted as splits."""
    return [split.day for split in list_splits(series.restatements)]


def find_year_before(points: Sequence[Point], point: Point) -> Point | None:
    """The point of the same period a year earlier, among points in the order of their ends."""
    wanted = point.period_end - dt.timedelta(days=365)
    first = bisect_left(points, wanted - _YEAR_SLACK, key=attrgetter("period_end"))
    last = bisect_right(points, wanted + _YEAR_SLACK, key=attrgetter("period_end"))
    return min(points[first:last], key=lambda other: abs(other.period_end - wanted), default=None)


def find_beside(vintage: Vintage, other: Point | None) -> Vintage | None:
    """What the filing of a vintage prints itself of another period, in the same unit; None where it prints nothing of it."""
    printed = () if other is None else other.vintages
    return next((v for v in printed if v.accession == vintage.accession and v.unit == vintage.unit), None)


def _step_before(series: Series, number: int) -> Point | None:
    if number == 0 or series.duration not in ("quarter", "instant"):
        return None
    before = series.points[number - 1]
    return before if (series.points[number].period_end - before.period_end).days in _QUARTER_DAYS else None


def _change(point: Point, before: Point | None, splits: Sequence[dt.date]) -> float | None:
    if before is None:
        return None
    early, late = sorted((point.vintage.filing_date, before.vintage.filing_date))
    if any(early < split <= late for split in splits):
        return _side_by_side(point, before)
    if point.unit != before.unit or before.value <= 0:
        return None
    return float(point.value / before.value - 1)


def _side_by_side(point: Point, before: Point) -> float | None:
    """The change between the figures of the last release that prints both periods."""
    for vintage in reversed(point.vintages):
        other = find_beside(vintage, before)
        if other is not None and other.value > 0:
            return float(vintage.value / other.value - 1)
    return None


def _trailing(series: Series, number: int) -> Decimal | None:
    metric = METRICS.get(series.metric)
    if metric is None or metric.instant or metric.unit != "money" or series.duration != "quarter" or number < 3:
        return None
    four = series.points[number - 3 : number + 1]
    if (four[-1].period_end - four[0].period_end).days not in _YEAR_OF_QUARTERS or len({point.unit for point in four}) > 1:
        return None
    return sum((point.value for point in four), Decimal(0))
