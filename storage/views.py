"""Views of a SQLite archive for other programs: current results with their filing, decimals as numbers, links to the viewer and to EDGAR.

They are temporary views of one connection: the archive itself, which keeps decimals as exact digits, is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, Text, and_, case, cast, func, literal, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import aliased

from ex99.filings import release as records
from ex99.filings.exhibits import RELEASE
from ex99.storage.mapping import stored_columns
from ex99.storage.models import Base, Company, Document, Figure, Filing, FilingFiler, FilingItem, Guidance, Passage, Release
from ex99.storage.models.releases import WORDS
from ex99.storage.types import ExactDecimal, as_number

Query = Select[*tuple[Any, ...]]
PARTS: dict[str, tuple[Table, type, str]] = {
    "current_figures": (Figure, records.Figure, "f"),
    "current_guidance": (Guidance, records.Guidance, "g"),
    "current_passages": (Passage, records.Passage, "p"),
}
"""View -> the table whose rows it shows, their record, and the letter of their marks in the viewer."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table of the archive: what it holds, its columns, and those of exact decimals."""

    words: str
    columns: tuple[str, ...]
    exact: tuple[str, ...]


def list_tables() -> dict[str, StoredTable]:
    """The tables by name."""
    told = {str(mapper.local_table.description): mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    return {
        name: StoredTable(
            told.get(name) or table.info[WORDS],
            tuple(column.name for column in table.c),
            tuple(column.name for column in table.c if isinstance(column.type, ExactDecimal)),
        )
        for name, table in Base.metadata.tables.items()
    }


_first, _beside, _chosen = aliased(FilingFiler), aliased(Document), aliased(Release)


@dataclass(frozen=True, slots=True)
class View:
    """The statement that makes a view, and the names of its columns."""

    statement: str
    columns: tuple[str, ...]


def list_views(viewer: str, edgar: str) -> dict[str, View]:
    """The views by name; ``viewer`` is the address of `ex99 serve`, ``edgar`` that of EDGAR's archives.

    ``acceptance_utc`` is a time without its zone, UTC's; ``viewer`` is absent where the viewer has no page: of documents that are no
    press release.
    """
    return {
        name: View(f'CREATE TEMP VIEW "{name}" AS {_compile(query)}', tuple(query.selected_columns.keys()))
        for name, query in _list_queries(viewer, edgar)
    }


def _list_queries(viewer: str, edgar: str) -> Iterator[tuple[str, Query]]:
    page = literal(f"{viewer}/release/") + Filing.accession + "/" + cast(_number_of_release(), Text)
    facts = (Company.name.label("company"), _first.cik, Filing.filing_date, Filing.accession, Filing.form)
    accepted = Filing.acceptance.label("acceptance_utc")
    address = _edgar_address(edgar).label("edgar")
    items = select(func.group_concat(FilingItem.number, "; ")).where(FilingItem.filing_id == Filing.id).scalar_subquery()
    told = (Filing.period_of_report, items.label("items"), Filing.state, Filing.reason, Filing.note, Filing.failures, Filing.size)
    yield "current_filings", _filed(select(*facts, accepted, *told, Filing.id, address).select_from(Filing))
    of_release = (Release.kind, Document.type.label("document_type"), Release.fiscal_year, Release.fiscal_quarter)
    shown = (Release.headline, Release.place, Release.date, Release.fiscal_end, Document.filename, Release.parser_version)
    kept = (*shown, Release.error_code, Release.error_message, accepted, Release.id, Release.document_id)
    yield "current_releases", _current(select(*facts, *of_release, *kept, _page(page), address)).where(Release.pipeline == RELEASE)
    for name, (table, record, letter) in PARTS.items():
        columns = [_readable(column) for column in stored_columns(table, record)]
        marked = page + f"#{letter}" + cast(table.c.position, Text)
        context = (Release.kind.label("release_kind"), *of_release[1:], accepted, table.c.release_id, table.c.position)
        query = select(*facts, *columns, *context, Release.document_id, _page(marked), address)
        yield name, _current(query).join(table, table.c.release_id == Release.id)


def _current(query: Query) -> Query:
    """From the current results that count to their filings."""
    return _filed(
        query.select_from(Release).join(Document, Document.id == Release.document_id).join(Filing, Filing.id == Document.filing_id)
    ).where(Release.current)


def _filed(query: Query) -> Query:
    """With the first company that a filing is filed for, which an index on companies leads from."""
    earliest = select(FilingFiler.cik).where(FilingFiler.filing_id == Filing.id).order_by(FilingFiler.position, FilingFiler.cik).limit(1)
    of_filing = and_(_first.filing_id == Filing.id, _first.cik == earliest.scalar_subquery())
    return query.join(_first, of_filing).join(Company, Company.cik == _first.cik)


def _number_of_release() -> ColumnElement[int]:
    """The viewer's number of a release among those of its filing."""
    query = select(func.count()).select_from(_chosen).join(_beside, _beside.id == _chosen.document_id)
    before = (_beside.filing_id == Filing.id, _beside.sequence <= Document.sequence, _chosen.current, _chosen.pipeline == RELEASE)
    return query.where(*before).correlate(Filing, Document).scalar_subquery()


def _page(address: ColumnElement[str]) -> ColumnElement[Any]:
    return case((Release.pipeline == RELEASE, address)).label("viewer")


def _edgar_address(edgar: str) -> ColumnElement[str]:
    folder = literal(f"{edgar}edgar/data/") + cast(_first.cik, Text) + "/" + func.replace(Filing.accession, "-", "")
    return folder + "/" + Filing.accession + "-index.htm"


def _readable(column: Any) -> Any:
    return as_number(column).label(column.name) if isinstance(column.type, ExactDecimal) else column


def _compile(query: Query) -> str:
    return str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
