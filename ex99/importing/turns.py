"""Submissions read by several processes and settled in the order in which they came; with one job they are read here, one by one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO

from ex99.crawler.errors import SubmissionError
from ex99.crawler.reading_process import READ_SECONDS
from ex99.crawler.submission import read_submission
from ex99.filings.filing import Submission
from ex99.filings.release import ParseError
from ex99.importing.streams import make_stream
from ex99.pool import ParserPool

READER = "ex99.crawler.reading_process:answer_with"
LARGEST = 16 * 2**20
"""Bytes of a submission that travels to another process; a larger one, mostly pictures, is read here as it comes, in bounded memory."""
_AHEAD = 2
"""Submissions in hand for each process."""
_LOST = {
    "crashed": SubmissionError("crashed", "the process that read it died, twice"),
    "timeout": SubmissionError("too_slow", f"reading it took longer than {READ_SECONDS:g} s"),
}

Outcome = Submission | Exception
Settle = Callable[[Any], None]
"""Is given what came of a file, when those before it are settled."""


class Turns:
    """What is read of files, each in its turn; a context manager that ends its processes; 0 jobs are one a core."""

    def __init__(self, jobs: int) -> None:
        jobs = jobs or os.cpu_count() or 1
        self._pool = ParserPool[int](jobs, seconds=READ_SECONDS, function=READER) if jobs > 1 else None
        self._room = jobs * _AHEAD
        self._count = 0
        self._waiting: deque[tuple[int, Settle]] = deque()
        self._done: dict[int, Any] = {}

    def __enter__(self) -> Turns:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool is not None:
            self._pool.close()

    def read(self, stream: BinaryIO, settle: Settle) -> None:
        """Read a submission, by another process where there are some; raises what its stream raises, while nothing is in hand of it."""
        if self._pool is None:
            self.give(_read_here(stream), settle)
            return
        data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            begun = BytesIO(data)
            self.give(_read_here(make_stream(lambda length: begun.read(length) or stream.read(length))), settle)
            return
        self._pool.put(self._count, data)
        self._wait(settle)

    def give(self, outcome: Any, settle: Settle) -> None:
        """What is known of a file already, to be settled in its turn."""
        self._done[self._count] = outcome
        self._wait(settle)

    def finish(self, leave: int = 0) -> None:
        """Settle all but the last few."""
        while len(self._waiting) > leave:
            number, settle = self._waiting[0]
            while number not in self._done:
                assert self._pool is not None
                key, told = self._pool.get()
                self._done[key] = _LOST.get(told.code, told) if isinstance(told, ParseError) else told
            self._waiting.popleft()
            settle(self._done.pop(number))

    def _wait(self, settle: Settle) -> None:
        self._waiting.append((self._count, settle))
        self._count += 1
        self.finish(0 if self._pool is None else self._room)


def _read_here(stream: BinaryIO) -> Outcome:
    try:
        return read_submission(stream)
    except SubmissionError as error:
        return error
