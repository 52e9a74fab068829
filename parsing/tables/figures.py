"""Figures from tables: every metric row of every column whose period, scale and unit are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from filings.metrics import METRICS
from filings.release import Figure, ParseWarning, Source
from parsing.amounts import Amount, Scale, parse_scale
from parsing.candidates import Candidate, Place
from parsing.document import Cell, Document
from parsing.fiscal import Calendar
from parsing.labels import without_basis
from parsing.tables.columns import ColumnPeriod
from parsing.tables.consistency import keep_consistent
from parsing.tables.reading import TableSection, read_tables
from parsing.tables.rows import BodyRow, Reading, cash_flow_metrics, instant_metrics, money_metrics, read_metrics
from parsing.tables.share_scale import settled_count, tell_share_scale
from parsing.tables.statements import Role

_PLACES: dict[Role, Place] = {
    Role.INCOME: "statement", Role.BALANCE: "statement", Role.CASH_FLOW: "statement", Role.HIGHLIGHTS: "highlights",
    Role.RECONCILIATION: "reconciliation", Role.OTHER: "highlights",
}  # fmt: skip
_NEAR = dt.timedelta(days=10)


def find_table_figures(
    document: Document, sections: Sequence[TableSection] | None = None, calendar: Calendar | None = None
) -> tuple[list[Candidate], list[ParseWarning]]:
    """Candidates of all tables, and warnings where rows, columns or scale stayed ambiguous."""
    warnings: list[ParseWarning] = []
    candidates: list[Candidate] = []
    read = [(section, _section_readings(section)) for section in (read_tables(document) if sections is None else sections)]
    known = next((count for section, readings in read if (count := settled_count(readings, section.scale, _period_columns(section))) is not None), None)
    for section, readings in read:
        candidates += _section_candidates(document, section, readings, calendar, known, warnings)
    return _mark_comparatives(keep_consistent(candidates, warnings)), warnings


def _section_candidates(
    document: Document,
    section: TableSection,
    readings: list[tuple[BodyRow, Reading]],
    calendar: Calendar | None,
    known: Decimal | None,
    warnings: list[ParseWarning],
) -> Iterator[Candidate]:
    place = _PLACES.get(section.role)
    if place is None:
        return
    periods = [None if p is None else _with_calendar(p, calendar) for p in section.periods]
    best: dict[tuple[str, str], int] = {}
    for _, reading in readings:
        key = (reading.metric, reading.basis)
        best[key] = min(best.get(key, 99), reading.rank)
    share_scale = tell_share_scale(readings, section.scale, _period_columns(section), known)
    taken: set[tuple[str, str]] = set()
    for row, reading in readings:
        key = (reading.metric, reading.basis)
        many = reading.metric == "net_income_to_common"
        if not many and (reading.rank > best[key] or key in taken):
            continue
        found = list(_row_candidates(document, section, periods, row, reading, place, share_scale))
        if found:
            taken.add(key)
            yield from found
    if readings and section.scale is None and any(r.unit == "money" for _, r in readings):
        warnings.append(ParseWarning("scale_unknown", f"table {section.grid.table.ordinal}: no scale is stated"))


def _period_columns(section: TableSection) -> frozenset[int]:
    return frozenset(index for index, period in enumerate(section.periods) if period is not None)


def _section_readings(section: TableSection) -> list[tuple[BodyRow, Reading]]:
    """Every row that reports a metric, in order; none for tables whose figures are not the company's own results."""
    if section.role not in _PLACES:
        return []
    readings = [(row, reading) for row in section.rows for reading in _readings(row, section)]
    return _with_unmarked_shares(readings)


