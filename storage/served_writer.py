"""Writing versions of submissions: what differs from what is kept is a further version, the one before stays readable beside it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from ex99.filings.chunks import chunks
from ex99.filings.filing import Submission
from ex99.filings.identifiers import AccessionNumber
from ex99.filings.served import Served
from ex99.storage.document_writer import list_rows, read_known
from ex99.storage.inserts import table_of
from ex99.storage.models import Document, EarlierDocument, Filing, Release, ServedAnswer, SubmissionVersion

HEADER = "header"
_VERSION, _EARLIER, _SERVED, _DOCUMENT = (table_of(model) for model in (SubmissionVersion, EarlierDocument, ServedAnswer, Document))
_COPIED = ("sequence", "type", "filename", "description", "size", "sha256", "rank")


def save_versions(
    connection: Connection,
    filing_ids: Sequence[int],
    submissions: Sequence[Submission],
    stored: Sequence[Mapping[str | int, str]],
    digest: str | None = None,
) -> list[AccessionNumber]:
    """Note the version of each submission and the answers it came in, before its documents are saved; returns those that changed.

    ``stored`` are the sha256 of each one's header and documents, ``digest`` that of the one submission's file where it was imported.
    """
    latest = _read_latest(connection, filing_ids)
    documents = read_known(connection, [filing_id for filing_id in filing_ids if filing_id in latest])
    changed = []
    for filing_id, submission, hashes in zip(filing_ids, submissions, stored, strict=True):
        rows = list_rows(submission, hashes)
        before = latest.get(filing_id)
        known = documents.get(filing_id, {})
        version = 1 if before is None else before.version
        if before is not None and _differs(before.header_sha256, hashes[HEADER], known, rows):
            _set_aside(connection, filing_id, version, known, {row["sequence"] for row in rows})
            version += 1
            changed.append(submission.filing.accession)
        values = {"header_sha256": hashes[HEADER], "documents": len(rows)}
        if (whole := digest or _whole_digest(submission.served)) is not None:
            values["content_sha256"] = whole
        _save_version(connection, filing_id, version, values, known_version=None if before is None else before.version)
        save_answers(connection, filing_id, version, submission.served)
    return changed


def save_answers(connection: Connection, filing_id: int, version: int, answers: Sequence[Served]) -> None:
    """Append answers to those that a version came in; one that is noted already is passed over."""
    if not answers:
        return
    query = select(_SERVED.c.position, _SERVED.c.url, _SERVED.c.asked).where(_SERVED.c.filing_id == filing_id, _SERVED.c.version == version)
    known = list(connection.execute(query))
    noted = {(row.url, row.asked) for row in known}
    first = max((row.position for row in known), default=-1) + 1
    new = [answer for answer in answers if (answer.url, answer.asked) not in noted]
    rows = [
        {"filing_id": filing_id, "version": version, "position": first + place, **_answer_row(answer)} for place, answer in enumerate(new)
    ]
    if rows:
        connection.execute(insert(_SERVED), rows)


def save_unchanged(connection: Connection, accession: str, answer: Served) -> bool:
    """Note that EDGAR still has what is kept; False where the filing has no version."""
    query = select(Filing.id, func.max(SubmissionVersion.version).label("version")).join(
        SubmissionVersion, SubmissionVersion.filing_id == Filing.id
    )
    row = connection.execute(query.where(Filing.accession == accession).group_by(Filing.id)).first()
    if row is None:
        return False
    save_answers(connection, row.id, row.version, [answer])
    return True


def _read_latest(connection: Connection, filing_ids: Sequence[int]) -> dict[int, Any]:
    """The newest version of each filing."""
    latest: dict[int, Any] = {}
    for chunk in chunks(filing_ids):
        query = select(_VERSION.c.filing_id, _VERSION.c.version, _VERSION.c.header_sha256).where(_VERSION.c.filing_id.in_(chunk))
        for row in connection.execute(query.order_by(_VERSION.c.version)):
            latest[row.filing_id] = row
    return latest


def _differs(header_before: str, header: str, known: Mapping[int, Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a submission is another than the one kept; a document without bytes, on either side, may be the same."""
    told = {row["sequence"]: row["sha256"] for row in rows}
    if header != header_before or set(known) - set(told):
        return True
    pairs = ((document["sha256"], told[sequence]) for sequence, document in known.items())
    return any(before != now for before, now in pairs if before is not None and now is not None)


def _set_aside(connection: Connection, filing_id: int, version: int, known: Mapping[int, Mapping[str, Any]], told: set[int]) -> None:
    """Copy a filing's documents to the earlier ones; those that the new version lacks go, unless a result was read from them."""
    rows = [{"filing_id": filing_id, "version": version, **{name: row[name] for name in _COPIED}} for row in known.values()]
    if rows:
        connection.execute(insert(_EARLIER), rows)
    gone = [row["id"] for sequence, row in known.items() if sequence not in told]
    for chunk in chunks(gone):
        read = select(Release.id).where(Release.document_id == Document.id).exists()
        connection.execute(delete(Document).where(Document.id.in_(chunk), ~read))


def _save_version(connection: Connection, filing_id: int, version: int, values: Mapping[str, Any], known_version: int | None) -> None:
    if version == known_version:
        changes = update(_VERSION).where(_VERSION.c.filing_id == filing_id, _VERSION.c.version == version)
        connection.execute(changes.values(values))
    else:
        connection.execute(insert(_VERSION), [{"filing_id": filing_id, "version": version, "kept": dt.datetime.now(dt.UTC), **values}])


def _whole_digest(answers: Sequence[Served]) -> str | None:
    return next((answer.content_sha256 for answer in answers if answer.part == "full" and answer.status == 200), None)


def _answer_row(answer: Served) -> dict[str, Any]:
    plain = ("part", "url", "asked", "status", "body_sha256", "body_size", "content_sha256", "content_size")
    return {name: getattr(answer, name) for name in plain} | {"headers": json.dumps(answer.headers)}
