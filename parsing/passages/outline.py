"""The prose of a document as an even list of parts: page furniture left out, layout tables unfolded into their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from ex99.filings.release import Source
from ex99.parsing.document import Block, Cell, Document, Row, Table
from ex99.parsing.language.currencies import MARK
from ex99.parsing.language.sentences import Span

PartKind = Literal["heading", "paragraph", "list_item", "cell", "table"]

_CLOSED = (".", ":", ";", "!", "?", '"', "\u201d", ")")
_PROSE_WORDS = 9
_HEADING_WORDS = 14
# `- 4 -`, `Page 3 of 10`, `(more)`, `-more-`, `###`, `* * *`
_FURNITURE = re.compile(
    r"(?:page\s)?[-–—\s]{0,4}\d{1,3}[-–—\s]{0,4}(?:of\s\d{1,3})?|[-–—(\s]{0,3}more[-–—)\s]{0,3}|[#*_=.~\s-]{1,300}", re.IGNORECASE
)
# `(1,234)`, `$ 0.47`, `—`, `12.5 %`: a cell that holds a number and no words
_NUMBER = re.compile(
    rf"\(?\s?(?:{MARK})?\s?[-–—(]{{0,2}}[.,]{{0,2}}\d[\d,.]{{0,30}}\s?[)%xbps]{{0,4}}(?:\(\w\))?|[-–—]{{1,3}}"
    r"|n/?[am]|nm",
    re.IGNORECASE,
)
# `•`, `▪`, `(1)`, `n`: a cell that only marks a list item or a footnote
_MARK = re.compile(r"[^\w\s]{1,3}|[no\u00a7\uf0b7]|\(?\w{1,3}[.)]|\d{1,2}")
# `• `, `-- `, `o `: the mark before a list item
_BULLET = re.compile(r"\s*(?:[•·▪■●◦‣○▶►\uf0b7\u00b7§]|[*–—-]{1,2}(?=\s)|o(?=\s))\s{0,20}")


@dataclass(slots=True)
class Part:
    """A stretch of prose with its collapsed words, or (without words) the rows of a data table; ``index`` is its place among the parts."""

    index: int
    kind: PartKind
    start: int
    end: int
    words: str = field(repr=False)
    lower: str = field(repr=False)
    bold: bool = False
    centered: bool = False
    table: Table | None = field(default=None, repr=False)
    word_count: int = field(init=False)

    def __post_init__(self) -> None:
        self.word_count = self.words.count(" ") + 1 if self.words else 0

    @property
    def is_prose(self) -> bool:
        """Whether the part can hold sentences."""
        return self.kind != "table"


class Outline:
    """The parts of a document in reading order, and the sentences of each."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.lower = document.lower
        self.parts: tuple[Part, ...] = tuple(_joined_lines(document.text, _without_running_heads(list(_parts(document)))))
        for index, part in enumerate(self.parts):
            part.index = index
        self.verdicts: dict[Span, bool] = {}
        self._words: dict[Span, str] = {}
        self.terms: dict[Span, tuple[str, ...]] = {}
        self.is_contract: bool | None = None

    def sentences(self, part: Part) -> list[Span]:
        """The sentences of one part; none in a data table."""
        if not part.is_prose:
            return []
        lead = _BULLET.match(self.text, part.start, part.end) if part.kind in {"list_item", "cell"} else None
        return self.document.sentences(lead.end() if lead else part.start, part.end)

    def covered(self, spans: Iterable[Span]) -> frozenset[int]:
        """The indexes of the parts that lie within one of the spans."""
        closed = sorted(spans, key=lambda s: s.start)
        inside: set[int] = set()
        at = 0
        for part in self.parts:
            while at < len(closed) and closed[at].end < part.end:
                at += 1
            if at < len(closed) and closed[at].start <= part.start:
                inside.add(part.index)
        return frozenset(inside)

    def source(self, start: int, end: int) -> Source:
        """The slice of the canonical text as a Source."""
        return Source(start, end, self.text[start:end])

    def words(self, span: Span) -> str:
        """A span's text with white space collapsed; kept, for every kind of passage asks for the same sentences."""
        words = self._words.get(span)
        if words is None:
            words = self._words[span] = " ".join(self.text[span.start : span.end].split())
        return words


