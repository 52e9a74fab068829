"""A table's cells put in order: which rows hold values, which columns they stand in, which cells head each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsing.amounts import Amount, parse_amount
from parsing.document import Cell, Row, Table

# 2003 | 2019* | FY2020
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[*†]{1,2}|\s?\(\w\))?", re.IGNORECASE)
MOST_COLUMNS = 80
"""More columns of values than any statement has; such a table is not ordered, so that time stays in proportion to length."""
_LONGEST_NOTE = 9
_DIGIT = re.compile(r"\d")
_NO_VALUE = frozenset(("n/a", "na", "n/m", "nm", "n.m.", "n.a.", "n/c", "*", "**", "nmf", "n.m", "nm.", "n/m."))
_NOTE = re.compile(r"\(\w{1,2}\)|\[\w{1,2}\]|[*†‡§]{1,3}|\(\w\)\s?,?\s?\(\w\)")
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
_DURATION = re.compile(r"\b(?:months?|weeks?|quarters?|years?|ytd|to[\s-]date)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: the grid columns left <= c < right that its numbers cover."""

    left: int
    right: int


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
    columns = _find_columns(table, parsed)
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
    if (unlabelled or "audited" in row.cells[0].text.lower()) and all(_NOTE.fullmatch(c.text) for c, _ in values):
        return []
    if _YEAR.fullmatch(values[0][0].text) or values[0][1].nil:
        real = [c for c, a in values if not a.nil]
        if any(_YEAR.fullmatch(c.text) for c in real) and all(_YEAR.fullmatch(c.text) or _NOTE.fullmatch(c.text) for c in real):
            return []
    return values


def _labelled_elsewhere(row: Row) -> bool:
    """Whether a row's words stand behind its first cell: values on both sides of the label, or before it."""
    return any(len(cell.text) > 3 and parse_amount(cell.text) is None and cell.text[:1].isalpha() for cell in row.cells[1:])


def _find_columns(table: Table, parsed: Sequence[list[tuple[Cell, Amount]]]) -> list[Column]:
    """Columns from the amounts' places: typewritten ones by their right edge, others where they overlap."""
    cells = [cell for values in parsed for cell, _ in values]
    if not cells:
        return []
    if table.typewritten:
        columns = _columns_by_edge(cells)
        return columns if len(columns) <= MOST_COLUMNS else []
    columns = _overlapping_columns(cells, parsed)
    notes = _note_columns(cells, columns)
    return [column for index, column in enumerate(columns) if index not in notes]


def _note_columns(cells: Sequence[Cell], columns: Sequence[Column]) -> set[int]:
    """Columns that hold nothing but note marks such as "(1)"."""
    marked = [cell for cell in cells if len(cell.text) <= _LONGEST_NOTE and _NOTE.fullmatch(cell.text)]
    if not marked:
        return set()
    with_marks = Counter(_index_of(cell, columns) for cell in marked)
    filled = Counter(_index_of(cell, columns) for cell in cells)
    return {index for index, count in with_marks.items() if filled[index] == count}


