"""Guidance in tables headed Outlook, Guidance or Targets: a range in a cell, or a low and a high column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from ex99.filings.release import Guidance, Source
from ex99.parsing.document import Cell, Row, Table
from ex99.parsing.language.basis_words import LAW, nongaap_words
from ex99.parsing.language.periods import name_quarters
from ex99.parsing.passages.guidance.metric_phrases import METRIC, name_metric, read_basis, read_metric
from ex99.parsing.passages.guidance.naming import PARTED, settle
from ex99.parsing.passages.guidance.ranges import Range
from ex99.parsing.passages.guidance.setting import FORMER_HEAD, Setting, list_outlook_tables
from ex99.parsing.passages.guidance.table_cells import OWN_UNIT, read_cell, read_label, read_parts, read_values
from ex99.parsing.passages.horizon import find_span
from ex99.parsing.passages.outline import Outline
from ex99.parsing.rules import mark, rule, since

# `Current Outlook`, `Low`
_CURRENT = re.compile(
    r"\b(?:guidance|outlook|targets?|revised|updated|current|new|forecast|low|high|range|estimate|approximately)", re.IGNORECASE
)
# `Prior Guidance`, `February 8 Outlook`: a column of guidance that an unchanged line of the current one stands for
_FORMER = re.compile(r"\b(?:prior|previous(?:ly)?|initial|original|old|as of|last)\b", re.IGNORECASE)
# `Unchanged`: a cell that repeats the one beside it
_UNCHANGED = re.compile(
    r"(?:unchanged|no (?:change|update)|same|(?:re-?)?affirm(?:ed)?|maintain(?:ed|ing)?|reiterated?|confirmed)\.?", re.IGNORECASE
)
# `Low`
_LOW = re.compile(r"\blow(?:er)?\b", re.IGNORECASE)
# `High`
_HIGH = re.compile(r"\bhigh(?:er)?\b", re.IGNORECASE)
# `Range`: a header over two columns that are its ends
_RANGE_HEAD = re.compile(r"\brange\b", re.IGNORECASE)
# `2025`
_YEAR = re.compile(r"\b20\d\d\b|\b19\d\d\b")
_NONGAAP_HEAD = nongaap_words("title")
# `Amortization of intangibles`: a line that only leads from one measure to the other
_RECONCILING = re.compile(
    r"adjustment|amortization|depreciation|compensation|effects?\b|acquisition|restructuring|divestiture|costs?\b"
    r"|charges?\b|gains?\b|impairment",
    re.IGNORECASE,
)
# `Shares used to compute diluted net income per share`
_SHARE_COUNT = re.compile(
    r"\bshares? (?:used|outstanding|\((?!\w\)))|(?:diluted|basic) shares|weighted[- ]average|number of shares|share count", re.IGNORECASE
)
# `Total`: a label that its parent's completes
_BARE = re.compile(r"(?:total|cash|non-?cash|net|low|high|consolidated|basic|diluted)\b:?", re.IGNORECASE)
# `Retail Services:`: a heading of rows that is a part of the company; `Non-GAAP`, `Full Year`, `Key metrics` are none
_PART = re.compile(
    r"(?!.*\b(?:gaap|consolidated|total|company|guidance|outlook|years?|quarter|measures?|metrics|statement|other|assumptions?|key|financial"
    r"|cash|income|expenses?|operating|results|items|capital|balance|half|low|high|range|current|updated|months|millions?|thousands?"
    r"|pro forma|continuing|adjusted|core|growth|earnings)\b|.*\d)[A-Za-z][\w&/’'-]*(?: [\w&/’'-]+){0,3}:?",
    re.IGNORECASE,
)
# `Cash`, `Non-cash`: a part of what stands above
_CASH = re.compile(r"(?:non-?)?cash:?", re.IGNORECASE)
# `Basic weighted average shares`
_BASIC = re.compile(r"basic(?! and)", re.IGNORECASE)
# `Diluted`: a label whose amounts are what its parent's says
_KIND = re.compile(r"(?:basic|diluted)(?: and diluted)?:?", re.IGNORECASE)
# `Y/Y Growth`, `% change`: a line that tells the growth of the one above it
_GROWTH_LABEL = re.compile(
    r"[•\s-]*(?:(?:y(?:ear)?[ -]?(?:/|over|on)[ -]?y(?:ear)?|%|percent(?:age)?|implied|organic|reported|constant currency|annual"
    r"|yoy)[ ,-]*){0,3}(?:growth|change|increase)(?: rate)?(?: ?\(?%\)?)?(?: (?:y(?:ear)?[ -]?(?:/|over|on)[ -]?y(?:ear)?|yoy))?:?",
    re.IGNORECASE,
)
# `Per share (a)`: a line that tells the one above it per share
_SHARE_LABEL = re.compile(r"[•\s-]*per (?:[a-z]+ ){0,2}(?:share|unit)\b", re.IGNORECASE)
# `Year/Year Growth (%)`: a column of growth rates; `tax rate`: a measure that is a percentage of itself
_GROWTH = re.compile(r"growth|% change", re.IGNORECASE)
_IS_RATE = re.compile(r"growth|decline|margin|rate|ratio|percent")
_FEWEST_SHARES = 100_000
"""A count of shares below it has lost its scale."""
_ENDS = ("Low", "High")
_ACROSS = 2
"""So many headers that name a metric make a table whose columns are metrics."""


ROWS = rule("guidance.table.rows", "a row of an outlook's table: its label names the metric, its cells points or ranges")
ACROSS = rule("guidance.table.across", "a table of an outlook whose columns are metrics")
BOUNDS = rule("guidance.table.bounds", "columns called low and high hold the ends of a range")
CARRIED = rule("guidance.table.carried", "unchanged in the current column stands for the former one's outlook")
GROWTH = rule("guidance.table.growth", "a row of growth rates below a metric's row is that metric's growth")
RECONCILING = rule("guidance.table.reconciling", "a line that only leads from one measure to the other", leaves_out=True)
FORMER = rule("guidance.table.former", "a column of former guidance", leaves_out=True)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's label, and that of the rows it stands under."""

    label: str
    parents: str


