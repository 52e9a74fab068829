"""Typewriter text to blocks: paragraphs, headings and list items by their shape, tables by their columns of numbers."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise

from ex99.parsing.reading.canonical import CanonicalText
from ex99.parsing.reading.typed_lines import PERIOD_WORDS, Line, read_line, split_pieces
from ex99.parsing.reading.typewriter_tables import read_typed_rows

# <TABLE> <CAPTION> <S> <C> <FN> <F1> </TABLE> and the other tags of typewriter exhibits
_TAG = re.compile(r"</?(?:TABLE|CAPTION|S|C|FN|F\d{1,2}|R|TEXT|DOCUMENT|B|I|U|CENTER|MULTIPLIER|LEGEND|ARTICLE|CIK|NAME)>", re.IGNORECASE)
# <1,234> | <$.11> | Net income <loss>: angle brackets in place of parentheses
_ANGLES = re.compile(r"<(\s?\$?\s{0,9}[\d.,]+\s?%?|loss(?:es)?|deficit|decrease|benefit|credit|expense|used)>", re.IGNORECASE)
_PAGE = re.compile(r"\s*<PAGE>\s*+(?:\d{1,4}\s*)?$", re.IGNORECASE)
# "- 2 -", "12", "Page 3 of 9", "-more-", "(more)"
_PAGE_NUMBER = re.compile(r"\s*(?:[-–]{0,2}\s?\d{1,3}\s?[-–]{0,2}|page\s\d{1,3}(?:\sof\s\d{1,3})?|[-(\s]{0,3}more[-)\s]{0,3})\s*$", re.I)
# "-- text", "* text", "o  text", "(1) text"
_BULLET = re.compile(r"\s*(?:-{1,2}|\*|o|•|·)\s+\S")
# CONSOLIDATED STATEMENTS OF OPERATIONS | Condensed Balance Sheets | Reconciliation of ...
_TITLE = re.compile(
    r"statements?\sof|balance\ssheets?|reconciliations?\b|consolidated\s(?:income|results|statement|condensed|summary)|income\sstatements?"
    r"|financial\s(?:highlights|summary|data|information)|selected\s|supplemental\s(?:data|information|schedule)"
    r"|segment\s(?:data|info|income|results)"
    r"|\b(?:schedule|exhibit|table)\s[\dA-Z]{1,2}\b",
    re.IGNORECASE,
)
_TABLE_WIDTH_OF_PROSE = 58
_LONGEST_HEADING = 2
"""Lines of a heading that stands right above the rows of a table, however long they are."""
_MAX_TITLE_LINES = 14
_MOST_LINES_BETWEEN = 12
_LONGEST_LABEL = 30
"""Lines of a label that says how many shares are authorized and issued, typed into a narrow column."""


def blank_tags(text: str) -> str:
    """Typewriter text as its words are read, every character at its place: tags and page ends blanked, angle brackets made round."""
    lines = (" " * len(line) if _PAGE.match(line) else _TAG.sub(lambda m: " " * len(m[0]), line) for line in text.split("\n"))
    return _ANGLES.sub(r"(\1)", "\n".join(lines))


def add_typewritten(canonical: CanonicalText, text: str) -> None:
    """Append typewritten text as blocks; a line is read once, so that time grows with length."""
    lines = _clean_lines(text)
    prose = _find_prose(lines)
    start = 0
    for first, last in _find_tables(lines, prose):
        _add_prose(canonical, lines[start:first])
        _add_table(canonical, lines[first:last])
        start = last
    _add_prose(canonical, lines[start:])


def _clean_lines(text: str) -> list[Line]:
    """Lines without tags, tabs, entities and the page numbers that stand beside page breaks."""
    if "&" in text:
        text = html.unescape(text)
    text = text.replace("\xa0", " ")
    lines: list[Line] = []
    for raw in _single_spaced(text.split("\n")):
        if _PAGE.match(raw):
            _drop_page_number(lines)
            lines.append(Line("", "page", 0))
            continue
        bare = raw
        if "<" in raw:
            bare = _ANGLES.sub(r"(\1)", _TAG.sub(lambda m: " " * len(m[0]), raw))
            if not bare.strip() and raw.strip():
                continue
        line = read_line(bare.expandtabs(8).rstrip()[:2000] if len(bare) <= 2000 else " ".join(bare.split()))
        lines.append(line)
    return lines


def _single_spaced(lines: list[str]) -> list[str]:
    """Lines of a text that has an empty line after every line, without these."""
    filled = [bool(line.strip()) for line in lines]
    count = sum(filled)
    adjacent = sum(1 for a, b in pairwise(filled) if a and b)
    if count < 20 or adjacent > 0.04 * count:
        return lines
    return [line for i, line in enumerate(lines) if filled[i] or (i > 0 and not filled[i - 1])]


def _drop_page_number(lines: list[Line]) -> None:
    """Take off the page number at the foot of the page that ends here."""
    for back in range(1, min(5, len(lines)) + 1):
        line = lines[-back]
        if line.kind == "blank":
            continue
        if _PAGE_NUMBER.match(line.text):
            lines[-back] = Line("", "blank", 0)
        return


def _find_prose(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it belongs to running text: a run of word lines of which one is long, with no data in it."""
    prose = [False] * len(lines)
    start = 0
    for end in range(len(lines) + 1):
        line = lines[end] if end < len(lines) else None
        if line is not None and line.kind == "words" and not (line.indent >= 12 and end > start and lines[end - 1].indent < 8):
            continue
        run = lines[start:end]
        between = start > 0 and lines[start - 1].kind in ("data", "ruler")
        heads_data = line is not None and line.kind == "data" and (between or len(run) <= _LONGEST_HEADING)
        if run and not heads_data and max(len(one.words) for one in run) > _TABLE_WIDTH_OF_PROSE:
            prose[start:end] = [True] * len(run)
        start = end if end < len(lines) and lines[end].kind == "words" else end + 1
    return prose


