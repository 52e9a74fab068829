"""Many companies' periods side by side: one row a company and period, with what was first said of each metric and what holds now."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, or_, select

from ex99.filings.chunks import chunks
from ex99.filings.fiscal import Calendar, FiscalCalendar, merge_period_ends
from ex99.filings.identifiers import Cik
from ex99.filings.metrics import METRICS
from ex99.filings.values import precision_of
from ex99.storage.archive import Archive
from ex99.storage.calendars import read_calendars, tell_of
from ex99.storage.growth import find_beside, find_year_before
from ex99.storage.models import Company, Document, Figure, Filing, FilingFiler, Release, Ticker
from ex99.storage.reading import CHUNK, Query
from ex99.storage.series import COUNTED, VINTAGE_COLUMNS, make_vintages, read_share_counts
from ex99.storage.series_model import Point, Series, SeriesKey, build_series
from ex99.storage.splits import note_restatement, tells_splits
from ex99.storage.vintages import Vintage, known_until

_FLOWS: tuple[str, ...] = ("quarter", "half", "nine_months", "year")
_BEFORE, _AFTER = dt.timedelta(days=140), dt.timedelta(days=8)
"""Figures outside the range asked for that may matter: what a derived quarter is the difference of, an end that is printed otherwise."""
_YEAR_BEFORE = dt.timedelta(days=365 + 28)
"""How far before the range the comparatives of its periods ended, at most."""
_NARROW = dt.timedelta(days=800)
"""A range up to this long is read by the index of periods, a longer one company by company."""
_COMPANIES = 100


class MetricKey(NamedTuple):
    """A metric on a basis."""

    metric: str
    basis: str = "gaap"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFilter:
    """What a panel shows: metrics of one duration (balance sheet figures at its period ends), of some companies or all.

    ``period_from`` and ``period_until`` bound the period's end, both included; ``as_of`` leaves out what became known after that day.
    """

    metrics: Sequence[MetricKey]
    duration: str = "quarter"
    ciks: Collection[int] = ()
    period_from: dt.date | None = None
    period_until: dt.date | None = None
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PanelCell:
    """One metric of one period: its point of the first and of the latest vintage."""

    first: Point
    latest: Point
    restated: bool
    note: str | None = None
    """Of the last restatement: "split 7:1", "implausible: ×14" (storage.splits)."""
    comparative: Vintage | None = None
    """The same period a year earlier, as the filing that first reported this one prints it beside: in the same shares and scope."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One company's period; ``cells`` stand in the order of the filter's metrics, None where nothing is known."""

    cik: Cik
    company: str | None
    tickers: tuple[str, ...]
    period_end: dt.date
    duration: str
    fiscal_year: int | None
    fiscal_quarter: int | None
    calendar_quarter: str
    announced: Vintage
    """The earliest figure among the cells: when, and in which release, this period was first reported."""
    cells: tuple[PanelCell | None, ...]


@dataclass(frozen=True, slots=True)
class CompanyHistory:
    """All vintages of a company that a panel needs, and how it names its periods."""

    cik: Cik
    company: str | None
    tickers: tuple[str, ...]
    vintages: tuple[Vintage, ...]
    calendar: FiscalCalendar = field(compare=False)
    counts: Callable[[], Sequence[Vintage]] = field(default=tuple, compare=False, repr=False)
    """Reads its share counts, which tell restatements that are splits; only while histories are listed."""


def list_panel(archive: Archive, where: PanelFilter) -> Iterator[PanelRow]:
    """The rows of a panel by CIK and period end, streaming: a few companies are in memory at once."""
    for history in list_histories(archive, where):
        yield from build_panel(history, where)


def list_histories(archive: Archive, where: PanelFilter) -> Iterator[CompanyHistory]:
    """The companies that have any figure a panel asks for, by CIK, streaming; here ``where.duration`` may also be "any"."""
    with archive.connect() as connection:
        yield from _by_period(connection, where) if _is_narrow(where) else _by_company(connection, where)