def find_table_guidance(outline: Outline, period: str | None = None) -> list[Guidance]:
    """The guidance of the document's tables, in the order of the text; ``period`` where none is named beside a table."""
    found: list[Guidance] = []
    told: tuple[str, ...]
    for table, setting in list_outlook_tables(outline, period):
        start, told = mark(), ()
        for guidance in _read_table(outline, table, setting):
            start, told = mark(), since(start) or told
            found.append(replace(guidance, rules=told))
    return found


class _Header(NamedTuple):
    """A column's header from column ``start`` to before ``stop``; ``first`` where it stands in the table's first row."""

    start: int
    stop: int
    text: str
    first: bool


@dataclass(frozen=True, slots=True)
class _OutlookTable:
    """A table being read, with what surrounds it and the headers of its columns."""

    outline: Outline
    table: Table
    setting: Setting
    headers: list[_Header]

    def header(self, cell: Cell) -> str:
        """The headers above a cell, joined."""
        end = cell.column + cell.span
        return " ".join(h.text for h in self.headers if h.start < end and cell.column < h.stop and h.start > 0)


def _read_table(outline: Outline, table: Table, setting: Setting) -> Iterator[Guidance]:
    body = next((i for i, row in enumerate(table.rows) if read_values(row, outline.text)), len(table.rows))
    headers = [_Header(cell.column, cell.column + cell.span, cell.text, i == 0) for i in range(body) for cell in table.rows[i].cells]
    outlook = _OutlookTable(outline, table, setting, headers)
    if _metrics_across(outlook, body) and ACROSS():
        yield from _read_across(outlook, body)
        return
    parents = above = ""
    for row in table.rows[body:]:
        label, values = read_label(row), read_values(row, outline.text)
        if not values:
            parents = label or parents
            outlook = _under(outlook, row)
            continue
        if _GROWTH_LABEL.fullmatch(label) and above and GROWTH():
            yield from _read_row(outlook, _Line(f"{above} growth", parents), row, values)
            continue
        if _SHARE_LABEL.match(label) and above:
            label = f"{above} {label}"
        else:
            above = label
        if not ROWS():
            continue
        yield from _read_row(outlook, _Line(label or parents, parents), row, values)


def _under(outlook: _OutlookTable, row: Row) -> _OutlookTable:
    """The outlook below a row of sub-headers: they take the place of the headers above them, the first row's excepted."""
    new = [_Header(c.column, c.column + c.span, c.text, False) for c in row.cells if c.column > 0]
    if not new:
        return outlook
    named = any(find_span(h.text) for h in new)
    old = [h for h in outlook.headers if (h.first and not named) or not any(n.start < h.stop and h.start < n.stop for n in new)]
    return replace(outlook, headers=[*old, *new])