def _find_tables(lines: Sequence[Line], prose: Sequence[bool]) -> list[tuple[int, int]]:
    """(first, last) of every run of lines that makes a table: data lines, what heads them, and labels between them."""
    tables: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        if prose[start] or lines[start].kind != "data":
            start += 1
            continue
        last = start
        end = start + 1
        while end < len(lines) and not prose[end] and (end - last <= _MOST_LINES_BETWEEN or _is_one_label(lines, last, end)):
            if lines[end].kind == "data":
                if _starts_new_table(lines[last + 1 : end]):
                    break
                last = end
            end += 1
        count = sum(1 for line in lines[start : last + 1] if line.kind == "data")
        floor = tables[-1][1] if tables else 0
        if count >= 2:
            last = _with_tail(lines, prose, last)
            tables.append((_header_start(lines, prose, start, floor), last + 1))
        start = last + 1
    return tables


def _is_one_label(lines: Sequence[Line], last: int, end: int) -> bool:
    """Whether all lines below a data line are words that end before its first value: a label typed into many lines."""
    if end - last > _LONGEST_LABEL:
        return False
    left = lines[last].values[0].start
    return all(line.kind == "words" and len(line.text) <= left for line in lines[last + 1 : end])


def _with_tail(lines: Sequence[Line], prose: Sequence[bool], last: int) -> int:
    """The table's last line: the ruler below the last data, or the rest of its wrapped label."""
    while last + 1 < len(lines) and not prose[last + 1]:
        line = lines[last + 1]
        if line.kind == "ruler" or (
            line.kind == "words" and line.words[:1].islower() and len(line.words) < 50 and lines[last].kind == "data"
        ):
            last += 1
        else:
            break
    return last


def _starts_new_table(between: Sequence[Line]) -> bool:
    """Whether the lines between two data lines are the head of another table: a title, or a header that names periods."""
    if not any(line.kind in ("blank", "page") for line in between):
        return any(_is_period_header(line) for line in between) and any(_TITLE.search(line.words) for line in between)
    if _stand_apart(between) and any(_has_several_heads(line) for line in between):
        return True
    return any(_is_period_header(line) for line in between) or any(
        _TITLE.search(line.words) and not line.words.endswith(":") and line.kind in ("words", "header") for line in between
    )


def _is_period_header(line: Line) -> bool:
    return line.kind == "header" and len(PERIOD_WORDS.findall(line.words)) >= 2


def _stand_apart(between: Sequence[Line]) -> bool:
    """Whether a page's end or two empty lines stand among lines."""
    return any(line.kind == "page" for line in between) or any(a.kind == b.kind == "blank" for a, b in pairwise(between))


