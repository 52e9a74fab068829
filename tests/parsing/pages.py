"""Fictitious pages for the tests: HTML tables put together from rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from ex99.filings.release import Figure
from ex99.parsing.document import Document
from ex99.parsing.reading import read_document
from ex99.parsing.tables.figures import find_table_figures

Cells = Sequence[str | tuple[str, int]]


def html_table(rows: Sequence[Cells]) -> str:
    """A table of rows; a cell is its words, or its words and its colspan."""
    lines = []
    for row in rows:
        cells = [f"<td>{c}</td>" if isinstance(c, str) else f'<td colspan="{c[1]}">{c[0]}</td>' for c in row]
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "".join(lines) + "</table>"


def page(*parts: str) -> bytes:
    """An HTML page of paragraphs and tables."""
    body = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    return f"<html><body>{body}</body></html>".encode()


def read_page(*parts: str) -> Document:
    """The document that such a page becomes."""
    return read_document(page(*parts))


def figures_of(data: bytes) -> dict[tuple[str, str, str, str], str]:
    """(metric, basis, duration, end) -> value, of every figure that the tables give; the first one where several do."""
    document = read_document(data)
    found: dict[tuple[str, str, str, str], str] = {}
    for candidate in find_table_figures(document)[0]:
        figure: Figure = candidate.figure
        assert document.text[figure.source.start : figure.source.end] == figure.source.text
        found.setdefault((figure.metric, figure.basis, figure.duration, str(figure.period_end)), f"{figure.value:f}")
    return found
