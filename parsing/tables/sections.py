"""Every table of a document read in stages: grid, roles of its rows, context, columns, rows, readings; before any figure is taken.

Each stage is a function of the one before. A table in which one raises costs that table alone, and a warning says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ex99.filings.release import ParseWarning
from ex99.parsing.document import Document, Table
from ex99.parsing.rules import joined, mark, rule, since
from ex99.parsing.scoring import heed
from ex99.parsing.tables.captions import Caption, inside_words, read_captions
from ex99.parsing.tables.cells import HeadedRows
from ex99.parsing.tables.columns import ColumnHead, on_new_accounting, read_column_head
from ex99.parsing.tables.context import NO_LINK, Link, has_no_heads, is_titled, per_share_title, read_context, said_of_period, tell_link
from ex99.parsing.tables.dating import ColumnPeriod, infer_durations, resolve_columns
from ex99.parsing.tables.grid import Grid, read_grid
from ex99.parsing.tables.headers import header_texts
from ex99.parsing.tables.leaving_out import drop_doubles, drop_shares_of_total, keeps_the_whole
from ex99.parsing.tables.loose_heads import find_loose_heads, place_heads, read_head_lines, stubs_of
from ex99.parsing.tables.rows import BodyRow, income_of_both, read_rows
from ex99.parsing.tables.scales import with_common_scale
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tables.section_rows import section_readings
from ex99.parsing.tables.statements import Role, tell_role
from ex99.parsing.tables.sums import told_by_sums
from ex99.parsing.tables.transposed import read_transposed
from ex99.parsing.tolerances import TOLERANCES

_NO_STATEMENTS = frozenset((Role.SEGMENT, Role.GUIDANCE, Role.AVERAGES))


WHOLE_COLUMN = rule("tables.sections.whole_column", "of a table of parts the columns of the whole company, where these alone are kept")
COMMON_ROLE = rule("tables.sections.common_role", "parts of a statement that do not tell their role have that of all of them together")


def read_tables(document: Document) -> tuple[list[TableSection], list[ParseWarning]]:
    """(the sections of all tables that hold values, in reading order; a warning for each table that could not be read)."""
    warnings: list[ParseWarning] = []
    grids = {table.ordinal: _guarded(table, warnings) for table in document.tables}
    loose = find_loose_heads(document, grids)
    captions = read_captions(document, loose)
    sections: list[TableSection] = []
    for table in document.tables:
        grid = grids[table.ordinal]
        if grid is None:
            continue
        above, lead = captions[table.ordinal]
        try:
            _give_loose_heads(document, grid, above, loose)
            sections += list(_read_sections(grid, Caption(above, inside_words(grid), lead), sections[-1] if sections else None))
        except Exception as error:  # noqa: BLE001 - whatever a table does to its reader, the document's other figures stand
            warnings.append(table_failed(table, error))
    read = list(_with_readings(_with_common_roles(sections), document.text[: TOLERANCES.before_tables], warnings))
    return with_common_scale(read), warnings


def _with_readings(sections: Sequence[TableSection], lead: str, warnings: list[ParseWarning]) -> Iterator[TableSection]:
    """The readings: which rows and columns name metrics. ``lead`` is the release's first words, which name the company."""
    for section in sections:
        try:
            rows = tuple(told_by_sums(section, section_readings(section, lead)))
            crossed = () if section.role is Role.BALANCE else tuple(read_transposed(section))
            yield replace(section, readings=rows, crossed=crossed)
        except Exception as error:  # noqa: BLE001 - see read_tables
            warnings.append(table_failed(section.grid.table, error))


def _guarded(table: Table, warnings: list[ParseWarning]) -> Grid | None:
    try:
        return read_grid(table)
    except Exception as error:  # noqa: BLE001 - see read_tables
        warnings.append(table_failed(table, error))
        return None


def table_failed(table: Table, error: Exception) -> ParseWarning:
    """The warning for a table that its reader failed on, with its place in the text."""
    what = f"{type(error).__name__}: {error}"
    return ParseWarning("table_failed", f"table {table.ordinal} (characters {table.start} to {table.end}) could not be read: {what}")


def _give_loose_heads(document: Document, grid: Grid, above: Sequence[str], loose: set[int]) -> None:
    """Headers that stand apart from their table, put over its columns."""
    if grid.sections[0].heads:
        return
    before = grid.table.ordinal - 1
    apart = place_heads(document.tables[before], grid.columns) if before in loose else []
    grid.sections[0].heads.extend(apart or read_head_lines(above, grid.columns))
    grid.sections[0].stubs[:0] = stubs_of(document.tables[before]) if apart else []


