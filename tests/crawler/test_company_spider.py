"""Plain Scrapy in the checkout: `scrapy crawl company -a companies=...`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ex99.replica.server import Replica, start_replica
from tests.crawler.little_filings import QUIZZAXA, write_filings

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    write_filings(tmp_path / "filings", 5)
    with start_replica(tmp_path / "filings") as replica:
        yield replica


def run_scrapy(tmp_path: Path, *arguments: str, **variables: str) -> str:
    """Run scrapy with every warning an error; returns its log."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("EX99_")}
    environment |= {
        "EX99_ARCHIVE": str(tmp_path / "archive"),
        "EX99_STATE_FOLDER": str(tmp_path / "state"),
        "EX99_REQUESTS_PER_SECOND": "8",
        "PYTHONPATH": str(CHECKOUT),
        **variables,
    }
    command = [sys.executable, "-W", "error", "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=60, check=True).stderr


def test_it_works_and_listens_nowhere(replica: Replica, tmp_path: Path) -> None:
    hosts = dict.fromkeys(("EX99_WWW_URL", "EX99_DATA_URL", "EX99_EFTS_URL"), replica.url)
    arguments = ("crawl", "company", "-a", f"companies={QUIZZAXA}", "-a", "since=2020-01-04")
    log = run_scrapy(tmp_path, *arguments, **hosts, EX99_USER_AGENT="Quizzaxa Tests tests@example.com", EX99_REQUESTS_PER_SECOND="50")
    assert "3 of 3 wanted filings archived, 4 requests" in log
    assert replica.stats()["requests"] == 4
    assert "Telnet" not in log
    assert "emote control" not in log
    assert "WARNING" not in log
    assert "ERROR" not in log


def test_against_the_sec_it_does_not_start_without_a_contact(tmp_path: Path) -> None:
    log = run_scrapy(tmp_path, "crawl", "company", "-a", f"companies={QUIZZAXA}", EX99_USER_AGENT="ex99")
    assert "EDGAR wants to know who asks: set EX99_USER_AGENT" in log
    assert "Closing spider (refused)" in log
    assert not (tmp_path / "state").exists() or not list((tmp_path / "state").glob("*.json"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["companies="], "name at least one company"),
        (["companies=12345678901"], "is no CIK"),
        (["companies=QZXA", "since=never"], "expected a date"),
        (["companies=QZXA", "color=red"], "unknown argument 'color'"),
    ],
)
def test_arguments_that_cannot_be_meant_end_it_at_once(replica: Replica, tmp_path: Path, arguments: list[str], words: str) -> None:
    hosts = dict.fromkeys(("EX99_WWW_URL", "EX99_DATA_URL", "EX99_EFTS_URL"), replica.url)
    options = [option for argument in arguments for option in ("-a", argument)]
    log = run_scrapy(tmp_path, "crawl", "company", *options, **hosts, EX99_USER_AGENT="Quizzaxa Tests tests@example.com")
    assert words in log
    assert "Traceback" not in log
    assert replica.stats()["requests"] == 0
