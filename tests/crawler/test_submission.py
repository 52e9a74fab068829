from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ex99.crawler import documents as documents_module
from ex99.crawler.documents import DocumentReader
from ex99.crawler.errors import SubmissionError
from ex99.crawler.pieces import PIECE
from ex99.crawler.submission import read_submission
from ex99.filings.filing import NEW_YORK, Submission
from tests.crawler.papers import CONTRACT, COVER, RELEASE, UUENCODED, company, document, header, submission


def read(data: bytes) -> Submission:
    return read_submission(io.BytesIO(data))


def code_of(data: bytes) -> str:
    with pytest.raises(SubmissionError) as caught:
        read(data)
    return caught.value.code


TWO = (document("8-K", COVER), document("EX-99.1", RELEASE, 2))


def test_reads_a_modern_submission() -> None:
    found = read(submission(*TWO))
    assert found.filing.accession == "0009990001-24-000017"
    assert found.filing.form == "8-K"
    assert found.filing.filing_date == dt.date(2024, 10, 21)
    assert found.filing.acceptance == dt.datetime(2024, 10, 21, 16, 15, 2, tzinfo=NEW_YORK)
    assert [item.number for item in found.filing.items] == ["2.02", "9.01"]
    assert found.filers[0].sic == "3829"
    assert found.filing.primary_document == "paper.txt"
    assert [d.content for d in found.documents] == [COVER.encode(), RELEASE.encode()]
    assert found.choice.sequences == (2,)
    assert found.choice.reason == "exhibit_99"
    assert found.header.startswith(b"<SEC-DOCUMENT>")
    assert found.header.rstrip().endswith(b"</SEC-HEADER>")


@pytest.mark.parametrize("kind", ["SEC", "IMS"])
def test_undoes_dash_escaping_in_armoured_files_alone(kind: str) -> None:
    armoured = read(submission(*TWO, kind=kind, head=header(kind=kind, accepted=None), armoured=True))
    assert armoured.documents[1].content == RELEASE.encode()
    assert armoured.filing.acceptance is None
    dashed = RELEASE + "- a list\n- of two\n"
    assert read(submission(TWO[0], document("EX-99.1", dashed, 2))).documents[1].content == dashed.encode()


def test_reads_the_bare_tagged_form() -> None:
    head = (
        "<SUBMISSION>\n<ACCESSION-NUMBER>0009990001-24-000018\n<TYPE>8-K/A\n<PERIOD>20241020\n<ITEMS>2.02\n<ITEMS>9.01\n"
        "<FILING-DATE>20241021\n<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>TUMBLEWICK CORP\n<CIK>0009990001\n</COMPANY-DATA>\n</FILER>\n"
    )
    found = read((head + "".join(TWO) + "</SUBMISSION>\n").encode())
    assert found.filing.accession == "0009990001-24-000018"
    assert [item.number for item in found.filing.items] == ["2.02", "9.01"]
    assert found.filing.period_of_report == dt.date(2024, 10, 20)
    assert len(found.documents) == 2


def test_a_path_in_the_first_line_and_missing_file_names_are_no_matter() -> None:
    data = submission(document("8-K", COVER, filename=None), document("EX-99", RELEASE, 2, filename=None))
    found = read(data.replace(b"<SEC-DOCUMENT>", b"<SEC-DOCUMENT>/in/edgar/work/0009990001-24-000017/"))
    assert [d.document.filename for d in found.documents] == [None, None]
    assert found.choice.sequences == (2,)


def test_a_file_that_is_only_the_header_has_no_documents() -> None:
    found = read(header().encode())
    assert found.documents == ()
    assert found.choice.reason == "header_only"


def test_binaries_are_listed_without_content_and_counted() -> None:
    graphic = document("GRAPHIC", UUENCODED, 2, "logo.jpg")
    pdf = document("EX-99.2", "<PDF>\n" + UUENCODED + "</PDF>\n", 4, "slides.pdf")
    xbrl = document("EX-101.SCH", "<XBRL>\n<?xml version='1.0'?><schema/>\n</XBRL>\n", 5, "x.xsd")
    found = read(submission(TWO[0], graphic, document("EX-99.1", RELEASE, 3), pdf, xbrl))
    assert [d.content is None for d in found.documents] == [False, True, False, True, True]
    assert found.documents[1].document.size == len(UUENCODED)
    assert found.documents[3].document.size == len("<PDF>\n" + UUENCODED + "</PDF>\n")
    assert found.choice.sequences == (3,)


def test_several_filers_and_former_names() -> None:
    blocks = (
        company("GRUMMET LTD", 9990003, "FILED BY"),
        company("TUMBLEWICK CORP", 9990001, "SUBJECT COMPANY", former=(("TUMBLE INC", "19990104"),)),
        "CONFIRMING COPY:\t\n",
    )
    found = read(submission(*TWO, head=header(blocks=blocks)))
    assert [str(cik) for cik in found.filing.filers] == ["9990001", "9990003"]
    assert found.filers[0].former_names[0].name == "TUMBLE INC"
    assert found.filers[0].former_names[0].until == dt.date(1999, 1, 4)


