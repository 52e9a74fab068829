"""How migrations meet the database: one at a time, with foreign keys checked at the end, the search index left out of comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from ex99.storage.engine import describe, explain, make_engine, sqlite_file, writing
from ex99.storage.errors import ArchiveError
from ex99.storage.schema import lock_schema
from ex99.storage.search_index import is_search_object
from ex99.storage.types import ExactDecimal, Instant, Words


@contextmanager
def connect_for_changes(database_url: str) -> Iterator[Connection]:
    """A connection in one transaction that no other process changes the schema in.

    On SQLite foreign keys are off meanwhile, since a batch change drops and renames tables, and all of them are checked before the
    commit: a migration that leaves a row without its parent is rolled back. Raises ArchiveError where the database cannot be reached.
    """
    engine = make_engine(database_url)
    if (file := sqlite_file(engine)) is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with writing(engine).connect() as connection:
            if connection.dialect.name == "sqlite":
                _switch_foreign_keys(connection, "OFF")
            with connection.begin():
                lock_schema(connection)
                yield connection
                _check_foreign_keys(connection)
            if connection.dialect.name == "sqlite":
                _switch_foreign_keys(connection, "ON")
    except DBAPIError as error:
        raise ArchiveError(f"cannot change the database {describe(engine)}: {explain(error)}") from error
    finally:
        engine.dispose()


def include_object(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    """Leave out of Alembic's comparison what belongs to the search index."""
    return not is_search_object(name, kind)


def note_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """How a column type of storage.types is written into a new revision: as the plain type that each database gets."""
    if kind != "type":
        return False
    plain = {Words: "sa.Text()", Instant: "sa.DateTime(timezone=True)", ExactDecimal: "EXACT_DECIMAL"}
    return plain.get(type(item), False)


def _switch_foreign_keys(connection: Connection, state: Literal["ON", "OFF"]) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys = {state}")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise ArchiveError(f"the migration leaves a row of {broken[0]} without its row of {broken[2]}; nothing was changed")
