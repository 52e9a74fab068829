"""Reading releases, figures, guidance and passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ex99.filings.identifiers import AccessionNumber
from ex99.filings.release import ParseWarning, Source, Ticker
from ex99.storage.archive import Archive
from ex99.storage.conditions import figure_conditions, guidance_conditions, passage_conditions, release_conditions
from ex99.storage.filters import FigureFilter, PassageFilter, ReleaseFilter
from ex99.storage.models import Document, Figure, FigureMention, Guidance, ParseRun, Passage, Release, ReleaseTicker, ReleaseWarning
from ex99.storage.reading import (
    FILING_ORDER,
    NO_FILERS,
    RELEASE_CONTEXT,
    Query,
    context,
    grouped,
    of_release,
    read_filers,
    source_columns,
    source_of,
    stream,
)
from ex99.storage.rows import FigureRow, GuidanceRow, PassageRow, ReleaseRow

_RELEASE = (
    Document.type.label("document_type"),
    Document.filename,
    Release.sha256,
    Release.current,
    Release.media_type,
    Release.headline,
    Release.place,
    Release.date,
    Release.company_name,
    Release.fiscal_year,
    Release.fiscal_quarter,
    Release.fiscal_end,
    Release.error_code,
    Release.error_message,
)
_FIGURE = (
    Figure.position,
    Figure.metric,
    Figure.basis,
    Figure.duration,
    Figure.period_end,
    Figure.value,
    Figure.unit,
    Figure.comparative,
    Figure.qualifier,
)
_GUIDANCE = (
    Guidance.position,
    Guidance.metric,
    Guidance.basis,
    Guidance.period,
    Guidance.low,
    Guidance.high,
    Guidance.unit,
    Guidance.action,
)
_PASSAGE = (Passage.position, Passage.kind, Passage.quantitative, Passage.horizon)


def list_releases(
    archive: Archive, where: ReleaseFilter | None = None, *, newest_first: bool = False, limit: int | None = None
) -> Iterator[ReleaseRow]:
    """Releases in the order of their filing; of each document the current result, or that of the filter's parser version."""
    order = [*FILING_ORDER, Document.sequence]
    figures = select(func.count()).select_from(Figure).where(Figure.release_id == Release.id).scalar_subquery()
    query = (
        of_release(select(*RELEASE_CONTEXT, *_RELEASE, figures.label("figures")).select_from(Release))
        .where(*release_conditions(where or ReleaseFilter(), Release.headline))
        .order_by(*[column.desc() for column in order] if newest_first else order)
        .limit(limit)
    )
    return stream(archive, query, _releases)


def list_figures(
    archive: Archive, where: FigureFilter | None = None, *, mentions: bool = False, limit: int | None = None
) -> Iterator[FigureRow]:
    """Figures in the order of their filing and position; with ``mentions`` the further places that report each."""
    query = figure_query().where(*figure_conditions(where or FigureFilter())).limit(limit)
    return stream(archive, query, complete_with_mentions if mentions else complete_figures)


def list_guidance(archive: Archive, where: FigureFilter | None = None, *, limit: int | None = None) -> Iterator[GuidanceRow]:
    """Guidance in the order of its filing and position."""
    query = _hanging_on_release(Guidance, _GUIDANCE).where(*guidance_conditions(where or FigureFilter())).limit(limit)
    return stream(archive, query, _guidance)


def list_passages(archive: Archive, where: PassageFilter | None = None, *, limit: int | None = None) -> Iterator[PassageRow]:
    """Passages in the order of their filing and position."""
    query = _hanging_on_release(Passage, _PASSAGE).where(*passage_conditions(where or PassageFilter())).limit(limit)
    return stream(archive, query, _passages)


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
    return _hanging_on_release(Figure, _FIGURE)


