"""What a crawl brings as plain items for Scrapy's feeds (-O filings.jl, filings.csv) and for pipelines after ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ex99.filings.filing import Submission


@dataclass(frozen=True, slots=True)
class PlainFiling:
    """A filing as it went into the archive: words and numbers alone, lists joined by commas, days and times in ISO 8601."""

    accession: str
    form: str
    filing_date: str
    acceptance: str | None
    period_of_report: str | None
    items: str
    ciks: str
    company: str | None
    state: str
    """archived, no_release or failed (FILING_STATES)."""
    reason: str
    """A key of CHOICE_REASONS, or the failure's code."""
    note: str
    documents: int
    release: str | None
    """File name of the press release; None where there is none, or it has no name of its own."""
    release_type: str | None
    url: str | None
    """Where it came from."""


def plain_submission(submission: Submission) -> PlainFiling:
    """A submission that has been archived."""
    filing, choice = submission.filing, submission.choice
    found = {fetched.document.sequence: fetched.document for fetched in submission.documents}
    release = found.get(choice.sequences[0]) if choice.sequences else None
    return PlainFiling(
        accession=str(filing.accession),
        form=filing.form,
        filing_date=filing.filing_date.isoformat(),
        acceptance=_iso(filing.acceptance),
        period_of_report=_iso(filing.period_of_report),
        items=",".join(item.number for item in filing.items),
        ciks=",".join(str(cik) for cik in filing.filers),
        company=submission.filers[0].name if submission.filers else None,
        state="archived" if choice.sequences else "no_release",
        reason=choice.reason,
        note=choice.note,
        documents=len(submission.documents),
        release=None if release is None else release.filename,
        release_type=None if release is None else release.type,
        url=submission.served[0].url if submission.served else None,
    )


def _iso(moment: dt.date | None) -> str | None:
    return None if moment is None else moment.isoformat()
