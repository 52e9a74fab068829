"""Every table of a document read once: grid, caption, role, scale and the periods of its columns, before any figure is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ex99.parsing.document import Document
from ex99.parsing.language.amounts import Scale, parse_scale
from ex99.parsing.language.basis_words import nongaap_words
from ex99.parsing.language.labels import read_label
from ex99.parsing.language.periods import HeadPeriod, read_head
from ex99.parsing.tables.captions import Caption, find_scale, inside_words, read_captions
from ex99.parsing.tables.columns import ColumnHead, ColumnPeriod, infer_durations, read_column_head, resolve_columns
from ex99.parsing.tables.grid import Grid, Section, read_grid
from ex99.parsing.tables.headers import header_texts
from ex99.parsing.tables.loose_heads import find_loose_heads, place_heads, read_head_lines, stubs_of
from ex99.parsing.tables.rows import BodyRow, income_of_both, read_rows
from ex99.parsing.tables.statements import Role, is_income_statement, tell_role

_NONGAAP_TITLE = nongaap_words("title")
# for the quarter ended June 30, 2003 | three months to 30 June 2010
_ENDS = re.compile(r"\bend(?:ed|ing|s)?\b|\b(?:months|quarter|year|weeks|half)\s+to\b", re.IGNORECASE)
_RECONCILES = re.compile(r"reconcil|\bto\b", re.IGNORECASE)
_NO_STATEMENTS = frozenset((Role.SEGMENT, Role.GUIDANCE, Role.AVERAGES))
_ONE = Decimal(1)
_SIX_DIGITS = 100_000
_NINE_DIGITS = 100_000_000
_MOST_PERCENT = 400
_SAME_EDGE = 3
_CONTINUED = re.compile(r"continued|concluded|\bcont'?d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableSection:
    """A part of a table under one set of headers. ``periods`` has an entry a column, None where the column holds no period's figures."""

    grid: Grid
    caption: Caption
    role: Role
    scale: Scale | None
    heads: tuple[ColumnHead, ...]
    periods: tuple[ColumnPeriod | None, ...]
    rows: tuple[BodyRow, ...]
    raw_periods: tuple[ColumnPeriod | None, ...] = ()
    basis: str | None = None
    doubtful: str | None = None
    goes_on: bool = False
    """Whether the table goes on with the statement of the section before, as after a page's end."""


def read_tables(document: Document) -> list[TableSection]:
    """The sections of all tables that hold values, in reading order."""
    grids = {table.ordinal: read_grid(table) for table in document.tables}
    loose = find_loose_heads(document, grids)
    captions = read_captions(document, loose)
    sections: list[TableSection] = []
    for table in document.tables:
        grid = grids[table.ordinal]
        if grid is None:
            continue
        above, lead = captions[table.ordinal]
        if not grid.sections[0].heads:
            apart = place_heads(document.tables[table.ordinal - 1], grid.columns) if table.ordinal - 1 in loose else []
            grid.sections[0].heads.extend(apart or read_head_lines(above, grid.columns))
            grid.sections[0].stubs[:0] = stubs_of(document.tables[table.ordinal - 1]) if apart else []
        caption = Caption(above, inside_words(grid), lead)
        previous: TableSection | None = sections[-1] if sections else None
        for number, section in enumerate(grid.sections):
            if not any(row.values for row in section.rows):
                continue
            read = _read_section(grid, section, caption, previous, first=number == 0)
            sections.append(read)
            previous = read
    return _with_common_scale(_with_common_roles(sections))


