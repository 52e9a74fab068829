"""A process beside the crawl's that takes full submissions apart, so that the event loop, which paces the requests, is not kept waiting.

Bytes go in at its stdin, a Submission or the SubmissionError comes out at its stdout, each as a pickle. It ends with its stdin, so also
when the crawl is killed.
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


class SubmissionReader:
    """Reads submissions in a process of its own, one after the other; started when the first one comes."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._process: subprocess.Popen[bytes] | None = None

    async def read(self, content: bytes) -> Submission:
        """As crawler.submission.read_submission, whose SubmissionError it raises."""
        answer = await asyncio.get_running_loop().run_in_executor(self._thread, self._answer, content)
        if isinstance(answer, SubmissionError):
            raise answer
        return answer

    async def close(self) -> None:
        """End the process."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._end)
        self._thread.shutdown()

    def _answer(self, content: bytes) -> Submission | SubmissionError:
        """What the process answers; one that cannot be started or has died costs no filing: it is read here."""
        try:
            process = self._process = self._process or _start()
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump(content, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answer: Submission | SubmissionError = pickle.load(process.stdout)  # noqa: S301 - both ends are ours
            return answer
        except (OSError, EOFError, pickle.UnpicklingError):
            self._end()
            return answer_with(content)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError), process:
                process.kill()


def answer_with(content: bytes) -> Submission | SubmissionError:
    """A submission read, or what is wrong with it."""
    try:
        return read_submission(BytesIO(content))
    except SubmissionError as error:
        return error


def main() -> None:
    """Answer every submission until stdin ends."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed goes to stderr and not between the answers
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            content: bytes = pickle.load(source)  # noqa: S301 - both ends are ours
            pickle.dump(answer_with(content), target, pickle.HIGHEST_PROTOCOL)
            target.flush()


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
