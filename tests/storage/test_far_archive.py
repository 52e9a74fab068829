"""Blobs in an object store and rows in PostgreSQL: crawled among the faults of EDGAR and of the store, and killed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ex99.crawl import crawl
from ex99.replica.faults import FaultPlan
from ex99.replica.server import Replica, start_replica
from ex99.settings import Settings
from ex99.storage.archive import Archive
from tests.buckets import Proxy, make_bucket, start_s3
from tests.crawler.little_filings import QUIZZAXA, write_filings
from tests.ex99.crawling import make_settings, read_contents, read_damage
from tests.ex99.test_crawl_faults import EVERY_FAULT
from tests.ex99.test_crawl_interrupted import end, follow, start_child

COUNT, KILLS = 50, 3
STORE_FAULTS = ("error", "slow_down", "reset", "lost", "cut", "truncated")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[Proxy]:
    with start_s3() as proxy:
        yield proxy


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    folder = tmp_path_factory.mktemp("filings")
    write_filings(folder, COUNT)
    with start_replica(folder, page_size=20, block_seconds=1.5) as started:
        yield started


@pytest.fixture(scope="module")
def clean(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a crawl into a folder leaves, without any trouble."""
    settings = make_settings(tmp_path_factory.mktemp("clean"), replica, requests_per_second=1000)
    assert crawl(settings, [QUIZZAXA]).complete
    return read_contents(settings)


@pytest.fixture
def far(
    server: Proxy,
    replica: Replica,
    clean: dict[str, Any],
    make_database: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """Settings of a new archive on both."""
    bucket = make_bucket(server, monkeypatch)
    replica.set_faults(None)
    replica.reset()
    place = {"database_url": make_database("postgresql"), "blob_url": f"s3://{bucket}/archive"}
    return make_settings(tmp_path, replica, requests_per_second=200, block_pause=2.0, **place)


def check_the_end(far: Settings, replica: Replica, server: Proxy, clean: dict[str, Any]) -> None:
    """The archive is that of a clean crawl, whole, and a further crawl fetches nothing."""
    server.spoil = lambda method, path: None
    replica.set_faults(None)
    replica.reset()
    again = crawl(far, [QUIZZAXA])
    assert again.counts.known == COUNT
    assert "full" not in again.requests
    assert read_contents(far) == clean
    assert read_damage(far) == []
    with Archive.open(far.resolved_database_url, far.resolved_blob_url) as archive:
        named = {document[3] for filing in clean.values() for document in filing[3:]} - {None}
        assert named <= set(archive.blobs.list_names())
    assert not (far.archive / "blobs").exists()


def test_faults_of_both_at_random(far: Settings, replica: Replica, server: Proxy, clean: dict[str, Any]) -> None:
    dice = random.Random(11)
    server.spoil = lambda method, path: dice.choice(STORE_FAULTS) if dice.random() < 0.1 else None
    replica.set_faults(FaultPlan(EVERY_FAULT, seed=3, at_most=1, retry_seconds=1))
    report = crawl(far, [QUIZZAXA])
    assert report.complete, report.losses
    assert len(server.faults) >= 5
    check_the_end(far, replica, server, clean)


def test_kill_9_at_random_instants(far: Settings, replica: Replica, server: Proxy, clean: dict[str, Any]) -> None:
    dice = random.Random(50)
    for _ in range(KILLS):
        child = start_child(far, str(QUIZZAXA))
        follow(child, dice.randint(0, COUNT // (2 * KILLS)))
        time.sleep(dice.uniform(0, 0.05))
        child.kill()
        end(child)
        assert read_damage(far) == []
    replica.reset()
    report = crawl(far, [QUIZZAXA])
    assert report.complete, report.losses
    assert report.counts.known + report.counts.archived == COUNT
    assert replica.stats()["kinds"].get("submission", 0) == report.counts.archived
    check_the_end(far, replica, server, clean)


def test_a_store_that_goes_away_ends_the_crawl_and_the_same_command_takes_the_rest(
    far: Settings, replica: Replica, server: Proxy, clean: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    puts = []

    def spoil(method: str, path: str) -> str | None:
        puts.append(method)
        return "denied" if len(puts) > 20 else None

    server.spoil = spoil
    report = crawl(far, [QUIZZAXA])
    assert not report.complete
    assert "Access Denied" in report.message + " ".join(loss.message for loss in report.losses)
    server.spoil = lambda method, path: None
    assert read_damage(far) == []
    assert crawl(far, [QUIZZAXA]).complete
    check_the_end(far, replica, server, clean)
