"""The downloader middleware that lets a request go only when the machine's budget has room, and only to EDGAR's own hosts."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from ex99.crawler.breaker import Breaker
from ex99.crawler.config import find_refusal, list_origins, open_budget, read_config
from ex99.crawler.faults import FetchFault
from ex99.crawler.watch import read_watch

NOT_BEFORE = "ex99_not_before"
"""Key of Request.meta: time.monotonic() before which a retry must not go."""
KIND = "ex99_kind"
"""Key of Request.meta: what is asked for (full, submissions ...), for the counts."""

ASKED = "ex99_asked"
"""Key of Request.meta: when the request went out, an aware datetime."""

GRANTED = "ex99_granted"
"""Key of Request.meta: when the budget gave leave, by its clock."""

MOST_IN_HAND = 64
"""Answers that are being read and archived, beyond which no further request goes out."""

_SHORT = 0.02
_SLICE = 0.5
"""Longest sleep at a stretch, in seconds: how soon a Ctrl-C or another process's mark is noticed."""


class PolitenessMiddleware:
    """Paces all requests of this process by the shared Budget, in the order in which they come."""

    def __init__(self, crawler: Crawler) -> None:
        settings = read_config(crawler)
        self._crawler = crawler
        self._watch = read_watch(crawler)
        self._refusal = find_refusal(settings)
        self._origins = frozenset(_origin(url) for url in list_origins(settings))
        self.budget = open_budget(settings)
        self.breaker = Breaker(crawler, settings.trouble_pause)
        self._turn = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes its middlewares."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for leave; raises FetchFault for a foreign host, without a declared contact, and when the crawl is being stopped."""
        self._check(request.url)
        await self._rest_until(request.meta.get(NOT_BEFORE, 0.0))
        granted = await self._wait_for_turn(request)
        request.meta[ASKED] = dt.datetime.now(dt.UTC)
        request.meta[GRANTED] = granted
        self._watch.asked(request.meta.get(KIND, "other"), request.url, granted)

    def _check(self, url: str) -> None:
        if self._refusal is not None:
            raise FetchFault("undeclared", self._refusal)
        if _origin(url) not in self._origins:
            raise FetchFault("foreign_host", f"{url} is outside the configured hosts; not asked")

    async def _rest_until(self, moment: float) -> None:
        while (left := moment - time.monotonic()) > 0:
            self._stop_here()
            await asyncio.sleep(min(left, _SLICE))

    async def _wait_for_turn(self, request: Request) -> float:
        """Wait until a request may go, after all that came before it; returns the budget's time of that."""
        while True:
            await self.breaker.wait(request)
            async with self._turn:
                if not self.breaker.must_wait(request):
                    await self._wait_for_hands()
                    return await self._wait_for_leave()

    async def _wait_for_hands(self) -> None:
        """Where the archive is slower than EDGAR, wait until it has caught up: what is in hand is in memory."""
        slot = self._crawler.engine.scraper.slot
        while slot is not None and len(slot.active) + len(slot.queue) > MOST_IN_HAND:
            self._stop_here()
            await asyncio.sleep(_SHORT)

    async def _wait_for_leave(self) -> float:
        """Wait until the budget gives leave; returns its time of that."""
        while True:
            self._stop_here()
            # at once where the lock is free; only to wait for it is left to a thread
            admission = self.budget.try_admit()
            if admission is None:
                admission = await asyncio.to_thread(self.budget.admit)
            if admission.wait <= 0:
                if not self.breaker.resting:
                    self._watch.resumed()
                return admission.at
            if admission.blocked:
                self._watch.paused(admission.wait, "EDGAR's block page")
            await asyncio.sleep(min(admission.wait, 2 * _SLICE if admission.blocked else _SLICE))

    def _stop_here(self) -> None:
        if self._watch.stopping:
            raise FetchFault("stopped", "the crawl was stopped first")


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or {"http": 80, "https": 443}.get(parts.scheme)
