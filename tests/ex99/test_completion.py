"""What a shell is offered, asked as a shell asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ex99.filings.identifiers import Cik
from ex99.storage.archive import Archive
from ex99.storage.writer import Writer
from tests.ex99.conftest import CIK, TICKER
from tests.storage import made

CIK_WITHOUT_TICKER = Cik(4200017)


def offer(typed: str, folder: Path | None = None) -> list[str]:
    words = typed.split(" ")
    asked = {"_EX99_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EX99_")} | asked
    if folder is not None:
        environment["EX99_ARCHIVE"] = str(folder)
    ran = subprocess.run([sys.executable, "-m", "ex99"], env=environment, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.stdout.split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one company, with its ticker."""
    folder = tmp_path_factory.mktemp("completion")
    with Archive.open(f"sqlite:///{folder / 'archive.db'}", str(folder / "blobs")) as archive:
        writer = Writer(archive)
        writer.save_listing(made.listing([made.filing(1)], made.filer(Cik(CIK), "Wexcombe Optics Inc", tickers=((TICKER, "NYSE"),))))
        writer.save_listing(made.listing([made.filing(2)], made.filer(CIK_WITHOUT_TICKER, "Imported Parts Inc")))
    return folder


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ex99 query figures --metric eps_", ["eps_basic", "eps_diluted"]),
        ("ex99 panel --metrics revenue,eps_b", ["revenue,eps_basic"]),
        ("ex99 query releases --kind res", ["results"]),
        ("ex99 query passages --kind safe", ["safe_harbor"]),
        ("ex99 query filings --items 2.0", ["2.01", "2.02", "2.03", "2.04", "2.05", "2.06"]),
        ("ex99 query figures --duration nine", ["nine_months"]),
        ("ex99 query figures --company WX", [TICKER]),
        (f"ex99 query figures --company {TICKER},W", [f"{TICKER},{TICKER}"]),
        ("ex99 show WX", [TICKER]),
        ("ex99 crawl WX", [TICKER]),
        ("ex99 why WX", [TICKER]),
        (f"ex99 series {TICKER} eps_dil", ["eps_diluted"]),
        ("ex99 export out --table figures,gui", ["figures,guidance"]),
        ("ex99 audit --kind parse", ["parse_failed"]),
        ("ex99 show 4200", [str(CIK_WITHOUT_TICKER)]),
        ("ex99 res", ["restatements"]),
    ],
)
def test_the_shell_is_offered(folder: Path, typed: str, offered: list[str]) -> None:
    assert offer(typed, folder) == offered


def test_without_an_archive_nothing_is_offered_and_nothing_is_said(tmp_path: Path) -> None:
    assert offer("ex99 show WX", tmp_path) == []
    (tmp_path / "archive.db").write_text("this is no database " * 100)
    assert offer("ex99 show WX", tmp_path) == []
    assert not (tmp_path / "blobs").exists()
