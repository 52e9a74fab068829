"""What was composed: the figures, guidance and documents of each filing, for tests to hold readings against."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from ex99.filings.identifiers import AccessionNumber, Cik


@dataclass(frozen=True, slots=True)
class TruthFigure:
    """One figure that a release prints; ``value`` is in units (dollars, shares), with the sign it means.

    ``period_end`` is None where the release does not say it: a dividend declared belongs to no period that has ended.
    """

    metric: str
    basis: str
    duration: str
    period_end: dt.date | None
    value: Decimal
    unit: str
    comparative: bool


@dataclass(frozen=True, slots=True)
class TruthGuidance:
    """One outlook that a release gives, in units."""

    metric: str
    basis: str
    period: str
    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What one composed filing is.

    ``sequences`` are the documents that are its press releases (empty: none), ``reason`` the code of filings.filing.CHOICE_REASONS
    that a choice should give. ``trap`` names what is odd about it (see TRAPS), or is None. ``style`` is one of STYLES.
    """

    accession: AccessionNumber
    ciks: tuple[Cik, ...]
    form: str
    filed: dt.date
    items: tuple[str, ...]
    kind: str
    style: str
    sequences: tuple[int, ...]
    reason: str
    headline: str | None = None
    dateline: tuple[str, dt.date] | None = None
    fiscal: tuple[int, int, dt.date] | None = None
    """Fiscal year, quarter and the period's end, for results."""
    figures: tuple[TruthFigure, ...] = ()
    guidance: tuple[TruthGuidance, ...] = ()
    trap: str | None = None


@dataclass(frozen=True, slots=True)
class ComposedFiling:
    """A filing's truth and its full submission as EDGAR would serve it."""

    truth: Truth
    data: bytes = field(repr=False)
    tickers: tuple[tuple[int, str, str], ...] = ()
    """(CIK, symbol, name) of the filers that have a symbol."""


STYLES: tuple[str, ...] = ("typewriter", "wordprocessor", "workiva")

TRAPS: dict[str, str] = {
    "co_registrants": "one accession with three filers",
    "amendment": "an 8-K/A",
    "contract": "the EX-99 is a merger agreement",
    "inside_8k": "the release stands inside the 8-K document, with no exhibit entry",
    "blank_items": "the header's ITEM INFORMATION is blank",
    "no_filenames": "documents without FILENAME, so that the primary document is blank",
    "after_graphic": "the EX-99.1 comes after a GRAPHIC",
    "pdf_exhibit": "the EX-99.1 is a uuencoded PDF",
    "no_exhibit": "an 8-K without any exhibit 99",
    "management_change": "a press release without results",
    "second_exhibit": "the EX-99.1 is a contract, the release is EX-99.2",
    "spelled_01": "the exhibit's type is EX-99.01",
    "header_only": "the submission is a header and nothing else",
    "restated": "year-ago figures that differ from those first reported",
    "weeks_53": "a fiscal year of 53 weeks, with a quarter of 14",
    "net_loss": "a quarter with a net loss",
    "successor_form": "an 8-K12B",
    "truncated": "the file ends in the middle of its exhibit",
}
