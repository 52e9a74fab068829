"""How values are written: numbers with their commas, periods in words."""

from __future__ import annotations

import html
from decimal import Decimal

from markupsafe import Markup

_DURATIONS = {"nine_months": "nine months", "instant": "balance sheet date"}


def say_duration(duration: str) -> str:
    """A duration in words."""
    return _DURATIONS.get(duration, duration)


def say_value(value: Decimal | None) -> str:
    """A value with commas, "" for none."""
    return "" if value is None else f"{value:,f}"


def say_change(change: float | None) -> str:
    """A growth in percent with its sign, "" for none."""
    return "" if change is None else f"{change:+.1%}"


def say_period(year: int | None, quarter: int | None) -> str:
    """A fiscal period: Q3 2024, 2024, or "" where it is not known."""
    return "" if year is None else str(year) if quarter is None else f"Q{quarter} {year}"


def mark_words(snippet: str) -> Markup:
    """A snippet of a search, what it marks with [ and ] as <mark>."""
    return Markup(html.escape(snippet).replace("[", "<mark>").replace("]", "</mark>"))  # noqa: S704 - escaped the line before
