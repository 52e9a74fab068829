"""Where the pages are tried: a folder with the demo's archive and what else a reader may have on disk, and a replica in EDGAR's place."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ex99.demo import run_demo
from ex99.replica.compose import compose_company, write_filings
from ex99.replica.server import start_replica
from tests.docs.on_disk import lay_out
from tests.docs.stand_ins import bucket, cluster, database, replica_url, server
from tests.storage.conftest import postgres_server

__all__ = ["bucket", "cluster", "database", "postgres_server", "replica_url", "server"]

OTHERS = (
    ("Orchard Lane Devices Inc", 320193, "AAPL", 2023, 2024),
    ("Fennimore Bulk Goods Corp", 909832, "COST", 2023, 2024),
    ("Lintel Software Corp", 789019, "MSFT", 2023, 2024),
    ("Example Holdings Inc", 1001426, "EXHO", 2005, 2006),
)
"""Fictitious companies under the symbols and numbers that examples name: name, CIK, symbol, first and last year."""


@dataclass(frozen=True)
class Reader:
    """What a reader of the pages has: the demo's archive, things on disk, and the address of EDGAR."""

    archive: Path
    things: Path
    url: str


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The demo, run once, and others' filings beside its own; to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "demo-archive"
    served, things = tmp_path_factory.mktemp("edgar"), tmp_path_factory.mktemp("disk")
    run_demo(folder)
    shutil.copytree(folder / "replica-filings", served, dirs_exist_ok=True)
    for company in OTHERS:
        write_filings(served, compose_company(*company))
    with start_replica(served) as replica:
        lay_out(served, replica.url, things)
        yield Reader(folder, things, replica.url)


@pytest.fixture
def place(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, which is the home folder too, with a copy of all that; `ex99` is on the path, and no variable but EDGAR's."""
    for name in [name for name in os.environ if name.startswith(("EX99_", "PG"))]:
        monkeypatch.delenv(name)
    shutil.copytree(reader.archive, tmp_path / "demo-archive")
    shutil.copytree(reader.things, tmp_path, dirs_exist_ok=True)
    settings = dict.fromkeys(("WWW_URL", "DATA_URL", "EFTS_URL"), reader.url)
    settings |= {"STATE_FOLDER": str(tmp_path / "state"), "REQUESTS_PER_SECOND": "400", "USER_AGENT": "Pat Example pat@example.com"}
    for name, value in settings.items():
        monkeypatch.setenv(f"EX99_{name}", value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path
