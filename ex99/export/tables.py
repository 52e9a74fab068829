"""The tables that can be exported, and how each is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from ex99.export.rows import Change, SeriesPoint, SplitRow, list_changes, list_points, list_split_rows
from ex99.storage import queries
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.rows import CompanyRow, DocumentRow, FigureRow, FilingRow, GuidanceRow, PassageRow, ReleaseRow, TextRow


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported: companies by CIK (all where none), and filing dates, both included."""

    ciks: Collection[int] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    def fields(self) -> dict[str, Any]:
        """As the fields of a filter of storage."""
        return {"ciks": self.ciks, "since": self.since, "until": self.until}

    def holds(self, day: dt.date) -> bool:
        """Whether a filing of this day is among them."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``left_out`` names fields of its rows that are no columns.

    ``batch`` is how many rows are in memory at once where that is fewer than usual; a table ``on_request`` is exported where it is named.
    ``year`` is the column whose year parts the table where it is kept in parts, ``key`` what tells its rows apart.
    """

    name: str
    row_type: type
    read: Callable[[Archive, Selection], Iterable[Any]]
    left_out: tuple[str, ...] = ()
    batch: int | None = None
    on_request: bool = False
    year: str | None = "filing_date"
    key: tuple[str, ...] = ("release_id", "position")


def _read_companies(archive: Archive, chosen: Selection) -> Iterable[CompanyRow]:
    return (row for row in queries.list_companies(archive) if not chosen.ciks or row.cik in chosen.ciks)


def _read_points(archive: Archive, chosen: Selection) -> Iterable[SeriesPoint]:
    """What became known after the range is left out; points that were first reported before it too."""
    points = list_points(archive, chosen.ciks, as_of=chosen.until)
    return (point for point in points if chosen.holds(point.first_filing_date))


def _read_changes(archive: Archive, chosen: Selection) -> Iterable[Change]:
    return (change for change in list_changes(archive, chosen.ciks, as_of=chosen.until) if chosen.holds(change.after_filing_date))


def _read_splits(archive: Archive, chosen: Selection) -> Iterable[SplitRow]:
    return (split for split in list_split_rows(archive, chosen.ciks, as_of=chosen.until) if chosen.holds(split.day))


def _asking(read: Callable[..., Iterable[Any]], asked: type[FilingFilter]) -> Callable[[Archive, Selection], Iterable[Any]]:
    """A query of storage that takes a filter."""
    return lambda archive, chosen: read(archive, asked(**chosen.fields()))


_SERIES = ("cik", "metric", "basis", "duration", "period_end")
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("companies", CompanyRow, _read_companies, year=None, key=("cik",)),
        Table("filings", FilingRow, lambda archive, chosen: queries.list_filings(archive, FilingFilter(**chosen.fields())), key=("id",)),
        Table(
            "documents", DocumentRow, lambda archive, chosen: queries.list_documents(archive, FilingFilter(**chosen.fields())), key=("id",)
        ),
        Table(
            "releases", ReleaseRow, lambda archive, chosen: queries.list_releases(archive, ReleaseFilter(**chosen.fields())), key=("id",)
        ),
        Table("figures", FigureRow, lambda archive, chosen: queries.list_figures(archive, FigureFilter(**chosen.fields())), ("mentions",)),
        Table("guidance", GuidanceRow, lambda archive, chosen: queries.list_guidance(archive, FigureFilter(**chosen.fields()))),
        Table("passages", PassageRow, lambda archive, chosen: queries.list_passages(archive, PassageFilter(**chosen.fields()))),
        Table("points", SeriesPoint, _read_points, year="period_end", key=_SERIES),
        Table("changes", Change, _read_changes, year="period_end", key=(*_SERIES, "kind", "before_accession", "after_accession")),
        Table("splits", SplitRow, _read_splits, year="day", key=("cik", "day")),
        Table("texts", TextRow, _asking(queries.list_texts, ReleaseFilter), batch=200, on_request=True, key=("document_id",)),
    )
}
