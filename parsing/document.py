"""The document model: one canonical text, and blocks and tables that point into it.

Cells and rows are named tuples, which are made faster than frozen dataclasses: a document has thousands of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from ex99.parsing.language.letters import lower_case
from ex99.parsing.language.sentences import Span, split_sentences

BlockKind = Literal["heading", "paragraph", "list_item", "table", "page_break"]


class Cell(NamedTuple):
    """One logical cell of a table: currency sign, number, closing parenthesis and percent sign of split cells already joined.

    ``text`` is canonical[start:end] with white space collapsed; ``column`` is its first grid column, ``span`` how many it covers.
    """

    text: str
    start: int
    end: int
    column: int
    span: int = 1


class Row(NamedTuple):
    """One row of a table, its non-empty cells from left to right; ``indent`` is the left indentation of its label (0 where unknown)."""

    cells: tuple[Cell, ...]
    start: int
    end: int
    indent: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of HTML or of typewriter text; ``ordinal`` counts tables from 0.

    In a ``typewritten`` table the grid's columns are the characters of a line.
    """

    ordinal: int
    start: int
    end: int
    rows: tuple[Row, ...]
    typewritten: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document: text[start:end]; ``table`` is set on blocks of kind "table" alone."""

    kind: BlockKind
    start: int
    end: int
    table: Table | None = None
    bold: bool = False
    centered: bool = False


@dataclass(frozen=True)
class Document:
    """An exhibit as text and blocks in reading order; blocks do not overlap."""

    media_type: str
    text: str
    blocks: tuple[Block, ...]
    _words: dict[tuple[int, int], str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _sentences: dict[tuple[int, int], list[Span]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def lower(self) -> str:
        """The text in lower case; offsets hold."""
        return lower_case(self.text)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(b.table for b in self.blocks if b.table is not None)

    def words(self, block: Block) -> str:
        """A block's text with white space collapsed; kept, for several readers ask for it."""
        place = block.start, block.end
        if place not in self._words:
            self._words[place] = " ".join(self.text[block.start : block.end].split())
        return self._words[place]

    def sentences(self, start: int, end: int) -> list[Span]:
        """The sentences of text[start:end], one paragraph, list item or heading; split once, for passages and prose both ask for them."""
        place = start, end
        if place not in self._sentences:
            self._sentences[place] = split_sentences(self.text, start, end)
        return self._sentences[place]
