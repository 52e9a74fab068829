"""Single documents as the Archives serve them (in their SGML wrapper, or bare), and the pages that list documents with their types."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from io import BytesIO

from ex99.crawler.documents import DocumentReader
from ex99.crawler.errors import SubmissionError
from ex99.crawler.header import read_header
from ex99.crawler.items import read_header_items
from ex99.crawler.plain_text import decode
from ex99.crawler.responses import PAGE_TITLES
from ex99.crawler.submission import TOTAL_CAP, filing_from_header
from ex99.filings.filing import FetchedDocument, Filer, Filing, FilingDocument

# <DOCUMENT>; or <html><body><document>, as HTML parsers leave it in files that passed through one
_WRAPPER = re.compile(rb"\A\s*(?P<parsed><html>\s*<body>\s*)?<document>[ \t]*\r?\n?", re.IGNORECASE)
# </text></document></body></html>, as the same parsers end it
_PARSED_END = re.compile(rb"(?:</text>\s*)?</document>\s*(?:</body>\s*)?</html>\s*\Z", re.IGNORECASE)
# <ix:nonNumeric name="dei:DocumentType" contextRef="c-1" id="f-1">8-K</ix:nonNumeric>
_DOCUMENT_TYPE = re.compile(rb"name=\"dei:DocumentType\"[^>]{0,400}>\s*(?:<span[^>]{0,400}>\s*)?([^<\s][^<]{0,20})<")
_HTML_END = re.compile(rb"</html>\s*(?:<!--.*)?\Z", re.IGNORECASE | re.DOTALL)
_HTML_START = re.compile(rb"\A\s*(?:<\?xml\b|<html\b|<!doctype\b)", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^>]{0,2000}>.{0,2000}?</a>|<br>", re.IGNORECASE)
_PRE = re.compile(r"<pre>(.*)", re.IGNORECASE | re.DOTALL)
_SNIFF = 400_000


@dataclass(frozen=True, slots=True)
class IndexHeaders:
    """What .hdr.sgml or -index-headers.html tell: the filing and its filers, and on the latter the documents (sizes unknown, 0)."""

    filing: Filing
    filers: tuple[Filer, ...]
    documents: tuple[FilingDocument, ...]


def read_wrapped_document(data: bytes) -> FetchedDocument:
    """One document as its own address serves it; raises SubmissionError.

    In a wrapper it comes with the type, sequence, name and description there, and as content exactly what the full submission has between
    <TEXT> and </TEXT>. Bare (inline XBRL, which is only ever the primary document) the whole body is the content, the sequence 1, and the
    type what its own dei:DocumentType says, else "".
    """
    if not data.strip():
        raise SubmissionError("empty", "the document is empty")
    if any(title.search(data[:4096]) for title, _ in PAGE_TITLES):
        raise SubmissionError("not_a_submission", "an error page stands where the document should be")
    wrapper = _WRAPPER.match(data)
    if wrapper is not None:
        rest = data[wrapper.end() :]
        return _read_wrapped(_PARSED_END.sub(b"\n</TEXT>\n</DOCUMENT>\n", rest) if wrapper["parsed"] else rest)
    if _HTML_START.match(data) and not _HTML_END.search(data[-4096:]):
        raise SubmissionError("truncated", "the document ends before </html>")
    said = _DOCUMENT_TYPE.search(data[:_SNIFF])
    kind = "" if said is None else decode(said[1]).strip()
    return FetchedDocument(FilingDocument(sequence=1, type=kind, size=len(data)), data)


def read_index_headers(data: bytes) -> IndexHeaders:
    """Read .hdr.sgml or -index-headers.html; raises SubmissionError."""
    text = decode(data)
    if not text.strip():
        raise SubmissionError("empty", "the page is empty")
    if "-HEADER>" not in text and "-HEADER&gt;" not in text:
        raise SubmissionError("not_a_submission", f"expected a filing's header, found {text.strip()[:60]!r}")
    pre = _PRE.search(text)
    listing = "" if pre is None else html.unescape(_LINK.sub("", pre[1]))
    if "</SEC-HEADER>" not in text and "</IMS-HEADER>" not in text and "</SEC-HEADER>" not in listing:
        raise SubmissionError("truncated", "the page ends inside the header")
    if pre is not None and "</SEC-DOCUMENT>" not in listing and "</IMS-DOCUMENT>" not in listing:
        raise SubmissionError("truncated", "the page ends before its list of documents does")
    head = text[text.find("<!--") + 4 : text.find("-->")] if "<!--" in text and "-->" in text else listing.split("<DOCUMENT>")[0] or text
    header = read_header(head)
    documents = _list_documents(listing)
    fetched = tuple(FetchedDocument(document) for document in documents)
    filing = filing_from_header(header, read_header_items(header.item_values, header.filing_date), fetched)
    return IndexHeaders(filing, header.filers, documents)


def _read_wrapped(rest: bytes) -> FetchedDocument:
    reader = DocumentReader(armoured=False, room=TOTAL_CAP)
    reader.feed(b"<DOCUMENT>", True)
    for line in BytesIO(rest):
        reader.feed(line, True)
        if reader.idle:
            break
    if not reader.idle:
        raise SubmissionError("truncated", "the document ends before </DOCUMENT>")
    return reader.finish()[0]


def _list_documents(listing: str) -> tuple[FilingDocument, ...]:
    reader = DocumentReader(armoured=False, room=0)
    start = listing.find("<DOCUMENT>")
    for line in listing[start:].splitlines() if start != -1 else ():
        reader.feed(line.encode("utf-8", "replace"), True)
    return tuple(replace(fetched.document, size=0) for fetched in reader.finish())
