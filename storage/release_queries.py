"""Reading releases, figures, guidance and passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, func, select

from ex99.filings import release as records
from ex99.filings.release import ParseWarning, Source, Ticker
from ex99.storage.archive import Archive
from ex99.storage.calendars import Calendars, tell_of
from ex99.storage.conditions import list_conditions, releases_alone
from ex99.storage.filters import FigureFilter, PassageFilter, ReleaseFilter
from ex99.storage.mapping import RowMaker, row_maker, stored_columns
from ex99.storage.models import (
    Document,
    Figure,
    FigureMention,
    Guidance,
    ParseRun,
    Passage,
    Release,
    ReleaseText,
    ReleaseTicker,
    ReleaseWarning,
)
from ex99.storage.reading import FILING_ORDER, RELEASE_CONTEXT, Query, filed_by, of_release, read_filers, stream
from ex99.storage.rows import FigureRow, GuidanceRow, PassageRow, ReleaseRow, TextRow

T = TypeVar("T")
_TEXTS = 50
"""Texts that are read at once: they are long."""
_PERIOD = (Release.fiscal_year, Release.fiscal_quarter)
_RELEASE = (
    Document.filename,
    Release.pipeline,
    Release.sha256,
    Release.current,
    Release.media_type,
    Release.kind,
    Release.headline,
    Release.place,
    Release.date,
    Release.company_name.label("printed_company"),
    Release.fiscal_year,
    Release.fiscal_quarter,
    Release.fiscal_end,
    Release.error_code,
    Release.error_message,
)


def list_releases(
    archive: Archive, where: ReleaseFilter | None = None, *, newest_first: bool = False, limit: int | None = None
) -> Iterator[ReleaseRow]:
    """Releases in the order of their filing; of each document the current result, or that of the filter's parser version."""
    order = [*FILING_ORDER, Document.sequence]
    figures = select(func.count()).select_from(Figure).where(Figure.c.release_id == Release.id).scalar_subquery()
    query = (
        of_release(select(*RELEASE_CONTEXT, Release.id, *_RELEASE, figures.label("figures")).select_from(Release))
        .where(*list_conditions(releases_alone(where), Release))
        .order_by(*[column.desc() for column in order] if newest_first else order)
        .limit(limit)
    )
    return stream(archive, query, _releases)


def list_figures(
    archive: Archive, where: FigureFilter | None = None, *, mentions: bool = False, limit: int | None = None
) -> Iterator[FigureRow]:
    """Figures in the order of their filing and position; with ``mentions`` the further places that report each."""
    asked = where or FigureFilter()
    query = figure_query().where(*list_conditions(asked, Figure)).limit(limit)
    calendars = Calendars(tell_of(asked.period_from, asked.period_until) if asked.period_from and asked.period_until else ())
    return stream(archive, query, partial(complete_with_mentions if mentions else complete_figures, calendars=calendars))


def list_guidance(archive: Archive, where: FigureFilter | None = None, *, limit: int | None = None) -> Iterator[GuidanceRow]:
    """Guidance in the order of its filing and position."""
    query = (
        _hanging_on_release(Guidance, records.Guidance, *_PERIOD).where(*list_conditions(where or FigureFilter(), Guidance)).limit(limit)
    )
    return stream(archive, query, _complete(GuidanceRow))


def list_passages(archive: Archive, where: PassageFilter | None = None, *, limit: int | None = None) -> Iterator[PassageRow]:
    """Passages in the order of their filing and position."""
    query = _hanging_on_release(Passage, records.Passage, *_PERIOD).where(*list_conditions(where or PassageFilter(), Passage)).limit(limit)
    return stream(archive, query, _complete(PassageRow))


def list_texts(archive: Archive, where: ReleaseFilter | None = None, *, limit: int | None = None) -> Iterator[TextRow]:
    """The full text of current releases in the order of their filing; those that could not be parsed have none."""
    told = (Release.kind, Release.headline, *_PERIOD, ReleaseText.body.label("text"))
    query = (
        of_release(select(*RELEASE_CONTEXT, *told).select_from(Release))
        .join(ReleaseText, ReleaseText.release_id == Release.id)
        .where(*list_conditions(releases_alone(where), Release))
        .order_by(*FILING_ORDER, Document.sequence)
        .limit(limit)
    )
    return stream(archive, query, _complete(TextRow), _TEXTS)


