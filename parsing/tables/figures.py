"""Figures from tables: every metric row of every column whose period, scale and unit are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ex99.filings.fiscal import Calendar
from ex99.filings.metrics import METRICS
from ex99.filings.release import ParseWarning
from ex99.parsing.candidates import Candidate, Place
from ex99.parsing.document import Document
from ex99.parsing.language.amounts import parse_scale
from ex99.parsing.rules import joined, mark, since
from ex99.parsing.tables.consistency import keep_consistent
from ex99.parsing.tables.dating import ColumnPeriod
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tables.sections import read_tables, table_failed
from ex99.parsing.tables.share_scale import settled_count, tell_share_scale
from ex99.parsing.tables.statements import Role, is_income_statement
from ex99.parsing.tables.values import FigureMaker, find_marks, with_calendar

_PLACES: dict[Role, Place] = {
    Role.INCOME: "statement", Role.BALANCE: "statement", Role.CASH_FLOW: "statement", Role.HIGHLIGHTS: "highlights",
    Role.RECONCILIATION: "reconciliation", Role.OTHER: "highlights",
}  # fmt: skip


def find_table_figures(
    document: Document, sections: Sequence[TableSection] | None = None, calendar: Calendar | None = None
) -> tuple[list[Candidate], list[ParseWarning]]:
    """Candidates of all tables, and warnings where rows, columns or scale stayed ambiguous.

    Columns that only name a fiscal quarter or year need ``calendar`` for their end; without it their figures are left out.
    """
    warnings: list[ParseWarning] = []
    if sections is None:
        sections, warnings = read_tables(document)
    telling = [section for section in sections if section.role in _PLACES]
    counts = (settled_count(s.readings, s.scale, s.period_columns) for s in telling)
    known = next((count for count in counts if count is not None), None)
    candidates: list[Candidate] = []
    for section in telling:
        try:
            start = mark()
            share_scale = tell_share_scale(section.readings, section.scale, section.period_columns, known)
            maker = FigureMaker(document, section, _PLACES[section.role], share_scale, find_marks(section), section.rules, since(start))
            candidates += [*_upright(maker, calendar), *_on_side(maker, calendar)]
        except Exception as error:  # noqa: BLE001 - whatever a table does to its reader, the document's other figures stand
            warnings.append(table_failed(section.grid.table, error))
        warnings += _doubts(section, calendar)
    consolidated = {s.grid.table.ordinal for s in telling if "consolidated" in s.caption.text.lower()}
    return keep_consistent(candidates, warnings, consolidated), warnings


def _doubts(section: TableSection, calendar: Calendar | None) -> Iterator[ParseWarning]:
    """What keeps a section's figures from being taken: no scale, columns without a date of a statement or of the lines of one."""
    if section.scale is None and any(r.unit == "money" and _needs_scale(row) for row, r in section.readings):
        yield ParseWarning("scale_unknown", f"table {section.grid.table.ordinal}: no scale is stated")
    if section.readings and (_PLACES[section.role] == "statement" or is_income_statement(row.label for row in section.rows)):
        undated = _undated_columns(section, calendar)
        if undated:
            heads = "; ".join(dict.fromkeys(section.heads[index].text for index in undated)).strip("; ") or "no headers"
            words = f"table {section.grid.table.ordinal} ({section.role}): nothing tells the dates of its columns ({heads})"
            yield ParseWarning("columns_undated", words)


def _needs_scale(row: BodyRow) -> bool:
    """Whether a row holds amounts, no percentages, and does not state their scale itself ("Revenue ($B)")."""
    return any(amount.plain for _, amount in row.grid.values.values()) and parse_scale(row.grid.label) is None


def _undated_columns(section: TableSection, calendar: Calendar | None) -> list[int]:
    """The columns of periods without end or length; all of them where none holds a period."""
    periods = {i: with_calendar(period, calendar) for i, period in enumerate(section.periods) if period is not None}
    if not periods:
        return list(range(len(section.periods)))
    return [i for i, period in periods.items() if period.end is None or period.duration is None]


@dataclass(frozen=True, slots=True)
class ToldColumns:
    """What the columns of a document's tables tell of its periods.

    ``flows`` are the (duration, end) in which statements report flows (all tables where there is no statement), ``quarters`` the (fiscal
    year, quarter) of columns that print no day, ``years`` the fiscal years of such columns of years, ``instants`` the days of balances.
    """

    flows: frozenset[tuple[str, dt.date]] = frozenset()
    quarters: frozenset[tuple[int, int]] = frozenset()
    years: frozenset[int] = frozenset()
    instants: frozenset[dt.date] = frozenset()


def columns_told(sections: Sequence[TableSection]) -> ToldColumns:
    """What all columns together tell, before the fiscal calendar is known."""
    statements: list[tuple[str, dt.date]] = []
    others: list[tuple[str, dt.date]] = []
    named: list[ColumnPeriod] = []
    instants: set[dt.date] = set()
    for section in sections:
        place = _PLACES.get(section.role)
        if place is None:
            continue
        periods = [period for period in section.periods if period is not None]
        if section.role is not Role.RECONCILIATION:
            named += [period for period in periods if period.end is None and period.year is not None]
        if section.role is Role.BALANCE:
            instants |= {period.end for period in periods if period.end is not None}
        (statements if place == "statement" else others).extend((p.duration, p.end) for p in _flows_of(section) if p.duration and p.end)
    quarters = frozenset((p.year, p.quarter) for p in named if p.year is not None and p.quarter is not None)
    years = frozenset(p.year for p in named if p.year is not None and p.quarter is None and p.duration == "year")
    return ToldColumns(frozenset(statements or others), quarters, years, frozenset(instants))


def _flows_of(section: TableSection) -> list[ColumnPeriod]:
    """The periods in which a section reports flows."""
    flows = (row for row, reading in section.readings if not METRICS[reading.metric].instant)
    filled = {index for row in flows for index in row.grid.values}
    told = [period for index in sorted(filled) if (period := section.periods[index]) is not None]
    return told + [cross.period for cross in section.crossed]


def _upright(maker: FigureMaker, calendar: Calendar | None) -> Iterator[Candidate]:
    """Figures of rows that name metrics: of each metric the best row alone, but every row of income to the company or to common."""
    section, start = maker.section, mark()
    periods = [None if p is None else with_calendar(p, calendar) for p in section.periods]
    maker = replace(maker, rules=joined(maker.rules, since(start)))
    best: dict[tuple[str, str], int] = {}
    for _, reading in section.readings:
        key = (reading.metric, reading.basis)
        best[key] = min(best.get(key, 99), reading.rank)
    taken: set[tuple[str, str]] = set()
    for row, reading in section.readings:
        key = (reading.metric, reading.basis)
        if reading.metric != "net_income_to_common" and (reading.rank > best[key] or key in taken):
            continue
        found = [
            made
            for index in sorted(row.grid.values)
            if (period := periods[index]) is not None and (made := maker.make(reading, period, row, index)) is not None
        ]
        if found:
            taken.add(key)
            yield from found


def _on_side(maker: FigureMaker, calendar: Calendar | None) -> Iterator[Candidate]:
    """Figures of columns that name metrics."""
    taken: set[tuple[object, ...]] = set()
    for cross in maker.section.crossed:
        period = with_calendar(cross.period, calendar)
        key = (cross.reading.metric, cross.reading.basis, period)
        line = [row.grid.values[cross.column][1] for row in maker.section.rows if cross.column in row.grid.values]
        made = maker.make(cross.reading, period, cross.row, cross.column, line)
        if made is not None and key not in taken:
            taken.add(key)
            yield made
