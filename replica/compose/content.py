"""A press release before it is set in the style of an era: its words, and its statements as rows and columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ex99.replica.compose.truth import TruthFigure, TruthGuidance

Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its header calls the period (empty for an instant), the period's end, and what it means."""

    words: str
    end: dt.date
    duration: str
    comparative: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, one value a column as printed (no values: a heading), and the metric it reports, if any.

    ``kind`` is money, per_share, shares or heading; ``total`` rows stand under a rule, ``dollar`` rows carry the sign.
    """

    label: str
    values: tuple[Value, ...] = ()
    kind: str = "money"
    metric: tuple[str, ...] = ()
    basis: str = "gaap"
    indent: int = 0
    total: bool = False
    dollar: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A table: titles above it, the note that gives its scale, columns and rows."""

    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: int

    def figures(self) -> list[TruthFigure]:
        """What its rows report, in units."""
        found = []
        for row in self.rows:
            scale, unit = {"per_share": (1, "USD/share"), "shares": (self.unit, "shares")}.get(row.kind, (self.unit, "USD"))
            for metric in row.metric:
                for column, value in zip(self.columns, row.values, strict=True):
                    if value is not None:
                        amount = Decimal(value) * scale
                        found.append(TruthFigure(metric, row.basis, column.duration, column.end, amount, unit, column.comparative))
        return found


@dataclass(frozen=True, slots=True)
class Release:
    """A press release: what it says, in the order in which it says it."""

    company: str
    ticker: str
    exchange: str
    headline: str
    subhead: str | None
    place: str
    day: dt.date
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...] = ()
    outlook: tuple[str, ...] = ()
    call: str | None = None
    about: str = ""
    safe_harbor: str = ""
    contacts: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    guidance: tuple[TruthGuidance, ...] = ()
    said: tuple[TruthFigure, ...] = ()
    """Figures that only the words report."""
    kind: str = "results"

    def figures(self) -> tuple[TruthFigure, ...]:
        """What the statements report, each figure once, where it stands first, and what only the words do."""
        kept: dict[tuple[str, str, str, dt.date | None], TruthFigure] = {}
        for figures in (*(statement.figures() for statement in self.statements), self.said):
            for figure in figures:
                kept.setdefault((figure.metric, figure.basis, figure.duration, figure.period_end), figure)
        return tuple(kept.values())


@dataclass(frozen=True, slots=True)
class Cover:
    """What an 8-K's own document says: who, when, the items (number, title, words), the exhibits listed."""

    company: str
    cik: int
    state: str
    place: str
    day: dt.date
    items: tuple[tuple[str, str, str], ...]
    exhibits: tuple[tuple[str, str], ...]
    signer: str
    ticker: str
    exchange: str
    form: str = "8-K"


def print_value(row: Row, value: Value, *, negative: tuple[str, str] = ("(", ")")) -> str:
    """A value as its row prints it, without a dollar sign: 41,236 or (1,204) or 0.47 or a dash."""
    if value is None or (value == 0 and row.kind == "money"):
        return "--" if value is not None else ""
    text = f"{abs(value):,}" if isinstance(value, int) else f"{abs(value):,f}"
    return f"{negative[0]}{text}{negative[1]}" if value < 0 else text
