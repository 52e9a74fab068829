from __future__ import annotations

import datetime as dt

import pytest

from ex99.crawler.errors import SubmissionError
from ex99.crawler.parts import Parts
from ex99.filings.filing import Filing
from ex99.filings.identifiers import AccessionNumber, Cik
from tests.crawler.papers import COVER, RELEASE, document
from tests.crawler.test_wrapped import PAGE

FILING = Filing(AccessionNumber("0009990001-24-000017"), "8-K", dt.date(2024, 10, 21), (Cik(9990001),))
INLINE = b'<?xml version="1.0"?><html xmlns:ix="x"><body><ix:nonNumeric name="dei:DocumentType" id="f">%s</ix:nonNumeric></body></html>'


def test_a_filing_put_together_from_its_parts() -> None:
    parts = Parts.read(PAGE.encode(), FILING)
    parts.add(document("8-K", COVER, 1, "a.htm").encode())
    parts.add(document("EX-99.1", RELEASE, 2, "b.htm").encode())
    assert parts.next_document() is None
    assert parts.submission().choice.sequences == (2,)


def test_the_8k_may_come_bare_as_inline_xbrl() -> None:
    parts = Parts.read(PAGE.encode(), FILING)
    parts.add(INLINE % b"8-K")
    assert parts.next_document() is not None


@pytest.mark.parametrize(
    "body",
    [
        b"<html><head><title>Maintenance</title></head><body>We will be back soon.</body></html>",
        b"We will be back soon.",
        INLINE % b"10-Q",
        document("EX-99.1", RELEASE, 2, "b.htm").encode(),
        document("8-K", COVER, 1, "another.htm").encode(),
    ],
)
def test_what_does_not_prove_to_be_the_8k_is_refused(body: bytes) -> None:
    parts = Parts.read(PAGE.encode(), FILING)
    with pytest.raises(SubmissionError) as caught:
        parts.add(body)
    assert caught.value.code == "not_a_submission"
    assert (wanted := parts.next_document()) is not None
    assert wanted.filename == "a.htm"
