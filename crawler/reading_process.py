"""A process beside the crawl's that takes full submissions apart, so that the event loop, which paces the requests, is not kept waiting.

Bytes go in at its stdin, a Submission or the SubmissionError comes out at its stdout, each as a pickle. It ends with its stdin, so also
when the crawl is killed. It has bounds of time and memory, and whatever goes wrong in it costs the one submission alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from ex99.crawler.errors import SubmissionError
from ex99.crawler.submission import read_submission
from ex99.filings.filing import Submission

READ_SECONDS = 60.0
"""Longest time that one submission may take; 16 MiB take about half a second."""
READ_MEMORY = 2 * 2**30
"""Bytes of address space of the process; 32 MiB of submission take some 0.3 GB."""
DEATHS = 2
"""Deaths of the process over one submission that are its own: a first one may have come from outside."""

Answer = Submission | SubmissionError


class SubmissionReader:
    """Reads submissions in a process of its own, one after the other; started when the first one comes."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._turn = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._too_slow = False

    async def read(self, content: bytes) -> Submission:
        """As crawler.submission.read_submission, whose SubmissionError it raises; also for one on which the process dies or hangs."""
        async with self._turn:
            for _ in range(DEATHS):
                answer = await self._ask(content)
                if answer is not None:
                    break
        if answer is None:
            raise SubmissionError("crashed", f"the process that reads submissions died of it {DEATHS} times")
        if isinstance(answer, SubmissionError):
            raise answer
        return answer

    async def close(self) -> None:
        """End the process."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._end)
        self._thread.shutdown()

    async def _ask(self, content: bytes) -> Answer | None:
        """The process's answer; None where it died."""
        self._too_slow = False
        loop = asyncio.get_running_loop()
        timer = loop.call_later(READ_SECONDS, self._give_up)
        try:
            answer = await loop.run_in_executor(self._thread, self._answer, content)
        finally:
            timer.cancel()
        if answer is None and self._too_slow:
            return SubmissionError("too_slow", f"reading it took longer than {READ_SECONDS:g} s")
        return answer

    def _give_up(self) -> None:
        self._too_slow = True
        if self._process is not None:
            self._process.kill()

    def _answer(self, content: bytes) -> Answer | None:
        try:
            process = self._process = self._process or _start()
        except OSError:  # no process can be had: that costs no filing, it is read here
            return answer_with(content)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(content, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answer: Answer = pickle.load(process.stdout)  # noqa: S301 - both ends are ours
            return answer
        except (OSError, EOFError, pickle.UnpicklingError):
            self._end()
            return None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError), process:
                process.kill()


def answer_with(content: bytes) -> Answer:
    """A submission read, or what is wrong with it, be it with the reader."""
    try:
        return read_submission(BytesIO(content))
    except SubmissionError as error:
        return error
    except MemoryError:
        return SubmissionError("out_of_memory", f"reading it took more than {READ_MEMORY:,} bytes")
    except Exception as error:  # noqa: BLE001 - whatever it is, it costs this submission alone
        return SubmissionError("bug", f"an error of ex99's own, please report it: {type(error).__name__}: {error}")


def main() -> None:
    """Answer every submission until stdin ends."""
    _limit_memory()
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed goes to stderr and not between the answers
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            content: bytes = pickle.load(source)  # noqa: S301 - both ends are ours
            pickle.dump(answer_with(content), target, pickle.HIGHEST_PROTOCOL)
            target.flush()


def _limit_memory() -> None:
    """Bound the process's memory, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = READ_MEMORY if hard == resource.RLIM_INFINITY else min(READ_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "ex99.crawler.reading_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        start_new_session=True,  # a Ctrl-C is the crawl's, which ends it in good order
    )


if __name__ == "__main__":
    main()
