"""What a crawl holds on to does not grow with the filings that are done: told by counting objects in its process, not by time or bytes."""

from __future__ import annotations

import json
from pathlib import Path

from ex99.replica.server import start_replica
from tests.crawler.little_filings import QUIZZAXA, WOMBOLT, write_filing, write_filings
from tests.ex99.crawling import make_settings
from tests.ex99.test_crawl_interrupted import end, start_child

COUNT = 150

# the crawl's own process, which at the last filing says how many objects of some types are alive
CODE = f"""
import gc, json, pathlib, sys
from collections import Counter
import ex99.crawler.handler as handler
from ex99.crawler.watch import CrawlWatch
from ex99.crawl_process import main

handler.TIDY_EVERY = 0.01
archived = CrawlWatch.archived

def count(self, *arguments):
    archived(self, *arguments)
    if self.counts.archived == {COUNT}:
        gc.collect()
        alive = Counter(type(thing).__name__ for thing in gc.get_objects())
        pathlib.Path(sys.argv[1]).write_text(json.dumps(alive))

CrawlWatch.archived = count
main()
"""


def test_what_is_done_is_forgotten(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", COUNT - 2)
    for number in (COUNT + 1, COUNT + 2):
        write_filing(tmp_path / "filings", number, ciks=(WOMBOLT, QUIZZAXA))
    with start_replica(tmp_path / "filings") as replica:
        settings = make_settings(tmp_path, replica, requests_per_second=1000)
        child = start_child(settings, f"{QUIZZAXA},{WOMBOLT}", ("-c", CODE, str(tmp_path / "alive.json")))
        assert end(child)[-1]["report"]["outcome"] == "finished"
        assert replica.stats()["kinds"] == {"submissions": 2, "submission": COUNT}
    alive = json.loads((tmp_path / "alive.json").read_text())
    assert alive["DelayedCall"] < COUNT  # two a request, were they kept
    assert alive["AccessionNumber"] < COUNT / 2
    assert alive["Request"] < COUNT / 2
