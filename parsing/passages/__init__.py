"""The words of a release beside its figures: headline, dateline, company, legal passages, statements, guidance, contacts, kind."""

from __future__ import annotations

from dataclasses import dataclass

from filings.release import Dateline, Guidance, ParseWarning, Passage, Ticker
from parsing.document import Document


@dataclass(frozen=True, slots=True)
class PassageFindings:
    """All that ``find_passages`` found; ``passages`` holds every span in the order of the text, the headline's and dateline's included."""

    headline: str | None = None
    dateline: Dateline = Dateline()
    company_name: str | None = None
    tickers: tuple[Ticker, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()


def find_passages(document: Document) -> PassageFindings:
    """Find everything of a release that is not a figure."""
    del document
    return PassageFindings()


def choose_kind(document: Document, findings: PassageFindings, *, has_figures: bool) -> str:
    """The kind of the release (one of DESIGN's vocabulary); ``has_figures`` tells whether income-statement figures of a period were found."""
    del document, findings
    return "results" if has_figures else "other"
