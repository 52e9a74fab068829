"""A composed release before it is set: words and tables with printed cells, and the facts that it states."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from ex99.filings.release import Figure

Kind = Literal["headline", "subhead", "heading", "paragraph"]
Unit = Literal["money", "per_share", "shares"]
SCALES: Mapping[int, str] = {1: "", 1000: "In thousands", 10**6: "In millions", 10**9: "In billions"}
_PERIODS = {"quarter": "three months", "half": "six months", "nine_months": "nine months", "year": "year"}


class Key(NamedTuple):
    """Which figure: metric, basis, duration and the period's last day."""

    metric: str
    basis: str
    duration: str
    end: dt.date


class Fact(NamedTuple):
    """A stated figure in units, and the unit of its last printed digit."""

    value: Decimal
    step: Decimal


Facts = dict[Key, Fact]


@dataclass(frozen=True, slots=True)
class Words:
    """A heading or a paragraph."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading: a line that neighbours share ("Three Months Ended"), and its own ("2024"); either may be empty."""

    top: str
    own: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: printed cells, one a column; a heading has none. ``rule`` marks a total, ``sign`` a row that carries the currency sign."""

    label: str
    cells: tuple[str, ...] = ()
    indent: int = 0
    rule: bool = False
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Centred titles, column heads and lines. ``role`` says what it is, for what is added between statements."""

    titles: tuple[str, ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    role: str = "other"


@dataclass(frozen=True, slots=True)
class Story:
    """A release: its blocks in their order, what is true of the company, and the metrics that stay unjudged."""

    name: str
    short: str
    blocks: tuple[Words | Table, ...]
    facts: Facts
    quarter: tuple[str, dt.date]
    """Duration and end of the reported period."""
    fiscal: tuple[int, int]
    scale: int
    unjudged: frozenset[str] = frozenset()
    dice: random.Random = field(default_factory=random.Random, repr=False)

    def value(self, metric: str, back: int = 0) -> Decimal | None:
        """A GAAP fact of the reported period, or of the same period ``back`` years before."""
        duration, end = self.quarter
        near = [k for k in self.facts if k.metric == metric and k.basis == "gaap" and k.duration == duration]
        wanted = [k for k in near if abs((end - k.end).days - 365 * back) <= 20]
        return self.facts[wanted[0]].value if wanted else None


def show(value: Decimal, scale: int = 1, digits: int = 0) -> str:
    """A value as a cell prints it: 1,234 or (1,234) or 0.45; nothing is shown as a dash."""
    shown = (value / scale).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{abs(shown):,f}"
    return f"({text})" if shown < 0 else text if shown or digits else "-"


def spell(day: dt.date) -> str:
    """March 31, 2004."""
    return f"{day:%B} {day.day}, {day.year}"


def name_period(duration: str, end: dt.date) -> str:
    """A period as prose names it: "three months ended March 31, 2004"."""
    return f"{_PERIODS[duration]} ended {spell(end)}"


def year_before(day: dt.date, years: int = 1) -> dt.date:
    """The same day of an earlier year; the 28th where that year's February has no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def compare_figures(facts: Facts, figures: Sequence[Figure], unjudged: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Right, wrong, missed and spurious figures, each as a line "key: expected, got".

    A figure of a fact's metric in a period that the facts do not know is spurious; so is one of an instant of which they know two
    figures (a cash flow statement prints the cash of days that no fact is about). Values agree to the unit of the last printed digit.
    """
    found: dict[str, list[str]] = {"right": [], "wrong": [], "missed": [], "spurious": []}
    metrics = {key.metric for key in facts}
    taken: set[int] = set()
    for key, fact in facts.items():
        if key.metric in unjudged:
            continue
        hits = [f for f in figures if _is_about(f, key)]
        taken.update(id(f) for f in hits)
        line = f"{' '.join(map(str, key))}: {fact.value}"
        if any(abs(f.value - fact.value) <= fact.step / 2 for f in hits):
            found["right"].append(line)
        elif hits:
            found["wrong"].append(f"{line}, got {hits[0].value} from {hits[0].source.row or hits[0].source.text!r}")
        else:
            found["missed"].append(line)
    for f in figures:
        known = f.duration != "instant" or sum(k.duration == "instant" and k.end == f.period_end for k in facts) > 1
        if id(f) not in taken and known and f.metric in metrics and f.metric not in unjudged:
            place = f.source.row or f.source.text
            found["spurious"].append(f"{f.metric} {f.basis} {f.duration} {f.period_end}: got {f.value} from {place!r}")
    return found


def _is_about(figure: Figure, key: Key) -> bool:
    if (figure.metric, figure.basis, figure.duration) != key[:3] or figure.period_end is None:
        return False
    return abs((figure.period_end - key.end).days) <= 10
