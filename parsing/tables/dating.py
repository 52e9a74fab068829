"""The period of each column of a table: from its header, its neighbours' and what stands around the table."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ex99.parsing.language.periods import HeadPeriod, read_head
from ex99.parsing.rules import rule
from ex99.parsing.tables.columns import ColumnHead
from ex99.parsing.tolerances import TOLERANCES

# Fiscal Year Ended December 28, 2016, over First Quarter
_YEAR_ENDED = re.compile(r"\byears?\s+end(?:ed|ing)\b", re.IGNORECASE)
_LAST_QUARTER = 4
EARLY = 2
"""The last month in which a fiscal year may end that some name after the calendar year before."""


OWN_DATE = rule("tables.dating.own_date", "a column's header prints its day")
YEAR_AND_DAY = rule("tables.dating.year_and_day", "a column's year, with the day that its header, the others' or the context names")
DAY_AND_YEAR = rule("tables.dating.day_and_year", "a column's day, with the one year that the context names")
CONTEXT_DATE = rule("tables.dating.context_date", "a column that names nothing has the one date of the context")
FISCAL_QUARTER = rule("tables.dating.fiscal_quarter", "a column's header names a fiscal quarter")
QUARTER_OF_YEAR = rule("tables.dating.quarter_of_year", "a quarter under a header that names its fiscal year's end")
CONTEXT_QUARTER = rule("tables.dating.context_quarter", "a column without a day is of the fiscal quarter that the context names")
YEAR_OF_QUARTERS = rule("tables.dating.year_of_quarters", "a column that names only a year beside its quarters is of that year")
GROUPS_OF_YEARS = rule("tables.dating.groups_of_years", "years repeated once for each duration that the context names")
LENT_DURATION = rule("tables.dating.lent_duration", "a column that a spanner fell short of lasts as long as its neighbour")
QUARTER_BY_CONTEXT = rule("tables.dating.quarter_by_context", "one fiscal quarter of several years, whose day the context prints")
QUARTERS_APART = rule("tables.dating.quarters_apart", "ends a quarter apart from each other are of quarters")
YEARS_APART = rule("tables.dating.years_apart", "three and more columns a year apart from each other in a statement of flows are of years")
OTHER_CURRENCY = rule("tables.dating.other_currency", "a column in another currency than most is a translation", leaves_out=True)
BESIDE_DATED = rule("tables.dating.beside_dated", "a column that names no period beside those that do holds none", leaves_out=True)


class ColumnPeriod(NamedTuple):
    """A column's period: ``duration`` may still be None; ``end`` too, where only a fiscal ``quarter`` and ``year`` are named."""

    duration: str | None
    end: dt.date | None
    quarter: int | None = None
    year: int | None = None


def resolve_columns(heads: Sequence[ColumnHead], context: HeadPeriod) -> list[ColumnPeriod | None]:
    """The period of each column; None for those that have none. ``context`` is what stubs and caption say."""
    heads = _with_shared_durations(heads, context)
    shared = _shared_days(heads, context)
    of_years = context.durations == ("year",)
    if any(head.period.duration is not None and not head.ignored for head in heads):
        context = replace(context, durations=())
    reported = _reporting_currency(heads)
    dated = any((head.period.dates or head.period.years or head.period.quarter) and not head.ignored for head in heads)
    labelled = any(head.period.quarter is not None and not head.ignored for head in heads)
    periods = [
        None
        if head.ignored or (head.currency not in (None, reported) and OTHER_CURRENCY()) or (dated and head.period.empty and BESIDE_DATED())
        else ColumnPeriod("year", None, None, head.period.years[0])
        if head.period.only_year and (labelled or _sums_quarters(head, heads)) and YEAR_OF_QUARTERS()
        else _resolve(head, context, shared)
        for head in heads
    ]
    return _lend_durations(periods if of_years else _date_quarters(periods, context))


