"""Arithmetic of a statement's own lines: which rows are sums or differences of the rows above them, in every column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ex99.parsing.document import Cell
from ex99.parsing.language.amounts import Amount
from ex99.parsing.tables.grid import Grid
from ex99.parsing.tolerances import TOLERANCES

Values = Mapping[int, tuple[Cell, Amount]]
"""A row's values by column."""


class Formula(NamedTuple):
    """How a row is made: ``kind`` is sum, less (the first row less those after it) or last (the first row and the last, with a sign)."""

    kind: str
    first: int


class Place(NamedTuple):
    """A cell's table section, row and column."""

    section: int
    row: int
    column: int


class Ledger:
    """The values of some tables by section, row and column, in the scale they are printed in."""

    def __init__(self, grids: Iterable[Grid]) -> None:
        self._rows: list[Sequence[Values]] = []
        self._places: dict[int, tuple[int, int, int]] = {}
        self._made: dict[tuple[int, int], tuple[frozenset[Formula], frozenset[int]]] = {}
        for grid in grids:
            for section in grid.sections:
                rows = [row.values for row in section.rows if row.values]
                number = len(self._rows)
                self._places.update((c.start, (number, i, column)) for i, row in enumerate(rows) for column, (c, _) in row.items())
                self._rows.append(rows)

    def find(self, start: int) -> Place | None:
        """The place of the cell that begins at an offset."""
        place = self._places.get(start)
        return None if place is None else Place(*place)

    def prove_row(self, place: Place) -> tuple[frozenset[Formula], frozenset[int]]:
        """(the formulas that hold for a row in all of its columns but those, the columns in which the formulas fail)."""
        key = place[:2]
        if key not in self._made:
            self._made[key] = _prove(self._rows[place.section], place.row)
        return self._made[key]


def _prove(rows: Sequence[Values], row: int) -> tuple[frozenset[Formula], frozenset[int]]:
    values = {column: amount.value for column, (_, amount) in rows[row].items() if amount.value}
    found = {column: set(_find_formulas(rows, row, column)) for column in values}
    if len(values) == 1:
        ((column, value),) = values.items()
        sure = len(value.normalize().as_tuple().digits) >= TOLERANCES.sure_digits
        return frozenset(found[column] if sure else ()), frozenset()
    counts: dict[Formula, int] = {}
    for formulas in found.values():
        for formula in formulas:
            counts[formula] = counts.get(formula, 0) + 1
    most = max(counts.values(), default=0)
    if most < 2 or most < len(values) - 1:
        return frozenset(), frozenset()
    best = frozenset(formula for formula, count in counts.items() if count == most)
    failing = frozenset(column for column, formulas in found.items() if not best & formulas)
    return best, failing if len(values) > 2 else frozenset()


def _find_formulas(rows: Sequence[Values], row: int, column: int) -> Iterator[Formula]:
    """The formulas that make a cell's value of those above it in its column; empty cells there count as nothing."""
    value = rows[row][column][1].value
    step = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    last = Decimal(0)
    running = Decimal(0)
    parts = 0
    for first in range(row - 1, max(-1, row - 1 - TOLERANCES.rows_of_sum), -1):
        printed = rows[first].get(column)
        if printed is None or not (amount := printed[1].value):
            continue
        parts += 1
        if parts == 1:
            last = running = amount
            continue
        slack = step if parts < TOLERANCES.many_parts else 2 * step
        rest = value - amount
        if abs(rest - running) <= slack:
            yield Formula("sum", first)
        if abs(rest + running) <= slack:
            yield Formula("less", first)
        if parts > 2 and (abs(rest + last) <= step or abs(rest - last) <= step):
            yield Formula("last", first)
        running += amount
