"""Calendar days as releases print them: "September 30, 2005", "Sept. 30", "30 June 2010", "12/31/2019"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ex99.parsing.language.calendar_words import whole_year

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTH_PATTERN = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""A month's name in lower case."""
YEAR_PATTERN = r"(?:19|20)\d\d"
# September 30, 2005 | Sept. 30 | March 31st, 2020
MONTH_DAY_PATTERN = rf"{MONTH_PATTERN}\s{{0,9}}\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:\s{{0,3}},?\s{{0,20}}{YEAR_PATTERN}(?!\d))?"
# 30 June 2010
DAY_MONTH_PATTERN = rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s{{1,3}}{MONTH_PATTERN},?\s{{1,9}}{YEAR_PATTERN}(?!\d)"
# 12/31/2019 | 9/30/05
NUMERIC_PATTERN = r"(?<![\d/])\d{1,2}/\d{1,2}/(?:(?:19|20)\d\d|\d\d)(?![\d/])"
DATE_PATTERN = rf"(?:{MONTH_DAY_PATTERN}|{DAY_MONTH_PATTERN}|{NUMERIC_PATTERN})"

_DATE = re.compile(DATE_PATTERN)
# the month's name inside a date
_MONTH = re.compile(MONTH_PATTERN)
# 2005 at a date's end
_YEAR = re.compile(rf"{YEAR_PATTERN}(?!\d)")
# the digits of a day, not those of a year
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day with or without its year, and where it stands in the text."""

    start: int
    end: int
    month: int
    day: int
    year: int | None

    @property
    def date(self) -> dt.date | None:
        """The day, where its year is printed."""
        return None if self.year is None else make_date(self.year, self.month, self.day)


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """A date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_dates(lower: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """Every printed day of lower[start:end], a text in lower case, that the calendar knows, from left to right."""
    stop = len(lower) if end is None else end
    if _MONTH.search(lower, start, stop) is None and lower.find("/", start, stop) < 0:
        return
    for match in _DATE.finditer(lower, start, stop):
        date = _read(match)
        if date is not None and make_date(date.year or 2000, date.month, date.day) is not None:
            yield date


def parse_date(lower: str) -> PrintedDate | None:
    """The first printed day of a short text in lower case, or None."""
    return next(find_dates(lower), None)


def _read(match: re.Match[str]) -> PrintedDate | None:
    printed = match.group()
    if "/" in printed:
        month, day, year = printed.split("/")
        return PrintedDate(match.start(), match.end(), int(month), int(day), whole_year(year))
    name = _MONTH.search(printed)
    day_digits = _DAY.search(printed)
    if name is None or day_digits is None:
        return None
    year_digits = _YEAR.search(printed)
    return PrintedDate(
        match.start(), match.end(), month_number(name.group()), int(day_digits.group()), int(year_digits.group()) if year_digits else None
    )


def month_number(name: str) -> int:
    """1 to 12 for a month's name or its abbreviation."""
    lower = name.lower().rstrip(".")[:3]
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(lower))