def _read_section(grid: Grid, section: Section, caption: Caption, previous: TableSection | None, *, first: bool) -> TableSection:
    texts = header_texts(section, grid.columns, typewritten=grid.table.typewritten)
    heads = tuple(read_column_head(tuple(levels)) for levels in texts)
    rows = tuple(read_rows(section.rows, _per_share_title(caption)))
    if any(head.per_share for head in heads):
        rows = tuple(income_of_both(row) for row in rows)
    labels = [row.label for row in rows]
    title = caption.text if first or previous is None else " | ".join((caption.text, *section.stubs))
    context = _context(section, caption)
    headless = all(head.text == "" for head in heads) or (previous is not None and _goes_on(grid, heads, previous.grid))
    inherits = headless and previous is not None and len(previous.heads) == len(heads)
    if inherits and previous is not None and (not first or not (context.dates or context.month_days or context.years)):
        heads, periods = previous.heads, list(previous.periods)
        if first and not _titled(caption):
            title = previous.caption.text
    else:
        periods = resolve_columns(heads, context)
        if previous is not None and heads == previous.heads and not _titled(caption) and all(p is None or p.end is None for p in periods):
            periods = list(previous.raw_periods)
    role = tell_role(title, labels)
    periods = _settle(periods, role)
    goes_on = previous is not None and first and not _titled(caption) and (inherits or _same_columns(periods, previous))
    scale = find_scale(caption, [cell.text for cells in section.heads for cell in cells], [r.label for r in section.rows if r.is_heading])
    if scale is None and previous is not None and (inherits or goes_on):
        scale = previous.scale
    basis = None
    if _NONGAAP_TITLE.search(title) and not _RECONCILES.search(title) and is_income_statement(labels) and not any(h.basis for h in heads):
        basis = "nongaap"
    kept = _drop_doubles(heads, _drop_shares_of_total(periods, rows))
    return TableSection(grid, caption, role, scale, heads, tuple(kept), rows, tuple(periods), basis, goes_on=goes_on)


def _goes_on(grid: Grid, heads: Sequence[ColumnHead], above: Grid) -> bool:
    """Whether a typewritten table without periods of its own stands in the columns of the table above it, as after a page's end."""
    if not (grid.table.typewritten and above.table.typewritten) or len(grid.columns) != len(above.columns):
        return False
    if any(head.period.dates or head.period.years or head.period.month_days for head in heads):
        return False
    return all(abs(one.right - other.right) <= _SAME_EDGE for one, other in zip(grid.columns, above.columns, strict=True))


def _same_columns(periods: Sequence[ColumnPeriod | None], previous: TableSection) -> bool:
    """Whether a table repeats the columns of the section before, of a statement."""
    return previous.role not in _NO_STATEMENTS and any(period is not None for period in periods) and tuple(periods) == previous.raw_periods


def _titled(caption: Caption) -> bool:
    """Whether a caption says more than that the table goes on, in which periods and in which unit."""
    inside = [text for text in caption.inside if read_head(text).empty and parse_scale(text) is None and not _heads_rows(text)]
    return any(not _CONTINUED.search(text) and len(text) > 12 for text in (*caption.above, *inside))


def _heads_rows(text: str) -> bool:
    """Whether words are a heading between rows ("Earnings per share", "Expenses:") and no title."""
    label = read_label(text)
    return label.per_share or label.shares or text.endswith(":")


def _with_common_roles(sections: Sequence[TableSection]) -> list[TableSection]:
    """Parts of a statement that do not tell their role have that which all its parts tell together."""
    done: list[TableSection] = []
    start = 0
    for end in range(1, len(sections) + 1):
        if end < len(sections) and sections[end].goes_on:
            continue
        parts = sections[start:end]
        role = parts[0].role
        if len(parts) > 1 and any(part.role is Role.OTHER for part in parts):
            role = tell_role(parts[0].caption.text, [row.label for part in parts for row in part.rows])
        done += [replace(part, role=role) if part.role is Role.OTHER else part for part in parts]
        start = end
    return done


def _per_share_title(caption: Caption) -> str | None:
    """A title such as "Earnings per share", which heads rows that do not say so themselves."""
    title = (*caption.inside, *caption.above)[-1:]
    if not title or "except" in title[0].lower() or parse_scale(title[0]) is not None or len(title[0]) > 80:
        return None
    return title[0] if read_label(title[0]).per_share else None


def _context(section: Section, caption: Caption) -> HeadPeriod:
    """What stubs and caption say of the period; each part from the nearest place that says it."""
    sources = [
        read_head(" ".join(section.stubs)),
        read_head(" ".join(caption.inside)),
        *(_told(text) for text in (*reversed(caption.above), caption.lead)),
    ]
    quarter = next((s.quarter for s in sources if s.quarter is not None), None)
    return HeadPeriod(
        durations=next((s.durations for s in sources if s.durations), ()),
        dates=next((s.dates for s in sources if s.dates), ()),
        month_days=next((s.month_days for s in sources if s.month_days), ()),
        years=next((s.years for s in sources if s.years), ()),
        quarter=quarter,
        instant=any(s.instant for s in sources),
    )


