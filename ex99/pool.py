"""The parser pool: exhibits in, results out, each within bounds of time; one that crashes or hangs costs itself alone.

Each worker is a fresh interpreter (no fork, and no second import of the user's script) with a thread here that feeds it. A worker
that dies or outlives its time is replaced. An exhibit whose worker died (it may have been killed for what its neighbours took) is
tried once more, while nothing else is parsed; only a second death is its result, a ParseError of code "crashed". One that outlives its
time is one of code "timeout".
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import Any, Generic, Self, TypeVar

from ex99.filings.exhibits import RELEASE
from ex99.filings.release import ParseError, PressRelease
from ex99.worker import Task, read_frame, write_frame

K = TypeVar("K")
PARSER = "ex99.parsing:parse_exhibit"
TEXT_READER = "ex99.parsing:read_text"
SECONDS = 60.0
"""What one exhibit may take, in seconds of the clock."""
_START_SECONDS = 60.0


class ParserPool(Generic[K]):
    """Parser processes that parse exhibits side by side; a context manager that ends them."""

    def __init__(self, workers: int = 0, *, seconds: float = SECONDS, function: str = PARSER) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._room = _Room()
        self._tasks: SimpleQueue[tuple[K, Task] | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[K, PressRelease | ParseError]] = SimpleQueue()
        self._processes = [_Process(seconds, function) for _ in range(self.workers)]
        self._threads = [threading.Thread(target=self._serve, args=(process,), daemon=True) for process in self._processes]
        self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def parse(self, exhibits: Iterable[tuple[K, Task]]) -> Iterator[tuple[K, PressRelease | ParseError]]:
        """Parse (key, task) pairs, a task being bytes, or bytes and how to parse them; yields (key, result) in the order of their end.

        Reads no further ahead than it must.
        """
        source = iter(exhibits)
        waiting = 0
        while True:
            while waiting < self.workers * 2 and (task := next(source, None)) is not None:
                self.put(*task)
                waiting += 1
            if not waiting:
                return
            yield self.get()
            waiting -= 1

    def put(self, key: K, task: Task) -> None:
        """Give out one task; its result is had by ``get``."""
        self._start()
        self._tasks.put((key, task))

    def get(self) -> tuple[K, Any]:
        """Wait for a result of what was given out and not had yet."""
        return self._results.get()

    def close(self) -> None:
        """End every worker at once."""
        for process in self._processes:
            process.stop()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads if self._started else ():
            thread.join(5)

    def _start(self) -> None:
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()

    def _serve(self, process: _Process) -> None:
        try:
            while (task := self._tasks.get()) is not None:
                key, data = task
                with self._room.shared():
                    result = process.parse(data)
                if isinstance(result, ParseError) and result.code == "crashed":
                    with self._room.alone():
                        result = process.parse(data)
                self._results.put((key, result))
        finally:
            process.bury()


def make_task(data: bytes, pipeline: str) -> Task:
    """A document as a parser process takes it; ``pipeline`` is a key of filings.exhibits.PIPELINES."""
    return data if pipeline == RELEASE else (data, pipeline)


def parse_alone(data: Task, *, function: str = PARSER, seconds: float = SECONDS) -> Any:
    """Parse one exhibit within the pool's bounds; its result or a ParseError."""
    with ParserPool[None](1, seconds=seconds, function=function) as pool:
        ((_, result),) = pool.parse([(None, data)])
    return result


class _Room:
    """Where parsing takes place: by many side by side, or by one alone, who goes before those who come later."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._wanted_alone = 0

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        """Be in the room with others."""
        with self._entered(lambda: not self._wanted_alone):
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be in the room with nobody else."""
        with self._changed:
            self._wanted_alone += 1
        try:
            with self._entered(lambda: not self._inside):
                yield
        finally:
            with self._changed:
                self._wanted_alone -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def _entered(self, free: Callable[[], bool]) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(free)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()


class _Process:
    """One worker process, started when first needed and again after it died."""

    def __init__(self, seconds: float, function: str) -> None:
        self._seconds = seconds
        self._function = function
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def parse(self, data: Task) -> Any:
        """The result for one exhibit; a ParseError where the worker died or ran out of time."""
        try:
            running = self._ready()
            if running is None:
                return ParseError("crashed", "the parser process could not be started")
            return self._exchange(running, data)
        except (OSError, EOFError):
            code = self.bury()
            how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
            return ParseError("crashed", f"the parser process died ({how})")

    def stop(self) -> None:
        """End the process, whatever it is doing; its thread then buries it."""
        self._stopped = True
        if (running := self._running) is not None:
            running.kill()

    def bury(self) -> int | None:
        """Make sure that the process is gone and let go of its pipes; its exit code, or None where there was none."""
        running, self._running = self._running, None
        if running is None:
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(0 if self._stopped else 0.2)
        running.kill()
        for stream in (running.stdin, running.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        return running.wait()

    def _exchange(self, running: subprocess.Popen[bytes], data: Task) -> Any:
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            running.kill()

        timer = threading.Timer(self._seconds, expire)
        timer.start()
        try:
            write_frame(running.stdin, data)  # type: ignore[arg-type]
            return read_frame(running.stdout)  # type: ignore[arg-type]
        except (OSError, EOFError):
            if not expired.is_set():
                raise
            self.bury()
            return ParseError("timeout", f"parsing took longer than {self._seconds:g} seconds")
        finally:
            timer.cancel()

    def _ready(self) -> subprocess.Popen[bytes] | None:
        if self._running is not None or self._stopped:
            return self._running
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        running = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "ex99.worker", self._function, str(self._seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        self._running = running
        timer = threading.Timer(_START_SECONDS, running.kill)
        timer.start()
        try:
            read_frame(running.stdout)  # type: ignore[arg-type]
        finally:
            timer.cancel()
        return running