def is_number(words: str) -> bool:
    """Whether a cell's words are a number, a dash or "n/a"."""
    return _NUMBER.fullmatch(words) is not None


def _parts(document: Document) -> Iterator[Part]:
    for block in document.blocks:
        if block.kind == "page_break":
            continue
        if block.table is not None:
            yield from _table_parts(document, block, block.table)
            continue
        words = document.words(block)
        if words and not _FURNITURE.fullmatch(words[:300]):
            start, end = _trim(document.text, block.start, block.end)
            yield Part(0, _kind(block, words), start, end, words, words.lower(), block.bold, block.centered)


def _kind(block: Block, words: str) -> PartKind:
    if block.kind == "list_item" or _BULLET.match(words):
        return "list_item"
    return "heading" if block.kind == "heading" else "paragraph"


def _table_parts(document: Document, block: Block, table: Table) -> Iterator[Part]:
    """A table without numbers is a layout, all of its cells are parts; of another, only the rows that hold a paragraph are."""
    layout = not any(is_number(cell.text) for row in table.rows for cell in row.cells if not _MARK.fullmatch(cell.text))
    run: list[Row] = []
    for row in table.rows:
        cells = [c for c in row.cells if layout or _is_paragraph(c)]
        if not cells or (not layout and any(is_number(c.text) and not _MARK.fullmatch(c.text) for c in row.cells)):
            run.append(row)
            continue
        if run:
            yield _table_part(table, run)
            run = []
        marked = any(_MARK.fullmatch(c.text) for c in row.cells)
        for cell in cells:
            words = " ".join(cell.text.split())
            if words and not _FURNITURE.fullmatch(words[:300]) and not (_MARK.fullmatch(words)):
                kind: PartKind = "list_item" if marked else "cell"
                yield Part(0, kind, cell.start, cell.end, words, words.lower(), row.bold, block.centered, table)
    if run:
        yield _table_part(table, run)


def _table_part(table: Table, rows: list[Row]) -> Part:
    return Part(0, "table", rows[0].start, rows[-1].end, "", "", table=table)


def _is_paragraph(cell: Cell) -> bool:
    return len(cell.text) > 2 * _PROSE_WORDS and cell.text.count(" ") >= _PROSE_WORDS and not is_number(cell.text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(piece.strip())


def _without_running_heads(parts: list[Part]) -> list[Part]:
    """Drop the repetitions of short lines that stand three times or more: running heads and feet."""
    counts = Counter(p.lower for p in parts if p.kind != "table" and p.word_count <= _HEADING_WORDS)
    seen: set[str] = set()
    kept: list[Part] = []
    for part in parts:
        if counts.get(part.lower, 0) >= 3 and part.kind != "table":
            if part.lower in seen:
                continue
            seen.add(part.lower)
        kept.append(part)
    return kept


def _joined_lines(text: str, parts: list[Part]) -> list[Part]:
    """Paragraphs whose lines were set as paragraphs of their own, or that a page's end broke, made whole again."""
    plain = [p for p in parts if p.kind == "paragraph" and not p.bold]
    broken = sum(50 <= len(p.words) <= 90 and not p.words.endswith(_CLOSED) for p in plain)
    by_line = broken > 20 and broken * 5 > len(plain) * 2
    out: list[Part] = []
    for part in parts:
        if out and part.kind == "paragraph" and not part.bold and _continues(text, out[-1], part, by_line=by_line):
            last = out.pop()
            out.append(
                Part(
                    0, last.kind, last.start, part.end, f"{last.words} {part.words}", f"{last.lower} {part.lower}", last.bold, last.centered
                )
            )
        else:
            out.append(part)
    return out


def _continues(text: str, last: Part, part: Part, *, by_line: bool) -> bool:
    if last.bold or last.kind not in {"paragraph", "list_item"} or last.words.endswith(_CLOSED) or last.table is not None:
        return False
    if by_line and text[last.end : part.start].count("\n") <= 2:
        return len(last.words) - max(last.words.rfind("  "), 0) >= 40 and not _BULLET.match(part.words)
    return part.words[:1].islower() and len(last.words) >= 40 and not _BULLET.match(part.words) and last.kind == "paragraph"
