"""Tables of HTML: spans laid out on a grid, split cells joined, layout told from data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from ex99.parsing.language.currencies import MARK, SIGNS
from ex99.parsing.reading.canonical import RawCell, RawRow
from ex99.parsing.reading.markup import is_hidden, read_look, read_style

LINE_BREAK = "\ue000"
MARK_START = "\ue001"
MARK_END = "\ue002"
_BREAKS = LINE_BREAK + " "
MAX_COLUMNS = 4000
MAX_COLSPAN = 1000
MAX_ROWSPAN = 100

# "$", "US$", "$(", "(", "€ ", "C$ (", "CHF"
_OPENS = re.compile(rf"(?:{MARK})? ?\(? ?$")
# ")", "%", ")%", "pts", "bps", "x"
_CLOSES = re.compile(r"\)? ?(?:%|pts?\.?|bps?|ppts?|x|pp)? ?\)?$", re.IGNORECASE)
# "1,234", "(0.47", "—", "- 5", ".12"
_NUMBER_START = re.compile(rf"[(\[]? ?[-–—−]? ?[{SIGNS}]? ?\(? ?(?:\d|\.\d)|[-–—−]{{1,3}} ?$")
# "1,234", "$(1,234)", "12.5%", "—", "0.47 (1)"
AMOUNT = re.compile(
    rf"[(\[]? ?[-–—−+]? ?(?:{MARK})? ?[(\[]? ?[-–—−]? ?(?:\d[\d,]*(?:\.\d*)?|\.\d+) ?[)\]]? ?%? ?[)\]]?"
    rf"|(?:{MARK} ?)?[-–—−]{{1,3}} ?%?"
)
_MARK = re.compile(r"[(\[]?[0-9a-zA-Z*†‡§]{1,3}[)\]]?(?: ?,? ?[(\[]?[0-9a-zA-Z*†‡§]{1,3}[)\]]?){0,3}$")
_NO_MARKS = frozenset(("th", "st", "nd", "rd", "tm", "sm", "r", "®", "™"))
# "Net sales(1)" with the mark raised
_RAISED = re.compile(f"(?<!\\s)\\s*{MARK_START}([^{MARK_START}{MARK_END}]*){MARK_END}")
_BULLETS = frozenset("•●▪■◦·‣⁃∙○□§Øüoqn*-–—➢►Ÿ¨l") | {"--", "\uf0b7", "\uf0a7", "\uf0d8"}
# "(1)", "(a)", "1.", "*", "(iv)", "[2]"
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4}|\*{1,4}|[†‡§])[)\].:]{0,2}")
# Sept. 30, 2003 | Year 2005 | 9/30/03 | March 31, | First Quarter: a header of a period
_PERIOD_HEAD = re.compile(
    r"^.{0,30}(?:(?:19|20)\d\d|\d/\d\d/\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d\d?,?|quarter)$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LONG_CELL = 300
_DEEPEST = 200
_COLUMN_INDENT = 12
"""Points that a label in the second column counts as further in than one in the first."""


@dataclass(slots=True)
class HtmlRow(RawRow):
    """A row of a table with the elements of its non-empty cells, for the case that the table only lays text out."""

    elements: list[etree._Element] = field(default_factory=list)


def rows_of(table: etree._Element) -> list[etree._Element] | None:
    """The table's rows and captions; None where it holds another table, and so lays out a page."""
    rows = []
    for element in table.iter("tr", "caption", "table"):
        if element.tag != "table":
            rows.append(element)
        elif element is not table:
            return None
    return rows


def read_table_rows(trs: Iterable[etree._Element]) -> list[HtmlRow]:
    """A table's non-empty rows on a grid that honours colspan and rowspan."""
    rows: list[HtmlRow] = []
    covered: dict[int, int] = {}
    for tr in trs:
        if is_hidden(tr):
            continue
        row, covered = _read_row(tr, covered)
        if row is not None:
            rows += _split_lines(row)
    return rows


