"""Fiscal calendars: when two periods are one, which quarter of which year ends on a day, and when another quarter ended.

One release tells a Calendar: the quarter that it reports. A company's FiscalCalendar has the calendars of all its releases vote.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Quarter: TypeAlias = tuple[int, int]
"""(fiscal year, quarter)."""

NEAR = dt.timedelta(days=10)
"""Period ends this close are one: companies on a week calendar end their quarters up to a week off the month's end that they print."""
_QUARTER_DAYS = 91
_YEAR_DAYS = 364
_MONTH_DAYS = 31
_YEAR_SLACK = 0.16
"""How far, in quarters, a quarter may end off the same quarter of another year; a fortnight."""
_QUARTER_SLACK = 0.33
"""How far, in quarters, a quarter may end off a count of quarters; a month: of 12, 12, 12 and 16 weeks, say."""
_VOTERS = 5
_NEIGHBOURS = 8
_NEIGHBOUR_DAYS = 800


def same_end(one: dt.date | None, other: dt.date | None) -> bool:
    """Whether two period ends are of one period."""
    return one == other or (one is not None and other is not None and abs(one - other) <= NEAR)


def merge_period_ends(ends: Iterable[dt.date]) -> dict[dt.date, dt.date]:
    """Each period end as printed -> the one that stands for all that are near it: the most printed, of several the latest."""
    counts = Counter(ends)
    merged: dict[dt.date, dt.date] = {}
    cluster: list[dt.date] = []
    for end in [*sorted(counts), dt.date.max]:
        if cluster and not same_end(cluster[0], end):
            chosen = max(cluster, key=lambda day: (counts[day], day))
            merged |= dict.fromkeys(cluster, chosen)
            cluster = []
        cluster.append(end)
    return merged


@dataclass(frozen=True, slots=True)
class Calendar:
    """The most recent quarter a release reports: fiscal ``year``, ``quarter`` (4 where only a year is reported) and its ``end``.

    ``known`` are ends printed in the document; computed ends are snapped to them.
    """

    year: int
    quarter: int
    end: dt.date
    known: tuple[dt.date, ...] = field(default=())

    def quarter_end(self, year: int, quarter: int) -> dt.date:
        """The end of another fiscal quarter."""
        return self._moved((year - self.year) * 4 + quarter - self.quarter)

    def year_end(self, year: int) -> dt.date:
        """The end of a fiscal year."""
        return self.quarter_end(year, 4)

    def year_before(self, end: dt.date) -> dt.date:
        """The end of the same period a year earlier."""
        return self.snap(shift_end(end, -4))

    def quarter_before(self, end: dt.date) -> dt.date:
        """The end of the preceding quarter."""
        return self.snap(shift_end(end, -1))

    def quarters_to(self, end: dt.date) -> float:
        """How many quarters a day lies after this one's end."""
        months = (end.year - self.end.year) * 12 + end.month - self.end.month
        return (months + (end.day - self.end.day) / _MONTH_DAYS) / 3

    def fiscal_quarter(self, end: dt.date) -> Quarter:
        """The quarter that ends near a day."""
        index = fiscal_ordinal(self.year, self.quarter) + round(self.quarters_to(end))
        return index // 4, index % 4 + 1

    def snap(self, end: dt.date) -> dt.date:
        """The printed end nearest to a computed one, or the computed one."""
        near = [known for known in self.known if same_end(known, end)]
        return min(near, key=lambda known: abs(known - end)) if near else end

    def _moved(self, quarters: int) -> dt.date:
        return self.snap(shift_end(self.end, quarters)) if quarters else self.end


