from __future__ import annotations

import asyncio
import io
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ex99.crawler import reading_process
from ex99.crawler.errors import SubmissionError
from ex99.crawler.reading_process import SubmissionReader
from ex99.crawler.submission import read_submission
from tests.crawler.papers import COVER, RELEASE, document, submission

WHOLE = submission(document("8-K", COVER), document("EX-99.1", RELEASE, 2))


@contextmanager
def reader() -> Iterator[tuple[SubmissionReader, Any]]:
    """A reader, and what runs a coroutine of its."""
    with asyncio.Runner() as runner:
        opened = SubmissionReader()
        yield opened, runner.run
        runner.run(opened.close())


def test_a_submission_is_read_as_here() -> None:
    with reader() as (reading, run):
        assert run(reading.read(WHOLE)) == read_submission(io.BytesIO(WHOLE))
        process = reading._process
    assert process is not None
    assert process.returncode is not None


def test_what_is_wrong_comes_back_and_the_next_is_read() -> None:
    with reader() as (reading, run):
        with pytest.raises(SubmissionError, match="empty"):
            run(reading.read(b""))
        assert run(reading.read(WHOLE)).documents


def test_a_process_that_died_costs_no_filing() -> None:
    with reader() as (reading, run):
        run(reading.read(WHOLE))
        first = reading._process
        assert first is not None
        first.kill()
        first.wait()
        assert run(reading.read(WHOLE)).documents
        assert run(reading.read(WHOLE)).documents
        assert reading._process is not None
        assert reading._process is not first


def test_one_that_cannot_be_started_costs_no_filing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with reader() as (reading, run):
        assert run(reading.read(WHOLE)).documents
        assert reading._process is None


def start(program: str) -> Callable[[], subprocess.Popen[bytes]]:
    """What starts a process that does something to whatever it is given to read."""
    command = [sys.executable, "-c", f"import os, pickle, sys, time\npickle.load(sys.stdin.buffer)\n{program}"]
    return lambda: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_a_submission_that_kills_the_process_twice_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(content: bytes) -> None:
        raise AssertionError("read in the crawl's own process")

    monkeypatch.setattr(reading_process, "answer_with", fail)
    monkeypatch.setattr(reading_process, "_start", start("os._exit(9)"))
    with reader() as (reading, run):
        with pytest.raises(SubmissionError) as caught:
            run(reading.read(WHOLE))
        assert caught.value.code == "crashed"


def test_a_submission_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "READ_SECONDS", 0.5)
    with reader() as (reading, run):
        with monkeypatch.context() as patch:
            patch.setattr(reading_process, "_start", start("time.sleep(600)"))
            with pytest.raises(SubmissionError) as caught:
                run(reading.read(WHOLE))
        assert caught.value.code == "too_slow"
        monkeypatch.setattr(reading_process, "READ_SECONDS", 60)
        assert run(reading.read(WHOLE)).documents


def test_the_process_has_a_bound_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "from ex99.crawler import reading_process as r\n"
        "r.READ_MEMORY = 400 * 2**20\n"
        "r.read_submission = lambda stream: bytearray(2**30)\n"
        "r._limit_memory()\n"
        "pickle.dump(r.answer_with(b'x'), sys.stdout.buffer)\n"
        "sys.stdout.flush()\n"
    )
    monkeypatch.setattr(reading_process, "_start", start(program))
    with reader() as (reading, run):
        with pytest.raises(SubmissionError) as caught:
            run(reading.read(WHOLE))
        assert caught.value.code == "out_of_memory"


def test_an_error_of_its_own_costs_the_one_submission(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(stream: object) -> None:
        raise KeyError("odd")

    monkeypatch.setattr(reading_process, "read_submission", fail)
    answer = reading_process.answer_with(WHOLE)
    assert isinstance(answer, SubmissionError)
    assert answer.code == "bug"


def test_it_ends_with_its_stdin() -> None:
    command = [sys.executable, "-m", "ex99.crawler.reading_process"]
    done = subprocess.run(command, input=pickle.dumps(WHOLE), capture_output=True, check=True)
    assert pickle.loads(done.stdout) == read_submission(io.BytesIO(WHOLE))
