"""What the front door's tests share: a way to run commands, and a small archive of a fictitious company."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ex99.api import Archive, open_archive
from ex99.cli import run
from ex99.replica.compose import compose_company, write_filings
from tests.storage.conftest import make_database, postgres_server

__all__ = ["make_database", "postgres_server"]

NAME, CIK, TICKER = "Wexcombe Optics Inc", 9_990_431, "WXOP"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty working folder, and none of the user's own EX99_* variables."""
    for name in [name for name in os.environ if name.startswith("EX99_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cli(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command line in this process."""

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of composed full submissions: two years of one company."""
    folder = tmp_path_factory.mktemp("submissions")
    write_filings(folder, compose_company(NAME, CIK, TICKER, 2007, 2008, seed=3))
    return folder


@pytest.fixture(scope="session")
def filled(submissions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of these submissions, parsed; to be read only."""
    folder = tmp_path_factory.mktemp("filled") / "archive"
    with open_archive(folder) as archive:
        report = archive.import_(submissions)
        assert report.archived
    return folder


@pytest.fixture
def archive(filled: Path, surroundings: Path) -> Any:
    """The filled archive, open."""
    with open_archive(filled, create=False) as opened:
        assert isinstance(opened, Archive)
        yield opened


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with restatements, a split and two companies of different calendars; to be read only."""
    from tests.ex99.histories import make_history

    return make_history(tmp_path_factory.mktemp("past") / "archive")
