from __future__ import annotations

import pytest

from ex99.crawler.errors import SubmissionError
from ex99.crawler.wrapped import read_index_headers, read_wrapped_document
from tests.crawler.papers import RELEASE, document, header

TAGGED = (
    "<SEC-HEADER>0009990001-24-000017.hdr.sgml : 20241021\n<ACCEPTANCE-DATETIME>20241021161502\n<ACCESSION-NUMBER>0009990001-24-000017\n"
    "<TYPE>8-K\n<PUBLIC-DOCUMENT-COUNT>2\n<PERIOD>20241020\n<ITEMS>2.02\n<ITEMS>9.01\n<FILING-DATE>20241021\n<FILER>\n<COMPANY-DATA>\n"
    "<CONFORMED-NAME>TUMBLEWICK & SONS CORP\n<CIK>0009990001\n<ASSIGNED-SIC>3829\n</COMPANY-DATA>\n<FORMER-COMPANY>\n"
    "<FORMER-CONFORMED-NAME>TUMBLE INC\n<DATE-CHANGED>19990104\n</FORMER-COMPANY>\n</FILER>\n</SEC-HEADER>\n"
)
ROW = (
    "&lt;DOCUMENT&gt;\n&lt;TYPE&gt;{0}\n&lt;SEQUENCE&gt;{1}\n&lt;FILENAME&gt;{2}\n&lt;TEXT&gt;\n"
    '<a href="{2}">Document {1}</a><br>\n&lt;/DOCUMENT&gt;\n'
)
ROWS = ROW.format("8-K", 1, "a.htm") + ROW.format("EX-99.1", 2, "b.htm")
ESCAPED = header().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
PAGE = f"<HTML><HEAD><!--\n{TAGGED}-->\n</HEAD><BODY>\n<PRE>&lt;SEC-DOCUMENT&gt;x\n{ESCAPED}{ROWS}&lt;/SEC-DOCUMENT&gt;</PRE></BODY></HTML>"


def test_a_wrapped_document_gives_the_bytes_of_the_submission() -> None:
    found = read_wrapped_document(document("EX-99.1", RELEASE, 2, "b.htm", "PRESS RELEASE").encode())
    assert found.content == RELEASE.encode()
    assert (found.document.type, found.document.sequence, found.document.filename) == ("EX-99.1", 2, "b.htm")
    assert found.document.description == "PRESS RELEASE"


def test_a_wrapper_that_went_through_an_html_parser() -> None:
    data = (
        b"<html><body><document>\n<type>EX-99.1\n<sequence>2\n<filename>b.htm\n<text>\n<p>Tumblewick</p>\n</text>\n"
        b"</filename></sequence></type></document>\n</body></html>\n"
    )
    found = read_wrapped_document(data)
    assert (found.document.type, found.content) == ("EX-99.1", b"<p>Tumblewick</p>\n")


def test_bare_documents() -> None:
    page = b'<?xml version="1.0"?><html><body><ix:nonNumeric name="dei:DocumentType" id="f">8-K</ix:nonNumeric></body></html>\n'
    found = read_wrapped_document(page)
    assert (found.document.type, found.content) == ("8-K", page)
    assert read_wrapped_document(b"Plain words").document.type == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" ", "empty"),
        (b"<html><title>SEC.gov | File Unavailable</title></html>", "not_a_submission"),
        (document("EX-99.1", RELEASE).encode()[:-20], "truncated"),
        (b"<html><body><p>cut", "truncated"),
    ],
)
def test_documents_that_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(SubmissionError) as caught:
        read_wrapped_document(data)
    assert caught.value.code == code


@pytest.mark.parametrize("data", [TAGGED, PAGE, PAGE.replace(f"<!--\n{TAGGED}-->", "")], ids=["sgml", "page", "page without comment"])
def test_index_headers(data: str) -> None:
    found = read_index_headers(data.encode())
    assert found.filing.accession == "0009990001-24-000017"
    assert [item.number for item in found.filing.items] == ["2.02", "9.01"]
    assert found.filing.acceptance is not None
    assert found.filers[0].sic == "3829"
    rows = [] if data is TAGGED else [("8-K", "a.htm", 0), ("EX-99.1", "b.htm", 0)]
    assert [(d.type, d.filename, d.size) for d in found.documents] == rows


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "empty"),
        ("<html></html>", "not_a_submission"),
        (TAGGED[:-30], "truncated"),
        (PAGE[:-60], "truncated"),
        (TAGGED.replace("<CIK>0009990001", ""), "bad_header"),
    ],
)
def test_headers_that_cannot_be_read(data: str, code: str) -> None:
    with pytest.raises(SubmissionError) as caught:
        read_index_headers(data.encode())
    assert caught.value.code == code
