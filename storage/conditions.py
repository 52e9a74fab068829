"""Filters as SQL conditions: each field's by its declaration in storage.filters."""

from __future__ import annotations

import typing
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias, cast

from sqlalchemy import ColumnElement, Table, func, or_, select

from ex99.filings.exhibits import RELEASE
from ex99.storage.filters import Among, AtLeast, Comparison, DocumentFilter, FilingFilter, Is, Own, ReleaseFilter
from ex99.storage.inserts import Model, table_of
from ex99.storage.models import Base, Document, Filing, FilingFiler, FilingItem, Release
from ex99.storage.types import ExactDecimal, as_number, bind_decimal

Condition: TypeAlias = ColumnElement[bool]


def list_conditions(where: FilingFilter, asked: Model) -> list[Condition]:
    """The conditions of a filter on the rows of a table; ValueError where one is asked that the table knows nothing of."""
    table = table_of(asked)
    found: list[Condition] = []
    for name, comparison in _list_fields(cast(Hashable, type(where))):
        value = getattr(where, name)
        if isinstance(comparison, Own):
            found += _OWN[name](where, table) if comparison.always or not _is_empty(value) else ()
        elif not _is_empty(value):
            found.append(_compare(comparison, _find_column(comparison.column, table), value))
    return found


def releases_alone(where: ReleaseFilter | None) -> ReleaseFilter:
    """A filter as it is meant of releases: where it names no pipeline, no type and no document, press releases alone."""
    asked = where or ReleaseFilter()
    return asked if asked.pipelines or asked.types or asked.document_ids else replace(asked, pipelines=(RELEASE,))


def _is_empty(value: Any) -> bool:
    """Whether nothing is asked: no value, or no value among several."""
    return value is None or (not isinstance(value, bool) and hasattr(value, "__len__") and len(value) == 0)


@lru_cache
def _list_fields(kind: Any) -> tuple[tuple[str, Comparison], ...]:
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple((name, typing.get_args(hint)[1]) for name, hint in hints.items())


def _find_column(name: str, asked: Table) -> ColumnElement[Any]:
    of, _, column = name.rpartition(".")
    table = Base.metadata.tables[of] if of else asked
    if column not in table.c:
        raise ValueError(f"{asked.name} has no {column} to ask for")
    return table.c[column]


def _compare(comparison: Comparison, column: ColumnElement[Any], value: Any) -> Condition:
    """A comparison of a column with a value; decimals are compared by size."""
    if isinstance(comparison, Among):
        return column.in_([part if isinstance(part, int) else str(part) for part in value])
    if isinstance(comparison, Is):
        return column.is_(value)
    sized = isinstance(column.type, ExactDecimal)
    left, right = (as_number(column), as_number(bind_decimal(value))) if sized else (column, value)
    return left >= right if isinstance(comparison, AtLeast) else left <= right


def _of_companies(where: FilingFilter, _table: Table) -> Iterator[Condition]:
    yield Filing.id.in_(select(FilingFiler.filing_id).where(FilingFiler.cik.in_([int(cik) for cik in where.ciks])))


def _under_items(where: FilingFilter, _table: Table) -> Iterator[Condition]:
    yield Filing.id.in_(select(FilingItem.filing_id).where(FilingItem.number.in_(list(where.items))))


def _of_types(where: DocumentFilter | ReleaseFilter, _table: Table) -> Iterator[Condition]:
    """A type as filers spell it: EX-99.2, EX-99.02, EX-99.2 CHARTER, EX-99.2(A); EX-99 with all that have a part."""
    spelled = {word.upper() for word in where.types}
    spelled |= {f"{head}.0{part}" for head, dot, part in (word.partition(".") for word in spelled) if dot and len(part) == 1}
    kind = func.upper(Document.type)
    yield or_(kind.in_(sorted(spelled)), *(kind.startswith(word + end, autoescape=True) for word in sorted(spelled) for end in " .("))


def _with_bytes(where: DocumentFilter, table: Table) -> Iterator[Condition]:
    yield table.c.sha256.is_not(None) if where.kept else table.c.sha256.is_(None)


def _containing(where: ReleaseFilter, table: Table) -> Iterator[Condition]:
    searched = table.c.source_text if "source_text" in table.c else Release.headline
    yield func.lower(searched).contains((where.contains or "").lower(), autoescape=True)


def _of_version(where: ReleaseFilter, _table: Table) -> Iterator[Condition]:
    yield Release.current.expression if where.parser_version is None else Release.parser_version == where.parser_version


def _of_outcome(where: ReleaseFilter, _table: Table) -> Iterator[Condition]:
    yield Release.error_code.is_not(None) if where.errors else Release.error_code.is_(None)


_OWN: dict[str, Callable[[Any, Table], Iterator[Condition]]] = {
    "ciks": _of_companies,
    "items": _under_items,
    "types": _of_types,
    "kept": _with_bytes,
    "contains": _containing,
    "parser_version": _of_version,
    "errors": _of_outcome,
}