def _has_several_heads(line: Line) -> bool:
    return line.kind == "header" and len(split_pieces(line.text)) > 1


def _header_start(lines: Sequence[Line], prose: Sequence[bool], start: int, floor: int) -> int:
    """The first line that heads the data line at ``start``: back over titles and headers to prose, two empty lines or the table before."""
    first = start
    blanks = 0
    index = start - 1
    while index >= floor and start - index <= _MAX_TITLE_LINES + 8:
        line = lines[index]
        if line.kind == "page" or prose[index] or line.kind == "data":
            break
        if line.kind == "blank":
            blanks += 1
            if blanks > 2:
                break
        else:
            blanks = 0
            first = index
        index -= 1
    return first


def _add_table(canonical: CanonicalText, lines: Sequence[Line]) -> None:
    """Append a table; lines before its first header line are its title and become headings."""
    body = next((i for i, line in enumerate(lines) if line.kind == "data"), 0)
    head = next((i for i in range(body) if _heads_columns(lines[i])), body)
    for i in range(head, body):
        if _TITLE.search(lines[i].words) and lines[i].kind == "words" and any(_heads_columns(line) for line in lines[i + 1 : body]):
            head = i + 1
    while head > 0 and (
        lines[head - 1].kind == "header" or (head == body and lines[head - 1].kind == "words" and lines[head - 1].indent < 8)
    ):
        head -= 1
    _add_prose(canonical, lines[:head])
    table = [line for line in lines[head:] if line.kind != "page"]
    while table and table[0].kind in ("blank", "ruler"):
        table.pop(0)
    rows = read_typed_rows(table)
    if rows:
        canonical.add_typed_table([line.text for line in table], rows)


def _heads_columns(line: Line) -> bool:
    """A line of column headers: it names periods, away from the left margin or in several pieces."""
    return (line.kind == "header" or (line.kind == "words" and line.indent >= 16 and not _TITLE.search(line.words))) and (
        PERIOD_WORDS.search(line.words) is not None
    )


def _add_prose(canonical: CanonicalText, lines: Sequence[Line]) -> None:
    """Append paragraphs, list items and headings, cut at empty lines, bullets, and where a line is centred after one that is not."""
    group: list[Line] = []
    for line in [*lines, Line("", "blank", 0)]:
        cut = line.kind in ("blank", "page", "ruler") or _BULLET.match(line.text) or _shape_changes(group, line)
        if cut and group:
            _add_group(canonical, group)
            group = []
        if line.kind == "page":
            canonical.add_page_break()
        elif line.kind not in ("blank", "ruler"):
            group.append(line)


def _shape_changes(group: Sequence[Line], line: Line) -> bool:
    if not group or _BULLET.match(group[0].text):
        return False
    above = group[-1]
    if above.words.isupper() and not line.words.isupper() and len(group) == 1:
        return True
    if 3 <= line.indent - above.indent <= 10 and above.words.endswith((".", ":", "?", "!", '."', ".”")):
        return True
    return _is_centered(line) and not _is_centered(group[-1]) and line.indent >= max(16, group[-1].indent + 8)


def _is_centered(line: Line) -> bool:
    """Indented, short, and with its middle near the middle of a page of 72 to 80 columns."""
    return line.indent >= 10 and 30 <= line.indent + len(line.words) / 2 <= 48 and len(line.words) <= 62


def _add_group(canonical: CanonicalText, group: Sequence[Line]) -> None:
    margin = min(line.indent for line in group)
    text = [line.text[margin:] for line in group]
    text[0] = text[0].lstrip() if len(group) > 1 and not _is_centered(group[0]) else text[0]
    words = " ".join(line.words for line in group)
    centered = all(_is_centered(line) for line in group)
    if _BULLET.match(group[0].text):
        canonical.add_lines("list_item", text)
    elif _is_heading(group, words, centered=centered):
        canonical.add_lines("heading", text, centered=centered)
    else:
        canonical.add_lines("paragraph", text, centered=centered)


def _is_heading(group: Sequence[Line], words: str, *, centered: bool) -> bool:
    if len(words) > 250 or words.endswith((".", ",", ";")):
        return False
    return centered or words.isupper() or (len(group) == 1 and len(words) < 60)
