"""Values as people read them: money in thousands of dots and commas, shortened words, plural forms."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ex99.filings.json_form import plain_decimal


def exact_number(value: Decimal | None, unit: str = "") -> str:
    """A number in full with commas: 4,085,000 or -0.47; amounts a share with two digits at least: 0.10."""
    if value is None:
        return ""
    whole, point, rest = plain_decimal(value).partition(".")
    if unit.endswith("/share"):
        point, rest = ".", rest.ljust(2, "0")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"


def in_millions(value: Decimal | None, unit: str = "") -> str:
    """An amount in millions to one place, for tables that have no room: 67.6; amounts a share, percentages and counts in full."""
    if value is None or unit.endswith("/share") or unit in ("percent", "count"):
        return exact_number(value, unit)
    return f"{value / 1_000_000:,.1f}"


def odd_unit(unit: str) -> str:
    """A unit where it needs saying: nothing for dollars, dollars a share and shares, which the metric's name tells."""
    return "" if unit in ("USD", "USD/share", "shares") else unit


def duration_word(duration: str) -> str:
    """A duration in few letters."""
    return "9 months" if duration == "nine_months" else duration


def clip(text: str, width: int) -> str:
    """A text on one line, cut at a word with an ellipsis where it is longer than ``width``."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > width // 2 else cut).rstrip(" ,;:") + "…"


def count_of(number: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: 1 filing, 1,204 filings."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def clock(moment: dt.datetime | None) -> str:
    """A time to the minute, in its own zone."""
    return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M")


def span_of(seconds: float) -> str:
    """A stretch of time as one reads it: 4.2 s, 3 min 20 s, 2 h 5 min."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