def _told(text: str) -> HeadPeriod:
    """What a text above a table says of its period; a lone day is the release's, unless the text says that something ended on it."""
    head = read_head(text)
    if len(head.dates) > 1 or not (head.dates or head.month_days) or head.instant or _ENDS.search(text):
        return head
    return replace(head, dates=(), month_days=())


def _settle(periods: list[ColumnPeriod | None], role: Role) -> list[ColumnPeriod | None]:
    """Durations that role and neighbours tell: balance sheets are of an instant; plain dates a quarter apart are quarters."""
    if role is Role.BALANCE:
        return [None if p is None else ColumnPeriod("instant", p.end, p.quarter, p.year) for p in periods]
    return infer_durations(periods)


def _drop_shares_of_total(periods: Sequence[ColumnPeriod | None], rows: Sequence[BodyRow]) -> list[ColumnPeriod | None]:
    """Columns of percentages of revenue beside the amounts leave the period to these: small numbers, some marked "%", no money sign."""
    kept = list(periods)
    for index, period in enumerate(periods):
        if period is None or periods.count(period) < 2:
            continue
        amounts = [row.grid.values[index][1] for row in rows if index in row.grid.values]
        marked = [a for a in amounts if a.mark == "%"]
        if marked and all(abs(a.value) <= _MOST_PERCENT and a.currency is None for a in amounts):
            kept[index] = None
    return kept


def _drop_doubles(heads: Sequence[ColumnHead], periods: Sequence[ColumnPeriod | None]) -> list[ColumnPeriod | None]:
    """Columns that claim one period and basis are kept only where one of them is the total of the others."""
    kept = list(periods)
    seen: dict[tuple[object, ...], list[int]] = {}
    for index, period in enumerate(periods):
        if period is not None:
            seen.setdefault((period, heads[index].basis, heads[index].per_share), []).append(index)
    for indices in seen.values():
        if len(indices) > 1:
            chosen = _chosen_of_doubles(heads, indices)
            for i in indices:
                if i != chosen:
                    kept[i] = None
        elif heads[indices[0]].other and heads[indices[0]].period.empty:
            kept[indices[0]] = None
    return kept


def _chosen_of_doubles(heads: Sequence[ColumnHead], indices: Sequence[int]) -> int | None:
    """The one column of several that is the total, that names the period and nothing else, or that alone names its year."""
    totals = [i for i in indices if re.search(r"\b(?:total|consolidated)\b", heads[i].text, re.IGNORECASE)]
    plain = [i for i in indices if not heads[i].other]
    dated = [i for i in indices if heads[i].period.years or heads[i].period.dates]
    return next((found[0] for found in (totals, plain, dated) if len(found) == 1), None)


def _with_common_scale(sections: list[TableSection]) -> list[TableSection]:
    """Sections that state no scale take the one that the document's other tables state, where these agree.

    Where no table states one, numbers of six digits and more are taken for whole units; nine digits are whole units in any case.
    """
    stated = Counter(s.scale.money for s in sections if s.scale is not None)
    if len(stated) > 1:
        return sections
    if stated:
        common, reason = Scale(next(iter(stated))), "scale of other tables"
        units = replace(common, money=_ONE, shares=_ONE)
        return [
            s if s.scale is not None else replace(s, scale=units if _is_in_units(s, _NINE_DIGITS) else common, doubtful=reason)
            for s in sections
        ]
    done: list[TableSection] = []
    for s in sections:
        whole = _is_in_units(s) or (s.goes_on and done[-1].scale is not None)
        done.append(replace(s, scale=Scale(_ONE, _ONE), doubtful="no scale stated") if whole else s)
    return done


def _is_in_units(section: TableSection, least: int = _SIX_DIGITS) -> bool:
    """Whether the largest money values of a section have six digits (or as many as given) and no decimals."""
    rows = [row for row in section.rows if not (row.label.shares or any(label.shares for label in row.parents))]
    values = [a for row in rows for _, a in row.grid.values.values() if a.plain and not a.nil]
    return any(abs(a.value) >= least and a.decimals == 0 for a in values)
