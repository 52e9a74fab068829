import os
import subprocess
import sys
from pathlib import Path

import pytest

from ex99.filings.release import ParseError, PressRelease
from ex99.pool import ParserPool, parse_alone
from ex99.worker import read_frame, write_frame


@pytest.fixture(autouse=True)
def _fakes_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).resolve().parents[2])])


def run(words: list[str], seconds: float = 30, workers: int = 2) -> dict[int, PressRelease | ParseError]:
    with ParserPool[int](workers, seconds=seconds, function="tests.ex99.fake_parsers:parse") as pool:
        return dict(pool.parse((n, word.encode()) for n, word in enumerate(words)))


def test_results_come_back_under_their_keys() -> None:
    results = run([f"text {n}" for n in range(25)])
    assert {n: r.text for n, r in results.items() if isinstance(r, PressRelease)} == {n: f"text {n}" for n in range(25)}


def test_a_crash_costs_one_exhibit() -> None:
    results = run(["a", "crash", "b", "crash", "c"])
    errors = {n: r for n, r in results.items() if isinstance(r, ParseError)}
    assert {n: e.code for n, e in errors.items()} == {1: "crashed", 3: "crashed"}
    assert "signal 11" in errors[1].message


def test_an_innocent_exhibit_whose_worker_was_killed_is_parsed_again(tmp_path: Path) -> None:
    results = run(["a", f"crash once {tmp_path / 'killed'}", "b"])
    assert (tmp_path / "killed").exists()
    assert not [result for result in results.values() if isinstance(result, ParseError)]


def test_the_second_try_is_made_alone(tmp_path: Path) -> None:
    results = run([f"note {tmp_path} victim", *(f"note {tmp_path} n{number}" for number in range(8))], workers=3)
    assert len(results) == 9
    assert not [result for result in results.values() if isinstance(result, ParseError)]
    assert (tmp_path / "killed").exists()
    assert (tmp_path / "victim").read_text() == "1"


def test_one_exhibit_has_the_bounds_of_many() -> None:
    error = parse_alone(b"hang", function="tests.ex99.fake_parsers:parse", seconds=1.5)
    assert (error.code, error.message) == ("timeout", "parsing took longer than 1.5 seconds")


def test_a_hang_is_cut_off() -> None:
    results = run(["a", "hang", "b"], seconds=1.5)
    hung = results[1]
    assert isinstance(hung, ParseError)
    assert (hung.code, hung.message) == ("timeout", "parsing took longer than 1.5 seconds")
    assert isinstance(results[0], PressRelease)
    assert isinstance(results[2], PressRelease)


@pytest.mark.parametrize(
    ("word", "code", "words"),
    [
        ("fault", "internal", "KeyError"),
        ("memory", "too_large", "memory"),
        ("refuse", "pdf", "the exhibit is a PDF"),
    ],
)
def test_faults_become_errors(word: str, code: str, words: str) -> None:
    error = run([word], workers=1)[0]
    assert isinstance(error, ParseError)
    assert error.code == code
    assert words in error.message


def test_the_source_is_read_no_further_than_needed() -> None:
    read: list[int] = []

    def exhibits():
        for n in range(100):
            read.append(n)
            yield n, b"text"

    with ParserPool[int](1, function="tests.ex99.fake_parsers:parse") as pool:
        next(pool.parse(exhibits()))
        assert len(read) <= 4


def test_closing_ends_busy_workers() -> None:
    with ParserPool[int](1, function="tests.ex99.fake_parsers:parse") as pool:
        results = pool.parse(iter([(0, b"text"), (1, b"hang")]))
        assert next(results)[0] == 0


def test_a_worker_whose_parent_is_gone_ends_quietly() -> None:
    command = [sys.executable, "-m", "ex99.worker", "tests.ex99.fake_parsers:parse_slowly", "30"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stderr is not None
        assert read_frame(worker.stdout) == "ready"
        worker.stdout.close()
        write_frame(worker.stdin, b"a release")
        assert worker.wait(30) == 0
        assert worker.stderr.read() == b""
