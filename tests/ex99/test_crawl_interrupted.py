"""A crawl that is ended in its middle: by Ctrl-C, by its parent's end, by kill -9. The same command then takes the rest."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ex99.crawl import crawl
from ex99.replica.server import Replica, start_replica
from ex99.settings.settings import Settings
from tests.crawler.little_filings import QUIZZAXA, write_filings
from tests.ex99.crawling import make_settings, read_damage, read_states

COUNT = 40

Child = subprocess.Popen[bytes]


@pytest.fixture
def accessions(tmp_path: Path) -> list[str]:
    return write_filings(tmp_path / "filings", COUNT)


@pytest.fixture
def replica(tmp_path: Path, accessions: list[str]) -> Iterator[Replica]:
    with start_replica(tmp_path / "filings") as replica:
        yield replica


def start_child(settings: Settings, companies: str = str(QUIZZAXA), command: Sequence[str] = ("-m", "ex99.crawl_process")) -> Child:
    child = subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    job = {"spider": "company", "arguments": {"companies": companies}, "settings": settings.model_dump(mode="json"), "log_file": None}
    assert child.stdin is not None
    child.stdin.write(json.dumps(job).encode() + b"\n")
    child.stdin.flush()
    return child


def follow(child: Child, until: int) -> list[dict[str, Any]]:
    """Messages of a child until so many filings are archived."""
    assert child.stdout is not None
    messages = []
    for line in child.stdout:
        messages.append(json.loads(line))
        if sum(message.get("event", {}).get("kind") == "archived" for message in messages) >= until:
            break
    return messages


def end(child: Child) -> list[dict[str, Any]]:
    """The messages that are left, and the end of a child."""
    assert child.stdout is not None
    messages = [json.loads(line) for line in child.stdout]
    child.wait(timeout=600)
    for stream in (child.stdin, child.stdout):
        assert stream is not None
        stream.close()
    return messages


def check_the_rest_is_taken(settings: Settings, replica: Replica, accessions: list[str]) -> None:
    before = read_states(settings)
    assert read_damage(settings) == []
    done = sum(state == "archived" for state in before.values())
    replica.reset()
    report = crawl(settings, [QUIZZAXA])
    assert report.complete, report.losses
    assert report.counts.known == done
    assert replica.stats()["kinds"].get("submission", 0) == COUNT - done
    assert read_states(settings) == dict.fromkeys(accessions, "archived")
    assert read_damage(settings) == []


def test_ctrl_c_stops_in_good_order(replica: Replica, accessions: list[str], tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica, requests_per_second=30)
    child = start_child(settings)
    follow(child, 5)
    child.send_signal(signal.SIGINT)
    report = end(child)[-1]["report"]
    assert report["outcome"] == "interrupted"
    assert child.returncode == 1
    assert 5 <= report["counts"]["archived"] < COUNT
    # what was on its way when the signal came is archived too
    assert report["counts"]["archived"] == report["requests"]["full"]
    assert report["losses"] == []
    assert sorted(set(read_states(settings).values())) == ["archived", "listed"]
    check_the_rest_is_taken(settings, replica, accessions)


def test_ctrl_c_ends_the_rest_of_a_block_too(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica, block_pause=300)
    replica.set_rate(1, block_seconds=300)
    child = start_child(settings)
    assert child.stdout is not None
    while b'"kind": "paused"' not in child.stdout.readline():
        pass
    child.send_signal(signal.SIGINT)
    assert end(child)[-1]["report"]["outcome"] == "interrupted"


def test_the_end_of_the_parent_ends_the_crawl(replica: Replica, accessions: list[str], tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica, requests_per_second=30)
    child = start_child(settings)
    follow(child, 3)
    assert child.stdin is not None
    child.stdin.close()
    assert end(child)[-1]["report"]["outcome"] == "interrupted"
    check_the_rest_is_taken(settings, replica, accessions)


def test_kill_9_loses_nothing_and_doubles_nothing(replica: Replica, accessions: list[str], tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    for until in random.Random(99).sample(range(1, 10), 3):
        child = start_child(settings)
        follow(child, until)
        child.kill()
        end(child)
    check_the_rest_is_taken(settings, replica, accessions)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_another_crawl_has_in_hand_is_left_to_it_while_it_lives(
    replica: Replica, accessions: list[str], tmp_path: Path, make_database: Callable[[str], str], kind: str
) -> None:
    settings = make_settings(tmp_path, replica, database_url=make_database(kind), blob_url=str(tmp_path / "blobs"))
    slow = start_child(settings.model_copy(update={"requests_per_second": 5}))
    follow(slow, 3)
    beside = crawl(settings, [QUIZZAXA])
    assert beside.exit_code == 0
    assert "full" not in beside.requests
    assert beside.counts.elsewhere
    assert 3 <= beside.counts.known == COUNT - beside.counts.elsewhere
    slow.kill()
    end(slow)
    check_the_rest_is_taken(settings, replica, accessions)


def test_two_crawls_at_once_fetch_each_filing_once(replica: Replica, accessions: list[str], tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    children = [start_child(settings) for _ in range(3)]
    reports = [end(child)[-1]["report"] for child in children]
    assert [report["losses"] for report in reports] == [[], [], []]
    assert sum(report["counts"]["archived"] for report in reports) == COUNT
    assert sum(report["requests"].get("full", 0) for report in reports) == COUNT
    assert read_states(settings) == dict.fromkeys(accessions, "archived")


def test_a_child_that_dies_is_a_report_not_a_hang(replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ex99.crawl.CHILD", [sys.executable, "-c", "import sys; sys.exit('no such spider')"])
    report = crawl(make_settings(tmp_path, replica), [QUIZZAXA])
    assert report.outcome == "crashed"
    assert report.exit_code == 1
    assert report.message == "the crawl ended with status 1: no such spider"
