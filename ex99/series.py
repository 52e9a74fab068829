"""A company's history of one metric as rows: one point a period, with what was known when, and where it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from ex99.asking import Day, read_day
from ex99.companies import CompanyWord, find_company
from ex99.errors import UserError
from ex99.filings.fields import gather
from ex99.filings.identifiers import AccessionNumber
from ex99.filings.metrics import METRICS
from ex99.metrics import check_basis, check_duration, check_grade, check_metrics, default_basis, default_duration
from ex99.rows import Rows
from ex99.splits import adjust_series, factor_since, find_splits
from ex99.storage.archive import Archive
from ex99.storage.growth import find_growth
from ex99.storage.rows import CompanyRow
from ex99.storage.series import Series, list_series, read_series
from ex99.storage.splits import Split


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of a series.

    ``change`` is the growth over the same period a year before (0.12 is 12 %), ``sequential`` that over the quarter before, None where
    that is missing or not positive; ``trailing`` is the sum of the last four quarters, of money alone. ``precision`` is the unit of the
    last digit printed, ``rounded`` whether that is coarser than most of the series. ``as_comparative`` says that no release in the
    archive announced the value: the first word on it is a later release's comparative. ``note`` is that of the last restatement.
    """

    period_end: dt.date
    fiscal_year: int | None
    fiscal_quarter: int | None
    calendar_quarter: str
    value: Decimal
    unit: str
    status: str
    change: float | None
    sequential: float | None
    trailing: Decimal | None
    restated: bool
    precision: Decimal
    rounded: bool
    vintages: int
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    source_text: str
    formula: str | None
    as_comparative: bool = False
    note: str | None = None
    grade: str | None = None
    """How sure the point's figure is: A, B or C (of a derived point that of the longer period)."""
    split_factor: Decimal | None = None
    """Of a series adjusted for splits: how many of today's shares a share of that release has become."""


class CompanySeries(Rows[PointRow]):
    """The points of a series as rows, oldest first; ``series`` has all that is known: vintages, gaps, restatements and conflicts."""

    def __init__(self, company: CompanyRow, series: Series, splits: Sequence[Split] | None = None) -> None:
        self.company = company
        self.series = series if splits is None else adjust_series(series, splits)
        self.splits = splits
        super().__init__(lambda: list_points(self.series, splits), PointRow)


def read_company_series(
    archive: Archive,
    company: CompanyWord,
    metric: str,
    *,
    basis: str | None = None,
    duration: str | None = None,
    vintage: str = "latest",
    as_of: Day = None,
    min_grade: str | None = None,
    split_adjusted: bool = False,
) -> CompanySeries:
    """Read one series; raises UserError for unknown words, and for a duration that the metric does not have."""
    (name,) = check_metrics([metric])
    chosen_basis = check_basis(basis) if basis else default_basis(name)
    chosen_duration = check_duration(duration) if duration else default_duration(name)
    if chosen_basis not in METRICS[name].bases:
        raise UserError(f"{name} has no {chosen_basis} basis", f"its basis is {' or '.join(METRICS[name].bases)}")
    if METRICS[name].instant != (chosen_duration == "instant"):
        fitting = "instant" if METRICS[name].instant else "quarter, half, nine_months or year"
        raise UserError(f"{name} has no duration {chosen_duration}", f"its duration is {fitting}")
    if vintage not in ("first", "latest"):
        raise UserError(f"{vintage!r} is no vintage", "it is first or latest; --as-of DATE shows what was known then")
    row = find_company(archive, company)
    series = read_series(
        archive,
        row.cik,
        name,
        chosen_basis,
        chosen_duration,
        vintage=cast("Literal['first', 'latest']", vintage),
        as_of=read_day(as_of, "--as-of", last=True),
        min_grade=check_grade(min_grade) if min_grade else None,
    )
    return CompanySeries(row, series, find_splits(archive, row.cik) if split_adjusted else None)


def describe_available(archive: Archive, company: CompanyRow) -> str:
    """Which series a company has, the longest first: "revenue (quarter, year), eps_diluted (quarter)"."""
    found: dict[str, list[str]] = {}
    for metric, basis, duration, _ in sorted(list_series(archive, company.cik), key=lambda line: -line[3]):
        name = metric if basis == "gaap" else f"{metric} {basis}"
        found.setdefault(name, []).append(duration)
    return ", ".join(f"{name} ({', '.join(durations)})" for name, durations in found.items())


def list_points(series: Series, splits: Sequence[Split] | None = None) -> list[PointRow]:
    """A series' points as flat rows, oldest first; with ``splits`` each says the factor that it was adjusted by."""
    restated = {restatement.period_end: restatement.note for restatement in series.restatements}
    grown = find_growth(series)
    rows = []
    for point, growth in zip(series.points, grown, strict=True):
        factor = None if splits is None else factor_since(point.vintage.filing_date, splits)
        told: dict[str, object] = {
            "restated": point.period_end in restated,
            "rounded": series.is_rounded(point),
            "vintages": len(point.vintages),
        }
        told |= {"as_comparative": point.announced.comparative, "note": restated.get(point.period_end)}
        grew = {"change": growth.year, "sequential": growth.step, "trailing": growth.trailing}
        words = point.vintage.source.text
        rows.append(gather(PointRow, point, point.vintage, **told, **grew, source_text=words, split_factor=factor))
    return rows