class FiscalCalendar:
    """Labels period ends with fiscal year and quarter; several releases vote, the nearest ones, so one misread label does no harm."""

    def __init__(self, told: Iterable[Calendar]) -> None:
        self._told = sorted(told, key=lambda calendar: (calendar.end, calendar.year, calendar.quarter))
        self._labels: dict[dt.date, Quarter | tuple[None, None]] = {}
        self._quarters: dict[dt.date, str] = {}

    def label(self, end: dt.date) -> Quarter | tuple[None, None]:
        """(fiscal year, quarter) of the quarter ended on a day; (None, None) where no release lets one tell."""
        if end not in self._labels:
            self._labels[end] = self._vote(end)
        return self._labels[end]

    def quarter_of(self, end: dt.date) -> str:
        """The calendar quarter of the fiscal quarter ended on a day, such as 2024Q1, so that four in a row are four.

        It is the one that holds most of it, unless the company's other quarters about that time tell that it stands for the next: of
        quarters of 12, 12, 12 and 16 weeks two would fall into one.
        """
        if end not in self._quarters:
            self._quarters[end] = _name_quarter(self._align(end))
        return self._quarters[end]

    def _nearest(self, end: dt.date) -> list[Calendar]:
        return sorted(self._told, key=lambda told: (abs(told.end - end), told.end, told.year, told.quarter))

    def _vote(self, end: dt.date) -> Quarter | tuple[None, None]:
        nearest = self._nearest(end)
        ways: tuple[Callable[[Calendar], bool], ...] = (
            lambda told: same_end(told.end, end),
            lambda told: _distance(told.quarters_to(end), 4) <= _YEAR_SLACK,
            lambda told: _distance(told.quarters_to(end), 1) <= _QUARTER_SLACK,
        )
        voters = next((found for belongs in ways if (found := [told for told in nearest if belongs(told)])), [])
        return _winner([told.fiscal_quarter(end) for told in voters[:_VOTERS]]) if voters else (None, None)

    def _align(self, end: dt.date) -> int:
        own = _calendar_ordinal(end)
        year, quarter = self.label(end)
        if year is None or quarter is None:
            return own
        nearest = [told for told in self._nearest(end)[:_NEIGHBOURS] if abs((told.end - end).days) <= _NEIGHBOUR_DAYS]
        if not nearest:
            return own
        shifts = Counter(_calendar_ordinal(told.end) - fiscal_ordinal(told.year, told.quarter) for told in nearest)
        fiscal = fiscal_ordinal(year, quarter)
        usual = max(shifts, key=lambda shift: (shifts[shift], shift == own - fiscal, shift))
        return fiscal + usual if abs(fiscal + usual - own) <= 1 else own


def fiscal_ordinal(year: int, quarter: int) -> int:
    """Quarters counted through the years, so that one follows another by one."""
    return year * 4 + quarter - 1


def calendar_quarter(end: dt.date) -> str:
    """The calendar quarter that holds most of the fiscal quarter ended on a day: 2023Q4 for one ended on 31 January 2024."""
    return _name_quarter(_calendar_ordinal(end))


def shift_end(end: dt.date, quarters: int) -> dt.date:
    """A period's end moved by whole quarters: to the month's end where it was one, else by 13 weeks to the same weekday."""
    if is_month_end(end):
        month = end.year * 12 + end.month - 1 + 3 * quarters
        year, month = month // 12, month % 12 + 1
        return dt.date(year, month, monthrange(year, month)[1])
    years, rest = divmod(abs(quarters), 4)
    days = years * _YEAR_DAYS + rest * _QUARTER_DAYS
    moved = end + dt.timedelta(days=days if quarters > 0 else -days)
    drift = round((years * 1.25) / 7) * 7
    return moved + dt.timedelta(days=drift if quarters > 0 else -drift)


def is_month_end(day: dt.date) -> bool:
    """Whether a day is its month's last."""
    return day.day == monthrange(day.year, day.month)[1]


def _calendar_ordinal(end: dt.date) -> int:
    middle = end - dt.timedelta(days=45)
    return middle.year * 4 + (middle.month - 1) // 3


def _name_quarter(ordinal: int) -> str:
    return f"{ordinal // 4}Q{ordinal % 4 + 1}"


def _distance(quarters: float, step: int) -> float:
    """How far a count of quarters is from a whole number of steps."""
    return abs(quarters - round(quarters / step) * step)


def _winner(votes: Sequence[Quarter]) -> Quarter:
    counts = Counter(votes)
    return max(votes, key=lambda vote: (counts[vote], -votes.index(vote)))
