"""The whole parse: an exhibit's bytes become a PressRelease."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ex99.filings.fiscal import NEAR, Calendar
from ex99.filings.metrics import METRICS
from ex99.filings.release import Figure, FiscalPeriod, PressRelease
from ex99.parsing.candidates import Candidate
from ex99.parsing.document import Document
from ex99.parsing.joining.checks import check_figures
from ex99.parsing.joining.choosing import choose_figures
from ex99.parsing.joining.reconcile import Reconciled, reconcile
from ex99.parsing.joining.reported_period import default_period, find_calendar, gather_evidence
from ex99.parsing.joining.scale_check import correct_scale
from ex99.parsing.joining.signs import settle_tax_signs
from ex99.parsing.passages import PassageFindings, choose_kind, find_passages, rules_of_kind
from ex99.parsing.proof.proving import prove_figures
from ex99.parsing.prose.candidate import ProseCandidate
from ex99.parsing.prose.dividends import find_dividend
from ex99.parsing.prose.find import find_prose_figures
from ex99.parsing.reading import read_document
from ex99.parsing.rules import mark, rule, since, traced
from ex99.parsing.tables.figures import columns_told, find_table_figures
from ex99.parsing.tables.sections import read_tables
from ex99.parsing.version import PARSER_VERSION

_LAST_QUARTER = 4
_NO_REPORT = frozenset({"safe_harbor", "about", "contact", "conference_call"})
_REPORTING_KINDS = frozenset({"results", "preliminary_results", "sales_update"})
_EARNINGS_METRICS = frozenset({"net_income", "net_income_to_common", "eps_basic", "eps_diluted", "net_interest_income"})
_INCOME_METRICS = frozenset({"revenue", "net_income", "net_income_to_common", "eps_basic", "eps_diluted", "net_interest_income"})


COLUMN_AHEAD = rule("joining.ahead", "a column whose period ends after the reported one: an outlook, or a misprint", leaves_out=True)
TRAILING = rule("joining.trailing", "twelve months that end with another quarter than the fiscal year's last", leaves_out=True)
GUIDED = rule("joining.guided", "an amount in a sentence that guides is no result", leaves_out=True)


def read_text(data: bytes) -> str:
    """The canonical text of an exhibit, which every source's offsets refer to; raises ParseError."""
    return read_document(data).text


@traced
def parse_release(data: bytes) -> PressRelease:
    """Parse an exhibit's bytes; raises ParseError where they hold no text that can be read."""
    document = read_document(data)
    findings = find_passages(document)
    reconciled, year_only = read_figures(document, findings)
    has_figures = any(f.metric in _INCOME_METRICS for f in reconciled.figures)
    has_earnings = any(f.metric in _EARNINGS_METRICS or f.source.table is not None for f in reconciled.figures)
    start = mark()
    kind = choose_kind(document, findings, has_figures=has_figures and has_earnings)
    reports = has_figures or kind in _REPORTING_KINDS
    return PressRelease(
        parser_version=PARSER_VERSION,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=document.media_type,
        kind=kind,
        text=document.text,
        headline=findings.headline,
        dateline=findings.dateline,
        company_name=findings.company_name,
        tickers=findings.tickers,
        fiscal_period=fiscal_period_of(reconciled.calendar if reports else None, year_only=year_only),
        figures=reconciled.figures,
        guidance=findings.guidance,
        passages=findings.passages,
        warnings=(*findings.warnings, *reconciled.warnings),
        rules=rules_of_kind(kind, since(start)),
    )


def fiscal_period_of(calendar: Calendar | None, *, year_only: bool) -> FiscalPeriod:
    """The reported quarter; without a quarter where only a year is reported."""
    return FiscalPeriod() if calendar is None else FiscalPeriod(calendar.year, None if year_only else calendar.quarter, calendar.end)


def read_figures(document: Document, findings: PassageFindings) -> tuple[Reconciled, bool]:
    """All figures of tables and sentences, and whether the release reports a year alone."""
    sections, warnings = read_tables(document)
    headline = next(((p.source.start, p.source.end) for p in findings.passages if p.kind == "headline"), None)
    evidence = gather_evidence(document, headline, findings.dateline.date, columns_told(sections))
    calendar, year_only = find_calendar(evidence)
    candidates, doubts = find_table_figures(document, sections, calendar)
    candidates = [c for c in candidates if calendar is None or not (_is_ahead(c, calendar) or _is_trailing(c.figure, calendar))]
    figures, contradictions = choose_figures(candidates)
    dividend = find_dividend(document)
    prose: list[ProseCandidate] = []
    if calendar is not None:
        skip = [(p.source.start, p.source.end) for p in findings.passages if p.kind in _NO_REPORT]
        default = default_period(evidence, calendar, year_only=year_only)
        preliminary = "preliminary" in (findings.headline or "").lower()
        said = find_prose_figures(
            document, calendar, default, skip, preliminary=preliminary, company=findings.called, currency=_currency(figures)
        )
        ahead = [] if preliminary else [(g.source.start, g.source.end) for g in findings.guidance if g.source.table is None]
        prose = [claim for claim in said if not (_is_trailing(claim, calendar) or _lies_in(claim, ahead))]
    figures, corrections = correct_scale(figures, prose)
    figures, failures = check_figures(settle_tax_signs(figures))
    warnings += [*doubts, *contradictions, *corrections, *failures]
    reconciled = reconcile([*figures, *([dividend] if dividend else [])], prose, calendar, warnings)
    proven = prove_figures(reconciled.figures, candidates, prose, sections)
    return replace(reconciled, figures=proven), year_only


def _lies_in(claim: ProseCandidate, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether an amount stands in one of the stretches: what a company guides is no result, unless the release is a preliminary one."""
    return any(start <= claim.source.start < end for start, end in stretches) and GUIDED()


def _currency(figures: Sequence[Figure]) -> str | None:
    """The currency of most of the statements' figures, None where there are none."""
    units = Counter(f.unit.partition("/")[0] for f in figures if METRICS[f.metric].unit in ("money", "per_share"))
    return units.most_common(1)[0][0] if units else None


def _is_ahead(candidate: Candidate, calendar: Calendar) -> bool:
    """Whether a candidate's period ends after the reported one: an outlook, or a misprinted column."""
    end = candidate.figure.period_end
    return end is not None and candidate.figure.duration != "instant" and end > calendar.end + NEAR and COLUMN_AHEAD()


def _is_trailing(figure: Figure | ProseCandidate, calendar: Calendar) -> bool:
    """Whether twelve months end with another quarter than the fiscal year's last: no fiscal year, but the latest four quarters."""
    if figure.duration != "year" or figure.period_end is None or calendar.quarter == _LAST_QUARTER:
        return False
    return calendar.fiscal_quarter(figure.period_end)[1] != _LAST_QUARTER and TRAILING()