def _read_sections(grid: Grid, caption: Caption, previous: TableSection | None) -> Iterator[TableSection]:
    for number, section in enumerate(grid.sections):
        if any(row.values for row in section.rows):
            previous = _read_section(grid, section, caption, previous, first=number == 0)
            yield previous


def _read_section(grid: Grid, section: HeadedRows, caption: Caption, above: TableSection | None, *, first: bool) -> TableSection:
    """One section, stage by stage: headers, rows, how it goes on, columns, context."""
    start = mark()
    texts = header_texts(section, grid.columns, typewritten=grid.table.typewritten)
    heads = tuple(on_new_accounting([_read_head(levels) for levels in texts]))
    rows = _read_rows(section, caption, heads)
    labels = [row.label for row in rows]
    titled, bare = is_titled(caption), has_no_heads(grid, heads, above)
    said = said_of_period(section, caption)
    periods = resolve_columns(heads, said)
    title = caption.text if first or above is None else " | ".join((caption.text, *section.stubs))
    link = NO_LINK if above is None else heed(tell_link(heads, periods, said, above, bare=bare, first=first, titled=titled))
    if above is not None and link.answer is Link.COLUMNS:
        heads, periods = above.heads, list(above.periods)
        title = above.caption.text if first and not titled else title
    elif above is not None and link.answer is Link.DAYS:
        periods = list(above.raw_periods)
    role = heed(tell_role(title, labels))
    settled = tuple(_settle(periods, role.answer))
    follows = above is not None and bare and len(above.heads) == len(heads)
    goes_on = above is not None and first and not titled and (follows or _same_columns(settled, above))
    context = read_context(caption, title, section, role=role, labels=labels, heads=heads, above=above if follows or goes_on else None)
    kept = tuple(drop_doubles(heads, drop_shares_of_total(settled, rows)))
    reasons = context.reasons if not link.reason else (*context.reasons, f"columns: {link.reason}")
    return TableSection(
        grid,
        caption,
        _role_by_columns(role.answer, heads, settled, kept),
        context.scale,
        heads,
        kept,
        rows,
        settled,
        context.basis,
        goes_on=goes_on,
        reasons=reasons,
        rules=since(start),
    )


def _role_by_columns(
    role: Role, heads: Sequence[ColumnHead], periods: Sequence[ColumnPeriod | None], kept: Sequence[ColumnPeriod | None]
) -> Role:
    """A table of parts of which the columns of the whole company alone are kept reconciles these to the parts."""
    return Role.RECONCILIATION if role is Role.SEGMENT and keeps_the_whole(heads, periods, kept) and WHOLE_COLUMN() else role


def _read_rows(section: HeadedRows, caption: Caption, heads: Sequence[ColumnHead]) -> tuple[BodyRow, ...]:
    rows = read_rows(section.rows, per_share_title(section, caption))
    return tuple(map(income_of_both, rows) if any(head.per_share for head in heads) else rows)


def _read_head(levels: Sequence[str]) -> ColumnHead:
    head = read_column_head(tuple(levels))
    heed(head.kind)
    return head


def _same_columns(periods: Sequence[ColumnPeriod | None], above: TableSection) -> bool:
    """Whether a table repeats the columns of the section before, of a statement."""
    return above.role not in _NO_STATEMENTS and any(period is not None for period in periods) and tuple(periods) == above.raw_periods


def _with_common_roles(sections: Sequence[TableSection]) -> list[TableSection]:
    """Parts of a statement that do not tell their role have that which all its parts tell together."""
    done: list[TableSection] = []
    start = 0
    for end in range(1, len(sections) + 1):
        if end < len(sections) and sections[end].goes_on:
            continue
        parts = sections[start:end]
        role = parts[0].role
        told: tuple[str, ...] = ()
        if len(parts) > 1 and any(part.role is Role.OTHER for part in parts) and COMMON_ROLE():
            role = tell_role(parts[0].caption.text, [row.label for part in parts for row in part.rows]).answer
            told = (COMMON_ROLE.id,)
        done += [replace(part, role=role, rules=joined(part.rules, told)) if part.role is Role.OTHER else part for part in parts]
        start = end
    return done


def _settle(periods: list[ColumnPeriod | None], role: Role) -> list[ColumnPeriod | None]:
    """Durations that role and neighbours tell: balance sheets are of an instant; plain dates tell by their distance."""
    if role is Role.BALANCE:
        return [None if p is None else ColumnPeriod("instant", p.end, p.quarter, p.year) for p in periods]
    return infer_durations(periods, flows=role in (Role.INCOME, Role.CASH_FLOW))
