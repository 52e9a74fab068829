"""Statements typed into paragraphs with no-break spaces."""

from ex99.parsing.reading import read_document
from ex99.parsing.reading.html_lines import TypedLines, typed_lines

GAP = "&nbsp;" * 8


def test_paragraphs_of_one_line_each_become_one_table() -> None:
    rows = "".join(f"<p>{label}{GAP}{one}{GAP}{two}</p>" for label, one, two in (
        ("", "2004", "2003"), ("Net sales", "5,102", "4,880"), ("Cost of sales", "3,010", "2,905"), ("Gross profit", "2,092", "1,975"),
        ("Net income", "402", "377"),
    ))  # fmt: skip
    page = f"<html><body><p>Acme Toys reports.</p>{rows}<p>Sales rose in all regions of the country.</p></body></html>"
    document = read_document(page.encode())
    table = document.tables[0]
    assert [row.cells[0].text for row in table.rows[-4:]] == ["Net sales", "Cost of sales", "Gross profit", "Net income"]
    assert document.words(document.blocks[-1]) == "Sales rose in all regions of the country."


def test_a_few_wide_gaps_make_no_table() -> None:
    document = read_document(f"<html><body><p>Contact:{GAP}(614) 555-0199</p><p>Page{GAP}2</p></body></html>".encode())
    assert document.tables == ()
    assert len(document.blocks) == 2


def test_a_long_paragraph_ends_the_lines() -> None:
    held = TypedLines()
    lines = typed_lines("Net sales\xa0\xa0\xa0\xa05,102\xa0\xa0\xa04,880")
    assert held.takes(lines)
    held.add(lines, ([], "paragraph", False))
    assert held.takes(["Net income per share:"])
    assert not held.takes(["The company expects that sales will be higher in the second half of the year than in the first."])
    assert not held.makes_table
