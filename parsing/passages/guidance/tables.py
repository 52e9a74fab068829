"""Guidance in tables headed Outlook, Guidance or Targets: a range in a cell, or a low and a high column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from filings.release import Guidance, Source
from parsing.document import Cell, Row, Table
from parsing.passages.guidance.clauses import read_action
from parsing.passages.guidance.metric_phrases import METRIC, name_metric, read_basis, read_metric
from parsing.passages.guidance.ranges import Range, find_ranges
from parsing.passages.horizon import find_horizon
from parsing.passages.outline import Outline, Part, is_number

# `Fiscal 2020 Guidance`
_OUTLOOK = re.compile(r"\b(?:outlook|guidance|(?:financial |annual |quarter(?:ly)? )?targets|forecast|estimated range|expected range"
    r"|budget|projections?)\b", re.IGNORECASE)
_OUTLOOK_WORDS = ("outlook", "guidance", "target", "forecast", "range", "budget", "projection")
# `Three Months Ended June 30,`, `Consolidated Statements of Income`: a table of what has been
_REPORTED = re.compile(
    r"\b(?:months|weeks|quarters?|years?|period)\s+ended\b|\bstatements?\s+of\s+\w+|\bbalance\s+sheets?\b", re.IGNORECASE
)
# `Reconciliation of GAAP to Non-GAAP Outlook`
_RECONCILES = re.compile(r"reconcil", re.IGNORECASE)
# a column of what was, or of what guidance was before
_PAST = re.compile(r"\b(?:actual|results?|prior|previous(?:ly)?|initial|original|old|as of|legacy|impact|change|increase|decrease"
    r"|variance|historical|included in)\b", re.IGNORECASE)
# `Current Outlook`, `Low`
_CURRENT = re.compile(r"\b(?:guidance|outlook|targets?|revised|updated|current|new|forecast|low|high|range|estimate)", re.IGNORECASE)
# `Low`
_LOW = re.compile(r"\blow(?:er)?\b", re.IGNORECASE)
# `High`
_HIGH = re.compile(r"\bhigh(?:er)?\b", re.IGNORECASE)
# `($ in millions)`, `(in thousands)`, `($M)`
_SCALE = re.compile(r"\b(?:in|\$ ?)? ?(thousand|million|billion)s?\b|\(?\$ ?(?:in )?(mm|bn|m|b)\)|\((mm|bn)\)|\$ ?([MB])\b", re.IGNORECASE)
_SCALES = {"thousand": Decimal(1000), "million": Decimal(10**6), "mm": Decimal(10**6), "m": Decimal(10**6), "billion": Decimal(10**9),
    "bn": Decimal(10**9), "b": Decimal(10**9)}
# `2025`
_YEAR = re.compile(r"\b20\d\d\b|\b19\d\d\b")
# `(previously `, `midpoint `: words in a cell before an amount that is not the guidance
_BESIDE = re.compile(r"\b(?:previous(?:ly)?|prior|midpoint|from|was|formerly|compared)\b", re.IGNORECASE)
# `Diluted EPS`, `FFO per diluted share`
_PER_SHARE = re.compile(r"per (?:\w+ ){0,3}(?:share|unit)|\beps\b", re.IGNORECASE)
# `Non-GAAP`, `GAAP`: columns of one basis
_NONGAAP_HEAD = re.compile(r"non-?gaap|adjusted", re.IGNORECASE)
# `GAAP`
_GAAP_HEAD = re.compile(r"\bgaap\b", re.IGNORECASE)
# `Amortization of intangibles`: a line that only leads from one measure to the other
_RECONCILING = re.compile(r"adjustment|amortization|compensation|effects?\b|acquisition|restructuring|divestiture", re.IGNORECASE)
# `Shares used to compute diluted net income per share`
_SHARE_COUNT = re.compile(r"\bshares? (?:used|outstanding)|weighted[- ]average|number of shares|share count", re.IGNORECASE)
_LOOK_BACK = 3
_MAX_ROWS = 60
_HEAD_ROWS = 9


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's label, and that of the rows it stands under."""

    label: str
    parents: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """What surrounds a table: whether it is an outlook's, its period, scale, action, and whether it only reconciles."""

    period: str | None
    scale: Decimal
    action: str | None
    reconciles: bool


def find_table_guidance(outline: Outline, period: str | None = None) -> list[Guidance]:
    """The guidance of the document's tables, in the order of the text; ``period`` where none is named beside a table."""
    found: list[Guidance] = []
    starts = [p.start for p in outline.parts]
    at = 0
    for table in outline.document.tables:
        while at < len(starts) and starts[at] < table.start:
            at += 1
        if len(table.rows) > _MAX_ROWS or not _near_outlook(outline, table, at):
            continue
        setting = _read_setting(outline, table, [p for p in outline.parts[max(0, at - _LOOK_BACK) : at] if p.kind != "table"])
        if setting is not None:
            setting = setting if setting.period else replace(setting, period=period)
            found.extend(_read_table(outline, table, setting))
    return found


