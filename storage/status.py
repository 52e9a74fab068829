"""Counting: where every filing of an archive stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, and_, case, func, select, union

from ex99.filings.filing import FILING_STATES
from ex99.filings.identifiers import Cik
from ex99.storage.archive import Archive
from ex99.storage.conditions import Condition
from ex99.storage.models import Company, Document, EarlierDocument, Figure, Filing, FilingFiler, Release, SubmissionVersion
from ex99.storage.rows import CompanyStatus, StateCount, Status

_STATES = tuple(FILING_STATES)


def read_status(archive: Archive, parser_version: str | None = None, ciks: Collection[Cik] = ()) -> Status:
    """Counts that account for every filing, of all companies or of some; ``parser_version`` is the one that "stale" is told by."""
    with archive.connect() as connection:
        return Status(
            states=_states(connection, ciks),
            by_company=_by_company(connection, ciks),
            **_totals(connection, ciks),
            **_releases(connection, ciks, parser_version),
        )


def _inside(filing: Any, ciks: Collection[Cik]) -> list[Condition]:
    """The condition on a filing's number that it is of one of the companies; none where none is named, so that nothing is joined for it."""
    return [filing.in_(select(FilingFiler.filing_id).where(FilingFiler.cik.in_([int(cik) for cik in ciks])))] if ciks else []


def _states(connection: Connection, ciks: Collection[Cik]) -> tuple[StateCount, ...]:
    query = select(Filing.state, Filing.reason, func.count()).where(*_inside(Filing.id, ciks)).group_by(Filing.state, Filing.reason)
    counts = [StateCount(row[0], row[1], row[2]) for row in connection.execute(query)]
    return tuple(sorted(counts, key=lambda count: (_STATES.index(count.state), -count.filings, count.reason or "")))


def _by_company(connection: Connection, ciks: Collection[Cik]) -> tuple[CompanyStatus, ...]:
    states = [func.sum(case((Filing.state == state, 1), else_=0)) for state in _STATES]
    query = (
        select(Company.cik, Company.name, *states)
        .join(FilingFiler, FilingFiler.cik == Company.cik)
        .join(Filing, Filing.id == FilingFiler.filing_id)
        .group_by(Company.cik, Company.name)
        .order_by(Company.cik)
    )
    if ciks:
        query = query.where(Company.cik.in_([int(cik) for cik in ciks]))
    rows = ((row[0], row[1], dict(zip(_STATES, map(int, row[2:]), strict=True))) for row in connection.execute(query))
    return tuple(CompanyStatus(Cik(cik), name, **counts) for cik, name, counts in rows)


def _totals(connection: Connection, ciks: Collection[Cik]) -> dict[str, Any]:
    documents = _inside(Document.filing_id, ciks)
    kept = union(
        select(Document.sha256).where(Document.sha256.is_not(None), *documents),
        select(Filing.header_sha256).where(Filing.header_sha256.is_not(None), *_inside(Filing.id, ciks)),
        select(EarlierDocument.sha256).where(EarlierDocument.sha256.is_not(None), *_inside(EarlierDocument.filing_id, ciks)),
        select(SubmissionVersion.header_sha256).where(*_inside(SubmissionVersion.filing_id, ciks)),
    ).subquery()
    queries: dict[str, Any] = {
        "filings": select(func.count()).select_from(Filing).where(*_inside(Filing.id, ciks)),
        "companies": select(func.count(FilingFiler.cik.distinct())).where(*_inside(FilingFiler.filing_id, ciks)),
        "documents": select(func.count()).select_from(Document).where(*documents),
        "blobs": select(func.count()).select_from(kept),
        "figures": _figures_of(documents)
        if ciks
        else select(_count_figures() - _count_figures(select(Release.id).where(~Release.current))),
    }
    return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}


def _figures_of(documents: list[Condition]) -> Any:
    current = select(Release.id).join(Document, Document.id == Release.document_id).where(Release.current, *documents)
    return select(_count_figures(current))


def _count_figures(releases: Any = None) -> Any:
    """The number of figures of releases, of all where none are given: that needs an index alone, and superseded results are few."""
    query = select(func.count()).select_from(Figure)
    return (query if releases is None else query.where(Figure.c.release_id.in_(releases))).scalar_subquery()


def _releases(connection: Connection, ciks: Collection[Cik], parser_version: str | None) -> dict[str, Any]:
    """Counts over the documents chosen as press releases, each with its current result or without one."""
    query = (
        select(Release.id.is_not(None), Release.error_code, Release.parser_version, func.count())
        .select_from(Document)
        .outerjoin(Release, and_(Release.document_id == Document.id, Release.current))
        .where(Document.rank.is_not(None), *_inside(Document.filing_id, ciks))
        .group_by(Release.id.is_not(None), Release.error_code, Release.parser_version)
    )
    counts = {"releases": 0, "parsed": 0, "unparsed": 0, "parse_errors": 0, "stale": 0}
    codes: dict[str, int] = {}
    for found, code, version, number in connection.execute(query):
        counts["releases"] += number
        counts["unparsed" if not found else "parsed" if code is None else "parse_errors"] += number
        if code is not None:
            codes[code] = codes.get(code, 0) + number
        if found and parser_version is not None and version != parser_version:
            counts["stale"] += number
    return {**counts, "error_codes": tuple(sorted(codes.items(), key=lambda item: (-item[1], item[0])))}
