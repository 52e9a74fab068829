"""Writing the documents of submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ex99.filings.chunks import chunks
from ex99.filings.filing import Submission
from ex99.storage.inserts import table_of
from ex99.storage.models import Document

_DOCUMENT = table_of(Document)


def save_documents(
    connection: Connection, filing_ids: Sequence[int], submissions: Sequence[Submission], stored: Sequence[Mapping[str | int, str]]
) -> None:
    """Insert or update the documents of filings; bytes that are known stay known where a submission lists a document without them.

    Raises ValueError where a chosen document has no bytes, here or in the archive.
    """
    known = read_known(connection, filing_ids)
    new: list[dict[str, Any]] = []
    for filing_id, submission, hashes in zip(filing_ids, submissions, stored, strict=True):
        new += _save_changed(connection, filing_id, submission, hashes, known.get(filing_id, {}))
    if new:
        connection.execute(insert(_DOCUMENT), new)


def read_known(connection: Connection, filing_ids: Sequence[int]) -> dict[int, dict[int, dict[str, Any]]]:
    """The documents that the archive has of filings, by filing and sequence."""
    known: dict[int, dict[int, dict[str, Any]]] = {}
    for chunk in chunks(filing_ids):
        for row in connection.execute(select(_DOCUMENT).where(_DOCUMENT.c.filing_id.in_(chunk))):
            known.setdefault(row.filing_id, {})[row.sequence] = dict(row._mapping)
    return known


def _save_changed(
    connection: Connection,
    filing_id: int,
    submission: Submission,
    hashes: Mapping[str | int, str],
    known: Mapping[int, dict[str, Any]],
) -> list[dict[str, Any]]:
    """Update what changed of one filing's documents; returns the rows that are to be inserted."""
    ranks = {sequence: rank for rank, sequence in reversed(list(enumerate(submission.choice.sequences)))}
    taken: set[int] = set()
    new: list[dict[str, Any]] = []
    for row in list_rows(submission, hashes):
        row["rank"] = ranks.get(row["sequence"])
        before = known.get(row["sequence"])
        if row["sha256"] is None and before is not None:
            row["sha256"] = before["sha256"]
        if row["rank"] is not None and row["sha256"] is None:
            raise ValueError(f"document {row['sequence']} of {submission.filing.accession} was chosen as a release and has no bytes")
        taken.add(row["sequence"])
        if before is None:
            new.append({"filing_id": filing_id, **row})
        elif changed := {name: value for name, value in row.items() if before[name] != value}:
            connection.execute(update(_DOCUMENT).where(_DOCUMENT.c.id == before["id"]).values(changed))
    if missing := sorted(set(ranks) - taken):
        raise ValueError(f"{submission.filing.accession} has no document {missing[0]}, which was chosen as a release")
    gone = [row["id"] for sequence, row in known.items() if sequence not in taken and row["rank"] is not None]
    if gone:
        connection.execute(update(_DOCUMENT).where(_DOCUMENT.c.id.in_(gone)).values(rank=None))
    return new


def list_rows(submission: Submission, stored: Mapping[str | int, str]) -> list[dict[str, Any]]:
    """The rows of a submission's documents; of a sequence number that stands twice the first keeps it, the other gets the next free one."""
    rows = []
    used = {fetched.document.sequence for fetched in submission.documents}
    seen: set[int] = set()
    for place, fetched in enumerate(submission.documents):
        document = fetched.document
        sequence = document.sequence
        if sequence in seen:
            sequence = max(used) + 1
        seen.add(sequence)
        used.add(sequence)
        rows.append(
            {
                "sequence": sequence,
                "type": document.type,
                "filename": document.filename,
                "description": document.description,
                "size": document.size,
                "sha256": stored.get(place),
            }
        )
    return rows
