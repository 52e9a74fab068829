"""Counting: where every filing of an archive stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, and_, case, func, select, union

from ex99.filings.filing import FILING_STATES
from ex99.filings.identifiers import Cik
from ex99.storage.archive import Archive
from ex99.storage.conditions import Condition, list_conditions
from ex99.storage.filters import FilingFilter
from ex99.storage.models import Company, Document, EarlierDocument, Figure, Filing, FilingFiler, Release, SubmissionVersion
from ex99.storage.rows import CompanyStatus, StateCount, Status

_STATES = tuple(FILING_STATES)


def read_status(archive: Archive, parser_version: str | None = None, ciks: Collection[Cik] = ()) -> Status:
    """Counts that account for every filing, of all companies or of some; ``parser_version`` is the one that "stale" is told by."""
    conditions = list_conditions(FilingFilter(ciks=ciks), Filing)
    with archive.connect() as connection:
        return Status(
            states=_states(connection, conditions),
            by_company=_by_company(connection, ciks),
            **_totals(connection, conditions),
            **_releases(connection, conditions, parser_version),
        )


def _states(connection: Connection, conditions: list[Condition]) -> tuple[StateCount, ...]:
    query = select(Filing.state, Filing.reason, func.count()).where(*conditions).group_by(Filing.state, Filing.reason)
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


def _totals(connection: Connection, conditions: list[Condition]) -> dict[str, Any]:
    filings = select(func.count()).select_from(Filing).where(*conditions)
    documents = select(func.count()).select_from(Document).join(Filing, Filing.id == Document.filing_id).where(*conditions)
    companies = select(func.count(FilingFiler.cik.distinct())).join(Filing, Filing.id == FilingFiler.filing_id).where(*conditions)
    kept = union(
        select(Document.sha256).join(Filing, Filing.id == Document.filing_id).where(Document.sha256.is_not(None), *conditions),
        select(Filing.header_sha256).where(Filing.header_sha256.is_not(None), *conditions),
        select(EarlierDocument.sha256)
        .join(Filing, Filing.id == EarlierDocument.filing_id)
        .where(EarlierDocument.sha256.is_not(None), *conditions),
        select(SubmissionVersion.header_sha256).join(Filing, Filing.id == SubmissionVersion.filing_id).where(*conditions),
    ).subquery()
    figures = (
        select(func.count())
        .select_from(Figure)
        .join(Release, and_(Release.id == Figure.c.release_id, Release.current))
        .join(Document, Document.id == Release.document_id)
        .join(Filing, Filing.id == Document.filing_id)
        .where(*conditions)
    )
    queries: dict[str, Any] = {
        "filings": filings,
        "companies": companies,
        "documents": documents,
        "blobs": select(func.count()).select_from(kept),
        "figures": figures,
    }
    return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}


def _releases(connection: Connection, conditions: list[Condition], parser_version: str | None) -> dict[str, Any]:
    """Counts over the documents chosen as press releases, each with its current result or without one."""
    query = (
        select(Release.id.is_not(None), Release.error_code, Release.parser_version, func.count())
        .select_from(Document)
        .join(Filing, Filing.id == Document.filing_id)
        .outerjoin(Release, and_(Release.document_id == Document.id, Release.current))
        .where(Document.rank.is_not(None), *conditions)
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
