"""A company's filing history while it is read: the submissions file first, then the overflow pages that the filter reaches into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ex99.crawler.filters import WantedFilings
from ex99.crawler.listings import OverflowPage, list_overflow, merge_filings, read_overflow, read_submissions
from ex99.filings.filing import Filer, Filing, Listing
from ex99.filings.identifiers import Cik


@dataclass(slots=True)
class History:
    """What is known of a company's filings so far."""

    filer: Filer
    _cik: Cik
    _filings: tuple[Filing, ...]
    _pages: list[OverflowPage]

    @classmethod
    def read(cls, data: bytes, cik: Cik, wanted: WantedFilings) -> Self:
        """Begin with a submissions file; raises ListingError."""
        file = read_submissions(data)
        return cls(file.filer, cik, file.filings, list(list_overflow(file.overflow, wanted.since, wanted.until)))

    def add(self, data: bytes) -> None:
        """Take in an overflow page; raises ListingError."""
        self._filings = merge_filings(self._filings, read_overflow(data, self._cik))

    def next_overflow(self) -> str | None:
        """The name of the page to read next; None when all are read."""
        return self._pages.pop(0).name if self._pages else None

    def listing(self) -> Listing:
        """All of it, newest first."""
        return Listing(self.filer, self._filings)
