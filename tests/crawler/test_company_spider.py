"""Plain Scrapy in the checkout: `scrapy crawl company -a companies=...`."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from ex99.replica.server import Replica, start_replica
from tests.crawler.little_filings import QUIZZAXA, write_filings

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    write_filings(tmp_path / "filings", 5)
    with start_replica(tmp_path / "filings") as replica:
        yield replica


def run_scrapy(tmp_path: Path, *arguments: str, status: int = 0, **variables: str) -> str:
    """Run scrapy with every warning an error; returns its log, and holds the exit status."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("EX99_")}
    environment |= {
        "EX99_ARCHIVE": str(tmp_path / "archive"),
        "EX99_STATE_FOLDER": str(tmp_path / "state"),
        "EX99_REQUESTS_PER_SECOND": "8",
        "PYTHONPATH": str(CHECKOUT),
        **variables,
    }
    command = [sys.executable, "-W", "error", "-m", "scrapy", *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == status, done.stderr
    return done.stderr


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
    log = run_scrapy(tmp_path, "crawl", "company", "-a", f"companies={QUIZZAXA}", status=2, EX99_USER_AGENT="ex99")
    assert "EDGAR wants to know who asks: set EX99_USER_AGENT" in log
    assert "Closing spider (refused)" in log
    assert not (tmp_path / "state").exists() or not list((tmp_path / "state").glob("*.json"))


def test_a_misspelt_spider_is_one_line_with_those_that_there_are(tmp_path: Path) -> None:
    log = run_scrapy(tmp_path, "crawl", "compny", status=2)
    assert log.endswith("error: there is no spider 'compny'; known: changed, company, latest, market\n")
    assert "Traceback" not in log


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
    log = run_scrapy(tmp_path, "crawl", "company", *options, status=2, **hosts, EX99_USER_AGENT="Quizzaxa Tests tests@example.com")
    assert words in log
    assert "Traceback" not in log
    assert replica.stats()["requests"] == 0


def read_rows(feed: Path) -> list[dict[str, Any]]:
    if feed.suffix == ".parquet":
        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(feed).to_pylist()
        return rows
    text = feed.read_text()
    return [json.loads(line) for line in text.splitlines()] if feed.suffix == ".jl" else list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("ending", ["jl", "csv", "parquet"])
def test_filings_are_plain_items_for_feeds(replica: Replica, tmp_path: Path, ending: str) -> None:
    hosts = dict.fromkeys(("EX99_WWW_URL", "EX99_DATA_URL", "EX99_EFTS_URL"), replica.url)
    feed = tmp_path / f"filings.{ending}"
    arguments = ("crawl", "company", "-a", f"companies={QUIZZAXA}", "-a", "since=2020", "-O", str(feed))
    log = run_scrapy(tmp_path, *arguments, **hosts, EX99_USER_AGENT="Quizzaxa Tests tests@example.com", EX99_REQUESTS_PER_SECOND="50")
    rows = read_rows(feed)
    assert len(rows) == int(re.findall(r"(\d+) of \d+ wanted filings archived", log)[0]) > 3
    assert rows[0]["state"] == "archived"
    assert rows[0]["items"] == "2.02,9.01"
    assert rows[0]["release_type"] == "EX-99.1"
    assert rows[0]["url"].startswith(replica.url)
    assert "WARNING" not in log
