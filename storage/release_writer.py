"""Writing parse results: a release with all that was read from it, in place of the same version's earlier result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ex99.filings.release import Figure, ParseError, PressRelease, Source
from ex99.storage.inserts import chunks, table_of
from ex99.storage.models import (
    Base,
    Document,
    FigureMention,
    Guidance,
    Passage,
    Release,
    ReleaseText,
    ReleaseTicker,
    ReleaseWarning,
)
from ex99.storage.models import Figure as FigureRecord

Result = tuple[int, PressRelease | ParseError]
_PARTS: tuple[type[Base], ...] = (FigureMention, FigureRecord, Guidance, Passage, ReleaseTicker, ReleaseWarning)
"""The tables that hang on a release, children before parents."""
_BATCH = 100
_UPDATE_RELEASE = update(table_of(Release)).where(table_of(Release).c.id == bindparam("of_release"))


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
    rows = [_release_row(document_id, result, stored[document_id], parse_run, version) for document_id, result in batch]
    again = [{"of_release": known[row["document_id"]], **row} for row in rows if row["document_id"] in known]
    if again:
        connection.execute(_UPDATE_RELEASE, again)
    new = [row for row in rows if row["document_id"] not in known]
    if new:
        connection.execute(insert(table_of(Release)), new)
    ids = _known_releases(connection, documents, version)
    _insert_parts(connection, [(ids[document_id], document_id, r) for document_id, r in batch if isinstance(r, PressRelease)])


def _lock_documents(connection: Connection, documents: list[int]) -> dict[int, str]:
    """The sha256 of each document, locked against another process that saves results for it; ValueError for an unknown one."""
    query = select(Document.id, Document.sha256).where(Document.id.in_(documents)).order_by(Document.id).with_for_update()
    stored = {row.id: row.sha256 for row in connection.execute(query) if row.sha256 is not None}
    if missing := set(documents) - set(stored):
        raise ValueError(f"the archive keeps no bytes of document {min(missing)}")
    return stored


def _known_releases(connection: Connection, documents: list[int], version: str) -> dict[int, int]:
    query = select(Release.document_id, Release.id).where(Release.document_id.in_(documents), Release.parser_version == version)
    return {row.document_id: row.id for row in connection.execute(query)}


def _clear(connection: Connection, releases: list[int]) -> None:
    connection.execute(delete(ReleaseText).where(ReleaseText.release_id.in_(releases)))
    for part in _PARTS:
        connection.execute(delete(part).where(part.__table__.c.release_id.in_(releases)))


def _release_row(document_id: int, result: PressRelease | ParseError, sha256: str, parse_run: int, version: str) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(
        ("media_type", "kind", "headline", "place", "date", "newswire", "company_name", "fiscal_year", "fiscal_quarter", "fiscal_end")
    )
    row |= {"document_id": document_id, "parser_version": version, "parse_run_id": parse_run, "current": True, "sha256": sha256}
    if isinstance(result, ParseError):
        return {**row, "error_code": result.code, "error_message": result.message}
    if result.sha256 != sha256:
        raise ValueError(f"the release was parsed from {result.sha256[:12]}, and document {document_id} is {sha256[:12]}")
    return {
        **row,
        "media_type": result.media_type,
        "kind": result.kind,
        "headline": result.headline,
        "place": result.dateline.place,
        "date": result.dateline.date,
        "newswire": result.dateline.newswire,
        "company_name": result.company_name,
        "fiscal_year": result.fiscal_period.year,
        "fiscal_quarter": result.fiscal_period.quarter,
        "fiscal_end": result.fiscal_period.end,
        "error_code": None,
        "error_message": None,
    }


def _insert_parts(connection: Connection, releases: list[tuple[int, int, PressRelease]]) -> None:
    models: list[type[Base]] = [ReleaseText, *reversed(_PARTS)]
    rows: dict[type[Base], list[dict[str, Any]]] = {model: [] for model in models}
    for release_id, document_id, release in releases:
        rows[ReleaseText].append(
            {"document_id": document_id, "release_id": release_id, "headline": release.headline or "", "body": release.text}
        )
        for position, ticker in enumerate(release.tickers):
            key = {"release_id": release_id, "position": position}
            rows[ReleaseTicker].append({**key, "symbol": ticker.symbol, "exchange": ticker.exchange})
        for position, warning in enumerate(release.warnings):
            key = {"release_id": release_id, "position": position}
            rows[ReleaseWarning].append({**key, "code": warning.code, "message": warning.message})
        for position, figure in enumerate(release.figures):
            rows[FigureRecord].append(_figure_row(release_id, position, figure))
            rows[FigureMention] += [
                {"release_id": release_id, "figure_position": position, "position": place, **_source(mention)}
                for place, mention in enumerate(figure.mentions)
            ]
        rows[Guidance] += _guidance_rows(release_id, release)
        rows[Passage] += _passage_rows(release_id, release)
    for model, values in rows.items():
        if values:
            connection.execute(insert(table_of(model)), values)


def _figure_row(release_id: int, position: int, figure: Figure) -> dict[str, Any]:
    return {
        "release_id": release_id,
        "position": position,
        "metric": figure.metric,
        "basis": figure.basis,
        "duration": figure.duration,
        "period_end": figure.period_end,
        "value": figure.value,
        "unit": figure.unit,
        "comparative": figure.comparative,
        "qualifier": figure.qualifier,
        **_source(figure.source),
    }


def _guidance_rows(release_id: int, release: PressRelease) -> list[dict[str, Any]]:
    return [
        {
            "release_id": release_id,
            "position": position,
            "metric": guidance.metric,
            "basis": guidance.basis,
            "period": guidance.period,
            "low": guidance.low,
            "high": guidance.high,
            "unit": guidance.unit,
            "action": guidance.action,
            **_source(guidance.source),
        }
        for position, guidance in enumerate(release.guidance)
    ]


def _passage_rows(release_id: int, release: PressRelease) -> list[dict[str, Any]]:
    return [
        {
            "release_id": release_id,
            "position": position,
            "kind": passage.kind,
            "quantitative": passage.quantitative,
            "horizon": passage.horizon,
            **_source(passage.source),
        }
        for position, passage in enumerate(release.passages)
    ]


def _source(source: Source) -> dict[str, Any]:
    return {
        "source_start": source.start,
        "source_end": source.end,
        "source_text": source.text,
        "source_table": source.table,
        "source_row": source.row,
        "source_column": source.column,
    }