def build_panel(history: CompanyHistory, where: PanelFilter) -> Iterator[PanelRow]:
    """One company's rows: pure, and the same for any order of arrival."""
    cells: list[dict[dt.date, PanelCell]] = []
    for key in where.metrics:
        told = [v for v in history.vintages if v.metric == key.metric and v.basis == key.basis]
        cells.append(_cells(history, key, where, known_until(told, where.as_of)) if told else {})
    ends = merge_period_ends(end for column in cells for end in column)
    by_end: dict[dt.date, list[PanelCell | None]] = {}
    for number, column in enumerate(cells):
        for end, cell in column.items():
            by_end.setdefault(ends[end], [None] * len(cells))[number] = cell
    for end in sorted(by_end):
        if _inside(end, where) and _belongs(by_end[end], where):
            yield _row(history, end, by_end[end], where.duration)


def _cells(history: CompanyHistory, key: MetricKey, where: PanelFilter, told: Sequence[Vintage]) -> dict[dt.date, PanelCell]:
    duration = "instant" if METRICS[key.metric].instant else where.duration
    named = SeriesKey(history.cik, key.metric, key.basis, duration)
    latest = build_series(named, told, history.calendar, as_of=where.as_of)
    derived = any(point.status == "derived" for point in latest.points)
    first = build_series(named, told, history.calendar, choice="first", as_of=where.as_of) if derived else None
    splitting = bool(latest.restatements) and tells_splits(key.metric)
    counts = known_until(history.counts(), where.as_of) if splitting else []
    restated = {told.period_end: note_restatement(told, counts, key.metric) for told in latest.restatements}
    cells = {}
    for point in latest.points:
        beside = find_beside(point.announced, find_year_before(latest.points, point)) if point.status == "reported" else None
        cells[point.period_end] = PanelCell(
            _first(point, first), point, point.period_end in restated, restated.get(point.period_end), beside
        )
    return cells


def _first(point: Point, first: Series | None) -> Point:
    if point.vintages:
        earliest = point.vintages[0]
        if earliest is point.vintage:
            return point
        return dataclasses.replace(point, value=earliest.value, unit=earliest.unit, precision=precision_of(earliest), vintage=earliest)
    derived = first.points if first else ()
    return next((other for other in derived if other.period_end == point.period_end), point)


def _row(history: CompanyHistory, end: dt.date, cells: Sequence[PanelCell | None], duration: str) -> PanelRow:
    announced = min((cell.first.vintage for cell in cells if cell), key=lambda vintage: vintage.order)
    year, quarter = history.calendar.label(end)
    return PanelRow(
        cik=history.cik,
        company=history.company,
        tickers=history.tickers,
        period_end=end,
        duration=duration,
        fiscal_year=year,
        fiscal_quarter=None if duration == "year" else quarter,
        calendar_quarter=history.calendar.quarter_of(end),
        announced=announced,
        cells=tuple(cells),
    )


def _inside(end: dt.date, where: PanelFilter) -> bool:
    return (where.period_from is None or end >= where.period_from) and (where.period_until is None or end <= where.period_until)


def _belongs(cells: Sequence[PanelCell | None], where: PanelFilter) -> bool:
    """A balance sheet of a quarter's end belongs to the quarters alone, unless nothing but balance sheets is asked for."""
    flows = [cell for cell, key in zip(cells, where.metrics, strict=True) if not METRICS[key.metric].instant]
    return where.duration in ("quarter", "instant") or not flows or any(flows)


def _is_narrow(where: PanelFilter) -> bool:
    if where.period_from is None or where.period_until is None or 0 < len(where.ciks) < _COMPANIES:
        return False
    return where.period_until - where.period_from <= _NARROW


def _by_period(connection: Connection, where: PanelFilter) -> Iterator[CompanyHistory]:
    """One walk over the index of periods, sorted by company; calendars are those that the years around the range tell."""
    query = _vintage_query(where).select_from(Figure).join(Release, Release.id == Figure.c.release_id)
    query = query.join(Document, Document.id == Release.document_id).join(Filing, Filing.id == Document.filing_id)
    query = query.join(FilingFiler, FilingFiler.filing_id == Filing.id).order_by(FilingFiler.cik)
    assert where.period_from is not None
    assert where.period_until is not None
    anchors = read_calendars(connection, tell_of(where.period_from, where.period_until), where.as_of)
    if connection.dialect.name == "postgresql":
        # all rows will be fetched; a cursor is otherwise planned for its first tenth, which is a walk through all companies' filings
        connection.exec_driver_sql("SET LOCAL cursor_tuple_fraction = 1")
    result = connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": CHUNK})
    asked = {int(cik) for cik in where.ciks}
    companies = groupby(result, key=lambda row: int(row.cik))
    told = ((cik, list(rows)) for cik, rows in companies if not asked or cik in asked)
    try:
        for batch in chunks(told, _COMPANIES):
            names = _read_names(connection, [cik for cik, _ in batch])
            for cik, rows in batch:
                yield _make_history(connection, cik, _drop_useless(rows, where), names, anchors)
    finally:
        result.close()


