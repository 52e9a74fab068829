"""The spider over companies' own filing histories."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from ex99.crawler.companies import CompanyError, needs_table, split_companies
from ex99.crawler.errors import ListingError
from ex99.crawler.faults import FetchFault
from ex99.crawler.filters import FilterError, parse_filter
from ex99.crawler.histories import History
from ex99.crawler.listings import read_company_tickers
from ex99.crawler.pipeline import ListedFilings
from ex99.crawler.spiders.edgar import EdgarSpider, Found, read_failure
from ex99.filings.identifiers import Cik

HISTORIES_AT_ONCE = 4
"""Filing histories that are asked for side by side; each that has been read makes room for the next."""
MOST_ODD = 20
"""Rows of one company's history that are told of one by one where they cannot be read."""
MOST_AHEAD = 2000
"""Wanted filings from which on further histories wait until these are fetched: each takes some 4 kB while it waits."""


class CompanySpider(EdgarSpider):
    """Archives the 8-K filings of companies: ``-a companies=AAPL,1001426``, narrowed by since, until, items and forms.

    Requests: the table of tickers if a company is not named by its CIK, one filing history a company with the overflow pages that the
    filter reaches into, and one request for each wanted filing that the archive lacks (a few for one above full_submission_limit).
    """

    name = "company"

    def __init__(self, companies: str = "", **arguments: str) -> None:
        super().__init__(companies=companies, **arguments)
        self._names = split_companies(companies)
        self._filter_arguments = arguments

    async def begin(self) -> Found:
        """The table of tickers or the filing histories."""
        self._wanted = parse_filter(self._filter_arguments)
        self.forget_archived()
        if not self._names:
            raise FilterError("name at least one company: -a companies=AAPL,1001426")
        if needs_table(self._names):
            yield self.ask(self.urls.tickers(), "tickers", self.read_tickers, self.fail_tickers)
            return
        for request in self._ask_histories(self.tell_companies(self._names, ())):
            yield request

    def read_tickers(self, response: Response) -> Iterator[Any]:
        """Tell every company before the first is crawled; of several one that cannot be told is a loss."""
        try:
            ciks = self.tell_companies(self._names, read_company_tickers(response.body))
        except CompanyError as error:
            self.watch.stop("refused", str(error))
            return
        except ListingError as error:
            retry = self.again(response, error)
            if isinstance(retry, Request):
                yield retry
            else:
                self._do_without_tickers(retry)
            return
        yield from self._ask_histories(ciks)

    def fail_tickers(self, failure: Failure) -> None:
        """Without the table no ticker can be told."""
        self._do_without_tickers(read_failure(failure)[0])

    def _do_without_tickers(self, fault: FetchFault) -> None:
        if fault.code != "stopped":
            self.watch.stop("unreachable", f"the table of tickers cannot be had ({fault}); CIKs are found without it")

    # Histories ---------------------------------------------------------------------------------------------------------

    def _ask_histories(self, ciks: Iterable[Cik]) -> Iterator[Request]:
        self._unasked = deque(dict.fromkeys(ciks))
        self.watch.expected_companies = len(self._unasked)
        for _ in range(HISTORIES_AT_ONCE):
            yield from self._ask_next_history()

    def _ask_next_history(self) -> Iterator[Request]:
        """The next history: before any further filing, so that it is known how long all takes, unless many filings wait already."""
        if self._unasked:
            cik = self._unasked.popleft()
            counts = self.watch.counts
            many = counts.wanted - counts.archived - counts.failed >= MOST_AHEAD
            url = self.urls.submissions(cik)
            yield self.ask(url, "submissions", self.read_history, self.fail_history, priority=-1 if many else 1, cik=cik)

    async def read_history(self, response: Response, cik: Cik) -> Found:
        """A company's submissions file."""
        try:
            history = History.read(response.body, cik, self._wanted)
        except ListingError as error:
            retry = self.again(response, error)
            if isinstance(retry, Request):
                yield retry
                return
            for found in self._lose(cik, retry):
                yield found
            return
        async for found in self._go_on_listing(cik, history):
            yield found

    async def read_overflow(self, response: Response, cik: Cik, history: History) -> Found:
        """An overflow page of it."""
        try:
            history.add(response.body)
        except ListingError as error:
            retry = self.again(response, error)
            if isinstance(retry, Request):
                yield retry
                return
            self._lose_part(cik, retry)
        async for found in self._go_on_listing(cik, history):
            yield found

    def fail_history(self, failure: Failure) -> Iterator[Request]:
        """A company whose history cannot be had; the next one's is asked for."""
        fault, request = read_failure(failure)
        yield from self._lose(request.cb_kwargs["cik"], fault)

    def lose(self, request: Request, fault: FetchFault) -> Iterator[Any]:
        """As every spider; where a history is lost, the next company's is asked for."""
        if "filing" in request.cb_kwargs or "cik" not in request.cb_kwargs:
            yield from super().lose(request, fault)
        else:
            yield from self._lose(request.cb_kwargs["cik"], fault)

    def _lose(self, cik: Cik, fault: FetchFault) -> Iterator[Request]:
        self.watch.expected_companies -= 1
        if fault.code == "absent":
            self.watch.lost_company(str(cik), "absent", f"EDGAR knows no filer with the CIK {cik}")
        elif fault.code != "stopped":
            self.watch.lost_company(str(cik), fault.code, f"its filing history cannot be had: {fault}")
        yield from self._ask_next_history()

    async def fail_overflow(self, failure: Failure) -> Found:
        """What was listed is archived all the same; that it is not everything is a loss."""
        fault, request = read_failure(failure)
        if fault.code == "stopped":
            return
        cik, history = request.cb_kwargs["cik"], request.cb_kwargs["history"]
        self._lose_part(cik, fault)
        async for found in self._go_on_listing(cik, history):
            yield found

    def _lose_part(self, cik: Cik, fault: FetchFault) -> None:
        self.watch.lost_company(str(cik), fault.code, f"a part of its filing history cannot be had: {fault}")

    def _lose_odd(self, cik: Cik, odd: list[str]) -> None:
        for words in odd[:MOST_ODD]:
            self._lose_part(cik, FetchFault("unreadable", words))
        if len(odd) > MOST_ODD:
            self._lose_part(cik, FetchFault("unreadable", f"{len(odd) - MOST_ODD} more rows"))

    async def _go_on_listing(self, cik: Cik, history: History) -> Found:
        while (name := history.next_overflow()) is not None:
            try:
                url = self.urls.overflow(name)
            except ValueError as error:
                self._lose_part(cik, FetchFault("unreadable", str(error)))
                continue
            yield self.ask(url, "overflow", self.read_overflow, self.fail_overflow, priority=1, cik=cik, history=history)
            return
        self._lose_odd(cik, history.odd)
        listing = history.listing()
        yield ListedFilings(listing, self._wanted)
        filings, counts = await self.choose_filings(listing, self._wanted, await self.find_archived(listing))
        self.watch.listed(str(cik), listing.filer.name, counts)
        for request in self._ask_next_history():
            yield request
        for filing in filings:
            yield self.ask_filing(cik, filing)
