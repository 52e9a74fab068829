"""Parsing in processes of this machine: the parser pool, fed from the blob store."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Generic, TypeVar

from ex99.executors.terms import MISSING, Job, Result, Terms
from ex99.filings.release import ParseError
from ex99.pool import ParserPool, make_task
from ex99.storage.blobs import BlobStore
from ex99.storage.errors import ArchiveError, StoreError
from ex99.worker import Task

K = TypeVar("K")
_AHEAD = 8


class LocalExecutor(Generic[K]):
    """The parser pool of this machine, fed from the blob store."""

    def __init__(self, blobs: BlobStore, terms: Terms, workers: int = 0) -> None:
        self._blobs = blobs
        self._pool = ParserPool[K](workers, seconds=terms.seconds, function=terms.function)

    def run(self, jobs: Iterable[tuple[K, Job]]) -> Iterator[tuple[K, Result]]:
        """Parse what is given; a few blobs are read ahead, since in an object store each takes its time."""
        gone: deque[tuple[K, Result]] = deque()
        with ThreadPoolExecutor(_AHEAD, thread_name_prefix="blobs") as threads:
            for done in self._pool.parse(_sift(self._read_ahead(threads, jobs), gone)):
                yield done
                while gone:
                    yield gone.popleft()
        yield from gone

    def close(self) -> None:
        """End the pool's processes."""
        self._pool.close()

    def _read_ahead(self, threads: ThreadPoolExecutor, jobs: Iterable[tuple[K, Job]]) -> Iterator[tuple[K, Task | ParseError]]:
        source = iter(jobs)
        waiting: deque[tuple[K, Future[Task | ParseError]]] = deque()
        while True:
            waiting.extend((key, threads.submit(_read_task, self._blobs, job)) for key, job in islice(source, _AHEAD - len(waiting)))
            if not waiting:
                return
            key, read = waiting.popleft()
            yield key, read.result()


def _sift(read: Iterator[tuple[K, Task | ParseError]], gone: deque[tuple[K, Result]]) -> Iterator[tuple[K, Task]]:
    for key, task in read:
        if isinstance(task, ParseError):
            gone.append((key, task))
        else:
            yield key, task


def _read_task(blobs: BlobStore, job: Job) -> Task | ParseError:
    """What the parser takes, or a ParseError where the bytes are gone or damaged; raises StoreError where the store cannot be asked."""
    try:
        data = blobs.read(job.sha256)
    except StoreError:
        raise
    except ArchiveError as error:
        return ParseError(MISSING, str(error))
    return make_task(data, job.pipeline)
