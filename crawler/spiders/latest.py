"""The spider that follows what is filed, as it is filed."""

from __future__ import annotations

import asyncio
import time

from crawler.errors import PageError
from crawler.faults import FetchFault
from crawler.feeds import read_current
from crawler.filters import FilterError, parse_filter
from crawler.pipeline import FailedFiling
from crawler.spiders.edgar import EdgarSpider, Found
from filings.filing import Filer, Filing, Listing
from filings.forms import is_8k_family
from filings.identifiers import AccessionNumber

PAGE = 100
"""Entries of a page of the feed; an entry is a filing under one of its filers."""
MOST_PAGES = 20
"""Pages that are read back at the most: the feed ends at its 5,000th entry, with the page that also means an outage."""
SHORTEST_WAIT = 5.0
"""Seconds between two looks at the least."""


class LatestSpider(EdgarSpider):
    """Archives new 8-K filings as they appear: ``-a every=60`` looks once a minute, ``-a hours=8`` ends it after a working day.

    Each look reads the feed of latest filings from its newest page back to one of which everything is known; narrowed by items and
    forms. For the days before, and for what a long pause left out of the feed, there is the spider ``market``.
    """

    name = "latest"

    def __init__(self, every: str = "60", hours: str = "", **arguments: str) -> None:
        super().__init__(every=every, hours=hours, **arguments)
        self._filter_arguments = arguments

    async def begin(self) -> Found:
        """Look, fetch, wait, until told to stop."""
        self._wanted = parse_filter(self._filter_arguments)
        every = max(_parse_number(self.arguments["every"], "every"), SHORTEST_WAIT)
        hours = self.arguments["hours"]
        end = time.monotonic() + _parse_number(hours, "hours") * 3600 if hours else float("inf")
        while not self.watch.stopping:
            due = time.monotonic() + every
            async for found in self._look():
                yield found
            if due > end:
                return
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _look(self) -> Found:
        """Read back from the newest page to one that an earlier look has seen, or whose filings are all archived."""
        fresh: set[AccessionNumber] = set()
        for page in range(MOST_PAGES):
            filings = [filing for filing in await self._read_page(page * PAGE) if is_8k_family(filing.form)]
            reached = any(filing.accession in self._claimed and filing.accession not in fresh for filing in filings)
            new = [filing for filing in filings if filing.accession not in self._claimed]
            archived = await self.pipeline.archived([cik for filing in new for cik in filing.filers])
            for filing in new:
                chosen, counts = self.choose_filings(Listing(Filer(filing.filers[0], ""), (filing,)), self._wanted, archived)
                fresh.add(filing.accession)
                self._claimed.add(filing.accession)
                if chosen:
                    yield Listing(Filer(filing.filers[0], ""), (filing,))
                    self.watch.listed(str(filing.filers[0]), f"{filing.form} filed {filing.filing_date}", counts, companies=0)
                    yield self.ask_filing(filing.filers[0], filing)
            if reached or all(filing.accession in archived for filing in new):
                return

    def fail_filing(self, filing: Filing, fault: FetchFault) -> FailedFiling | None:
        """A fresh filing may not be served everywhere yet: the next look that lists it tries again."""
        self._claimed.discard(filing.accession)
        return super().fail_filing(filing, fault)

    async def _read_page(self, start: int) -> tuple[Filing, ...]:
        """A page of the feed; one that cannot be had is a notice, since the next look comes soon."""
        try:
            response = await self.fetch(self.urls.current("8-K", start, PAGE), "feed")
            return read_current(response.body)
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
