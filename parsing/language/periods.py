"""Periods as column headers and captions print them: how long, until when, which fiscal quarter."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from ex99.parsing.language.calendar_words import COUNT, ORDINALS, count_duration, whole_year
from ex99.parsing.language.dates import MONTH_PATTERN, find_dates, make_date, month_number
from ex99.parsing.language.letters import lower_case
from ex99.parsing.language.matcher import first_words, list_starts

_FIRST_WORDS: set[str] = set()
"""What any text that names a period holds one of: the words and digits that phrases begin with."""


def _phrase(pattern: str) -> re.Pattern[str]:
    """A pattern of a period in any case; its first words become known."""
    _FIRST_WORDS.update(word.lower() for word in first_words(pattern) or () if word)
    return re.compile(pattern, re.IGNORECASE)


_MANY_QUARTERS = {"two": "half", "three": "nine_months"}
# three months | 13-week | Twenty-Six Weeks | 3 mos.
_SPAN = _phrase(rf"\b(?P<count>{COUNT})[\s-]*(?P<unit>months?|mos?\b\.?|weeks?|wks?)\b")
# Q1 2020 | 1Q20 | Q3 FY25 | First Quarter | Q2'19 | 4th Qtr | 2024 Q3 | IIIQ
_QUARTER = _phrase(
    r"\b(?:Q(?P<q>[1-4])|(?P<qb>[1-4])Q|(?P<roman>I{1,3}|IV)\s?Q(?:TR)?\b|(?:Qtr\.?|Quarter)\s?(?P<qn>[1-4])\b|(?P<word>first|second|third|fourth|1st|2nd|3rd"
    r"|4th)[\s-]+(?:fiscal\s+)?(?:quarter|qtr)\.?|quarter\s(?P<after>first|second|third|fourth)\b)"
    r"(?:[\s-]{0,2}(?:of\s+)?(?:fiscal\s+(?:year\s+)?|FY\s?|CY\s?)?['’]?(?P<year>(?:19|20)\d\d|\d\d(?![\d,.]))|(?![a-z]))"
)
_QUARTER_WORDS = {**ORDINALS, "i": 1, "ii": 2, "iii": 3, "iv": 4}
# quarter ended | quarters | qtr. | quarterly
_A_QUARTER = _phrase(r"\b(?:quarters?|qtrs?\b\.?|quarterly|qtd)\b")
# half year | first half | six-month
_A_HALF = _phrase(r"\b(?:first[\s-]half|half[\s-]years?|1H|H1)\b")
# year ended | fiscal years | full year | FY 2020 | annual
_A_YEAR = _phrase(
    r"\b(?:(?:fiscal|full|calendar|financial)[\s-]?years?|(?<!half.)years?[\s-]+(?:ended|ending)|for\s+the\s+years?|FY\s?['’]?\d{2,4}|FY|annual"
    r"|twelve-month)\b"
)
# trailing twelve months | last four quarters | LTM
_TRAILING = _phrase(
    r"\b(?:trailing|rolling|ltm|ttm|(?:last|latest|previous|prior)\s+(?:twelve|12)[\s-]+months?|(?:last\s+|latest\s+)?(?:four"
    r"|4)\s+(?:consecutive\s+)?(?:fiscal\s+)?quarters)\b"
)
# year-to-date | YTD
_TO_DATE = _phrase(r"\b(?:year[\s-]to[\s-]date|ytd|to[\s-]date)\b")
_YEAR_NUMBER = _phrase(r"(?<![\d/.,$])(?:19|20)\d\d(?![\d/,]|\.\d)")
# Private Securities Litigation Reform Act of 1995
_LAW = re.compile(r"\bact\s+of\s+(?:19|20)\d\d", re.IGNORECASE)
# FY99 | '99 | YTD 99 | 1H 99
_SHORT_YEAR = _phrase(r"(?:\b(?:FY|YTD|[12]H|H[12])\s?['’]?|['’])(\d\d)(?!\d)")
# June 2020 | Sept-19 without a day
_MONTH_YEAR = _phrase(rf"({MONTH_PATTERN})[\s,-]{{1,3}}((?:19|20)\d\d|['’]?\d\d(?=$|\s[A-Z]))")
# 31-Mar-20
_DASHED = _phrase(r"\b(\d{1,2})-([A-Za-z]{3,4})-(\d{4}|\d{2})\b")
# 6-30-99
_DASHED_NUMBERS = _phrase(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?![\d-])")
# three and six months
_PAIR = _phrase(rf"\b({COUNT})\s+(?:and|&)\s+(?={COUNT}[\s-]+(months|weeks)\b)")
# two quarters ended | first three quarters
_QUARTERS = _phrase(r"\b(two|three)\s+(?:fiscal\s+)?quarters\b")
# the months alone: "June quarter", "March" above a year
_MONTH_ALONE = _phrase(rf"{MONTH_PATTERN}(?!\s{{0,3}}\d)")
_INSTANT = _phrase(r"\b(?:as\s+(?:of|at)|at)\b(?!\s+or\b)")


@dataclass(frozen=True, slots=True)
class HeadPeriod:
    """What a text says of a period; absent parts are None or empty.

    ``durations`` may hold several ("quarter and year ended"); "trailing" stands for twelve months to any quarter's end, "to_date"
    for a year to date whose length is not said. ``dates`` are whole days; ``month_days`` days without their year; ``years`` the
    year numbers beside these.
    """

    durations: tuple[str, ...] = ()
    dates: tuple[dt.date, ...] = ()
    month_days: tuple[tuple[int, int], ...] = ()
    years: tuple[int, ...] = ()
    quarter: int | None = None
    instant: bool = False

    @property
    def duration(self) -> str | None:
        """The one duration named."""
        return self.durations[0] if len(self.durations) == 1 else None

    @property
    def month_day(self) -> tuple[int, int] | None:
        """The one day without a year."""
        return self.month_days[0] if len(set(self.month_days)) == 1 else None

    @property
    def only_year(self) -> bool:
        """Whether one year's number is all that is said."""
        return len(self.years) == 1 and not (self.durations or self.dates or self.month_days or self.quarter)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is said."""
        return not (self.durations or self.dates or self.month_days or self.years or self.quarter)


_NOTHING = HeadPeriod()


@lru_cache(maxsize=4096)
def read_head(text: str) -> HeadPeriod:
    """Read a column's header words, a caption or a stub."""
    if _FIRST_WORDS.isdisjoint(list_starts(text.lower())):
        return _NOTHING
    text = _LAW.sub(" ", text)
    dates, month_days, rest = _read_days(text)
    quarter_match = _QUARTER.search(rest)
    years = [int(y) for y in _YEAR_NUMBER.findall(rest)]
    quarter = None
    if quarter_match is not None:
        quarter = _number_of(quarter_match)
        if quarter_match["year"] and len(quarter_match["year"]) == 2:
            years.append(whole_year(quarter_match["year"]))
    if not years:
        years = [whole_year(y) for y in _SHORT_YEAR.findall(rest)]
    return HeadPeriod(_durations(rest, quarter), tuple(dates), tuple(month_days), tuple(years), quarter, _INSTANT.search(rest) is not None)


