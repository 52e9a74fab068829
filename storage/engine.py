"""The database engine: one way of connecting for SQLite and PostgreSQL, safe for several processes at once."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from ex99.filings.extras import how_to_install
from ex99.filings.secrecy import hide_secret, redact
from ex99.storage.errors import ArchiveError

SCHEMES = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
WRITES = "ex99_writes"
_READ_ONLY = {"options": "-c default_transaction_read_only=on"}
_CONNECTION: dict[str, Any] = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""libpq's: a server that has gone without a word is noticed within a minute, and not after hours."""
BUSY_SECONDS = 60
CACHE = 32 * 2**20
"""Bytes of a SQLite database that each connection keeps in memory, where nothing else is said."""


def parse_database_url(text: str) -> URL:
    """The URL with its driver filled in; plain postgres:// and postgresql:// mean psycopg. Raises ArchiveError for anything else."""
    shown = hide_secret(text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # whose own words may hold the password
        raise ArchiveError(f"{shown!r} is no database URL: expected sqlite:///PATH or postgresql://USER@HOST/NAME") from None
    if "@" in f"{url.host}{url.database}" and url.get_backend_name() != "sqlite":
        raise ArchiveError(f"{shown!r} has more than one @: in a password it is written %40, a / %2F, a : %3A")
    url = url.set(drivername=SCHEMES.get(url.drivername, url.drivername))
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ArchiveError(f"{url.get_backend_name()} is not supported: an archive lives in SQLite or PostgreSQL")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ArchiveError("an archive needs a file: expected sqlite:///PATH")
    return url


def make_engine(database_url: str, cache: int = CACHE, *, read_only: bool = False) -> Engine:
    """An engine for an archive's database; of a ``read_only`` one the database refuses whatever would write.

    Nothing is connected yet; the SQLite file's folder is not made here.
    """
    url = parse_database_url(database_url)
    try:
        if url.get_backend_name() == "postgresql":
            return create_engine(url, pool_pre_ping=True, connect_args=_CONNECTION | (_READ_ONLY if read_only else {}))
        engine = _sqlite_engine(url, cache)
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise ArchiveError(f"PostgreSQL needs psycopg: {how_to_install('psycopg')}") from error
    except (NoSuchModuleError, ImportError) as error:
        raise ArchiveError(f"no driver for {url.drivername}: {error}") from error
    event.listen(engine, "begin", _begin_sqlite)
    if read_only:
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    return engine


def _sqlite_engine(url: URL, cache: int) -> Engine:
    options: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    file = Path(url.database or "")
    if not file.is_file() or is_writable(file):
        engine = create_engine(url, connect_args=options)
        event.listen(engine, "connect", lambda connection, _: _prepare_sqlite(connection, cache))
        return engine
    address = read_only_address(file)
    return create_engine(url, creator=lambda: sqlite3.connect(address, uri=True, isolation_level=None, **options))


def is_writable(file: Path) -> bool:
    """Whether this user may write a SQLite database, and beside it."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def read_only_address(file: Path) -> str:
    """The address by which SQLite opens a database to read alone.

    A write-ahead log that another user is writing is read along; without one SQLite would want to make it, so where this user may not
    write, the file is then declared unchanging.
    """
    unchanging = not is_writable(file) and not file.with_name(file.name + "-wal").exists()
    return f"{file.absolute().as_uri()}?{'immutable=1' if unchanging else 'mode=ro'}"


def _prepare_sqlite(connection: Any, cache: int) -> None:
    """Foreign keys on, write-ahead log (readers never wait for the writer); transactions are begun by _begin_sqlite alone."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA cache_size = -{cache // 1024}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the lock at the start of a writing transaction: one that reads first would fail where another wrote in between."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing(engine: Engine) -> Engine:
    """The same engine (and pool) whose transactions are meant for writing."""
    return engine.execution_options(**{WRITES: True})


def sqlite_file(engine: Engine) -> Path | None:
    """The file of a SQLite database, None for PostgreSQL."""
    return Path(engine.url.database) if engine.dialect.name == "sqlite" and engine.url.database else None


def describe(engine: Engine) -> str:
    """The database's URL without its secrets, for messages."""
    return hide_secret(engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=True))


def explain(error: DBAPIError) -> str:
    """The driver's own message on one line, without secrets."""
    return redact(" ".join(str(error.orig).split()))
