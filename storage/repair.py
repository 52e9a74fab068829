"""Mending what verify finds: bytes are asked for again, results are made again, indexes are made anew; what cannot be is left, and told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, select, tuple_, update

from ex99.filings.chunks import chunks
from ex99.filings.filing import WHOLE_STATES
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.storage.integrity import dangling_rows, rebuild_index
from ex99.storage.models import Base, Document, Filing, Release
from ex99.storage.verify import DAMAGE, Finding, select_owners

DAMAGED = "damaged"
"""The reason of a failed filing whose bytes or rows were damaged: the next crawl or import brings them again."""
_FORGOTTEN = ""
_EMPTY = hashlib.sha256(b"").hexdigest()
_DERIVED: dict[str, Table] = {name: table for name, table in Base.metadata.tables.items() if "release_id" in table.c}
"""The tables that a parse makes anew: all that hang on a release."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A finding that was dealt with; ``done`` says how, ``step`` what remains to be done: "fetch", "parse" or nothing."""

    finding: Finding
    done: str
    step: str | None = None


def repair(archive: Archive, findings: Iterable[Finding]) -> tuple[list[Mended], list[Finding]]:
    """Mend what can be mended; returns that, and what cannot. To be done again, it finds less to do and does no harm.

    Filings that lost bytes or rows become failed for the reason "damaged"; results that are wrong count as not yet parsed.
    """
    mended: list[Mended] = []
    left: list[Finding] = []
    for finding in findings:
        mend = _MEND.get(finding.kind)
        try:
            told = mend(archive, finding) if mend is not None else None
        except ArchiveError as error:
            told = None
            finding = Finding(finding.kind, finding.subject, f"{finding.message}; mending it failed: {error}")  # noqa: PLW2901
        if told is not None:
            mended.append(told)
        elif not finding.harmless:
            left.append(finding)
    return mended, left


def _mend_blob(archive: Archive, finding: Finding) -> Mended | None:
    sha256 = finding.subject
    wrong = archive.blobs.check(sha256)
    aside = f"moved to {archive.blobs.set_aside(sha256)}; " if wrong == "corrupt" else ""
    if sha256 == _EMPTY:
        archive.blobs.put(b"")
        return Mended(finding, f"{aside}the empty blob was made anew")
    with archive.begin() as connection:
        owners = [] if wrong is None else list(connection.execute(select_owners(sha256)).scalars())
        _mark_damaged(connection, owners, f"blob {sha256} was {wrong}")
    return Mended(finding, f"{aside}{len(owners)} filings to fetch or import again", "fetch")


def _mend_filing(archive: Archive, finding: Finding) -> Mended | None:
    with archive.begin() as connection:
        _mark_damaged(connection, [finding.subject], DAMAGE[finding.kind])
    return Mended(finding, "to be fetched or imported again", "fetch")


def _mend_result(archive: Archive, finding: Finding) -> Mended | None:
    of_filing = select(Document.id).join(Filing, Filing.id == Document.filing_id).where(Filing.accession == finding.subject)
    with archive.begin() as connection:
        _forget(connection, Release.document_id.in_(of_filing))
    return Mended(finding, "its releases are parsed again", "parse")


def _mend_index(archive: Archive, finding: Finding) -> Mended | None:
    rebuild_index(archive, finding.subject)
    return Mended(finding, f"{finding.subject} was made anew")


def _mend_dangling(archive: Archive, finding: Finding) -> Mended | None:
    table = _DERIVED.get(finding.subject)
    if table is None:
        return None
    keys = list(table.primary_key)
    with archive.begin() as connection:
        for lost in dangling_rows(table):
            rows = connection.execute(select(*keys, table.c.release_id.label("of_release")).where(*lost)).all()
            for chunk in chunks(rows):
                _forget(connection, Release.id.in_({row.of_release for row in chunk}))
                connection.execute(delete(table).where(tuple_(*keys).in_([tuple(row)[:-1] for row in chunk])))
    return Mended(finding, "removed; their releases are parsed again", "parse")


def _mark_damaged(connection: Connection, accessions: Iterable[str], why: str) -> None:
    values = {"state": "failed", "reason": DAMAGED, "note": why, "failures": 0}
    for chunk in chunks(sorted(accessions)):
        fetched = Filing.state.in_(WHOLE_STATES)
        connection.execute(update(Filing).where(Filing.accession.in_(chunk), fetched).values(values))


def _forget(connection: Connection, which: Any) -> None:
    """Let results count as made from other bytes than the document's, so that the next parse makes them again."""
    connection.execute(update(Release).where(which).values(sha256=_FORGOTTEN))


_MEND: dict[str, Callable[[Archive, Finding], Mended | None]] = {
    "missing_blob": _mend_blob,
    "corrupt_blob": _mend_blob,
    "no_documents": _mend_filing,
    "fewer_documents": _mend_filing,
    "no_chosen_release": _mend_filing,
    "no_filer": _mend_filing,
    "not_one_current": _mend_result,
    "search_index": _mend_result,
    "wrong_words": _mend_result,
    "index": _mend_index,
    "search_words": _mend_index,
    "dangling": _mend_dangling,
}
"""How each kind of damage is mended; "database" is not: a table's own pages come back from a backup alone."""
