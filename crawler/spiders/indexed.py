"""What the spiders over the market share: reading index files, and narrowing their filings to companies or industries."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

from ex99.crawler.companies import ListedCompany, needs_table, split_companies
from ex99.crawler.errors import ListingError, PageError
from ex99.crawler.faults import FetchFault
from ex99.crawler.filters import WantedFilings, split_list
from ex99.crawler.guarding import read_bug
from ex99.crawler.index_files import list_companies
from ex99.crawler.index_plan import IndexFile
from ex99.crawler.listings import read_company_tickers, read_submissions
from ex99.crawler.pipeline import ListedFilings
from ex99.crawler.spiders.edgar import EdgarSpider, Found
from ex99.filings.filing import Listing
from ex99.filings.identifiers import Cik

BATCH = 100
"""Companies that are settled at once: what is archived of them, and their industries where those are asked for."""

MOST_ODD = 20
"""Rows of an index that are told of one by one where they cannot be read."""

LATE = dt.timedelta(days=7)
"""So long after its quarter has begun an index may still be missing."""


class IndexedSpider(EdgarSpider):
    """A spider over the market: ``companies`` (tickers, CIKs or names) and ``sics`` (industry codes) narrow it, each all by default."""

    def __init__(self, companies: str = "", sics: str = "", **arguments: str) -> None:
        super().__init__(companies=companies, sics=sics, **arguments)
        self._sics = frozenset(split_list(sics))
        self._ciks: frozenset[Cik] = frozenset()
        self._industries: dict[Cik, str | None] = {}

    async def find_companies(self) -> None:
        """Tell the companies; the table of tickers is asked for only where one is not named by its CIK. Raises CompanyError, FetchFault."""
        names = split_companies(self.arguments["companies"])
        table: Sequence[ListedCompany] = ()
        if needs_table(names):
            try:
                table = read_company_tickers((await self.fetch(self.urls.tickers(), "tickers")).body)
            except ListingError as error:
                raise FetchFault("unreadable", f"the table of tickers cannot be read ({error.message}); name CIKs") from error
        self._ciks = frozenset(self.tell_companies(names, table))

    def is_of_companies(self, ciks: Sequence[Cik]) -> bool:
        """Whether a filing of these filers is one of the companies asked for."""
        return not self._ciks or not self._ciks.isdisjoint(ciks)

    async def read_index(self, file: IndexFile, wanted: WantedFilings, today: dt.date) -> list[Listing] | None:
        """An index file's wanted filings by company, None where there is no such file; one that cannot be had is a loss, and gives []."""
        try:
            response = await self.fetch(self.urls.index(file.path), "index")
            odd: list[str] = []
            listings = await asyncio.to_thread(list_companies, response.body, file, wanted, self._ciks, odd)
            for words in odd[:MOST_ODD]:
                self.watch.lost_company(file.path, "unreadable", words)
            if len(odd) > MOST_ODD:
                self.watch.lost_company(file.path, "unreadable", f"{len(odd) - MOST_ODD} more rows")
            return listings
        except PageError as error:
            self.watch.lost_company(file.path, "unreadable", error.message)
        except FetchFault as fault:
            if fault.code == "stopped" or self.watch.stopping:
                raise
            if fault.code != "absent":
                self.watch.lost_company(file.path, fault.code, str(fault))
            elif file.daily or today - file.since <= LATE:
                return None
            else:
                self.watch.lost_company(file.path, "absent", "EDGAR has no such index")
        except Exception as error:
            self.logger.exception("an error of ex99's own over %s", file.path)
            self.watch.lost_company(file.path, "bug", str(read_bug(error)))
        return []

    async def ask_listings(self, listings: Sequence[Listing], wanted: WantedFilings, part: tuple[float, float] | None = None) -> Found:
        """Save the listings, and ask for what the archive lacks of them, no faster than it is fetched.

        ``part`` is what these listings are of the whole crawl, as (share before, share after), for the estimate of its end.
        """
        for start in range(0, len(listings), BATCH):
            batch = await self.keep_industries(listings[start : start + BATCH])
            archived = await self.find_archived(*batch)
            chosen = [(listing, *await self.choose_filings(listing, wanted, archived)) for listing in batch]
            if part is not None:
                self.watch.share = part[0] + (part[1] - part[0]) * start / len(listings)
            for listing, filings, counts in chosen:
                yield ListedFilings(listing, wanted)
                self.watch.listed(str(listing.filer.cik), listing.filer.name, counts)
                for filing in filings:
                    await self.wait_for_room()
                    yield self.ask_filing(listing.filer.cik, filing)

    async def keep_industries(self, listings: Sequence[Listing]) -> list[Listing]:
        """The listings of companies in the industries asked for; what the archive does not know of them costs a request each."""
        if not self._sics:
            return list(listings)
        unknown = {listing.filer.cik for listing in listings} - self._industries.keys()
        if unknown:
            self._industries |= await self.pipeline.industries(unknown)
            await asyncio.gather(*(self._read_industry(cik) for cik in sorted(unknown - self._industries.keys())))
        return [listing for listing in listings if self._industries[listing.filer.cik] in self._sics]

    async def _read_industry(self, cik: Cik) -> None:
        self._industries[cik] = None
        try:
            response = await self.fetch(self.urls.submissions(cik), "submissions")
            self._industries[cik] = read_submissions(response.body, cik).filer.sic
        except (FetchFault, ListingError) as error:
            if not self.watch.stopping:
                self.watch.lost_company(str(cik), error.code, f"its industry cannot be told: {error}")
