"""Where something competing is put, and the tables and words that it is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.made.model import SCALES, Line, Story, Table, Words, year_before
from benchmarks.made.stories import make_heads


def say_money(value: Decimal) -> str:
    """A rounded amount as prose says it: $1.8 billion, $23 million."""
    scale, digits = next(((s, d) for s, d in ((10**9, 1), (10**6, 1)) if abs(value) >= s), (1000, 0))
    word = {10**9: "billion", 10**6: "million", 1000: "thousand"}[scale]
    return f"${abs(value) / scale:,.{digits}f} {word}"


def before_statements(story: Story, *blocks: Words | Table) -> Story:
    """The story with blocks between its lead and its statements."""
    first = next((i for i, b in enumerate(story.blocks) if isinstance(b, Table) and b.role != "other"), len(story.blocks))
    return replace(story, blocks=(*story.blocks[:first], *blocks, *story.blocks[first:]))


def after_statements(story: Story, *blocks: Words | Table) -> Story:
    """The story with blocks at its end."""
    return replace(story, blocks=(*story.blocks, *blocks))


def somewhere(story: Story, *blocks: Words | Table) -> Story:
    """The story with blocks before or after its statements, as its dice fall."""
    return (before_statements if story.dice.random() < 0.5 else after_statements)(story, *blocks)


def pair_values(story: Story, metric: str) -> list[Decimal] | None:
    """The reported period's value and that of the year before, where both are known."""
    values = [story.value(metric), story.value(metric, 1)]
    return None if None in values else [v for v in values if v is not None]


def pair_columns(story: Story) -> list[tuple[str, dt.date]]:
    """Duration and end of the reported period and of that a year before."""
    duration, end = story.quarter
    return [(duration, end), (duration, year_before(end))]


def make_table(story: Story, title: str, lines: Sequence[Line], columns: Sequence[tuple[str, dt.date]], note: str = "") -> Table:
    """A table under the company's name, with dated heads."""
    style = "shared day" if len({(e.month, e.day) for _, e in columns}) == 1 else "full dates"
    heads, _ = make_heads(columns, style)
    return Table((story.name, title, *([note] if note else []), "(Unaudited)"), heads, tuple(lines))


def scale_note(scale: int) -> str:
    """The note that states a table's scale; empty where amounts are in single units."""
    return f"({SCALES[scale]}, except per share data)" if scale > 1 else ""
