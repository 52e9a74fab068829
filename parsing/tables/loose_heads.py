"""Column headers that stand apart from their table: in a table of their own above it, or in lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ex99.parsing.document import Cell, Document, Table
from ex99.parsing.language.dates import DATE_PATTERN
from ex99.parsing.language.periods import read_head
from ex99.parsing.tables.grid import Grid
from ex99.parsing.tables.places import Column
from ex99.parsing.tolerances import TOLERANCES

# Three Months Ended | June 30, 2005 | 2004: the parts of a line of headers
_PART = re.compile(
    r"(?:for\s+the\s+)?(?:[a-z]+(?:-[a-z]+)?|\d\d?)\s+(?:months|weeks)(?:\s+ended)?|(?:quarter|year)s?\s+ended"
    rf"|(?:first|second|third|fourth)\s+quarter|{DATE_PATTERN}|(?:19|20)\d\d",
    re.IGNORECASE,
)


def find_loose_heads(document: Document, grids: Mapping[int, Grid | None]) -> set[int]:
    """The tables (by ordinal) that hold nothing but headers of periods, right above a table of values."""
    tables = document.tables
    return {
        above.ordinal
        for above, table in pairwise(tables)
        if grids[above.ordinal] is None and grids[table.ordinal] is not None and _is_head(above)
    }


def _is_head(table: Table) -> bool:
    texts = [cell.text for row in table.rows for cell in row.cells]
    return all(len(text) <= TOLERANCES.longest_loose_head for text in texts) and sum(1 for text in texts if not read_head(text).empty) > 1


def place_heads(head: Table, columns: Sequence[Column]) -> list[list[Cell]]:
    """The rows of a table of headers set over another table's columns; [] where their numbers do not fit."""
    rows = [[cell for cell in row.cells if cell.column > 0] for row in head.rows]
    leaves = next((cells for cells in reversed(rows) if len(cells) == len(columns)), None)
    if leaves is None:
        return []
    placed = []
    for cells in rows:
        level = []
        for cell in cells:
            under = [i for i, leaf in enumerate(leaves) if leaf.column < cell.column + cell.span and cell.column < leaf.column + leaf.span]
            if under:
                level.append(_over(cell, columns[under[0]], columns[under[-1]]))
        placed.append(level)
    return [level for level in placed if level]


def stubs_of(head: Table) -> list[str]:
    """The words beside a table's headers, over the labels of the table below."""
    return [cell.text for row in head.rows for cell in row.cells if cell.column == 0]


def read_head_lines(above: Sequence[str], columns: Sequence[Column]) -> list[list[Cell]]:
    """The headers that lines right above a table name in its columns' order ("June 30, 2005 June 30, 2004"), from the top down."""
    levels: list[list[Cell]] = []
    for line in reversed(above):
        parts = list(_parts(line))
        share, rest = divmod(len(columns), len(parts)) if parts else (0, 1)
        if rest or (not levels and share != 1):
            break
        levels.insert(0, [_over(part, columns[i * share], columns[(i + 1) * share - 1]) for i, part in enumerate(parts)])
    return levels


def _parts(line: str) -> Iterator[Cell]:
    """The headers that a line is made of; none where it says anything else."""
    if len(line) > TOLERANCES.longest_head_line or _PART.sub("", line).strip(" ,*") != "":
        return
    for match in _PART.finditer(line):
        yield Cell(match[0], 0, 0, 0)


def _over(cell: Cell, first: Column, last: Column) -> Cell:
    return cell._replace(column=first.left, span=last.right - first.left)
