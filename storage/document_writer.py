"""Writing the documents of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from filings.filing import Submission
from storage.inserts import table_of
from storage.models import Document


def save_documents(connection: Connection, filing_id: int, submission: Submission, stored: Mapping[str | int, str]) -> None:
    """Insert or update a filing's documents; bytes that are known stay known where this submission lists a document without them.

    Raises ValueError where a chosen document has no bytes, here or in the archive.
    """
    query = select(Document).where(Document.filing_id == filing_id)
    known = {row.sequence: dict(row._mapping) for row in connection.execute(query.with_only_columns(*Document.__table__.columns))}
    ranks = {sequence: rank for rank, sequence in reversed(list(enumerate(submission.choice.sequences)))}
    taken: set[int] = set()
    new: list[dict[str, Any]] = []
    for row in _rows(submission, stored):
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
            connection.execute(update(Document).where(Document.id == before["id"]).values(changed))
    if new:
        connection.execute(insert(table_of(Document)), new)
    if missing := sorted(set(ranks) - taken):
        raise ValueError(f"{submission.filing.accession} has no document {missing[0]}, which was chosen as a release")
    gone = [row["id"] for sequence, row in known.items() if sequence not in taken and row["rank"] is not None]
    if gone:
        connection.execute(update(Document).where(Document.id.in_(gone)).values(rank=None))


def _rows(submission: Submission, stored: Mapping[str | int, str]) -> list[dict[str, Any]]:
    """One row a document; a sequence number that stands twice stays with the first, and the other gets the next free one."""
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
