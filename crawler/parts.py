"""A large filing that is fetched in parts: its header first, then the documents worth a request of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from ex99.crawler.choose import choose_release, set_apart_release
from ex99.crawler.errors import SubmissionError
from ex99.crawler.pages import read_index_page
from ex99.crawler.plan import choose_documents
from ex99.crawler.wrapped import IndexHeaders, read_index_headers, read_wrapped_document
from ex99.filings.filing import FetchedDocument, Filing, FilingDocument, Submission
from ex99.filings.forms import is_8k_family
from ex99.filings.served import Served


class Parts:
    """What has come of a filing so far."""

    def __init__(self, headers: IndexHeaders, page: bytes) -> None:
        self.served: list[Served] = []
        """The answers so far, which whoever adds them notes."""
        self._headers = headers
        self._page = page
        self._open = choose_documents(headers.documents)
        self._fetched: dict[int, FetchedDocument] = {}

    @classmethod
    def read(cls, page: bytes, filing: Filing) -> Self:
        """Begin with a filing's -index-headers page; raises SubmissionError, also for a page of another filing."""
        headers = read_index_headers(page)
        if headers.filing.accession != filing.accession:
            raise SubmissionError("not_a_submission", f"this is {headers.filing.accession}, not {filing.accession}")
        return cls(headers, page)

    @classmethod
    def read_index_page(cls, page: bytes, filing: Filing) -> Self:
        """Begin with a filing's index page, in the place of a header that EDGAR lacks; raises PageError or SubmissionError."""
        index = read_index_page(page)
        if index.filing.accession != filing.accession:
            raise SubmissionError("not_a_submission", f"this is {index.filing.accession}, not {filing.accession}")
        return cls(IndexHeaders(index.filing, index.filers, index.documents), page)

    def next_document(self) -> FilingDocument | None:
        """The document to ask for next; None when all are there."""
        return self._open[0] if self._open else None

    def add(self, body: bytes) -> None:
        """Take in the document that was asked for; raises SubmissionError for another one, or what is none."""
        wanted = self._open[0]
        fetched = read_wrapped_document(body)
        if not _is_wanted(wanted, fetched.document):
            found = " ".join(filter(None, (fetched.document.type, fetched.document.filename))) or "a page that does not say what it is"
            raise SubmissionError("not_a_submission", f"expected {wanted.type} {wanted.filename}, found {found}")
        self._fetched[wanted.sequence] = FetchedDocument(replace(wanted, size=fetched.document.size), fetched.content)
        del self._open[0]

    def submission(self) -> Submission:
        """The filing as if it had been read from its full submission, with the other documents listed only."""
        documents = tuple(self._fetched.get(listed.sequence, FetchedDocument(listed)) for listed in self._headers.documents)
        choice = choose_release(self._headers.filing, documents)
        documents, choice = set_apart_release(documents, choice)
        headers = self._headers
        return Submission(headers.filing, headers.filers, documents, find_header(self._page), choice, tuple(self.served))


def find_header(page: bytes) -> bytes:
    """The bytes of the header that an -index-headers page holds in a comment; the whole page where it does not."""
    before, opening, rest = page.partition(b"<!--")
    header, closing, _ = rest.partition(b"-->")
    return header.strip() + b"\n" if opening and closing and b"-HEADER>" in header and b"-HEADER>" not in before else page


def _is_wanted(wanted: FilingDocument, found: FilingDocument) -> bool:
    """Whether a document proves to be the one asked for: by its SGML wrapper, or bare (inline XBRL, only ever the 8-K) by its own tags.

    Of 368 8-Ks up to 2019 all came wrapped, of 101 later ones in inline XBRL all came bare; and 344 of 344 in inline XBRL name their type
    (dei:DocumentType). So a page that says neither is none of them, whatever it looks like.
    """
    same_type = found.type.upper() == wanted.type.upper()
    if found.filename is None:
        return same_type or (is_8k_family(found.type) and is_8k_family(wanted.type))
    return same_type and found.filename.lower() == (wanted.filename or "").lower()
