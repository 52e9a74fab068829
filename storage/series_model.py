"""Building a series from vintages: pure, and the same for any order of arrival."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median_high
from typing import Literal, NamedTuple

from ex99.filings.fiscal import FiscalCalendar, merge_period_ends
from ex99.filings.identifiers import Cik
from ex99.filings.metrics import METRICS
from ex99.filings.values import precision_of
from ex99.storage.vintages import Conflict, Vintage, first_precise, group_by_word, most_precise, settle

VintageChoice = Literal["first", "latest"]

_STEP_DAYS: dict[str, float] = {"quarter": 91.3125, "instant": 91.3125, "half": 365.25, "nine_months": 365.25, "year": 365.25}
_LONGEST_STEP: dict[str, int] = {"quarter": 130, "instant": 130, "half": 400, "nine_months": 400, "year": 400}
"""Days between two period ends that still follow one another: a quarter may have 17 weeks, a year 53."""
_QUARTER_DAYS = range(75, 131)
_SUMS: tuple[tuple[str, str], ...] = (("year", "nine_months"), ("nine_months", "half"), ("half", "quarter"))
"""What a quarter that no release prints is the difference of: the whole, and its part that ended a quarter before."""


class SeriesKey(NamedTuple):
    """What names a series."""

    cik: Cik
    metric: str
    basis: str
    duration: str


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a period. ``status`` is "reported" or "derived" (year less nine months, nine months less half, half less quarter).

    ``vintage`` is the chosen one; for a derived point that of the longer period, ``vintages`` is empty and ``formula`` says the sum.
    """

    period_end: dt.date
    value: Decimal
    unit: str
    status: Literal["reported", "derived"]
    vintage: Vintage
    vintages: tuple[Vintage, ...]
    """In the order in which they became known."""
    fiscal_year: int | None
    fiscal_quarter: int | None
    """The quarter that the period ends with; None for a year."""
    calendar_quarter: str
    """Such as 2024Q1: the calendar quarter that holds most of the (last) fiscal quarter."""
    precision: Decimal
    """The unit of the last digit printed; of a derived point that of the coarser part."""
    formula: str | None = None

    @property
    def announced(self) -> Vintage:
        """The first word on it; of a derived point the longer period's figure that was taken."""
        return self.vintages[0] if self.vintages else self.vintage


@dataclass(frozen=True, slots=True)
class Gap:
    """Periods missing between two points."""

    after: dt.date
    before: dt.date
    missing: int


