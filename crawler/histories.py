"""A company's filing history while it is read: the submissions file first, then the overflow pages that the filter reaches into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from ex99.crawler.columns import merge_filings
from ex99.crawler.errors import ListingError
from ex99.crawler.filters import WantedFilings
from ex99.crawler.listings import OverflowPage, list_overflow, read_overflow, read_submissions
from ex99.filings.filing import Filer, Filing, Listing
from ex99.filings.identifiers import Cik


@dataclass(slots=True)
class History:
    """What is known of a company's filings so far; ``odd`` says of each part that could not be read what it was."""

    filer: Filer
    _cik: Cik
    _filings: tuple[Filing, ...]
    _pages: list[OverflowPage]
    _open: OverflowPage | None = None
    odd: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, data: bytes, cik: Cik, wanted: WantedFilings) -> Self:
        """Begin with a submissions file; raises ListingError, also for another company's."""
        file = read_submissions(data)
        if file.filer.cik != cik:
            raise ListingError("another_company", f"the submissions file is of CIK {file.filer.cik}, not of {cik}")
        pages = list_overflow(file.overflow, wanted.since, wanted.until)
        return cls(file.filer, cik, file.filings, list(pages), odd=list(file.odd))

    def add(self, data: bytes) -> None:
        """Take in the page that was asked for; raises ListingError.

        One that holds fewer filings than the submissions file counted is an error too ("short"), and its filings are taken in all the same.
        """
        rows = read_overflow(data, self._cik)
        self._filings = merge_filings(self._filings, rows.filings)
        counted = None if self._open is None else self._open.filing_count
        if counted is not None and rows.listed < counted:
            raise ListingError("short", f"an overflow page lists {rows.listed} filings of {counted}")
        self.odd += rows.odd

    def next_overflow(self) -> str | None:
        """The name of the page to read next; None when all are read."""
        self._open = self._pages.pop(0) if self._pages else None
        return None if self._open is None else self._open.name

    def listing(self) -> Listing:
        """All of it, newest first."""
        return Listing(self.filer, self._filings)
