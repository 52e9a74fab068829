"""Where the columns of a table's values lie, and in which of them a value stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ex99.parsing.document import Cell, Table
from ex99.parsing.language.amounts import Amount
from ex99.parsing.tolerances import TOLERANCES

_NOTE_STARTS = frozenset("([*†‡§")
# "(1)", "[2]", "*"
NOTE = re.compile(r"\(\w{1,2}\)|\[\w{1,2}\]|[*†‡§]{1,3}|\(\w\)\s?,?\s?\(\w\)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: the grid columns left <= c < right that its numbers cover."""

    left: int
    right: int


def find_columns(table: Table, parsed: Sequence[list[tuple[Cell, Amount]]]) -> list[Column]:
    """Columns from the amounts' places: typewritten ones by their right edge, others where they overlap."""
    cells = [cell for values in parsed for cell, _ in values]
    if not cells:
        return []
    if table.typewritten:
        columns = _without_labels(_columns_by_edge(cells), cells)
        return columns if len(columns) <= TOLERANCES.most_columns else []
    columns = _overlapping_columns(cells, parsed)
    notes = _note_columns(cells, columns)
    return [column for index, column in enumerate(columns) if index not in notes]


def _note_columns(cells: Sequence[Cell], columns: Sequence[Column]) -> set[int]:
    """Columns that hold nothing but note marks such as "(1)"."""
    marked = [
        cell for cell in cells if cell.text[0] in _NOTE_STARTS and len(cell.text) <= TOLERANCES.longest_note and NOTE.fullmatch(cell.text)
    ]
    if not marked:
        return set()
    with_marks, filled = _count_values(marked, columns), _count_values(cells, columns)
    return {index for index, count in with_marks.items() if filled[index] == count}


def _count_values(cells: Iterable[Cell], columns: Sequence[Column]) -> Counter[int]:
    """How many values stand in each column."""
    counts: Counter[int] = Counter()
    for (left, span), count in Counter((cell.column, cell.span) for cell in cells).items():
        counts[_index_of(left, left + span, columns)] += count
    return counts


def _overlapping_columns(cells: Sequence[Cell], parsed: Sequence[list[tuple[Cell, Amount]]]) -> list[Column]:
    limit = max(TOLERANCES.widest_span, 3 * sorted(cell.span for cell in cells)[len(cells) // 2])
    columns = _columns_by_overlap([cell for cell in cells if cell.span <= limit])
    if len(columns) > TOLERANCES.most_columns:
        return []
    places: dict[tuple[int, int], int] = {}
    for cell in cells:
        if (cell.column, cell.span) not in places:
            places[cell.column, cell.span] = _index_of(cell.column, cell.column + cell.span, columns)
    for values in parsed:
        if len({places[cell.column, cell.span] for cell, _ in values}) < len(values):
            return _columns_by_start(cells)
    return columns


def _columns_by_overlap(cells: Iterable[Cell]) -> list[Column]:
    columns: list[Column] = []
    for left, right in sorted({(cell.column, cell.column + cell.span) for cell in cells}):
        if columns and left < columns[-1].right:
            columns[-1] = Column(columns[-1].left, max(columns[-1].right, right))
        else:
            columns.append(Column(left, right))
    return columns


def _columns_by_start(cells: Iterable[Cell]) -> list[Column]:
    """Columns of tables whose rows use the grid unevenly: narrow cells alone make them."""
    spans = [cell for cell in cells if cell.span <= 2]
    return _columns_by_overlap(spans) if spans else []


def _right_edge(cell: Cell) -> int:
    """Where the digits of a typewritten number end."""
    return cell.column + len(cell.text.rstrip(")%* ]")) + (cell.span - len(cell.text))


def _columns_by_edge(cells: Sequence[Cell]) -> list[Column]:
    edges = sorted((_right_edge(cell), cell.column, cell.column + cell.span) for cell in cells)
    columns: list[list[int]] = []
    last = -99
    for edge, left, right in edges:
        if edge - last <= TOLERANCES.same_edge:
            columns[-1][0] = min(columns[-1][0], left)
            columns[-1][1] = max(columns[-1][1], right)
        else:
            columns.append([left, right])
        last = edge
    return [Column(left, right) for left, right in columns]


def _without_labels(columns: list[Column], cells: Sequence[Cell]) -> list[Column]:
    """Typewritten columns without those left of all others that hold next to nothing: numbers within labels that go on in the next line."""
    while len(columns) > 1:
        filled = sum(1 for cell in cells if cell.column < columns[0].right)
        usual = sum(1 for cell in cells if cell.column < columns[1].right) - filled
        if filled > TOLERANCES.numbers_in_labels or usual < TOLERANCES.numbers_of_column:
            break
        columns = columns[1:]
    return columns


def _index_of(left: int, right: int, columns: Sequence[Column]) -> int:
    """The column that a value in left <= c < right stands in: that with the largest overlap, else the nearest right edge."""
    best, most = -1, 0
    for index, column in enumerate(columns):
        if column.left >= right:
            break
        overlap = (right if right < column.right else column.right) - (left if left > column.left else column.left)
        if overlap > most:
            best, most = index, overlap
    if best >= 0 or not columns:
        return best
    return min(range(len(columns)), key=lambda i: abs(columns[i].right - right))


class Places:
    """In which of a table's columns values stand, told once for each place in the grid."""

    def __init__(self, columns: Sequence[Column], *, typewritten: bool) -> None:
        self._columns = columns
        self._typewritten = typewritten
        self._known: dict[tuple[int, int], int | None] = {}

    def place_values(self, values: list[tuple[Cell, Amount]]) -> dict[int, tuple[Cell, Amount]]:
        """A row's values by column number; those in no column are left out."""
        placed: dict[int, tuple[Cell, Amount]] = {}
        for cell, amount in values:
            place = (cell.column, cell.span)
            if place not in self._known:
                self._known[place] = self._find(cell.column, cell.column + cell.span)
            index = self._known[place]
            if index is not None and index not in placed:
                placed[index] = (cell, amount)
        return placed

    def _find(self, left: int, right: int) -> int | None:
        """The column that a value stands in; of a typewritten one the column with the nearest right edge."""
        columns = self._columns
        if self._typewritten:
            if right < columns[0].left - TOLERANCES.before_columns:
                return None
            return min(range(len(columns)), key=lambda i: abs(columns[i].right - right))
        index = _index_of(left, right, columns)
        return None if left >= columns[index].right or right <= columns[index].left else index
