"""Full submissions: a stream of bytes as EDGAR serves it -> header facts, documents, and the press release chosen among them.

Every era: PEM armour round <IMS-DOCUMENT> (1993-95) or <SEC-DOCUMENT> (to about 2011), <SEC-DOCUMENT> alone (since), the bare tagged
<SUBMISSION>, and a file that is only the header. The stream is read once, line by line. What is held at any moment is the header
(up to HEADER_CAP), one piece of a line (PIECE bytes) and the text documents: each up to DOCUMENT_CAP and together up to TOTAL_CAP.
Graphics, archives and XBRL are counted and passed over, so that a file of 500 MB takes no more memory than one of 1 MB.
"""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO

from ex99.crawler.choose import choose_release, set_apart_release
from ex99.crawler.documents import DOCUMENT_CAP, DocumentReader
from ex99.crawler.errors import SubmissionError
from ex99.crawler.header import Header, read_header
from ex99.crawler.items import find_text_items, read_header_items, sort_items
from ex99.crawler.pieces import Pieces
from ex99.crawler.plain_text import decode, read_plain_text
from ex99.filings.filing import FetchedDocument, Filing, Submission
from ex99.filings.forms import Item, is_8k_family

HEADER_CAP = 8 * 2**20
"""Bytes of a header; a thousand co-registrants fit."""
TOTAL_CAP = 4 * DOCUMENT_CAP
"""Bytes of text documents held together; those beyond are listed without content."""

_OPENERS = (b"<SEC-DOCUMENT>", b"<IMS-DOCUMENT>", b"<SUBMISSION>", b"<SEC-HEADER>", b"<IMS-HEADER>")
_ARMOUR = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_CLOSERS = (b"</SEC-DOCUMENT>", b"</IMS-DOCUMENT>", b"</SUBMISSION>", b"-----END PRIVACY-ENHANCED MESSAGE-----")
_NEEDS_CLOSER = (b"<SEC-DOCUMENT>", b"<IMS-DOCUMENT>", b"<SUBMISSION>", _ARMOUR)
_FOREIGN = (b"<!doctype", b"<html", b"<?xml", b"<error", b"{", b"%pdf")
"""How pages and data begin that stand where a submission should."""
_OPENING_LINES = 40
"""Lines within which a submission's first tag stands (the PEM armour takes about ten)."""
_ITEM_TEXT = 60_000
"""Characters of the primary document in which item headings are sought."""


def read_submission(stream: BinaryIO) -> Submission:
    """Take a full submission apart and choose its release; raises SubmissionError (see its codes)."""
    pieces = Pieces(stream)
    header_bytes, armoured, first = _read_head(pieces)
    header = read_header(decode(header_bytes))
    documents = _read_documents(pieces, armoured, header_bytes, first)
    _check_count(header, documents)
    filing = _read_filing(header, documents)
    choice = choose_release(filing, documents)
    documents, choice = set_apart_release(documents, choice)
    return Submission(filing=filing, filers=header.filers, documents=documents, header=header_bytes, choice=choice)


def read_items(header: Header, documents: tuple[FetchedDocument, ...]) -> tuple[Item, ...]:
    """The items of the header; where it leaves lines blank (as for many filings of 1997-2004), those of the primary document's text too."""
    items = read_header_items(header.item_values, header.filing_date)
    named = sum(1 for value in header.item_values if value)
    complete = header.item_values and named == len(header.item_values)
    primary = next((d.content for d in documents if is_8k_family(d.document.type) and d.content is not None), None)
    if complete or primary is None or not is_8k_family(header.form):
        return items
    return sort_items((*items, *find_text_items(read_plain_text(primary, _ITEM_TEXT), header.filing_date)))


def filing_from_header(
    header: Header,
    items: tuple[Item, ...],
    documents: tuple[FetchedDocument, ...] = (),
    size: int | None = None,
) -> Filing:
    """The Filing that a header describes."""
    primary = documents[0].document.filename if documents else None
    return Filing(
        accession=header.accession,
        form=header.form,
        filing_date=header.filing_date,
        filers=tuple(filer.cik for filer in header.filers),
        acceptance=header.acceptance,
        period_of_report=header.period_of_report,
        items=items,
        size=size,
        primary_document=primary,
    )


def _read_filing(header: Header, documents: tuple[FetchedDocument, ...]) -> Filing:
    return filing_from_header(header, read_items(header, documents), documents)


def _read_head(pieces: Pieces) -> tuple[bytes, bool, bytes | None]:
    """(header as served, whether the file is in PEM armour, the <DOCUMENT> line that ended it or None at the end of the file)."""
    kept: list[bytes] = []
    length = number = 0
    opened = armoured = any_word = False
    for piece, begins in pieces:
        mark = piece.strip()
        any_word = any_word or bool(mark)
        if not opened:
            armoured = armoured or mark == _ARMOUR
            opened = mark.upper().startswith(_OPENERS)
            number += bool(mark)
            if not opened and (number > _OPENING_LINES or mark.lower().startswith(_FOREIGN)):
                raise SubmissionError("not_a_submission", f"expected an SGML header, found {mark[:60]!r}")
        elif begins and mark.upper() == b"<DOCUMENT>":
            return b"".join(kept), armoured, mark
        kept.append(piece)
        length += len(piece)
        if length > HEADER_CAP:
            raise SubmissionError("header_too_large", f"the header goes on past {HEADER_CAP} bytes")
    if not any_word:
        raise SubmissionError("empty", "the submission is empty")
    if not opened:
        raise SubmissionError("not_a_submission", "the file has no SGML header")
    return b"".join(kept), armoured, None


def _read_documents(
    pieces: Pieces,
    armoured: bool,
    header: bytes,
    first: bytes | None,
) -> tuple[FetchedDocument, ...]:
    reader = DocumentReader(armoured, TOTAL_CAP)
    closed = first is None and any(closer in header for closer in _CLOSERS)
    if first is not None:
        reader.feed(first, True)
        for piece, begins in pieces:
            mark = piece.strip().upper() if reader.idle and begins else b""
            if mark.startswith(_CLOSERS):
                closed = True
            elif mark.startswith((*_OPENERS, _ARMOUR)):
                raise SubmissionError("doubled", f"a further submission begins after {len(reader.documents)} documents: {mark[:60]!r}")
            else:
                reader.feed(piece, begins)
                if reader.passes_over:
                    reader.count(pieces.skip_text())
    needs_closer = any(opener in header for opener in _NEEDS_CLOSER)
    if not reader.idle or (needs_closer and not closed):
        raise SubmissionError("truncated", f"the submission ends before its closing tags, after {len(reader.documents)} whole documents")
    if first is None and b"-HEADER>" in header and b"</" not in header:
        raise SubmissionError("truncated", "the submission ends inside its header")
    return reader.finish()


def _check_count(header: Header, documents: tuple[FetchedDocument, ...]) -> None:
    """Refuse documents that stand twice, by the header's own count of them.

    Fewer than it counts are no error: EDGAR counts one or two that the full submission lacks where it has made XBRL renderings (64 of 215
    submissions measured, all since 2024; none of the others differed).
    """
    told = header.document_count
    if told is None or len(documents) <= told:
        return
    seen = Counter((fetched.document.type, fetched.document.filename, fetched.document.size) for fetched in documents)
    twice = next((key for key, times in seen.items() if times > 1), None)
    if twice is not None:
        raise SubmissionError(
            "doubled", f"the header counts {told} documents, here are {len(documents)}, with {twice[1] or twice[0]} twice"
        )
