"""Tables of typewriter text: labels wrapped over lines made whole, headers and values with their columns, rulers read as spans."""

from __future__ import annotations

from collections.abc import Sequence

from ex99.parsing.reading.canonical import TypedCell, TypedRow
from ex99.parsing.reading.typed_lines import Line, Piece, split_pieces

_OPEN_ENDS = (",", " of", " and", " in", " to", " for", " from", " the", " -", " --", "/", "(")
"""How a label ends that goes on in the next line."""
_LINES_OF_LABEL = 6
"""Lines that a label typed around its values may have below them."""


def read_typed_rows(lines: Sequence[Line]) -> list[TypedRow]:
    """The rows of a table's lines; indices of cells refer to these lines."""
    rows: list[TypedRow] = []
    pending: list[int] = []
    left = _label_limit(lines)
    seen_data = False
    for index, line in enumerate(lines):
        if line.kind == "data":
            rows += _flush_labels(lines, pending, before=line)
            rows.append(_data_row(lines, index, pending))
            pending = []
            seen_data = True
        elif line.kind == "words" and line.indent < max(left - 8, 12) and (seen_data or len(line.words) <= 60):
            if _continues_data(lines, index, rows, pending):
                rows[-1].cells.append(_label_cell(lines, [index]))
            else:
                if pending and not _continues(lines[pending[-1]], line):
                    rows += [TypedRow([_label_cell(lines, pending)], lines[pending[0]].indent)]
                    pending = []
                pending.append(index)
        else:
            if pending:
                rows.append(TypedRow([_label_cell(lines, pending)], lines[pending[0]].indent))
                pending = []
            if line.kind in ("header", "words"):
                rows.append(_header_row(lines, index))
    if pending:
        rows.append(TypedRow([_label_cell(lines, pending)], lines[pending[0]].indent))
    return rows


def _label_limit(lines: Sequence[Line]) -> int:
    """The column where labels end: the least place where a first value of a labelled line starts."""
    starts = sorted(line.values[0].start for line in lines if line.kind == "data" and line.label is not None)
    return starts[len(starts) // 10] if starts else 0


def _flush_labels(lines: Sequence[Line], pending: list[int], before: Line) -> list[TypedRow]:
    """Rows of the pending label lines that stand above a data line without being part of its label; those that are part stay pending."""
    if not pending:
        return []
    if before.label is None or _continues(lines[pending[-1]], before):
        return []
    row = TypedRow([_label_cell(lines, pending)], lines[pending[0]].indent)
    pending.clear()
    return [row]


def _continues(above: Line, below: Line) -> bool:
    """Whether a line goes on with the label of the line directly above: further in and in lower case, or after an open end."""
    words = below.label.text if below.label is not None else below.words
    if above.words.endswith(":") or not words:
        return False
    if above.words.lower().endswith(_OPEN_ENDS):
        return True
    return (words[0].islower() or words[0] in "(&") and below.indent >= above.indent and not words[:2].endswith(")")


def _continues_data(lines: Sequence[Line], index: int, rows: list[TypedRow], pending: list[int]) -> bool:
    """Whether a word line ends the label of the data line above it, whose values stood in the label's first line.

    It does where it begins in lower case or follows an open end, and where it stands further in than both rows around it: it heads nothing.
    """
    above = _data_above(lines, index)
    line = lines[index]
    if pending or above is None or not rows or line.indent <= above.indent or line.words.endswith(":"):
        return False
    follows = lines[index + 1] if index + 1 < len(lines) else None
    if follows is not None and follows.label is not None and follows.indent > line.indent and follows.label.text[:1].islower():
        return False
    open_end = line.words[:1].islower() or (above.label is not None and above.label.text.lower().endswith(_OPEN_ENDS))
    return (open_end and lines[index - 1] is above) or _heads_nothing(lines, index)


def _data_above(lines: Sequence[Line], index: int) -> Line | None:
    """The data line above a word line, at most a few word lines up."""
    for line in reversed(lines[max(0, index - _LINES_OF_LABEL) : index]):
        if line.kind != "words":
            return line if line.kind == "data" else None
    return None


def _heads_nothing(lines: Sequence[Line], index: int) -> bool:
    """Whether the row below a word line, and the word lines that go on with it, stands further out than these: they are no heading."""
    for line in lines[index + 1 : index + 1 + _LINES_OF_LABEL]:
        if line.kind == "ruler" or (line.kind == "words" and line.indent >= lines[index].indent):
            continue
        return line.kind in ("data", "words") and line.indent < lines[index].indent and (line.label is not None or line.kind == "words")
    return False


def _label_cell(lines: Sequence[Line], indices: Sequence[int]) -> TypedCell:
    first, last = lines[indices[0]], lines[indices[-1]]
    text = " ".join(" ".join(lines[i].words.split()) for i in indices)
    right = max(len(lines[i].text.rstrip()) for i in indices)
    return TypedCell(text, indices[0], first.indent, indices[-1], len(last.text.rstrip()), right)


def _data_row(lines: Sequence[Line], index: int, pending: Sequence[int]) -> TypedRow:
    line = lines[index]
    cells: list[TypedCell] = []
    indent = lines[pending[0]].indent if pending else line.indent
    if line.label is not None:
        if pending:
            above = " ".join(" ".join(lines[i].words.split()) for i in pending)
            text = f"{above} {line.label.text}"
            cells.append(TypedCell(text, pending[0], lines[pending[0]].indent, index, line.label.end, line.label.end))
        else:
            cells.append(_piece_cell(index, line.label))
    elif pending:
        cells.append(_label_cell(lines, pending))
    cells.extend(_piece_cell(index, value) for value in line.values)
    return TypedRow(cells, indent)


def _header_row(lines: Sequence[Line], index: int) -> TypedRow:
    """A row of column headers; a ruler below a header shows how far it reaches."""
    line = lines[index]
    segments = split_pieces(lines[index + 1].text) if index + 1 < len(lines) and lines[index + 1].kind == "ruler" else []
    cells = []
    for piece in split_pieces(line.text):
        reach = [s for s in segments if s.start < piece.end and piece.start < s.end]
        if len(reach) == 1 and len(segments) > 1:
            start, right = min(piece.start, reach[0].start), max(piece.end, reach[0].end)
            cells.append(TypedCell(piece.text, index, piece.start, index, piece.end, right, start))
        else:
            cells.append(_piece_cell(index, piece))
    return TypedRow(cells, line.indent)


def _piece_cell(index: int, piece: Piece) -> TypedCell:
    return TypedCell(" ".join(piece.text.split()), index, piece.start, index, piece.end, piece.end)
