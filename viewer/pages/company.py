"""A company's history: series with their vintages, the table of quarters, what was revised when, and all its filings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, cast

from ex99.filings.filing import CHOICE_REASONS, FILING_STATES
from ex99.filings.metrics import DURATIONS, METRICS
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.growth import find_growth
from ex99.storage.queries import list_filings, read_company
from ex99.storage.rows import CompanyRow, FilingRow
from ex99.storage.series import Series, list_series, read_series
from ex99.viewer.asking import Answer, Asked, PageError
from ex99.viewer.charts import draw_series

_FIRST_CHOICE = ("revenue", "net_income", "eps_diluted", "net_interest_income", "operating_income")
_SHOWN_AT_FIRST = 2
VINTAGES = ("latest", "first")


def find_one(archive: Archive, cik: int) -> CompanyRow:
    """The company of a CIK; PageError where the archive has none."""
    found = read_company(archive, cik)
    if found is None:
        raise PageError(404, f"the archive holds no company of CIK {cik}", f"`ex99 crawl {cik}` fetches it")
    return found


def show_company(archive: Archive, asked: Asked) -> Answer:
    """The page of one company."""
    company = find_one(archive, asked.path["cik"])
    offered = list_series(archive, company.cik)
    duration = asked.choice("duration", DURATIONS, "quarter")
    metrics = choose_metrics(asked.words("metric"), offered, duration)
    vintage = cast("Literal['first', 'latest']", asked.choice("vintage", VINTAGES, "latest"))
    as_of = asked.day("as_of")
    series = [
        read_series(archive, company.cik, metric, basis, "instant" if METRICS[metric].instant else duration, vintage=vintage, as_of=as_of)
        for metric, basis in metrics
    ]
    filings = list(list_filings(archive, FilingFilter(ciks=[company.cik])))[::-1]
    rows = [row for one in series for row in list_rows(one)]
    return Answer(
        "company.html",
        {"company": company, "series": rows, "restatements": [_revision(one) for one in series], "filings": filings},
        rows,
        {
            "company": company,
            "tables": [(one, list_rows(one), _revision(one), draw_series([(company.name or str(company.cik), one)])) for one in series],
            "offered": sorted({(metric, basis) for metric, basis, _, _ in offered if metric in METRICS}, key=_in_order),
            "chosen": metrics,
            "duration": duration,
            "vintage": vintage,
            "as_of": as_of,
            "days": _days(filings),
            "filings": [(row, explain_state(row)) for row in filings],
        },
    )


def choose_metrics(wanted: Sequence[str], offered: Sequence[tuple[str, str, str, int]], duration: str) -> list[tuple[str, str]]:
    """(metric, basis) pairs to show: those asked for ("eps_diluted", "eps_diluted:nongaap"), else the first that there are."""
    if wanted:
        pairs = [(metric, basis or "gaap") for metric, _, basis in (word.partition(":") for word in wanted)]
        for metric, basis in pairs:
            if metric not in METRICS or basis not in METRICS[metric].bases:
                raise PageError(400, f"{metric}:{basis} is no metric", f"metrics: {', '.join(METRICS)}")
        return pairs
    there = {metric for metric, basis, told, _ in offered if basis == "gaap" and told == duration}
    return [(metric, "gaap") for metric in _FIRST_CHOICE if metric in there][:_SHOWN_AT_FIRST]


def list_rows(series: Series) -> list[dict[str, Any]]:
    """The points of a series as rows, newest first, each with its growth and, where restated, both values and both releases."""
    restated = {r.period_end: r for r in series.restatements}
    rows = []
    for point, growth in zip(series.points, find_growth(series), strict=True):
        told = restated.get(point.period_end)
        rows.append(
            {
                "metric": series.metric,
                "basis": series.basis,
                "duration": series.duration,
                "period_end": point.period_end,
                "fiscal_year": point.fiscal_year,
                "fiscal_quarter": point.fiscal_quarter,
                "calendar_quarter": point.calendar_quarter,
                "value": point.value,
                "unit": point.unit,
                "status": point.status,
                "change": growth.year,
                "sequential": growth.step,
                "trailing": growth.trailing,
                "accession": point.vintage.accession,
                "filing_date": point.vintage.filing_date,
                "position": point.vintage.position,
                "words": point.formula or point.vintage.source.text,
                "first_value": told.before.value if told else None,
                "first_accession": told.before.accession if told else None,
                "restated_value": told.after.value if told else None,
                "restated_accession": told.after.accession if told else None,
                "note": told.note if told else None,
            }
        )
    return rows[::-1]


def _revision(series: Series) -> list[dict[str, Any]]:
    """For each period that several releases report, each release's value and its change against the first."""
    told = []
    for point in reversed(series.points):
        if len(point.vintages) < 2:
            continue
        first = point.vintages[0]
        steps = [
            {
                "filing_date": v.filing_date,
                "accession": v.accession,
                "value": v.value,
                "change": float(v.value / first.value - 1) if first.value and first.unit == v.unit else None,
            }
            for v in point.vintages
        ]
        told.append({"period_end": point.period_end, "fiscal": (point.fiscal_year, point.fiscal_quarter), "vintages": steps})
    return told


def _in_order(pair: tuple[str, str]) -> tuple[str, int]:
    """By basis, in each in the order of the vocabulary."""
    return pair[1], list(METRICS).index(pair[0])


def _days(filings: Sequence[FilingRow]) -> list[dt.date]:
    """The days on which something became known, for the slider."""
    return sorted({row.filing_date for row in filings if row.state == "archived"})


def explain_state(filing: FilingRow) -> str:
    """Where a filing stands and why, in words."""
    state = FILING_STATES.get(filing.state, filing.state)
    reason = CHOICE_REASONS.get(filing.reason or "", filing.reason or "")
    return "; ".join(part for part in (state, reason, filing.note or "") if part)
