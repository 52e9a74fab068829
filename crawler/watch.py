"""The extension that keeps a crawl's counts, tells of its progress, and stops it where going on makes no sense."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from dataclasses import replace
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from ex99.crawler.events import Counts, CrawlEvent, CrawlReport, Loss
from ex99.crawler.logs import EVENT, FACTS
from ex99.filings.filing import Filing, ReleaseChoice, Submission
from ex99.filings.identifiers import AccessionNumber

logger = logging.getLogger(__name__)

crawl_event = object()
"""Scrapy signal; sent with the keyword ``event``, a CrawlEvent."""

SMALLEST_SHARE = 0.02
"""What must be done of a crawl before the rest is estimated from it."""

ENOUGH_COMPANIES = 5
"""Companies whose histories must be known (or all of them) before the filings of the others are estimated by theirs."""

_LEVELS = {"failed": logging.WARNING, "retrying": logging.DEBUG, "archived": logging.DEBUG}


class CrawlWatch:
    """What the other components tell of a crawl, in one place."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._started = time.monotonic()
        self._outcome: tuple[str, str] | None = None
        self._closed: CrawlReport | None = None
        self._closing: asyncio.Future[None] | None = None
        self._pause_began: float | None = None
        self._paused = 0.0
        self.pauses = 0
        self.retries = 0
        self.expected_companies = 0
        """Companies whose histories are to be read; until they all are, the rest is estimated by those that were."""
        self.share: float | None = None
        """How much of a crawl by indexes is done (0 to 1), where the filings wanted are not all known before the end."""
        self.run: int | None = None
        self.counts = Counts()
        self.requests: Counter[str] = Counter()
        self.choices: Counter[str] = Counter()
        self.losses: list[Loss] = []
        crawler.signals.connect(self._spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self._spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(self._spider_error, signal=signals.spider_error)
        crawler.signals.connect(self._item_error, signal=signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes its extensions."""
        return cls(crawler)

    @property
    def stopping(self) -> bool:
        """Whether the crawl is on its way out: by an outcome that was decided, or because the user wants so."""
        return self._outcome is not None or not self._crawler.crawling

    def _spider_opened(self) -> None:
        self._started = time.monotonic()
        self.tell("started", "crawl begun")

    def _spider_closed(self) -> None:
        self.tell("finished", self.close().message)

    def _spider_error(self, failure: Failure, response: Response | None) -> None:
        subject = "the spider" if response is None else response.url
        self.losses.append(Loss(subject, "bug", f"an error of ex99's own, please report it: {failure.value!r}"))

    def _item_error(self, item: object, failure: Failure) -> None:
        filing = item.filing.accession if isinstance(item, Submission) else type(item).__name__
        self.losses.append(Loss(str(filing), "bug", f"an error of ex99's own, please report it: {failure.value!r}"))

    # What components report ------------------------------------------------------------------------------------------

    def listed(self, company: str, name: str, counts: Counts, companies: int = 1) -> None:
        """A company's history was read, or an index; ``counts`` has its filings up to ``wanted``."""
        more = {key: getattr(counts, key) for key in ("listed", "outside", "known", "elsewhere", "nothing_to_fetch", "wanted")}
        self._add(companies=companies, **more)
        words = f"{name} ({company}): {counts.listed} filings listed, {counts.known} archived before, {counts.wanted} wanted"
        self.tell("listed", words, company=company)

    def asked(self, kind: str, url: str, granted: float) -> None:
        """A request of this kind goes out, for which the budget gave leave at that time of the clock."""
        self.requests[kind] += 1
        logger.debug("asking for %s", url, extra={FACTS: {"kind": "asked", "request": kind, "granted": granted}})
        self._add(requests=1)

    def received(self, size: int) -> None:
        """A body of this many bytes came over the wire."""
        self._add(bytes=size)

    def archived(self, filing: Filing, choice: ReleaseChoice) -> None:
        """A filing is in the archive, blobs and rows."""
        self.choices[choice.reason] += 1
        self._add(archived=1, without_release=0 if choice.sequences else 1)
        self.tell("archived", f"{filing.form} of {filing.filing_date}: {choice.note}", accession=filing.accession)

    def checking(self, filings: int) -> None:
        """So many more archived filings are to be asked for again."""
        self._add(listed=filings, wanted=filings)

    def checked(self, accession: AccessionNumber, *, changed: bool) -> None:
        """An archived filing was asked for again."""
        self._add(changed=int(changed), unchanged=int(not changed))
        level = logging.WARNING if changed else logging.DEBUG
        words = "changed at EDGAR, both are kept" if changed else "unchanged"
        self.tell("checked", f"{accession}: {words}", accession=accession, level=level)

    def lost_filing(self, accession: str, code: str, message: str) -> None:
        """A wanted filing could not be had."""
        self._add(failed=1)
        self.losses.append(Loss(accession, code, message))
        self.tell("failed", f"{accession}: {message}", accession=accession)

    def lost_company(self, company: str, code: str, message: str, *, level: int | None = None) -> None:
        """A company's history (or an index file) could not be had, or not whole."""
        self.losses.append(Loss(company, code, message))
        self.tell("failed", f"{company}: {message}", company=company, level=level)

    def retrying(self, message: str) -> None:
        """A request is made again."""
        self.retries += 1
        self.tell("retrying", message)

    def paused(self, seconds: float, why: str) -> None:
        """Everything rests for this many more seconds; logged once, told every time."""
        level = logging.DEBUG
        if self._pause_began is None:
            self._pause_began = time.monotonic()
            self.pauses += 1
            level = logging.WARNING
        self.tell("paused", f"{why}: everything rests, {seconds:.0f} s left", pause=seconds, level=level)

    def resumed(self) -> None:
        """The rest is over, if there was one."""
        if self._pause_began is not None:
            self._paused += time.monotonic() - self._pause_began
            self._pause_began = None
            self.tell("resumed", "going on")

    def decide(self, outcome: str, message: str) -> bool:
        """Settle the outcome (of OUTCOMES) with one line for the user; False if it was settled before."""
        if self._outcome is not None or self._closed is not None:
            return False
        self._outcome = (outcome, message)
        logger.error(message)
        return True

    def stop(self, outcome: str, message: str) -> None:
        """Settle the outcome and end the running crawl."""
        if self.decide(outcome, message) and self._crawler.crawling:
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=outcome))

    def tell(
        self,
        kind: str,
        message: str,
        *,
        accession: str | None = None,
        company: str | None = None,
        pause: float | None = None,
        level: int | None = None,
    ) -> None:
        """Send an event to whoever listens, and to the log."""
        event = CrawlEvent(kind, message, self.counts, accession, company, self._seconds(), self._rate(), self._eta(), pause)
        logger.log(_LEVELS.get(kind, logging.INFO) if level is None else level, message, extra={EVENT: event})
        self._crawler.signals.send_catch_log(crawl_event, event=event)

    # What comes of it --------------------------------------------------------------------------------------------------

    def close(self) -> CrawlReport:
        """The report at the end; what comes later no longer changes it."""
        if self._closed is None:
            self._closed = self._report()
        return self._closed

    def _report(self) -> CrawlReport:
        outcome, message = self._outcome or (("finished", "") if self._crawler.crawling else ("interrupted", ""))
        return CrawlReport(
            outcome=outcome,
            message=message or self._sum(),
            counts=self.counts,
            requests=dict(self.requests),
            choices=dict(self.choices),
            losses=tuple(self.losses),
            retries=self.retries,
            pauses=self.pauses,
            paused_seconds=round(self._paused_seconds(), 3),
            seconds=round(self._seconds(), 3),
            rate=round(self._rate(), 3),
            run=self.run,
        )

    def _sum(self) -> str:
        counts = self.counts
        if checked := counts.unchanged + counts.changed:
            words = f"{checked} of {counts.wanted} archived filings checked, {counts.changed} changed, {counts.requests} requests"
            return words + (f", losses: {len(self.losses)}" if self.losses else "")
        words = f"{counts.archived} of {counts.wanted} wanted filings archived, {counts.requests} requests"
        return words + (f", losses: {len(self.losses)}" if self.losses else "")

    def _add(self, **more: int) -> None:
        self.counts = replace(self.counts, **{key: getattr(self.counts, key) + value for key, value in more.items()})

    def _seconds(self) -> float:
        return time.monotonic() - self._started

    def _paused_seconds(self) -> float:
        return self._paused + (0.0 if self._pause_began is None else time.monotonic() - self._pause_began)

    def _rate(self) -> float:
        return self.counts.requests / max(self._seconds() - self._paused_seconds(), 1e-6) if self.counts.requests else 0.0

    def _eta(self) -> float | None:
        counts, busy = self.counts, self._seconds() - self._paused_seconds()
        done = counts.archived + counts.failed + counts.unchanged + counts.changed
        if self.share is not None:
            return busy * (1 - self.share) / self.share if self.share >= SMALLEST_SHARE else None
        known, expected = self.counts.companies, self.expected_companies
        if not done or known < min(expected, ENOUGH_COMPANIES):
            return None
        wanted = self.counts.wanted * max(expected, known) / known if known else self.counts.wanted
        return (wanted - done) * busy / done


def read_watch(crawler: Crawler) -> CrawlWatch:
    """The crawl's watch; raises TypeError where the extension is not enabled."""
    watch = crawler.get_extension(CrawlWatch)
    if watch is None:
        raise TypeError("the extension crawler.watch.CrawlWatch is not enabled; build Scrapy's settings with build_scrapy_settings")
    return watch
