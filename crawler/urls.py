"""EDGAR's addresses, on whatever hosts are configured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.settings.settings import Settings

# CIK0000320193-submissions-001.json
_OVERFLOW_NAME = re.compile(r"CIK\d{10}-submissions-\d{1,6}\.json")


@dataclass(frozen=True, slots=True)
class Urls:
    """Builds the addresses; names that EDGAR or a filer supplies are checked or quoted, so that none leads elsewhere."""

    www: str
    data: str

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """On the configured hosts."""
        return cls(settings.www_url, settings.data_url)

    def tickers(self) -> str:
        """The table of tickers."""
        return f"{self.www}/files/company_tickers.json"

    def submissions(self, cik: Cik) -> str:
        """A company's filing history."""
        return f"{self.data}/submissions/{cik.submissions_name}"

    def overflow(self, name: str) -> str:
        """An overflow page of a filing history, by the name that the history gives it; raises ValueError for a name of another shape."""
        if not _OVERFLOW_NAME.fullmatch(name):
            raise ValueError(f"{name[:60]!r} is no overflow page's name")
        return f"{self.data}/submissions/{name}"

    def index(self, path: str) -> str:
        """An index file, by its path below /Archives/edgar/."""
        return f"{self.www}/Archives/edgar/{path}"

    def current(self, form: str, start: int, count: int) -> str:
        """A page of the feed of latest filings; ``form`` is a prefix, ``count`` one of 10, 20, 40, 80, 100."""
        return f"{self.www}/cgi-bin/browse-edgar?action=getcurrent&type={quote(form)}&owner=include&count={count}&start={start}&output=atom"

    def full(self, cik: Cik, accession: AccessionNumber) -> str:
        """A full submission; any of its filers' CIKs will do."""
        return f"{self.www}/Archives/{accession.flat_path(cik)}"

    def headers(self, cik: Cik, accession: AccessionNumber) -> str:
        """The page with a filing's header and its documents' types."""
        return f"{self.www}/Archives/{accession.folder_path(cik)}{accession}-index-headers.html"

    def index_page(self, cik: Cik, accession: AccessionNumber) -> str:
        """The page that lists a filing's documents."""
        return f"{self.www}/Archives/{accession.folder_path(cik)}{accession}-index.htm"

    def document(self, cik: Cik, accession: AccessionNumber, filename: str) -> str:
        """One document of a filing; a file name with a path in it stays one path segment."""
        return f"{self.www}/Archives/{accession.folder_path(cik)}{quote(filename, safe='')}"
