"""The download handler: Scrapy's own, without the request that Twisted would make behind the budget's back."""

from __future__ import annotations

from functools import cached_property

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.task import LoopingCall

from ex99.crawler.budget import Budget
from ex99.crawler.politeness import GRANTED, PolitenessMiddleware

TIDY_EVERY = 1.0
"""Seconds from one run of the timer to the next."""


class PlainHandler(HTTP11DownloadHandler):
    """HTTP/1.1 with persistent connections.

    Twisted repeats a GET at once when a kept connection turns out to be dead. That request would be paced and counted by nobody, and
    on a server that resets connections it doubles the load; AnswerMiddleware repeats it in its time.

    Each request sets two timers (that of DOWNLOAD_TIMEOUT, and that of the connection kept after it) and cancels them. Twisted holds
    cancelled timers until any one runs, here what two minutes of requests have left (2 kB each): so one runs every second.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._pool.retryAutomatically = False
        self._tidying = LoopingCall(lambda: None)
        self._tidying.start(TIDY_EVERY)

    async def download_request(self, request: Request) -> Response:
        """Send a request; one that goes out long after its leave is told to the budget."""
        if GRANTED in request.meta:
            self._budget.note_departure(request.meta.pop(GRANTED))
        return await super().download_request(request)

    @cached_property
    def _budget(self) -> Budget:
        politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
        assert politeness is not None
        return politeness.budget

    async def close(self) -> None:
        """End with the crawl."""
        self._tidying.stop()
        await super().close()
