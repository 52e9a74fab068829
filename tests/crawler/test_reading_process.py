from __future__ import annotations

import asyncio
import io
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

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


def test_it_ends_with_its_stdin() -> None:
    command = [sys.executable, "-m", "ex99.crawler.reading_process"]
    done = subprocess.run(command, input=pickle.dumps(WHOLE), capture_output=True, check=True)
    assert pickle.loads(done.stdout) == read_submission(io.BytesIO(WHOLE))
