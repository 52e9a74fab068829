"""What every spider has in common: how it asks, and what becomes of one filing."""

from __future__ import annotations

import asyncio
import logging
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from ex99.crawler.answers import AnswerMiddleware
from ex99.crawler.companies import CompanyError, ListedCompany, tell_companies
from ex99.crawler.config import read_config
from ex99.crawler.errors import PageError, ReadError, SubmissionError
from ex99.crawler.events import Counts, CrawlEvent
from ex99.crawler.faults import FetchFault
from ex99.crawler.filters import FilterError, WantedFilings
from ex99.crawler.guarding import guard, read_bug
from ex99.crawler.parts import Parts
from ex99.crawler.pipeline import ArchivePipeline, FailedFiling, read_pipeline
from ex99.crawler.plan import fetch_whole, is_paper
from ex99.crawler.politeness import KIND
from ex99.crawler.proof import read_served
from ex99.crawler.reading_process import SubmissionReader
from ex99.crawler.urls import Urls
from ex99.crawler.watch import CrawlWatch, crawl_event, read_watch
from ex99.filings.filing import Filing, Listing, Submission
from ex99.filings.forms import is_8k_family
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError
from ex99.settings.settings import Settings

Found = AsyncIterator[Any]

READERS_FAULTS = frozenset({"crashed", "too_slow", "out_of_memory", "bug"})
"""What can go wrong in reading with a good answer: asking for it again is no use."""


