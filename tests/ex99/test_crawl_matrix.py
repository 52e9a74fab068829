"""Everything at once: faults at random, three crawls on one archive, kill -9. The end is that of a clean crawl."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ex99.crawl import crawl
from replica.faults import FaultPlan
from replica.server import start_replica
from tests.crawler.little_filings import QUIZZAXA, write_filings
from tests.ex99.crawling import make_settings, read_damage, read_states
from tests.ex99.test_crawl_faults import EVERY_FAULT
from tests.ex99.test_crawl_interrupted import end, start_child

COUNT = 200
RATE = 40


@pytest.mark.slow
def test_faults_and_kills_and_three_crawls_at_once_end_as_a_clean_crawl(tmp_path: Path) -> None:
    accessions = write_filings(tmp_path / "filings", COUNT)
    dice = random.Random(6)
    faults = FaultPlan(EVERY_FAULT | {"block": 0.003}, seed=3, at_most=1)
    with start_replica(tmp_path / "filings", faults=faults, rate=1000, block_seconds=0.6, page_size=80, process=True) as replica:
        settings = make_settings(tmp_path, replica, requests_per_second=RATE, block_pause=0.9)
        for _ in range(2):
            children = [start_child(settings) for _ in range(3)]
            for child in children:
                time.sleep(dice.uniform(0.5, 2.0))
                child.kill()
            for child in children:
                end(child)
        with ThreadPoolExecutor(3) as pool:
            reports = [job.result() for job in [pool.submit(crawl, settings, [QUIZZAXA]) for _ in range(3)]]
        stats = replica.stats(grace=0.3)
        assert [report.losses for report in reports] == [(), (), ()]
        assert stats["after_grace"] == 0
        assert stats["busiest_second"] <= RATE + 1
        assert len(stats["faults"]) >= 8
        replica.reset()
        again = crawl(settings, [QUIZZAXA])
    assert again.counts.known == COUNT
    assert set(again.requests) == {"submissions", "overflow"}
    assert read_states(settings) == dict.fromkeys(accessions, "archived")
    assert read_damage(settings) == []
