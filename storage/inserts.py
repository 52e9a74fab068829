"""Statements that both databases understand in their own dialect, and retries where they ask for one."""

from __future__ import annotations

import logging
import random
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from ex99.storage.engine import explain
from ex99.storage.errors import ArchiveError, RowError
from ex99.storage.models import Base

T = TypeVar("T")
_TRIES = 6
PATIENCE = 600.0
"""Seconds for which a lost database is waited for: longer than a restart or a failover takes."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 15.0
_LOGGER = logging.getLogger(__name__)
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


def with_retries(work: Callable[[], T], place: str = "") -> T:
    """Run a whole transaction, again where the database asks for it or its connection is lost; else a one-line ArchiveError.

    A lost connection is waited out for PATIENCE seconds, with longer and longer pauses. A commit whose answer was lost is made once more,
    which changes nothing, since every write is idempotent (but for counts of runs and failures, which may be one more). ``place`` is the
    database's address for messages.
    """
    where = f" {place}" if place else ""
    conflicts, lost_at, pause = 0, None, _FIRST_PAUSE
    while True:
        try:
            return work()
        except DBAPIError as error:
            if is_lost(error):
                now = time.monotonic()
                lost_at = now if lost_at is None else lost_at
                if now - lost_at + pause > PATIENCE:
                    raise ArchiveError(f"the database{where} has been out of reach for {now - lost_at:.0f} s: {explain(error)}") from error
                _LOGGER.warning("the connection to the database is lost (%s); trying again in %.1f s", explain(error), pause)
                time.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                continue
            if isinstance(error, DataError | IntegrityError):
                raise RowError(f"the database{where} refuses a row: {explain(error)}") from error
            conflicts += 1
            if conflicts == _TRIES or not _asks_for_retry(error):
                raise ArchiveError(f"the database{where} refused a write: {explain(error)}") from error
        time.sleep(random.uniform(0.01, 0.05) * 2**conflicts)  # noqa: S311


def is_lost(error: DBAPIError) -> bool:
    """Whether PostgreSQL is not there, or not yet, or no longer, so that the same may work in a while.

    Class 08 is connection exceptions; 57P01 to 57P05 and 53300 (too many connections) are its administrator's and its own trouble:
    https://www.postgresql.org/docs/current/errcodes-appendix.html. A connection that breaks has no code at all.
    """
    if isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(("08", "57P", "53300"))
    return error.connection_invalidated or isinstance(error, OperationalError)


def _asks_for_retry(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _RETRY_STATES or "database is locked" in str(error.orig)
