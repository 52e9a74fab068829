"""What a query may ask for: typed filters, each field empty by default; fields combine with "and", the values of one field with "or".

A field's ``Annotated`` hint says which column it is compared with and how; from it storage.conditions makes SQL. A column without a table
is one of the rows that are asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Among:
    """The column holds one of the values."""

    column: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The column holds the value or a greater one."""

    column: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """The column holds the value or a smaller one."""

    column: str


@dataclass(frozen=True, slots=True)
class Is:
    """The column is true, or false."""

    column: str


@dataclass(frozen=True, slots=True)
class Own:
    """A condition of its own, by the field's name in storage.conditions; with ``always`` also where nothing is asked."""

    always: bool = False


Comparison = Among | AtLeast | AtMost | Is | Own


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFilter:
    """Filings by company, form, item number, state, reason, accession number and filing date (both ends included)."""

    ciks: Annotated[Collection[int], Own()] = ()
    accessions: Annotated[Collection[str], Among("filing.accession")] = ()
    forms: Annotated[Collection[str], Among("filing.form")] = ()
    items: Annotated[Collection[str], Own()] = ()
    states: Annotated[Collection[str], Among("filing.state")] = ()
    reasons: Annotated[Collection[str], Among("filing.reason")] = ()
    since: Annotated[dt.date | None, AtLeast("filing.filing_date")] = None
    until: Annotated[dt.date | None, AtMost("filing.filing_date")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter(FilingFilter):
    """Documents, besides the filing's fields, by type (EX-99.2; EX-99 is every exhibit 99), and by whether their bytes are kept."""

    types: Annotated[Collection[str], Own()] = ()
    kept: Annotated[bool | None, Own()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFilter(FilingFilter):
    """Releases, besides the filing's fields, by kind, words of the headline, document, and parser version (None: the current result)."""

    kinds: Annotated[Collection[str], Among("release.kind")] = ()
    contains: Annotated[str | None, Own()] = None
    """Text looked for without regard to case: in a release's headline, a figure's or guidance's source, a passage's text."""
    pipelines: Annotated[Collection[str], Among("release.pipeline")] = ()
    """Keys of filings.exhibits.PIPELINES; where none is named, releases are press releases, figures those of all documents."""
    types: Annotated[Collection[str], Own()] = ()
    """Types of documents (EX-99.2; EX-99 is every exhibit 99), chosen as press releases or not."""
    document_ids: Annotated[Collection[int], Among("document.id")] = ()
    parser_version: Annotated[str | None, Own(always=True)] = None
    errors: Annotated[bool | None, Own()] = None
    """True: failed parses alone; False: successful ones alone; None: both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter(ReleaseFilter):
    """Figures by metric, basis, duration, unit, period end, value (both ends included), comparative and how sure they are.

    Guidance has metrics, bases and units alone of these: ValueError where another is asked of it.
    """

    metrics: Annotated[Collection[str], Among("metric")] = ()
    bases: Annotated[Collection[str], Among("basis")] = ()
    durations: Annotated[Collection[str], Among("duration")] = ()
    units: Annotated[Collection[str], Among("unit")] = ()
    period_from: Annotated[dt.date | None, AtLeast("period_end")] = None
    period_until: Annotated[dt.date | None, AtMost("period_end")] = None
    value_from: Annotated[Decimal | None, AtLeast("value")] = None
    value_until: Annotated[Decimal | None, AtMost("value")] = None
    comparative: Annotated[bool | None, Is("comparative")] = None
    min_grade: Annotated[str | None, AtMost("grade")] = None
    """A, B or C: figures that are at least so sure; such as have no grade yet are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageFilter(ReleaseFilter):
    """Passages by their own kind (safe_harbor, statement ...) and, for statements, whether they name a number."""

    passage_kinds: Annotated[Collection[str], Among("kind")] = ()
    quantitative: Annotated[bool | None, Is("quantitative")] = None
