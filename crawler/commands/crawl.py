"""`scrapy crawl` whose exit status says how the crawl went, as that of `ex99 crawl` does."""

from __future__ import annotations

import argparse
from typing import Any

from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from ex99.crawler.watch import read_watch


class Command(ScrapyCrawl):
    """0 done, 1 done with losses or stopped, 2 refused; Scrapy's own is 0 for whatever has begun."""

    def _create_crawler(self, spidercls: str | type[Spider]) -> Crawler:
        try:
            self._crawler: Crawler = super()._create_crawler(spidercls)
        except KeyError:
            known = ", ".join(self.crawler_process.spider_loader.list()) if self.crawler_process else ""
            raise UsageError(f"there is no spider {spidercls!r}; known: {known}", print_help=False) from None
        return self._crawler

    def run(self, args: list[str], opts: argparse.Namespace) -> Any:
        """Run the spider, and take its outcome for the exit status."""
        super().run(args, opts)
        if self._crawler.extensions is not None:
            self.exitcode = max(self.exitcode, read_watch(self._crawler).close().exit_code)
