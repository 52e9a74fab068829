"""Filters as SQL conditions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from ex99.storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.models import Document, Figure, Filing, FilingFiler, FilingItem, Guidance, Passage, Release, Ticker
from ex99.storage.types import number_between

Conditions = list[ColumnElement[bool]]


def filing_conditions(where: FilingFilter) -> Conditions:
    """Conditions on Filing."""
    conditions: Conditions = [
        *_among(Filing.accession, where.accessions),
        *_among(Filing.form, where.forms),
        *_among(Filing.state, where.states),
        *_among(Filing.reason, where.reasons),
    ]
    companies: Conditions = []
    if where.ciks:
        companies.append(FilingFiler.cik.in_([int(cik) for cik in where.ciks]))
    if where.tickers:
        symbols = [symbol.upper() for symbol in where.tickers]
        companies.append(FilingFiler.cik.in_(select(Ticker.cik).where(Ticker.symbol.in_(symbols))))
    if companies:
        conditions.append(Filing.id.in_(select(FilingFiler.filing_id).where(or_(*companies))))
    if where.items:
        conditions.append(Filing.id.in_(select(FilingItem.filing_id).where(FilingItem.number.in_(list(where.items)))))
    if where.since is not None:
        conditions.append(Filing.filing_date >= where.since)
    if where.until is not None:
        conditions.append(Filing.filing_date <= where.until)
    return conditions


def release_conditions(where: ReleaseFilter, searched: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Conditions:
    """Conditions on Release and Filing; ``searched`` is the column that ``contains`` looks into."""
    conditions = filing_conditions(where)
    conditions.append(Release.current.expression if where.parser_version is None else Release.parser_version == where.parser_version)
    conditions += [*_among(Release.kind, where.kinds), *_among(Document.id, where.document_ids)]
    if where.errors is not None:
        conditions.append(Release.error_code.is_not(None) if where.errors else Release.error_code.is_(None))
    if where.contains:
        conditions.append(func.lower(searched).contains(where.contains.lower(), autoescape=True))
    return conditions


def figure_conditions(where: FigureFilter) -> Conditions:
    """Conditions on Figure, Release and Filing."""
    conditions = [
        *release_conditions(where, Figure.c.source_text),
        *_among(Figure.c.metric, where.metrics),
        *_among(Figure.c.basis, where.bases),
        *_among(Figure.c.duration, where.durations),
        *_among(Figure.c.unit, where.units),
        *number_between(Figure.c.value, where.value_from, where.value_until),
    ]
    if where.period_from is not None:
        conditions.append(Figure.c.period_end >= where.period_from)
    if where.period_until is not None:
        conditions.append(Figure.c.period_end <= where.period_until)
    if where.comparative is not None:
        conditions.append(Figure.c.comparative.is_(where.comparative))
    return conditions


def guidance_conditions(where: FigureFilter) -> Conditions:
    """Conditions on Guidance, Release and Filing."""
    return [
        *release_conditions(where, Guidance.c.source_text),
        *_among(Guidance.c.metric, where.metrics),
        *_among(Guidance.c.basis, where.bases),
        *_among(Guidance.c.unit, where.units),
    ]


def passage_conditions(where: PassageFilter) -> Conditions:
    """Conditions on Passage, Release and Filing."""
    conditions = [*release_conditions(where, Passage.c.source_text), *_among(Passage.c.kind, where.passage_kinds)]
    if where.quantitative is not None:
        conditions.append(Passage.c.quantitative.is_(where.quantitative))
    return conditions


def _among(column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Any) -> Conditions:
    return [column.in_([value if isinstance(value, int) else str(value) for value in values])] if values else []