def _near_outlook(outline: Outline, table: Table, at: int) -> bool:
    """Whether the words of an outlook stand in a table's head or in the parts above it: a quick look, before a close one."""
    start = outline.parts[max(0, at - _LOOK_BACK)].start if outline.parts else 0
    end = table.rows[min(len(table.rows), _HEAD_ROWS) - 1].end if table.rows else table.end
    return any(outline.lower.find(word, start, end) >= 0 for word in _OUTLOOK_WORDS)


def _read_setting(outline: Outline, table: Table, above: list[Part]) -> _Setting | None:
    body = next((i for i, row in enumerate(table.rows[:_HEAD_ROWS]) if _values(row)), 3)
    head = " ".join(cell.text for row in table.rows[: max(body, 3)] for cell in row.cells if not is_number(cell.text))
    near = [p.words for p in above[-2:] if p.word_count <= 40 or p.words.endswith(":")]
    last = above[-1].words if above else ""
    if not _OUTLOOK.search(head) and not any(_OUTLOOK.search(words) for words in near) and not _OUTLOOK.search(last[-160:]):
        return None
    if _REPORTED.search(f"{last[-160:]} {head}") and not _OUTLOOK.search(f"{last[-160:]} {head}"):
        return None
    context = " ".join([*near, head])
    scale = _SCALE.search(head) or _SCALE.search(last[-120:])
    periods = [find_horizon(w) for w in (head, last[-200:], *reversed(near))]
    return _Setting(
        next((p for p in periods if p), None), _scale(scale), read_action(context.lower()), bool(_RECONCILES.search(context)),
    )


def _scale(match: re.Match[str] | None) -> Decimal:
    if match is None:
        return Decimal(1)
    word = next(g for g in match.groups() if g).lower()
    return _SCALES[word]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A table being read, with what surrounds it and the headers of its columns as (first column, end column, text)."""

    outline: Outline
    table: Table
    setting: _Setting
    headers: list[tuple[int, int, str]]

    def header(self, cell: Cell) -> str:
        """The headers above a cell, joined."""
        end = cell.column + cell.span
        return " ".join(text for start, stop, text in self.headers if start < end and cell.column < stop and start > 0)


def _read_table(outline: Outline, table: Table, setting: _Setting) -> Iterator[Guidance]:
    body = next((i for i, row in enumerate(table.rows) if _values(row)), len(table.rows))
    headers = [(cell.column, cell.column + cell.span, cell.text) for row in table.rows[:body] for cell in row.cells]
    reading = _Reading(outline, table, setting, headers)
    parents = ""
    for row in table.rows[body:]:
        label, values = _label(row), _values(row)
        if not values:
            parents = label or parents
            continue
        yield from _read_row(reading, _Line(label or parents, parents), values)


def _read_row(reading: _Reading, line: _Line, values: list[Cell]) -> Iterator[Guidance]:
    titled = [(cell, reading.header(cell)) for cell in values]
    kept = [(cell, head) for cell, head in titled if not _PAST.search(head)]
    chosen = _latest([(cell, head) for cell, head in kept if _CURRENT.search(head)] or kept)
    low, high = _bounds(chosen)
    if low is not None and high is not None:
        first, second = _read_cell(reading, low, line.label), _read_cell(reading, high, line.label)
        if first is not None and second is not None:
            merged = replace(first, start=low.start, end=high.end, high=second.high)
            yield from _make(reading, line, merged, reading.header(low))
        return
    for cell, head in chosen:
        for label, found in _read_parts(reading, cell, line.label):
            yield from _make(reading, _Line(label, line.parents), found, head)


def _latest(chosen: list[tuple[Cell, str]]) -> list[tuple[Cell, str]]:
    """The columns of the latest year where the columns' headers name different ones."""
    years = {int(year) for _, head in chosen for year in _YEAR.findall(head)}
    if len(years) < 2:
        return chosen
    return [(cell, head) for cell, head in chosen if str(max(years)) in head]


def _bounds(chosen: list[tuple[Cell, str]]) -> tuple[Cell | None, Cell | None]:
    lows = [cell for cell, head in chosen if _LOW.search(head)]
    highs = [cell for cell, head in chosen if _HIGH.search(head)]
    return (lows[0], highs[0]) if len(lows) == 1 and len(highs) == 1 and lows[0] is not highs[0] else (None, None)


def _make(reading: _Reading, line: _Line, found: Range, head: str) -> Iterator[Guidance]:
    label, setting = line.label, reading.setting
    metric = None if _SHARE_COUNT.search(label) else _metric(label, found.unit)
    if metric is None or (setting.reconciles and (not METRIC.search(label.lower()) or _RECONCILING.search(label))):
        return
    path = f"{line.parents} > {label}" if line.parents and line.parents != label else label
    source = Source(found.start, found.end, reading.outline.text[found.start : found.end], reading.table.ordinal, path, head or None)
    period = find_horizon(head) or find_horizon(label) or setting.period
    yield Guidance(metric, _basis(head, label, metric), period, found.low, found.high, found.unit or "units", source, setting.action)


