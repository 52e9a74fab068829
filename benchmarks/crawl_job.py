"""One crawl of a replica in a small process of its own, so that its CPU and memory can be told: a JSON job in, its cost out."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """What is crawled from where: ``url`` stands for all three hosts, ``rate`` is requests a second."""

    url: str
    archive: str
    companies: list[str]
    rate: float


@dataclass(frozen=True, slots=True)
class CrawlCost:
    """What a crawl took: seconds of CPU of both its processes, peak bytes of the larger one, and its report."""

    cpu: float
    peak: int
    report: dict[str, Any]


def run_crawl(job: CrawlJob) -> CrawlCost:
    """Run a crawl in a process of its own; raises RuntimeError where it does not finish."""
    command = [sys.executable, "-m", "benchmarks.crawl_job"]
    done = subprocess.run(command, input=json.dumps(asdict(job)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the crawl failed: {done.stderr.strip()[-500:]}")
    cost = CrawlCost(**json.loads(done.stdout))
    if cost.report["outcome"] != "finished" or cost.report["losses"]:
        raise RuntimeError(f"the crawl had losses: {cost.report['message']}")
    return cost


def main() -> None:
    """Do the job of stdin."""
    from ex99.crawl import crawl
    from ex99.settings.settings import Settings

    job = CrawlJob(**json.load(sys.stdin))
    folder = Path(job.archive)
    settings = Settings(
        archive=folder, database_url=None, blob_url=None, www_url=job.url, data_url=job.url, efts_url=job.url,
        user_agent="ex99 benchmark bench@example.com", requests_per_second=job.rate, state_folder=folder / "state",
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF)
    report = crawl(settings, job.companies)
    own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime - before.ru_utime - before.ru_stime + child.ru_utime + child.ru_stime
    json.dump(asdict(CrawlCost(cpu, child.ru_maxrss * 1024, report.to_json())), sys.stdout)


if __name__ == "__main__":
    main()
