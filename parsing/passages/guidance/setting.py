"""What surrounds an outlook table: whether it is one, its period, scale and action."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ex99.parsing.document import Table
from ex99.parsing.passages.guidance.actions import read_action
from ex99.parsing.passages.guidance.ranges import find_ranges
from ex99.parsing.passages.guidance.table_cells import SCALE, read_scale, read_values
from ex99.parsing.passages.horizon import find_beside, find_span
from ex99.parsing.passages.outline import Outline, Part, is_number
from ex99.parsing.passages.statements import is_heading

# `Fiscal 2020 Guidance`
_OUTLOOK = re.compile(
    r"\b(?:outlook|guidance|(?:financial |annual |quarter(?:ly)? )?targets|forecast(?:ed)?|estimated range|expected range"
    r"|budget|projections?|(?:full[- ]year|quarter|fiscal|year) (?:\d{4} )?estimates?|estimated (?:[1-4]q|q[1-4]|full|fiscal|20\d\d))\b",
    re.IGNORECASE,
)
# `Approximately`, `Low High`: what stands over the columns of an outlook that does not call itself one
_BOUNDS = re.compile(r"\bapproximately\b(?! \d)|\blow(?: end)?\b.{0,20}\bhigh\b|\brange$", re.IGNORECASE)
_WORDS = ("outlook", "guidance", "target", "forecast", "range", "budget", "projection", "estimate")
_HEAD_WORDS = ("approximately", "high", "range")
# `Three Months Ended June 30,`, `Consolidated Statements of Income`: a table of what has been
_REPORTED = re.compile(
    r"\b(?:months|weeks|quarters?|years?|period)\s+ended\b|\bstatements?\s+of\s+\w+|\bbalance\s+sheets?\b", re.IGNORECASE
)
# `2017 Actual`, `Prior Guidance`: a column of what was, or of what guidance was before
FORMER_HEAD = re.compile(
    r"\b(?:actual|results?|prior|previous(?:ly)?|initial|original|old|as of|legacy|impact|change|increase|decrease"
    r"|variance|historical|included in)\b",
    re.IGNORECASE,
)
# `Reconciliation of GAAP to Non-GAAP Outlook`
_RECONCILES = re.compile(r"reconcil", re.IGNORECASE)
# `Low High`: the heads of two columns that a typewritten table has lost
_LOW_HIGH = re.compile(r"low(?: end)? high(?: end)?", re.IGNORECASE)
# `2025`
_YEAR = re.compile(r"\b20\d\d\b|\b19\d\d\b")
# `(in millions)`, `as follows:`: a line over a table that is no heading
_SCALED = re.compile(r"\(.*|.*:|.*\b(?:unaudited|in thousands|in millions)\b.*|low(?: end)? high(?: end)?", re.IGNORECASE | re.DOTALL)
# `% Change`, `Sequentially`: what is compared in a table of what has been
_CHANGES = re.compile(
    r"\bchange\b|\bvs\b|\bvariance\b|\byear[- ]over[- ]year\b|\byoy\b|\by/y\b|\bsequential"
    r"|\b(?:19|20)\d\d\b.*\b(?:january|march|june|september|december) \d",
    re.IGNORECASE,
)
# `Adopted updates to the guidance`: guidance of another kind
_ACCOUNTING = re.compile(r"\baccounting\b|\badopt|\bdoes not provide\b|\bfasb\b", re.IGNORECASE)
# `Depreciation and amortization`: what stands between net income and EBITDA
_LEADS = re.compile(
    r"^(?:plus:? |less:? |add:? |provision for |estimated |non-?cash )*(?:interest|(?:income )?tax|depreciation|amortization"
    r"|(?:stock|share|equity)-based comp)"
)
_FEWEST_LEADS = 3
_LOOK_BACK = 3
_FAR_BACK = 12
_FEW_WORDS = 12
_LINE_WORDS = 40
_MAX_ROWS = 60
_HEAD_ROWS = 9


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a table: its period, scale, action, whether it only reconciles, and whether "Low High" stands above its columns."""

    period: str | None
    scale: Decimal
    action: str | None
    reconciles: bool
    bounded: bool


def list_outlook_tables(outline: Outline, period: str | None) -> Iterator[tuple[Table, Setting]]:
    """The tables that hold an outlook with their settings, in the order of the text; ``period`` where none is named beside a table."""
    starts = [p.start for p in outline.parts]
    at = 0
    for table in outline.document.tables:
        while at < len(starts) and starts[at] < table.start:
            at += 1
        if len(table.rows) > _MAX_ROWS or not _is_near_outlook(outline, table, at):
            continue
        setting = _read_setting(outline, table, _list_above(outline, at, _LOOK_BACK), _find_heading(_list_above(outline, at, _FAR_BACK)))
        if setting is not None:
            yield table, setting if setting.period else replace(setting, period=period)


