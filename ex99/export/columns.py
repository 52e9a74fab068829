"""A row type's flat columns: name, kind and how to get the value, worked out once so that millions of rows go fast."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from ex99.frames import bare_type, column_kinds
from ex99.rows import join_words


@dataclasses.dataclass(frozen=True, slots=True)
class ColumnDef:
    """One flat column; ``kind`` is date, datetime, Decimal, bool, int, float or str."""

    name: str
    kind: type
    get: Callable[[Any], Any]


def list_columns(row_type: type, left_out: typing.Collection[str] = ()) -> list[ColumnDef]:
    """The columns of a row type in their order, nested parts flattened as ex99.rows.flatten_row does."""
    kinds = column_kinds(row_type)
    return [ColumnDef(name, kinds[name], get) for name, get in _getters(row_type) if name not in left_out]


def _getters(row_type: type, prefix: str = "", path: str = "") -> list[tuple[str, Callable[[Any], Any]]]:
    hints = typing.get_type_hints(row_type)
    found: list[tuple[str, Callable[[Any], Any]]] = []
    for part in dataclasses.fields(row_type):
        kind = bare_type(hints[part.name])
        if dataclasses.is_dataclass(kind):
            found += _getters(kind, f"{prefix}{part.name}_", f"{path}{part.name}.")
        else:
            get = attrgetter(path + part.name)
            found.append((prefix + part.name, _plain(kind, get)))
    return found


def _plain(kind: type, get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Subclasses of str and int (accession numbers, CIKs) as what they are made of, tuples as joined words."""
    if issubclass(kind, tuple | list):
        return lambda row: "; ".join(join_words(value) for value in get(row))
    if issubclass(kind, str) and kind is not str:
        return lambda row: None if (value := get(row)) is None else str(value)
    if issubclass(kind, int) and kind not in (int, bool):
        return lambda row: None if (value := get(row)) is None else int(value)
    return get


def fits_decimal(value: Decimal, precision: int, scale: int) -> bool:
    """Whether a decimal keeps every digit in a column of this precision and scale."""
    _, digits, exponent = value.normalize().as_tuple()
    if not isinstance(exponent, int):
        return False
    return -exponent <= scale and len(digits) + max(exponent, 0) + scale - max(-exponent, 0) <= precision
