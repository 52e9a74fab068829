"""Looking an archive over for damage: the database's own pages, blobs without rows, rows without blobs, words that are not the page's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Table, and_, func, select, union
from sqlalchemy.orm import InstrumentedAttribute

from ex99.filings.chunks import chunks
from ex99.filings.filing import WHOLE_STATES
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError, StoreError
from ex99.storage.integrity import check_database
from ex99.storage.models import (
    Base,
    Document,
    EarlierDocument,
    Filing,
    FilingFiler,
    Release,
    ReleaseText,
    SubmissionVersion,
)
from ex99.storage.reading import Query

_PAGE = 1000
_RELEASES = 50

DAMAGE: dict[str, str] = {
    "database": "a page or table of the database is damaged",
    "index": "an index of the database does not agree with its table (it can be made anew)",
    "search_words": "the index of full text does not agree with the texts (it can be made anew)",
    "dangling": "rows whose parent is not there",
    "orphan_blob": "a blob that no row refers to (left by a crash; harmless)",
    "missing_blob": "a row refers to a blob that is not in the store",
    "corrupt_blob": "a blob whose bytes do not match its name",
    "no_documents": "an archived filing without documents",
    "fewer_documents": "an archived filing with fewer documents than it was archived with",
    "no_chosen_release": "an archived filing of whose documents none is chosen as its release",
    "no_filer": "a filing without a filer",
    "not_one_current": "a document that has results, none of which is current",
    "search_index": "a current release that the search index does not hold",
    "wrong_words": "a figure or passage whose words are not those of the release's text at its place",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``kind`` is a key of DAMAGE, ``subject`` the blob, the accession number, or the table or index."""

    kind: str
    subject: str
    message: str

    @property
    def harmless(self) -> bool:
        """Whether nothing is lost by it."""
        return self.kind == "orphan_blob"


def find_damage(archive: Archive, *, blobs: bool = True) -> Iterator[Finding]:
    """Every finding: the database's own checks, the rows, the blobs. Memory stays bounded; every kept byte is read once.

    With ``blobs`` false the blobs are not looked at, and the database's checks are its quick ones.
    """
    for kind, subject, words in check_database(archive, quick=not blobs):
        yield Finding(kind, subject, f"{subject}: {DAMAGE[kind]}: {words}")
    steps: list[Callable[[Archive], Iterator[Finding]]] = [_find_bad_rows, _find_wrong_words]
    if blobs:
        steps += [_find_bad_blobs, _find_orphans]
    for step in steps:
        try:
            yield from step(archive)
        except StoreError:  # says nothing of the blobs
            raise
        except ArchiveError as error:  # the damaged page itself: what else there is must still be told
            yield Finding("database", "database", f"database: {DAMAGE['database']}: {error}")


def _find_bad_rows(archive: Archive) -> Iterator[Finding]:
    for kind, query in _ROWS.items():
        with archive.connect() as connection:
            for accession in connection.execute(query).scalars():
                yield Finding(kind, accession, f"{accession}: {DAMAGE[kind]}")


def remove_orphans(archive: Archive) -> int:
    """Delete the blobs that no row refers to; not while a crawl or an import is writing. Returns how many."""
    orphans = [finding.subject for finding in _find_orphans(archive)]
    for sha256 in orphans:
        archive.blobs.remove(sha256)
    return len(orphans)


_HEADER = SubmissionVersion.header_sha256
_NAMED: tuple[InstrumentedAttribute[Any], ...] = (Document.sha256, Filing.header_sha256, EarlierDocument.sha256, _HEADER)
"""The columns that name blobs."""
_NEWEST = (
    select(SubmissionVersion.documents)
    .where(SubmissionVersion.filing_id == Filing.id)
    .order_by(SubmissionVersion.version.desc())
    .limit(1)
    .scalar_subquery()
)
_NUMBER = select(func.count()).where(Document.filing_id == Filing.id).correlate(Filing).scalar_subquery()
_OF_DOCUMENT = select(Filing.accession).join(Document, Document.filing_id == Filing.id)
_CURRENT = and_(Release.document_id == Document.id, Release.current)

