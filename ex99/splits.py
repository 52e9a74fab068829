"""Series in today's shares: the splits that an archive itself shows, and figures adjusted for them. Nothing is adjusted unasked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from math import prod

from ex99.filings.metrics import METRICS
from ex99.storage.archive import Archive
from ex99.storage.histories import list_all_series
from ex99.storage.series import Point, Series
from ex99.storage.splits import Split, list_splits, read_ratio

_TOLD_BY = ("eps_diluted", "shares_diluted", "eps_basic", "shares_basic")
_DURATIONS = ("quarter", "year")
_DECIMALS = Decimal("0.000001")


def find_splits(archive: Archive, cik: int) -> tuple[Split, ...]:
    """The splits of a company, oldest first: told by restated figures per share and share counts that moved by one ratio."""
    return next((splits for _, splits in list_all_splits(archive, [cik])), ())


def list_all_splits(
    archive: Archive, ciks: Collection[int] = (), *, as_of: dt.date | None = None
) -> Iterator[tuple[Series, tuple[Split, ...]]]:
    """The splits of each company that has any such series, with one of these; streaming, by CIK."""
    pairs = list_all_series(archive, ciks, metrics=_TOLD_BY, bases=("gaap",), durations=_DURATIONS, as_of=as_of)
    for _, told in groupby(pairs, key=lambda pair: pair.latest.cik):
        series = [pair.latest for pair in told]
        yield series[0], list_splits(restatement for one in series for restatement in one.restatements)


def factor_since(filed: dt.date, splits: Sequence[Split]) -> Decimal:
    """How many of today's shares one share of a release filed on a day has become."""
    return prod((split.ratio for split in splits if split.day > filed), start=Decimal(1))


def adjust_value(value: Decimal, metric: str, factor: Decimal) -> Decimal:
    """A figure per share divided, a share count multiplied by the factor; others as they are. Quotients have six decimals at most."""
    known = METRICS.get(metric)
    unit = known.unit if known else None
    if factor == 1 or unit not in ("per_share", "shares"):
        return value
    if unit == "shares":
        return value * factor
    exact = value / factor
    rounded = exact.quantize(_DECIMALS)
    return rounded.normalize() if rounded else exact


def _adjust_point(point: Point, metric: str, factor: Decimal) -> Point:
    value, precision = (adjust_value(number, metric, factor) for number in (point.value, point.precision))
    return dataclasses.replace(point, value=value, precision=precision)


def adjust_series(series: Series, splits: Sequence[Split]) -> Series:
    """The same series in today's shares; what was restated only for a split is no restatement any more."""
    points = tuple(_adjust_point(point, series.metric, factor_since(point.vintage.filing_date, splits)) for point in series.points)
    kept = tuple(restatement for restatement in series.restatements if not read_ratio(restatement))
    return dataclasses.replace(series, points=points, restatements=kept)


def list_unlinked(series: Series) -> list[tuple[dt.date, dt.date]]:
    """Filing dates of two releases in a row between which a split would not be seen: no period is shown on both sides."""
    spans = [
        (min(vintage.filing_date for vintage in point.vintages), max(vintage.filing_date for vintage in point.vintages))
        for point in series.points
        if point.vintages
    ]
    days = sorted({vintage.filing_date for point in series.points for vintage in point.vintages})
    return [(one, other) for one, other in pairwise(days) if not any(first <= one and last >= other for first, last in spans)]
