"""Where the pages are tried: a folder with the demo's archive, and a replica in EDGAR's place."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from ex99.demo import run_demo
from ex99.replica.server import start_replica
from tests.storage.conftest import postgres_server

__all__ = ["postgres_server"]


@dataclass(frozen=True)
class Demo:
    """The demo's archive, and the address of a replica that serves its filings."""

    archive: Path
    url: str


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, run once; to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "demo-archive"
    run_demo(folder)
    with start_replica(folder / "replica-filings") as replica:
        yield Demo(folder, replica.url)


@pytest.fixture
def place(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a copy of the demo's archive; `ex99` is on the path, and a replica stands where EDGAR would."""
    for name in [name for name in os.environ if name.startswith(("EX99_", "PG"))]:
        monkeypatch.delenv(name)
    shutil.copytree(demo.archive, tmp_path / "demo-archive")
    settings = dict.fromkeys(("WWW_URL", "DATA_URL", "EFTS_URL"), demo.url)
    settings |= {"STATE_FOLDER": str(tmp_path / "state"), "REQUESTS_PER_SECOND": "400", "USER_AGENT": "Pat Example pat@example.com"}
    for name, value in settings.items():
        monkeypatch.setenv(f"EX99_{name}", value)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(postgres_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL server that its own tools and `postgresql:///NAME` find by themselves."""
    url = urlsplit(postgres_server)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        tools = connection.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchall()[0][0]
    monkeypatch.setenv("PGHOST", parse_qs(url.query)["host"][0])
    monkeypatch.setenv("PGUSER", url.username or "postgres")
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
