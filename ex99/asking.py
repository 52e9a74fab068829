"""Days and words as users give them, on the command line and in Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ex99.crawler.filters import parse_day_or_span
from ex99.errors import UserError

Day = dt.date | str | None
Words = str | Sequence[str] | None


def read_day(day: Day, name: str, *, last: bool = False) -> dt.date | None:
    """A day from a date or from 2015-06-30, 2015-06 or 2015; a month or a year means its first day, or its ``last``."""
    if day is None or isinstance(day, dt.date):
        return day.date() if isinstance(day, dt.datetime) else day
    try:
        return parse_day_or_span(day, last=last)
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
