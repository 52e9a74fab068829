"""A release's tables laid out for a terminal: cells under their columns and spans over theirs, with every style kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from ex99.parsing.document import Cell, Table

Cut = Callable[[int, int], Text]
"""The styled text between two offsets."""
Note = Callable[[int, int], Text]
"""What is to be said at the end of a line between two offsets; empty for nothing."""
_GAP = 2
_LABEL = 60
"""Letters after which a row's label has a line of its own."""


def lay_out(text: str, tables: Iterable[Table], cut: Cut, note: Note) -> Text:
    """A text in pieces from ``cut``, its HTML tables aligned, ``note`` behind each line; typewritten tables stand as they are."""
    lines: list[Text] = []
    at = 0
    for table in tables:
        if table.typewritten or not table.rows or table.start < at:
            continue
        lines += _plain_lines(text, at, table.rows[0].start, cut, note)
        lines += _lay_rows(table, cut, note)
        at = table.rows[-1].end + 1
    lines += _plain_lines(text, at, len(text), cut, note)
    return Text("\n").join(lines)


def _plain_lines(text: str, start: int, end: int, cut: Cut, note: Note) -> Iterator[Text]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield cut(start, stop).append_text(note(start, stop))
        start = stop + 1


def _lay_rows(table: Table, cut: Cut, note: Note) -> list[Text]:
    rows = [(row, [(cell, _on_one_line(cut(cell.start, cell.end))) for cell in row.cells]) for row in table.rows]
    stops = _place_columns([entry for _, cells in rows for entry in cells if not _is_long(*entry)])
    first_value = min((cell.column for _, cells in rows for cell, words in cells if _is_value(words)), default=0)
    done: list[Text] = []
    for row, cells in rows:
        line = Text()
        for cell, words in cells:
            if _is_long(cell, words):
                done.append(words)
                continue
            left, right = stops[cell.column], stops[cell.column + cell.span]
            room = max(right - _GAP - left - words.cell_len, 0)
            start = left if cell.column < max(first_value, 1) else left + (room if _is_value(words) or cell.span == 1 else room // 2)
            line.pad_right(max(start - line.cell_len, 1 if line.cell_len else 0))
            line.append_text(words)
        if line or not done:
            done.append(line)
        done[-1].append_text(note(row.start, row.end))
    return done


def _is_long(cell: Cell, words: Text) -> bool:
    return cell.column == 0 and words.cell_len > _LABEL


def _is_value(words: Text) -> bool:
    """Whether a cell holds a number, and no more than a number's signs."""
    return words.plain != "" and not any(letter.isalpha() for letter in words.plain)


def _place_columns(cells: Sequence[tuple[Cell, Text]]) -> list[int]:
    """Where each grid column starts, and where the last one ends: as narrow as the cells let them be, narrow spans first."""
    count = max((cell.column + cell.span for cell, _ in cells), default=0) + 1
    widths = [0] * (count + _LABEL)
    for cell, words in sorted(cells, key=lambda entry: entry[0].span):
        last = cell.column + cell.span - 1
        lacking = words.cell_len + _GAP - sum(widths[cell.column : last + 1])
        widths[last] += max(lacking, 0)
    stops = [0]
    for width in widths:
        stops.append(stops[-1] + width)
    return stops


def _on_one_line(words: Text) -> Text:
    return Text(" ").join(words.split("\n")) if "\n" in words.plain else words
