"""A press release that stands inside the 8-K document itself, after the signatures or under an item: where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ex99.crawler.evidence import Reading, has_letters, weigh
from ex99.crawler.plain_text import breaks_line, is_html, read_plain_text, tag_ranges
from ex99.crawler.signs import HEAD

SCORE = 4
"""Weight of signs from which the rest of a document is its release; stricter than for an exhibit of its own."""
INTRODUCED_SCORE = 3
"""The same after a line that says "the following press release:"."""
_LOOKED_AT = 40_000
"""Bytes after a possible start that are weighed (markup included)."""
_PAGE_TOP = 1800
"""Characters of a page in which a release that nothing announces must show itself."""
_MINIMUM_LETTERS = 150
_MOST_STARTS = 12
"""Possible starts of each sort that are tried."""
_LONGEST_LINE = 200

# EXHIBIT 99.1; Exhibit 99(a); Exhibit 99.1 - Press Release
_EXHIBIT_LINE = re.compile(r"\W*exhibit\s*(?:no\.?\s*)?\(?99\b[\d.()a-z]{0,6}\W*(?:(?:press|news)\s+release\W*)?", re.IGNORECASE)
# FOR IMMEDIATE RELEASE; NEWS RELEASE; PRESS RELEASE
_RELEASE_LINE = re.compile(
    r"\W*(?:for\s+immediate\s+release|(?:press|news|earnings)\s+release|immediate\s+release)\b.{0,80}", re.IGNORECASE
)
# News Release dated May 4, 1998 ..... Page 3
_INDEX_LINE = re.compile(r"\bdated\b|\bpage\s*\d|\.{4}", re.IGNORECASE)
# On May 4, 1998, the Registrant issued the following press release:
_INTRODUCTION = re.compile(r".{0,160}\bfollowing\s+(?:press|news)\s+release\s?:?", re.IGNORECASE)
# SIGNATURES
_SIGNATURE_LINE = re.compile(r"\W*signatures?\W*", re.IGNORECASE)
_PAGE_LINE = re.compile(r"\W*<PAGE>.{0,20}", re.IGNORECASE)
_PAGE_STYLE = re.compile(r"page-break-(?:before|after)\s*:\s*always|<hr\b", re.IGNORECASE)
# no-break spaces, as entities or as the two bytes of UTF-8 (the text is decoded byte by byte)
_ENTITIES = re.compile(r"&(?:nbsp|#160|#xa0);|\xc2\xa0", re.IGNORECASE)
_STRONG: frozenset[str] = frozenset({"a dateline", "a newswire", "marked for release"})


@dataclass(slots=True)
class _Starts:
    """Offsets at which a release may begin, by what stands there, and where the signatures are."""

    exhibits: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    introduced: list[int] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    signatures: list[int] = field(default_factory=list)


def cut_release(content: bytes) -> bytes | None:
    """The part of an 8-K document that is a press release, as a slice of its bytes; None where there is none.

    It begins at a line "Exhibit 99.1" (the last one that a release follows, so that an index of exhibits is passed over), else at the
    first line marked as a release, else after "the following press release:", else on a page of its own behind the signatures. It ends
    with the document, or before the signatures where these come later.
    """
    starts = _find_starts(content)
    begin = _choose_start(content, starts)
    if begin is None:
        return None
    end = next((offset for offset in starts.signatures if offset > begin), len(content))
    return content[begin:end]


def _choose_start(content: bytes, starts: _Starts) -> int | None:
    for begin in (*reversed(starts.exhibits[-_MOST_STARTS:]), *starts.marks[:_MOST_STARTS]):
        reading = _read(content, begin, HEAD)
        if reading is not None and reading.score >= SCORE and _STRONG.intersection(reading.names):
            return begin
    for begin in starts.introduced[:_MOST_STARTS]:
        reading = _read(content, begin, HEAD)
        if reading is not None and reading.score >= INTRODUCED_SCORE:
            return begin
    behind = starts.signatures[0] if starts.signatures else len(content)
    for begin in [page for page in reversed(starts.pages) if page > behind][-_MOST_STARTS:]:
        reading = _read(content, begin, _PAGE_TOP)
        if reading is not None and reading.score >= SCORE and _STRONG.intersection(reading.names):
            return begin
    return None


def _read(content: bytes, begin: int, limit: int) -> Reading | None:
    text = read_plain_text(content[begin : begin + _LOOKED_AT], limit)
    return weigh(text) if has_letters(text, _MINIMUM_LETTERS) else None


def _find_starts(content: bytes) -> _Starts:
    starts = _Starts()
    introduced = False
    for offset, line in _lines(content.decode("latin-1")):
        if introduced and line:
            starts.introduced.append(offset)
            introduced = False
        if _PAGE_LINE.fullmatch(line):
            starts.pages.append(offset)
        elif line and len(line) <= _LONGEST_LINE:
            introduced = _INTRODUCTION.fullmatch(line) is not None
            if _EXHIBIT_LINE.fullmatch(line):
                starts.exhibits.append(offset)
            elif _RELEASE_LINE.fullmatch(line) and not _INDEX_LINE.search(line):
                starts.marks.append(offset)
            elif _SIGNATURE_LINE.fullmatch(line):
                starts.signatures.append(offset)
    return starts


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """(offset, words) of every line of a text, or of every block of an HTML page; the offset of a block is that of its opening tag.

    A page break of an HTML page comes as a line "<PAGE>", as typewriter texts have it.
    """
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
            if _PAGE_STYLE.search(text, start, end):
                yield start, "<PAGE>"
        position = end