def _metrics_across(outlook: _OutlookTable, body: int) -> bool:
    """Whether the metrics stand over the columns and the rows are periods, bounds or nothing."""
    heads = sum(any(METRIC.finditer(h.text.lower())) for h in outlook.headers if h.start > 0)
    labels = [read_label(row).lower() for row in outlook.table.rows[body:]]
    return heads >= _ACROSS and not any(any(METRIC.finditer(label)) for label in labels)


def _read_across(outlook: _OutlookTable, body: int) -> Iterator[Guidance]:
    """The guidance of a table whose columns are metrics: each cell a range, or a row of low bounds above a row of high ones."""
    text, scale = outlook.outline.text, outlook.setting.scale
    corner = " ".join(h.text for h in outlook.headers if h.start == 0)
    lows: list[Cell] = []
    for row in outlook.table.rows[body:]:
        label, values = read_label(row), read_values(row, text)
        if FORMER_HEAD.search(label) or not values:
            continue
        if _LOW.search(label):
            lows = values
            continue
        for cell in values:
            metric = outlook.header(cell)
            found = read_cell(text, cell, metric, scale)
            low = next((c for c in lows if c.column == cell.column), None) if _HIGH.search(label) else None
            first = read_cell(text, low, metric, scale) if low is not None else None
            if found is not None and first is not None and low is not None:
                found = replace(first, start=low.start, end=cell.end, high=found.high)
            if found is not None and not FORMER_HEAD.search(metric):
                yield from _make(outlook, _Line(metric, ""), found, label if find_span(label) else corner)


def _read_row(outlook: _OutlookTable, line: _Line, row: Row, values: list[Cell]) -> Iterator[Guidance]:
    titled = _titled(outlook, values)
    kept = [(cell, head) for cell, head in titled if not (FORMER_HEAD.search(head) and FORMER())]
    current = [(cell, head) for cell, head in kept if _CURRENT.search(head)]
    chosen = current or _latest(kept) or _carried(outlook, row, titled)
    text, scale = outlook.outline.text, outlook.setting.scale
    unit = _unit_words(line)
    if any(_LOW.search(head) for _, head in chosen) and any(_HIGH.search(head) for _, head in chosen) and BOUNDS():
        for low, high, head in _bounds(chosen):
            first, second = read_cell(text, low, unit, scale), read_cell(text, high, unit, scale)
            if first is not None and second is not None:
                merged = replace(first, start=low.start, end=high.end, high=second.high)
                yield from _make(outlook, line, merged, head)
        return
    for cell, head in chosen:
        for label, found in read_parts(text, cell, unit, scale):
            own = line.label if label == unit else label
            yield from _make(outlook, _Line(own, line.parents), found, head)


def _unit_words(line: _Line) -> str:
    """The words that tell what a row's numbers are: its label, with its heading where that tells their unit."""
    return f"{line.label} {line.parents}" if _KIND.fullmatch(line.label) or OWN_UNIT.search(line.parents) else line.label


def _titled(outlook: _OutlookTable, values: list[Cell]) -> list[tuple[Cell, str]]:
    """The cells of a row, each with its header; two that stand under one "Range", or under none where that is what the table's are, are its
    ends; none where several have no header.
    """
    titled = [(cell, outlook.header(cell)) for cell in values]
    two = len(titled) == len(_ENDS)
    if len(titled) > 1 and not any(head for _, head in titled):
        return [(cell, end) for end, cell in zip(_ENDS, values, strict=True)] if two and outlook.setting.bounded else []
    if two and titled[0][1] == titled[1][1] and _RANGE_HEAD.search(titled[0][1]):
        return [(cell, f"{end} {head}") for end, (cell, head) in zip(_ENDS, titled, strict=True)]
    return titled


def _carried(outlook: _OutlookTable, row: Row, titled: list[tuple[Cell, str]]) -> list[tuple[Cell, str]]:
    """The former guidance that "Unchanged" in the current column stands for, under the current column's header."""
    head = next((outlook.header(cell) for cell in row.cells if _UNCHANGED.fullmatch(cell.text.strip())), None)
    former = [cell for cell, title in titled if _FORMER.search(title)]
    return [(former[-1], head)] if head is not None and not FORMER_HEAD.search(head) and former and CARRIED() else []


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


