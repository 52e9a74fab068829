"""Looking an archive over for damage: blobs without rows, rows without blobs, results without their filing's bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select, union
from sqlalchemy.orm import InstrumentedAttribute

from ex99.storage.archive import Archive
from ex99.storage.inserts import chunks
from ex99.storage.models import Document, Filing, FilingFiler, Release, ReleaseText
from ex99.storage.reading import Query

_PAGE = 1000

DAMAGE: dict[str, str] = {
    "orphan_blob": "a blob that no row refers to (left by a crash; harmless)",
    "missing_blob": "a row refers to a blob that is not in the store",
    "corrupt_blob": "a blob whose bytes do not match its name",
    "no_documents": "an archived filing without documents",
    "no_chosen_release": "an archived filing of whose documents none is chosen as its release",
    "no_filer": "a filing without a filer",
    "not_one_current": "a document that has results, none of which is current",
    "search_index": "a current release that the search index does not hold",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``kind`` is a key of DAMAGE, ``subject`` the blob or accession number."""

    kind: str
    subject: str
    message: str

    @property
    def harmless(self) -> bool:
        """Whether nothing is lost by it."""
        return self.kind == "orphan_blob"


def find_damage(archive: Archive, *, blobs: bool = True) -> Iterator[Finding]:
    """Every finding, rows first; with ``blobs`` false the blobs are not looked at. Memory stays bounded; every kept byte is read once."""
    with archive.connect() as connection:
        for kind, query in _ROWS.items():
            for accession in connection.execute(query).scalars():
                yield Finding(kind, accession, f"{accession}: {DAMAGE[kind]}")
    if blobs:
        yield from _find_bad_blobs(archive)
        yield from _find_orphans(archive)


def remove_orphans(archive: Archive) -> int:
    """Delete the blobs that no row refers to; not while a crawl or an import is writing. Returns how many."""
    orphans = [finding.subject for finding in _find_orphans(archive)]
    for sha256 in orphans:
        archive.blobs.remove(sha256)
    return len(orphans)


_OF_DOCUMENT = select(Filing.accession).join(Document, Document.filing_id == Filing.id)
_CURRENT = and_(Release.document_id == Document.id, Release.current)

_ROWS: dict[str, Query] = {
    "no_documents": select(Filing.accession).where(
        Filing.state == "archived", ~select(Document.id).where(Document.filing_id == Filing.id).exists()
    ),
    "no_chosen_release": select(Filing.accession).where(
        Filing.state == "archived",
        select(Document.id).where(Document.filing_id == Filing.id).exists(),
        ~select(Document.id).where(Document.filing_id == Filing.id, Document.rank == 0).exists(),
    ),
    "no_filer": select(Filing.accession).where(~select(FilingFiler.cik).where(FilingFiler.filing_id == Filing.id).exists()),
    "not_one_current": _OF_DOCUMENT.where(
        select(Release.id).where(Release.document_id == Document.id).exists(), ~select(Release.id).where(_CURRENT).exists()
    ),
    "search_index": _OF_DOCUMENT.join(Release, _CURRENT)
    .outerjoin(ReleaseText, ReleaseText.release_id == Release.id)
    .where(Release.error_code.is_(None), ReleaseText.document_id.is_(None)),
}


def _find_bad_blobs(archive: Archive) -> Iterator[Finding]:
    last = ""
    while True:
        with archive.connect() as connection:
            names = sorted({name for column in (Document.sha256, Filing.header_sha256) for name in _next(connection, column, last)})[:_PAGE]
        for name in names:
            if (wrong := archive.blobs.check(name)) is not None:
                with archive.connect() as connection:
                    owners = _owners(connection, name)
                yield Finding(f"{wrong}_blob", name, f"{owners}: {DAMAGE[f'{wrong}_blob']} ({name})")
        if not names:
            return
        last = names[-1]


def _next(connection: Connection, column: InstrumentedAttribute[str | None], last: str) -> list[str]:
    query = select(column).where(column > last).order_by(column).distinct().limit(_PAGE)
    return [name for name in connection.execute(query).scalars() if name is not None]


def _owners(connection: Connection, sha256: str) -> str:
    of_document = select(Filing.accession).join(Document, Document.filing_id == Filing.id).where(Document.sha256 == sha256)
    owners = union(of_document, select(Filing.accession).where(Filing.header_sha256 == sha256)).subquery()
    found = connection.execute(select(owners.c.accession).order_by(owners.c.accession).limit(3)).scalars().all()
    number = connection.execute(select(func.count()).select_from(owners)).scalar_one()
    return ", ".join(found) + (f" and {number - len(found)} more" if number > len(found) else "")


def _find_orphans(archive: Archive) -> Iterator[Finding]:
    for names in chunks(archive.blobs.list_names()):
        with archive.connect() as connection:
            named = set(connection.execute(select(Document.sha256).where(Document.sha256.in_(names)).distinct()).scalars())
            named |= set(connection.execute(select(Filing.header_sha256).where(Filing.header_sha256.in_(names)).distinct()).scalars())
        for name in names:
            if name not in named:
                yield Finding("orphan_blob", name, f"{name}: {DAMAGE['orphan_blob']}")
