"""Re-parsing on a Dask cluster of two processes against the local pool of two: time, and the rows, also while workers are killed."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import signal
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import cycle, islice
from pathlib import Path

from distributed import Client

from benchmarks import corpus
from benchmarks.compose import compose_exhibits
from benchmarks.measure import Measure, Options
from ex99.executors.dask import start_cluster
from ex99.filings.chunks import chunks
from ex99.filings.filing import FetchedDocument, Filer, Filing, FilingDocument, ReleaseChoice, Submission
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.reparse import reparse
from ex99.storage.archive import Archive
from ex99.storage.models import Base
from ex99.storage.writer import Writer

_SMALL, _LARGE, _WORKERS, _BATCH = 400, 20_000, 2, 64
_KILL_SECONDS = 5.0
_CIK = Cik(9_900_000)
_OWN_KEYS = {"id", "release_id", "parse_run_id", "rules"}
"""Columns that number rows in the order of their writing, which is that of the parses' end."""


def measure_cluster(options: Options) -> Iterator[Measure]:
    """The same exhibits three times, each from an archive that has none of their results."""
    count = options.exhibits or (_LARGE if options.large else _SMALL)
    with tempfile.TemporaryDirectory(prefix="ex99-bench-") as scratch:
        root = Path(scratch)
        words = make_archive(root, options.corpus, count)
        pool = _time(root, "pool")
        with _started() as address:
            dask = _time(root, "dask", scheduler=address)
            with _killing(address) as killed:
                troubled = _time(root, "killed", scheduler=address)
        rows = {name: digest_rows(root / f"{name}.db") for name in ("pool", "dask", "killed")}
    note = f"{count:,} {words}, {_WORKERS} processes; floor: the pool of as many ({count / pool:.1f} a second)"
    yield Measure("an exhibit on Dask", dask / count * 1000, "ms", 1.25, note, pool / count * 1000)
    note = f"{len(killed)} workers killed, one every {_KILL_SECONDS:g} s; floor: the pool, undisturbed"
    yield Measure("an exhibit, workers killed", troubled / count * 1000, "ms", note=note, floor=pool / count * 1000)
    differ = [table for table, found in rows["pool"].items() if not found == rows["dask"][table] == rows["killed"][table]]
    number = sum(number for number, _ in rows["pool"].values())
    yield Measure("tables that differ", len(differ), "", 0, " ".join((*differ, f"of {len(rows['pool'])}, with {number:,} rows")))


def make_archive(root: Path, folder: Path, count: int) -> str:
    """So many filings, each with one of the corpus' exhibits (or fictitious ones) in its turn; says which."""
    exhibits, words = _load(folder)
    with Archive.open(f"sqlite:///{root / 'new.db'}", str(root / "blobs")) as archive:
        writer = Writer(archive)
        submissions = (_submit(number, data) for number, data in enumerate(islice(cycle(exhibits), count)))
        for batch in chunks(submissions, _BATCH):
            writer.save_submissions(batch)
    return words


def digest_rows(file: Path) -> dict[str, tuple[int, str]]:
    """Of each table that a parse fills the number and a digest of its rows, whatever the order of their writing."""
    tables = [table for table in Base.metadata.sorted_tables if "release_id" in table.c or table.name == "release"]
    found = {}
    with closing(sqlite3.connect(file)) as database:
        for table in tables:
            columns = ", ".join(f't."{column.name}"' for column in table.c if column.name not in _OWN_KEYS)
            joined = "release t" if table.name == "release" else f'"{table.name}" t JOIN release r ON r.id = t.release_id'
            document = "t.document_id" if table.name == "release" else "r.document_id"
            digest, number = hashlib.sha256(), 0
            for row in database.execute(f"SELECT {document}, {columns} FROM {joined} ORDER BY {document}, {columns}"):
                number += 1
                digest.update(repr(row).encode())
            found[table.name] = number, digest.hexdigest()
    return found


def _load(folder: Path) -> tuple[list[bytes], str]:
    try:
        corpus.check_corpus(folder)
    except corpus.CorpusError:
        return [data for _, data in compose_exhibits()], "fictitious exhibits"
    rows = [row for row in corpus.list_rows(folder).values() if row["exhibit_type"]]
    return [corpus.read_exhibit(folder, row) for row in rows], "exhibits, the corpus' in turn"


def _submit(number: int, data: bytes) -> Submission:
    accession = AccessionNumber(f"{_CIK:010d}-24-{number:06d}")
    filing = Filing(accession=accession, form="8-K", filing_date=dt.date(2024, 2, 1), filers=(_CIK,), items=())
    release = FetchedDocument(FilingDocument(2, "EX-99.1", "release.htm", None, len(data)), data)
    return Submission(filing, (Filer(_CIK, "COMPANY"),), (release,), b"<SEC-HEADER>", ReleaseChoice((2,), "exhibit_99", "of a benchmark"))


def _time(root: Path, name: str, scheduler: str = "") -> float:
    shutil.copy(root / "new.db", root / f"{name}.db")
    with Archive.open(f"sqlite:///{root / f'{name}.db'}", str(root / "blobs")) as archive:
        begun = time.perf_counter()
        reparse(archive, workers=_WORKERS, scheduler=scheduler)
        return time.perf_counter() - begun


@contextmanager
def _started() -> Iterator[str]:
    cluster = start_cluster(_WORKERS)
    try:
        yield cluster.scheduler_address
    finally:
        cluster.close(timeout=10)


@contextmanager
def _killing(address: str) -> Iterator[list[int]]:
    """Kill one worker after the other meanwhile; gives their numbers."""
    over, killed = threading.Event(), list[int]()

    def kill() -> None:
        with Client(address, set_as_default=False) as client:
            while not over.wait(_KILL_SECONDS):
                with suppress(Exception):
                    workers = sorted(client.nthreads())
                    pid = client.run(os.getpid, workers=[workers[len(killed) % len(workers)]]).popitem()[1]
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()