class EdgarSpider(Spider):
    """A spider over EDGAR: subclasses say what to begin with (``begin``) and end at ``ask_filing`` for each filing that they want."""

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.arguments = arguments
        self._claimed: set[str] = set()
        self._reader = SubmissionReader()

    # What the components know ------------------------------------------------------------------------------------------

    @cached_property
    def config(self) -> Settings:
        """The product's settings."""
        return read_config(self.crawler)

    @cached_property
    def urls(self) -> Urls:
        """EDGAR's addresses."""
        return Urls.of(self.config)

    @cached_property
    def watch(self) -> CrawlWatch:
        """Where progress and losses go."""
        return read_watch(self.crawler)

    @cached_property
    def pipeline(self) -> ArchivePipeline:
        """Where the archive is asked what it has."""
        return read_pipeline(self.crawler)

    # How it begins -----------------------------------------------------------------------------------------------------

    async def start(self) -> Found:
        """Begin; arguments that cannot be meant end the crawl with one line."""
        try:
            async for request in self.begin():
                yield request
            await self._wait_for_items()
        except (CompanyError, FilterError, IdentifierError) as error:
            self.watch.stop("refused", str(error))
        except FetchFault as fault:
            if fault.code != "stopped":
                self.watch.stop("unreachable", str(fault))
        except Exception as error:
            self.logger.exception("an error of ex99's own")
            self.watch.lost_company(self.name, "bug", str(read_bug(error)))

    async def _wait_for_items(self) -> None:
        """Wait until what begin() yielded is archived: an item's end makes no engine look whether all is done, until five seconds later."""
        slot = self.crawler.engine.scraper.slot
        while slot is not None and slot.itemproc_size:
            await asyncio.sleep(0.02)

    async def closed(self, reason: str) -> None:
        """As Scrapy calls it when the crawl is over."""
        await self._reader.close()

    @abstractmethod
    def begin(self) -> Found:
        """The first requests."""

    def ask(
        self, url: str, kind: str, callback: Callable[..., Any], errback: Callable[[Failure], Any], *, priority: int = 0, **kwargs: Any
    ) -> Request:
        """A request of a kind; what belongs to it travels in ``kwargs`` to the callback, and to the errback as the request's cb_kwargs.

        Addresses are never asked twice by construction, so Scrapy's memory of those it has seen (which grows with the crawl) is passed by.
        """
        return Request(
            url,
            guard(callback, self.lose),
            errback=guard(errback, self.lose),
            meta={KIND: kind},
            cb_kwargs=kwargs,
            dont_filter=True,
            priority=priority,
        )

    def lose(self, request: Request, fault: FetchFault) -> Iterator[Any]:
        """Settle what a request was for as lost: its filing, or else its company."""
        filing, cik = request.cb_kwargs.get("filing"), request.cb_kwargs.get("cik")
        if filing is not None:
            yield self.fail_filing(filing, fault)
        else:
            self.watch.lost_company(request.url if cik is None else str(cik), fault.code, str(fault))

    def tell_companies(self, names: Iterable[str], table: Sequence[ListedCompany]) -> list[Cik]:
        """The CIKs of companies; one that cannot be told is a loss. Raises CompanyError where none can."""
        ciks, unknown = tell_companies(names, table)
        for name, message in unknown.items():
            self.watch.lost_company(name, "unknown_company", message, level=logging.ERROR)
        return ciks

    async def fetch(self, url: str, kind: str) -> Response:
        """The good answer to a request, from within begin(); raises FetchFault."""
        return await self.crawler.engine.download_async(Request(url, meta={KIND: kind}, dont_filter=True))

    async def wait_for_room(self) -> None:
        """Wait until the requests yielded so far are under way: what begin() yields then never piles up."""
        if self.crawler.engine.needs_backout():
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    def again(self, response: Response, error: ReadError) -> Request | FetchFault:
        """For an answer that cannot be read: the same request once more, or the fault where that has been done often enough."""
        answers = self.crawler.get_downloader_middleware(AnswerMiddleware)
        assert answers is not None
        assert response.request is not None
        fault = FetchFault("truncated" if error.code == "truncated" else "unreadable", f"{response.url}: {error.message}")
        try:
            return answers.try_again(response.request, fault)
        except FetchFault as final:
            return final

    # One filing --------------------------------------------------------------------------------------------------------

    def claim(self, accession: AccessionNumber) -> bool:
        """Take a filing for this crawl; False where it was taken before, as happens to those of several filers."""
        if accession in self._claimed:
            return False
        self._claimed.add(accession)
        return True

    def forget_archived(self) -> None:
        """From now on a claim ends when the filing is in the archive, so that claims do not grow with the crawl.

        Who lists the filing later finds it there: what is archived must be asked for right before choose_filings.
        """
        self.crawler.signals.connect(self._forget, signal=crawl_event)

    def _forget(self, event: CrawlEvent) -> None:
        if event.kind == "archived":
            self._claimed.discard(event.accession)

    async def find_archived(self, *listings: Listing) -> set[AccessionNumber]:
        """The filings of histories that are archived whole already."""
        return await self.pipeline.archived([filing.accession for listing in listings for filing in listing.filings])

    async def choose_filings(
        self, listing: Listing, wanted: WantedFilings, archived: Container[AccessionNumber]
    ) -> tuple[list[Filing], Counts]:
        """Which of a company's listed filings to ask for, and the counts of all."""
        accepted = [filing for filing in listing.filings if wanted.accepts(filing)]
        fetchable = [filing for filing in accepted if not is_paper(filing)]
        missing = [filing for filing in fetchable if filing.accession not in archived]
        claimed = [filing for filing in missing if self.claim(filing.accession)]
        granted, done = await self.pipeline.claim([filing.accession for filing in claimed]) if claimed else (set(), set())
        chosen = [filing for filing in claimed if filing.accession in granted]
        self._claimed.difference_update(filing.accession for filing in claimed if filing.accession not in granted)
        counts = Counts(
            listed=len(listing.filings),
            outside=len(listing.filings) - len(accepted),
            known=len(fetchable) - len(claimed) + len(done),
            elsewhere=len(claimed) - len(chosen) - len(done),
            nothing_to_fetch=len(accepted) - len(fetchable),
            wanted=len(chosen),
        )
        return chosen, counts

    def ask_filing(self, cik: Cik, filing: Filing) -> Request:
        """The first request for a filing: the full submission, or for a large one the page that lists its documents."""
        if fetch_whole(filing, self.config.full_submission_limit):
            return self.ask(self.urls.full(cik, filing.accession), "full", self.read_full, self.fail_full, cik=cik, filing=filing)
        return self._ask_headers(cik, filing)

    def _ask_headers(self, cik: Cik, filing: Filing) -> Request:
        url = self.urls.headers(cik, filing.accession)
        return self.ask(url, "headers", self.read_headers, self.fail_headers, cik=cik, filing=filing)

    async def read_full(self, response: Response, cik: Cik, filing: Filing) -> Found:
        """A full submission, read beside the event loop."""
        try:
            submission = await self._reader.read(response.body)
            if submission.filing.accession != filing.accession or not is_8k_family(submission.filing.form):
                raise SubmissionError("not_a_submission", f"this is {submission.filing.accession}, a {submission.filing.form}")
        except SubmissionError as error:
            yield self._again_or_fail(response, filing, error)
            return
        yield self.bring(replace(submission, served=(read_served(response),)))

    def bring(self, submission: Submission) -> Any:
        """The item by which a submission goes to the archive."""
        return submission

    def fail_full(self, failure: Failure) -> Iterator[Any]:
        """A full submission that is not to be had; a larger one than anybody said is taken in parts."""
        fault, request = read_failure(failure)
        cik, filing = request.cb_kwargs["cik"], request.cb_kwargs["filing"]
        if fault.code == "too_large":
            yield self._ask_headers(cik, filing)
        else:
            yield self.fail_filing(filing, fault)

    def read_headers(self, response: Response, cik: Cik, filing: Filing) -> Iterator[Any]:
        """The page with a filing's header and its documents' types: the documents worth it are asked for one after the other."""
        yield from self._begin_parts(response, cik, filing, Parts.read)

    def fail_headers(self, failure: Failure) -> Iterator[Any]:
        """Some filings of the 2000s have no such page: the index page has the types too, and the items and times."""
        fault, request = read_failure(failure)
        cik, filing = request.cb_kwargs["cik"], request.cb_kwargs["filing"]
        if fault.code == "absent":
            url = self.urls.index_page(cik, filing.accession)
            yield self.ask(url, "index_page", self.read_index_page, self.fail_part, cik=cik, filing=filing)
        else:
            yield self.fail_filing(filing, fault)

    def read_index_page(self, response: Response, cik: Cik, filing: Filing) -> Iterator[Any]:
        """A filing's index page."""
        yield from self._begin_parts(response, cik, filing, Parts.read_index_page)

    def _begin_parts(self, response: Response, cik: Cik, filing: Filing, read: Callable[[bytes, Filing], Parts]) -> Iterator[Any]:
        try:
            parts = read(response.body, filing)
        except (SubmissionError, PageError) as error:
            yield self._again_or_fail(response, filing, error)
            return
        parts.served.append(read_served(response))
        yield from self._go_on(cik, filing, parts)

    def read_document(self, response: Response, cik: Cik, filing: Filing, parts: Parts) -> Iterator[Any]:
        """One document of a filing that is fetched in parts."""
        try:
            parts.add(response.body)
        except SubmissionError as error:
            yield self._again_or_fail(response, filing, error)
            return
        parts.served.append(read_served(response))
        yield from self._go_on(cik, filing, parts)

    def fail_part(self, failure: Failure) -> Iterator[Any]:
        """A filing without one of its parts is not whole."""
        fault, request = read_failure(failure)
        yield self.fail_filing(request.cb_kwargs["filing"], fault)

    def _go_on(self, cik: Cik, filing: Filing, parts: Parts) -> Iterator[Any]:
        document = parts.next_document()
        if document is None:
            yield self.bring(parts.submission())
            return
        url = self.urls.document(cik, filing.accession, document.filename or "")
        yield self.ask(url, "document", self.read_document, self.fail_part, cik=cik, filing=filing, parts=parts)

    def _again_or_fail(self, response: Response, filing: Filing, error: ReadError) -> Request | FailedFiling | None:
        if error.code in READERS_FAULTS:  # of which the answer is innocent
            return self.fail_filing(filing, FetchFault(error.code, error.message))
        retry = self.again(response, error)
        return retry if isinstance(retry, Request) else self.fail_filing(filing, retry)

    def fail_filing(self, filing: Filing, fault: FetchFault) -> FailedFiling | None:
        """A filing is given up for this time; one that was not even asked for, since the crawl was being stopped, stays open (None)."""
        if fault.code == "stopped":
            return None
        self.watch.lost_filing(filing.accession, fault.code, str(fault))
        return FailedFiling(filing.accession, fault.code, str(fault))


def read_failure(failure: Failure) -> tuple[FetchFault, Request]:
    """What went wrong and with which request; errors that are nobody's fault of the network become a FetchFault too."""
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
    error = failure.value
    if isinstance(error, FetchFault):
        return error, request
    return FetchFault("unreachable", f"{type(error).__name__}: {error}"), request
