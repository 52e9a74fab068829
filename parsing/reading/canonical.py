"""The canonical text under construction: pieces are appended, blocks and tables remember where their words went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ex99.parsing.document import Block, BlockKind, Cell, Document, Row, Table


@dataclass(slots=True)
class RawCell:
    """A cell before it has a place: the words that count, marks that follow them (footnotes), and its columns in the grid."""

    text: str
    column: int
    span: int = 1
    marks: str = ""


@dataclass(slots=True)
class RawRow:
    """A row before it has a place."""

    cells: list[RawCell]
    indent: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell of a typewritten table.

    Its words run from ``first`` in ``first_line`` to ``last`` in ``last_line``; ``left`` and ``right``
    are the columns that it reaches over, where these go beyond its words (``left`` -1: they start with its words).
    """

    text: str
    first_line: int
    first: int
    last_line: int
    last: int
    right: int
    left: int = -1


@dataclass(slots=True)
class TypedRow:
    """A row of a typewritten table."""

    cells: list[TypedCell]
    indent: int


class CanonicalText:
    """Collects blocks in reading order; one empty line stands between two blocks."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables = 0

    def _add(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def _open_block(self) -> int:
        if self._length:
            self._add("\n\n")
        return self._length

    def add_text(self, kind: BlockKind, text: str, *, bold: bool = False, centered: bool = False) -> None:
        """Append a paragraph, heading or list item whose white space is already collapsed (line breaks may stay)."""
        start = self._open_block()
        self._add(text)
        self._blocks.append(Block(kind, start, self._length, bold=bold, centered=centered))

    def add_page_break(self) -> None:
        """Mark the end of a page; it has no words."""
        self._blocks.append(Block("page_break", self._length, self._length))

    def add_table(self, rows: Sequence[RawRow]) -> None:
        """Append a table: a line a row, a tab between cells; footnote marks stand behind their cell and outside it."""
        start = at = self._open_block()
        lines, placed = [], []
        for row in rows:
            row_start, cells, texts = at, [], []
            for cell in row.cells:
                text = cell.text
                cells.append(Cell(text, at, at + len(text), cell.column, cell.span))
                if cell.marks:
                    text = f"{text} {cell.marks}"
                texts.append(text)
                at += len(text) + 1
            lines.append("\t".join(texts))
            placed.append(Row(tuple(cells), row_start, at - 1, row.indent, row.bold))
        self._add("\n".join(lines))
        self._close_table(start, placed)

    def _close_table(self, start: int, rows: Sequence[Row], *, typewritten: bool = False) -> None:
        table = Table(self._tables, start, self._length, tuple(rows), typewritten)
        self._tables += 1
        self._blocks.append(Block("table", start, self._length, table=table))

    def add_lines(self, kind: BlockKind, lines: Sequence[str], *, centered: bool = False) -> None:
        """Append typewritten lines with their own spacing."""
        start = self._open_block()
        self._add("\n".join(lines))
        self._blocks.append(Block(kind, start, self._length, centered=centered))

    def add_typed_table(self, lines: Sequence[str], rows: Sequence[TypedRow]) -> None:
        """Append a typewritten table: its lines as they stand, and the rows that were read from them."""
        start = self._open_block()
        starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=start))
        self._add("\n".join(lines))
        placed = []
        for row in rows:
            cells = tuple(_place(c, starts) for c in row.cells)
            placed.append(Row(cells, min(c.start for c in cells), max(c.end for c in cells), row.indent))
        self._close_table(start, placed, typewritten=True)

    def document(self, media_type: str) -> Document:
        """The finished document."""
        return Document(media_type, "".join(self._parts), tuple(self._blocks))


def _place(cell: TypedCell, starts: Sequence[int]) -> Cell:
    left = cell.first if cell.left < 0 else cell.left
    return Cell(cell.text, starts[cell.first_line] + cell.first, starts[cell.last_line] + cell.last, left, max(1, cell.right - left))


def collapse_lines(text: str) -> str:
    """White space collapsed within lines, line breaks kept, no empty lines."""
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