def complete_figures(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[FigureRow]:
    """Rows of figure_query as FigureRow, without further mentions."""
    return _figures(connection, rows, {})


def complete_with_mentions(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[FigureRow]:
    """Rows of figure_query as FigureRow, with further mentions."""
    query = (
        select(FigureMention.release_id, FigureMention.figure_position, *source_columns(FigureMention))
        .where(FigureMention.release_id.in_({row.release_id for row in rows}))
        .order_by(FigureMention.release_id, FigureMention.figure_position, FigureMention.position)
    )
    mentions: dict[tuple[int, int], list[Source]] = {}
    for row in connection.execute(query):
        mentions.setdefault((row.release_id, row.figure_position), []).append(source_of(row))
    return _figures(connection, rows, mentions)


def _hanging_on_release(model: type[Figure] | type[Guidance] | type[Passage], columns: Sequence[Any]) -> Query:
    query = select(*RELEASE_CONTEXT, *columns, *source_columns(model)).select_from(model).join(Release, Release.id == model.release_id)
    return of_release(query).order_by(*FILING_ORDER, Document.sequence, Release.id, model.position)


def _figures(connection: Connection, rows: Sequence[Row[Any]], mentions: dict[tuple[int, int], list[Source]]) -> Iterable[FigureRow]:
    """The columns come in the order of RELEASE_CONTEXT, _FIGURE and the source, which that of FigureRow's fields follows."""
    filers = read_filers(connection, (row[0] for row in rows))
    for row in rows:
        cells: tuple[Any, ...] = tuple(row)
        filing_id, accession, form, filing_date, acceptance, document_id, release_id, parser_version, kind, position, *rest = cells
        filer = filers.get(filing_id, NO_FILERS)
        fields: tuple[Any, ...] = (
            release_id,
            position,
            document_id,
            AccessionNumber(accession),
            form,
            filing_date,
            acceptance,
            filer.ciks,
            filer.company,
            kind,
            parser_version,
            *rest[:8],
            Source(*rest[8:]),
            tuple(mentions.get((release_id, position), ())),
        )
        yield FigureRow(*fields)


def _guidance(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[GuidanceRow]:
    filers = read_filers(connection, (row.filing_id for row in rows))
    for row in rows:
        yield GuidanceRow(
            **context(row, filers),
            parser_version=row.parser_version,
            position=row.position,
            metric=row.metric,
            basis=row.basis,
            period=row.period,
            low=row.low,
            high=row.high,
            unit=row.unit,
            action=row.action,
            source=source_of(row),
        )


def _passages(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[PassageRow]:
    filers = read_filers(connection, (row.filing_id for row in rows))
    for row in rows:
        yield PassageRow(
            **context(row, filers),
            parser_version=row.parser_version,
            position=row.position,
            kind=row.kind,
            quantitative=row.quantitative,
            horizon=row.horizon,
            source=source_of(row),
        )


def _releases(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[ReleaseRow]:
    ids = [row.release_id for row in rows]
    filers = read_filers(connection, (row.filing_id for row in rows))
    query = select(ReleaseTicker.release_id, ReleaseTicker.symbol, ReleaseTicker.exchange).where(ReleaseTicker.release_id.in_(ids))
    tickers = grouped(connection, query.order_by(ReleaseTicker.release_id, ReleaseTicker.position))
    query = select(ReleaseWarning.release_id, ReleaseWarning.code, ReleaseWarning.message).where(ReleaseWarning.release_id.in_(ids))
    warned = grouped(connection, query.order_by(ReleaseWarning.release_id, ReleaseWarning.position))
    for row in rows:
        shared = context(row, filers)
        yield ReleaseRow(
            id=shared.pop("release_id"),
            **shared,
            form=row.form,
            document_type=row.document_type,
            filename=row.filename,
            sha256=row.sha256,
            parser_version=row.parser_version,
            current=row.current,
            media_type=row.media_type,
            kind=row.release_kind,
            headline=row.headline,
            place=row.place,
            date=row.date,
            printed_company=row.company_name,
            fiscal_year=row.fiscal_year,
            fiscal_quarter=row.fiscal_quarter,
            fiscal_end=row.fiscal_end,
            error_code=row.error_code,
            error_message=row.error_message,
            figures=row.figures,
            tickers=tuple(Ticker(t.symbol, t.exchange) for t in tickers.get(row.release_id, ())),
            warnings=tuple(ParseWarning(w.code, w.message) for w in warned.get(row.release_id, ())),
        )