def _make(outlook: _OutlookTable, line: _Line, found: Range, head: str) -> Iterator[Guidance]:
    label, setting = line.label, outlook.setting
    words = _words(line)
    metric = _metric(words, found.unit)
    if _SHARE_COUNT.search(words):
        metric, found = "basic shares" if _BASIC.match(words) else "shares", replace(found, unit="shares")
    if metric is None or (found.unit == "shares" and (found.low or 0) < _FEWEST_SHARES):
        return
    if setting.reconciles and (not any(METRIC.finditer(words.lower())) or _RECONCILING.search(words)) and RECONCILING():
        return
    path = f"{line.parents} > {label}" if line.parents and line.parents != label else label
    source = Source(found.start, found.end, outlook.outline.text[found.start : found.end], outlook.table.ordinal, path, head or None)
    period = _find_period(head) or find_span(label) or setting.period
    metric = _of_column(metric, found, head)
    basis = _basis(head, label, metric)
    metric = settle(_of_part(metric, line), found, falls=_FALLING.match(label) is not None)
    yield Guidance(metric, basis, period, found.low, found.high, found.unit or "units", source, action=setting.action)


def _words(line: _Line) -> str:
    """The words that name a row's metric: its label, its heading's with it where it says too little, or the short name that it defines."""
    words = f"{line.label} {line.parents}" if _BARE.fullmatch(line.label) else line.label
    defined = _DEFINED.search(words)
    if defined and any(METRIC.finditer(defined[1].lower())):
        return defined[1]
    return "production" if OWN_UNIT.fullmatch(words) else words


def _of_column(metric: str, found: Range, head: str) -> str:
    """A metric as its column has it: a margin's, a growth's."""
    if "margin" in head.lower() and metric.endswith(" growth"):
        return _MARGINS.get(metric, f"{metric.removesuffix('growth')}margin")
    return f"{metric} growth" if found.unit == "percent" and _GROWTH.search(head) and not _IS_RATE.search(metric) else metric


def _of_part(metric: str, line: _Line) -> str:
    """A metric of the part of the company, or of its kind, that the row or its heading names."""
    if _CASH.fullmatch(line.label):
        return f"{line.label.lower().rstrip(' :')} {metric.removeprefix('non-').removeprefix('cash ')}"
    if metric in PARTED and _PART.fullmatch(line.parents) and not any(METRIC.finditer(line.parents.lower())):
        return f"{line.parents.lower().rstrip(' :')} {metric}"
    return metric


def _find_period(head: str) -> str | None:
    """The period of a column's headers: a quarter below the year that it is of, else the first that is named."""
    period = find_span(head)
    return (find_span(head.partition(period)[2]) or period) if period and " end" in period.lower() and name_quarters(head) else period


def _basis(head: str, label: str, metric: str) -> str:
    if _NONGAAP_HEAD.search(head):
        return "nongaap"
    return "gaap" if LAW.search(head) else read_basis(label, metric)


# `(in millions)`, `(1)`, `*`: notes in a label
_NOTES = re.compile(r"\((?:\d|[a-z]|\*{1,3}|in |\$|mill|bill|unaud)[^)]{0,20}\)|[*†‡]")
# `Earnings before interest and taxes ("EBIT")`: the short name that a label defines
_DEFINED = re.compile(r"\([“\"]([^”\"()]+)[”\"]\)")
# `non-GAAP `: what the basis says already
_BASIS_WORD = re.compile(r"\b(?:non-?)?gaap\b")
# `Decrease`: a cell's own word before its range
_FALLING = re.compile(r"(?:decreas|declin|down\b|lower\b)", re.IGNORECASE)
# `GAAP diluted`, `Adjusted (3)`: words before a metric that do not narrow it; ` attributable to Acme`, `, net`: words after it
_PLAIN_BEFORE = re.compile(
    r"(?:(?:gaap|non-gaap|u\.s\.|adjusted|total|combined|cash|net|diluted|reported|effective|on|core|estimated|projected"
    r"|increase|decrease|decline|approximately|up|down|of"
    r"|\(\d\)|[•-])[ ,]*+)*+\s*"
)
_PLAIN_AFTER = re.compile(
    r"\s*(?:$|[(—–,:*\d-]|attributable|from continuing|per |percentage|on adjusted|range|outlook|guidance|growth|margin|expenses?$)"
)


_MARGINS = {"operating income growth": "operating margin", "net income growth": "net margin", "revenue growth": "margin"}
"""What a percentage under "Margin" is of."""


def _metric(label: str, unit: str) -> str | None:
    lower = " ".join(label.lower().split())
    bare = _NOTES.sub(" ", lower)
    for match in METRIC.finditer(bare):
        name = name_metric(read_metric(match), unit)
        before, after = bare[: match.start], bare[match.end :]
        if name and _PLAIN_BEFORE.fullmatch(before) and _PLAIN_AFTER.match(after):
            return name
    free = " ".join(_BASIS_WORD.sub(" ", bare).split()).strip(" :,-")
    return free[:80] if any(c.isalpha() for c in free) else None
