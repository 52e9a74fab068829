"""Tables that are made from the records of ex99.filings: a column a field, so that a field is written once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Integer
from sqlalchemy.types import TypeEngine

from ex99.filings.fields import Field, list_fields
from ex99.storage.models.base import one_of
from ex99.storage.types import Codes, ExactDecimal, Words

_TYPES: dict[type, type[TypeEngine[Any]]] = {
    str: Words, int: Integer, bool: Boolean, Decimal: ExactDecimal, dt.date: Date
}  # fmt: skip


def list_stored_fields(record: type, prefix: str = "") -> Iterator[tuple[str, Field, tuple[str, ...]]]:
    """(column, field, the attributes that lead to it) of a record's fields; records in it are flattened, tuples of records left out."""
    for field in list_fields(record):
        if field.is_record and not field.many:
            for name, inner, path in list_stored_fields(field.kind, f"{field.name}_"):
                yield prefix + name, inner, (field.name, *path)
        elif not field.is_record:
            yield prefix + field.name, field, (field.name,)


def make_columns(record: type, prefix: str = "") -> list[Column[Any]]:
    """A record's columns: words of a tuple are joined in one, those that are shown on request are the number of a set of rules."""
    return [_make_column(name, field) for name, field, _ in list_stored_fields(record, prefix)]


def make_checks(record: type) -> list[CheckConstraint]:
    """A check a field whose vocabulary is closed."""
    return [one_of(name, field.words) for name, field, _ in list_stored_fields(record) if field.words]


def make_key(name: str, target: str | None = None) -> Column[int]:
    """A column of a table's key."""
    return Column(name, Integer, *([ForeignKey(target)] if target else []), primary_key=True)


def _make_column(name: str, field: Field) -> Column[Any]:
    if field.many:
        return Column(name, Integer if field.on_request else Codes, nullable=True)
    return Column(name, _TYPES[field.kind], nullable=field.optional)
