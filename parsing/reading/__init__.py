"""From an exhibit's bytes to a Document: HTML of every age, and the typewriter text of EDGAR's first years."""

from __future__ import annotations

import re

from ex99.filings.release import PARSE_ERRORS, ParseError
from ex99.parsing.document import Document
from ex99.parsing.reading.canonical import CanonicalText
from ex99.parsing.reading.decoding import clean_text, decode_exhibit, has_dirt, refuse_long
from ex99.parsing.reading.html import read_html
from ex99.parsing.reading.typewriter import add_typewritten

# <html>, <BODY BGCOLOR="WHITE">, <p align=center>, <td>; not the <TABLE>, <S>, <C>, <PAGE> of typewriter text
_HTML = re.compile(r"<(?:html|body|p|div|tr|td|font|br|center|span|h[1-6]|ul|pre)(?:\s[^<>]*|/)?>", re.IGNORECASE)
_SNIFFED = 400_000


def read_document(data: bytes) -> Document:
    """Read an exhibit; raises ParseError (empty, pdf, image, binary, too_large, too_deep)."""
    text = decode_exhibit(data)
    if _HTML.search(text, 0, _SNIFFED):
        return read_html(text)
    refuse_long(text)
    canonical = CanonicalText()
    add_typewritten(canonical, clean_text(text) if has_dirt(text) else text)
    document = canonical.document("text/plain")
    if not document.text.strip():
        raise ParseError("empty", PARSE_ERRORS["empty"])
    return document
