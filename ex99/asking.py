"""Days and words as users give them, on the command line and in Python."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ex99.errors import UserError

Day = dt.date | str | None
Words = str | Sequence[str] | None

# 2015, 2015-06, 2015-06-30
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def read_day(day: Day, name: str, *, last: bool = False) -> dt.date | None:
    """A day from a date or from 2015-06-30, 2015-06 or 2015; a month or a year means its first day, or its ``last``."""
    if day is None or isinstance(day, dt.date):
        return day.date() if isinstance(day, dt.datetime) else day
    match = _DAY.fullmatch(day.strip())
    try:
        if match is None:
            raise ValueError(day)
        year, month = int(match["year"]), match["month"]
        if match["day"] is not None:
            return dt.date(year, int(month), int(match["day"]))
        first = dt.date(year, int(month or 1), 1)
        if not last:
            return first
        following = dt.date(year + 1, 1, 1) if month in (None, "12") else dt.date(year, int(month) + 1, 1)
        return following - dt.timedelta(days=1)
    except (ValueError, OverflowError):
        raise UserError(f"{name} {day!r} is no date", "write it as 2015-06-30, 2015-06 or 2015") from None


def read_range(since: Day, until: Day, names: tuple[str, str] = ("--since", "--until")) -> tuple[dt.date | None, dt.date | None]:
    """The days that a range names; refuses one that ends before it begins."""
    first, last = read_day(since, names[0]), read_day(until, names[1], last=True)
    if first and last and last < first:
        raise UserError(f"{names[1]} {last} lies before {names[0]} {first}", "exchange the two")
    return first, last


def as_words(words: Words) -> list[str]:
    """The single words of a value that may be one, several, or several separated by commas."""
    several = [words] if isinstance(words, str) else list(words or ())
    return [word.strip() for value in several for word in value.split(",") if word.strip()]
