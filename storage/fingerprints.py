"""What each company's rows are made of, as one number a company: who keeps a copy reads those companies anew whose number changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ex99.storage.archive import Archive
from ex99.storage.inserts import table_of
from ex99.storage.models import Company, Document, Filing, FilingFiler, FilingItem, FormerName, Release, Ticker
from ex99.storage.reading import CHUNK, Query

NOBODY = 0
"""In the place of a CIK: the filings that no company is named for."""
_SIZE = 16
_OTHER = aliased(FilingFiler)
_RELEASE = ("id", "document_id", "parser_version", "parse_run_id", "current", "pipeline", "sha256", "error_code")


def read_fingerprints(archive: Archive, seed: str) -> dict[int, str]:
    """By CIK a fingerprint (hex) of what the company's rows and series are made of; another ``seed`` changes all of them.

    Its own facts, and its filings with their filers, items, documents and parse results; what was read from a release is told by the run
    that read it, so figures, passages and texts are not looked at. Memory grows with the companies alone.
    """
    sums: defaultdict[int, int] = defaultdict(int)
    with archive.connect() as connection:
        for number, query in enumerate(_list_queries()):
            result = connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": CHUNK})
            for rows in result.partitions(CHUNK):
                for cik, *facts in rows:
                    told = blake2b(f"{seed} {number} {facts!r}".encode(), digest_size=_SIZE).digest()
                    sums[cik] += int.from_bytes(told, "big")
    return {cik: f"{total % 256**_SIZE:0{2 * _SIZE}x}" for cik, total in sums.items()}


def _list_queries() -> Iterator[Query]:
    """What fingerprints are made of: each row's first column is a CIK."""
    for model in (Company, Ticker, FormerName):
        table = table_of(model)
        yield select(table.c.cik, *(column for column in table.c if column.name not in ("cik", "as_of")))
    filing = table_of(Filing)
    yield _of_company(*(column for column in filing.c if column.name != "crawl_run_id"))
    yield _of_company(_OTHER.filing_id, _OTHER.cik, _OTHER.position).join(_OTHER, _OTHER.filing_id == Filing.id)
    yield _of_company(*table_of(FilingItem).c).join(FilingItem, FilingItem.filing_id == Filing.id)
    documents = _of_company(*table_of(Document).c).join(Document, Document.filing_id == Filing.id)
    yield documents
    parsed = _of_company(*(getattr(Release, name) for name in _RELEASE)).join(Document, Document.filing_id == Filing.id)
    yield parsed.join(Release, Release.document_id == Document.id)


def _of_company(*columns: Any) -> Query:
    """Columns of filings, or of what is joined with them, by each of the companies that they are filed for."""
    return (
        select(func.coalesce(FilingFiler.cik, NOBODY), *columns)
        .select_from(Filing)
        .outerjoin(FilingFiler, FilingFiler.filing_id == Filing.id)
    )
