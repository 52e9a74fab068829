"""Guidance in tables headed Outlook, Guidance or Targets: a range in a cell, or a low and a high column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ex99.filings.release import Guidance, Source
from ex99.parsing.document import Cell, Table
from ex99.parsing.passages.guidance.clauses import read_action
from ex99.parsing.passages.guidance.metric_phrases import METRIC, name_metric, read_basis, read_metric
from ex99.parsing.passages.guidance.naming import settle
from ex99.parsing.passages.guidance.ranges import Range
from ex99.parsing.passages.guidance.table_cells import SCALE, read_cell, read_label, read_parts, read_scale, read_values
from ex99.parsing.passages.horizon import find_horizon
from ex99.parsing.passages.outline import Outline, Part, is_number

# `Fiscal 2020 Guidance`
_OUTLOOK = re.compile(
    r"\b(?:outlook|guidance|(?:financial |annual |quarter(?:ly)? )?targets|forecast|estimated range|expected range"
    r"|budget|projections?)\b",
    re.IGNORECASE,
)
_OUTLOOK_WORDS = ("outlook", "guidance", "target", "forecast", "range", "budget", "projection")
# `Three Months Ended June 30,`, `Consolidated Statements of Income`: a table of what has been
_REPORTED = re.compile(
    r"\b(?:months|weeks|quarters?|years?|period)\s+ended\b|\bstatements?\s+of\s+\w+|\bbalance\s+sheets?\b", re.IGNORECASE
)
# `Reconciliation of GAAP to Non-GAAP Outlook`
_RECONCILES = re.compile(r"reconcil", re.IGNORECASE)
# a column of what was, or of what guidance was before
_PAST = re.compile(
    r"\b(?:actual|results?|prior|previous(?:ly)?|initial|original|old|as of|legacy|impact|change|increase|decrease"
    r"|variance|historical|included in)\b",
    re.IGNORECASE,
)
# `Current Outlook`, `Low`
_CURRENT = re.compile(r"\b(?:guidance|outlook|targets?|revised|updated|current|new|forecast|low|high|range|estimate)", re.IGNORECASE)
# `Low`
_LOW = re.compile(r"\blow(?:er)?\b", re.IGNORECASE)
# `Low High`: the heads of two columns that a typewritten table has lost
_LOW_HIGH = re.compile(r"low(?: end)? high(?: end)?", re.IGNORECASE)
# `High`
_HIGH = re.compile(r"\bhigh(?:er)?\b", re.IGNORECASE)
# `2025`
_YEAR = re.compile(r"\b20\d\d\b|\b19\d\d\b")
# `Non-GAAP`, `GAAP`: columns of one basis
_NONGAAP_HEAD = re.compile(r"non-?gaap|adjusted", re.IGNORECASE)
# `GAAP`
_GAAP_HEAD = re.compile(r"\bgaap\b", re.IGNORECASE)
# `Amortization of intangibles`: a line that only leads from one measure to the other
_RECONCILING = re.compile(
    r"adjustment|amortization|depreciation|compensation|effects?\b|acquisition|restructuring|divestiture|costs?\b"
    r"|charges?\b|gains?\b|impairment",
    re.IGNORECASE,
)
# `Shares used to compute diluted net income per share`
_SHARE_COUNT = re.compile(
    r"\bshares? (?:used|outstanding|\()|(?:diluted|basic) shares|weighted[- ]average|number of shares|share count", re.IGNORECASE
)
# `Total`: a label that its parent's completes
_BARE = re.compile(r"(?:total|cash|non-?cash|net|low|high|consolidated)\b:?", re.IGNORECASE)
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
    """What surrounds a table: its period, scale, action, whether it only reconciles, and whether "Low High" stands above its columns."""

    period: str | None
    scale: Decimal
    action: str | None
    reconciles: bool
    bounded: bool


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
    body = next((i for i, row in enumerate(table.rows[:_HEAD_ROWS]) if read_values(row, outline.text)), 3)
    head = " ".join(cell.text for row in table.rows[: max(body, 3)] for cell in row.cells if not is_number(cell.text))
    near = [p.words for p in above[-2:] if p.word_count <= 40 or p.words.endswith(":")]
    last = above[-1].words if above else ""
    if not _OUTLOOK.search(head) and not any(_OUTLOOK.search(words) for words in near) and not _OUTLOOK.search(last[-160:]):
        return None
    if _REPORTED.search(f"{last[-160:]} {head}") and not _OUTLOOK.search(head):
        years = {y for row in table.rows[:body] for cell in row.cells for y in _YEAR.findall(cell.text)}
        if not _OUTLOOK.search(last[-160:]) or len(years) > 1:
            return None
    context = " ".join([*near, head])
    scale = next((m for w in (head, last[-120:], *near) if (m := SCALE.search(w))), None)
    periods = [find_horizon(w) for w in (head, last[-200:], *reversed(near))]
    return _Setting(
        next((p for p in periods if p), None),
        read_scale(scale),
        read_action(context.lower()),
        bool(_RECONCILES.search(context)),
        bool(_LOW_HIGH.fullmatch(last)),
    )


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
    body = next((i for i, row in enumerate(table.rows) if read_values(row, outline.text)), len(table.rows))
    headers = [(cell.column, cell.column + cell.span, cell.text) for row in table.rows[:body] for cell in row.cells]
    reading = _Reading(outline, table, setting, headers)
    parents = ""
    for row in table.rows[body:]:
        label, values = read_label(row), read_values(row, outline.text)
        if not values:
            parents = label or parents
            continue
        yield from _read_row(reading, _Line(label or parents, parents), values)


def _read_row(reading: _Reading, line: _Line, values: list[Cell]) -> Iterator[Guidance]:
    titled = [(cell, reading.header(cell)) for cell in values]
    if len(titled) > 1 and not any(head for _, head in titled):
        if not reading.setting.bounded or len(titled) != 2:
            return
        titled = [(values[0], "Low"), (values[1], "High")]
    kept = [(cell, head) for cell, head in titled if not _PAST.search(head)]
    chosen = _latest([(cell, head) for cell, head in kept if _CURRENT.search(head)] or kept)
    text, scale = reading.outline.text, reading.setting.scale
    if any(_LOW.search(head) for _, head in chosen) and any(_HIGH.search(head) for _, head in chosen):
        for low, high, head in _bounds(chosen):
            first, second = read_cell(text, low, line.label, scale), read_cell(text, high, line.label, scale)
            if first is not None and second is not None:
                merged = replace(first, start=low.start, end=high.end, high=second.high)
                yield from _make(reading, line, merged, head)
        return
    for cell, head in chosen:
        for label, found in read_parts(text, cell, line.label, scale):
            yield from _make(reading, _Line(label, line.parents), found, head)


def _latest(chosen: list[tuple[Cell, str]]) -> list[tuple[Cell, str]]:
    """The columns of the latest year where the columns' headers name different ones."""
    years = {int(year) for _, head in chosen for year in _YEAR.findall(head)}
    if len(years) < 2:
        return chosen
    return [(cell, head) for cell, head in chosen if str(max(years)) in head]


