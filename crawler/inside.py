"""A press release that stands inside the 8-K document itself, after the signatures or under an item: where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.evidence import read_evidence
from crawler.plain_text import breaks_line, is_html, tag_ranges
from crawler.signs import HEAD

SCORE = 4
"""Weight of signs from which the rest of a document is its release; stricter than for an exhibit of its own."""
_LOOKED_AT = 40_000
"""Bytes after a possible start that are weighed (markup included)."""
_MOST_STARTS = 12
"""Possible starts that are tried, from the last one backwards."""

# EXHIBIT 99.1; Exhibit 99(a); Exhibit 99.1 - Press Release
_EXHIBIT_LINE = re.compile(r"\W*exhibit\s*(?:no\.?\s*)?\(?99\b[\d.()a-z]{0,6}\W*(?:(?:press|news)\s+release\W*)?", re.IGNORECASE)
# FOR IMMEDIATE RELEASE; NEWS RELEASE; PRESS RELEASE
_RELEASE_LINE = re.compile(
    r"\W*(?:for\s+immediate\s+release|(?:press|news|earnings)\s+release|immediate\s+release)\b.{0,80}", re.IGNORECASE | re.DOTALL)
_ENTITIES = re.compile(r"&(?:nbsp|#160|#xa0);", re.IGNORECASE)


def cut_release(content: bytes) -> bytes | None:
    """The part of an 8-K document that is a press release: its bytes from the release's first line to the end; None where there is none.

    A line "Exhibit 99.1" is the surest start (the last one that a release follows, so that an index of exhibits is passed over);
    without one, the first line that is marked as a release.
    """
    start = find_release_start(content)
    return None if start is None else content[start:]


def find_release_start(content: bytes) -> int | None:
    """Offset in bytes at which the release inside an 8-K document begins, or None."""
    exhibit_lines: list[int] = []
    release_lines: list[int] = []
    for start, line in _lines(content.decode("latin-1")):
        if len(line) > 160:
            continue
        if _EXHIBIT_LINE.fullmatch(line):
            exhibit_lines.append(start)
        elif _RELEASE_LINE.fullmatch(line):
            release_lines.append(start)
    for start in (*reversed(exhibit_lines[-_MOST_STARTS:]), *release_lines[:_MOST_STARTS]):
        reading = read_evidence(content[start : start + _LOOKED_AT])
        if reading.has_words and reading.score >= SCORE and ("a dateline" in reading.names or "a newswire" in reading.names
                                                             or "marked for release" in reading.names):
            return start
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """(offset, words) of every line of a text, or of every block of an HTML page; the offset of a block is that of its opening tag."""
    if not is_html(text[:HEAD].encode("latin-1")):
        offset = 0
        for line in text.splitlines(keepends=True):
            yield offset, " ".join(line.split())
            offset += len(line)
        return
    words: list[str] = []
    begun = position = 0
    for start, end, name in tag_ranges(text):
        words.append(text[position:start])
        if breaks_line(name):
            if line := " ".join(_ENTITIES.sub(" ", "".join(words)).split()):
                yield begun, line
                words, begun = [], start
            elif not name.startswith("/"):
                words, begun = [], start
        position = end
