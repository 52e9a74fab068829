"""The pace of three crawls at once, by the clock of the server that they ask."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ex99.crawl import crawl
from tests.ex99.crawling import busiest_second, make_settings
from tests.fake_edgar.papers import FENWHISTLE, make_papers
from tests.fake_edgar.server import start_fake

COUNT = 200 if os.environ.get("EX99_FULL") == "1" else 12
EDGARS = 10
"""Requests a second that EDGAR allows."""

pytestmark = pytest.mark.slow


def test_three_crawls_together_never_exceed_what_edgar_allows(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    with start_fake(make_papers(COUNT), rate=EDGARS, block_seconds=600) as fake:
        settings = [make_settings(tmp_path, fake, archive=tmp_path / f"{number}", requests_per_second=8) for number in range(3)]
        with ThreadPoolExecutor(3) as pool:
            reports = [job.result() for job in [pool.submit(crawl, each, [FENWHISTLE]) for each in settings]]
    assert all(report.complete for report in reports)
    times = [seen.at for seen in fake.seen]
    assert len(times) == 3 * (COUNT + 1)
    assert fake.blocks == 0
    assert busiest_second(times) <= EDGARS
    over = sum(busiest_second(times[place : place + 9]) > 8 for place in range(len(times)))
    mean = (len(times) - 1) / (times[-1] - times[0])
    words = f"{len(times):,} requests, {mean:.1f} a second, {busiest_second(times)} in the busiest, {over} windows with more than 8"
    record_property("measured", words)