@dataclass(frozen=True, slots=True)
class Restatement:
    """A later release that gives another value, by more than rounding; ``note`` says "split 7:1" where share counts moved so."""

    period_end: dt.date
    duration: str
    before: Vintage
    after: Vintage
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A series, its points by period end. What is missing is a gap, never a point."""

    cik: Cik
    company: str | None
    metric: str
    basis: str
    duration: str
    vintage: VintageChoice
    as_of: dt.date | None
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    restatements: tuple[Restatement, ...]
    conflicts: tuple[Conflict, ...]

    def is_rounded(self, point: Point) -> bool:
        """Whether a point is printed less exactly than most of the series: "$4.1 million" among thousands."""
        return point.precision > median_high(other.precision for other in self.points)

    def with_notes(self, note: Callable[[Restatement], str | None]) -> Series:
        """The same series with a note on each restatement that has none yet."""
        noted = tuple(r if r.note else dataclasses.replace(r, note=note(r)) for r in self.restatements)
        return dataclasses.replace(self, restatements=noted)


class _Period(NamedTuple):
    """What is known of one period: its vintages, one a filing, in runs that agree."""

    end: dt.date
    vintages: tuple[Vintage, ...]
    runs: list[list[Vintage]]

    def choose(self, choice: VintageChoice) -> Vintage:
        """The first word, or the last restated one (of its run the most precise, of those the newest)."""
        return self.vintages[0] if choice == "first" else most_precise(self.runs[-1])

    def known_by(self, moment: Vintage) -> Vintage:
        """What was known of this period when another figure became known; its first word where that came later."""
        earlier = [vintage for vintage in self.vintages if vintage.order[0] <= moment.order[0]]
        return most_precise(group_by_word(earlier)[-1]) if earlier else self.vintages[0]


def build_series(
    key: SeriesKey,
    vintages: Iterable[Vintage],
    calendar: FiscalCalendar,
    *,
    choice: VintageChoice = "latest",
    as_of: dt.date | None = None,
    company: str | None = None,
) -> Series:
    """Points, gaps, restatements and conflicts from the vintages of one metric and basis, of any duration and in any order."""
    told = list(vintages)
    ends = merge_period_ends(vintage.period_end for vintage in told)
    periods: dict[str, list[_Period]] = {}
    conflicts: list[Conflict] = []
    for duration in dict.fromkeys((key.duration, "quarter", "half", "nine_months", "year")):
        periods[duration], settled = _periods([v for v in told if v.duration == duration], ends)
        conflicts += settled if duration == key.duration else []
    asked = periods[key.duration]
    points = [_reported(period, choice, calendar, key.duration) for period in asked]
    if key.duration == "quarter":
        points += _derive(key.metric, periods, choice, calendar)
    points.sort(key=lambda point: point.period_end)
    return Series(
        cik=key.cik,
        company=company,
        metric=key.metric,
        basis=key.basis,
        duration=key.duration,
        vintage=choice,
        as_of=as_of,
        points=tuple(points),
        gaps=tuple(_gaps([point.period_end for point in points], key.duration)),
        restatements=tuple(_restatements(asked, key.duration)),
        conflicts=tuple(conflicts),
    )


def _periods(vintages: Sequence[Vintage], ends: dict[dt.date, dt.date]) -> tuple[list[_Period], list[Conflict]]:
    by_end: dict[dt.date, list[Vintage]] = {}
    for vintage in vintages:
        by_end.setdefault(ends[vintage.period_end], []).append(vintage)
    periods: list[_Period] = []
    conflicts: list[Conflict] = []
    for end in sorted(by_end):
        kept, settled = settle(by_end[end], end)
        periods.append(_Period(end, kept, group_by_word(kept)))
        conflicts += settled
    return periods, conflicts


def _reported(period: _Period, choice: VintageChoice, calendar: FiscalCalendar, duration: str) -> Point:
    chosen = period.choose(choice)
    year, quarter = calendar.label(period.end)
    return Point(
        period_end=period.end,
        value=chosen.value,
        unit=chosen.unit,
        status="reported",
        vintage=chosen,
        vintages=period.vintages,
        fiscal_year=year,
        fiscal_quarter=None if duration == "year" else quarter,
        calendar_quarter=calendar.quarter_of(period.end),
        precision=precision_of(chosen),
    )


def _derive(metric: str, periods: dict[str, list[_Period]], choice: VintageChoice, calendar: FiscalCalendar) -> list[Point]:
    """Quarters that no release prints. Only of money that flows: per-share figures and averages do not add up."""
    known = METRICS.get(metric)
    if known is None or known.instant or known.unit != "money":
        return []
    have = {period.end for period in periods["quarter"]}
    points: dict[dt.date, Point] = {}
    for longer, shorter in _SUMS:
        for whole in periods[longer]:
            parts = [part for part in periods[shorter] if (whole.end - part.end).days in _QUARTER_DAYS]
            if parts and whole.end not in have and whole.end not in points:
                point = _difference((longer, whole), (shorter, parts[-1]), choice, calendar)
                points |= {} if point is None else {whole.end: point}
    return list(points.values())


def _difference(longer: tuple[str, _Period], shorter: tuple[str, _Period], choice: VintageChoice, calendar: FiscalCalendar) -> Point | None:
    """The last quarter of a longer period; None where the two are in different units."""
    (name, period), (part_name, part_period) = longer, shorter
    whole = period.choose(choice)
    part = part_period.known_by(whole) if choice == "first" else part_period.choose(choice)
    if whole.unit != part.unit:
        return None
    formula = f"{_WORDS[name]} {whole.value:f} less {_WORDS[part_name]} {part.value:f}"
    if choice == "latest" and len(period.runs) > 1 and len(part_period.runs) == 1:
        formula += ", which was not restated with it"
    year, quarter = calendar.label(period.end)
    return Point(
        period_end=period.end,
        value=whole.value - part.value,
        unit=whole.unit,
        status="derived",
        vintage=whole,
        vintages=(),
        fiscal_year=year,
        fiscal_quarter=quarter,
        calendar_quarter=calendar.quarter_of(period.end),
        precision=max(precision_of(whole), precision_of(part)),
        formula=formula,
    )


_WORDS = {"year": "year", "nine_months": "nine months", "half": "half year", "quarter": "quarter"}


def _gaps(ends: Sequence[dt.date], duration: str) -> Iterable[Gap]:
    for after, before in pairwise(ends):
        days = (before - after).days
        if days > _LONGEST_STEP[duration] and (missing := round(days / _STEP_DAYS[duration]) - 1) > 0:
            yield Gap(after, before, missing)


def _restatements(periods: Sequence[_Period], duration: str) -> Iterable[Restatement]:
    for period in periods:
        for run, following in pairwise(period.runs):
            before, after = first_precise(run), following[0]
            note = f"unit {before.unit} -> {after.unit}" if before.unit != after.unit else None
            yield Restatement(period.end, duration, before, after, note)