def _split_lines(row: HtmlRow) -> list[HtmlRow]:
    """A row whose cells hold a value a line ("22,104<br>11,230") as a row for each line; of any other row the breaks become blanks."""
    cells = row.cells
    for cell in cells:
        if LINE_BREAK in cell.text:
            break
    else:
        return [row]
    lines = [[" ".join(line.split()) for line in cell.text.split(LINE_BREAK)] for cell in cells]
    count = len(lines[0])
    values = [line for column in lines[1:] for line in column if line]
    if count > 1 and len(lines) > 1 and all(len(column) == count for column in lines) and all(AMOUNT.fullmatch(v) for v in values):
        return [
            HtmlRow(
                [RawCell(column[i], c.column, c.span) for c, column in zip(cells, lines, strict=True) if column[i]],
                row.indent,
                elements=row.elements,
            )
            for i in range(count)
            if any(column[i] for column in lines)
        ]
    for cell in cells:
        if LINE_BREAK in cell.text:
            cell.text = " ".join(cell.text.replace(LINE_BREAK, " ").split())
    row.cells = join_split_cells(cells)
    return [row]


def _read_row(tr: etree._Element, covered: dict[int, int]) -> tuple[HtmlRow | None, dict[int, int]]:
    """(the row, None where all its cells are empty; columns that its cells cover in rows below)."""
    cells: list[RawCell] = []
    elements: list[etree._Element] = []
    below = {c: n - 1 for c, n in covered.items() if n > 1}
    column = 0
    for td in _cells_of(tr):
        while column in covered:
            column += 1
        style = td.get("style")
        if style and read_style(style).hides and is_hidden(td):
            continue
        if column >= MAX_COLUMNS:
            break
        colspan = td.get("colspan")
        span = 1 if colspan is None else _count(colspan, MAX_COLSPAN)
        rowspan = td.get("rowspan")
        if rowspan is not None and (reach := _count(rowspan, MAX_ROWSPAN)) > 1:
            below = {**below, **{c: max(below.get(c, 0), reach - 1) for c in range(column, min(column + span, MAX_COLUMNS))}}
        text = cell_text(td) if len(td) else td.text
        if text and not text.isspace():
            words, marks = _take_marks(" ".join(text.split()))
            if words.strip(_BREAKS):
                cells.append(RawCell(words, column, span, marks))
                elements.append(td)
        column += span
    if not cells:
        return None, below
    indent, bold = read_look(elements[0])
    indent += _COLUMN_INDENT * cells[0].column
    return HtmlRow(join_split_cells(cells), indent, bold, elements), below


def table_is_data(rows: list[HtmlRow]) -> bool:
    """Whether the table's columns carry meaning: amounts beside labels, or several cells a row that are no bullets and no prose."""
    if any(_has_amounts(row) for row in rows):
        return True
    if any(len(cell.text) > _LONG_CELL for row in rows for cell in row.cells):
        return False
    wide = [row for row in rows if len(row.cells) >= 2 and not is_bullet(row.cells[0].text)]
    return len(wide) >= 2 or any(sum(1 for cell in row.cells if _PERIOD_HEAD.search(cell.text)) >= 2 for row in wide)


def is_bullet(text: str) -> bool:
    """Whether a cell holds only a bullet or the number of a note or list item."""
    return text in _BULLETS or _ENUMERATOR.fullmatch(text) is not None


def _has_amounts(row: RawRow) -> bool:
    cells = row.cells
    if len(cells) == 2 and len(cells[1].text) > 40:
        return False
    return any(_DIGIT.search(cell.text) and AMOUNT.fullmatch(cell.text) for cell in cells[1:])


def join_split_cells(cells: list[RawCell]) -> list[RawCell]:
    """Currency sign, number, closing parenthesis and percent sign of neighbouring cells made one cell."""
    joined: list[RawCell] = []
    for cell in cells:
        if joined and _belong_together(joined[-1], cell, first=len(joined) == 1):
            last = joined[-1]
            joined[-1] = RawCell(last.text + cell.text, last.column, cell.column + cell.span - last.column, cell.marks)
        else:
            joined.append(cell)
    return joined


