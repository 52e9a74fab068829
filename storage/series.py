"""A company's history of one metric: points, vintages, restatements, derived fourth quarters, gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from ex99.filings import release as records
from ex99.filings.exhibits import RELEASE
from ex99.filings.fiscal import FiscalCalendar
from ex99.filings.identifiers import Cik
from ex99.filings.proof import passes
from ex99.storage.archive import Archive
from ex99.storage.calendars import read_calendars
from ex99.storage.mapping import row_maker, stored_columns
from ex99.storage.models import Company, Document, Figure, Filing, FilingFiler, Release
from ex99.storage.series_model import Gap, Point, Restatement, Series, SeriesKey, VintageChoice, build_series
from ex99.storage.splits import SHARE_COUNTS, note_restatement, tells_splits
from ex99.storage.vintages import Conflict, Vintage, known_until

__all__ = [
    "Conflict",
    "Gap",
    "Point",
    "Restatement",
    "Series",
    "Vintage",
    "VintageChoice",
    "list_restatements",
    "list_series",
    "read_series",
]

AFTER_RELEASES = 1000
"""The rank of documents beside the press releases of a filing: they complete them, and contradict them in vain."""
VINTAGE_COLUMNS: tuple[Any, ...] = (
    *stored_columns(Figure, records.Figure),
    Filing.accession,
    Filing.form,
    Filing.filing_date,
    Filing.acceptance,
    Document.id.label("document_id"),
    func.coalesce(Document.rank, AFTER_RELEASES).label("rank"),
    Document.sequence,
    Figure.c.release_id,
    Figure.c.position,
)
"""What a query selects whose rows become vintages, by name."""
COUNTED: ColumnElement[bool] = and_(Release.current, or_(Document.rank.is_not(None), Release.pipeline != RELEASE))
"""Which results count: the current ones of press releases that are still chosen, and of supplements and bodies that were parsed."""


def read_series(
    archive: Archive,
    cik: int,
    metric: str,
    basis: str = "gaap",
    duration: str = "quarter",
    *,
    vintage: VintageChoice = "latest",
    as_of: dt.date | None = None,
    min_grade: str | None = None,
) -> Series:
    """Read one series from the current releases; ``as_of`` leaves out whatever became known after that day (New York).

    ``min_grade`` leaves out figures that are less sure than that.

    An unknown company or a metric that it never reported gives a series without points.
    """
    key = SeriesKey(Cik(cik), metric, basis, duration)
    with archive.connect() as connection:
        told = [v for v in _read_vintages(connection, cik, (metric,), basis) if passes(v.grade, min_grade)]
        vintages = known_until(told, as_of)
        calendar = FiscalCalendar(read_calendars(connection, [FilingFiler.cik == int(cik)], as_of).get(int(cik), ()))
        company = connection.scalar(select(Company.name).where(Company.cik == int(cik)))
        series = build_series(key, vintages, calendar, choice=vintage, as_of=as_of, company=company)
        splitting = bool(series.restatements) and tells_splits(metric)
        counts = known_until(read_share_counts(connection, cik), as_of) if splitting else []
    return series.with_notes(lambda restatement: note_restatement(restatement, counts, metric))


def list_restatements(
    archive: Archive, cik: int, metrics: Collection[str] = (), *, as_of: dt.date | None = None
) -> Iterator[tuple[SeriesKey, Restatement]]:
    """Every restatement of a company, of all metrics or some, by metric, basis, duration and period end."""
    for metric, basis, duration, _ in list_series(archive, cik):
        if metrics and metric not in metrics:
            continue
        series = read_series(archive, cik, metric, basis, duration, as_of=as_of)
        for restatement in series.restatements:
            yield SeriesKey(Cik(cik), metric, basis, duration), restatement


def list_series(archive: Archive, cik: int) -> list[tuple[str, str, str, int]]:
    """The (metric, basis, duration) triples that a company's current releases report, with the count of figures."""
    columns = (Figure.c.metric, Figure.c.basis, Figure.c.duration)
    query = _figures_of(select(*columns, func.count()), cik).group_by(*columns).order_by(*columns)
    with archive.connect() as connection:
        return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]


def read_share_counts(connection: Connection, cik: int) -> list[Vintage]:
    """What a company's releases say of its share counts, by which splits are told."""
    return _read_vintages(connection, cik, SHARE_COUNTS, "gaap")


def _read_vintages(connection: Connection, cik: int, metrics: Collection[str], basis: str) -> list[Vintage]:
    query = select(*VINTAGE_COLUMNS)
    conditions = (Figure.c.metric.in_(metrics), Figure.c.basis == basis, Figure.c.period_end.is_not(None))
    return make_vintages(connection.execute(_figures_of(query, cik).where(*conditions)).all())


def make_vintages(rows: Sequence[Row[Any]]) -> list[Vintage]:
    """The vintages of a query's rows that have VINTAGE_COLUMNS."""
    maker = row_maker(Vintage, rows)
    return [maker.make(row) for row in rows]


def _figures_of(query: Any, cik: int) -> Any:
    """From a company's filings to the figures of their current releases."""
    return (
        query.select_from(FilingFiler)
        .join(Filing, Filing.id == FilingFiler.filing_id)
        .join(Document, Document.filing_id == Filing.id)
        .join(Release, Release.document_id == Document.id)
        .join(Figure, Figure.c.release_id == Release.id)
        .where(FilingFiler.cik == int(cik), COUNTED)
    )
