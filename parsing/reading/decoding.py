"""From an exhibit's bytes to its text: what is no text is refused with a reason, the rest is decoded and its SGML wrapper dropped."""

from __future__ import annotations

import re

from ex99.filings.release import PARSE_ERRORS, ParseError

MAX_BYTES = 40_000_000
"""Larger than any press release on EDGAR; full slide decks with inlined pictures go beyond."""
MAX_WORDS = 3_000_000
"""Characters of words that one exhibit may have, some ten times the longest supplement's."""
_MOST_MARKS: tuple[tuple[tuple[str, ...], int, str], ...] = (
    (("<",), 500_000, "tags"),
    (("<td", "<TD", "<th", "<TH"), 200_000, "cells of tables"),
)
"""(what is counted, the most of it, its name), each more than ten times what the largest supplement has; the first holds the rest."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"BM6", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"PK\x03\x04", "binary"),
    (b"\xd0\xcf\x11\xe0", "binary"),
    (b"\x1f\x8b\x08", "binary"),
    (b"{\\rtf", "binary"),
)

# <DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<TEXT>\n  (also in lower case, after an <html><body> that a parser put before it, and without
# the first line)
_WRAPPER = re.compile(
    r"(?:\s|</?html>|</?body>|</?head>|<\?xml[^>]{0,200}>)*+<(?:document|type|sequence|filename|description)>.{0,2000}?<text>\s*",
    re.IGNORECASE | re.DOTALL,
)
# </TEXT>\n</DOCUMENT>
_WRAPPER_END = re.compile(r"</text>\s*(?:</document>)?(?:\s|</?html>|</?body>)*\Z", re.IGNORECASE)
# begin 644 logo.jpg
_UUENCODED = re.compile(rb"\s*(?:<PDF>\s*)?begin [0-7]{3,4} [^\r\n]{1,200}\r?\n[M!-`][^\r\n]{0,100}\r?\n")
# charset=windows-1252
_CHARSET = re.compile(rb"charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# windows-1252, iso-8859-2, shift_jis
_LEGACY = re.compile(r"(?:windows-|cp)125\d|iso-8859-(?:[2-9]|1[0-5])|shift_jis|euc-(?:jp|kr)|gb\w{2,6}|big5|koi8-r|macintosh")
_XML_PDF = re.compile(rb"\s*<PDF>\s*", re.IGNORECASE)
_CONTROL_BYTES = bytes(code for code in range(32) if code not in (9, 10, 12, 13)) + b"\x7f"
# control characters, C1 characters of Windows' set, zero-width and soft hyphens, and the private ones that readers use as marks
_DIRT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u2060\ufeff\ufffe\uffff\ue000-\ue002]")
_WINDOWS = {chr(code): bytes((code,)).decode("cp1252", "replace").replace("\ufffd", " ") for code in range(0x80, 0xA0)}
_CLEAN = _WINDOWS | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\ue000\ue001\ue002", "")
# &#146; is an apostrophe of Windows' character set
_C1_REFERENCE = re.compile(r"&#(12[89]|1[345]\d);")
_INVISIBLE_REFERENCE = re.compile(r"&(?:#8203|#x200[bBcCdD]|#173|shy|#8288|#65279|ZeroWidthSpace);")
# "\r\n", and the "\r\r\n" of files that went through two systems
_LINE_END = re.compile(r"\r{1,3}\n|\r")


def decode_exhibit(data: bytes) -> str:
    """The exhibit's characters, wrapper dropped, line ends made "\\n"; form feeds become "<PAGE>" lines. Raises ParseError."""
    refuse_binary(data)
    text = _decode(data)
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if "\x0c" in text:
        text = text.replace("\x0c", "\n<PAGE>\n")
    if "\x00" in text:
        text = text.replace("\x00", " ")
    wrapper = _WRAPPER.match(text)
    if wrapper is not None:
        text = text[wrapper.end() :]
        end = _WRAPPER_END.search(text, max(0, len(text) - 2000))
        if end is not None:
            text = text[: end.start()]
    if not text or text.isspace():
        raise _error("empty")
    return text


def has_dirt(text: str) -> bool:
    """Whether a text holds characters that ``clean_text`` takes out; cheaper asked of the words that were read than of their markup."""
    return _DIRT.search(text) is not None


def clean_text(text: str) -> str:
    """Text without control characters, zero-width and private ones; those of Windows' set that were taken for Latin-1 are put right."""
    if "&" in text:
        text = _C1_REFERENCE.sub(lambda m: _WINDOWS[chr(int(m[1]))], _INVISIBLE_REFERENCE.sub("", text))
    return _DIRT.sub(lambda m: _CLEAN.get(m[0], " "), text)


def refuse_excess(text: str) -> None:
    """Raise ParseError where markup holds more tags or cells than any release does, so that time and memory stay bounded."""
    count = len(text)
    for marks, most, name in _MOST_MARKS:
        if count > most and (count := sum(text.count(mark) for mark in marks)) > most:
            raise _error("too_large", f"{count} {name}, at most {most} are read")


def refuse_long(text: str) -> None:
    """Raise ParseError where there are more words than any release has."""
    if len(text) > MAX_WORDS:
        raise _error("too_large", f"{len(text)} characters of words, at most {MAX_WORDS} are read")


def refuse_binary(data: bytes) -> None:
    """Raise ParseError where the bytes are empty, too many, a PDF, a picture, an archive or a uuencoded file."""
    if len(data) > MAX_BYTES:
        raise _error("too_large", f"{len(data)} bytes, at most {MAX_BYTES} are read")
    head = data[:4096].lstrip()
    if not head and not data.strip():
        raise _error("empty")
    for signature, code in _SIGNATURES:
        if head.startswith(signature):
            raise _error(code)
    if _UUENCODED.match(head):
        raise _error("pdf" if _XML_PDF.match(head) or b".pdf" in head[:120].lower() else "binary", "a uuencoded file")
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > 0.02 * len(sample) + 4 and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _error("binary")


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    for name in (declared[1].decode("ascii").lower() if declared else "", "cp1252"):
        if _LEGACY.fullmatch(name):
            try:
                return data.decode(name)
            except (LookupError, UnicodeError):
                continue
    return data.decode("latin-1")


def _error(code: str, detail: str | None = None) -> ParseError:
    return ParseError(code, PARSE_ERRORS[code] + (f": {detail}" if detail else ""))
