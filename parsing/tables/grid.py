"""A table's cells put in order: which rows hold values, which columns they stand in, which cells head each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ex99.parsing.document import Cell, Row, Table
from ex99.parsing.language.amounts import Amount, parse_amount
from ex99.parsing.tables.places import NOTE, Column, Places, find_columns

# 2003 | 2019* | FY2020
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[*†]{1,2}|\s?\(\w\))?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NO_VALUE = frozenset(("n/a", "na", "n/m", "nm", "n.m.", "n.a.", "n/c", "*", "**", "nmf", "n.m", "nm.", "n/m."))
# A | K/A
_LETTER = re.compile(r"[A-Z](?:/[A-Z])?")
DURATION_WORD = re.compile(r"\b(?:months?|weeks?|quarters?|years?|ytd|to[\s-]date)\b", re.IGNORECASE)
_PERIODISH = re.compile(
    r"\b(?:months?|weeks?|quarters?|years?|ended|ending|as of|year-to-date|ytd|(?:19|20)\d\d|q[1-4]|[1-4]q\d*|jan(?:uary)?|feb(?:ruary)?"
    r"|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
# Nine Months Ended September 30 | As of June 30: on a line of its own between the rows
_PERIOD_HEADING = re.compile(
    r"(?:for )?(?:the )?(?:(?:[a-z]+(?:-[a-z]+)?|\d{1,2})[\s-](?:months?|weeks?)|quarters?|(?:fiscal )?years?)\s+ended\b[\w\s,.]{0,30}:?"
    r"|(?:at|as of)\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[\w\s,.]{0,20}:?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class GridRow:
    """A row of the table's body: its label cells' words, and its values by column number."""

    row: Row
    label: str
    values: dict[int, tuple[Cell, Amount]]
    ordinal: int

    @property
    def is_heading(self) -> bool:
        """Whether the row has words and no values."""
        return not self.values


@dataclass(slots=True)
class Section:
    """Rows under one set of column headers: ``heads`` are the header rows above them, ``stubs`` words in the label column beside these."""

    heads: list[list[Cell]] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as columns of values and sections of rows."""

    table: Table
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]


def read_grid(table: Table) -> Grid | None:
    """Order a table's cells; None where no column of values can be told."""
    parsed = [_row_values(row, table) for row in table.rows]
    columns = find_columns(table, parsed)
    if not columns:
        return None
    sections = _read_sections(table, parsed, columns)
    return Grid(table, tuple(columns), tuple(sections)) if any(s.rows for s in sections) else None


def _row_values(row: Row, table: Table) -> list[tuple[Cell, Amount]]:
    """The row's cells that are amounts, the label left out; none for a row of years or a row of note marks."""
    values = []
    for number, cell in enumerate(row.cells):
        text = cell.text
        if len(text) > 40 or (len(text) > 8 and not _DIGIT.search(text)):
            continue
        if number == 0 and cell.column == 0 and not table.typewritten and not _labelled_elsewhere(row):
            continue
        amount = parse_amount(text)
        if amount is not None:
            values.append((cell, amount))
    if not values:
        return values
    unlabelled = values[0][0] is row.cells[0]
    if (unlabelled or "audited" in row.cells[0].text.lower()) and all(NOTE.fullmatch(c.text) for c, _ in values):
        return []
    if _YEAR.fullmatch(values[0][0].text) or values[0][1].nil:
        real = [c for c, a in values if not a.nil]
        if any(_YEAR.fullmatch(c.text) for c in real) and all(_YEAR.fullmatch(c.text) or NOTE.fullmatch(c.text) for c in real):
            return []
    return values


def _labelled_elsewhere(row: Row) -> bool:
    """Whether a row's words stand behind its first cell: values on both sides of the label, or before it."""
    return any(len(cell.text) > 3 and parse_amount(cell.text) is None and cell.text[:1].isalpha() for cell in row.cells[1:])


def _read_sections(table: Table, parsed: Sequence[list[tuple[Cell, Amount]]], columns: Sequence[Column]) -> list[Section]:
    """The body cut where a new set of column headers begins."""
    first_column = columns[0].left
    places = Places(columns, typewritten=table.typewritten)
    sections = [Section()]
    in_head = True
    early: list[GridRow] = []
    for ordinal, (row, values) in enumerate(zip(table.rows, parsed, strict=True)):
        taken = {id(cell) for cell, _ in values}
        labels = [cell for cell in row.cells if id(cell) not in taken and not _is_mark(cell, row)]
        if values and not _only_notes(row, values):
            label = " ".join(c.text for c in labels if c.column < first_column or c.column == row.cells[0].column)
            label = label or " ".join(c.text for c in labels)
            sections[-1].rows.append(GridRow(row, label, places.place_values(values), ordinal))
            in_head = False
            continue
        heads = [cell for cell in labels if _over_columns(cell, columns, first_column, table)]
        stub = " ".join(cell.text for cell in labels if cell not in heads)
        if heads and (in_head or _names_periods(heads)):
            if not in_head:
                sections.append(Section())
                in_head = True
            sections[-1].heads.append(heads)
            if stub:
                sections[-1].stubs.append(stub)
        elif in_head and stub and not sections[-1].rows:
            sections[-1].stubs.append(stub)
            if not _PERIODISH.search(stub):
                (sections[-1].rows if sections[-1].heads else early).append(GridRow(row, stub, {}, ordinal))
        else:
            words = " ".join(c.text for c in row.cells)
            if _starts_period(words, sections[-1]):
                sections.append(Section(list(sections[-1].heads), [words]))
            else:
                sections[-1].rows.append(GridRow(row, words, {}, ordinal))
    if not sections[0].heads:
        sections[0].rows[:0] = early
    return sections


def _is_mark(cell: Cell, row: Row) -> bool:
    """Whether a cell holds no words: it says that there is no value, or behind the label it is the letter by which notes call the row."""
    return cell.text.lower() in _NO_VALUE or (cell is not row.cells[0] and _LETTER.fullmatch(cell.text) is not None)


def _starts_period(words: str, section: Section) -> bool:
    """Whether a row of words names the period of the rows below it, under headers that name only years."""
    if len(words) > 60 or not _PERIOD_HEADING.fullmatch(words) or not section.heads or all(row.is_heading for row in section.rows):
        return False
    return not any(DURATION_WORD.search(cell.text) for cells in section.heads for cell in cells)


def _only_notes(row: Row, values: Sequence[tuple[Cell, Amount]]) -> bool:
    """Whether a row without a label holds note marks such as "(1)" and no amounts."""
    return values[0][0] is row.cells[0] and all(NOTE.fullmatch(cell.text) for cell, _ in values)


def _over_columns(cell: Cell, columns: Sequence[Column], first_column: int, table: Table) -> bool:
    """Whether a cell stands over columns of values and not only in the label column."""
    if cell.column + cell.span <= first_column:
        return False
    if table.typewritten:
        return cell.column >= first_column - 12 or cell.column + cell.span > first_column + 4
    return cell.column > 0 or first_column == 0 or cell.span >= columns[-1].left


def _names_periods(heads: Sequence[Cell]) -> bool:
    return any(_PERIODISH.search(cell.text) for cell in heads) and all(len(cell.text) < 120 for cell in heads)
