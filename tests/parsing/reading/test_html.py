import pytest

from ex99.parsing.reading import read_document
from tests.parsing.pages import html_table, page, read_page


def kinds(document):
    return [(b.kind, document.words(b)) for b in document.blocks]


def cells(table):
    return [[c.text for c in row.cells] for row in table.rows]


def test_blocks_in_reading_order():
    document = read_page("<h1>Acme Reports</h1>", "First words", "<ul><li>one</li><li>two</li></ul>", "<p>Last</p>")
    assert kinds(document) == [
        ("heading", "Acme Reports"),
        ("paragraph", "First words"),
        ("list_item", "one"),
        ("list_item", "two"),
        ("paragraph", "Last"),
    ]
    assert document.media_type == "text/html"
    assert document.text == "Acme Reports\n\nFirst words\n\none\n\ntwo\n\nLast"


def test_bold_and_centered():
    document = read_page(
        '<p align="center"><b>Title of it</b></p>',
        "<center><p>middle</p></center>",
        '<p style="text-align:center;font-weight:700">styled</p>',
        "<p><b>run-in.</b> and more</p>",
    )
    assert [(b.bold, b.centered) for b in document.blocks] == [(True, True), (False, True), (True, True), (False, False)]
    assert document.blocks[0].kind == "heading"


def test_line_breaks():
    document = read_page("<p>one<br>two<br><br>three</p>")
    assert [document.text[b.start : b.end] for b in document.blocks] == ["one\ntwo", "three"]


def test_hidden_words_are_left_out():
    document = read_page(
        '<p>seen<span style="display:none">unseen</span></p>',
        '<div style="visibility: hidden">unseen</div>',
        '<p style="color:#FFFFFF;background-color:#ffffff">unseen</p>',
        "<script>unseen</script>",
        "<style>p {}</style>",
    )
    assert document.text == "seen"


def test_words_in_a_cell_that_nobody_sees_are_left_out():
    document = read_page(
        '<table><tr><td>Revenue</td><td><font color="#FFFFFF">Nine</font> Three <span style="font-size:0">2007</span></td>'
        '<td>20<span style="color: white">16</span></td></tr>'
        '<tr><td>Costs</td><td style="color:#fff"><font style="color:#000000">Six</font></td><td>19</td></tr></table>'
    )
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["Revenue", "Three", "20"], ["Costs", "Six", "19"]]


def test_white_words_on_a_colour_or_outside_tables_are_read():
    document = read_page(
        '<table><tr bgcolor="navy"><td>Revenue</td><td><font color="white">2016</font></td></tr>'
        '<tr><td>Costs</td><td style="background-color:#003366"><span style="color:#ffffff">19</span></td></tr></table>',
        '<div style="color: white">A slide</div>',
    )
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["Revenue", "2016"], ["Costs", "19"]]
    assert document.text.endswith("A slide")


def test_page_breaks_have_no_words():
    document = read_page("<p>one</p>", '<p style="page-break-before:always"></p>', "<hr>", "<p>two</p>")
    assert [b.kind for b in document.blocks] == ["paragraph", "page_break", "page_break", "paragraph"]


def test_a_bullet_and_its_words_in_a_layout_table_are_a_list_item():
    document = read_page(html_table([["•", "Revenue rose to $4 million"], ["•", "Costs fell"]]))
    assert kinds(document) == [("list_item", "• Revenue rose to $4 million"), ("list_item", "• Costs fell")]
    assert document.tables == ()


def test_a_table_of_one_cell_lays_out_paragraphs():
    document = read_page("<table><tr><td><p>One paragraph.</p><p>Another.</p></td></tr></table>")
    assert kinds(document) == [("paragraph", "One paragraph."), ("paragraph", "Another.")]


def test_a_table_around_tables_is_layout():
    inner = html_table([["Sales", "1,234"], ["Costs", "1,000"]])
    document = read_page(f"<table><tr><td><p>Title</p>{inner}</td></tr></table>")
    assert [b.kind for b in document.blocks] == ["paragraph", "table"]
    assert cells(document.tables[0]) == [["Sales", "1,234"], ["Costs", "1,000"]]


@pytest.mark.parametrize(
    ("row", "joined"),
    [
        (["Sales", "$", "1,234", ""], ["Sales", "$1,234"]),
        (["Loss", "$", "(1,234", ")"], ["Loss", "$(1,234)"]),
        (["Loss", "$", "(", "1,234", ")"], ["Loss", "$(1,234)"]),
        (["Margin", "(8.0", ")%", "12.5", "%"], ["Margin", "(8.0)%", "12.5%"]),
        (["Nil", "$", "—"], ["Nil", "$—"]),
        (["Two", "$", "12", "$", "13"], ["Two", "$12", "$13"]),
        (["Notes", "12", "(1)"], ["Notes", "12", "(1)"]),
    ],
)
def test_split_cells_are_one_slice_of_the_text(row, joined):
    document = read_page(html_table([row, ["Other", *["9"] * (len(row) - 1)]]))
    first = document.tables[0].rows[0]
    assert [c.text for c in first.cells] == joined
    assert [document.text[c.start : c.end] for c in first.cells] == joined


