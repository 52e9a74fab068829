"""A row type's flat columns: name, kind and how to get the value, worked out once so that millions of rows go fast."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from ex99.filings.chunks import chunks
from ex99.filings.fields import Field, list_flat_fields
from ex99.flat import join_words
from ex99.frames import column_kinds, plain_kind


@dataclass(frozen=True, slots=True)
class ColumnDef:
    """One flat column; ``kind`` is date, datetime, Decimal, bool, int, float or str."""

    name: str
    kind: type
    get: Callable[[Any], Any]


def list_columns(row_type: type, left_out: Collection[str] = ()) -> list[ColumnDef]:
    """The columns of a row type in their order, nested parts flattened as ex99.flat.flatten_row does."""
    kinds = column_kinds(row_type)
    flat = list_flat_fields(row_type)
    return [ColumnDef(name, kinds[name], _getter(field, path)) for name, field, path in flat if name not in left_out]


def list_batches(rows: Iterable[Any], columns: Sequence[ColumnDef], size: int) -> Iterator[list[list[Any]]]:
    """Rows as lists of values in the order of the columns, so many at a time."""
    getters = [column.get for column in columns]
    for batch in chunks(rows, size):
        yield [[get(row) for get in getters] for row in batch]


def _getter(field: Field, path: tuple[str, ...]) -> Callable[[Any], Any]:
    """Subclasses of str and int (accession numbers, CIKs) as what they are made of, tuples as joined words."""
    get = attrgetter(".".join(path))
    if field.many:
        return lambda row: "; ".join(join_words(value) for value in get(row))
    plain = plain_kind(field)
    if plain in (str, int) and field.kind is not plain:
        return lambda row: None if (value := get(row)) is None else plain(value)
    return get


def fits_decimal(value: Decimal, precision: int, scale: int) -> bool:
    """Whether a decimal keeps every digit in a column of this precision and scale."""
    _, digits, exponent = value.normalize().as_tuple()
    if not isinstance(exponent, int):
        return False
    return -exponent <= scale and len(digits) + max(exponent, 0) + scale - max(-exponent, 0) <= precision
