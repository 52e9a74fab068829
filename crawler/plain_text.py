"""The words of a document without a parse: tags cut out, enough to tell what kind of paper it is.

This is no canonical text (the parsing package makes that) and keeps no positions. One pass, linear in the bytes, for any bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

# <html>, <P ALIGN="CENTER">, <br/>; but not <PAGE>, <TABLE>, <CAPTION>, <S>, <C>, which typewriter texts have too
_LOOKS_HTML = re.compile(rb"<(?:html|body|head|div|p|font|tr|td|center|!doctype|\?xml|br|span|h[1-6])[\s>/]", re.IGNORECASE)
_SNIFF = 4096
# <P align=center>, </td>, <!-- a > b -->, and the same cut off by the end of the text; "< 5%" is a less-than sign
_TAG = re.compile(r"<!(?=--)(?s:.*?)(?:-->|\Z)|<(/?[a-zA-Z!?][a-zA-Z0-9:]*)[^>]*(?:>|\Z)")
# Elements whose content is no text of the page.
# (a <body> ends those that nobody closed)
_HIDDEN: frozenset[str] = frozenset({"script", "style", "head", "title", "ix:header", "ix:hidden"})
# Elements that run on within a line; every other one breaks it.
_INLINE: frozenset[str] = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "big",
        "em",
        "font",
        "i",
        "ix:nonnumeric",
        "ix:nonfraction",
        "ix:continuation",
        "nobr",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
        "f1",
        "fn",
    }
)
_CELLS: frozenset[str] = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2002\u2003\u2009\u200b]+")
_HTML_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n[\n ]*\n")


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, else Windows-1252, else Latin-1. EDGAR's answers declare no charset."""
    for codec in ("utf-8", "cp1252"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def is_html(data: bytes) -> bool:
    """Whether a document's first bytes hold a tag of HTML."""
    return _LOOKS_HTML.search(data[:_SNIFF]) is not None


def read_plain_text(data: bytes, limit: int) -> str:
    """The first ``limit`` characters of a document's words, one line a block, runs of spaces and of blank lines drawn together."""
    text = decode(data)
    text = _strip_tags(text, limit) if is_html(data) else text[: 4 * limit].replace("\r\n", "\n")
    text = _SPACES.sub(" ", text)
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()[:limit]


def tag_ranges(text: str) -> Iterator[tuple[int, int, str]]:
    """Every tag or comment of an HTML text as (start, end, lower-case name, "/" before a closing one's; "!" for a comment)."""
    for match in _TAG.finditer(text):
        yield *match.span(), _read_tag(match[1])[0]


def _strip_tags(text: str, limit: int) -> str:
    """Text without tags; stops early when twice the limit is reached, which leaves room for spaces that fall out later."""
    parts: list[str] = []
    length = position = 0
    hidden: str | None = None
    for match in _TAG.finditer(text):
        start, end = match.span()
        name, stands_for = _read_tag(match[1])
        if hidden is None:
            if start > position:
                piece = text[position:start]
                piece = " " if piece.isspace() else _HTML_SPACES.sub(" ", piece)
                parts.append(piece)
                length += len(piece)
            parts.append(stands_for)
            if name in _HIDDEN and not text.endswith("/>", start, end):
                hidden = "/" + name
        elif name in (hidden, "body"):
            hidden = None
        position = end
        if length > 2 * limit:
            break
    else:
        if hidden is None:
            parts.append(_HTML_SPACES.sub(" ", text[position:]))
    return html.unescape("".join(parts))


@lru_cache(512)
def breaks_line(name: str) -> bool:
    """Whether a tag, by its lower-case name, ends the line that stands before it."""
    plain = name.lstrip("/")
    return plain not in _INLINE and plain not in _CELLS and not plain.startswith("!")


@lru_cache(512)
def _read_tag(written: str | None) -> tuple[str, str]:
    """(lower-case name, what stands in a tag's place), by its name as written; None is a comment."""
    name = (written or "!").lower()
    if breaks_line(name):
        return name, "\n"
    return name, " " if name.lstrip("/") in _CELLS else ""
