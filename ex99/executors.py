"""Where exhibits are parsed: one interface, by name "processes" of this machine or "dask", a cluster. Hashes go in, results come out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from ex99.errors import UserError
from ex99.extras import import_or_say
from ex99.filings.release import ParseError, PressRelease
from ex99.parsing import PARSER_VERSION
from ex99.pool import PARSER, SECONDS, ParserPool, make_task
from ex99.storage.blobs import BlobStore
from ex99.storage.errors import ArchiveError, StoreError
from ex99.worker import Task

K = TypeVar("K")
Result: TypeAlias = PressRelease | ParseError
MISSING = "missing"
"""The code of an exhibit whose bytes are gone: not a result of parsing, and nothing to be kept."""
EXECUTORS = ("processes", "dask")
_AHEAD = 8


class Job(NamedTuple):
    """An exhibit to parse: the hash of its bytes, and how (a key of filings.exhibits.PIPELINES)."""

    sha256: str
    pipeline: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every exhibit of a run, wherever it is parsed; it travels, and holds no secret (see open_place)."""

    blob_url: str
    function: str = PARSER
    seconds: float = SECONDS
    version: str = PARSER_VERSION
    """Of the parser that this ex99 has; a worker that has another one refuses."""


class Executor(Protocol[K]):
    """What the parse step needs: exhibits in, a result for each in the order of their end, and an end of it all."""

    def run(self, jobs: Iterable[tuple[K, Job]]) -> Iterator[tuple[K, Result]]:
        """Parse what is given under keys, reading no further ahead than it must; a ParseError of code MISSING where the bytes are gone."""

    def close(self) -> None:
        """Let go of everything at once."""


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
            waiting.extend((key, threads.submit(read_task, self._blobs, job)) for key, job in islice(source, _AHEAD - len(waiting)))
            if not waiting:
                return
            key, read = waiting.popleft()
            yield key, read.result()


def read_task(blobs: BlobStore, job: Job) -> Task | ParseError:
    """What the parser takes, or a ParseError where the bytes are gone or damaged; raises StoreError where the store cannot be asked."""
    try:
        data = blobs.read(job.sha256)
    except StoreError:
        raise
    except ArchiveError as error:
        return ParseError(MISSING, str(error))
    return make_task(data, job.pipeline)


def open_executor(blobs: BlobStore, terms: Terms, *, name: str = "", scheduler: str = "", workers: int = 0) -> Executor[K]:
    """The executor of a name; a scheduler's address alone means "dask". Raises UserError."""
    chosen = name or ("dask" if scheduler else "processes")
    if chosen not in EXECUTORS:
        raise UserError(f"there is no executor {chosen!r}", f"choose one of {', '.join(EXECUTORS)}")
    if chosen == "processes":
        if scheduler:
            raise UserError("a scheduler is Dask's", "leave it out, or say --executor dask")
        return LocalExecutor(blobs, terms, workers)
    import_or_say("distributed")
    from ex99.dask_executor import DaskExecutor

    return DaskExecutor(terms, scheduler, workers)


def _sift(read: Iterator[tuple[K, Task | ParseError]], gone: deque[tuple[K, Result]]) -> Iterator[tuple[K, Task]]:
    for key, task in read:
        if isinstance(task, ParseError):
            gone.append((key, task))
        else:
            yield key, task
