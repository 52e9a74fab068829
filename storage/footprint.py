"""How much room an archive takes, so that what a larger one will take can be told; and which industries its companies are of."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, text

from ex99.filings.filing import WHOLE_STATES
from ex99.storage.archive import Archive
from ex99.storage.models import Company, Document, Filing


@dataclass(frozen=True, slots=True)
class Footprint:
    """Filings that are archived whole, the bytes of their documents as served (before compression), and the database's bytes."""

    filings: int
    document_bytes: int
    database_bytes: int


def read_footprint(archive: Archive) -> Footprint:
    """Count it; the database's size is the server's or the file's own word."""
    filings = select(func.count()).select_from(Filing).where(Filing.state.in_(WHOLE_STATES))
    documents = select(func.coalesce(func.sum(Document.size), 0)).where(Document.sha256.is_not(None))
    with archive.connect() as connection:
        if connection.dialect.name == "postgresql":
            size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        else:
            pages, page = (connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("page_count", "page_size"))
            size = pages * page
        return Footprint(int(connection.execute(filings).scalar_one()), int(connection.execute(documents).scalar_one()), int(size))


def list_industries(archive: Archive) -> dict[int, str]:
    """The industry code (SIC) of each company of which it is known, by CIK."""
    with archive.connect() as connection:
        rows = connection.execute(select(Company.cik, Company.sic).where(Company.sic.is_not(None)))
        return {int(cik): str(sic) for cik, sic in rows}
