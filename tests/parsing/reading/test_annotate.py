"""Marks on the page: the words inside a span's marks are the span's, and the page's words are the same with and without marks."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as pages

from ex99.filings.release import ParseError
from ex99.parsing.document import Document
from ex99.parsing.reading import read_document
from ex99.parsing.reading.annotate import Annotated, MarkedSpan, annotate
from ex99.parsing.reading.places import NOWHERE, find_places

LAYOUTS = sorted(path for path in (Path(__file__).parents[1] / "layouts").iterdir() if path.suffix in (".htm", ".txt"))
_EVERY = 400
_WHITE = re.compile(r"\s+")


def bare(text: str) -> str:
    return _WHITE.sub("", text)


def marked_words(annotated: Annotated) -> dict[str, str]:
    """The words inside the marks of each key."""
    found: dict[str, str] = {}
    for mark in pages.fromstring(annotated.html).iter("mark"):
        for key in mark.get("data-m").split():
            found[key] = found.get(key, "") + mark.text_content()
    return found


def page_words(annotated: Annotated) -> str:
    return bare(pages.fromstring(annotated.html).text_content())


def lines_and_cells(document: Document) -> list[MarkedSpan]:
    """A span for every block, row and cell, and for stretches across them."""
    stretches = [(block.start, block.end) for block in document.blocks if block.end > block.start]
    stretches += [(cell.start, cell.end) for table in document.tables for row in table.rows for cell in row.cells]
    stretches += [(start, min(start + _EVERY // 2, len(document.text))) for start in range(0, len(document.text), _EVERY)]
    return [
        MarkedSpan(start, end, f"s{number}", "figure") for number, (start, end) in enumerate(stretches) if document.text[start:end].strip()
    ]


def check_page(data: bytes, spans: list[MarkedSpan] | None = None) -> None:
    document = read_document(data)
    spans = lines_and_cells(document) if spans is None else spans
    annotated, plain = annotate(data, spans, document), annotate(data, [], document)
    found = marked_words(annotated)
    assert not annotated.missing
    for span in spans:
        assert sorted(bare(found[span.key])) == sorted(bare(document.text[span.start : span.end]))
    assert page_words(annotated) == page_words(plain)
    assert "<mark" not in plain.html


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.name)
def test_every_block_row_and_cell_is_marked_at_its_place(path: Path) -> None:
    check_page(path.read_bytes())


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_spans(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(LAYOUTS)).read_bytes()
    document = read_document(page)
    ends = st.integers(0, len(document.text))
    pairs = [sorted(data.draw(st.tuples(ends, ends))) for _ in range(data.draw(st.integers(1, 6)))]
    kinds = ("figure", "statement", "headline")
    spans = [MarkedSpan(a, b, f"k{n}", kinds[n % 3]) for n, (a, b) in enumerate(pairs) if document.text[a:b].strip()]
    check_page(page, spans)


def test_marks_cross_tags_and_cells_and_overlap() -> None:
    data = b"<p>Net <b>sales</b> rose to <i>$4.1</i> million.</p><table><tr><td>Net sales</td><td>$</td><td>4,085</td></tr></table>"
    text = read_document(data).text
    start, cell = text.index("$4.1"), text.index("$4,085")
    spans = [
        MarkedSpan(0, text.index("\n"), "p0", "statement"),
        MarkedSpan(start, start + 12, "f0", "figure"),
        MarkedSpan(cell, cell + 6, "f1", "figure"),
    ]
    html = annotate(data, spans).html
    assert (
        '<i><mark class="statement figure" data-m="p0 f0">$4.1</mark></i><mark class="statement figure" data-m="p0 f0"> million</mark>'
        in html
    )
    assert '<td><mark class="figure" data-m="f1">$</mark></td><td><mark class="figure" data-m="f1">4,085</mark></td>' in html


def test_rows_made_of_cells_with_a_value_a_line() -> None:
    data = b"<table><tr><td>Net sales<br>Costs</td><td>22,104<br>11,230</td><td>19,876<br>11,230</td></tr></table>"
    text = read_document(data).text
    at = text.rindex("11,230")
    assert annotate(data, [MarkedSpan(at, at + 6, "f0", "figure")]).html.endswith(
        '<td>19,876<br><mark class="figure" data-m="f0">11,230</mark></td></tr></table></body></html>'
    )


def test_typewriter_text_keeps_its_columns() -> None:
    rows = b"Net sales &amp; fees    $1,000     <900>\nCosts                  500      450\n"
    data = b"<TABLE>\n<S>                 <C>      <C>\n" + rows + b"</TABLE>\n"
    text = read_document(data).text
    at = text.index("(900)")
    html = annotate(data, [MarkedSpan(at, at + 5, "f0", "figure")]).html
    assert 'Net sales &amp; fees    $1,000     <mark class="figure" data-m="f0">&lt;900&gt;</mark>\n' in html
    assert html.startswith("<pre>")


def test_the_page_cannot_bring_marks_of_its_own() -> None:
    data = b'<p><mark class="figure" data-m="f0">Acme</mark> Widgets</p><p style="display:none">Acme Widgets</p><p>Acme Widgets</p>'
    document = read_document(data)
    annotated = annotate(data, [MarkedSpan(14, 26, "f0", "figure")], document)
    assert marked_words(annotated) == {"f0": "Acme Widgets"}
    assert annotated.html.endswith('<p><mark class="figure" data-m="f0">Acme Widgets</mark></p></body></html>')


def test_words_that_stand_nowhere_are_told() -> None:
    places = find_places("Net sales\nnot there at all\n900", "Net sales 900")
    assert [place for place in places if place != NOWHERE] == [0, 1, 2, 4, 5, 6, 7, 8, 10, 11, 12]


def _real() -> list[Path]:
    folder = Path(os.environ.get("EX99_CORPUS", "missing")) / "exhibits"
    return sorted(folder.glob("*")) if folder.is_dir() else []


@pytest.mark.corpus
@pytest.mark.skipif(not _real(), reason="EX99_CORPUS names no corpus")
@pytest.mark.parametrize("path", _real(), ids=lambda path: path.name)
def test_real_exhibits(path: Path) -> None:
    try:
        check_page(path.read_bytes())
    except ParseError as error:
        pytest.skip(error.message)
