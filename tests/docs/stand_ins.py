"""What stands in a page's commands for a place that a reader has and a test has not: a real server of the same kind on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.buckets import make_bucket, start_s3

STAND_INS = {
    "postgresql://db.example.com/ex99": "database",
    "postgresql:///": "server",
    "s3://my-bucket": "bucket",
    "tcp://cluster.example.com:8786": "cluster",
    "http://127.0.0.1:8099": "replica_url",
}
"""What a page names, and the fixture that gives what is put in its place."""


@pytest.fixture
def server(postgres_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A PostgreSQL server that its own tools and `postgresql:///NAME` find by themselves; what databases a page makes go with it."""
    url = urlsplit(postgres_server)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        tools = connection.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchall()[0][0]
        monkeypatch.setenv("PGHOST", parse_qs(url.query)["host"][0])
        monkeypatch.setenv("PGUSER", url.username or "postgres")
        monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
        before = _list_databases(connection)
        yield "postgresql:///"
        for name in _list_databases(connection) - before:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database(server: str, postgres_server: str) -> str:
    """An empty database of that server."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE market")
    return f"{server}market"


def _list_databases(connection: psycopg.Connection[tuple[str, ...]]) -> set[str]:
    return {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket of a real S3 server, which the provider's variables lead to."""
    with start_s3() as proxy:
        yield f"s3://{make_bucket(proxy, monkeypatch)}"


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Dask scheduler with one worker, each a process of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"

    def start(command: str, *arguments: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", f"distributed.cli.dask_{command}", "--scheduler-file", str(file), "--no-dashboard", *arguments]
        return subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    with start("scheduler", "--host", "127.0.0.1", "--port", "0") as scheduler:
        while not file.exists() or not file.read_text().endswith("}"):
            assert scheduler.poll() is None
            time.sleep(0.05)
        with start("worker", "--nthreads", "1", "--no-nanny") as worker:
            yield json.loads(file.read_text())["address"]
            worker.terminate()
        scheduler.terminate()


@pytest.fixture
def replica_url(place: Path) -> str:
    """The replica that stands in EDGAR's place already."""
    return os.environ["EX99_WWW_URL"]
