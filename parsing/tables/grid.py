"""A table's cells put in order: which cells are amounts, which columns these stand in, which rows head or hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ex99.parsing.document import Cell, Row, Table
from ex99.parsing.language.amounts import Amount, parse_amount
from ex99.parsing.tables.cells import HeadedRows, read_sections
from ex99.parsing.tables.places import NOTE, Column, find_columns
from ex99.parsing.tolerances import TOLERANCES

# 2003 | 2019* | FY2020
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[*†]{1,2}|\s?\(\w\))?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as columns of values and sections of rows."""

    table: Table
    columns: tuple[Column, ...]
    sections: tuple[HeadedRows, ...]


def read_grid(table: Table) -> Grid | None:
    """Order a table's cells; None where no column of values can be told."""
    parsed = [_row_values(row, table) for row in table.rows]
    columns = find_columns(table, parsed)
    if not columns:
        return None
    sections = read_sections(table, parsed, columns)
    return Grid(table, tuple(columns), tuple(sections)) if any(s.rows for s in sections) else None


def _row_values(row: Row, table: Table) -> list[tuple[Cell, Amount]]:
    """The row's cells that are amounts, the label left out; none for a row of years or a row of note marks."""
    values = []
    longest, without_digit = TOLERANCES.longest_value, TOLERANCES.longest_without_digit
    for number, cell in enumerate(row.cells):
        text = cell.text
        if len(text) > longest or (len(text) > without_digit and not _DIGIT.search(text)):
            continue
        if number == 0 and cell.column == 0 and not table.typewritten and not _labelled_elsewhere(row):
            continue
        amount = parse_amount(text)
        if amount is not None:
            values.append((cell, amount))
    return [] if values and _heads_columns(row, values) else values


def _heads_columns(row: Row, values: list[tuple[Cell, Amount]]) -> bool:
    """Whether a row's numbers are years or note marks over columns."""
    unlabelled = values[0][0] is row.cells[0]
    if (unlabelled or "audited" in row.cells[0].text.lower()) and all(NOTE.fullmatch(c.text) for c, _ in values):
        return True
    if not (_YEAR.fullmatch(values[0][0].text) or values[0][1].nil):
        return False
    real = [c for c, a in values if not a.nil]
    return any(_YEAR.fullmatch(c.text) for c in real) and all(_YEAR.fullmatch(c.text) or NOTE.fullmatch(c.text) for c in real)


def _labelled_elsewhere(row: Row) -> bool:
    """Whether a row's words stand behind its first cell: values on both sides of the label, or before it."""
    return any(len(cell.text) > 3 and parse_amount(cell.text) is None and cell.text[:1].isalpha() for cell in row.cells[1:])
