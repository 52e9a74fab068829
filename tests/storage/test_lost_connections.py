"""PostgreSQL goes away in the middle of writing: the transaction is made again when it is back, and nothing is lost or doubled."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url, text

from ex99.crawl import crawl
from ex99.crawler.events import CrawlEvent
from ex99.replica.server import start_replica
from ex99.storage import inserts, queries
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.storage.filters import FilingFilter
from ex99.storage.writer import Writer
from tests.crawler.little_filings import QUIZZAXA, write_filings
from tests.ex99.crawling import make_settings, read_contents, read_damage
from tests.storage import made


class Door:
    """A TCP port before a server's socket; shut, it breaks every connection and takes no new one."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._pairs: list[socket.socket] = []
        self._listener = self._listen(0)
        self.port = self._listener.getsockname()[1]

    def shut(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        pairs, self._pairs = self._pairs, []
        for end in pairs:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def open(self) -> None:
        self._listener = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), reuse_port=False)
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._target)
                self._pairs += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def door(make_database: Callable[[str], str]) -> Iterator[tuple[Door, str, str]]:
    """A door to a new PostgreSQL database, the database's URL through it, and its own."""
    direct = make_database("postgresql")
    facts = conninfo_to_dict(direct.replace("postgresql+psycopg://", "postgresql://"))
    folder = str(facts["host"])
    opened = Door(f"{folder}/.s.PGSQL.{facts.get('port') or 5432}")
    through = make_url(direct).set(host="127.0.0.1", port=opened.port, query={})
    yield opened, through.render_as_string(hide_password=False), direct
    with suppress(OSError):
        opened.shut()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inserts, "_FIRST_PAUSE", 0.05)


def test_a_write_waits_for_the_database_and_is_made_again(door: tuple[Door, str, str], tmp_path: Path) -> None:
    gate, url, direct = door
    with Archive.open(url, str(tmp_path / "blobs")) as archive:
        writer = Writer(archive)
        writer.save_listing(made.listing([made.filing(n) for n in range(1, 9)]))
        for number in range(1, 9):
            gate.shut()
            threading.Timer(0.3, gate.open).start()
            if number % 2:
                writer.save_submission(made.submission(made.filing(number), f"release {number}".encode()))
            else:
                assert made.accession(number) not in writer.archived([made.accession(n) for n in range(1, 9)])
                writer.save_submission(made.submission(made.filing(number), f"release {number}".encode()))
    with Archive.open(direct, str(tmp_path / "blobs")) as archive:
        assert {row.state for row in queries.list_filings(archive, FilingFilter())} == {"archived"}
        assert len(list(queries.list_documents(archive))) == 24


def test_a_transaction_that_is_cut_in_the_middle_is_whole_or_not_there(door: tuple[Door, str, str], tmp_path: Path) -> None:
    gate, url, direct = door
    with Archive.open(url, str(tmp_path / "blobs")) as archive:
        writer = Writer(archive)
        calls = []

        def work() -> int:
            with archive.begin() as connection:
                calls.append(1)
                connection.execute(text("INSERT INTO company (cik, as_of) VALUES (:cik, '2024-01-01')"), {"cik": len(calls)})
                if len(calls) == 1:
                    gate.shut()
                    threading.Timer(0.2, gate.open).start()
                connection.execute(text("INSERT INTO ticker (cik, symbol) VALUES (:cik, 'ONE')"), {"cik": len(calls)})
                return len(calls)

        assert inserts.with_retries(work) >= 2
        assert writer.archived([]) == set()
    with psycopg.connect(direct.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT cik FROM company").fetchall() == connection.execute("SELECT cik FROM ticker").fetchall()


def test_patience_ends(door: tuple[Door, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, url, _ = door
    monkeypatch.setattr(inserts, "PATIENCE", 0.5)
    with Archive.open(url, str(tmp_path / "blobs")) as archive:
        gate.shut()
        with pytest.raises(ArchiveError, match="out of reach for"):
            Writer(archive).save_submission(made.submission(made.filing(1)))
        gate.open()


def test_a_refusal_is_not_waited_for(door: tuple[Door, str, str], tmp_path: Path) -> None:
    _, url, _ = door
    with Archive.open(url, str(tmp_path / "blobs")) as archive:

        def work() -> None:
            with archive.begin() as connection:
                connection.execute(text("INSERT INTO ticker (cik, symbol) VALUES (99, 'NONE')"))

        with pytest.raises(ArchiveError, match="the database refuse"):
            inserts.with_retries(work)


def test_a_crawl_outlives_its_database(door: tuple[Door, str, str], tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    gate, url, direct = door
    write_filings(tmp_path / "filings", 60)
    with start_replica(tmp_path / "filings", page_size=20) as replica:
        calm = make_settings(tmp_path / "calm", replica)
        assert crawl(calm, [QUIZZAXA]).exit_code == 0
        calm_requests = replica.stats()["requests"]
        replica.reset()
        settings = make_settings(tmp_path / "rough", replica, database_url=url, requests_per_second=12)
        begun, over = threading.Event(), threading.Event()
        cuts = []

        def trouble() -> None:
            begun.wait(60)
            while not over.wait(0.5):
                gate.shut()
                cuts.append(1)
                time.sleep(0.4)
                gate.open()

        def listen(event: CrawlEvent) -> None:
            if event.kind == "archived":
                begun.set()

        troubled = threading.Thread(target=trouble)
        troubled.start()
        report = crawl(settings, [QUIZZAXA], on_event=listen)
        over.set()
        troubled.join()
        assert report.exit_code == 0, report.message
        assert len(cuts) > 2
        asked = replica.stats()["requests"]
    rough = make_settings(tmp_path / "rough", database_url=direct)
    assert read_contents(rough) == read_contents(calm)
    assert read_damage(rough) == []
    record_property("measured", f"{len(cuts)} cuts in a crawl of 60 filings, no row lost or doubled")
    assert asked == calm_requests