def _with_unmarked_shares(readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """A lone row of average shares, neither basic nor diluted by its words, counts for both, as an unmarked EPS does."""
    kinds = {reading.metric for _, reading in readings if reading.unit == "shares"}
    unmarked = {r.metric for _, r in readings if r.qualifier in ("unmarked EPS", "basic and diluted") and r.basis == "gaap"}
    if kinds != {"shares_basic"} or not {"eps_basic", "eps_diluted"} <= unmarked:
        return readings
    doubled = [(row, replace(r, metric="shares_diluted", qualifier="unmarked")) for row, r in readings if r.metric == "shares_basic" and r.rank]
    return readings + doubled


def _readings(row: BodyRow, section: TableSection) -> list[Reading]:
    """The metrics of a row, those of the wrong statement left out."""
    text = row.label.text
    if section.role is Role.BALANCE:
        return [Reading(m, "gaap", "money", r) for m, r in instant_metrics(text)]
    if section.role is Role.CASH_FLOW:
        income = [Reading(m, "gaap", "money", r + 10, loss=row.label.loss) for m, r in money_metrics(text) if m == "net_income"]
        return income + [Reading(m, "gaap", "money", r + 10 * (m == "cash")) for m, r in cash_flow_metrics(without_basis(text))]
    reconciling = section.role is Role.RECONCILIATION
    readings = read_metrics(row, section.basis, reconciling=reconciling)
    if not readings:
        other = cash_flow_metrics(without_basis(text)) if reconciling else (*instant_metrics(text), *cash_flow_metrics(without_basis(text)))
        readings = [Reading(m, "gaap", "money", r) for m, r in other]
    return [r for r in readings if r.basis in METRICS[r.metric].bases or r.metric == "net_income_to_common"]


def _row_candidates(
    document: Document,
    section: TableSection,
    periods: Sequence[ColumnPeriod | None],
    row: BodyRow,
    reading: Reading,
    place: Place,
    share_scale: Decimal | None,
) -> Iterator[Candidate]:
    whole = reading
    negated = reading.loss and not any(a.negative for _, a in row.grid.values.values())
    scale = parse_scale(row.grid.label) or section.scale
    for index, (cell, amount) in sorted(row.grid.values.items()):
        period = periods[index]
        if period is None or period.end is None or not (amount.plain or amount.mark == "¢"):
            continue
        if amount.nil and reading.metric != "dividends_per_share":
            continue
        column = _in_column(whole, section.heads[index].per_share)
        if column is None or (column.unit == "per_share" and not _is_per_share(amount)):
            continue
        reading = column
        instant = METRICS[reading.metric].instant
        duration = "instant" if instant else period.duration
        if duration is None or duration == "to_date" or (not instant and duration == "instant"):
            continue
        value = _value(amount, reading, scale, share_scale, negated=negated)
        if value is None:
            continue
        basis = section.heads[index].basis if section.heads[index].basis and reading.basis == "gaap" else reading.basis
        metric = "net_income" if basis == "nongaap" and reading.metric == "net_income_to_common" else reading.metric
        if basis not in METRICS[metric].bases:
            continue
        source = _source(document, section, row, cell, index)
        unit = _unit(reading.unit, section, amount)
        figure = Figure(metric, basis, duration, period.end, value, unit, comparative=False, source=source, qualifier=reading.qualifier)
        yield Candidate(figure, place, 1.0, reading.rank)


def _in_column(reading: Reading, per_share: bool) -> Reading | None:
    """What a row reports in a column of amounts a share: net income becomes earnings per share, other money nothing."""
    if not per_share or reading.unit == "per_share":
        return reading
    if reading.metric in ("net_income", "net_income_to_common"):
        return Reading("eps_diluted", reading.basis, "per_share", reading.rank, reading.qualifier, reading.loss)
    return None


def _is_per_share(amount: Amount) -> bool:
    return amount.nil or (amount.decimals >= 1 and abs(amount.value) < 10_000) or amount.mark == "¢"


def _value(amount: Amount, reading: Reading, scale: Scale | None, share_scale: Decimal | None, *, negated: bool) -> Decimal | None:
    """The amount in units. ``negated``: a row named a loss, none of whose values bears a sign of its own."""
    value = -amount.value if negated else amount.value
    if reading.unit == "per_share":
        return value / 100 if amount.mark == "¢" else value
    if reading.unit == "shares":
        return None if share_scale is None else value * share_scale
    return None if scale is None else value * scale.money


def _unit(kind: str, section: TableSection, amount: Amount) -> str:
    if kind == "shares":
        return "shares"
    currency = amount.currency or (section.scale.currency if section.scale is not None else None) or "USD"
    return f"{currency}/share" if kind == "per_share" else currency


def _source(document: Document, section: TableSection, row: BodyRow, cell: Cell, index: int) -> Source:
    return Source(
        cell.start, cell.end, document.text[cell.start : cell.end], section.grid.table.ordinal, row.path, section.heads[index].text or None
    )


def _with_calendar(period: ColumnPeriod, calendar: Calendar | None) -> ColumnPeriod:
    """The column's end told by the company's fiscal calendar, where the header names only a fiscal quarter or year."""
    if period.end is not None or calendar is None:
        return period
    if period.quarter is not None and period.year is not None:
        return ColumnPeriod(period.duration, calendar.quarter_end(period.year, period.quarter), period.quarter, period.year)
    if period.year is not None and period.duration == "year":
        return ColumnPeriod("year", calendar.year_end(period.year), None, period.year)
    return period


def _mark_comparatives(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Flag figures of a period that ends before the document's latest of its kind (instants apart)."""
    listed = list(candidates)
    latest: dict[bool, dt.date] = {}
    for c in listed:
        end = c.figure.period_end
        if end is not None:
            kind = c.figure.duration == "instant"
            latest[kind] = max(latest.get(kind, end), end)
    return [_flagged(c, latest) for c in listed]


def _flagged(candidate: Candidate, latest: dict[bool, dt.date]) -> Candidate:
    f = candidate.figure
    if f.period_end is None or f.period_end >= latest[f.duration == "instant"] - _NEAR:
        return candidate
    figure = Figure(f.metric, f.basis, f.duration, f.period_end, f.value, f.unit, comparative=True, source=f.source, qualifier=f.qualifier)
    return Candidate(figure, candidate.place, candidate.confidence, candidate.rank)