def _belong_together(last: RawCell, cell: RawCell, *, first: bool) -> bool:
    """Whether two neighbouring cells are one; the first cell of a row is a label unless it stands away from the left edge."""
    if last.marks or cell.column - (last.column + last.span) > 1 or (first and last.column == 0):
        return False
    opens = len(last.text) <= 6 and not last.text[-1].isdigit() and _OPENS.fullmatch(last.text)
    if opens and (_NUMBER_START.match(cell.text) or cell.text == "("):
        return True
    closes = len(cell.text) <= 5 and not cell.text[0].isdigit() and _CLOSES.fullmatch(cell.text) and _NUMBER_START.match(last.text)
    return bool(closes) and _closes_fit(last.text, cell.text)


def _closes_fit(number: str, closing: str) -> bool:
    if ")" in closing:
        return number.count("(") > number.count(")")
    return not number.endswith("%")


def cell_text(td: etree._Element) -> str:
    """A cell's text, paragraph ends as blanks, hidden parts left out; private marks of line breaks and raised notes stay."""
    element, text = td, td.text
    around: list[etree._Element] = []
    while count := len(element):
        child = element[0]
        tail = child.tail
        if count > 1 or (text and not text.isspace()) or (tail and not tail.isspace()):
            parts = [text or ""]
            for child in element:
                _collect(child, parts, 0)
            text = "".join(parts)
            break
        around.append(child)
        element, text = child, child.text
    if text and not text.isspace():
        for one in around:
            if one.tag in _SILENT or is_hidden(one):
                return ""
    return text or ""


_SILENT = frozenset(("script", "style"))
_APART = frozenset(("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "center", "blockquote", "address", "tr", "td"))


def _collect(element: etree._Element, parts: list[str], depth: int) -> None:
    tag = element.tag
    apart = tag in _APART
    if not is_hidden(element) and tag not in _SILENT:
        if apart:
            parts.append(" ")
        if text := element.text:
            parts.append(text)
        if depth > _DEEPEST:
            parts.extend(str(words) for child in element for words in child.itertext())
        else:
            for child in element:
                _collect(child, parts, depth + 1)
    if apart:
        parts.append(" ")
    if tail := element.tail:
        parts.append(tail)


def plain_marks(text: str) -> str:
    """Private characters of raised marks replaced by a blank where words would run together."""
    if MARK_START not in text:
        return text.replace(MARK_END, "") if MARK_END in text else text
    text = _RAISED.sub(lambda m: m[1] if m[1].strip().lower() in _NO_MARKS or not m[1].strip()[:1].isalnum() else " " + m[1], text)
    return text.replace(MARK_START, "").replace(MARK_END, "")


def _take_marks(text: str) -> tuple[str, str]:
    """A cell's words and the raised footnote marks at its end, taken off."""
    if MARK_END not in text:
        return text, ""
    if MARK_START not in text or not text.endswith(MARK_END):
        return " ".join(plain_marks(text).split()), ""
    start = text.rfind(MARK_START)
    head, tail = text[:start].rstrip(), text[start + 1 :].replace(MARK_END, "").strip()
    if head and MARK_START not in head and _MARK.match(tail) and tail.lower() not in _NO_MARKS:
        return head, tail
    return " ".join(plain_marks(text).split()), ""


def _cells_of(tr: etree._Element) -> list[etree._Element]:
    if tr.tag == "caption":
        return [tr]
    cells = list(tr.iterchildren("td", "th"))
    return cells or [cell for cell in tr.iter("td", "th") if next(cell.iterancestors("tr")) is tr]


@lru_cache(maxsize=256)
def _count(text: str, most: int) -> int:
    """How many columns or rows an attribute says that a cell covers, 1 where it makes no sense."""
    digits = text.strip()[:4]
    return min(max(1, int(digits)), most) if digits.isascii() and digits.isdigit() else 1
