"""The spider over the whole market, by EDGAR's own indexes."""

from __future__ import annotations

import datetime as dt

from ex99.crawler.filters import FilterError, parse_filter
from ex99.crawler.index_plan import IndexFile, plan_indexes
from ex99.crawler.spiders.edgar import Found
from ex99.crawler.spiders.indexed import IndexedSpider
from ex99.filings.filing import NEW_YORK


class MarketSpider(IndexedSpider):
    """Archives the 8-K filings of all companies between two days: ``-a since=2024-01-01 -a until=2024-03-31``.

    Narrowed by forms, by ``companies`` or by ``sics`` (industry codes). The indexes hold no items, so an item filter is refused; they hold
    no industry either, so ``sics`` costs one request for each company that files in the time and that the archive does not know.
    Requests: one index a quarter and one a day for the last two weeks, and one for each filing that the archive lacks.
    """

    name = "market"

    def __init__(self, companies: str = "", sics: str = "", **arguments: str) -> None:
        super().__init__(companies, sics, **arguments)
        self._filter_arguments = arguments

    async def begin(self) -> Found:
        """Index by index, oldest first; each one's filings are asked for before the next is read."""
        wanted = parse_filter(self._filter_arguments)
        if wanted.since is None:
            raise FilterError("name the first day: -a since=2024-01-01")
        if wanted.items:
            raise FilterError("the indexes list no items: leave the item filter out, and filter the archive when you query it")
        self.forget_archived()
        await self.find_companies()
        today = dt.datetime.now(NEW_YORK).date()
        files = list(plan_indexes(wanted.since, wanted.until or today, today))
        days = sum(_days(file) for file in files)
        done = 0.0
        for file in files:
            part = (done, done := done + _days(file) / days)
            async for found in self.ask_listings(await self.read_index(file, wanted, today) or [], wanted, part):
                yield found


def _days(file: IndexFile) -> int:
    return (file.until - file.since).days + 1
