"""Each reader of EDGAR's formats takes at most 2.3 times as long for twice the input, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from ex99.crawler.errors import ListingError, PageError, SubmissionError
from ex99.crawler.feeds import read_company_feed, read_current
from ex99.crawler.indexes import read_index
from ex99.crawler.listings import read_company_tickers, read_overflow, read_submissions
from ex99.crawler.pages import read_index_page
from ex99.crawler.responses import classify_response
from ex99.crawler.submission import read_submission
from ex99.crawler.wrapped import read_index_headers, read_wrapped_document
from ex99.filings.identifiers import Cik
from tests.crawler.papers import RELEASE, document, header
from tests.growing import CHARACTERS, LINES, MARKUP, MOST, PHRASES, Killer, growth, tell_growth

_SIZE = 16_000
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest</title>'
_JSON = '{"cik": "1", "name": "Acme", "filings": {"recent": '
_INDEX = "Form Type   Company Name    CIK    Date Filed  File Name\n-----\n"
_END = "</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
_WORDS = (*CHARACTERS, *PHRASES, *LINES, *MARKUP)

Read = Callable[[bytes], object]
READERS: dict[str, tuple[Read, tuple[tuple[str, tuple[str, ...], str], ...]]] = {
    "submission": (
        lambda data: read_submission(BytesIO(data)),
        (
            (header(), (document("EX-99.1", RELEASE), "<DOCUMENT>\n", "<TYPE>EX-99\n", *_WORDS), "</SEC-DOCUMENT>\n"),
            (header() + "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n", ("Item 2.02 Results\n", *_WORDS), _END),
            ("<SEC-HEADER>", ("FILER:\n", "\tCOMPANY CONFORMED NAME: A\n", "<ITEMS>2.02\n", "A:", *_WORDS), "</SEC-HEADER>\n"),
        ),
    ),
    "document": (read_wrapped_document, (("<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n", _WORDS, "</TEXT>\n</DOCUMENT>\n"), ("<html>", _WORDS, ""))),
    "index headers": (read_index_headers, (("<html><pre>", ("&lt;DOCUMENT&gt;\n&lt;TYPE&gt;8-K\n", *_WORDS), "</pre></html>"),)),
    "submissions": (read_submissions, ((_JSON, ("[", '{"form":', '"8-K",', "1,", *CHARACTERS), "}}"),)),
    "overflow": (lambda data: read_overflow(data, Cik("1")), (('{"form": ["8-K"', (', "8-K"', ", 1", "[", " "), "]}"),)),
    "tickers": (read_company_tickers, (("{", ('"{n}": {"cik_str": {n}, "ticker": "A{n}", "title": "Acme {n}"}, ', "[", " "), '"x": 1}'),)),
    "index": (lambda data: list(read_index(BytesIO(data))), ((_INDEX, ("8-K   Acme   1   2024-01-02   a/1/2.txt\n", *_WORDS), ""),)),
    "index page": (read_index_page, (("<html><body><div>", ("<table><tr><td>1</td></tr></table>", *_WORDS), "</div></body></html>"),)),
    "current": (read_current, ((_ATOM, ("<entry><title>8-K - A (0000000001) (Filer)</title></entry>", *_WORDS), "</feed>"),)),
    "company feed": (read_company_feed, ((_ATOM, ("<entry><content/></entry>", "<a>", "&lt;"), "</feed>"),)),
    "response": (lambda data: classify_response(200, "text/html", data), (("<html>", _WORDS, ""),)),
}  # fmt: skip
"""Each reader, and what its input begins with, is filled with and ends with."""


@pytest.mark.parametrize("name", READERS)
def test_a_reader_grows_with_its_input(name: str, record_property: Callable[[str, object], None]) -> None:
    reader, frames = READERS[name]

    def read(data: bytes) -> None:
        try:
            reader(data)
        except (ListingError, PageError, SubmissionError):
            return

    inputs = [Killer(name, before, unit, after) for before, units, after in frames for unit in units]
    grown = {str(killer): ratio for killer in inputs if (ratio := growth(read, killer, _SIZE))}
    record_property("measured", f"{name}: {len(inputs)} inputs, {tell_growth(grown.values())}")
    assert not {killer: ratio for killer, ratio in grown.items() if ratio > MOST}
