"""The schema's revision: what a database has, what this ex99 needs, and making the tables of a new archive.

Storage knows no migrations. A new database is made here from the models and stamped with HEAD; a database of an older revision is
brought forward by the migrations package (`ex99 db upgrade`). A test holds that both ways lead to the same schema.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Engine, MetaData, PrimaryKeyConstraint, String, Table, func, inspect, select, text

from ex99.storage.engine import writing
from ex99.storage.models import Base
from ex99.storage.search_index import CREATE

HEAD = "0004"
"""The newest revision of migrations/versions."""
KNOWN: tuple[str, ...] = ("0001", "0002", "0003", "0004")
"""Every revision up to HEAD, oldest first; anything else is of a newer ex99."""

_LOCK = 0x0E99
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def current_revision(engine: Engine) -> str | None:
    """The database's revision as Alembic notes it; None for a database without tables."""
    with engine.connect() as connection:
        return _read_revision(connection)


def create_schema(engine: Engine) -> None:
    """Make every table at revision HEAD in an empty database; several processes may do so at once, and one of them does."""
    with writing(engine).begin() as connection:
        make_tables(connection)


def make_tables(connection: Connection) -> str:
    """Make every table in a database that has none, within the caller's transaction; returns the database's revision then."""
    lock_schema(connection)
    revision = _read_revision(connection)
    if revision is not None:
        return revision
    Base.metadata.create_all(connection)
    for statement in CREATE[connection.dialect.name]:
        connection.execute(text(statement))
    _version.create(connection)
    connection.execute(_version.insert().values(version_num=HEAD))
    return HEAD


def lock_schema(connection: Connection) -> None:
    """Let one process at a time change the schema, until the transaction ends (on SQLite its write lock does that)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _read_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(select(_version.c.version_num))