def _list_above(outline: Outline, at: int, back: int) -> list[Part]:
    """So many parts above a place that are no table, nor a note on accounting, whose guidance is another."""
    return [p for p in outline.parts[max(0, at - back) : at] if p.kind != "table" and not _ACCOUNTING.search(p.words)]


def _find_heading(above: list[Part]) -> str:
    """The last heading of an outlook."""
    return next((p.words for p in reversed(above) if is_heading(p) and _OUTLOOK.search(p.words)), "")


def _is_near_outlook(outline: Outline, table: Table, at: int) -> bool:
    """Whether the words of an outlook stand in a table's head or in the parts above it: a quick look, before a close one."""
    start = outline.parts[max(0, at - _LOOK_BACK)].start if outline.parts else 0
    end = table.rows[min(len(table.rows), _HEAD_ROWS) - 1].end if table.rows else table.end
    lower = outline.lower
    return any(lower.find(word, start, end) >= 0 for word in _WORDS) or any(lower.find(word, table.start, end) >= 0 for word in _HEAD_WORDS)


def _bridges(table: Table) -> bool:
    """Whether lines lead from a GAAP measure to the non-GAAP one of the same name, or from net income to EBITDA."""
    labels = [" ".join(row.cells[0].text.lower().split()) for row in table.rows if row.cells]
    adjusted = {label.removeprefix("non-") for label in labels if label.startswith("non-gaap ")}
    if any("ebitda" in label for label in labels) and any(label.startswith("net ") for label in labels):
        return sum(1 for label in labels if _LEADS.search(label)) >= _FEWEST_LEADS
    return bool(adjusted) and len(labels) > 2 * len(adjusted) and not adjusted.isdisjoint(labels)


def _find_period(words: str) -> str | None:
    """The period that words above a table tell: beside their word for an outlook, else anywhere where they are short or lead to it."""
    match = _OUTLOOK.search(words)
    if match is None:
        return find_span(words) if words.endswith(":") or len(words.split()) <= _FEW_WORDS else None
    return find_beside(words, match.start(), match.end())


def _below_heading(parts: list[Part]) -> list[Part]:
    """The parts right above a table: not what stands above a heading that names no outlook."""
    cuts = [i for i, p in enumerate(parts) if is_heading(p) and not (_SCALED.fullmatch(p.words) or _OUTLOOK.search(p.words))]
    return parts[cuts[-1] :] if cuts else parts


def _tells_outlook(outline: Outline, table: Table, near: list[str], *, head: str, top: str) -> bool:
    """Whether a table that does not call itself an outlook is one by the words above it: it compares nothing and reports nothing."""
    last = near[-1][-160:] if near else ""
    leads = _OUTLOOK.search(last) is not None
    if not leads and not any(_OUTLOOK.search(words) for words in near):
        return False
    if _CHANGES.search(top) and not any(r.low != r.high for r in find_ranges(outline.text, table.start, table.end)):
        return False
    return not _REPORTED.search(f"{last} {head}") or (leads and len(set(_YEAR.findall(top))) <= 1)


def _read_setting(outline: Outline, table: Table, above: list[Part], heading: str) -> Setting | None:
    body = next((i for i, row in enumerate(table.rows[:_HEAD_ROWS]) if read_values(row, outline.text)), 3)
    head = " ".join(cell.text for row in table.rows[: max(body, 3)] for cell in row.cells if not is_number(cell.text))
    top = " ".join(cell.text for row in table.rows[:body] for cell in row.cells)
    near = [p.words for p in _below_heading(above[-2:]) if p.word_count <= _LINE_WORDS or p.words.endswith(":")]
    last = above[-1].words if above else ""
    if not (_OUTLOOK.search(head) or _BOUNDS.search(top) or _tells_outlook(outline, table, [*near, last], head=head, top=top)):
        return None
    context = " ".join([*near, head])
    scale = next((m for w in (head, last[-120:], *near) if (m := SCALE.search(w))), None)
    ahead = " ".join(cell.text for row in table.rows[: max(body, 3)] for cell in row.cells if not FORMER_HEAD.search(cell.text))
    periods = [_find_period(w) for w in (ahead, last[-200:], *reversed(near), heading)]
    return Setting(
        next((p for p in periods if p), None),
        read_scale(scale),
        read_action(context.lower()),
        bool(_RECONCILES.search(context)) or _bridges(table),
        bool(_LOW_HIGH.fullmatch(last)),
    )
