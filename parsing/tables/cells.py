"""What each row of a table is for, told from its cells: values under headers, headers over columns, words beside or between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from ex99.parsing.document import Cell, Row, Table
from ex99.parsing.language.amounts import Amount
from ex99.parsing.scoring import Evidence, features_of, heed, speaks_for, weigh
from ex99.parsing.tables.places import NOTE, Column, Places
from ex99.parsing.tolerances import TOLERANCES

_NO_VALUE = frozenset(("n/a", "na", "n/m", "nm", "n.m.", "n.a.", "n/c", "*", "**", "nmf", "n.m", "nm.", "n/m."))
_LONGEST_MARK = max(map(len, _NO_VALUE))
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


# 2003 | Fiscal year 2019: between the rows, under headers that name no year
_YEAR_HEADING = re.compile(r"(?:(?:fiscal|calendar)\s)?(?:years?\s)?(?:19|20)\d\d:?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class RowKind(StrEnum):
    """What a row is for."""

    VALUES = "values"
    HEADS = "heads"
    STUB = "stub"
    PERIOD = "period"
    HEADING = "heading"


# features: over_columns (words stand over columns of values), in_head (no values yet under the last headers), names_periods, wrapped (a
# typewritten label that goes on in the next line), stub (words stand over the label column alone), no_rows (nothing below the headers yet),
# starts_period ("Six months ended June 30" between rows)
EVIDENCE: tuple[Evidence[RowKind], ...] = (
    speaks_for(RowKind.HEADS, 4, "words over columns at the head", "over_columns in_head"),
    speaks_for(RowKind.HEADS, 4, "words over columns that name periods", "over_columns names_periods", "in_head wrapped"),
    speaks_for(RowKind.STUB, 3, "words over the labels at the head", "in_head stub no_rows"),
    speaks_for(RowKind.PERIOD, 2, "a period on a line of its own", "starts_period"),
    speaks_for(RowKind.HEADING, 1, "words between rows of values", ""),
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
class HeadedRows:
    """Rows under one set of column headers: ``heads`` are the header rows above them, ``stubs`` words in the label column beside these."""

    heads: list[list[Cell]] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)


def read_sections(table: Table, parsed: Sequence[list[tuple[Cell, Amount]]], columns: Sequence[Column]) -> list[HeadedRows]:
    """The body cut where a new set of column headers begins."""
    places = Places(columns, typewritten=table.typewritten)
    sections = [HeadedRows()]
    in_head = True
    early: list[GridRow] = []
    above: list[list[Cell]] = []
    for ordinal, (row, values) in enumerate(zip(table.rows, parsed, strict=True)):
        section = sections[-1]
        if values and not _only_notes(row, values):
            section.rows.append(GridRow(row, _label_of(row, values, columns), places.place_values(values), ordinal))
            in_head, above = False, []
            continue
        words = _Words.of(row, values, columns, table)
        kind = tell_row(words, section, in_head=in_head)
        if kind is RowKind.HEADS:
            if not in_head:
                section = HeadedRows(above, _period_words(section.rows))
                sections.append(section)
                in_head = True
            section.heads.append(words.heads)
            section.stubs += [words.stub] if words.stub else []
        elif kind is RowKind.STUB:
            section.stubs.append(words.stub)
            if not _PERIODISH.search(words.stub):
                (section.rows if section.heads else early).append(GridRow(row, words.stub, {}, ordinal))
        elif kind is RowKind.PERIOD:
            sections.append(HeadedRows(list(section.heads), [words.all]))
        else:
            section.rows.append(GridRow(row, words.all, {}, ordinal))
        above = [*above, words.heads] if kind is RowKind.HEADING and len(words.heads) == len(columns) > 1 else []
    if not sections[0].heads:
        sections[0].rows[:0] = early
    return sections


def _period_words(rows: Sequence[GridRow]) -> list[str]:
    """The headings that end a section and name a period: that of the headers below them."""
    headings = takewhile(lambda row: row.is_heading, reversed(rows))
    return [row.label for row in headings if _PERIODISH.search(row.label)][::-1]


class _Words(NamedTuple):
    """The words of a row without values by where they stand: those over columns, those over the label column, all of them."""

    heads: list[Cell]
    stub: str
    all: str
    wrapped: bool = False
    """Whether the words begin among the labels of a typewritten table: a label that goes on in the next line."""

    @classmethod
    def of(cls, row: Row, values: Sequence[tuple[Cell, Amount]], columns: Sequence[Column], table: Table) -> _Words:
        first = columns[0].left
        words = _cells_of_words(row, values)
        heads = [cell for cell in words if _over_columns(cell, columns, first, table)]
        stub = " ".join(cell.text for cell in words if cell not in heads)
        wrapped = table.typewritten and all(cell.column < first // 2 for cell in heads)
        return cls(heads, stub, " ".join(cell.text for cell in row.cells), wrapped)


def _cells_of_words(row: Row, values: Sequence[tuple[Cell, Amount]]) -> list[Cell]:
    """The cells of a row that are no values and no marks."""
    taken = {cell.start for cell, _ in values}
    return [cell for cell in row.cells if cell.start not in taken and not _is_mark(cell, row)]


def _label_of(row: Row, values: Sequence[tuple[Cell, Amount]], columns: Sequence[Column]) -> str:
    """The words of a row of values: those before its columns, else all of them."""
    words = _cells_of_words(row, values)
    label = " ".join([c.text for c in words if c.column < columns[0].left or c.column == row.cells[0].column])
    return label or " ".join([c.text for c in words])


def _is_mark(cell: Cell, row: Row) -> bool:
    """Whether a cell holds no words: it says that there is no value, or behind the label it is the letter by which notes call the row."""
    if len(cell.text) > _LONGEST_MARK:
        return False
    return cell.text.lower() in _NO_VALUE or (cell is not row.cells[0] and _LETTER.fullmatch(cell.text) is not None)


def tell_row(words: _Words, section: HeadedRows, *, in_head: bool) -> RowKind:
    """The kind of a row without values, in a section so far."""
    features = features_of((
        ("over_columns", words.heads),
        ("in_head", in_head),
        ("names_periods", words.heads and _names_periods(words.heads)),
        ("wrapped", words.wrapped),
        ("stub", words.stub),
        ("no_rows", not section.rows),
        ("starts_period", _starts_period(words.all, section)),
    ))  # fmt: skip
    return heed(weigh(features, EVIDENCE, RowKind.HEADING)).answer


def _starts_period(words: str, section: HeadedRows) -> bool:
    """Whether a row of words names the period of the rows below it under headers that do not, or the year under headers without one."""
    if len(words) > TOLERANCES.longest_period_heading or not section.heads or all(row.is_heading for row in section.rows):
        return False
    told = DURATION_WORD if _PERIOD_HEADING.fullmatch(words) else _YEAR if _YEAR_HEADING.fullmatch(words) else None
    return told is not None and not any(told.search(cell.text) for cells in section.heads for cell in cells)


def _only_notes(row: Row, values: Sequence[tuple[Cell, Amount]]) -> bool:
    """Whether a row without a label holds note marks such as "(1)" and no amounts."""
    return values[0][0] is row.cells[0] and all(NOTE.fullmatch(cell.text) for cell, _ in values)


def _over_columns(cell: Cell, columns: Sequence[Column], first_column: int, table: Table) -> bool:
    """Whether a cell stands over columns of values and not only in the label column."""
    end = cell.column + cell.span
    if end <= first_column:
        return False
    if table.typewritten:
        return cell.column >= first_column - TOLERANCES.before_columns or end > first_column + TOLERANCES.into_columns
    return cell.column > 0 or first_column == 0 or cell.span >= columns[-1].left


def _names_periods(heads: Sequence[Cell]) -> bool:
    return any(_PERIODISH.search(cell.text) for cell in heads) and all(len(cell.text) < TOLERANCES.longest_head for cell in heads)
