"""`ex99 reparse` on a Dask cluster: the rows of the local pool, whatever dies; what cannot go on says so in one line and loses nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

from distributed import Client

from ex99 import reparse as service
from ex99.api import Archive, open_archive
from ex99.errors import UserError
from ex99.executors import dask as dask_executor
from ex99.executors import dask_worker, open_executor
from ex99.executors.terms import Job, Terms
from ex99.filings.exhibits import RELEASE
from ex99.filings.release import ParseError, PressRelease
from ex99.reparse import ParserChoice
from ex99.replica.compose import compose_company, write_filings
from ex99.settings import Settings
from ex99.storage.blobs import BlobStore
from ex99.storage.errors import ArchiveError
from tests.buckets import make_bucket, start_s3
from tests.ex99.conftest import CIK, NAME, TICKER, Cli

Child = subprocess.Popen[bytes]
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@dataclass
class Cluster:
    """A scheduler and workers, each a process of its own."""

    address: str
    scheduler: Child
    workers: list[Child]

    def end(self) -> None:
        """End them all: the workers' nannies first, who would start others."""
        for child in (*self.workers, self.scheduler):
            child.terminate()
        for child in (*self.workers, self.scheduler):
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:  # a nanny that was starting a worker
                child.kill()
                child.wait()


@contextmanager
def start_cluster(folder: Path, workers: int = 2, *, nanny: bool = True) -> Iterator[Cluster]:
    """A cluster as a user would start it, whose workers find the tests' parsers."""
    folder.mkdir(exist_ok=True)
    file = folder / "scheduler.json"

    def start(command: str, *arguments: str) -> Child:
        words = [sys.executable, "-m", f"distributed.cli.dask_{command}", "--scheduler-file", str(file), "--no-dashboard", *arguments]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        return subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
    while not file.exists() or not file.read_text().endswith("}"):
        assert scheduler.poll() is None
        time.sleep(0.05)
    children = [start("worker", "--nthreads", "1", "--nanny" if nanny else "--no-nanny") for _ in range(workers)]
    cluster = Cluster(json.loads(file.read_text())["address"], scheduler, children)
    try:
        yield cluster
    finally:
        cluster.end()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster that outlives every test, its workers replaced by their nannies."""
    with start_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster.address


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of many exhibits, parsed; to be copied."""
    folder = tmp_path_factory.mktemp("stored")
    write_filings(folder / "submissions", compose_company(NAME, CIK, TICKER, 1999, 2020, seed=3))
    with open_archive(folder / "archive") as archive:
        archive.import_(folder / "submissions")
    return folder / "archive"


@pytest.fixture
def copied(stored: Path, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT)])
    shutil.copytree(stored, surroundings / "ex99-archive")
    return surroundings / "ex99-archive"


def list_all(archive: Archive, version: str | None = None) -> list[Any]:
    return [row for errors in (False, True) for row in archive.releases(errors=errors, parser_version=version)]


def rows_of(folder: Path, version: str | None = None) -> list[Any]:
    with open_archive(folder) as archive:
        figures = [replace(row, release_id=0) for row in archive.figures(parser_version=version, mentions=True)]
        releases = [(row.accession, row.error_code, row.headline) for row in list_all(archive, version)]
    return [sorted(figures, key=repr), sorted(releases, key=repr)]


def test_rows_equal_those_of_the_pool(cli: Cli, copied: Path, scheduler: str) -> None:
    before = rows_of(copied)
    ran = cli("reparse", "--all", "--diff", "--scheduler", scheduler)
    assert ran.code == 0, ran.err
    assert "no differences" in ran.out
    assert rows_of(copied) == before


