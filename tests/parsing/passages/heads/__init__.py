"""Made heads of releases, with the headline of each: the lines above the text in the styles that real ones are set in.

A file holds heads: "=== " and a name, lines with their style ("p" plain, "b" bold, "c" centred, "i" italic, "r" right, "l" a list item,
"t" a row of a layout table, "x" typewriter text), "---", and the headline.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ex99.parsing.passages import PassageFindings, find_passages
from ex99.parsing.reading import read_document

FOLDER = Path(__file__).parent
# The text that follows the first paragraph of each.
_BODY = (
    "<p>The results reflect higher volumes in all of its divisions, the company said, and lower costs of materials than in the same "
    "quarter of the year before.</p><p>Shares outstanding were 41 million at the end of the period.</p>"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A made head of a release and its headline."""

    name: str
    lines: tuple[tuple[str, str], ...]
    headline: str

    @property
    def page(self) -> bytes:
        """The release as an HTML page, or as typewriter text."""
        if all(style == "x" for style, _ in self.lines):
            return "\n".join(words for _, words in self.lines).encode()
        parts = [part for table, lines in groupby(self.lines, key=lambda line: line[0] == "t") for part in _markup(table, list(lines))]
        return f"<html><body>{''.join(parts)}{_BODY}</body></html>".encode()

    def read(self) -> PassageFindings:
        """What the passages of the release are read as."""
        return find_passages(read_document(self.page))


def list_heads(file: str) -> list[Head]:
    """The heads of a file of this folder."""
    heads = []
    for piece in (FOLDER / file).read_text(encoding="utf-8").split("=== ")[1:]:
        body, _, headline = piece.partition("\n---\n")
        name, *lines = body.splitlines()
        styled = tuple((style, words) for style, _, words in (line.partition(" ") for line in lines if line))
        heads.append(Head(name, styled, headline.strip()))
    return heads


def _markup(table: bool, lines: list[tuple[str, str]]) -> list[str]:
    if table:
        rows = "".join(f"<tr>{''.join(f'<td>{html.escape(c.strip())}</td>' for c in words.split('|'))}</tr>" for _, words in lines)
        return [f"<table>{rows}</table>"]
    out = []
    for style, words in lines:
        inner = html.escape(words, quote=False).replace("&lt;br&gt;", "<br>")
        for letter, tag in (("b", "b"), ("i", "i")):
            inner = f"<{tag}>{inner}</{tag}>" if letter in style else inner
        align = ' align="center"' if "c" in style else ' align="right"' if "r" in style else ""
        out.append(f"<ul><li>{inner}</li></ul>" if "l" in style else f"<p{align}>{inner}</p>")
    return out
