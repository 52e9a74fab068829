"""The download handler: Scrapy's own, without the request that Twisted would make behind the budget's back."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler


class PlainHandler(HTTP11DownloadHandler):
    """HTTP/1.1 with persistent connections.

    Twisted repeats a GET at once when a kept connection turns out to be dead. That request would be paced and counted by nobody, and
    on a server that resets connections it doubles the load; AnswerMiddleware repeats it in its time.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
