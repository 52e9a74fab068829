"""Statements that both databases understand in their own dialect, and retries where they ask for one."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from storage.engine import explain
from storage.errors import ArchiveError
from storage.models import Base

T = TypeVar("T")
CHUNK = 500
"""Keys in one IN list."""
_TRIES = 6
_RETRY_STATES = {"40P01", "40001"}
"""PostgreSQL: deadlock detected, serialization failure."""


def insert_new(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, passing over those whose key is there already."""
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(model).on_conflict_do_nothing(), list(rows))


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
