"""What every query shares: streaming in chunks, and the facts that are looked up for a chunk at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from ex99.filings.identifiers import Cik
from ex99.storage.archive import Archive
from ex99.storage.models import Company, Document, Filing, FilingFiler, Release

T = TypeVar("T")
Query: TypeAlias = "Select[*tuple[Any, ...]]"
CHUNK = 1000
"""Rows that are read and completed at once."""

FILING_ORDER: tuple[InstrumentedAttribute[Any], ...] = (Filing.filing_date, Filing.accession)


class Filers(NamedTuple):
    """The companies of a filing, in the header's order, and the present name of the first."""

    ciks: tuple[Cik, ...]
    company: str | None

    @property
    def cik(self) -> Cik | None:
        """The first company, by its number."""
        return self.ciks[0] if self.ciks else None


NO_FILERS = Filers((), None)


def stream(
    archive: Archive, query: Query, complete: Callable[[Connection, Sequence[Row[Any]]], Iterable[T]], chunk: int = CHUNK
) -> Iterator[T]:
    """Run a query and give its rows as they come, completed chunk by chunk on the same connection (so in the same snapshot)."""
    with archive.connect() as connection:
        result = connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": chunk})
        try:
            for rows in result.partitions(chunk):
                yield from complete(connection, rows)
        finally:
            result.close()


def read_filers(connection: Connection, filing_ids: Iterable[int]) -> dict[int, Filers]:
    """The filers of each filing."""
    query = (
        select(FilingFiler.filing_id, FilingFiler.cik, Company.name)
        .join(Company, Company.cik == FilingFiler.cik)
        .where(FilingFiler.filing_id.in_(set(filing_ids)))
        .order_by(FilingFiler.filing_id, FilingFiler.position, FilingFiler.cik)
    )
    found: defaultdict[int, list[tuple[Cik, str | None]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.filing_id].append((Cik(row.cik), row.name))
    return {filing_id: Filers(tuple(cik for cik, _ in filers), filers[0][1]) for filing_id, filers in found.items()}


def grouped(connection: Connection, query: Query) -> dict[int, list[Row[Any]]]:
    """The rows of a query by their first column."""
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row[0]].append(row)
    return found


RELEASE_CONTEXT = (
    Filing.id.label("filing_id"),
    Filing.accession,
    Filing.form,
    Filing.filing_date,
    Filing.acceptance,
    Document.id.label("document_id"),
    Document.type.label("document_type"),
    Release.id.label("release_id"),
    Release.parser_version,
)


def of_release(query: Query) -> Query:
    """A query on Release joined with its document and filing."""
    return query.join(Document, Document.id == Release.document_id).join(Filing, Filing.id == Document.filing_id)


def filed_by(row: Row[Any], filers: dict[int, Filers]) -> dict[str, Any]:
    """The companies that a row's filing is filed for, by the names of the fields in storage.rows."""
    filer = filers.get(row.filing_id, NO_FILERS)
    return {"ciks": filer.ciks, "cik": filer.cik, "company": filer.company}
