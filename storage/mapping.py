"""Records and rows against table columns, by the names of their fields: no order of columns matters anywhere."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Row, Table

from ex99.filings.fields import Field, list_shown_fields
from ex99.storage.models.records import list_stored_fields

T = TypeVar("T")


@lru_cache
def _getters(record: Hashable) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return tuple((name, attrgetter(".".join(path))) for name, _, path in list_stored_fields(cast(type, record)))


def stored_values(value: Any, prefix: str = "") -> dict[str, Any]:
    """A record as the values of its columns."""
    return {prefix + name: get(value) for name, get in _getters(cast(Hashable, type(value)))}


def stored_columns(table: Table, record: type, prefix: str = "") -> list[Any]:
    """The columns of a table that hold what is shown of a record."""
    return [table.c[name] for name, field, _ in list_stored_fields(record, prefix) if not field.on_request]


class RowMaker(Generic[T]):
    """Makes rows (or records) of one type from a query's rows, whose labels are the names of its flat fields.

    What a field's type asks for is done to its value: an AccessionNumber is made of a text, a Source of the columns source_start ...
    Fields that the query does not have are given to ``make``, or have their defaults.
    """

    def __init__(self, row_type: Callable[..., T], labels: Sequence[str], prefix: str = "") -> None:
        self._row_type = row_type
        places = {label: number for number, label in enumerate(labels)}
        fields = list_shown_fields(row_type)  # type: ignore[arg-type]
        plain = [field for field in fields if prefix + field.name in places]
        self._names = tuple(field.name for field in plain)
        self._cells = _pick([places[prefix + name] for name in self._names])
        self._casts = [(field.name, field.kind) for field in plain if _needs_cast(field)]
        nested = [f for f in fields if f.is_record and not f.many and any(label.startswith(f"{prefix}{f.name}_") for label in labels)]
        self._parts = [(f.name, RowMaker[Any](f.kind, labels, f"{prefix}{f.name}_")) for f in nested]

    def make(self, row: Sequence[Any], **more: Any) -> T:
        """One row; ``more`` are the fields that its query does not have."""
        values = dict(zip(self._names, self._cells(row), strict=True))
        for name, kind in self._casts:
            values[name] = kind(values[name])
        for name, part in self._parts:
            values[name] = part.make(row)
        return self._row_type(**values, **more)


@lru_cache(maxsize=64)
def _maker(row_type: Hashable, labels: tuple[str, ...]) -> RowMaker[Any]:
    return RowMaker(cast(type, row_type), labels)


def row_maker(row_type: type[T], rows: Sequence[Row[Any]]) -> RowMaker[T]:
    """A maker for rows of one query."""
    return _maker(cast(Hashable, row_type), tuple(rows[0]._fields) if rows else ())


def _needs_cast(field: Field) -> bool:
    return not field.many and not field.optional and field.kind.__base__ in (str, int) and field.kind is not bool


def _pick(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """The cells at these places, always as a tuple."""
    if len(places) == 1:
        return lambda row: (row[places[0]],)
    return itemgetter(*places) if places else lambda row: ()