def _overlapping_columns(cells: Sequence[Cell], parsed: Sequence[list[tuple[Cell, Amount]]]) -> list[Column]:
    limit = max(8, 3 * sorted(cell.span for cell in cells)[len(cells) // 2])
    columns = _columns_by_overlap([cell for cell in cells if cell.span <= limit])
    if len(columns) > MOST_COLUMNS:
        return []
    places: dict[tuple[int, int], int] = {}
    for cell in cells:
        if (cell.column, cell.span) not in places:
            places[cell.column, cell.span] = _index_of(cell, columns)
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
        if edge - last <= 2:
            columns[-1][0] = min(columns[-1][0], left)
            columns[-1][1] = max(columns[-1][1], right)
        else:
            columns.append([left, right])
        last = edge
    return [Column(left, right) for left, right in columns]


def _index_of(cell: Cell, columns: Sequence[Column]) -> int:
    """The column that a value stands in: that with the largest overlap, else the nearest right edge."""
    left = cell.column
    right = left + cell.span
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


def _place(values: list[tuple[Cell, Amount]], columns: Sequence[Column], *, typewritten: bool) -> dict[int, tuple[Cell, Amount]]:
    placed: dict[int, tuple[Cell, Amount]] = {}
    for cell, amount in values:
        if typewritten:
            edge = cell.column + cell.span
            index = min(range(len(columns)), key=lambda i: abs(columns[i].right - edge))
        else:
            index = _index_of(cell, columns)
            if cell.column >= columns[index].right or cell.column + cell.span <= columns[index].left:
                continue
        if index not in placed:
            placed[index] = (cell, amount)
    return placed


def _read_sections(table: Table, parsed: Sequence[list[tuple[Cell, Amount]]], columns: Sequence[Column]) -> list[Section]:
    """The body cut where a new set of column headers begins."""
    first_column = columns[0].left
    sections = [Section()]
    in_head = True
    for ordinal, (row, values) in enumerate(zip(table.rows, parsed, strict=True)):
        taken = {id(cell) for cell, _ in values}
        labels = [cell for cell in row.cells if id(cell) not in taken and cell.text.lower() not in _NO_VALUE]
        if values and not _only_notes(row, values):
            label = " ".join(c.text for c in labels if c.column < first_column or c.column == row.cells[0].column)
            label = label or " ".join(c.text for c in labels if c.text.lower() not in _NO_VALUE)
            placed = _place(values, columns, typewritten=table.typewritten)
            sections[-1].rows.append(GridRow(row, label, placed, ordinal))
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
            if sections[-1].heads and not _PERIODISH.search(stub):
                sections[-1].rows.append(GridRow(row, stub, {}, ordinal))
        else:
            words = " ".join(c.text for c in row.cells)
            if _starts_period(words, sections[-1]):
                sections.append(Section(list(sections[-1].heads), [words]))
            else:
                sections[-1].rows.append(GridRow(row, words, {}, ordinal))
    return sections


def _starts_period(words: str, section: Section) -> bool:
    """Whether a row of words names the period of the rows below it, under headers that name only years."""
    if len(words) > 60 or not _PERIOD_HEADING.fullmatch(words) or not section.heads or all(row.is_heading for row in section.rows):
        return False
    return not any(_DURATION.search(cell.text) for cells in section.heads for cell in cells)


def _only_notes(row: Row, values: Sequence[tuple[Cell, Amount]]) -> bool:
    """Whether a row without a label holds note marks such as "(1)" and no amounts."""
    return values[0][0] is row.cells[0] and all(_NOTE.fullmatch(cell.text) for cell, _ in values)


def _over_columns(cell: Cell, columns: Sequence[Column], first_column: int, table: Table) -> bool:
    """Whether a cell stands over columns of values and not only in the label column."""
    if cell.column + cell.span <= first_column:
        return False
    if table.typewritten:
        return cell.column >= first_column - 12 or cell.column + cell.span > first_column + 4
    return cell.column > 0 or first_column == 0 or cell.span >= columns[-1].left


def _names_periods(heads: Sequence[Cell]) -> bool:
    return any(_PERIODISH.search(cell.text) for cell in heads) and all(len(cell.text) < 120 for cell in heads)


def covers_all(cell: Cell, columns: Sequence[Column]) -> bool:
    """Whether a cell lies over all columns of values: a title or a header that all of them share."""
    several = len(columns) > 1 or cell.column < columns[0].left
    return several and cell.column < columns[0].right and cell.column + cell.span > columns[-1].left


def _is_title(cell: Cell, columns: Sequence[Column], *, typewritten: bool) -> bool:
    """Whether a cell lies over the label column and all columns of values."""
    return not typewritten and cell.column == 0 < columns[0].left and cell.column + cell.span > columns[-1].left


def header_texts(section: Section, columns: Sequence[Column], *, typewritten: bool) -> list[list[str]]:
    """For each column the header words above it, a level an entry, from the top down ("" where a level says nothing of it)."""
    heads = [[cell for cell in cells if not _is_title(cell, columns, typewritten=typewritten)] for cells in section.heads]
    if not typewritten:
        short = any(len(cells) == len(columns) and _falls_short(cells, columns) for cells in heads)
        levels = [_level(cells, columns, short=short) for cells in heads if cells]
        return [[level[i] for level in levels] for i in range(len(columns))]
    typed = [_typed_level(cells, columns) for cells in heads if cells]
    return [_own_texts([level[i] for level in typed]) for i in range(len(columns))]


def _level(cells: Sequence[Cell], columns: Sequence[Column], *, short: bool) -> list[str]:
    """One level's words for each column: those that lie over it, or cell by cell where there are as many as columns.

    Where the headers' spans fall ``short`` of the columns, each cell of a level stands for as many of them as every other.
    """
    share, rest = divmod(len(columns), len(cells))
    if _falls_short(cells, columns) and not rest and (share == 1 or (short and len(cells) > 1)):
        return [cells[index // share].text for index in range(len(columns))]
    return [_over(column, cells) for column in columns]


def _falls_short(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether there are columns that no cell of a level lies over."""
    return any(not _over(column, cells) for column in columns)


def _over(column: Column, cells: Sequence[Cell]) -> str:
    return " ".join(cell.text for cell in cells if cell.column < column.right and column.left < cell.column + cell.span)


def _typed_level(cells: Sequence[Cell], columns: Sequence[Column]) -> list[tuple[str, bool]]:
    """One level's words for each typewritten column, and whether they lie over it or were taken from the nearest cell."""
    texts = []
    for column in columns:
        text = _over(column, cells)
        if text:
            texts.append((text, True))
            continue
        middle = (column.left + column.right) / 2
        near = min(cells, key=lambda c, m=middle: abs(c.column + c.span / 2 - m))  # type: ignore[misc]
        distance = max(column.left - (near.column + near.span), near.column - column.right)
        texts.append((near.text if distance <= (3 if len(cells) >= len(columns) else 10) else "", False))
    return texts


def _own_texts(levels: Sequence[tuple[str, bool]]) -> list[str]:
    """A column's header words; borrowed ones go where words over the column itself name a duration."""
    named = any(direct and _DURATION.search(text) for text, direct in levels)
    return [text if direct or not named else "" for text, direct in levels]