def _basis(head: str, label: str, metric: str) -> str:
    if _NONGAAP_HEAD.search(head):
        return "nongaap"
    return "gaap" if _GAAP_HEAD.search(head) else read_basis(label, metric)


# `(in millions)`, `(1)`, `*`: notes in a label
_NOTES = re.compile(r"\((?:\d|[a-z]|\*{1,3}|in |\$|mill|bill|unaud)[^)]{0,20}\)|[*†‡]")
# `1234.5`
_PLAIN_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,4})?")
# `Tax rate`, `Operating margin (%)`: a line that no scale applies to
_RATE = re.compile(r"%|rate|percent|margin", re.IGNORECASE)
# `GAAP diluted`, `Adjusted (3)`: words before a metric that do not narrow it; ` attributable to Acme`, `, net`: words after it
_PLAIN_BEFORE = re.compile(r"(?:(?:gaap|non-gaap|u\.s\.|adjusted|total|net|diluted|reported|effective|on|core|estimated|projected"
    r"|\(\d\)|[•-])[ ,]*)*\s*")
_PLAIN_AFTER = re.compile(r"\s*(?:$|[(—–,:*\d-]|attributable|per |percentage|on adjusted|range|outlook|guidance|growth|margin|expenses?$)")


def _metric(label: str, unit: str) -> str | None:
    lower = " ".join(label.lower().split())
    bare = _NOTES.sub(" ", lower)
    for match in METRIC.finditer(bare):
        name = name_metric(read_metric(match), unit)
        before, after = bare[: match.start()], bare[match.end() :]
        if name and _PLAIN_BEFORE.fullmatch(before) and _PLAIN_AFTER.match(after):
            return name
    free = " ".join(bare.split()).strip(" :,-")
    return free[:80] if any(c.isalpha() for c in free) else None


def _read_parts(reading: _Reading, cell: Cell, label: str) -> Iterator[tuple[str, Range]]:
    """The ranges of a cell, each with its label: the cell's own "GAAP:" and "Non-GAAP:" come before the row's."""
    ranges = list(find_ranges(reading.outline.text, cell.start, cell.end))
    if len(ranges) <= 1:
        single = _read_cell(reading, cell, label)
        own = reading.outline.text[cell.start : single.start].strip(" :\n") if single is not None else ""
        if single is not None and not _BESIDE.search(own):
            yield (f"{own} {label}" if own and any(c.isalpha() for c in own) and len(own) < 30 else label), single
        return
    at = cell.start
    for found in ranges:
        own = " ".join(reading.outline.text[at : found.start].split()).strip(" :")
        at = found.end
        if _BESIDE.search(own):
            continue
        yield (f"{own} {label}" if own and len(own) < 40 else label), _scaled(found, label, reading.setting)


def _read_cell(reading: _Reading, cell: Cell, label: str) -> Range | None:
    ranges = list(find_ranges(reading.outline.text, cell.start, cell.end))
    if len(ranges) == 1:
        return _scaled(ranges[0], label, reading.setting)
    bare = cell.text.strip(" $~%")
    negative = bare.startswith("(") and bare.endswith(")")
    digits = bare.strip("()").replace(",", "")
    if not ranges and _PLAIN_NUMBER.fullmatch(digits):
        value = -Decimal(digits) if negative else Decimal(digits)
        return _scaled(Range(cell.start, cell.end, value, value, "USD" if "$" in cell.text else ""), label, reading.setting)
    return None


def _scaled(found: Range, label: str, setting: _Setting) -> Range:
    """A cell's range in units, by its label's or its table's scale, unless the cell says its own."""
    if found.unit == "percent" or found.unit.endswith("/share"):
        return found
    if _PER_SHARE.search(label):
        return replace(found, unit=(found.unit or "USD") + "/share")
    largest = max(abs(v) for v in (found.low, found.high) if v is not None)
    own = _SCALE.search(label)
    if largest >= 1_000_000 or _RATE.search(label):
        return found
    scale = _scale(own) if own else setting.scale
    return replace(
        found, low=None if found.low is None else found.low * scale, high=None if found.high is None else found.high * scale,
            unit=found.unit or ("USD" if scale > 1 else ""),
    )


def _label(row: Row) -> str:
    first = row.cells[0] if row.cells else None
    return " ".join(first.text.split()) if first is not None and first.column == 0 and not _is_value(first) else ""


def _values(row: Row) -> list[Cell]:
    cells = row.cells
    if len(cells) > 1 and cells[0].column == 0 and not is_number(cells[0].text):
        cells = cells[1:]
    return [cell for cell in cells if _is_value(cell)]


# `2024`, `Q4 2024`, `September 30, 2003`: digits that are no values
_DATE_CELL = re.compile(r"(?:.*\b(?:19|20)\d\d\b[^$%]{0,6}|[^$%\d]*q[1-4][^$%]*)", re.IGNORECASE)


def _is_value(cell: Cell) -> bool:
    text = cell.text.strip()
    if not any(c.isdigit() for c in text) or len(text) > 70 or _DATE_CELL.fullmatch(text):
        return False
    return is_number(text) or next(iter(find_ranges(text)), None) is not None
