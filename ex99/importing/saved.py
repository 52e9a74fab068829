"""What a browser makes of a page that it saves, undone: a text shown as a page, and the address that the page was saved from."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import BinaryIO

from ex99.exhibits import LARGEST_EXHIBIT, is_submission
from ex99.filings.identifiers import AccessionNumber, Cik

# <html><head><meta name="color-scheme" content="light dark"></head><body><pre style="word-wrap: break-word;">&lt;SEC-DOCUMENT&gt;
_SHOWN_TEXT = re.compile(
    rb"\A\s*<html\b[^>]{0,500}>\s*<head>.{0,1000}?</head>\s*<body[^>]{0,500}>\s*<pre\b[^>]{0,500}>", re.IGNORECASE | re.DOTALL
)
_SHOWN_END = re.compile(rb"</pre>\s*(?:<div[^>]{0,200}>\s*</div>\s*)?</body>\s*</html>\s*\Z", re.IGNORECASE)
# <!-- saved from url=(0077)https://www.sec.gov/Archives/edgar/data/49728/000095012305012345/ex991.htm -->
# Snapshot-Content-Location: https://www.sec.gov/Archives/edgar/data/49728/000095012305012345/ex991.htm
_SAVED_FROM = re.compile(
    rb"(?:<!-- saved from url=\(\d{4}\)|\nSnapshot-Content-Location:[ \t]{0,9})https?://www\.sec\.gov/Archives/edgar/data/(?P<cik>\d{1,10})/(?P<accession>\d{18}|\d{10}-\d\d-\d{6})\D"
)


def find_shown_submission(head: bytes) -> bool:
    """Whether a file that begins so is a full submission that a browser showed as text and saved as a page."""
    shown = _SHOWN_TEXT.match(head)
    return shown is not None and is_submission(html.unescape(head[shown.end() :].decode("latin-1")).encode("latin-1", "replace"))


def read_shown_text(stream: BinaryIO) -> BinaryIO:
    """The text that such a page shows; a page of more than LARGEST_EXHIBIT bytes comes cut, which its reader notices."""
    data = stream.read(LARGEST_EXHIBIT)
    shown = _SHOWN_TEXT.match(data)
    text = _SHOWN_END.sub(b"\n", data[shown.end() :] if shown else data)
    return BytesIO(html.unescape(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape"))


def find_address(head: bytes) -> tuple[Cik, AccessionNumber] | None:
    """The company and filing that a saved page's own comment names, or None."""
    found = _SAVED_FROM.search(head)
    return None if found is None else (Cik.parse(found["cik"].decode()), AccessionNumber.parse(found["accession"].decode()))
