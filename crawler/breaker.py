"""A breaker for each host: while a host is in trouble it is left in peace, tried by one request from time to time, and given up at last.

Trouble is a few bad answers in a row to different addresses: a host that answers whatever it is asked with 503, with a refusal that says
nothing, or with a page for maintenance. A filing that fails time and again is none, as the others' answers come between.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from ex99.crawler.faults import FetchFault
from ex99.crawler.watch import read_watch

TROUBLE = frozenset({"unavailable", "refused", "wrong_kind", "empty"})
"""Faults that may be the host's and not the one file's."""

TRIP = 5
"""Different addresses in a row that a host must answer badly; twice as many after each rest that proves it well."""

MOST_RESTS = 8
"""Rests in a row after which the crawl stops: 30 s, 1, 2, 4, 8, 15, 15 and 15 minutes, an hour in all, unless the host names its own."""

LONGEST_GROWN = 900.0
"""Seconds that a rest grows to at the most."""

LONGEST_TOLD = 3600.0
"""Seconds of a Retry-After beyond which the crawl stops, instead of waiting for it."""

PROBE = "ex99_probe"
"""Key of Request.meta: this request tries a host that rests."""

_SLICE = 0.5


@dataclass(slots=True)
class _Host:
    trip: int = TRIP
    bad: set[str] = field(default_factory=set)
    good: tuple[int, Request] | None = None
    """The smallest answer of it that was good, and its request: what a host is tried with."""
    rest: asyncio.Task[None] | None = None
    told: float | None = None
    """Seconds of the last Retry-After."""


class Breaker:
    """Knows of each host how it fares; ``pause`` is the first rest in seconds."""

    def __init__(self, crawler: Crawler, pause: float) -> None:
        self._crawler = crawler
        self._watch = read_watch(crawler)
        self._pause = pause
        self._hosts: dict[str, _Host] = {}

    @property
    def resting(self) -> bool:
        """Whether any host rests."""
        return any(host.rest is not None for host in self._hosts.values())

    def note_good(self, request: Request, size: int) -> None:
        """A host has given a good answer of so many bytes."""
        host = self._host(request.url)
        host.bad.clear()
        if host.good is None or size < host.good[0]:
            host.good = size, request.replace(callback=None, errback=None, cb_kwargs={})

    def note_bad(self, request: Request, fault: FetchFault, retry_after: float | None) -> bool:
        """A host has given a bad answer; returns whether it rests, so that the answer tells nothing of what was asked for."""
        host = self._host(request.url)
        host.told = retry_after
        if fault.code in TROUBLE:
            host.bad.add(request.url)
        if host.rest is None and (len(host.bad) >= host.trip or (retry_after or 0) > LONGEST_GROWN):
            host.rest = asyncio.ensure_future(self._rest(host, request, fault))
        return host.rest is not None

    def must_wait(self, request: Request) -> bool:
        """Whether a request's host rests, and the request is not the one that tries it."""
        return self._host(request.url).rest is not None and PROBE not in request.meta and not self._watch.stopping

    async def wait(self, request: Request) -> None:
        """Wait until the request's host no longer rests."""
        while self.must_wait(request) and (rest := self._host(request.url).rest) is not None:
            await asyncio.wait([rest], timeout=_SLICE)

    async def _rest(self, host: _Host, request: Request, fault: FetchFault) -> None:
        """Rest and try the host, again and again; ends when it is well, and stops the crawl where it stays ill."""
        name = urlsplit(request.url).netloc
        try:
            for number in range(MOST_RESTS):
                seconds = min(self._pause * 2**number, LONGEST_GROWN) if host.told is None else host.told
                if seconds > LONGEST_TOLD:
                    break
                await self._sleep(seconds, f"{name} is in trouble ({fault})")
                if self._watch.stopping or await self._try(request if host.good is None else host.good[1]):
                    return
            self._watch.stop("trouble", TROUBLE_ADVICE.format(host=name, fault=fault))
        finally:
            host.bad.clear()
            host.trip *= 2
            host.rest = None

    async def _sleep(self, seconds: float, why: str) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self._watch.stopping:
            self._watch.paused(left, why)
            await asyncio.sleep(min(left, 2 * _SLICE))

    async def _try(self, request: Request) -> bool:
        probe = request.replace(dont_filter=True, meta={**request.meta, PROBE: True})
        try:
            await self._crawler.engine.download_async(probe)
        except Exception:  # noqa: BLE001 - whatever it is, the host is not well
            return False
        return True

    def _host(self, url: str) -> _Host:
        # The Archives, the pages made by programs and the files are answered by different machines behind one name, and fail one by one.
        parts = urlsplit(url)
        return self._hosts.setdefault(f"{parts.netloc}/{parts.path.lstrip('/').partition('/')[0]}", _Host())


TROUBLE_ADVICE = (
    "{host} stays in trouble, for an hour or longer than it is sensible to wait: {fault}. What is missing is fetched by the same command: "
    "try again later, and where a browser of this network is refused too, ask who runs the network"
)


def read_retry_after(response: Response, now: dt.datetime) -> float | None:
    """The seconds of an answer's Retry-After from ``now`` (aware), which it gives as a number or a date; None where there is none."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)) - now).total_seconds())
