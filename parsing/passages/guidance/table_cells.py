"""The values of an outlook table's rows: which cells hold them, ranges split over cells, and their scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ex99.parsing.document import Cell, Row
from ex99.parsing.passages.guidance.ranges import Range, find_ranges
from ex99.parsing.passages.outline import is_number

# `($ in millions)`, `(in thousands)`, `($M)`
SCALE = re.compile(r"\b(?:in|\$ ?)? ?(thousand|million|billion)s?\b|\(?\$ ?(?:in )?(mm|bn|m|b)\)|\((mm|bn)\)|\$ ?([MB])\b", re.IGNORECASE)
_SCALES = {
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "mm": Decimal(10**6),
    "m": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
}
# `(previously `, `midpoint `: words in a cell before an amount that is not the guidance
_BESIDE = re.compile(r"\b(?:previous(?:ly)?|prior|midpoint|from|was|formerly|compared)\b", re.IGNORECASE)
# `Diluted EPS`, `FFO per diluted share`
_PER_SHARE = re.compile(r"per (?:\w+ ){0,3}(?:share|unit)|\beps\b", re.IGNORECASE)
# `DD&A ($/BOE)`, `costs per ton`, `Oil (MBbls)`, `Volumes (kbd)`: a unit of a line's own, which no scale applies to
OWN_UNIT = re.compile(
    r"(?:\$\s?/\s?|\bper )(?P<per>m{0,2}boe|bbl|barrel|m{0,2}cfe?|mmbtu|tonne|ton|ounce|oz|gallon|pound|lb|foot|mwh)\b"
    r"|(?:\(|^|\bin )(?P<volume>(?:m{0,2}|b|k)(?:cfe?|boe|oeb|b(?=d)|bbls?|bo|btu|tons?|oz|gwh|mwh)(?:/d(?:ay)?|p?d| per day)?)(?:\)|$)",
    re.IGNORECASE,
)
# `to`, `-`: a cell between the two bounds of a range
_JOINS = re.compile(r"to|through|[-\u2010-\u2015\u2212]{1,2}", re.IGNORECASE)
# `1234.5`
_PLAIN_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,4})?|\.\d{1,4}")
# `Tax rate`, `Operating margin (%)`: a line that no scale applies to
_RATE = re.compile(r"%|rate|percent|margin", re.IGNORECASE)
# `2024`, `Q4 2024`, `September 30, 2003`: digits that are no values
_DATE_CELL = re.compile(r"(?:.*\b(?:19|20)\d\d\b[^$%]{0,6}|[^$%\d]*q[1-4][^$%]*)", re.IGNORECASE)
# `at or above`: words before a cell's amount that say how it is meant
_LEADING = re.compile(
    r"(?:at|or|above|about|around|approximately|greater|more|less|than|least|most|up|to|in|the|range|of|between|below|over|~)+"
    r"(?: (?:at|or|above|about|around|approximately|greater|more|less|than|least|most|up|to|in|the|range|of|between|below|over))*",
    re.IGNORECASE,
)
_LONGEST_LABEL = 40
_LARGEST_RATE = 100


def read_scale(match: re.Match[str] | None) -> Decimal:
    """What a match of SCALE multiplies by; 1 for None."""
    if match is None:
        return Decimal(1)
    return _SCALES[next(g for g in match.groups() if g).lower()]


def read_label(row: Row) -> str:
    """The words of a row's first cell; "" where it is a value."""
    first = row.cells[0] if row.cells else None
    return " ".join(first.text.split()) if first is not None and first.column == 0 and not _is_value(first) else ""


def read_values(row: Row, text: str) -> list[Cell]:
    """The cells of a row that hold amounts; two bounds with "to" or a dash in a cell between them are one cell of the canonical text."""
    cells = list(row.cells)
    if len(cells) > 1 and cells[0].column == 0 and not is_number(cells[0].text):
        cells = cells[1:]
    at = 1
    while at + 1 < len(cells):
        first, last = cells[at - 1], cells[at + 1]
        if _JOINS.fullmatch(cells[at].text.strip()) and _is_value(first) and _is_value(last):
            span = last.column + last.span - first.column
            cells[at - 1 : at + 2] = [Cell(" ".join(text[first.start : last.end].split()), first.start, last.end, first.column, span)]
        at += 1
    return [cell for cell in cells if _is_value(cell)]


def _is_value(cell: Cell) -> bool:
    text = cell.text.strip()
    if not any(c.isdigit() for c in text) or len(text) > 70 or _DATE_CELL.fullmatch(text):
        return False
    return is_number(text) or next(iter(find_ranges(text)), None) is not None


def read_parts(text: str, cell: Cell, label: str, scale: Decimal) -> Iterator[tuple[str, Range]]:
    """The ranges of a cell, each with its label: the cell's own "GAAP:" and "Non-GAAP:" come before the row's."""
    ranges = list(find_ranges(text, cell.start, cell.end))
    if len(ranges) <= 1:
        single = read_cell(text, cell, label, scale)
        own = text[cell.start : single.start].strip(" :\n") if single is not None else ""
        if single is not None and not _BESIDE.search(own):
            yield _joined(own, label), single
        return
    at = cell.start
    for found in ranges:
        if _in_brackets(text[cell.start : found.start]):
            continue
        own = " ".join(text[at : found.start].split()).strip(" :")
        at = found.end
        if not _BESIDE.search(own):
            yield _joined(own, label), _scaled(found, label, scale)


def _in_brackets(before: str) -> bool:
    """Whether a bracket stands open where the words before an amount end: "$66 - $68 (midpoint $67, +10%)"."""
    return before.count("(") > before.count(")")


def _joined(own: str, label: str) -> str:
    named = any(c.isalpha() for c in own) and len(own) < _LONGEST_LABEL and not _LEADING.fullmatch(own)
    return f"{own} {label}" if named else label


def read_cell(text: str, cell: Cell, label: str, scale: Decimal) -> Range | None:
    """The one range or number of a cell, scaled; None where there are several or none."""
    ranges = list(find_ranges(text, cell.start, cell.end))
    if len(ranges) == 1:
        return _scaled(ranges[0], label, scale)
    bare = cell.text.strip(" $~%")
    negative = bare.startswith("(") and bare.endswith(")")
    digits = bare.strip("()").replace(",", "")
    if not ranges and _PLAIN_NUMBER.fullmatch(digits):
        value = -Decimal(digits) if negative else Decimal(digits)
        return _scaled(Range(cell.start, cell.end, value, value, "USD" if "$" in cell.text else ""), label, scale)
    return None


def _scaled(found: Range, label: str, scale: Decimal) -> Range:
    """A cell's range in units, by its label's or its table's scale, unless the cell says its own."""
    if found.unit == "percent" or found.unit.endswith("/share"):
        return found
    if _PER_SHARE.search(label):
        return replace(found, unit=(found.unit or "USD") + "/share")
    own_unit = OWN_UNIT.search(label)
    if own_unit is not None:
        return replace(found, unit=own_unit["volume"] or f"{found.unit or 'USD'}/{own_unit['per']}")
    largest = max(abs(v) for v in (found.low, found.high) if v is not None)
    own = SCALE.search(label)
    if _RATE.search(label) and not found.unit and largest <= _LARGEST_RATE:
        return replace(found, unit="percent")
    if largest >= 1_000_000 or _RATE.search(label):
        return found
    scale = read_scale(own) if own else scale
    return replace(
        found,
        low=None if found.low is None else found.low * scale,
        high=None if found.high is None else found.high * scale,
        unit=found.unit or ("USD" if scale > 1 else ""),
    )