def name_quarters(text: str) -> set[int]:
    """The fiscal quarters that a text names."""
    return {_number_of(match) for match in _QUARTER.finditer(text)}


def _number_of(quarter: re.Match[str]) -> int:
    digit = quarter["q"] or quarter["qb"] or quarter["qn"]
    return int(digit or _QUARTER_WORDS[(quarter["word"] or quarter["roman"] or quarter["after"]).lower()])


def _read_days(text: str) -> tuple[list[dt.date], list[tuple[int, int]], str]:
    """Whole days, days without a year, and the text without them."""
    dates: list[dt.date] = []
    month_days: list[tuple[int, int]] = []
    parts: list[str] = []
    position = 0
    for printed in find_dates(lower_case(text)):
        whole = printed.date
        if whole is not None:
            dates.append(whole)
        else:
            month_days.append((printed.month, printed.day))
        parts.append(text[position : printed.start])
        position = printed.end
    parts.append(text[position:])
    rest = " ".join(parts)
    for match in _DASHED.finditer(rest):
        day = _dashed(match)
        if day is not None:
            dates.append(day)
            rest = rest.replace(match[0], " ")
    for match in _DASHED_NUMBERS.finditer(rest):
        day = make_date(whole_year(match[3]), int(match[1]), int(match[2]))
        if day is not None:
            dates.append(day)
            rest = rest.replace(match[0], " ")
    for match in _MONTH_YEAR.finditer(rest):
        year = whole_year(match[2].lstrip("'’"))
        month = month_number(match[1])
        dates.append(dt.date(year, month, monthrange(year, month)[1]))
        rest = rest.replace(match[0], " ", 1)
    if not dates and not month_days:
        for match in _MONTH_ALONE.finditer(rest):
            month = month_number(match[0])
            if match[0].lower() != "may" or "ended" in text.lower():
                month_days.append((month, 28 if month == 2 else monthrange(2001, month)[1]))
    return dates, month_days, rest


def _dashed(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(whole_year(match[3]), month_number(match[2]), int(match[1]))
    except (ValueError, StopIteration):
        return None


def _durations(text: str, quarter: int | None) -> tuple[str, ...]:
    if _TRAILING.search(text):
        return ("trailing",)
    found = [_MANY_QUARTERS[match[1].lower()] for match in _QUARTERS.finditer(text)]
    text = _PAIR.sub(r"\1 \2 and ", _QUARTERS.sub(" ", text))
    for match in _SPAN.finditer(text):
        length = count_duration(match["count"], match["unit"])
        if length is not None:
            found.append(length)
    unnamed = not found or ("quarter" not in found and not _SPAN.search(text))
    if quarter is not None or (unnamed and _A_QUARTER.search(text)):
        found.append("quarter")
    if _A_HALF.search(text):
        found.append("half")
    if _TO_DATE.search(text) and not found:
        found.append("to_date")
    if _A_YEAR.search(text) and quarter is None and not (found and _only_fiscal(text)):
        found.append("year")
    return tuple(dict.fromkeys(found))


def _only_fiscal(text: str) -> bool:
    """Whether "fiscal year" only names the year of a shorter period ("thirteen weeks, fiscal year 2020")."""
    return re.search(r"\byears?[\s-]+(?:ended|ending)|for\s+the\s+year|full[\s-]year", text, re.IGNORECASE) is None
