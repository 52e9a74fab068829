"""The rows that queries return: frozen, typed, free of SQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.release import Figure, Guidance, ParseWarning, Passage, Ticker


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company as last heard of; ``tickers`` are (symbol, exchange or None) pairs, ``filings`` counts what the archive lists."""

    cik: Cik
    name: str | None
    sic: str | None
    state: str | None
    fiscal_year_end: str | None
    tickers: tuple[tuple[str, str | None], ...]
    former_names: tuple[str, ...]
    filings: int


@dataclass(frozen=True, slots=True)
class FilingRow:
    """A filing and where it stands: ``state`` is a key of FILING_STATES, ``reason`` one of CHOICE_REASONS or the failure's code."""

    id: int
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    period_of_report: dt.date | None
    items: tuple[str, ...]
    ciks: tuple[Cik, ...]
    cik: Cik | None
    company: str | None
    """Name of the first filer."""
    state: str
    reason: str | None
    note: str | None
    failures: int
    size: int | None
    primary_document: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of a submission; ``sha256`` is None where its bytes are not kept, ``rank`` 0 for the best press release."""

    id: int
    accession: AccessionNumber
    filing_date: dt.date
    cik: Cik | None
    company: str | None
    """Name of the filing's first filer."""
    sequence: int
    type: str
    filename: str | None
    description: str | None
    size: int
    sha256: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A document that waits for the parser."""

    document_id: int
    sha256: str
    accession: AccessionNumber
    type: str
    filename: str | None
    pipeline: str
    """How it is to be parsed, a key of filings.exhibits.PIPELINES."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """What one parser version made of one document; with ``error_code`` set it is a failed parse and the rest is None or empty."""

    id: int
    document_id: int
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    ciks: tuple[Cik, ...]
    cik: Cik | None
    company: str | None
    """Name of the filing's first filer."""
    document_type: str
    filename: str | None
    sha256: str
    parser_version: str
    current: bool
    pipeline: str
    media_type: str | None
    kind: str | None
    headline: str | None
    place: str | None
    date: dt.date | None
    printed_company: str | None
    fiscal_year: int | None
    fiscal_quarter: int | None
    fiscal_end: dt.date | None
    error_code: str | None
    error_message: str | None
    figures: int
    tickers: tuple[Ticker, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow(Figure):
    """One reported figure with the filing that reports it; ``position`` is its place among the release's figures."""

    release_id: int
    position: int
    document_id: int
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    ciks: tuple[Cik, ...]
    cik: Cik | None
    company: str | None
    fiscal_year: int | None = None
    """Of the figure's own period, in the company's counting, as its current releases tell it."""
    fiscal_quarter: int | None = None
    """The fiscal quarter that its period ends with; None for a year."""
    document_type: str
    """The SGML type of the document that reports it: EX-99.1, EX-99.2 ..."""
    kind: str | None
    parser_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceRow(Guidance):
    """One numeric outlook with the filing that gives it."""

    release_id: int
    position: int
    document_id: int
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    ciks: tuple[Cik, ...]
    cik: Cik | None
    company: str | None
    fiscal_year: int | None
    """Of the period that the release reports."""
    fiscal_quarter: int | None
    parser_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow(Passage):
    """One passage (safe harbor, forward-looking statement, contact ...) with the filing that holds it."""

    release_id: int
    position: int
    document_id: int
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    ciks: tuple[Cik, ...]
    cik: Cik | None
    company: str | None
    fiscal_year: int | None
    """Of the period that the release reports."""
    fiscal_quarter: int | None
    parser_version: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """The full text of a release, into which every source's start and end point."""

    document_id: int
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    ciks: tuple[Cik, ...]
    cik: Cik | None
    company: str | None
    document_type: str
    kind: str | None
    headline: str | None
    fiscal_year: int | None
    fiscal_quarter: int | None
    parser_version: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A release that holds the words looked for, best first; ``snippet`` marks them with [ and ]."""

    release_id: int
    document_id: int
    accession: AccessionNumber
    filing_date: dt.date
    acceptance: dt.datetime | None
    ciks: tuple[Cik, ...]
    cik: Cik | None
    company: str | None
    kind: str | None
    headline: str | None
    snippet: str
    score: float
    """Greater is better; comparable within one answer alone."""


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many filings stand in a state for a reason (a code of CHOICE_REASONS, a failure's code, or None)."""

    state: str
    reason: str | None
    filings: int


@dataclass(frozen=True, slots=True)
class CompanyStatus:
    """A company's filings by state; a filing of several co-registrants counts for each of them."""

    cik: Cik
    name: str | None
    archived: int
    no_release: int
    failed: int
    listed: int
    outside: int
    paper: int

    @property
    def filings(self) -> int:
        """All filings of the company that the archive knows."""
        return self.archived + self.no_release + self.failed + self.listed + self.outside + self.paper


@dataclass(frozen=True, slots=True)
class Status:
    """Every filing accounted for: ``states`` add up to ``filings``; ``parsed + unparsed + parse_errors`` add up to ``releases``.

    ``releases`` counts the documents chosen as press releases, ``stale`` those of them whose current result is of a
    parser version other than the one asked for.
    """

    filings: int
    companies: int
    documents: int
    blobs: int
    """Distinct blobs that rows refer to."""
    states: tuple[StateCount, ...]
    releases: int
    parsed: int
    unparsed: int
    parse_errors: int
    error_codes: tuple[tuple[str, int], ...]
    stale: int
    figures: int
    by_company: tuple[CompanyStatus, ...]

    def count(self, state: str) -> int:
        """How many filings stand in a state."""
        return sum(s.filings for s in self.states if s.state == state)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A crawl run or a parse run; ``label`` is the spider or the parser version; not finished where ``finished`` is None."""

    id: int
    label: str
    arguments: str | None
    started: dt.datetime
    finished: dt.datetime | None
    outcome: str | None
    stats: dict[str, object]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that both parser versions found, with different values."""

    before: FigureRow
    after: FigureRow


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """What changed for one document between two parser versions; ``fields`` are (name, before, after) of the release itself."""

    document_id: int
    accession: AccessionNumber
    fields: tuple[tuple[str, str | None, str | None], ...]
    gained: tuple[FigureRow, ...]
    lost: tuple[FigureRow, ...]
    changed: tuple[FigureChange, ...]
