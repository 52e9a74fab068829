"""A replica of composed filings, and a plain HTTP client that undoes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from ex99.replica.compose import ComposedFiling, compose_company, compose_traps, write_filings
from ex99.replica.server import Replica, start_replica

AGENT = "Test Company admin@test.example"
PAGE_SIZE = 40


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("latin-1")


def ask(url: str, path: str, *, method: str = "GET", agent: str = AGENT, **headers: str) -> Answer:
    connection = HTTPConnection(url.removeprefix("http://"), timeout=20)
    try:
        connection.request(method, path, headers={"User-Agent": agent, **{k.replace("_", "-"): v for k, v in headers.items()}})
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@dataclass(frozen=True)
class Served:
    """A running replica with what it serves."""

    replica: Replica
    folder: Path
    company: list[ComposedFiling]
    traps: dict[str, ComposedFiling]

    def get(self, path: str, **more: str) -> Answer:
        return ask(self.replica.url, path, **more)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("filings")
    company = compose_company("Brackenhurst Tools, Inc.", 9_000_017, "BRKN", 1996, 2021, seed=4)
    traps = {str(f.truth.trap): f for f in compose_traps()}
    write_filings(folder, [*company, *traps.values()])
    with start_replica(folder, page_size=PAGE_SIZE) as replica:
        yield Served(replica, folder, company, traps)
