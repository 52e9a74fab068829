"""Parsing on a Dask cluster: hashes go out in batches, results come back, and what a dying worker had is given out again."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import count, islice
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeAlias, TypeVar
from uuid import uuid4

from distributed import Client, Future, KilledWorker, rpc
from distributed.deploy.subprocess import SubprocessCluster

from ex99.errors import UserError
from ex99.executors.dask_worker import parse_batch
from ex99.executors.terms import Job, Result, Terms
from ex99.filings.release import ParseError
from ex99.storage.errors import ArchiveError

K = TypeVar("K")
_Future: TypeAlias = "Future[list[Result]]"
Batch: TypeAlias = Sequence[tuple[K, Job]]
BATCH = 8
"""Exhibits a task: measured, one a task parses a fifth less in the same time."""
_AHEAD = 3
"""Batches given out for each thread of the cluster, so that none waits for us."""
_ANSWER_SECONDS = 10.0
_WORKER_SECONDS = 30.0
_PATIENCE = 60.0
"""Seconds without any worker after which a run ends; a nanny has put another in a dead one's place long before."""
_TICK = 1.0
_REST = "what was parsed is kept, and the same command does the rest"
_TRIED = "every worker that took it died, also while nothing else was parsed"


class DaskExecutor(Generic[K]):
    """A cluster by its scheduler's address, or one of so many processes made on the spot (0: one a core)."""

    def __init__(self, terms: Terms, scheduler: str = "", workers: int = 0) -> None:
        self._terms = terms
        self._done: SimpleQueue[_Future] = SimpleQueue()
        self._out: dict[Any, tuple[_Future, Batch[K]]] = {}
        self._suspects: deque[Batch[K]] = deque()
        self._alone = False
        self._run, self._numbers = f"ex99-parse-{uuid4().hex}", count()
        self._where = scheduler or "this machine"
        with ExitStack() as opened:
            opened.enter_context(_quiet())
            cluster: Any = scheduler or start_cluster(workers or os.cpu_count() or 1)
            if not scheduler:
                opened.callback(cluster.close, timeout=_ANSWER_SECONDS)
            self._client = _connect(cluster)
            opened.callback(self._client.close, timeout=_ANSWER_SECONDS)
            self._opened = opened.pop_all()

    def run(self, jobs: Iterable[tuple[K, Job]]) -> Iterator[tuple[K, Result]]:
        """Parse what is given; raises UserError where scheduler or workers are gone, ArchiveError where a worker cannot work."""
        source = iter(jobs)
        room, refreshed = max(self._count_room(), 1), time.monotonic()
        while True:
            while len(self._out) < room and (batch := list(islice(source, BATCH))):
                self._submit(batch)
            if not self._out:
                if not self._suspects:
                    return
                self._alone = True
                self._submit(self._suspects.popleft())
            yield from self._take(self._wait())
            if time.monotonic() - refreshed > _TICK:
                room, refreshed = max(self._count_room(), 1), time.monotonic()

    def close(self) -> None:
        """Take back what is not done, and end the cluster where it is ours."""
        with self._opened:
            if self._out and self._client.status == "running":
                self._client.cancel([future for future, _ in self._out.values()], force=True)

    def _submit(self, batch: Batch[K]) -> None:
        # All keys are of one group, so that what is not begun waits at the scheduler: a dying worker takes but two batches along.
        key = (self._run, next(self._numbers))
        future = self._client.submit(parse_batch, self._terms, [job for _, job in batch], key=key)
        self._out[future.key] = future, batch
        future.add_done_callback(self._done.put)

    def _wait(self) -> _Future:
        """The next batch that is done, well or not."""
        alone_since: float | None = None
        while True:
            try:
                return self._done.get(timeout=_TICK)
            except Empty:
                if self._client.status not in ("running", "connecting"):
                    raise self._lost() from None
                alone_since = None if self._count_room() else alone_since or time.monotonic()
                if alone_since is not None and time.monotonic() - alone_since > _PATIENCE:
                    raise UserError(f"the cluster at {self._where} has no worker left: {_REST}", "start some with `dask worker`") from None

    def _take(self, future: _Future) -> Iterator[tuple[K, Result]]:
        """The results of a batch; one whose workers died is given out again, each exhibit in a task of its own.

        Where its workers die there, too, a neighbour may have killed them: it waits until nothing else is out, and then counts as crashed.
        """
        _, batch = self._out.pop(future.key)
        try:
            if future.status == "cancelled":
                raise self._lost()
            results: list[Result] = future.result()
        except KilledWorker:
            if len(batch) > 1:
                for one in batch:
                    self._submit([one])
            elif not self._alone:
                self._suspects.append(batch)
            else:
                yield batch[0][0], ParseError("crashed", _TRIED)
            return
        except (ArchiveError, UserError):
            raise
        except Exception as error:
            if self._client.status != "running" or future.status == "cancelled":
                raise self._lost() from None
            raise ArchiveError(f"a worker of {self._where} failed: {type(error).__name__}: {error}") from error
        yield from zip((key for key, _ in batch), results, strict=True)

    def _count_room(self) -> int:
        """How many batches may be out: for each thread of the cluster a few."""
        try:
            return _AHEAD * int(sum(self._client.nthreads().values()))
        except Exception:  # noqa: BLE001 - the connection may break in any layer; _wait tells
            return 0

    def _lost(self) -> UserError:
        return UserError(f"the Dask scheduler at {self._where} went away: {_REST}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's own words and tracebacks from the terminal: what matters is told as our errors."""
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict) if name.partition(".")[0] == "distributed"]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def start_cluster(workers: int) -> Any:
    """A scheduler and workers as fresh processes, each worker under a nanny that replaces it; nothing imports the user's script again.

    Should this process be killed, they end by themselves when they have been idle for some minutes.
    """
    with _variables(PYTHONPATH=os.pathsep.join(path for path in sys.path if path), DASK_LOGGING__DISTRIBUTED="critical"):
        return SubprocessCluster(
            host="127.0.0.1",
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,  # type: ignore[arg-type]
            scheduler_kwargs={"idle_timeout": "5 minutes"},
            worker_kwargs={"silence_logs": logging.CRITICAL, "dashboard": False},
            silence_logs=logging.CRITICAL,
        )


@contextmanager
def _variables(**values: str) -> Iterator[None]:
    """Variables for the processes that are started meanwhile; Dask has no other way to give them any."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _connect(cluster: Any) -> Client:
    """A client of a cluster, which has at least one worker."""
    if isinstance(cluster, str):
        _ask_scheduler(cluster)
    client = Client(cluster, timeout=_ANSWER_SECONDS, set_as_default=False)
    try:
        client.wait_for_workers(1, timeout=_WORKER_SECONDS)
    except TimeoutError:
        client.close(timeout=1)
        hint = "start some with `dask worker`, with the same ex99 installed"
        raise UserError(f"the Dask scheduler at {cluster} has no workers", hint) from None
    return client


def _ask_scheduler(address: str) -> None:
    """Raise UserError where no scheduler answers; asked first, since a client that finds none does not end quietly."""

    async def ask() -> None:
        async with rpc(address) as scheduler:
            await asyncio.wait_for(scheduler.identity(), _ANSWER_SECONDS)

    try:
        with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own in this one
            thread.submit(asyncio.run, ask()).result()
    except (OSError, ValueError, TypeError, TimeoutError) as error:
        said = f" ({error})" if isinstance(error, ValueError) else ""
        hint = "start one with `dask scheduler`, or leave --scheduler out for a cluster on this machine"
        raise UserError(f"no Dask scheduler answers at {address}{said}", hint) from None
