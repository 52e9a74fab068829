"""Values as people read them: money in thousands of dots and commas, shortened words, plural forms."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from filings.json_form import plain_decimal

_SCALES: tuple[tuple[Decimal, str], ...] = (
    (Decimal("1e12"), "tn"),
    (Decimal("1e9"), "bn"),
    (Decimal("1e6"), "m"),
)
_SIGNS: dict[str, str] = {"USD": "$", "EUR": "€", "GBP": "£"}


def exact_number(value: Decimal | None) -> str:
    """A number in full with commas: 4,085,000 or -0.47."""
    if value is None:
        return ""
    whole, point, rest = plain_decimal(value).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"


def short_amount(value: Decimal | None, unit: str) -> str:
    """An amount as a headline would say it: $4.09m, -$0.47, 12.5m shares; exact below a million."""
    if value is None:
        return ""
    currency, _, per = unit.partition("/")
    sign = _SIGNS.get(currency, "")
    size, suffix = abs(value), ""
    for scale, name in _SCALES:
        if size >= scale:
            size, suffix = (size / scale).quantize(Decimal("0.01")), name
            break
    minus = "-" if value < 0 else ""
    tail = "" if sign or currency == "shares" or not currency else f" {currency}"
    return f"{minus}{sign}{exact_number(size) if not suffix else f'{size:,}'}{suffix}{tail}{'' if not per or sign else f'/{per}'}"


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
