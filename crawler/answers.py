"""The downloader middleware that judges every answer by its body, and lets only good ones through to the spiders."""

from __future__ import annotations

import datetime as dt
import time
from typing import NoReturn, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from ex99.crawler.breaker import PROBE, read_retry_after
from ex99.crawler.config import read_config
from ex99.crawler.decoding import FAULT
from ex99.crawler.faults import MOST_TRIES, FetchFault
from ex99.crawler.politeness import KIND, NOT_BEFORE, PolitenessMiddleware
from ex99.crawler.responses import Verdict, classify_response
from ex99.crawler.watch import read_watch

TRIES = "ex99_tries"
"""Key of Request.meta: how often this request was made already."""

MOST_BLOCKS = 3
"""Blocks in a row, with no good answer between, after which the crawl gives up."""

MOST_DEAD_ENDS = 5
"""Requests in a row given up without a connection, after which the crawl gives up."""

LONGEST_WAIT = 120.0
"""Seconds that the wait before a retry grows to at the most."""

_EXCEPTIONS: tuple[tuple[type[Exception], str, str], ...] = (
    (DownloadTimeoutError, "timeout", "no answer in time: "),
    (ResponseDataLossError, "truncated", "the connection broke off: "),
    (DownloadCancelledError, "too_large", "larger than the limit: "),
    (CannotResolveHostError, "unreachable", ""),
    (DownloadConnectionRefusedError, "unreachable", ""),
    (DownloadFailedError, "unreachable", "no connection: "),
    (OSError, "unreachable", "no connection: "),
)


class AnswerMiddleware:
    """Gives each kind of bad answer its own treatment.

    Block page: the shared mark is set, everything rests, then the request is made again. Page for undeclared tools: the crawl stops with
    advice. A host whose answers are bad whatever is asked rests (crawler.breaker).
    Outage, broken connection, timeout, half a body, empty body, a page where data is due: tried again, each time after twice the
    wait, then given up as a FetchFault, which reaches the spider's errback. A missing file is a FetchFault at once ("absent").
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = read_config(crawler)
        self._crawler = crawler
        self._retries = settings.retries
        self._wait = settings.retry_wait
        self._watch = read_watch(crawler)
        self._blocks = 0
        self._dead_ends = 0
        crawler.signals.connect(self._find_politeness, signal=signals.engine_started)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes its middlewares."""
        return cls(crawler)

    def _find_politeness(self) -> None:
        politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
        assert politeness is not None
        self._budget = politeness.budget
        self._breaker = politeness.breaker

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Let a good answer through; raises FetchFault for one that is given up."""
        fault = request.meta.pop(FAULT, None) or judge_answer(request, response)
        if fault is None:
            self._blocks = self._dead_ends = 0
            self._breaker.note_good(request, len(response.body))
            return response
        return self._treat(request, fault, read_retry_after(response, dt.datetime.now(dt.UTC)))

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try again what broke on the way; raises FetchFault where that has been done often enough."""
        if isinstance(exception, FetchFault):
            if exception.code != "foreign_host" or "redirect_urls" not in request.meta:
                return None
            # A captive portal, or EDGAR gone astray: what was asked for first may well be answered next time.
            first = request.replace(url=request.meta["redirect_urls"][0])
            for key in ("redirect_urls", "redirect_reasons", "redirect_times", "redirect_ttl"):
                first.meta.pop(key, None)
            return self._treat(first, FetchFault("wrong_kind", f"a redirect elsewhere: {exception}"))
        if isinstance(exception, IgnoreRequest):
            return None
        for kind, code, words in _EXCEPTIONS:
            if isinstance(exception, kind):
                return self._treat(request, FetchFault(code, f"{words}{_describe(exception)}"))
        return None

    def _treat(self, request: Request, fault: FetchFault, retry_after: float | None = None) -> Request:
        if fault.code == "blocked":
            return self._rest(request)
        if fault.code == "undeclared":
            self._watch.stop("undeclared", UNDECLARED_ADVICE)
            raise fault
        return self.try_again(request, fault, retry_after)

    def try_again(self, request: Request, fault: FetchFault, retry_after: float | None = None) -> Request:
        """The same request with its next wait; raises the fault where another try is no use or was made often enough."""
        if PROBE in request.meta:
            raise fault
        if self._breaker.note_bad(request, fault, retry_after):
            return _again(request, {})  # which waits until the host is well, and is no try of its own
        tries = request.meta.get(TRIES, 0) + 1
        if fault.code == "absent" and request.meta.get(KIND) == "index":
            raise fault  # a day without filings
        most = min(self._retries, MOST_TRIES.get(fault.code, 0))
        if fault.code == "unreachable" and not self._watch.counts.bytes:
            most = min(most, 1)  # nothing has ever come from there: a wrong address or no network, which the user wants to know soon
        if tries > most:
            self._give_up(request, fault)
        wait = max(min(self._wait * 2 ** (tries - 1), LONGEST_WAIT), retry_after or 0.0)
        self._watch.retrying(f"{request.url}: {fault}; again in {wait:g} s")
        return _again(request, {TRIES: tries, NOT_BEFORE: time.monotonic() + wait})

    def _give_up(self, request: Request, fault: FetchFault) -> NoReturn:
        if fault.code in {"unreachable", "timeout"}:
            self._dead_ends += 1
            if self._dead_ends >= MOST_DEAD_ENDS or not self._watch.counts.bytes:
                self._watch.stop("unreachable", f"cannot reach {urlsplit(request.url).netloc}: {fault}")
        raise fault

    def _rest(self, request: Request) -> Request:
        if not self._budget.blocked_for():  # else an answer that was on its way when the block was noticed
            self._blocks += 1
        if self._blocks > MOST_BLOCKS:
            self._watch.stop("blocked", BLOCKED_ADVICE)
            raise FetchFault("blocked", "EDGAR's block page, again and again")
        seconds = self._budget.block()
        self._watch.paused(seconds, "EDGAR's block page")
        return _again(request, {})