def test_spans_place_cells_on_the_grid():
    document = read_page(html_table([["", ("Three Months Ended", 4)], ["", ("2020", 2), ("2019", 2)], ["Sales", "$", "12", "$", "13"]]))
    places = [[(c.text, c.column, c.span) for c in row.cells] for row in document.tables[0].rows]
    assert places == [[("Three Months Ended", 1, 4)], [("2020", 1, 2), ("2019", 3, 2)], [("Sales", 0, 1), ("$12", 1, 2), ("$13", 3, 2)]]


def test_rowspan_holds_its_columns():
    document = read_document(b"<table><tr><td rowspan=2>Sales</td><td>1</td></tr><tr><td>2</td></tr></table>")
    assert [[(c.text, c.column) for c in row.cells] for row in document.tables[0].rows] == [[("Sales", 0), ("1", 1)], [("2", 1)]]


@pytest.mark.parametrize("span", ["0", "-3", "x", "999999999999", "2.5", ""])
def test_odd_spans_do_no_harm(span):
    document = read_document(f'<table><tr><td colspan="{span}">Sales</td><td rowspan="{span}">12</td></tr></table>'.encode())
    assert [c.text for c in document.tables[0].rows[0].cells] == ["Sales", "12"]


def test_raised_footnote_marks_stand_behind_their_cell():
    document = read_page(html_table([["Net sales<sup>(1)</sup>", "1,234<sup>2</sup>"], ["21<sup>st</sup> year", "5"]]))
    table = document.tables[0]
    assert cells(table) == [["Net sales", "1,234"], ["21st year", "5"]]
    assert "Net sales (1)\t1,234 2" in document.text


def test_indent_and_weight_of_rows():
    document = read_page(
        '<table><tr><td style="padding-left:24pt"><b>Basic</b></td><td>1.0</td></tr>'
        "<tr><td>&nbsp;&nbsp;&nbsp;Diluted</td><td>1.1</td></tr></table>"
    )
    rows = document.tables[0].rows
    assert [(r.indent > 0, r.bold) for r in rows] == [(True, True), (True, False)]


def test_cells_of_several_lines_become_rows():
    document = read_page(
        html_table([["Income before taxes<br>Income taxes", "6,227<br>2,398", "5,077<br>1,955"], ["Sales<br>net", "1", "2"]])
    )
    assert cells(document.tables[0]) == [
        ["Income before taxes", "6,227", "5,077"],
        ["Income taxes", "2,398", "1,955"],
        ["Sales net", "1", "2"],
    ]


def test_hidden_cells_take_no_column():
    document = read_document(
        b'<table><tr><td>Sales</td><td style="display:none">x</td><td>12</td></tr><tr><td>Costs</td><td>10</td></tr></table>'
    )
    assert [[(c.text, c.column) for c in row.cells] for row in document.tables[0].rows] == [
        [("Sales", 0), ("12", 1)],
        [("Costs", 0), ("10", 1)],
    ]


def test_typewritten_text_inside_a_page():
    text = "Acme Corp\n\n                 2001      2000\nSales          $1,234    $1,111\nCosts             900       800\n"
    document = read_document(f"<html><body><p>Above</p><pre>{text}</pre></body></html>".encode())
    assert document.tables[0].typewritten
    assert document.blocks[0].kind == "paragraph"


def test_unclosed_and_wrongly_nested_markup_is_read():
    document = read_document(b"<p>one<p>two<b>three<table><tr><td>Sales<td>12<tr><td>Costs<td>10</table>four")
    assert next(document.words(b) for b in document.blocks) == "one"
    assert cells(document.tables[0]) == [["Sales", "12"], ["Costs", "10"]]


def test_blocks_do_not_overlap_and_cells_are_slices():
    document = read_document(page("<h2>Title</h2>", html_table([["Sales", "$", "12"], ["Costs", "", "10"]]), "after"))
    end = 0
    for block in document.blocks:
        assert end <= block.start <= block.end <= len(document.text)
        end = block.end
    for row in document.tables[0].rows:
        for cell in row.cells:
            assert document.text[cell.start : cell.end] == cell.text


def test_lines_laid_out_with_hard_blanks_are_typewritten():
    gap = "&nbsp;" * 8
    lines = [f"Sales{gap}1,{n}00{gap}1,{n}11" for n in range(6)]
    document = read_page(f"<p>{'<br>'.join(lines)}</p>")
    assert document.tables[0].typewritten
    assert cells(document.tables[0])[0] == ["Sales", "1,000", "1,011"]