def _by_company(connection: Connection, where: PanelFilter) -> Iterator[CompanyHistory]:
    """One company after the other, through its filings."""
    known = select(FilingFiler.cik).distinct().order_by(FilingFiler.cik)
    ciks = sorted({int(cik) for cik in where.ciks} or connection.scalars(known).all())
    query = _vintage_query(where).select_from(FilingFiler).join(Filing, Filing.id == FilingFiler.filing_id)
    query = query.join(Document, Document.filing_id == Filing.id).join(Release, Release.document_id == Document.id)
    query = query.join(Figure, Figure.c.release_id == Release.id)
    for some in chunks(ciks, _COMPANIES):
        names = _read_names(connection, some)
        for cik in some:
            if rows := connection.execute(query.where(FilingFiler.cik == cik)).all():
                yield _make_history(connection, cik, rows, names, read_calendars(connection, [FilingFiler.cik == cik], where.as_of))


def _vintage_query(where: PanelFilter) -> Query:
    metrics = {key.metric for key in where.metrics}
    durations = {"instant"} if where.duration == "instant" else {where.duration, "instant"}
    durations |= set(_FLOWS) if where.duration in ("quarter", "any") else set()
    query = select(FilingFiler.cik, *VINTAGE_COLUMNS).where(
        COUNTED,
        Figure.c.metric.in_(sorted(metrics)),
        Figure.c.basis.in_(sorted({key.basis for key in where.metrics})),
        Figure.c.duration.in_(sorted(durations)),
        Figure.c.period_end.is_not(None),
    )
    if where.period_from is not None:
        query = query.where(
            Figure.c.period_end >= where.period_from - _YEAR_BEFORE,
            or_(Figure.c.period_end >= where.period_from - _BEFORE, Figure.c.comparative),
        )
    if where.period_until is not None:
        query = query.where(Figure.c.period_end <= where.period_until + _AFTER)
    return query


def _drop_useless(rows: Sequence[Row[Any]], where: PanelFilter) -> list[Row[Any]]:
    """The rows without the quarters before the range that are no part of a half year and no comparatives: they make no point of it."""
    first = (where.period_from or dt.date.min) - _AFTER
    halves = {row.metric for row in rows if row.duration == "half"}
    return [row for row in rows if row.period_end >= first or row.duration != "quarter" or row.comparative or row.metric in halves]


def _make_history(
    connection: Connection,
    cik: int,
    rows: Sequence[Row[Any]],
    names: Mapping[int, tuple[str | None, tuple[str, ...]]],
    anchors: Mapping[int, list[Calendar]],
) -> CompanyHistory:
    name, tickers = names.get(cik, (None, ()))
    calendar = FiscalCalendar(anchors.get(cik, ()))
    return CompanyHistory(Cik(cik), name, tickers, tuple(make_vintages(rows)), calendar, lambda: read_share_counts(connection, cik))


def _read_names(connection: Connection, ciks: Sequence[int]) -> dict[int, tuple[str | None, tuple[str, ...]]]:
    """The name and the tickers, shortest first, of each company."""
    tickers: dict[int, list[str]] = {}
    for cik, symbol in connection.execute(select(Ticker.cik, Ticker.symbol).where(Ticker.cik.in_(ciks)).order_by(Ticker.symbol)):
        tickers.setdefault(cik, []).append(symbol)
    named = connection.execute(select(Company.cik, Company.name).where(Company.cik.in_(ciks)))
    return {cik: (name, tuple(sorted(tickers.get(cik, ()), key=len))) for cik, name in named}
