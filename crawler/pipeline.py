"""The pipeline that puts what spiders bring into the archive, and keeps the crawl run's row."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any, Self, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from ex99.crawler.config import find_refusal, read_config
from ex99.crawler.filters import WantedFilings
from ex99.crawler.plain_items import plain_submission
from ex99.crawler.watch import read_watch
from ex99.filings.filing import Filing, Listing, Submission
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.served import Served
from ex99.storage.archive import Archive
from ex99.storage.claims import Claims
from ex99.storage.errors import ArchiveError, RowError
from ex99.storage.writer import Writer

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ListedFilings:
    """An item: a company's filings as EDGAR lists them, and the filter that tells which of them the crawl leaves out."""

    listing: Listing
    wanted: WantedFilings

    def states(self) -> dict[AccessionNumber, str]:
        """Where each filing stands by the filter, unless it is archived."""
        found = ((filing.accession, self.wanted.state_of(filing)) for filing in self.listing.filings)
        return {accession: state for accession, state in found if state is not None}


@dataclass(frozen=True, slots=True)
class FailedFiling:
    """An item: a wanted filing that could not be had, to be tried again by the next crawl."""

    accession: AccessionNumber
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """An item: an archived filing that was fetched again, to be compared."""

    submission: Submission


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An item: the answer (status 304) by which EDGAR still has what is archived of a filing."""

    accession: AccessionNumber
    answer: Served


class ArchivePipeline:
    """Writes listings, submissions and failures, one after the other, in one thread beside the event loop.

    One thread, because the order matters (a listing before its filings) and SQLite has one writer anyway. Submissions that come in while
    others are being written, or within SAVE_EVERY, go together into the next transaction. An archive that cannot be written ends the
    crawl: fetching what cannot be kept would waste requests.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._watch = read_watch(crawler)
        self._settings = read_config(crawler)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._archive: Archive | None = None
        self._writer: Writer | None = None
        self._claims: Claims | None = None
        self._run: int | None = None
        self._waiting: deque[tuple[Submission, asyncio.Future[bool]]] = deque()
        self._saving: asyncio.Task[None] | None = None
        self._save_due = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes its pipelines."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Open the archive and begin a crawl run; a refused crawl and an archive that cannot be opened end it here."""
        if refusal := find_refusal(self._settings):
            self._watch.decide("refused", refusal)
            raise CloseSpider("refused")
        try:
            await self._in_thread(self._open)
        except (ArchiveError, OSError) as error:
            self._watch.decide("refused", str(error))
            raise CloseSpider("refused") from error

    def _open(self) -> None:
        settings = self._settings
        self._archive = Archive.open(settings.resolved_database_url, settings.resolved_blob_url, cache=CACHE)
        self._writer = Writer(self._archive)
        self._claims = Claims(self._archive)
        spider = self._crawler.spider
        name, arguments = ("", {}) if spider is None else (spider.name, getattr(spider, "arguments", {}))
        self._run = self._watch.run = self._writer.start_crawl(name, arguments)

    async def archived(self, accessions: Iterable[AccessionNumber]) -> set[AccessionNumber]:
        """Those of these filings that are archived whole already."""
        return await self._write(lambda writer: writer.archived(accessions))

    async def claim(self, accessions: Iterable[AccessionNumber]) -> tuple[set[AccessionNumber], set[AccessionNumber]]:
        """Of these filings those that are this crawl's to fetch now, and those that are archived by now; the others another crawl has."""

        def take(writer: Writer) -> tuple[set[AccessionNumber], set[AccessionNumber]]:
            assert self._claims is not None
            taken = {accession for accession in accessions if self._claims.take(accession)}
            done = writer.archived(taken)
            self._claims.give_back(done)
            return taken - done, done

        return await self._write(take)

    async def industries(self, ciks: Iterable[Cik]) -> dict[Cik, str]:
        """The industry codes of those companies of which the archive knows one."""
        return await self._write(lambda writer: writer.industries(ciks))

    async def list_archived(self, since: dt.date | None, until: dt.date | None, ciks: Sequence[Cik], after: str) -> list[Filing]:
        """The next archived filings between two days, in the order of their accession numbers."""
        return await self._write(lambda writer: writer.list_archived(since, until, ciks, after))

    async def last_answers(self, accessions: Iterable[AccessionNumber]) -> dict[AccessionNumber, tuple[Served, ...]]:
        """The answers in which archived filings came."""
        return await self._write(lambda writer: writer.last_answers(accessions))

    async def process_item(self, item: Any) -> Any:
        """Write an item; its event follows when it is safe in the archive. Filings go on as plain items, to feeds and other pipelines."""
        match item:
            case ListedFilings():
                await self._save_listing(item)
            case Submission():
                await self._save_or_lose(item)
                return plain_submission(item)
            case Rechecked():
                await self._save_or_lose(item.submission, again=True)
            case Unchanged():
                await self._write(lambda writer: writer.save_unchanged(item.accession, item.answer))
                self._watch.checked(item.accession, changed=False)
            case FailedFiling():
                await self._save_failure(item)
            case _:
                raise DropItem(f"an item of a kind that the archive does not know: {type(item).__name__}")
        raise DropItem("kept in the archive, and no filing", log_level="DEBUG")

    async def _save_listing(self, item: ListedFilings) -> None:
        """Save a listing; where that fails by what stands in it, half by half, so that one row costs itself alone."""
        listing = item.listing
        try:
            await self._write(lambda writer: writer.save_listing(listing, self._run, item.states()))
        except DropItem:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is listed
            filings = listing.filings
            if len(filings) < 2:
                subject = filings[0].accession if filings else str(listing.filer.cik)
                self._watch.lost_company(str(listing.filer.cik), "unsaved", f"{subject} cannot be listed: {_describe(error)}")
                return
            for part in (filings[: len(filings) // 2], filings[len(filings) // 2 :]):
                await self._save_listing(replace(item, listing=replace(listing, filings=part)))

    async def _save_or_lose(self, submission: Submission, *, again: bool = False) -> None:
        """Save a submission (``again``: one that is archived already); one that cannot be saved while others can is a failed filing."""
        try:
            changed = await self._save(submission)
        except DropItem:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is listed
            accession, message = submission.filing.accession, f"it cannot be saved: {_describe(error)}"
            self._watch.lost_filing(accession, "unsaved", message)
            await self._save_failure(FailedFiling(accession, "unsaved", message))
        else:
            if again:
                self._watch.checked(submission.filing.accession, changed=changed)
            else:
                self._watch.archived(submission.filing, submission.choice)

    async def _save_failure(self, failed: FailedFiling) -> None:
        def save(writer: Writer) -> None:
            writer.save_failure(failed.accession, failed.code, failed.message, self._run)
            self._give_back([failed.accession])

        await self._write(save)

    def _give_back(self, accessions: Iterable[AccessionNumber]) -> None:
        if self._claims is not None:
            self._claims.give_back(accessions)

    async def _save(self, submission: Submission) -> bool:
        """Have a submission saved, together with others that wait; returns when it is in the archive, and whether it had changed."""
        saved: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((submission, saved))
        if self._saving is None or self._saving.done():
            self._saving = asyncio.ensure_future(self._save_waiting())
        return await saved

    async def _save_waiting(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._save_due - time.monotonic())
            self._save_due = time.monotonic() + SAVE_EVERY
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
            try:
                changed = await self._save_batch([submission for submission, _ in batch])
            except Exception as error:  # noqa: BLE001 - whatever it is, it goes to those who wait for it
                await self._save_singly(batch, error)
            else:
                for submission, saved in batch:
                    saved.set_result(submission.filing.accession in changed)

    async def _save_batch(self, submissions: Sequence[Submission]) -> list[AccessionNumber]:
        """Save submissions together; returns those that were archived otherwise before."""

        def save(writer: Writer) -> list[AccessionNumber]:
            changed = writer.save_submissions(submissions, self._run)
            self._give_back(submission.filing.accession for submission in submissions)
            return changed

        return await self._write(save)

    async def _save_singly(self, batch: Sequence[tuple[Submission, asyncio.Future[bool]]], error: Exception) -> None:
        """After a batch that failed: one that cannot be saved must not cost the others."""
        for submission, saved in batch:
            try:
                if len(batch) == 1 or self._watch.stopping:
                    raise error
                changed = await self._save_batch([submission])
            except Exception as own:  # noqa: BLE001 - as above
                saved.set_exception(own)
            else:
                saved.set_result(bool(changed))

    async def close_spider(self) -> None:
        """End the crawl run with its report, and close the archive."""
        try:
            if self._writer is not None and self._run is not None:
                report = self._watch.close()
                stats = asdict(report) | {"losses": [asdict(loss) for loss in report.losses[:MOST_LOSSES_KEPT]]}
                await self._in_thread(lambda: self._finish(report.outcome, stats))
        finally:
            self._thread.shutdown(wait=True)

    def _finish(self, outcome: str, stats: dict[str, object]) -> None:
        assert self._archive is not None
        assert self._writer is not None
        assert self._run is not None
        assert self._claims is not None
        self._claims.close()
        self._writer.finish_crawl(self._run, outcome, stats)
        self._archive.close()

    async def _write(self, step: Callable[[Writer], _T]) -> _T:
        writer = self._writer
        if writer is None:
            raise DropItem("the archive is not open")
        try:
            return await self._in_thread(lambda: step(writer))
        except RowError:
            raise
        except (ArchiveError, OSError) as error:
            self._watch.stop("archive", f"the archive cannot be written: {error}")
            raise DropItem(str(error)) from error

    async def _in_thread(self, step: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, step)


def _describe(error: Exception) -> str:
    return str(error) if isinstance(error, ArchiveError) else f"{type(error).__name__}: {error}"


CACHE = 4 * 2**20
"""Bytes of a SQLite database that a crawl keeps in memory: with more its memory would grow with the archive, and it writes at the ends."""

SAVE_EVERY = 0.1
"""Seconds from the beginning of one transaction to that of the next: at 8 requests a second each submission has its own, at once."""

MOST_AT_ONCE = 32
"""Submissions that are saved in one transaction: so long does another process wait for the database."""

MOST_LOSSES_KEPT = 1000
"""Losses that go into the crawl run's row; every one also stands with its filing."""


def read_pipeline(crawler: Crawler) -> ArchivePipeline:
    """The crawl's pipeline; raises TypeError where it is not enabled."""
    pipeline = crawler.get_item_pipeline(ArchivePipeline)
    if pipeline is None:
        raise TypeError("ex99.crawler.pipeline.ArchivePipeline is not enabled; build Scrapy's settings with build_scrapy_settings")
    return pipeline
