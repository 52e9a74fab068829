"""A small reader of full submissions: the header's facts and where each document lies in the file.

It is the replica's own, apart from the crawler's, so that the two check each other. Files are memory-mapped: nothing is read
whole. Every era is taken: privacy-enhanced mail, <IMS-DOCUMENT>, <SEC-DOCUMENT> with or without a path, bare <SUBMISSION>.
"""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass
from pathlib import Path

from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError

Block = dict[str, str]
"""The keyed values of one part of a header, by the key as the text form spells it ("CENTRAL INDEX KEY")."""

_ROLES = frozenset(
    {
        "FILER",
        "SUBJECT COMPANY",
        "FILED BY",
        "FILED FOR",
        "REPORTING-OWNER",
        "ISSUER",
        "ISSUING ENTITY",
        "DEPOSITOR",
        "SECURITIZER",
    }
)
# <TYPE>EX-99.1      <DESCRIPTION>PRESS RELEASE
_TAG = re.compile(rb"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>([^\r\n]*)")
# <SEC-DOCUMENT>0000000001-04-000002.txt : 20040115      <IMS-DOCUMENT>...
_FIRST = re.compile(rb"<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>[^\r\n:]*:\s*(\d{8})")
# dash-escaped by privacy-enhanced mail: "- -----"
_ESCAPED = re.compile(rb"^- ", re.MULTILINE)
_TEXT_HEAD = 4096
"""A document's own tags stand within this many bytes of <DOCUMENT>."""


class SgmlError(ValueError):
    """A file that is no submission the replica could serve."""


@dataclass(frozen=True, slots=True)
class Party:
    """One FILER (or SUBJECT COMPANY ...) block of a header, its parts as keyed values; former names as (name, YYYYMMDD)."""

    role: str
    company: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    business: tuple[tuple[str, str], ...] = ()
    mail: tuple[tuple[str, str], ...] = ()
    former: tuple[tuple[str, str], ...] = ()

    @property
    def cik(self) -> Cik | None:
        """The party's CIK, or None where the header gives none."""
        try:
            return Cik.parse(dict(self.company).get("CENTRAL INDEX KEY", ""))
        except IdentifierError:
            return None


@dataclass(frozen=True, slots=True)
class Header:
    """A submission's header: single values by key, the ITEM INFORMATION lines as they stand, the parties, and the text."""

    values: Block
    items: tuple[str, ...]
    parties: tuple[Party, ...]
    text: str
    disseminated: str | None
    pem: bool


@dataclass(frozen=True, slots=True)
class DocumentSpan:
    """One document: its tags and its byte offsets. ``start``/``end`` enclose <DOCUMENT>...</DOCUMENT>, ``text_*`` what lies in <TEXT>."""

    type: str
    sequence: str
    filename: str | None
    description: str | None
    start: int
    text_start: int
    text_end: int
    end: int


def open_map(path: Path) -> mmap.mmap:
    """A read-only memory map of a file; raises SgmlError where it is empty."""
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise SgmlError(f"{path.name} is empty") from None


def read_header(data: mmap.mmap) -> Header:
    """Read all that stands before the first <DOCUMENT>; raises SgmlError where no accession number is among it."""
    stop = find_line(data, b"<DOCUMENT>", 0)
    raw = data[: len(data) if stop < 0 else min(stop, 2**20)]
    first = _FIRST.search(raw)
    pem = raw.startswith(b"-----BEGIN PRIVACY")
    text = raw.decode("latin-1")
    begin = text.find("HEADER>")
    values, items, parties = _read_lines(text[begin:] if begin >= 0 else text)
    if "ACCESSION NUMBER" not in values:
        named = AccessionNumber.find_in(text[:2000])
        if named is None:
            raise SgmlError("no accession number in the header")
        values["ACCESSION NUMBER"] = str(named)
    return Header(values, items, parties, text, first[1].decode() if first else None, pem)


