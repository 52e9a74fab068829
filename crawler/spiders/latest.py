"""The spider that follows what is filed, as it is filed."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from dataclasses import replace

from ex99.crawler.errors import PageError
from ex99.crawler.faults import FetchFault
from ex99.crawler.feeds import read_current
from ex99.crawler.filters import FilterError, parse_filter
from ex99.crawler.guarding import read_bug
from ex99.crawler.index_plan import plan_indexes
from ex99.crawler.pipeline import FailedFiling, ListedFilings
from ex99.crawler.politeness import PolitenessMiddleware
from ex99.crawler.spiders.edgar import Found
from ex99.crawler.spiders.indexed import IndexedSpider
from ex99.filings.filing import NEW_YORK, Filer, Filing, Listing
from ex99.filings.forms import is_8k_family
from ex99.filings.identifiers import AccessionNumber

PAGE = 100
"""Entries of a page of the feed; an entry is a filing under one of its filers."""
MOST_PAGES = 20
"""Pages that are read back at the most: the feed ends at its 5,000th entry, with the page that also means an outage."""
SHORTEST_WAIT = 5.0
"""Seconds between two looks at the least."""
INDEXED_AT = dt.time(22, 15)
"""When, in New York, a day's index is looked for; EDGAR writes it at about 22:00."""
INDEX_WAIT = 900.0
"""Seconds after which an index that was not there yet is looked for again."""


class LatestSpider(IndexedSpider):
    """Archives new 8-K filings as they appear: ``-a every=60`` looks once a minute, ``-a hours=8`` ends it after a working day.

    Each look reads the feed of latest filings from its newest page back to one of which everything is known, or to the day ``since``
    (today if none is named). The indexes of the days since then, and each day's own in the evening, bring what the feed did not show.
    Narrowed by ``companies``, ``sics``, items and forms; an index names no items, so a filing that only an index shows passes that filter.
    """

    name = "latest"
    patient = True
    """A host that stays in trouble does not end it: it is tried again every quarter of an hour."""

    def __init__(self, companies: str = "", sics: str = "", every: str = "60", hours: str = "", **arguments: str) -> None:
        super().__init__(companies, sics, every=every, hours=hours, **arguments)
        self._filter_arguments = arguments
        self._index_due = 0.0

    async def begin(self) -> Found:
        """Look, fetch, wait, until told to stop."""
        wanted = parse_filter(self._filter_arguments)
        every = max(_parse_number(self.arguments["every"], "every"), SHORTEST_WAIT)
        hours = self.arguments["hours"]
        end = time.monotonic() + _parse_number(hours, "hours") * 3600 if hours else float("inf")
        if hours:
            asyncio.get_running_loop().call_later(end - time.monotonic(), self._end_at_rest)
        await self.find_companies()
        self.watch.share = 0.0  # no end can be told
        self._next_day = wanted.since or dt.datetime.now(NEW_YORK).date()
        self._wanted = replace(wanted, since=self._next_day)
        while not self.watch.stopping:
            due = time.monotonic() + every
            try:
                async for found in self._look():
                    yield found
                async for found in self._read_indexes(dt.datetime.now(NEW_YORK)):
                    yield found
            except Exception as error:
                if isinstance(error, FetchFault) and (error.code == "stopped" or self.watch.stopping):
                    raise
                self.logger.exception("an error of ex99's own in a look")  # the next look comes soon
                self.watch.lost_company(self.name, "bug", str(read_bug(error)))
            if due > end:
                return
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def _end_at_rest(self) -> None:
        """End in the middle of a look, where that waits for a host in trouble."""
        politeness = self.crawler.get_downloader_middleware(PolitenessMiddleware)
        if politeness is not None and politeness.breaker.resting:
            self.watch.stop("finished", "the time is over, while a host was in trouble")

    async def _look(self) -> Found:
        """Read back from the newest page to one that an earlier look has seen, whose filings are all archived, or that is too old."""
        fresh: set[AccessionNumber] = set()
        for page in range(MOST_PAGES):
            filings = [filing for filing in await self._read_page(page * PAGE) if is_8k_family(filing.form)]
            reached = any(filing.accession in self._claimed and filing.accession not in fresh for filing in filings)
            new = [filing for filing in filings if filing.accession not in self._claimed and not self._is_old(filing)]
            archived = await self.pipeline.archived([filing.accession for filing in new])
            for filing in new:
                fresh.add(filing.accession)
                async for found in self._take(filing, archived):
                    yield found
            if reached or any(self._is_old(filing) for filing in filings) or all(filing.accession in archived for filing in new):
                return

    async def _take(self, filing: Filing, archived: set[AccessionNumber]) -> Found:
        listing = Listing(Filer(filing.filers[0], ""), (filing,))
        inside = self.is_of_companies(filing.filers) and bool(await self.keep_industries([listing]))
        chosen, counts = await self.choose_filings(listing, self._wanted, archived) if inside else ([], None)
        if counts is None or not counts.elsewhere:  # what another crawl has in hand the next look asks for again
            self._claimed.add(filing.accession)
        if chosen and counts is not None:
            yield ListedFilings(listing, self._wanted)
            self.watch.listed(str(filing.filers[0]), f"{filing.form} filed {filing.filing_date}", counts, companies=0)
            yield self.ask_filing(filing.filers[0], filing)

    def _is_old(self, filing: Filing) -> bool:
        return self._wanted.since is not None and filing.filing_date < self._wanted.since

    async def _read_indexes(self, now: dt.datetime) -> Found:
        """The indexes of days that are over: once each; one that is not there by the next noon belongs to a day without filings."""
        last = now.date() if now.time() >= INDEXED_AT else now.date() - dt.timedelta(days=1)
        if self._next_day > last or time.monotonic() < self._index_due:
            return
        wanted = replace(self._wanted, since=None)  # a day's index may list filings of the day before
        for file in plan_indexes(self._next_day, last, now.date()):
            listings = await self.read_index(file, wanted if file.daily else self._wanted, now.date())
            if listings is None and now < dt.datetime.combine(file.until + dt.timedelta(days=1), dt.time(12), NEW_YORK):
                self._index_due = time.monotonic() + INDEX_WAIT
                return
            async for found in self.ask_listings(listings or [], wanted):
                yield found
            self._next_day = file.until + dt.timedelta(days=1)
        self._next_day = last + dt.timedelta(days=1)

    def fail_filing(self, filing: Filing, fault: FetchFault) -> FailedFiling | None:
        """A fresh filing may not be served everywhere yet: the next look that lists it tries again."""
        self._claimed.discard(filing.accession)
        return super().fail_filing(filing, fault)

    async def _read_page(self, start: int) -> tuple[Filing, ...]:
        """A page of the feed; one that cannot be had is a notice, since the next look comes soon."""
        try:
            response = await self.fetch(self.urls.current("8-K", start, PAGE), "feed")
            odd: list[str] = []
            filings = read_current(response.body, odd)
            for words in odd:
                self.watch.tell("notice", words)
            return filings
        except (FetchFault, PageError) as error:
            if self.watch.stopping:
                raise FetchFault("stopped", "the crawl was stopped first") from error
            self.watch.tell("notice", f"the feed of latest filings cannot be had: {error}")
            return ()


def _parse_number(text: str, name: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise FilterError(f"{name}: expected a number, not {text!r}") from error
    if not 0 <= number < float("inf"):
        raise FilterError(f"{name}: expected a number of 0 or more, not {text!r}")
    return number
