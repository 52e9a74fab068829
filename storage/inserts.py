"""Statements that both databases understand in their own dialect, and retries where they ask for one."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from ex99.storage.engine import explain
from ex99.storage.errors import ArchiveError
from ex99.storage.models import Base

T = TypeVar("T")
CHUNK = 500
"""Keys in one IN list."""
_TRIES = 6
_RETRY_STATES = {"40P01", "40001"}
"""PostgreSQL: deadlock detected, serialization failure."""


Model: TypeAlias = type[Base] | Table


def table_of(model: Model) -> Table:
    """A model's table: a statement on it takes half the time of one on the model, which goes through the ORM's reading of columns."""
    return model if isinstance(model, Table) else cast(Table, model.__table__)


def insert_new(connection: Connection, model: Model, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, passing over those whose key is there already."""
    if rows:
        connection.execute(_insert_new(connection.dialect.name, model), list(rows))


def upsert(connection: Connection, model: Model, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; where the primary key is there already, the row's other columns take the place of what is stored."""
    if rows:
        connection.execute(_upsert(connection.dialect.name, model, tuple(rows[0])), list(rows))


@lru_cache
def _insert_new(dialect: str, model: Model) -> Insert:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table_of(model)).on_conflict_do_nothing()


@lru_cache
def _upsert(dialect: str, model: Model, names: tuple[str, ...]) -> Insert:
    table = table_of(model)
    keys = [column.name for column in table.primary_key]
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    changed = {name: insert.excluded[name] for name in names if name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=changed)


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most ``size``."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def with_retries(work: Callable[[], T]) -> T:
    """Run a whole transaction, again where the database asks for it; any other failure becomes a one-line ArchiveError."""
    for attempt in range(_TRIES):
        try:
            return work()
        except DBAPIError as error:
            if attempt + 1 == _TRIES or not _asks_for_retry(error):
                raise ArchiveError(f"the database refused a write: {explain(error)}") from error
        time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311
    raise AssertionError("unreachable")


def _asks_for_retry(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _RETRY_STATES or "database is locked" in str(error.orig)
