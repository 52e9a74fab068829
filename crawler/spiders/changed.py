"""The spider that asks again, conditionally, for filings that are archived, and keeps what EDGAR has changed since."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy import Request
from scrapy.http import Response

from ex99.crawler.companies import CompanyError, parse_cik, split_companies
from ex99.crawler.filters import WantedFilings
from ex99.crawler.pipeline import Rechecked, Unchanged
from ex99.crawler.proof import read_served
from ex99.crawler.spiders.edgar import EdgarSpider, Found
from ex99.filings.filing import Filing, Submission
from ex99.filings.identifiers import Cik
from ex99.filings.served import Served


class ChangedSpider(EdgarSpider):
    """Asks whether archived filings have changed at EDGAR: ``-a since=2024-01-01 -a until=2024-03-31``, narrowed by ``companies`` (CIKs).

    One request a filing, with the ETag or Last-Modified of the answer that it came in: EDGAR answers an unchanged one with 304 and no body.
    Where neither is known, and where a filing is fetched in parts, it is fetched again and compared.
    """

    name = "changed"

    def __init__(self, companies: str = "", since: str = "", until: str = "") -> None:
        super().__init__(companies=companies, since=since, until=until)

    async def begin(self) -> Found:
        """Filing by filing, in the order of their accession numbers."""
        wanted = WantedFilings.parse(since=self.arguments["since"], until=self.arguments["until"])
        ciks = [_read_cik(name) for name in split_companies(self.arguments["companies"])]
        last = ""
        while filings := await self.pipeline.list_archived(wanted.since, wanted.until, ciks, last):
            answers = await self.pipeline.last_answers([filing.accession for filing in filings])
            self.watch.checking(len(filings))
            for filing in filings:
                await self.wait_for_room()
                yield self._ask_again(filing, answers.get(filing.accession, ()))
            last = filings[-1].accession

    def _ask_again(self, filing: Filing, answers: Sequence[Served]) -> Request:
        request = self.ask_filing(filing.filers[0], filing)
        known = next((answer for answer in reversed(answers) if answer.part == "full" and list_conditions(answer)), None)
        return request if known is None else request.replace(headers=list_conditions(known))

    async def read_full(self, response: Response, cik: Cik, filing: Filing) -> Found:
        """A full submission, or the word that it has not changed."""
        if response.status == 304:
            yield Unchanged(filing.accession, read_served(response))
            return
        async for found in super().read_full(response, cik, filing):
            yield found

    def bring(self, submission: Submission) -> Rechecked:
        """A submission that came again, whatever its marks said: the archive compares it."""
        return Rechecked(submission)


def list_conditions(answer: Served) -> dict[str, str]:
    """The header fields by which to ask whether an answer would still be the same; empty where it named no mark."""
    marks = {"If-None-Match": answer.header("etag"), "If-Modified-Since": answer.header("last-modified")}
    return {name: value for name, value in marks.items() if value}


def _read_cik(name: str) -> Cik:
    cik = parse_cik(name)
    if cik is None:
        raise CompanyError(f"expected a CIK, not {name!r}")
    return cik
