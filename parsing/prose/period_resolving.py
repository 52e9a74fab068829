"""From a period phrase to the period it names, told by the company's fiscal calendar and by the period it is compared with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ex99.filings.fiscal import NEAR, Calendar
from ex99.parsing.language.dates import make_date
from ex99.parsing.prose.period_phrases import PeriodPhrase

Period = tuple[str, dt.date | None]
"""(duration, end)."""

_QUARTERS_OF = {"quarter": 1, "half": 2, "nine_months": 3, "year": 4}


def resolve(phrase: PeriodPhrase, calendar: Calendar, anchor: Period | None) -> Period | None:
    """The period a phrase names, told by the fiscal calendar and, for relations, by the period it is compared with; None where unsure."""
    if phrase.relation is not None:
        return _resolve_relation(phrase, calendar, anchor)
    if phrase.date is not None or phrase.month_day is not None:
        return _resolve_date(phrase, calendar)
    if phrase.quarter is not None:
        year = phrase.year if phrase.year is not None else _latest_year(phrase.quarter, calendar)
        end = calendar.quarter_end(year, phrase.quarter)
        return None if end > calendar.end + NEAR else ("quarter", end)
    return _resolve_span(phrase, calendar, anchor)


def _resolve_relation(phrase: PeriodPhrase, calendar: Calendar, anchor: Period | None) -> Period | None:
    if phrase.relation == "before":
        base = anchor[1] if anchor and anchor[0] == "quarter" and anchor[1] else calendar.end
        return "quarter", calendar.quarter_before(base)
    if phrase.relation == "end":
        if phrase.year is not None:
            return ("instant", calendar.year_end(phrase.year)) if phrase.quarter else None
        return ("instant", calendar.end) if phrase.quarter in (None, calendar.quarter) else None
    if phrase.relation == "year_ago":
        return _resolve_year_ago(phrase, calendar, anchor)
    return _resolve_of_year(phrase, calendar, anchor) if phrase.relation == "of_year" else _resolve_month(phrase, calendar)


def _resolve_span(phrase: PeriodPhrase, calendar: Calendar, anchor: Period | None) -> Period | None:
    """A span without a year is of the fiscal year at hand; one that this has not filled yet is none ("for the full year" in May), or if
    it is counted, the latest months ("the last twelve months").
    """
    duration = phrase.duration
    if duration == "to_date":
        duration = {2: "half", 3: "nine_months", 4: "year"}.get(calendar.quarter)
    if duration is None or duration == "instant":
        return None
    if duration == "quarter":
        return "quarter", calendar.end
    if phrase.bare and anchor is not None and anchor[0] not in ("year", "instant"):
        return _resolve_of_year(replace(phrase, duration=None), calendar, anchor)
    last = _QUARTERS_OF[duration]
    if phrase.year is None and last > calendar.quarter:
        return (duration, calendar.end) if phrase.counted else None
    end = calendar.quarter_end(phrase.year if phrase.year is not None else calendar.year, last)
    return None if end > calendar.end + NEAR else (duration, end)


def _resolve_year_ago(phrase: PeriodPhrase, calendar: Calendar, anchor: Period | None) -> Period | None:
    if phrase.quarter is not None:
        year = phrase.year if phrase.year is not None else calendar.year - 1
        return "quarter", calendar.quarter_end(year, phrase.quarter)
    if anchor is None or anchor[1] is None:
        return None
    if phrase.duration not in (None, anchor[0], "year"):
        return None
    if phrase.duration == "year" and anchor[0] != "year":
        return None
    end = calendar.year_before(anchor[1])
    if phrase.year is not None and calendar.fiscal_quarter(end)[0] != phrase.year:
        return None
    return anchor[0], end


def _resolve_of_year(phrase: PeriodPhrase, calendar: Calendar, anchor: Period | None) -> Period | None:
    """ "The 2004 quarter" is the quarter at hand or the one a year before it, whichever is of that year."""
    base = anchor or ("quarter", calendar.end)
    if base[1] is None or phrase.duration not in (None, base[0]):
        return None
    ends = [base[1], calendar.year_before(base[1])]
    return next(((base[0], e) for e in ends if phrase.year in (calendar.fiscal_quarter(e)[0], e.year)), None)


def _resolve_month(phrase: PeriodPhrase, calendar: Calendar) -> Period | None:
    """ "The December 2003 quarter" is the quarter that ends with or near that month."""
    if phrase.month_day is None:
        return None
    for years in range(3):
        for quarter in range(1, 5):
            end = calendar.quarter_end(calendar.year - years, quarter)
            middle = make_date(phrase.year or end.year, *phrase.month_day)
            if end <= calendar.end + NEAR and middle is not None and abs(end - middle) <= 2 * NEAR:
                return "quarter", end
    return None


def _resolve_date(phrase: PeriodPhrase, calendar: Calendar) -> Period | None:
    """A printed day, without its year the latest one that is not after the current period's end."""
    if phrase.duration is None:
        return None
    days = [phrase.date]
    if phrase.month_day is not None:
        days = [make_date(year, *phrase.month_day) for year in (calendar.end.year, calendar.end.year - 1)]
    day = next((d for d in days if d is not None and (phrase.date is not None or d <= calendar.end + NEAR)), None)
    if day is None:
        return None
    return phrase.duration, day if phrase.duration == "instant" else calendar.snap(day)


def _latest_year(quarter: int, calendar: Calendar) -> int:
    """The fiscal year of the latest such quarter that is not after the current one."""
    return calendar.year if quarter <= calendar.quarter else calendar.year - 1
