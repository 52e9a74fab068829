"""What the fields of a record are, said once by its dataclass: names, types, meanings.

JSON, database columns, rows, frames, exports and their dictionary are all made from here, by name. A field's meaning is the text in its
``Annotated`` hint; ``OneOf`` beside it closes its vocabulary, ``ON_REQUEST`` keeps it out of what is shown unasked.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text field whose words are known beforehand."""

    words: tuple[str, ...]


ON_REQUEST: Final = object()
"""Marks a field that is shown where it is asked for (`ex99 parse --why`) and is no column of rows and exports."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record; ``kind`` is its type without None, of a tuple that of its parts, and then ``many`` is true."""

    name: str
    kind: type
    many: bool
    optional: bool
    meaning: str | None
    words: tuple[str, ...]
    on_request: bool

    @property
    def is_record(self) -> bool:
        """Whether its values, or parts, are dataclasses themselves."""
        return dataclasses.is_dataclass(self.kind)


def list_fields(record: type) -> tuple[Field, ...]:
    """A dataclass's fields in the order in which they are shown: its own, then those that it inherits."""
    return _list_fields(typing.cast(Hashable, record))


@lru_cache(maxsize=256)
def _list_fields(record: Any) -> tuple[Field, ...]:
    hints = typing.get_type_hints(record, include_extras=True)
    fields = dataclasses.fields(record)
    own = [field.name for field in fields if field.name in inspect.get_annotations(record)]
    inherited = [field.name for field in fields if field.name not in own]
    return tuple(_read_field(name, hints[name]) for name in (*own, *inherited))


def list_shown_fields(record: type) -> tuple[Field, ...]:
    """The fields of a record that are shown unasked."""
    return tuple(field for field in list_fields(record) if not field.on_request)


def list_flat_fields(record: type, prefix: str = "") -> Iterator[tuple[str, Field, tuple[str, ...]]]:
    """(flat name, field, the attributes that lead to it) of all that is shown; parts that are records are flattened: source_start."""
    for field in list_shown_fields(record):
        if field.is_record and not field.many:
            for name, inner, path in list_flat_fields(field.kind, f"{field.name}_"):
                yield prefix + name, inner, (field.name, *path)
        else:
            yield prefix + field.name, field, (field.name,)


def list_meanings(record: type) -> dict[str, str]:
    """Flat name -> meaning, of the fields that say theirs."""
    return {name: field.meaning for name, field, _ in list_flat_fields(record) if field.meaning}


def gather(row_type: type[T], *sources: object, **given: object) -> T:
    """A record whose fields are those given, and else the attributes of that name of the first source that has one."""
    for field in list_fields(row_type):
        if field.name not in given:
            source = next((source for source in sources if hasattr(source, field.name)), None)
            if source is not None:
                given[field.name] = getattr(source, field.name)
    return row_type(**given)


def _read_field(name: str, hint: Any) -> Field:
    notes: tuple[Any, ...] = ()
    if typing.get_origin(hint) is typing.Annotated:
        hint, *rest = typing.get_args(hint)
        notes = tuple(rest)
    bare, optional = _without_none(hint)
    many = typing.get_origin(bare) in (tuple, list)
    kind = typing.get_args(bare)[0] if many else bare
    return Field(
        name=name,
        kind=kind if isinstance(kind, type) else str if typing.get_origin(kind) is typing.Literal else tuple,
        many=many,
        optional=optional,
        meaning=next((note for note in notes if isinstance(note, str)), None),
        words=next((note.words for note in notes if isinstance(note, OneOf)), ()),
        on_request=ON_REQUEST in notes,
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    options = [option for option in typing.get_args(hint) if option is not type(None)]
    return (options[0] if len(options) == 1 else str), len(options) < len(typing.get_args(hint))