def test_items_of_the_text_stand_in_where_the_header_leaves_them_blank() -> None:
    text = (
        "FORM 8-K\n\n------Item 5.  Other Events.\n\nNothing to tell.\n\nITEM 6. RESIGNATIONS\n\nNone.\n\n"
        "ITEM 8. CHANGE IN FISCAL YEAR.\n\n  Not applicable.\n\nItem 12. Results of Operations\n\nSee the release.\n"
    )
    head = header(filed="20031021", accepted=None, items=("", "Financial statements and exhibits"))
    found = read(submission(document("8-K", text), head=head))
    assert [item.number for item in found.filing.items] == ["5", "7", "12"]


def test_a_blank_item_line_and_a_text_without_headings() -> None:
    data = submission(document("8-K", "<p>The company has news.</p>"), head=header(items=("",)))
    assert read(data).filing.items == ()


def test_a_submission_served_twice_is_refused() -> None:
    assert code_of(submission(*TWO) * 2) == "doubled"


def test_documents_that_stand_twice_are_refused() -> None:
    assert code_of(submission(*TWO, *TWO)) == "doubled"


def test_sequences_that_are_missing_or_doubled_are_given_out_anew() -> None:
    found = read(submission(document("8-K", COVER, "x"), document("EX-99.1", RELEASE, 2), document("EX-99.2", CONTRACT, 2)))
    assert [d.document.sequence for d in found.documents] == [3, 2, 4]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"<!DOCTYPE html><html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>", "not_a_submission"),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "not_a_submission"),
        (b'{"cik": 1}', "not_a_submission"),
        (b"words\n" * 100, "not_a_submission"),
        (b"one word", "not_a_submission"),
        (submission(*TWO, head=header(filed="20241399")), "bad_header"),
        (submission(*TWO, head=header(form="")), "bad_header"),
        (submission(*TWO, head=header(blocks=(company(cik=0),))), "bad_header"),
    ],
)
def test_what_is_no_submission_says_why(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_every_cut_of_a_submission_is_noticed() -> None:
    whole = submission(*TWO)
    for end in range(len(whole) // 3, len(whole) - len("</SEC-DOCUMENT>\n"), 37):
        assert code_of(whole[:end]) in {"truncated", "bad_header"}, whole[max(0, end - 60) : end]


def test_lines_longer_than_a_piece_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "<p>" + "x" * (PIECE + 100) + "</p>\n"
    found = read(submission(document("8-K", line), document("GRAPHIC", "begin 644 a\n" + "y" * (2 * PIECE) + "\n", 2)))
    assert found.documents[0].content == line.encode()
    assert found.documents[1].document.size == 2 * PIECE + 13


class Endless(io.RawIOBase):
    """A submission whose graphic is as long as one likes, made while it is read."""

    def __init__(self, blocks: int) -> None:
        graphic = document("GRAPHIC", "begin 644 a.jpg\n~end\n", 2)
        before, after = submission(TWO[0], graphic, document("EX-99.1", RELEASE, 3)).split(b"~")
        self._parts = iter([before, *[(b"M" + b"5" * 60 + b"\n") * 16_912] * blocks, after])
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._left = self._left or next(self._parts, b"")
        part = self._left[: len(buffer)]
        buffer[: len(part)] = part
        self._left = self._left[len(part) :]
        return len(part)


def test_a_long_submission_is_read_in_constant_memory() -> None:
    tracemalloc.start()
    try:
        found = read_submission(io.BufferedReader(Endless(5_000 if os.environ.get("EX99_FULL") == "1" else 100)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.documents[1].document.size > 100_000_000
    assert found.choice.sequences == (3,)
    assert peak < 12 * 2**20


@pytest.mark.parametrize(
    "noise",
    [
        "- " * 3000,
        "\n" * 20_000,
        "A, " * 3000,
        "today " * 3000,
        "<p" * 20_000,
        "<!-- " * 5000,
        "Item " * 9000,
        "agreement\n" * 900,
    ],
)
def test_hostile_texts_take_no_time(noise: str) -> None:
    begun = time.perf_counter()
    read(submission(document("8-K", noise), document("EX-99.1", noise, 2)))
    assert time.perf_counter() - begun < 3


def test_a_document_over_the_cap_is_listed_without_content() -> None:
    reader = DocumentReader(armoured=False, room=10_000, cap=50)
    for line in document("EX-99.1", RELEASE).encode().splitlines(keepends=True):
        reader.feed(line, True)
    (found,) = reader.finish()
    assert found.content is None
    assert found.document.size == len(RELEASE)
    assert documents_module.DOCUMENT_CAP >= 16 * 2**20


def test_end_tags_on_the_last_line_of_a_text() -> None:
    data = submission(*TWO).replace(b"- - - -\n</TEXT>\n</DOCUMENT>", b"- - - -</TEXT></DOCUMENT>")
    assert read(data).documents[1].content == RELEASE.rstrip("\n").encode()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4000), st.integers(0, 300))
def test_any_damage_gives_a_submission_or_an_error(noise: bytes, at: int, length: int) -> None:
    whole = submission(*TWO, armoured=bool(at % 2))
    damaged = whole[:at] + noise + whole[at + length :]
    with contextlib.suppress(SubmissionError):
        found = read(damaged)
        assert len({d.document.sequence for d in found.documents}) == len(found.documents)