_ROWS: dict[str, Query] = {
    "no_documents": select(Filing.accession).where(
        Filing.state == "archived", ~select(Document.id).where(Document.filing_id == Filing.id).exists()
    ),
    "fewer_documents": select(Filing.accession).where(Filing.state.in_(WHOLE_STATES), _NUMBER < _NEWEST),
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


def _find_wrong_words(archive: Archive) -> Iterator[Finding]:
    """Current releases of which a source does not say what stands at its place in the text."""
    last = 0
    while True:
        page = (
            select(ReleaseText.release_id, ReleaseText.body, Filing.accession)
            .join(Document, Document.id == ReleaseText.document_id)
            .join(Filing, Filing.id == Document.filing_id)
            .where(ReleaseText.release_id > last)
            .order_by(ReleaseText.release_id)
            .limit(_RELEASES)
        )
        with archive.connect() as connection:
            texts = {row.release_id: row for row in connection.execute(page)}
            wrong = {release_id for table in _SOURCED for release_id in _wrong_in(connection, table, texts)}
        for release_id in sorted(wrong):
            accession = texts[release_id].accession
            yield Finding("wrong_words", accession, f"{accession}: {DAMAGE['wrong_words']}")
        if len(texts) < _RELEASES:
            return
        last = max(texts)


_SOURCED: tuple[Table, ...] = tuple(table for table in Base.metadata.sorted_tables if "source_start" in table.c)


def _wrong_in(connection: Connection, table: Table, texts: dict[int, Any]) -> Iterator[int]:
    query = select(*(table.c[name] for name in ("release_id", "source_start", "source_end", "source_text")))
    for release_id, start, end, words in connection.execute(query.where(table.c.release_id.in_(texts))):
        if texts[release_id].body[start:end] != words:
            yield release_id


def _find_bad_blobs(archive: Archive) -> Iterator[Finding]:
    last = ""
    while True:
        with archive.connect() as connection:
            names = sorted({name for column in _NAMED for name in _next(connection, column, last)})[:_PAGE]
        for name, wrong in archive.blobs.check_all(names):
            if wrong is not None:
                with archive.connect() as connection:
                    owners = _owners(connection, name)
                yield Finding(f"{wrong}_blob", name, f"{owners}: {DAMAGE[f'{wrong}_blob']} ({name})")
        if not names:
            return
        last = names[-1]


def _next(connection: Connection, column: InstrumentedAttribute[str | None], last: str) -> list[str]:
    query = select(column).where(column > last).order_by(column).distinct().limit(_PAGE)
    return [name for name in connection.execute(query).scalars() if name is not None]


def select_owners(sha256: str) -> CompoundSelect[Any]:
    """The accession numbers of the filings that a blob belongs to, as a query."""
    of_table = (
        select(Filing.accession).join(table, table.filing_id == Filing.id).where(column == sha256)
        for table, column in ((Document, Document.sha256), (EarlierDocument, EarlierDocument.sha256), (SubmissionVersion, _HEADER))
    )
    return union(*of_table, select(Filing.accession).where(Filing.header_sha256 == sha256))


def _owners(connection: Connection, sha256: str) -> str:
    owners = select_owners(sha256).subquery()
    found = connection.execute(select(owners.c.accession).order_by(owners.c.accession).limit(3)).scalars().all()
    number = connection.execute(select(func.count()).select_from(owners)).scalar_one()
    return ", ".join(found) + (f" and {number - len(found)} more" if number > len(found) else "")


def _find_orphans(archive: Archive) -> Iterator[Finding]:
    for names in chunks(archive.blobs.list_names()):
        with archive.connect() as connection:
            named = {name for column in _NAMED for name in connection.execute(select(column).where(column.in_(names)).distinct()).scalars()}
        for name in names:
            if name not in named:
                yield Finding("orphan_blob", name, f"{name}: {DAMAGE['orphan_blob']}")