def _bounds(chosen: list[tuple[Cell, str]]) -> Iterator[tuple[Cell, Cell, str]]:
    """The pairs of cells under "Low" and "High" with the header of the first; what stands between them ("Midpoint") is passed over."""
    low: tuple[Cell, str] | None = None
    for cell, head in chosen:
        if _LOW.search(head):
            low = cell, head
        elif _HIGH.search(head) and low is not None:
            yield low[0], cell, low[1]
            low = None


def _make(reading: _Reading, line: _Line, found: Range, head: str) -> Iterator[Guidance]:
    label, setting = line.label, reading.setting
    named = f"{label} {line.parents}" if _BARE.fullmatch(label) else label
    metric = None if _SHARE_COUNT.search(label) else _metric(named, found.unit)
    if metric is None or (setting.reconciles and (not METRIC.search(label.lower()) or _RECONCILING.search(label))):
        return
    path = f"{line.parents} > {label}" if line.parents and line.parents != label else label
    source = Source(found.start, found.end, reading.outline.text[found.start : found.end], reading.table.ordinal, path, head or None)
    period = find_horizon(head) or find_horizon(label) or setting.period
    basis = _basis(head, label, metric)
    metric = settle(metric, found, falls=_FALLING.match(label) is not None)
    yield Guidance(metric, basis, period, found.low, found.high, found.unit or "units", source, setting.action)


def _basis(head: str, label: str, metric: str) -> str:
    if _NONGAAP_HEAD.search(head):
        return "nongaap"
    return "gaap" if _GAAP_HEAD.search(head) else read_basis(label, metric)


# `(in millions)`, `(1)`, `*`: notes in a label
_NOTES = re.compile(r"\((?:\d|[a-z]|\*{1,3}|in |\$|mill|bill|unaud)[^)]{0,20}\)|[*†‡]")
# `Decrease`: a cell's own word before its range
_FALLING = re.compile(r"(?:decreas|declin|down\b|lower\b)", re.IGNORECASE)
# `GAAP diluted`, `Adjusted (3)`: words before a metric that do not narrow it; ` attributable to Acme`, `, net`: words after it
_PLAIN_BEFORE = re.compile(
    r"(?:(?:gaap|non-gaap|u\.s\.|adjusted|total|net|diluted|reported|effective|on|core|estimated|projected"
    r"|increase|decrease|decline|approximately|up|down|of"
    r"|\(\d\)|[•-])[ ,]*)*\s*"
)
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