def test_a_cluster_made_on_the_spot(cli: Cli, copied: Path) -> None:
    before = rows_of(copied)
    ran = cli("reparse", "--all", "--executor", "dask", "--jobs", "2", "--json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["parsed"] == len(before[1])
    assert not [line for line in ran.err.splitlines() if not line.startswith("parsing: ")], "no word of Dask's own"
    assert rows_of(copied) == before


def test_workers_read_an_object_store(surroundings: Path, submissions: Path, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with start_s3() as server:
        url = f"s3://{make_bucket(server, monkeypatch)}/archive"
        settings = Settings(archive=surroundings / "far", blob_url=url)
        with start_cluster(surroundings / "one") as cluster, open_archive(settings=settings) as far:
            far.import_(submissions, parse=False)
            server.seen.clear()
            report = far.reparse(scheduler=cluster.address)
            assert report.losses == ()
            figures = [replace(row, release_id=0) for row in far.figures(mentions=True)]
    with open_archive(filled) as near:
        assert report.parsed == len(near.releases())
        wanted = [replace(row, release_id=0) for row in near.figures(mentions=True)]
    assert sorted(figures, key=repr) == sorted(wanted, key=repr)
    read = [path for method, path, _ in server.seen if method == "GET" and path.endswith(".zst")]
    assert len(read) >= report.parsed


def test_crashes_and_hangs_cost_themselves_alone(copied: Path, scheduler: str) -> None:
    hostile = ParserChoice("hostile", "tests.ex99.fake_parsers:parse_hostile")
    with open_archive(copied) as archive:
        report = archive.reparse(parser=hostile, seconds=0.7, scheduler=scheduler)
        assert {loss.code for loss in report.losses} == {"crashed", "timeout"}
        expected = sum(hashlib.sha256(archive.storage.blobs.read(row.sha256)).digest()[0] % 4 < 2 for row in list_all(archive))
        assert len(report.losses) == expected
        assert report.parsed == len(list_all(archive)) - expected
        assert archive.reparse(parser=hostile, scheduler=scheduler).parsed == 0


def test_workers_killed_all_the_while_change_nothing(copied: Path, scheduler: str) -> None:
    """After every so many results, not seconds: a busy machine may take longer for a new worker than for a batch."""
    slow = ParserChoice("slow", "tests.ex99.fake_parsers:parse_slowly")
    killed = []
    with open_archive(copied) as archive, Client(scheduler, set_as_default=False) as client:
        alone = archive.reparse(parser=slow, workers=4)
        wanted = rows_of(copied, "slow")

        def kill(done: int, _: int) -> None:
            if done % 20 == 10:
                with suppress(Exception):  # between two lives of a worker there is none to ask
                    pid = client.run(os.getpid, workers=[min(client.nthreads())]).popitem()[1]
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

        report = archive.reparse(parser=slow, all=True, scheduler=scheduler, on_progress=kill)
    assert killed
    assert (report.parsed, report.losses, report.outcome) == (alone.parsed, (), "finished")
    assert rows_of(copied, "slow") == wanted


def test_an_exhibit_that_kills_its_worker_costs_itself_alone(copied: Path, scheduler: str) -> None:
    deadly = ParserChoice("deadly", "tests.ex99.fake_parsers:parse_deadly")
    with open_archive(copied) as archive:
        report = archive.reparse(parser=deadly, scheduler=scheduler)
        digests = {row.accession: hashlib.sha256(archive.storage.blobs.read(row.sha256)).digest() for row in list_all(archive)}
    assert {loss.code for loss in report.losses} == {"crashed"}
    assert {loss.accession for loss in report.losses} == {accession for accession, digest in digests.items() if digest[0] % 64 == 0}
    assert report.parsed + len(report.losses) == len(digests)
    assert report.losses


def test_a_scheduler_that_dies_loses_nothing(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ParserChoice", lambda: ParserChoice("slow", "tests.ex99.fake_parsers:parse_slowly"))
    monkeypatch.setattr(service, "_BATCH", 8)
    with start_cluster(copied.parent / "one") as cluster, open_archive(copied) as archive:
        total = len(list_all(archive))

        def end(done: int, _: int) -> None:
            if done == 16:
                cluster.scheduler.kill()

        with pytest.raises(UserError, match=r"the Dask scheduler at tcp://[^\n]* went away: what was parsed is kept, and the same command"):
            archive.reparse(scheduler=cluster.address, on_progress=end)
        kept = len(archive.releases(parser_version="slow"))
        assert 16 <= kept < total
    with open_archive(copied) as archive, start_cluster(copied.parent / "other") as other:
        rest = archive.reparse(scheduler=other.address)
        assert rest.parsed == total - kept
        assert archive.reparse().parsed == 0


def test_no_worker_left_is_one_line(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_executor, "_PATIENCE", 1.0)
    slow = ParserChoice("slow", "tests.ex99.fake_parsers:parse_slowly")
    with start_cluster(copied.parent / "one", 1, nanny=False) as cluster, open_archive(copied) as archive:

        def end(done: int, _: int) -> None:
            if done == 8:
                for worker in cluster.workers:
                    worker.kill()

        with pytest.raises(UserError, match=r"has no worker left: what was parsed is kept"):
            archive.reparse(parser=slow, scheduler=cluster.address, on_progress=end)
        assert len(archive.releases(parser_version="slow")) >= 8
        assert archive.reparse(parser=slow).losses == ()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "http://127.0.0.1:9", "silent"])
def test_a_scheduler_that_does_not_answer_is_one_line(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(dask_executor, "_ANSWER_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        if address == "silent":
            address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        ran = cli("reparse", "--all", "--scheduler", address)
    assert ran.code == 2
    assert f"error: no Dask scheduler answers at {address}" in ran.err
    assert "***" not in ran.err
    assert "start one with `dask scheduler`" in ran.err
    assert len(ran.err.splitlines()) == 2
    with open_archive(copied) as archive:
        assert not archive.reparse().parsed


def test_a_cluster_without_workers_is_one_line(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_executor, "_WORKER_SECONDS", 0.5)
    with (
        start_cluster(copied.parent / "one", 0) as cluster,
        open_archive(copied) as archive,
        pytest.raises(UserError, match="has no workers"),
    ):
        archive.reparse(all=True, scheduler=cluster.address)


def test_missing_bytes_are_listed(copied: Path, scheduler: str) -> None:
    with open_archive(copied) as archive:
        gone = archive.releases().first()
        archive.storage.blobs.remove(gone.sha256)
        report = archive.reparse(all=True, scheduler=scheduler)
        assert [(loss.accession, loss.code) for loss in report.losses] == [(gone.accession, "missing")]


def test_a_worker_that_has_not_the_blobs_is_one_line(copied: Path, scheduler: str) -> None:
    shutil.rmtree(copied / "blobs")
    with open_archive(copied) as archive, pytest.raises(ArchiveError, match=r"^the worker on [^\n]* finds no blobs at "):
        archive.reparse(all=True, scheduler=scheduler)


def test_a_worker_refuses_another_parser_and_gives_results_in_order(tmp_path: Path) -> None:
    blobs = BlobStore(str(tmp_path / "blobs"))
    jobs = [Job(blobs.put(f"one {number}".encode()), RELEASE) for number in range(5)] + [Job("0" * 64, RELEASE)]
    terms = Terms(blobs.address, "tests.ex99.fake_parsers:parse_next")
    results = dask_worker.parse_batch(terms, jobs)
    assert [result.sha256 for result in results[:5] if isinstance(result, PressRelease)] == [job.sha256 for job in jobs[:5]]
    assert isinstance(results[5], ParseError)
    with pytest.raises(ArchiveError, match=r"has parser version [^\n]* and not 0\.other: install the same ex99 there"):
        dask_worker.parse_batch(Terms(blobs.address, version="0.other"), jobs)


def test_what_travels_is_hashes(tmp_path: Path, copied: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    submit = Client.submit

    def spy(self: Client, *arguments: Any, **more: Any) -> Any:
        sent.append(arguments)
        return submit(self, *arguments, **more)

    monkeypatch.setattr(Client, "submit", spy)
    with open_archive(copied) as archive:
        report = archive.reparse(all=True, scheduler=scheduler)
    jobs = [job for _, terms, batch in sent for job in batch]
    assert len(jobs) == report.parsed
    assert all(len(batch) <= dask_executor.BATCH for _, _, batch in sent)
    assert {tuple(map(type, job)) for job in jobs} == {(str, str)}


@pytest.mark.parametrize(
    ("name", "scheduler", "said"), [("threads", "", "there is no executor 'threads'"), ("processes", "tcp://x:1", "a scheduler is Dask's")]
)
def test_a_wrong_choice_is_one_line(tmp_path: Path, name: str, scheduler: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        open_executor(BlobStore(str(tmp_path)), Terms(""), name=name, scheduler=scheduler)


def test_without_the_extra_it_says_what_to_install(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = cli("reparse", "--all", "--executor", "dask")
    assert ran.code == 2
    assert "pip install 'ex99[dask]'" in ran.err
