"""A company's history of one metric: points, vintages, restatements, derived fourth quarters, gaps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from filings.identifiers import AccessionNumber, Cik
from filings.release import Source
from storage.archive import Archive

VintageChoice = Literal["first", "latest"]


@dataclass(frozen=True, slots=True)
class Vintage:
    """One release's word on a point. ``known`` is when it was known: the acceptance time, else the filing date's end."""

    value: Decimal
    unit: str
    period_end: dt.date
    """As this release prints it."""
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    document_id: int
    release_id: int
    position: int
    comparative: bool
    qualifier: str | None
    source: Source
    rounding: Decimal
    """The unit of the last digit printed: 1000 for "4,085" in thousands."""


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a period. ``status`` is "reported" or "derived" (year less nine months); a derived point has no vintages of its own.

    ``vintage`` is the chosen one (of the year's figure where derived); ``formula`` says how a derived value came about.
    """

    period_end: dt.date
    value: Decimal
    unit: str
    status: Literal["reported", "derived"]
    vintage: Vintage
    vintages: tuple[Vintage, ...]
    """In the order in which they became known."""
    fiscal_year: int | None
    fiscal_quarter: int | None
    calendar_quarter: str
    """Such as 2024Q1: the calendar quarter that holds most of the fiscal one."""
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Periods missing between two points."""

    after: dt.date
    before: dt.date
    missing: int


@dataclass(frozen=True, slots=True)
class Restatement:
    """A later release that gives another value, by more than rounding; ``note`` says "split 7:1" where share counts moved so."""

    period_end: dt.date
    duration: str
    before: Vintage
    after: Vintage
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that disagree within one day or one release; ``taken`` is the one that the rule takes."""

    period_end: dt.date
    taken: Vintage
    other: Vintage
    rule: str


@dataclass(frozen=True, slots=True)
class Series:
    """A series, its points by period end."""

    cik: Cik
    company: str | None
    metric: str
    basis: str
    duration: str
    vintage: VintageChoice
    as_of: dt.date | None
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    restatements: tuple[Restatement, ...]
    conflicts: tuple[Conflict, ...]


def read_series(
    archive: Archive,
    cik: int,
    metric: str,
    basis: str = "gaap",
    duration: str = "quarter",
    *,
    vintage: VintageChoice = "latest",
    as_of: dt.date | None = None,
) -> Series:
    """Read one series; ``as_of`` leaves out whatever became known after that day (New York)."""
    raise NotImplementedError


def list_series(archive: Archive, cik: int) -> list[tuple[str, str, str, int]]:
    """The (metric, basis, duration) triples that a company's current releases report, with the count of figures."""
    raise NotImplementedError
