"""Writing parse results: a release with all that was read from it, in place of the same version's earlier result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ex99.filings.chunks import chunks
from ex99.filings.exhibits import SUPPLEMENT, kind_of_document
from ex99.filings.release import Figure, ParseError, PressRelease
from ex99.storage import models
from ex99.storage.inserts import Model, table_of
from ex99.storage.mapping import stored_values
from ex99.storage.models import Document, FigureMention, Release, ReleaseText
from ex99.storage.rule_sets import RuleSets, number_rule_sets

Result = tuple[int, PressRelease | ParseError]
_PARTS: dict[Model, str] = {
    models.ReleaseTicker: "tickers",
    models.ReleaseWarning: "warnings",
    models.Figure: "figures",
    models.Guidance: "guidance",
    models.Passage: "passages",
}
"""The tables that hang on a release, and which of its parts each holds; mentions hang on figures."""
_RELEASE: dict[str, attrgetter[Any]] = {
    **{name: attrgetter(name) for name in ("media_type", "kind", "headline", "company_name", "rules")},
    **{name: attrgetter(f"dateline.{name}") for name in ("place", "date", "newswire")},
    **{f"fiscal_{name}": attrgetter(f"fiscal_period.{name}") for name in ("year", "quarter", "end")},
}
"""Columns of a release, and the parts of a PressRelease that they hold."""
_BATCH = 100
_UPDATE_RELEASE = update(table_of(Release)).where(table_of(Release).c.id == bindparam("of_release"))


class Stored(NamedTuple):
    """What an archive keeps of a document that is parsed: its bytes' hash, and the pipeline that it belongs to."""

    sha256: str
    pipeline: str


def save_releases(connection: Connection, results: Sequence[Result], parse_run: int, version: str) -> None:
    """Save results of one run; a document that stands twice is taken by its last result."""
    last = dict(results)
    for result in last.values():
        if isinstance(result, PressRelease) and result.parser_version != version:
            raise ValueError(f"a release of parser version {result.parser_version} in a run of version {version}")
    for batch in chunks(sorted(last.items(), key=lambda item: item[0]), _BATCH):
        _save_batch(connection, batch, parse_run, version)


def _save_batch(connection: Connection, batch: list[Result], parse_run: int, version: str) -> None:
    documents = [document_id for document_id, _ in batch]
    stored = _lock_documents(connection, documents)
    known = _known_releases(connection, documents, version)
    if known:
        _clear(connection, list(known.values()))
    others = (Release.document_id.in_(documents), Release.current, Release.parser_version != version)
    connection.execute(update(Release).where(*others).values(current=False))
    connection.execute(delete(ReleaseText).where(ReleaseText.document_id.in_(documents)))
    releases = [(document_id, result) for document_id, result in batch if isinstance(result, PressRelease)]
    sets = number_rule_sets(connection, (release for _, release in releases))
    rows = [_release_row(document_id, result, stored[document_id], (parse_run, version), sets) for document_id, result in batch]
    again = [{"of_release": known[row["document_id"]], **row} for row in rows if row["document_id"] in known]
    if again:
        connection.execute(_UPDATE_RELEASE, again)
    new = [row for row in rows if row["document_id"] not in known]
    if new:
        connection.execute(insert(table_of(Release)), new)
    ids = _known_releases(connection, documents, version)
    _insert_parts(connection, [(ids[document_id], document_id, release) for document_id, release in releases], sets)


def _lock_documents(connection: Connection, documents: list[int]) -> dict[int, Stored]:
    """What is kept of each document, locked against another process that saves results for it; ValueError for an unknown one."""
    columns = (Document.id, Document.sha256, Document.type, Document.rank)
    query = select(*columns).where(Document.id.in_(documents)).order_by(Document.id).with_for_update()
    stored = {
        row.id: Stored(row.sha256, kind_of_document(row.type, chosen=row.rank is not None) or SUPPLEMENT)
        for row in connection.execute(query)
        if row.sha256 is not None
    }
    if missing := set(documents) - set(stored):
        raise ValueError(f"the archive keeps no bytes of document {min(missing)}")
    return stored


def _known_releases(connection: Connection, documents: list[int], version: str) -> dict[int, int]:
    query = select(Release.document_id, Release.id).where(Release.document_id.in_(documents), Release.parser_version == version)
    return {row.document_id: row.id for row in connection.execute(query)}


def _clear(connection: Connection, releases: list[int]) -> None:
    connection.execute(delete(ReleaseText).where(ReleaseText.release_id.in_(releases)))
    for part in (FigureMention, *_PARTS):
        table = table_of(part)
        connection.execute(delete(table).where(table.c.release_id.in_(releases)))


def _release_row(
    document_id: int, result: PressRelease | ParseError, stored: Stored, run: tuple[int, str], sets: RuleSets
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "document_id": document_id,
        "parse_run_id": run[0],
        "parser_version": run[1],
        "current": True,
        **stored._asdict(),
    }
    if isinstance(result, ParseError):
        return {**dict.fromkeys(_RELEASE), **row, "error_code": result.code, "error_message": result.message}
    if result.sha256 != stored.sha256:
        raise ValueError(f"the release was parsed from {result.sha256[:12]}, and document {document_id} is {stored.sha256[:12]}")
    told = {name: get(result) for name, get in _RELEASE.items()}
    return {**sets.numbered(told), **row, "error_code": None, "error_message": None}


def _insert_parts(connection: Connection, releases: list[tuple[int, int, PressRelease]], sets: RuleSets) -> None:
    rows: dict[Model, list[dict[str, Any]]] = {ReleaseText: []}
    for release_id, document_id, release in releases:
        rows[ReleaseText].append(
            {"document_id": document_id, "release_id": release_id, "headline": release.headline or "", "body": release.text}
        )
        for model, attribute in _PARTS.items():
            told = rows.setdefault(model, [])
            for position, part in enumerate(getattr(release, attribute)):
                told.append({"release_id": release_id, "position": position, **sets.numbered(stored_values(part))})
        rows.setdefault(FigureMention, []).extend(_mention_rows(release_id, release.figures))
    for model, values in rows.items():
        if values:
            connection.execute(insert(table_of(model)), values)


def _mention_rows(release_id: int, figures: Sequence[Figure]) -> Iterator[dict[str, Any]]:
    for number, figure in enumerate(figures):
        for position, mention in enumerate(figure.mentions):
            key = {"release_id": release_id, "figure_position": number, "position": position}
            yield {**key, **stored_values(mention, "source_")}
