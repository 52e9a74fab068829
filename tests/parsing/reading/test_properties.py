"""Whatever the bytes, a document's blocks lie in order in its text and every cell is a slice of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ex99.filings.release import PARSE_ERRORS, ParseError
from ex99.parsing.document import Document
from ex99.parsing.reading import read_document
from ex99.parsing.tables.sections import read_tables
from tests.parsing.pages import html_table, page
from tests.parsing.reading.test_typewriter import STATEMENT

SEEDS = (
    page("<h1>Widget Works</h1>", "Net sales rose.", html_table([["", ("2020", 2), ("2019", 2)], ["Sales", "$", "12", "$", "(13)"]])),
    STATEMENT.encode(),
    b"<html><body><pre>" + STATEMENT.encode() + b"</pre></body></html>",
)
PIECES = [
    b"<table>", b"</table>", b"<tr>", b"<td>", b"</td>", b'<td colspan="3">', b'<td rowspan="2">', b"<br>", b"<p>", b"<sup>1</sup>",
    b"<PAGE>", b"\n\n", b"  1,234", b"$", b"(", b")", b"%", b"\xe2\x80\x94", b"&nbsp;", b"&#146;", b"\x92", b"\x00", b"\xee\x80\x80",
    b"March 31, 2020", b"in thousands", b"---  ---",
]  # fmt: skip


def read_or_refuse(data: bytes) -> Document | None:
    try:
        return read_document(data)
    except ParseError as error:
        if error.code not in PARSE_ERRORS:
            raise
        return None


def check(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.start <= block.end <= len(document.text)
        end = block.end
        for row in block.table.rows if block.table is not None else ():
            assert row.cells
            for cell in row.cells:
                assert block.start <= cell.start <= cell.end <= block.end
                assert " ".join(document.text[cell.start : cell.end].split()) == cell.text
    assert not any(mark in document.text for mark in "\ue000\ue001\ue002\x00")
    for section in read_tables(document)[0]:
        assert len(section.heads) == len(section.periods) == len(section.grid.columns)


@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(PIECES)), max_size=12), st.integers(0, 3000))
@settings(max_examples=150, deadline=2000)
def test_mutated_documents(seed: bytes, edits: list[tuple[int, bytes]], cut: int) -> None:
    data = seed
    for place, piece in edits:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at:]
    document = read_or_refuse(data[: len(data) - cut % 400])
    if document is not None:
        check(document)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join))
@settings(max_examples=150, deadline=2000)
def test_documents_put_together_at_random(data: bytes) -> None:
    document = read_or_refuse(data)
    if document is not None:
        check(document)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=2000)
def test_bytes(data: bytes) -> None:
    document = read_or_refuse(data)
    if document is not None:
        check(document)


@pytest.mark.corpus
def test_every_exhibit_of_the_corpus() -> None:
    folder = os.environ.get("EX99_CORPUS")
    if not folder:
        pytest.skip("EX99_CORPUS is not set")
    for path in sorted((Path(folder) / "exhibits").iterdir()):
        document = read_or_refuse(path.read_bytes())
        if document is not None:
            check(document)
