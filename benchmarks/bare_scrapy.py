"""A floor for the crawl: Scrapy alone fetches addresses and throws the answers away. A process: addresses in, seconds of CPU out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class BareSpider(Spider):
    """Fetches what it is given."""

    name = "bare"

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self.urls = urls
        self.seen = 0

    async def start(self) -> AsyncIterator[Any]:
        """Every address."""
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Count the answer."""
        self.seen += response.status == 200


def run_bare(urls: list[str]) -> float:
    """Seconds of CPU that Scrapy takes for these addresses, without those of its start; raises RuntimeError where an answer is bad."""
    command = [sys.executable, "-m", "benchmarks.bare_scrapy"]
    done = subprocess.run(command, input=json.dumps(urls), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the bare crawl failed: {done.stderr.strip()[-500:]}")
    return float(done.stdout)


def main() -> None:
    """Fetch the addresses of stdin."""
    urls = json.load(sys.stdin)
    agent = {"USER_AGENT": "bare floor bench@example.com", "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False}
    process = AsyncCrawlerProcess({**agent, "CONCURRENT_REQUESTS_PER_DOMAIN": 16})
    crawler = process.create_crawler(BareSpider)
    begun = time.process_time()
    process.crawl(crawler, urls=urls)
    process.start()
    taken = time.process_time() - begun
    seen = crawler.stats.get_value("downloader/response_status_count/200", 0) if crawler.stats else 0
    if seen != len(urls):
        sys.exit(f"{seen} of {len(urls)} answers were good")
    print(taken)


if __name__ == "__main__":
    main()
