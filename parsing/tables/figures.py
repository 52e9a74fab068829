"""Figures from tables: every metric row of every column whose period, scale and unit are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ex99.filings.fiscal import Calendar
from ex99.filings.release import ParseWarning
from ex99.parsing.candidates import Candidate, Place
from ex99.parsing.document import Document
from ex99.parsing.tables.consistency import keep_consistent
from ex99.parsing.tables.reading import TableSection, read_tables
from ex99.parsing.tables.readings import Reading
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tables.section_rows import section_readings
from ex99.parsing.tables.share_scale import settled_count, tell_share_scale
from ex99.parsing.tables.statements import Role
from ex99.parsing.tables.transposed import read_transposed
from ex99.parsing.tables.values import FigureMaker, find_marks, with_calendar

_PLACES: dict[Role, Place] = {
    Role.INCOME: "statement", Role.BALANCE: "statement", Role.CASH_FLOW: "statement", Role.HIGHLIGHTS: "highlights",
    Role.RECONCILIATION: "reconciliation", Role.OTHER: "highlights",
}  # fmt: skip
_LEAD = 3000
_ReadRows = list[tuple[BodyRow, Reading]]


def find_table_figures(
    document: Document, sections: Sequence[TableSection] | None = None, calendar: Calendar | None = None
) -> tuple[list[Candidate], list[ParseWarning]]:
    """Candidates of all tables, and warnings where rows, columns or scale stayed ambiguous.

    Columns that only name a fiscal quarter or year need ``calendar`` for their end; without it their figures are left out.
    """
    warnings: list[ParseWarning] = []
    candidates: list[Candidate] = []
    lead = document.text[:_LEAD]
    read = [(s, section_readings(s, lead)) for s in (read_tables(document) if sections is None else sections) if s.role in _PLACES]
    known = next((count for s, rows in read if (count := settled_count(rows, s.scale, _period_columns(s))) is not None), None)
    for section, rows in read:
        share_scale = tell_share_scale(rows, section.scale, _period_columns(section), known)
        maker = FigureMaker(document, section, _PLACES[section.role], share_scale, find_marks(section))
        candidates += _upright(maker, rows, calendar)
        candidates += _on_side(maker, calendar)
        if section.scale is None and any(r.unit == "money" for _, r in rows):
            warnings.append(ParseWarning("scale_unknown", f"table {section.grid.table.ordinal}: no scale is stated"))
    consolidated = {s.grid.table.ordinal for s, _ in read if "consolidated" in s.caption.text.lower()}
    return keep_consistent(candidates, warnings, consolidated), warnings


def _period_columns(section: TableSection) -> frozenset[int]:
    return frozenset(index for index, period in enumerate(section.periods) if period is not None)


def _upright(maker: FigureMaker, rows: _ReadRows, calendar: Calendar | None) -> Iterator[Candidate]:
    """Figures of rows that name metrics: of each metric the best row alone, but every row of income to the company or to common."""
    periods = [None if p is None else with_calendar(p, calendar) for p in maker.section.periods]
    best: dict[tuple[str, str], int] = {}
    for _, reading in rows:
        key = (reading.metric, reading.basis)
        best[key] = min(best.get(key, 99), reading.rank)
    taken: set[tuple[str, str]] = set()
    for row, reading in rows:
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
    if maker.section.role is Role.BALANCE:
        return
    taken: set[tuple[object, ...]] = set()
    for cross in read_transposed(maker.section):
        period = with_calendar(cross.period, calendar)
        key = (cross.reading.metric, cross.reading.basis, period)
        line = [row.grid.values[cross.column][1] for row in maker.section.rows if cross.column in row.grid.values]
        made = maker.make(cross.reading, period, cross.row, cross.column, line)
        if made is not None and key not in taken:
            taken.add(key)
            yield made
