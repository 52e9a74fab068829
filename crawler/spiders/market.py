"""The spider over the whole market, by EDGAR's own indexes."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

from crawler.companies import CompanyError, parse_cik, split_companies
from crawler.errors import ListingError, PageError
from crawler.faults import FetchFault
from crawler.filters import FilterError, WantedFilings, parse_filter, split_list
from crawler.header import NEW_YORK
from crawler.index_files import list_companies
from crawler.index_plan import IndexFile, plan_indexes
from crawler.listings import read_submissions
from crawler.spiders.edgar import EdgarSpider, Found
from filings.filing import Listing
from filings.identifiers import Cik

BATCH = 100
"""Companies that are settled at once: what is archived of them, and their industries where those are asked for."""

LATE = dt.timedelta(days=7)
"""So long after its quarter has begun an index may still be missing."""


class MarketSpider(EdgarSpider):
    """Archives the 8-K filings of all companies between two days: ``-a since=2024-01-01 -a until=2024-03-31``.

    Narrowed by forms, by ``ciks`` or by ``sics`` (industry codes). The indexes hold no items, so an item filter is refused; they hold no
    industry either, so ``sics`` costs one request for each company that files in the time.
    Requests: one index a quarter and one a day for the last two weeks, and one for each filing that the archive lacks.
    """

    name = "market"

    def __init__(self, ciks: str = "", sics: str = "", **arguments: str) -> None:
        super().__init__(ciks=ciks, sics=sics, **arguments)
        self._filter_arguments = arguments
        self._industries: dict[Cik, str | None] = {}

    async def begin(self) -> Found:
        """Index by index, oldest first; each one's filings are asked for before the next is read."""
        wanted = parse_filter(self._filter_arguments)
        if wanted.since is None:
            raise FilterError("name the first day: -a since=2024-01-01")
        if wanted.items:
            raise FilterError("the indexes list no items: leave the item filter out, and filter the archive when you query it")
        self._ciks = frozenset(_parse_ciks(self.arguments["ciks"]))
        self._sics = frozenset(split_list(self.arguments["sics"]))
        today = dt.datetime.now(NEW_YORK).date()
        for file in plan_indexes(wanted.since, wanted.until or today, today):
            listings = await self._read_index(file, wanted, today)
            for start in range(0, len(listings), BATCH):
                batch = await self._keep_industries(listings[start : start + BATCH])
                archived = await self.pipeline.archived([listing.filer.cik for listing in batch])
                for listing in batch:
                    yield listing
                    filings, counts = self.choose_filings(listing, wanted, archived)
                    self.watch.listed(str(listing.filer.cik), listing.filer.name, counts)
                    for filing in filings:
                        await self.wait_for_room()
                        yield self.ask_filing(listing.filer.cik, filing)

    async def _read_index(self, file: IndexFile, wanted: WantedFilings, today: dt.date) -> list[Listing]:
        try:
            response = await self.fetch(self.urls.index(file.path), "index")
            return await asyncio.to_thread(list_companies, response.body, file, wanted, self._ciks)
        except PageError as error:
            self.watch.lost_company(file.path, "unreadable", error.message)
        except FetchFault as fault:
            if fault.code == "stopped" or self.watch.stopping:
                raise
            if fault.code != "absent":
                self.watch.lost_company(file.path, fault.code, str(fault))
            elif not file.daily and today - file.since > LATE:
                self.watch.lost_company(file.path, "absent", "EDGAR has no such index")
        return []

    async def _keep_industries(self, listings: Sequence[Listing]) -> list[Listing]:
        if not self._sics:
            return list(listings)
        unknown = [listing.filer.cik for listing in listings if listing.filer.cik not in self._industries]
        await asyncio.gather(*(self._read_industry(cik) for cik in unknown))
        return [listing for listing in listings if self._industries[listing.filer.cik] in self._sics]

    async def _read_industry(self, cik: Cik) -> None:
        self._industries[cik] = None
        try:
            response = await self.fetch(self.urls.submissions(cik), "submissions")
            self._industries[cik] = read_submissions(response.body).filer.sic
        except (FetchFault, ListingError) as error:
            if not self.watch.stopping:
                self.watch.lost_company(str(cik), error.code, f"its industry cannot be told: {error}")


def _parse_ciks(text: str) -> list[Cik]:
    ciks = []
    for part in split_companies(text):
        cik = parse_cik(part)
        if cik is None:
            raise CompanyError(f"{part!r} is no CIK; the market is narrowed by CIKs: -a ciks=320193,1001426")
        ciks.append(cik)
    return ciks
