from pathlib import Path

import pytest

from benchmarks import crawl
from benchmarks.bare_scrapy import run_bare
from ex99.replica.server import start_replica


@pytest.mark.slow
def test_a_crawl_and_its_floors_fetch_the_same_filings(tmp_path: Path) -> None:
    served = crawl.compose(tmp_path / "filings", 6, per_company=3)
    assert (len(served.paths), len(served.companies)) == (6, 2)
    with start_replica(served.folder) as replica:
        cost = crawl.crawl(replica, served, tmp_path / "archive", 100.0)
        assert cost.report["counts"]["archived"] == 6
        assert cost.report["counts"]["requests"] == 8
        assert cost.cpu > 0
        assert 30e6 < cost.peak < 1e9
        replica.reset()
        seconds, cpu = crawl.download_bare(replica, served, tmp_path / "bare")
        assert seconds >= cpu * 0.5
        assert run_bare([replica.url + path for path in served.paths]) > 0
        assert replica.stats()["kinds"] == {"submission": 12}
