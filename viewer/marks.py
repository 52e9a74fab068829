"""What is marked on a release's page, and the numbers of its statements that no figure uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ex99.filings.release import Source
from ex99.parsing.document import Cell, Document
from ex99.parsing.reading.annotate import MarkedSpan
from ex99.storage.rows import FigureRow, GuidanceRow, PassageRow

KINDS: dict[str, str] = {
    "figure": "Figures",
    "mention": "Further mentions",
    "guidance": "Guidance",
    "statement": "Forward-looking statements",
    "safe_harbor": "Safe harbor",
    "headline": "Headline",
    "dateline": "Dateline",
    "unread": "Unread numbers",
}
"""Each kind of mark, with the words of its switch."""
SHOWN_AT_FIRST = frozenset(("figure", "mention", "guidance", "headline", "dateline"))
_PASSAGES = frozenset(("statement", "safe_harbor", "headline", "dateline"))
# 1,234 | $(0.47) | 12.5%
_NUMBER = re.compile(r"[-(\s$€£¥–—−]{0,6}\d[\d,]*(?:\.\d+)?[\s)%]{0,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def mark_release(
    document: Document, figures: Sequence[FigureRow], guidance: Sequence[GuidanceRow], passages: Sequence[PassageRow]
) -> list[MarkedSpan]:
    """A span for every figure ("f3"), mention ("f3m1"), guidance ("g2"), passage ("p4") and unread number ("u9") of a release."""
    spans: list[MarkedSpan] = []
    for passage in passages:
        if passage.kind in _PASSAGES:
            spans += _span(document, passage.source, f"p{passage.position}", passage.kind)
    for line in guidance:
        spans += _span(document, line.source, f"g{line.position}", "guidance")
    for figure in figures:
        spans += _span(document, figure.source, f"f{figure.position}", "figure")
        for number, mention in enumerate(figure.mentions, 1):
            spans += _span(document, mention, f"f{figure.position}m{number}", "mention")
    used = {(figure.source.start, figure.source.end) for figure in figures} | {(m.start, m.end) for f in figures for m in f.mentions}
    tables = {figure.source.table for figure in figures if figure.source.table is not None}
    unread = find_unread(document, used, tables)
    return spans + [MarkedSpan(cell.start, cell.end, f"u{number}", "unread") for number, cell in enumerate(unread)]


def _span(document: Document, source: Source, key: str, kind: str) -> Iterator[MarkedSpan]:
    """The span of a source, none where its words do not stand there (a text of another reader's version)."""
    if document.text[source.start : source.end] == source.text:
        yield MarkedSpan(source.start, source.end, key, kind)


def find_unread(document: Document, used: Iterable[tuple[int, int]], tables: Iterable[int | None]) -> list[Cell]:
    """The numbers beside a label in some tables that none of the used places (start, end) touches."""
    taken = {place for start, end in used for place in range(start, end)}
    wanted = set(tables)
    return [
        cell
        for table in document.tables
        if table.ordinal in wanted
        for row in table.rows
        for cell in row.cells[1:]
        if _NUMBER.fullmatch(cell.text) and not _YEAR.fullmatch(cell.text) and taken.isdisjoint(range(cell.start, cell.end))
    ]
