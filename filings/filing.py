"""A filing as EDGAR lists and serves it: who filed it, when, under which items, and the documents it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from ex99.filings.forms import Item
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.served import Served

NEW_YORK = ZoneInfo("America/New_York")
"""EDGAR's own clock: acceptance times and filing dates are told by it."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a company bore until a day."""

    name: str
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Filer:
    """A company as a filing's header or its submissions file names it; fields that the source does not give are None or empty."""

    cik: Cik
    name: str
    sic: str | None = None
    state: str | None = None
    fiscal_year_end: str | None = None
    """MMDD, as EDGAR gives it."""
    tickers: tuple[tuple[str, str | None], ...] = ()
    """(symbol, exchange or None) pairs."""
    former_names: tuple[FormerName, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing, known by its accession number.

    ``acceptance`` is aware, in EDGAR's own clock (America/New_York), and only ever taken from a source whose zone is sure.
    ``size`` is the length of the full submission in bytes, as the submissions file gives it.
    """

    accession: AccessionNumber
    form: str
    filing_date: dt.date
    filers: tuple[Cik, ...]
    acceptance: dt.datetime | None = None
    period_of_report: dt.date | None = None
    items: tuple[Item, ...] = ()
    size: int | None = None
    primary_document: str | None = None


@dataclass(frozen=True, slots=True)
class FilingDocument:
    """One document of a submission as its SGML wrapper declares it. ``filename`` is the filer's word and never a path."""

    sequence: int
    type: str
    filename: str | None = None
    description: str | None = None
    size: int = 0
    """Bytes between <TEXT> and </TEXT> as served (a uuencoded graphic counts as its armour)."""
    part_of: int | None = None
    """Sequence of the document that this one was cut out of (a release inside the 8-K); None for what EDGAR lists itself."""


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """A document with its bytes: what stood between <TEXT> and </TEXT>, PEM dash-escaping undone; None where it is listed only."""

    document: FilingDocument
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ReleaseChoice:
    """Which documents of a filing are its press releases (their sequence numbers, best first), and why.

    ``reason`` is a code of CHOICE_REASONS; ``note`` says it in words for this filing.
    """

    sequences: tuple[int, ...]
    reason: str
    note: str


FILING_STATES: dict[str, str] = {
    "archived": "fetched, with its press release",
    "no_release": "fetched, holds no press release",
    "failed": "could not be had or read; to be tried again",
    "listed": "still to fetch",
    "outside": "outside the filter of the last crawl that listed it",
    "paper": "made on paper: EDGAR has no bytes of it",
}
"""Where a filing stands in an archive: every one that is known is in exactly one of these states."""
WHOLE_STATES: tuple[str, ...] = ("archived", "no_release")
"""The states in which an archive holds a filing whole."""

CHOICE_REASONS: dict[str, str] = {
    "exhibit_99": "an exhibit 99 that reads as a press release",
    "exhibit_99_only": "the one exhibit 99 of the filing, furnished under an item that announces",
    "other_exhibit": "an exhibit of another number that reads as a press release",
    "inside_8k": "the release stands inside the 8-K document itself",
    "no_exhibit_99": "the filing has no exhibit 99 and no release in its 8-K document",
    "exhibit_not_release": "the exhibits 99 are contracts, presentations or other papers, no press release",
    "not_text": "the exhibit is a PDF, an image or another binary file",
    "header_only": "the submission holds no documents",
}


@dataclass(frozen=True, slots=True)
class Submission:
    """A full submission taken apart: header facts, every document it lists, and the release chosen among them."""

    filing: Filing
    filers: tuple[Filer, ...]
    documents: tuple[FetchedDocument, ...]
    header: bytes = field(repr=False)
    """The header as served, up to the first <DOCUMENT>."""
    choice: ReleaseChoice
    served: tuple[Served, ...] = ()
    """The answers that it was read from, in the order in which they came; empty for files that lay on disk."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A company's filing history as its submissions file and overflow pages list it, newest first, other forms left out."""

    filer: Filer
    filings: tuple[Filing, ...]
