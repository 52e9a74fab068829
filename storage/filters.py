"""What a query may ask for: typed filters, each field empty by default; fields combine with "and", the values of one field with "or"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFilter:
    """Filings by company (CIK or ticker), form, item number, state, reason, accession number and filing date (both ends included)."""

    ciks: Collection[int] = ()
    tickers: Collection[str] = ()
    accessions: Collection[str] = ()
    forms: Collection[str] = ()
    items: Collection[str] = ()
    states: Collection[str] = ()
    reasons: Collection[str] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFilter(FilingFilter):
    """Releases, besides the filing's fields, by kind, words of the headline, document, and parser version (None: the current result)."""

    kinds: Collection[str] = ()
    contains: str | None = None
    """Text looked for without regard to case: in a release's headline, a figure's or guidance's source, a passage's text."""
    document_ids: Collection[int] = ()
    parser_version: str | None = None
    errors: bool | None = None
    """True: failed parses alone; False: successful ones alone; None: both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter(ReleaseFilter):
    """Figures by metric, basis, duration, unit, period end, value (both ends included), comparative and grade.

    For guidance, durations, periods, values, comparative and grades do not apply.
    """

    metrics: Collection[str] = ()
    bases: Collection[str] = ()
    durations: Collection[str] = ()
    units: Collection[str] = ()
    period_from: dt.date | None = None
    period_until: dt.date | None = None
    value_from: Decimal | None = None
    value_until: Decimal | None = None
    comparative: bool | None = None
    min_grade: str | None = None
    """The least sure grade that will do: B for A and B. What was not graded does not pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageFilter(ReleaseFilter):
    """Passages by their own kind (safe_harbor, statement ...) and, for statements, whether they name a number."""

    passage_kinds: Collection[str] = ()
    quantitative: bool | None = None
