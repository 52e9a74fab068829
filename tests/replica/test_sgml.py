"""The replica's own reader of submissions, over the openings of every era."""

from __future__ import annotations

from pathlib import Path

import pytest

from ex99.replica.compose import compose_trap
from ex99.replica.sgml import DocumentSpan, Header, SgmlError, open_map, read_documents, read_header, unescape

MODERN = """<SEC-DOCUMENT>0009000001-16-000003.txt : 20160425
<SEC-HEADER>0009000001-16-000003.hdr.sgml : 20160425
<ACCEPTANCE-DATETIME>20160425160512
ACCESSION NUMBER:\t\t0009000001-16-000003
CONFORMED SUBMISSION TYPE:\t8-K
PUBLIC DOCUMENT COUNT:\t\t1
ITEM INFORMATION:\t\tOther Events
ITEM INFORMATION:\t\t
FILED AS OF DATE:\t\t20160425
CONFIRMING COPY:\t

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tOAKHANGER GLASS CO
\t\tCENTRAL INDEX KEY:\t\t\t0009000001

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tOAKHANGER BOTTLE CO
\t\tDATE OF NAME CHANGE:\t20010203

SUBJECT COMPANY:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tDUNMERE PAPER CORP
\t\tCENTRAL INDEX KEY:\t\t\t0009000002
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>a.htm
<TEXT>
one
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def read(tmp_path: Path, text: str | bytes) -> tuple[Header, list[DocumentSpan], bytes]:
    path = tmp_path / "x.txt"
    path.write_bytes(text.encode("latin-1") if isinstance(text, str) else text)
    with open_map(path) as data:
        return read_header(data), read_documents(data), data[:]


def test_reads_single_values_items_and_parties(tmp_path: Path) -> None:
    header, _, _ = read(tmp_path, MODERN)
    assert header.values["ACCESSION NUMBER"] == "0009000001-16-000003"
    assert header.values["ACCEPTANCE-DATETIME"] == "20160425160512"
    assert header.items == ("Other Events", "")
    assert [(p.role, p.cik) for p in header.parties] == [("FILER", 9000001), ("SUBJECT COMPANY", 9000002)]
    assert header.parties[0].former == (("OAKHANGER BOTTLE CO", "20010203"),)


def test_finds_what_lies_between_the_text_tags(tmp_path: Path) -> None:
    _, (span,), data = read(tmp_path, MODERN)
    assert (span.type, span.sequence, span.filename, span.description) == ("8-K", "1", "a.htm", None)
    assert data[span.text_start : span.text_end] == b"one\n"
    assert data[span.start : span.end].startswith(b"<DOCUMENT>")
    assert data[span.start : span.end].endswith(b"</DOCUMENT>")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<SEC-DOCUMENT>0009000001-16-000003.txt", "<SEC-DOCUMENT>/in/edgar/work/x/0009000001-16-000003.txt"),
        ("SEC-", "IMS-"),
        ("<SEC-DOCUMENT>", "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n<SEC-DOCUMENT>"),
        ("\n", "\r\n"),
    ],
    ids=["path", "ims", "pem", "crlf"],
)
def test_takes_every_opening(tmp_path: Path, old: str, new: str) -> None:
    header, spans, _ = read(tmp_path, MODERN.replace(old, new))
    assert header.values["ACCESSION NUMBER"] == "0009000001-16-000003"
    assert header.disseminated == "20160425"
    assert len(header.parties) == 2
    assert [span.type for span in spans] == ["8-K"]


def test_a_document_cut_short_ends_with_the_file(tmp_path: Path) -> None:
    _, (span,), data = read(tmp_path, MODERN.partition("</TEXT>")[0])
    assert span.text_end == span.end == len(data)


def test_a_header_may_be_all_there_is(tmp_path: Path) -> None:
    header, spans, _ = read(tmp_path, MODERN.partition("<DOCUMENT>")[0])
    assert header.parties
    assert spans == []


def test_a_tag_within_a_line_is_text(tmp_path: Path) -> None:
    _, spans, _ = read(tmp_path, MODERN.replace("one\n", "see <DOCUMENT> and </DOCUMENT>\n"))
    assert len(spans) == 1


def test_refuses_what_is_no_submission(tmp_path: Path) -> None:
    with pytest.raises(SgmlError, match="no accession number"):
        read(tmp_path, "hello\n")
    with pytest.raises(SgmlError, match="empty"):
        read(tmp_path, "")


def test_dash_escaping_is_undone(tmp_path: Path) -> None:
    filing = compose_trap("no_filenames")
    assert b"\n- ----" in filing.data
    assert unescape(b"- -----\n- -12\n -3\n") == b"-----\n-12\n -3\n"
