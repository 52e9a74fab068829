"""Bare exhibits, with the facts that are given for them, as the submission that they must have been part of."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ex99.crawler.choose import choose_release
from ex99.crawler.wrapped import read_wrapped_document
from ex99.exhibits import LARGEST_EXHIBIT, find_binary_kind
from ex99.filings.filing import FetchedDocument, Filer, Filing, FilingDocument, ReleaseChoice, Submission
from ex99.filings.forms import Item
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.release import ParseError
from ex99.importing.found import Found
from ex99.importing.report import SkipError
from ex99.importing.saved import find_address
from ex99.messages import DESCRIPTION, is_message, read_message
from ex99.pool import parse_alone
from ex99.storage.archive import Archive
from ex99.storage.queries import read_company

# <DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<TEXT>      the same without its first line, as some tools cut submissions up
_WRAPPED = re.compile(rb"\A\s*(?P<parsed><html>\s*<body>\s*)?(?P<document><document>\s*)?<type>[^\r\n<]", re.IGNORECASE)
_CLOSED = re.compile(rb"</document>\s*(?:</body>\s*</html>\s*)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ExhibitFacts:
    """What a bare exhibit's own bytes do not tell: who filed it and when; the rest has defaults.

    Without ``accession`` the filing gets a synthetic one, see ``make_accession``.
    """

    cik: Cik
    filed: dt.date
    form: str = "8-K"
    accession: AccessionNumber | None = None
    items: tuple[Item, ...] = ()
    company: str | None = None
    type: str = "EX-99.1"


def make_accession(cik: int, filed: dt.date, content: bytes) -> AccessionNumber:
    """A synthetic accession number for an exhibit of which none is known: the same for the same company, day and bytes, always.

    An accession number begins with the CIK of whoever submitted it. EDGAR gives CIKs in sequence and stands near 0002100000;
    synthetic ones begin with 9, far beyond, then have 15 digits of a SHA-256 around the filing's year, so they collide neither with
    EDGAR's nor with each other.
    """
    digest = hashlib.sha256(f"{int(cik)} {filed.isoformat()} ".encode() + hashlib.sha256(content).digest()).digest()
    digits = f"{int.from_bytes(digest[:8], 'big') % 10**15:015d}"
    return AccessionNumber(f"9{digits[:9]}-{filed.year % 100:02d}-{digits[9:]}")


def is_synthetic(accession: str) -> bool:
    """Whether ``make_accession`` made it."""
    return accession.startswith("9")


def read_bare(found: Found, facts: ExhibitFacts | None) -> tuple[FetchedDocument, ExhibitFacts]:
    """A bare exhibit, out of its SGML wrapper where it has one, and its facts, completed by what its path and bytes tell.

    Raises SkipError, InputError for a message without words, and SubmissionError where the wrapper breaks off.
    """
    if not found.head.strip():
        raise SkipError("empty", "the file is empty")
    kind = find_binary_kind(found.head)
    if kind is not None:
        raise SkipError("not_text", f"the file is {kind}; ex99 reads text and HTML")
    if facts is None:
        raise SkipError("no_facts", "no full submission; a bare exhibit needs --cik and --filed")
    content = found.stream.read(LARGEST_EXHIBIT + 1)
    if len(content) > LARGEST_EXHIBIT:
        raise SkipError("too_large", f"more than {LARGEST_EXHIBIT:,} bytes, which no exhibit has")
    address = find_address(found.head)
    _check_facts(found, facts, address)
    description = None
    if is_message(found.head, found.file):
        content, description = read_message(content), DESCRIPTION
    document = _unwrap(content) or FetchedDocument(FilingDocument(1, facts.type, found.file, description, len(content)), content)
    return document, replace(facts, accession=facts.accession or (address[1] if address else None))


def _check_facts(found: Found, facts: ExhibitFacts, address: tuple[Cik, AccessionNumber] | None) -> None:
    """Raise SkipError where the facts contradict the exhibit's path, or the address that it was saved from."""
    if address is not None and address[0] != facts.cik:
        raise SkipError("contradiction", f"the facts say CIK {facts.cik}, and the page was saved from one of {address[0]}")
    for place, named in (("path", AccessionNumber.find_in(found.name)), ("address", address and address[1])):
        if facts.accession and named and facts.accession != named:
            raise SkipError("contradiction", f"--accession says {facts.accession}, and its {place} {named}")


def make_submission(archive: Archive, documents: Sequence[FetchedDocument], facts: ExhibitFacts) -> Submission:
    """Bare exhibits of one filing as a submission; a single one is its press release, among several it is chosen."""
    contents = [fetched.content or b"" for fetched in documents]
    size = sum(map(len, contents))
    accession = facts.accession or make_accession(facts.cik, facts.filed, contents[0])
    filing = Filing(
        accession, facts.form, facts.filed, (facts.cik,), items=facts.items, size=size, primary_document=documents[0].document.filename
    )
    numbered = tuple(replace(fetched, document=replace(fetched.document, sequence=n)) for n, fetched in enumerate(documents, 1))
    choice = ReleaseChoice((1,), "exhibit_99_only", "imported as a bare exhibit")
    return Submission(
        filing=filing,
        filers=(Filer(facts.cik, facts.company or _find_name(archive, facts.cik, contents[0])),),
        documents=numbered,
        header=b"",
        choice=choice if len(numbered) == 1 else choose_release(filing, numbered),
    )


def _unwrap(content: bytes) -> FetchedDocument | None:
    """The document in an SGML wrapper, whole or without its <DOCUMENT> lines; None for bytes without one."""
    begin = _WRAPPED.match(content)
    if begin is None:
        return None
    if not begin["document"] and not begin["parsed"]:
        content = b"<DOCUMENT>\n" + content.lstrip() + (b"" if _CLOSED.search(content[-200:]) else b"\n</DOCUMENT>\n")
    return read_wrapped_document(content)


def _find_name(archive: Archive, cik: Cik, content: bytes) -> str:
    """The company's name: none where the archive knows one already, else the one that the release prints."""
    known = read_company(archive, cik)
    if known is not None and known.name:
        return ""
    result = parse_alone(content)
    return "" if isinstance(result, ParseError) else str(result.company_name or "")