def _with_shared_durations(heads: Sequence[ColumnHead], context: HeadPeriod) -> list[ColumnHead]:
    """Heads that repeat their years once for each duration that the context names ("three and six months": 1999 1998 1999 1998)."""
    groups = len(context.durations)
    share, rest = divmod(len(heads), groups) if groups > 1 else (0, 1)
    periods = [head.period for head in heads]
    if (
        rest
        or any(p.durations or p.quarter for p in periods)
        or periods != periods[:share] * groups
        or len(set(periods)) != share
        or not GROUPS_OF_YEARS()
    ):
        return list(heads)
    return [replace(head, period=replace(head.period, durations=(context.durations[index // share],))) for index, head in enumerate(heads)]


def _sums_quarters(head: ColumnHead, heads: Sequence[ColumnHead]) -> bool:
    """Whether a column of a year ("2012 Total") stands beside quarters of that year, each with its own day."""
    year = head.period.years[0]
    days = {day for other in heads if year in other.period.years for day in other.period.month_days}
    days |= {(d.month, d.day) for other in heads for d in other.period.dates if d.year == year}
    return len(days) > 1


def _reporting_currency(heads: Sequence[ColumnHead]) -> str | None:
    """The currency of most columns, the first one of several; columns in another one are translated for the reader's convenience."""
    named = Counter(head.currency for head in heads if head.currency is not None)
    return named.most_common(1)[0][0] if named else None


def _lend_durations(periods: list[ColumnPeriod | None]) -> list[ColumnPeriod | None]:
    """Columns that a spanner fell short of take the duration of their left neighbour, the first one that of its right neighbour."""
    known = [p.duration for p in periods if p is not None and p.duration is not None]
    if not known or "instant" in known:
        return periods
    last = known[0]
    lent: list[ColumnPeriod | None] = []
    for period in periods:
        lent.append(period._replace(duration=last) if period is not None and period.duration is None and LENT_DURATION() else period)
        last = period.duration if period is not None and period.duration is not None else last
    return lent


def _date_quarters(periods: list[ColumnPeriod | None], context: HeadPeriod) -> list[ColumnPeriod | None]:
    """Ends for columns of one fiscal quarter of several years, where the context prints that quarter's end in the latest of them."""
    named = [p for p in periods if p is not None and p.quarter is not None and p.year is not None and p.end is None]
    days = {(d.month, d.day) for d in context.dates}
    if not named or len({p.quarter for p in named}) != 1 or len(days) != 1 or not QUARTER_BY_CONTEXT():
        return periods
    latest = max(context.dates)
    newest = max(p.year for p in named if p.year is not None)
    return [
        p._replace(end=_with_year((latest.month, latest.day), p.year + latest.year - newest))
        if p in named and p is not None and p.year
        else p
        for p in periods
    ]


def _shared_days(heads: Sequence[ColumnHead], context: HeadPeriod) -> tuple[int, int] | None:
    """The day without a year that all columns share, where the headers or the context name only one."""
    named = {day for head in heads for day in head.period.month_days} | {(d.month, d.day) for head in heads for d in head.period.dates}
    if len(named) == 1:
        return next(iter(named))
    if not named:
        if context.month_day is not None:
            return context.month_day
        days = {*context.month_days, *((d.month, d.day) for d in context.dates)}
        if len(days) == 1:
            return next(iter(days))
    return None


def _resolve(head: ColumnHead, context: HeadPeriod, shared: tuple[int, int] | None) -> ColumnPeriod | None:
    period = head.period
    if head.ignored or (period.empty and not (context.dates or context.quarter)):
        return None
    year = period.years[-1] if period.years else None
    if period.quarter is not None and _YEAR_ENDED.search(head.text) and QUARTER_OF_YEAR():
        return _quarter_of_year(period, year)
    if period.quarter is not None and FISCAL_QUARTER():
        end = _pick(period.dates, year) or _with_year(period.month_day, year)
        return ColumnPeriod("quarter", end, period.quarter, year if year is not None else _only(context.years))
    duration = period.duration or (context.duration if not period.durations else None)
    if period.instant and not period.durations:
        duration = "instant"
    end = _end_of(period, context, shared, year)
    if (
        end is None
        and context.quarter is not None
        and duration in (None, "quarter")
        and (year is not None or period.empty)
        and CONTEXT_QUARTER()
    ):
        return ColumnPeriod("quarter", None, context.quarter, year if year is not None else _only(context.years))
    if end is None and year is None:
        return None
    return ColumnPeriod(duration, end, None, year)


def _quarter_of_year(period: HeadPeriod, year: int | None) -> ColumnPeriod | None:
    """A quarter under a spanner that names its year's end: the day is that of the fourth; years that end early may bear either number."""
    end = _pick(period.dates, year) or _with_year(period.month_day, year)
    if period.quarter == _LAST_QUARTER and end is not None:
        return ColumnPeriod("quarter", end, period.quarter, year)
    return None if end is None or end.month <= EARLY else ColumnPeriod("quarter", None, period.quarter, end.year)


def _end_of(period: HeadPeriod, context: HeadPeriod, shared: tuple[int, int] | None, year: int | None) -> dt.date | None:
    """A column's end: its own date, its year with a day that it or the context names, the context's one date where it names nothing."""
    end = _pick(period.dates, year)
    if end is None and year is not None:
        return YEAR_AND_DAY.take(_with_year(period.month_day or shared, year) or _pick(context.dates, year))
    if end is None and period.month_day is not None:
        return DAY_AND_YEAR.take(_with_year(period.month_day, _only(context.years)))
    if end is None and period.empty:
        return CONTEXT_DATE.take(_only_date(context.dates))
    return OWN_DATE.take(end)


def _pick(dates: Sequence[dt.date], year: int | None) -> dt.date | None:
    """The one date, or the one of several that falls in a year."""
    distinct = list(dict.fromkeys(dates))
    if len(distinct) == 1 and (year is None or distinct[0].year == year):
        return distinct[0]
    near = [d for d in distinct if year is not None and d.year == year]
    return near[0] if len(near) == 1 else None


def _only(years: Sequence[int]) -> int | None:
    return years[0] if len(set(years)) == 1 else None


def _only_date(dates: Sequence[dt.date]) -> dt.date | None:
    return dates[0] if len(set(dates)) == 1 else None


def _with_year(month_day: tuple[int, int] | None, year: int | None) -> dt.date | None:
    if month_day is None or year is None:
        return None
    month, day = month_day
    return dt.date(year, month, min(day, monthrange(year, month)[1]))


def period_of_text(text: str) -> ColumnPeriod | None:
    """The one period that a row's label names ("Second quarter 2015"); None where it names none."""
    period = read_head(text)
    if period.duration is None or period.duration == "to_date":
        return None
    end = _only_date(period.dates)
    year = _only(period.years)
    if end is None and year is None:
        return None
    return ColumnPeriod(period.duration, end or _with_year(period.month_day, year), period.quarter, year)


def infer_durations(periods: Sequence[ColumnPeriod | None], *, flows: bool) -> list[ColumnPeriod | None]:
    """Durations told by the distance of the ends, for columns that name none.

    Neighbours a quarter apart are quarters. In a statement of ``flows`` three columns and more, each a year before the other, are years.
    """
    plain = [p for p in periods if p is not None and p.duration is None]
    ends = sorted({p.end for p in plain if p.end is not None}, reverse=True)
    gaps = [(a - b).days for a, b in pairwise(ends)]
    least, most = TOLERANCES.quarter_gap
    if len(ends) >= 3 and gaps and all(least <= gap <= most for gap in gaps[:2]) and QUARTERS_APART():
        return _lasting("quarter", periods)
    if flows and len(plain) >= 3 and len(plain) == sum(1 for p in periods if p is not None) and _are_years(plain) and YEARS_APART():
        return _lasting("year", periods)
    return list(periods)


def _lasting(duration: str, periods: Sequence[ColumnPeriod | None]) -> list[ColumnPeriod | None]:
    return [p._replace(duration=duration) if p is not None and p.duration is None else p for p in periods]


def _are_years(periods: Sequence[ColumnPeriod]) -> bool:
    """Whether columns are of years that follow each other, by their days or, without these, by their numbers."""
    ends = sorted((p.end for p in periods if p.end is not None), reverse=True)
    if len(ends) == len(periods):
        least, most = TOLERANCES.year_gap
        return all(least <= (a - b).days <= most for a, b in pairwise(ends))
    years = sorted((p.year for p in periods if p.year is not None and p.quarter is None), reverse=True)
    return not ends and len(years) == len(periods) and all(a - b == 1 for a, b in pairwise(years))