def list_parser_versions(archive: Archive) -> list[tuple[str, int]]:
    """Parser versions that have results, in the order of their first run, with the count of results."""
    counts = select(Release.parser_version, func.count()).group_by(Release.parser_version)
    first = select(ParseRun.parser_version, func.min(ParseRun.id)).group_by(ParseRun.parser_version)
    with archive.connect() as connection:
        order = {row[0]: row[1] for row in connection.execute(first)}
        found = [(row[0], row[1]) for row in connection.execute(counts)]
    return sorted(found, key=lambda pair: (order.get(pair[0], 0), pair[0]))


def figure_query() -> Query:
    """Figures with their release, document and filing, in the order of filing; conditions are the caller's."""
    return _hanging_on_release(Figure, records.Figure, Release.kind)


def complete_figures(connection: Connection, rows: Sequence[Row[Any]], calendars: Calendars | None = None) -> Iterator[FigureRow]:
    """Rows of figure_query as FigureRow, without further mentions; ``calendars`` keeps those of companies that came by before."""
    told = calendars or Calendars()
    filers = read_filers(connection, {row.filing_id for row in rows})
    told.learn(connection, (filer.cik for filer in filers.values() if filer.cik is not None))
    maker = row_maker(FigureRow, rows)
    for row in rows:
        facts = filed_by(row, filers)
        year, quarter = told.label(facts["cik"], row.period_end, row.duration)
        yield maker.make(row, **facts, fiscal_year=year, fiscal_quarter=quarter)


def complete_with_mentions(connection: Connection, rows: Sequence[Row[Any]], calendars: Calendars | None = None) -> Iterator[FigureRow]:
    """Rows of figure_query as FigureRow, with further mentions."""
    keys = (FigureMention.c.release_id, FigureMention.c.figure_position)
    query = (
        select(*keys, *stored_columns(FigureMention, Source, "source_"))
        .where(FigureMention.c.release_id.in_({row.release_id for row in rows}))
        .order_by(*keys, FigureMention.c.position)
    )
    mentions: defaultdict[tuple[int, int], list[Source]] = defaultdict(list)
    found = connection.execute(query).all()
    sources = RowMaker(Source, found[0]._fields if found else (), "source_")
    for row in found:
        mentions[row.release_id, row.figure_position].append(sources.make(row))
    for figure in complete_figures(connection, rows, calendars):
        told = mentions.get((figure.release_id, figure.position))
        yield replace(figure, mentions=tuple(told)) if told else figure


def _hanging_on_release(table: Table, record: type, *more: Any) -> Query:
    columns = (*RELEASE_CONTEXT, *more, table.c.position, *stored_columns(table, record))
    query = select(*columns).select_from(table).join(Release, Release.id == table.c.release_id)
    return of_release(query).order_by(*FILING_ORDER, Document.sequence, Release.id, table.c.position)


def _complete(row_type: type[T]) -> Callable[[Connection, Sequence[Row[Any]]], Iterator[T]]:
    """How rows of a query with RELEASE_CONTEXT become rows of a type: by name, with the filing's companies."""

    def complete(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[T]:
        filers = read_filers(connection, {row.filing_id for row in rows})
        maker = row_maker(row_type, rows)
        for row in rows:
            yield maker.make(row, **filed_by(row, filers))

    return complete


def _releases(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[ReleaseRow]:
    ids = [row.id for row in rows]
    filers = read_filers(connection, {row.filing_id for row in rows})
    tickers = _read_parts(connection, ReleaseTicker, Ticker, ids)
    warned = _read_parts(connection, ReleaseWarning, ParseWarning, ids)
    maker = row_maker(ReleaseRow, rows)
    for row in rows:
        parts = {"tickers": tuple(tickers.get(row.id, ())), "warnings": tuple(warned.get(row.id, ()))}
        yield maker.make(row, **filed_by(row, filers), **parts)


def _read_parts(connection: Connection, table: Table, record: type[T], releases: Sequence[int]) -> dict[int, list[T]]:
    query = select(table.c.release_id, *stored_columns(table, record)).where(table.c.release_id.in_(releases))
    rows = connection.execute(query.order_by(table.c.release_id, table.c.position)).all()
    maker = row_maker(record, rows)
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.release_id].append(maker.make(row))
    return found
