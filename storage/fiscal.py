"""A company's fiscal calendar, learnt from what its releases call their periods."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

SAME_PERIOD_DAYS = 7
"""Period ends this close are one: a 52/53-week filer's "September 30" and its Saturday before."""
_YEAR_DAYS = 365.25
_QUARTER_DAYS = _YEAR_DAYS / 4
_YEAR_SLACK = 14
_QUARTER_SLACK = 30
_VOTERS = 5
_NEIGHBOURS = 8
_NEAR_DAYS = 800


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """One release's word: the quarter ended on this day is that quarter of that fiscal year."""

    end: dt.date
    year: int
    quarter: int


class FiscalCalendar:
    """Labels period ends with fiscal year and quarter; several releases vote, the nearest ones, so one misread label does no harm."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._anchors = sorted(anchors)
        self._labels: dict[dt.date, tuple[int | None, int | None]] = {}
        self._quarters: dict[dt.date, str] = {}

    def label(self, end: dt.date) -> tuple[int | None, int | None]:
        """(fiscal year, quarter) of the quarter ended on a day; (None, None) where no release lets one tell."""
        if end not in self._labels:
            self._labels[end] = self._vote(end)
        return self._labels[end]

    def _vote(self, end: dt.date) -> tuple[int | None, int | None]:
        nearest = sorted(self._anchors, key=lambda anchor: (abs((anchor.end - end).days), anchor))
        same = [(a.year, a.quarter) for a in nearest if abs((a.end - end).days) <= SAME_PERIOD_DAYS]
        for votes in (same, [v for a in nearest if (v := _by_years(a, end))], [v for a in nearest if (v := _by_quarters(a, end))]):
            if votes:
                return _winner(votes[:_VOTERS])
        return None, None

    def quarter_of(self, end: dt.date) -> str:
        """The calendar quarter of the fiscal quarter ended on a day, such as 2024Q1, so that four in a row are four.

        It is the one that holds most of it, unless the company's other quarters about that time tell that it stands for the next: of
        quarters of 12, 12, 12 and 16 weeks two would fall into one.
        """
        if end not in self._quarters:
            self._quarters[end] = _name_quarter(self._align(end))
        return self._quarters[end]

    def _align(self, end: dt.date) -> int:
        own = _calendar_ordinal(end)
        year, quarter = self.label(end)
        if year is None or quarter is None:
            return own
        near = [anchor for anchor in self._anchors if abs((anchor.end - end).days) <= _NEAR_DAYS]
        nearest = sorted(near, key=lambda anchor: (abs((anchor.end - end).days), anchor))[:_NEIGHBOURS]
        if not nearest:
            return own
        shifts = Counter(_calendar_ordinal(anchor.end) - _fiscal_ordinal(anchor.year, anchor.quarter) for anchor in nearest)
        fiscal = _fiscal_ordinal(year, quarter)
        usual = max(shifts, key=lambda shift: (shifts[shift], shift == own - fiscal, shift))
        return fiscal + usual if abs(fiscal + usual - own) <= 1 else own


def calendar_quarter(end: dt.date) -> str:
    """The calendar quarter that holds most of the fiscal quarter ended on a day: 2023Q4 for one ended on 31 January 2024."""
    return _name_quarter(_calendar_ordinal(end))


def _calendar_ordinal(end: dt.date) -> int:
    middle = end - dt.timedelta(days=45)
    return middle.year * 4 + (middle.month - 1) // 3


def _fiscal_ordinal(year: int, quarter: int) -> int:
    return year * 4 + quarter - 1


def _name_quarter(ordinal: int) -> str:
    return f"{ordinal // 4}Q{ordinal % 4 + 1}"


def merge_period_ends(ends: Iterable[dt.date]) -> dict[dt.date, dt.date]:
    """Each period end as printed -> the one that stands for all within a week of it: the most printed, of several the latest."""
    counts = Counter(ends)
    merged: dict[dt.date, dt.date] = {}
    cluster: list[dt.date] = []
    for end in [*sorted(counts), dt.date.max]:
        if cluster and (end - cluster[0]).days > SAME_PERIOD_DAYS:
            chosen = max(cluster, key=lambda day: (counts[day], day))
            merged |= dict.fromkeys(cluster, chosen)
            cluster = []
        cluster.append(end)
    return merged


def _by_years(anchor: Anchor, end: dt.date) -> tuple[int, int] | None:
    """The anchor's quarter, whole years away."""
    days = (end - anchor.end).days
    years = round(days / _YEAR_DAYS)
    return (anchor.year + years, anchor.quarter) if abs(days - years * _YEAR_DAYS) <= _YEAR_SLACK else None


def _by_quarters(anchor: Anchor, end: dt.date) -> tuple[int, int] | None:
    """Quarters counted from the anchor."""
    days = (end - anchor.end).days
    quarters = round(days / _QUARTER_DAYS)
    if abs(days - quarters * _QUARTER_DAYS) > _QUARTER_SLACK:
        return None
    ordinal = _fiscal_ordinal(anchor.year, anchor.quarter) + quarters
    return ordinal // 4, ordinal % 4 + 1


def _winner(votes: list[tuple[int, int]]) -> tuple[int, int]:
    counts = Counter(votes)
    return max(votes, key=lambda vote: (counts[vote], -votes.index(vote)))