UNDECLARED_ADVICE = (
    "EDGAR refuses this User-Agent as an undeclared tool: set EX99_USER_AGENT to your name or company and an e-mail address that is read"
)
BLOCKED_ADVICE = (
    "EDGAR keeps answering with its block page: see that no other program of this network asks EDGAR, "
    "that EX99_USER_AGENT names a real contact, and try again in an hour"
)


KINDS_OF_BODY: dict[str, str] = {
    "tickers": "json",
    "submissions": "json",
    "overflow": "json",
    "full": "submission",
    "headers": "headers",
    "index_page": "index_page",
    "document": "document",
    "index": "index",
    "feed": "feed",
}
"""What the body of each kind of request must be, in the words of crawler.responses.KINDS."""

_FAULTS: dict[Verdict, tuple[str, str]] = {
    Verdict.NOT_MODIFIED: ("wrong_kind", "not modified, to a request that did not ask"),
    Verdict.BLOCKED: ("blocked", "the block page"),
    Verdict.UNDECLARED: ("undeclared", "the page for undeclared tools"),
    Verdict.MISSING: ("absent", "EDGAR has no such file"),
    Verdict.UNAVAILABLE: ("unavailable", "EDGAR's servers have trouble"),
    Verdict.EMPTY: ("empty", "an empty body"),
    Verdict.REFUSED: ("refused", "a refusal that is none of EDGAR's own pages"),
    Verdict.UNEXPECTED: ("wrong_kind", "something else than was asked for"),
}


def judge_answer(request: Request, response: Response) -> FetchFault | None:
    """What is wrong with an answer, if anything: by its body and by what was asked for, never by its status alone."""
    said = (response.headers.get("Content-Type") or b"").decode("latin-1")
    verdict = classify_response(response.status, said, response.body, KINDS_OF_BODY.get(request.meta.get(KIND, "")))
    asked = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
    if verdict is Verdict.OK or (verdict is Verdict.NOT_MODIFIED and asked):
        return None
    code, words = _FAULTS[verdict]
    return FetchFault(code, f"{words} (status {response.status}, {len(response.body):,} bytes)")


def _again(request: Request, meta: dict[str, object]) -> Request:
    # dont_filter, since the scheduler has seen this address; a higher priority, so that what was begun is finished first
    return request.replace(dont_filter=True, priority=request.priority + 1, meta={**request.meta, **meta})


def _describe(exception: Exception) -> str:
    return (str(exception) or type(exception).__name__).splitlines()[0][:200].rstrip(".")
