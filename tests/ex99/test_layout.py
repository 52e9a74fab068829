"""Tables of a release laid out for a terminal."""

from __future__ import annotations

from rich.text import Text

from ex99.cli.layout import lay_out
from ex99.parsing.reading import read_document

PAGE = """<html><body><p>Wexcombe reports its second quarter today.</p>
<table>
<tr><td></td><td colspan="5">Three Months Ended</td></tr>
<tr><td></td><td colspan="2">June 30, 2007</td><td></td><td colspan="2">June 30, 2006</td></tr>
<tr><td>Net sales</td><td>$</td><td>1,250</td><td></td><td>$</td><td>75</td></tr>
<tr><td></td><td colspan="2"></td><td></td><td colspan="2"></td></tr>
<tr><td>Net loss of the whole group with all its parts and of those that it left in the year before the last</td>
<td></td><td>(12</td><td>)</td><td></td><td>(3</td></tr>
<tr><td>Notes:</td></tr>
</table><p>The end of it.</p></body></html>"""


def lay(page: str, marked: str = "", note: str = "") -> Text:
    document = read_document(page.encode())
    at = document.text.find(marked) if marked else -1

    def cut(start: int, end: int) -> Text:
        piece = Text(document.text[start:end])
        if at >= 0 and start <= at < end:
            piece.stylize("bold", at - start, at - start + len(marked))
        return piece

    def say(start: int, end: int) -> Text:
        return Text(f" <- {note}") if note and start <= at < end else Text()

    return lay_out(document.text, document.tables, cut, say)


def test_numbers_stand_under_their_columns_and_spans_over_theirs() -> None:
    lines = lay(PAGE).plain.splitlines()
    sales = next(line for line in lines if line.startswith("Net sales"))
    dates = next(line for line in lines if "June 30, 2007" in line)
    head = next(line for line in lines if "Three Months Ended" in line)
    for printed, date in (("1,250", "June 30, 2007"), ("75", "June 30, 2006")):
        assert sales.index(printed) + len(printed) == dates.index(date) + len(date)
    assert dates.index("June 30, 2007") <= head.index("Three") < dates.index("June 30, 2006") + 13
    assert next(line for line in lines if "(12" in line).startswith(" ")
    assert "Notes:" in lines


def test_every_word_stays_and_nothing_is_added() -> None:
    document = read_document(PAGE.encode())
    assert lay(PAGE).plain.split() == document.text.split()


def test_styles_and_notes_stay_with_their_words() -> None:
    laid = lay(PAGE, marked="1,250", note="revenue")
    (span,) = laid.spans
    assert laid.plain[span.start : span.end] == "1,250"
    assert next(line for line in laid.plain.splitlines() if "revenue" in line).split()[0] == "Net"


def test_typewriter_text_is_left_alone() -> None:
    page = "WEXCOMBE OPTICS\n\n            2007     2006\nNet sales   $1,250   $  75\nNet income      12        3\n"
    assert lay(page).plain.rstrip() == read_document(page.encode()).text.rstrip()
