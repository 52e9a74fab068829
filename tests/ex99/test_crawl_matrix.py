"""Faults at random, kill -9 at random instants, three crawls on one archive: the end is that of a clean crawl.

Small by default; EX99_FULL=1 takes 500 filings and 50 kills (a quarter of an hour).
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ex99.crawl import crawl
from ex99.replica.faults import FaultPlan
from ex99.replica.server import Replica, start_replica
from tests.crawler.little_filings import QUIZZAXA, WOMBOLT, write_filing, write_filings
from tests.ex99.crawling import busiest_second, make_settings, read_contents, read_damage, read_grants
from tests.ex99.test_crawl_faults import EVERY_FAULT
from tests.ex99.test_crawl_interrupted import end, follow, start_child
from tests.fake_edgar.papers import FENWHISTLE, make_papers
from tests.fake_edgar.server import FakeEdgar, start_fake

FULL = os.environ.get("EX99_FULL") == "1"
COUNT, KILLS, RATE = (500, 50, 60) if FULL else (50, 3, 60)
FAULTS = FaultPlan(EVERY_FAULT | {"block": 0.003}, seed=3, at_most=1, retry_seconds=1, scripted=((r"00(?:07|10)\.txt", "block", 1),))
PAUSE = 2.0
"""Seconds of rest after a block, of which a request on its way has half to arrive on a busy machine."""

Record = Callable[[str, object], None]
Server = Replica | FakeEdgar
COMPANY: dict[type, int] = {Replica: QUIZZAXA, FakeEdgar: FENWHISTLE}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["replica", "fake"])
def shared_replica(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The replica, and the EDGAR that knows nothing of it."""
    if request.param == "fake":
        with start_fake(make_papers(COUNT), page=COUNT // 3, block_seconds=0.75 * PAUSE) as fake:
            yield fake
        return
    folder = tmp_path_factory.mktemp("filings")
    write_filings(folder, COUNT - 2)
    write_filing(folder, 900, ciks=(WOMBOLT, QUIZZAXA))
    write_filing(folder, 901, form="8-K/A")
    with start_replica(folder, block_seconds=0.75 * PAUSE, page_size=COUNT // 3, overlap=2) as replica:
        yield replica


@pytest.fixture(scope="module")
def clean(shared_replica: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a crawl without any trouble leaves."""
    settings = make_settings(tmp_path_factory.mktemp("clean"), shared_replica, requests_per_second=1000)
    assert crawl(settings, [COMPANY[type(shared_replica)]]).complete
    contents = read_contents(settings)
    assert len(contents) == COUNT
    return contents


@pytest.fixture
def replica(shared_replica: Server, clean: dict[str, Any]) -> Iterator[Server]:
    shared_replica.set_faults(None)
    shared_replica.reset()
    yield shared_replica
    shared_replica.set_faults(None)


def check_the_end(replica: Server, tmp_path: Path, clean: dict[str, Any]) -> None:
    """The archive is that of a clean crawl, whole, and a further crawl fetches nothing."""
    replica.set_faults(None)
    replica.reset()
    settings = make_settings(tmp_path, replica, requests_per_second=1000)
    again = crawl(settings, [COMPANY[type(replica)]])
    assert again.counts.known == again.counts.listed == COUNT
    assert set(again.requests) == {"submissions", "overflow"}
    assert read_contents(settings) == clean
    assert read_damage(settings) == []


def test_faults_at_random(replica: Server, clean: dict[str, Any], tmp_path: Path, record_property: Record) -> None:
    replica.set_faults(FAULTS)
    settings = make_settings(tmp_path, replica, requests_per_second=200, block_pause=PAUSE)
    report = crawl(settings, [COMPANY[type(replica)]])
    stats = replica.stats(grace=PAUSE / 2)
    assert report.complete, report.losses
    assert stats["after_grace"] == 0  # no request during a block, but for one that was on its way
    assert stats["blocks"] > 0
    assert len(stats["faults"]) >= (10 if FULL else 6)
    record_property("measured", f"{COUNT} filings, {sum(stats['faults'].values())} faults of {len(stats['faults'])} kinds, none lost")
    check_the_end(replica, tmp_path, clean)


def test_kill_9_at_random_instants(replica: Server, clean: dict[str, Any], tmp_path: Path, record_property: Record) -> None:
    settings = make_settings(tmp_path, replica, requests_per_second=200)
    dice = random.Random(50)
    for _ in range(KILLS):
        child = start_child(settings, str(COMPANY[type(replica)]))
        follow(child, dice.randint(0, COUNT // (2 * KILLS)))
        time.sleep(dice.uniform(0, 0.05))
        child.kill()
        end(child)
        assert read_damage(settings) == []
    replica.reset()
    report = crawl(settings, [COMPANY[type(replica)]])
    assert report.complete, report.losses
    assert report.counts.known + report.counts.archived == COUNT
    assert replica.stats()["kinds"].get("submission", 0) == report.counts.archived
    record_property("measured", f"{COUNT} filings, {KILLS} kills, no damage")
    check_the_end(replica, tmp_path, clean)


def test_three_crawls_at_once_among_faults_and_kills(
    replica: Server, clean: dict[str, Any], tmp_path: Path, record_property: Record
) -> None:
    replica.set_faults(FAULTS)
    settings = make_settings(tmp_path, replica, requests_per_second=RATE, block_pause=PAUSE)
    children = [start_child(settings, str(COMPANY[type(replica)])) for _ in range(3)]
    for number, child in enumerate(children):
        follow(child, number)
        child.kill()
    for child in children:
        end(child)
    with ThreadPoolExecutor(3) as pool:
        jobs = [
            pool.submit(crawl, settings, [COMPANY[type(replica)]], log_file=tmp_path / "logs" / f"{number}.jsonl") for number in range(3)
        ]
        reports = [job.result() for job in jobs]
    assert [report.losses for report in reports] == [(), (), ()]
    assert replica.stats(grace=PAUSE / 2)["after_grace"] == 0
    busiest = busiest_second(read_grants(tmp_path / "logs"))
    assert busiest <= RATE
    record_property("measured", f"{COUNT} filings, 3 kills, {busiest} leaves in the busiest second at {RATE} a second")
    check_the_end(replica, tmp_path, clean)
