"""Pages across companies: a metric side by side on calendar quarters, and what was guided beside what was then reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ex99.filings.metrics import METRICS
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter
from ex99.storage.queries import find_companies, list_guidance
from ex99.storage.rows import CompanyRow, GuidanceRow
from ex99.storage.series import Point, Series, read_series
from ex99.viewer.asking import Answer, Asked, PageError
from ex99.viewer.charts import draw_series

_MOST_COMPANIES = 8
_MOST_LINES = 400
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# third quarter of fiscal 2024 | Q3 2024 | fiscal 2024 | full year 2024
_QUARTER = re.compile(r"\b(?:(first|second|third|fourth)[ -]quarter|q([1-4]))", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def find_company(archive: Archive, word: str) -> CompanyRow:
    """The company that a ticker, CIK or name means; PageError for none or several."""
    found = find_companies(archive, word)
    if not found:
        raise PageError(404, f"the archive knows no company {word!r}", "write a ticker, a CIK or part of a name; the first page lists them")
    exact = [row for row in found if word.upper() in {symbol for symbol, _ in row.tickers} or word == str(int(row.cik))] or found
    if len(exact) > 1:
        raise PageError(
            400, f"{word!r} means {len(exact)} companies", "write the CIK: " + ", ".join(str(int(row.cik)) for row in exact[:8])
        )
    return exact[0]


def show_compare(archive: Archive, asked: Asked) -> Answer:
    """One metric of several companies by calendar quarter."""
    metric = asked.choice("metric", tuple(METRICS), "revenue")
    words = asked.words("companies")
    if len(words) > _MOST_COMPANIES:
        raise PageError(400, f"{len(words)} companies do not stand side by side", f"name at most {_MOST_COMPANIES}")
    companies = list({row.cik: row for row in (find_company(archive, word) for word in words)}.values())
    duration = "instant" if METRICS[metric].instant else "quarter"
    told = [(row.name or str(int(row.cik)), read_series(archive, row.cik, metric, METRICS[metric].bases[0], duration)) for row in companies]
    quarters = sorted({point.calendar_quarter for _, series in told for point in series.points}, reverse=True)
    by_company = [{point.calendar_quarter: point for point in series.points} for _, series in told]
    table = [(quarter, [points.get(quarter) for points in by_company]) for quarter in quarters]
    rows = list(_compare_rows(metric, companies, table))
    shown = {
        "words": words,
        "metric": metric,
        "metrics": tuple(METRICS),
        "companies": companies,
        "table": table,
        "chart": draw_series(told) if rows else None,
    }
    return Answer("compare.html", {"metric": metric, "companies": companies, "rows": rows}, rows, shown)


def _compare_rows(metric: str, companies: Sequence[CompanyRow], table: list[tuple[str, list[Point | None]]]) -> Iterator[dict[str, Any]]:
    """A row for each company's point of each quarter."""
    for quarter, points in table:
        for row, point in zip(companies, points, strict=True):
            if point is not None:
                yield {
                    "calendar_quarter": quarter,
                    "cik": row.cik,
                    "company": row.name,
                    "metric": metric,
                    "period_end": point.period_end,
                    "value": point.value,
                    "unit": point.unit,
                    "accession": point.vintage.accession,
                }


def show_guidance(archive: Archive, asked: Asked) -> Answer:
    """What was guided, by whom and when, newest first, and what was then reported."""
    company = find_company(archive, asked.word("company")) if asked.word("company") else None
    metric = asked.word("metric")
    where = FigureFilter(
        ciks=[company.cik] if company else (), metrics=[metric] if metric else (), since=asked.day("since"), until=asked.day("until")
    )
    lines = list(list_guidance(archive, where))[::-1]
    known: dict[tuple[int, str, str, str], Series] = {}
    rows = [_guidance_row(archive, line, known) for line in lines[:_MOST_LINES]]
    shown = {"company": company, "metric": metric, "left_out": len(lines) - len(rows)}
    return Answer("guidance.html", {"guidance": rows}, rows, shown)


def _guidance_row(archive: Archive, line: GuidanceRow, known: dict[tuple[int, str, str, str], Series]) -> dict[str, Any]:
    point = _find_reported(archive, line, known)
    return {
        "cik": line.ciks[0] if line.ciks else None,
        "company": line.company,
        "filing_date": line.filing_date,
        "accession": line.accession,
        "position": line.position,
        "metric": line.metric,
        "basis": line.basis,
        "period": line.period,
        "low": line.low,
        "high": line.high,
        "unit": line.unit,
        "action": line.action,
        "words": line.source.text,
        "reported": point.value if point else None,
        "reported_in": point.vintage.accession if point else None,
        "outcome": _outcome(line.low, line.high, point.value) if point else None,
    }


def _find_reported(archive: Archive, line: GuidanceRow, known: dict[tuple[int, str, str, str], Series]) -> Point | None:
    """The point of the fiscal period that a line of guidance names, where a later release reports it in the same unit."""
    year = _YEAR.search(line.period or "")
    if line.metric not in METRICS or year is None or not line.ciks or METRICS[line.metric].instant:
        return None
    named = _QUARTER.search(line.period or "")
    quarter = _QUARTERS[(named[1] or named[2]).lower()] if named else None
    key = int(line.ciks[0]), line.metric, line.basis, "year" if quarter is None else "quarter"
    if key not in known:
        known[key] = read_series(archive, *key, vintage="first")
    return _match(known[key].points, int(year[1]), quarter, line)


def _match(points: Sequence[Point], year: int, quarter: int | None, line: GuidanceRow) -> Point | None:
    fitting = (p for p in points if p.fiscal_year == year and p.fiscal_quarter == quarter and p.unit == line.unit)
    return next((p for p in fitting if p.vintage.filing_date > line.filing_date), None)


def _outcome(low: Decimal | None, high: Decimal | None, value: Decimal) -> str:
    if low is not None and value < low:
        return "below"
    return "above" if high is not None and value > high else "within"
