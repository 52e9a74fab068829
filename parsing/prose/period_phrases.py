"""Period phrases of prose: "the same quarter a year ago", "third quarter of fiscal 2007", "the nine months ended September 30"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ex99.parsing.language.calendar_words import COUNT, ORDINAL, ORDINALS, count_duration, whole_year
from ex99.parsing.language.comparison_words import LAST, SAME
from ex99.parsing.language.dates import DATE_PATTERN, MONTH_PATTERN, YEAR_PATTERN, month_number, parse_date
from ex99.parsing.language.matcher import first_words
from ex99.parsing.prose.patterns import spaced

_BY_WORD = {"quarter": "quarter", "year": "year", "half": "half"}

_ORD, _COUNT = ORDINAL, COUNT
_FY = r"(?:fiscal (?:year )?|fy\s?|calendar[\s-](?:year )?|the year )"
_AGO = (
    r"(?:a year (?:ago|earlier|before)|one year (?:ago|earlier)|(?:of |in |for )?(?:the )?"
    rf"{LAST} (?:fiscal |calendar )?year|last year"
    r"|year[\s-](?:ago|earlier)(?= (?:net|loss|profit|income|earnings|revenues?|sales)\b))"
)

# third quarter of fiscal 2007, ended March 31, 2007 | fiscal 2007 first quarter | 2004 second quarter | third quarter of last year
_ORDINAL = (
    rf"(?:{_FY})?(?:(?P<year_before>{YEAR_PATTERN}) )?(?P<ordinal>{_ORD})[\s-]{{1,9}}(?:fiscal )?quarter\b(?:[’']s)?"
    rf"(?:(?:,? (?:of|for|in) | )(?:{_FY})?(?P<year_after>{YEAR_PATTERN})\b| (?P<ordinal_ago>{_AGO}))?"
    rf"(?:,? (?:which )?(?:ended|ending) (?:on )?(?P<ordinal_date>{DATE_PATTERN}))?"
)
# Q3 FY25 | Q1 2020 | 3Q24 | 2Q | Q2 prior year
_SHORT = (
    r"(?:\bq(?P<q>[1-4])|\b(?P<q_before>[1-4])q)(?:\s{0,2}(?:of )?(?:fy\s?|fiscal (?:year )?)?[’']?"
    r"(?P<q_year>(?:19|20)\d\d|\d\d)\b|\b(?: (?P<q_ago>(?:of )?(?:the )?(?:prior|last|previous) year)\b)?)"
)
# nine months ended June 26, 2004 | fiscal year ended September 30 | quarter ending March 31, 2019
_ENDED = (
    rf"(?:(?P<count>{_COUNT})[\s-]{{1,9}}(?P<unit>weeks?|months?)|(?:full )?(?:fiscal |calendar )?"
    rf"(?P<word>quarter|year|half))(?:[\s-]{{1,9}}period)? (?:ended|ending) (?:on )?(?P<ended_date>{DATE_PATTERN})"
)
# the first six months of 2020 | nine-month period
_SPAN = (
    rf"(?:first )?(?P<span_count>{_COUNT})[\s-]{{1,9}}(?P<span_unit>weeks?|months?)\b(?:[\s-]{{1,9}}period)?"
    rf"(?: (?:of|in) (?:{_FY})?(?P<span_year>{YEAR_PATTERN})\b| (?P<span_ago>{_AGO}))?"
)
# the first three quarters of 2020
_THREE_QUARTERS = rf"(?P<three_mark>first three quarters)\b(?: of (?:{_FY})?(?P<three_year>{YEAR_PATTERN})\b)?"
# the first half of 2020
_HALF = rf"(?P<half_mark>first[\s-]half|first two quarters)\b(?:(?: of| in)? (?:{_FY})?(?P<half_year>{YEAR_PATTERN})\b)?"
# full-year 2006 | fiscal year 2004 | the full year | 2019 fiscal year
_YEAR = (
    rf"(?:full[\s-]{{1,3}}(?:fiscal )?year(?: (?:of |ended )?(?:fiscal )?(?P<full_year>{YEAR_PATTERN})\b)?"
    rf"|(?P<year_fiscal>{YEAR_PATTERN}) (?:fiscal|full) year\b|{_FY}(?P<fiscal_year>{YEAR_PATTERN})\b|(?:the|this) (?:fiscal )?year\b"
    rf"|(?:(?P<annual_year>{YEAR_PATTERN}) )?annual"
    r"(?= (?:total |net |operating )?(?:revenues?|sales|income|earnings|profit|loss|ebitda|eps)\b)"
    rf"|for (?:all of )?(?P<for_year>{YEAR_PATTERN})\b|(?:in|during) (?P<in_year>{YEAR_PATTERN})\b)"
)
# the same quarter a year ago | the prior-year period | the comparable nine-month period of 2004 | a year ago
_YEAR_AGO = (
    rf"(?:{SAME} (?:(?P<same_ordinal>{_ORD}) )?"
    rf"(?:(?P<same_count>{_COUNT})[\s-]{{1,9}}months?[\s-]{{0,9}})?"
    rf"(?:(?:prior[\s-]year|year[\s-]ago) )?(?P<same_word>quarter|period|year|months?)\b"
    rf"(?:,? (?:(?:in|of|for) (?:{_FY})?(?P<same_year>{YEAR_PATTERN})\b|{_AGO}))?"
    rf"|(?:last|prior|previous|preceding|a) (?:fiscal )?year(?:[’']s|[\s-]ago|[\s-]earlier)"
    rf"(?: (?P<ago_ordinal>{_ORD}))?(?: fiscal)? (?P<ago_word>quarter|period)\b"
    rf"|(?P<plain_ago>{_AGO})(?!(?:[’']s)?\s{{1,9}}(?:{_ORD}|period|quarter|three|six|nine|twelve|month)))"
)
# the 2004 quarter | the 1995 period | the 2005 nine-month period
_OF_YEAR = rf"(?:{_FY})?(?P<of_year>{YEAR_PATTERN})(?: (?P<of_count>{_COUNT})[\s-]{{1,9}}months?)? (?P<of_word>quarter|period)\b"
# the June quarter | the December 2003 quarter
_OF_MONTH = rf"(?P<month>{MONTH_PATTERN})(?: (?P<month_year>{YEAR_PATTERN}))? quarter\b"
# the preceding quarter | last quarter | the sequential quarter
_BEFORE = (
    r"(?P<before>(?:prior|previous|preceding|last|linked|sequential|trailing) quarter)\b"
    rf"(?:,? (?:which )?(?:ended|ending) (?:on )?{DATE_PATTERN})?"
)
# the quarter | the year-to-date period
_THIS = r"(?:(?:the|this) (?:fiscal |current )?(?P<this>quarter|half)\b|(?P<to_date>year[\s-]to[\s-]date|ytd\b)(?: period)?)"
# at March 31, 2020 | as of December 31, 2019 | at the end of the third quarter | ended the quarter with
_INSTANT = (
    rf"(?:as of|at|on) (?P<instant>{DATE_PATTERN})"
    r"|(?:(?:as of|at|by) (?:the )?(?:end|close) of (?:the )?|(?:ended|closed|finished|exited) the )"
    rf"(?:(?P<end_ordinal>{_ORD}) )?(?:fiscal )?(?P<end_word>quarter|period|year)\b(?: with\b)?"
    rf"|at (?P<at_end>quarter|period|year)[\s-]end\b(?: (?P<end_year>{YEAR_PATTERN})\b)?"
)

_ALL = (
    _ENDED, _ORDINAL, _SHORT, _HALF, _THREE_QUARTERS, _YEAR_AGO, _BEFORE, _OF_YEAR, _OF_MONTH, _SPAN, _YEAR, _THIS, _INSTANT,
)  # fmt: skip
PERIOD = re.compile(spaced("(?:the |its |our |their )?") + "(?:" + "|".join(f"(?:{spaced(p)})" for p in _ALL) + ")")
"""A period phrase of a text in lower case."""
FIRST_WORDS = first_words(PERIOD.pattern) or frozenset()


# a word without which no period is named
_HINT = re.compile(r"quarter|year|month|week|half|q[1-4]|[1-4]q|fy|ytd|fiscal|(?:19|20)\d\d")
# where a period phrase may begin: "third quarter", "2q", "39 weeks"
_START = re.compile(r"(?<![\w-])(?:[a-z]+|[1-9])")


@dataclass(frozen=True, slots=True)
class PeriodPhrase:
    """A period as a sentence names it: parts that are not named are None.

    ``relation`` is None for a period named outright; "year_ago", "before", "of_year", "month" and "end" are told against the calendar.
    """

    start: int
    end: int
    duration: str | None = None
    quarter: int | None = None
    year: int | None = None
    date: dt.date | None = None
    month_day: tuple[int, int] | None = None
    relation: str | None = None
    counted: bool = False
    """Whether months or weeks are counted ("the last twelve months"), from no named day."""
    bare: bool = False
    """Whether a year and nothing else is named ("in 2005", "last year"), which may stand for a quarter of it."""


def find_phrases(lower: str, start: int, end: int) -> Iterator[PeriodPhrase]:
    """The period phrases of lower[start:end], a text in lower case, from left to right."""
    if not _HINT.search(lower, start, end):
        return
    at = start
    for first in _START.finditer(lower, start, end):
        if first.group() not in FIRST_WORDS or first.start() < at:
            continue
        match = PERIOD.match(lower, first.start(), end)
        phrase = read_phrase(match) if match else None
        if match is not None and phrase is not None:
            at = match.end()
            yield phrase


def read_phrase(g: re.Match[str]) -> PeriodPhrase | None:
    """The phrase that the groups of a match of PERIOD name; None for spans of a length that reports do not use ("two weeks")."""
    span = g.span()
    if g["ordinal"]:
        year = _int(g["year_before"] or g["year_after"])
        date, month_day = _date(g["ordinal_date"])
        relation = "year_ago" if g["ordinal_ago"] else None
        return PeriodPhrase(*span, "quarter", ORDINALS[g["ordinal"].lower()], year, date, month_day, relation)
    if g["q"] or g["q_before"]:
        year = whole_year(g["q_year"]) if g["q_year"] else None
        return PeriodPhrase(*span, "quarter", _int(g["q"] or g["q_before"]), year, relation="year_ago" if g["q_ago"] else None)
    if g["ended_date"]:
        date, month_day = _date(g["ended_date"])
        duration = _BY_WORD[g["word"].lower()] if g["word"] else count_duration(g["count"], g["unit"])
        return None if duration is None else PeriodPhrase(*span, duration, date=date, month_day=month_day)
    if g["span_count"]:
        duration = count_duration(g["span_count"], g["span_unit"])
        relation = "year_ago" if g["span_ago"] else None
        return None if duration is None else PeriodPhrase(*span, duration, year=_int(g["span_year"]), relation=relation, counted=True)
    return _read_rest(g, *span)


_YEARS = ("annual_year", "full_year", "year_fiscal", "fiscal_year", "for_year", "in_year")


def _read_rest(g: re.Match[str], start: int, end: int) -> PeriodPhrase | None:
    relative = _read_relative(g, start, end)
    if relative is not None:
        return relative
    if g["instant"]:
        date, month_day = _date(g["instant"])
        return PeriodPhrase(start, end, "instant", date=date, month_day=month_day)
    if g["end_word"] or g["at_end"]:
        ordinal = ORDINALS[g["end_ordinal"].lower()] if g["end_ordinal"] else None
        year_end = (g["end_word"] or g["at_end"] or "").lower() == "year"
        return PeriodPhrase(start, end, "instant", 4 if year_end else ordinal, _int(g["end_year"]), relation="end")
    if g["this"] or g["to_date"]:
        return PeriodPhrase(start, end, _BY_WORD.get((g["this"] or "").lower(), "to_date"))
    if g["half_mark"] or g["three_mark"]:
        duration = "half" if g["half_mark"] else "nine_months"
        return PeriodPhrase(start, end, duration, year=_int(g["half_year"] or g["three_year"]))
    year = next(filter(None, (g[name] for name in _YEARS)), None)
    return PeriodPhrase(start, end, "year", year=_int(year), bare=bool(g["for_year"] or g["in_year"]))


def _read_relative(g: re.Match[str], start: int, end: int) -> PeriodPhrase | None:
    if g["before"]:
        return PeriodPhrase(start, end, "quarter", relation="before")
    if g["same_word"]:
        duration = count_duration(g["same_count"], "months") if g["same_count"] else _BY_WORD.get(g["same_word"].lower())
        ordinal = ORDINALS[g["same_ordinal"].lower()] if g["same_ordinal"] else None
        return PeriodPhrase(start, end, duration, ordinal, _int(g["same_year"]), relation="year_ago")
    if g["ago_word"]:
        ordinal = ORDINALS[g["ago_ordinal"].lower()] if g["ago_ordinal"] else None
        return PeriodPhrase(start, end, _BY_WORD.get(g["ago_word"].lower()), ordinal, relation="year_ago")
    if g["of_year"]:
        duration = count_duration(g["of_count"], "months") if g["of_count"] else _BY_WORD.get((g["of_word"] or "").lower())
        return PeriodPhrase(start, end, duration, year=_int(g["of_year"]), relation="of_year")
    if g["month"]:
        return PeriodPhrase(start, end, "quarter", year=_int(g["month_year"]), month_day=(month_number(g["month"]), 28), relation="month")
    ago = g["plain_ago"]
    return PeriodPhrase(start, end, relation="year_ago", bare=not ago.lower().startswith(("a ", "one ", "year"))) if ago else None


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _date(text: str | None) -> tuple[dt.date | None, tuple[int, int] | None]:
    printed = parse_date(text) if text else None
    if printed is None:
        return None, None
    return (printed.date, None) if printed.year is not None else (None, (printed.month, printed.day))
