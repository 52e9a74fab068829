"""The documents of a submission: SGML wrappers read line by line, texts kept, binaries counted and passed over."""

from __future__ import annotations

import re
from dataclasses import replace

from ex99.crawler.errors import SubmissionError
from ex99.filings.filing import FetchedDocument, FilingDocument

DOCUMENT_CAP = 32 * 2**20
"""Bytes of one text document; a longer one is listed without content. The longest exhibits 99 seen are below 5 MB."""

# Types that hold no words a person wrote for readers: never kept, whatever they hold.
PASSED_OVER: frozenset[str] = frozenset({"GRAPHIC", "ZIP", "EXCEL", "PDF", "XML", "JSON", "XBRL", "INFORMATION TABLE"})
# EX-100 and EX-101 are XBRL, EX-104 the cover page's tags.
_XBRL_TYPE = re.compile(r"EX-10[014](?:\.|$)", re.IGNORECASE)
# begin 644 g12345ex99_1.jpg
_UUENCODED = re.compile(rb"begin [0-7]{3,4} \S")
_BINARY_MARKS = (b"<PDF>", b"%PDF-")
_END_LENGTH = 40
# <TYPE>EX-99.1
_FIELD = re.compile(rb"\s*<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(.*)", re.IGNORECASE)
_SNIFFED_LINES = 5
_LONGEST_FIELD = 500


def is_text_type(document_type: str) -> bool:
    """Whether documents of an SGML type are kept: forms, letters and exhibits, but no graphics, spreadsheets or XBRL."""
    return document_type.upper() not in PASSED_OVER and _XBRL_TYPE.match(document_type) is None


def undash(line: bytes) -> bytes:
    """A line of a PEM file without its dash-escaping (RFC 1421, 4.3.2.1: lines that begin with "-" are sent as "- -...")."""
    return line[2:] if line.startswith(b"- ") else line


class DocumentReader:
    """Fed with the lines of a submission from its first <DOCUMENT> on; ``documents`` are those read whole."""

    def __init__(self, armoured: bool, room: int, cap: int = DOCUMENT_CAP) -> None:
        self.documents: list[FetchedDocument] = []
        self._armoured = armoured
        self._room = room
        self._cap = cap
        self._fields: dict[str, str] | None = None
        self._in_text = False
        self._begin_text()

    @property
    def idle(self) -> bool:
        """Whether no document is open."""
        return self._fields is None

    @property
    def passes_over(self) -> bool:
        """Whether a document's text is being read that will not be kept."""
        return self._in_text and not self._keeping

    def count(self, length: int) -> None:
        """Add bytes that were passed over to the size of the open document."""
        self._size += length

    def feed(self, piece: bytes, begins_line: bool) -> None:
        """Take the next piece of a line."""
        if self._in_text:
            self._feed_text(piece, begins_line)
            return
        mark = piece.strip()
        upper = mark.upper()
        if self._fields is None:
            if upper == b"<DOCUMENT>":
                self._fields = {}
        elif upper.startswith(b"<TEXT>"):
            self._begin_text()
            self._in_text = True
            rest = piece.lstrip()[len(b"<TEXT>") :]
            if rest.strip():
                self._feed_text(rest, False)
        elif upper == b"</DOCUMENT>":
            self._end_document()
        elif upper == b"<DOCUMENT>":
            raise SubmissionError("truncated", "a document begins before the one before it has ended")
        else:
            self._read_field(mark)

    def finish(self) -> tuple[FetchedDocument, ...]:
        """The documents, with sequence numbers that are each used once."""
        return number_documents(self.documents)

    def _read_field(self, mark: bytes) -> None:
        match = _FIELD.fullmatch(mark)
        if match is not None and self._fields is not None:
            self._fields.setdefault(match[1].decode().upper(), match[2][:_LONGEST_FIELD].decode("latin-1").strip())

    def _begin_text(self) -> None:
        self._kept: list[bytes] = []
        self._size = self._held = self._line = 0
        kind = (self._fields or {}).get("TYPE", "")
        self._keeping = is_text_type(kind)

    def _feed_text(self, piece: bytes, begins_line: bool) -> None:
        rest, ends_document = _read_end(piece, begins_line) if b"</" in piece[-_END_LENGTH:] else (None, False)
        self._add(piece if rest is None else rest, begins_line)
        if rest is not None:
            self._in_text = False
        if ends_document:
            self._end_document()

    def _add(self, piece: bytes, begins_line: bool) -> None:
        if begins_line and self._armoured:
            piece = undash(piece)
        self._size += len(piece)
        if not self._keeping:
            return
        self._line += begins_line
        if self._line <= _SNIFFED_LINES and begins_line and (_UUENCODED.match(piece) or piece.lstrip().startswith(_BINARY_MARKS)):
            self._drop()
            return
        self._kept.append(piece)
        self._held += len(piece)
        if self._held > min(self._cap, self._room):
            self._drop()

    def _drop(self) -> None:
        self._keeping = False
        self._kept = []

    def _end_document(self) -> None:
        fields = self._fields or {}
        sequence = fields.get("SEQUENCE", "")
        content = b"".join(self._kept) if self._keeping and "TYPE" in fields else None
        self._room -= len(content or b"")
        self.documents.append(
            FetchedDocument(
                FilingDocument(
                    sequence=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 7 else 0,
                    type=fields.get("TYPE", ""),
                    filename=fields.get("FILENAME") or None,
                    description=fields.get("DESCRIPTION") or None,
                    size=self._size,
                ),
                content,
            )
        )
        self._fields = None
        self._in_text = False
        self._begin_text()


def _read_end(piece: bytes, begins_line: bool) -> tuple[bytes | None, bool]:
    """(what stands before a </TEXT> or lone </DOCUMENT> that ends the piece, or None; whether the document ends with it)."""
    line = piece.rstrip()
    upper = line.upper()
    if upper.endswith(b"</TEXT>"):
        return line[:-7], False
    if upper.endswith(b"</DOCUMENT>"):
        before = line[:-11].rstrip()
        if before.upper().endswith(b"</TEXT>"):
            return before[:-7], True
        if begins_line and not before:
            return b"", True
    return None, False


def number_documents(documents: list[FetchedDocument]) -> tuple[FetchedDocument, ...]:
    """Documents whose sequence is missing or was used before get the next free one."""
    used: set[int] = set()
    numbered: list[FetchedDocument] = []
    highest = max((d.document.sequence for d in documents), default=0)
    for fetched in documents:
        document = fetched.document
        if document.sequence < 1 or document.sequence in used:
            highest += 1
            document = replace(document, sequence=highest)
        used.add(document.sequence)
        numbered.append(replace(fetched, document=document))
    return tuple(numbered)