def read_documents(data: mmap.mmap) -> list[DocumentSpan]:
    """Find every document of a submission, in the order of the file; one that the file cuts short ends with the file."""
    spans = []
    start = find_line(data, b"<DOCUMENT>", 0)
    while start >= 0:
        following = find_line(data, b"<DOCUMENT>", start + 10)
        spans.append(_read_span(data, start, len(data) if following < 0 else following))
        start = following
    return spans


def unescape(data: bytes) -> bytes:
    """Undo the dash-escaping of privacy-enhanced mail."""
    return _ESCAPED.sub(b"", data)


def find_line(data: mmap.mmap, marker: bytes, start: int, stop: int | None = None) -> int:
    """Offset of the first line at or after ``start`` that begins with a marker, or -1."""
    end = len(data) if stop is None else stop
    at = data.find(marker, start, end)
    while at > 0 and data[at - 1] not in b"\r\n":
        at = data.find(marker, at + 1, end)
    return at


def _read_span(data: mmap.mmap, start: int, limit: int) -> DocumentSpan:
    text = find_line(data, b"<TEXT>", start, min(limit, start + _TEXT_HEAD))
    head = data[start : text if text >= 0 else min(limit, start + _TEXT_HEAD)]
    tags: dict[str, str] = {}
    for match in _TAG.finditer(head):
        tags.setdefault(match[1].decode(), match[2].decode("latin-1").strip())
    text_start = text + len(b"<TEXT>") if text >= 0 else start + len(head)
    if data[text_start : text_start + 1] == b"\n":
        text_start += 1
    close = data.rfind(b"</TEXT>", text_start, limit)
    closed = find_line(data, b"</DOCUMENT>", text_start, limit)
    end = closed + len(b"</DOCUMENT>") if closed >= 0 else limit
    return DocumentSpan(
        tags.get("TYPE", ""),
        tags.get("SEQUENCE", ""),
        tags.get("FILENAME") or None,
        tags.get("DESCRIPTION") or None,
        start,
        text_start,
        close if close >= 0 else min(end, limit),
        end,
    )


def _read_lines(text: str) -> tuple[Block, tuple[str, ...], tuple[Party, ...]]:
    values: Block = {}
    items: list[str] = []
    parties: list[_PartyDraft] = []
    for line in text.splitlines():
        if line.startswith("<ACCEPTANCE-DATETIME>"):
            values["ACCEPTANCE-DATETIME"] = line[21:].strip()
            continue
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon:
            continue
        if key in _ROLES and not value and not line[:1].isspace():
            parties.append(_PartyDraft(key))
        elif parties:
            parties[-1].take(key, value)
        elif key == "ITEM INFORMATION":
            items.append(value)
        else:
            values.setdefault(key, value)
    return values, tuple(items), tuple(draft.finish() for draft in parties)


class _PartyDraft:
    """A party's lines as they are gathered, part by part."""

    _PARTS = ("COMPANY DATA", "OWNER DATA", "FILING VALUES", "BUSINESS ADDRESS", "MAIL ADDRESS", "FORMER COMPANY", "FORMER NAME")

    def __init__(self, role: str) -> None:
        self.role = role
        self.parts: dict[str, list[tuple[str, str]]] = {}
        self.part = "COMPANY DATA"

    def take(self, key: str, value: str) -> None:
        """Add one line to the part that is open, or open the next."""
        if not value and key in self._PARTS:
            self.part = key
        elif key:
            self.parts.setdefault(self.part, []).append((key, value))

    def finish(self) -> Party:
        """The party that the lines make."""
        former = [*self.parts.get("FORMER COMPANY", []), *self.parts.get("FORMER NAME", [])]
        names = [value for key, value in former if key.startswith("FORMER")]
        dates = [value for key, value in former if key.startswith("DATE")]
        return Party(
            self.role,
            tuple(self.parts.get("COMPANY DATA") or self.parts.get("OWNER DATA") or ()),
            tuple(self.parts.get("FILING VALUES", ())),
            tuple(self.parts.get("BUSINESS ADDRESS", ())),
            tuple(self.parts.get("MAIL ADDRESS", ())),
            tuple(zip(names, dates + [""] * (len(names) - len(dates)), strict=False)),
        )
