"""First-reported actuals beside what was expected of them.

The forecast is the user's last estimate of before the release (the median where several are of that day), or, where there is none, the
same quarter a year before (the seasonal random walk: Foster, 1977; Bernard and Thomas, 1990). A standardised surprise is the error of
this forecast over the standard deviation of the errors of the same kind in the eight quarters before, of which four at least are known.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median, stdev

from ex99.errors import UserError
from ex99.filings.filing import NEW_YORK
from ex99.filings.fiscal import same_end
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.metrics import default_duration
from ex99.series import CompanySeries, read_company_series
from ex99.splits import adjust_value, factor_since, find_splits
from ex99.storage.archive import Archive
from ex99.storage.growth import find_beside, find_year_before
from ex99.storage.series import Point
from ex99.storage.splits import Split
from ex99.surprise.estimates import BadLine, Estimate
from ex99.surprise.sessions import find_session

_FEWEST, _MOST, _SPAN = 4, 8, dt.timedelta(800)


@dataclass(frozen=True, slots=True)
class SurpriseRow:
    """One first-reported figure and what was expected. ``model`` is "estimate" or "seasonal", None where nothing is to compare with.

    ``surprise`` is actual less expected, in the figure's unit; ``relative`` that over the size of the expected (0.05 is 5 %).
    """

    company: str | None
    cik: Cik
    metric: str
    basis: str
    duration: str
    period_end: dt.date
    fiscal_year: int | None
    fiscal_quarter: int | None
    actual: Decimal
    unit: str
    model: str | None
    expected: Decimal | None
    estimates: int
    estimate_as_of: dt.date | None
    surprise: Decimal | None
    relative: float | None
    standardised: float | None
    accession: AccessionNumber
    acceptance: dt.datetime | None
    session: str | None
    trading_day: dt.date | None
    source_text: str


@dataclass(slots=True)
class SurpriseReport:
    """The rows by company, metric and period, and the estimates that met no reported figure, each with the reason."""

    rows: list[SurpriseRow] = field(default_factory=list)
    losses: list[BadLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Forecast:
    model: str
    expected: Decimal
    error: Decimal
    """Actual less expected, in the shares of the newest release."""
    count: int = 0
    as_of: dt.date | None = None


def find_surprises(
    archive: Archive, estimates: Iterable[Estimate | BadLine], companies: Sequence[str] = (), metric: str = "eps_diluted"
) -> SurpriseReport:
    """Join estimates to the figures that companies announced; companies given beside them have ``metric`` compared with the year before.

    A figure that the archive knows only as a later release's comparative was not announced there: it has no row.
    """
    report = SurpriseReport()
    asked: dict[tuple[str, str, str, str], list[Estimate]] = defaultdict(list)
    for line in estimates:
        if isinstance(line, BadLine):
            report.losses.append(line)
        else:
            duration = "year" if line.period.year and not line.period.quarter else default_duration(line.metric)
            asked[line.company.casefold(), line.metric, line.basis, duration].append(line)
    for company in companies:
        asked[company.casefold(), metric, "gaap", default_duration(metric)] += []
    words = {word.casefold(): word for word in (*companies, *(line.company for lines in asked.values() for line in lines))}
    splits: dict[Cik, tuple[Split, ...]] = {}
    for (company, name, basis, duration), lines in asked.items():
        try:
            told = read_company_series(archive, words[company], name, basis=basis, duration=duration, vintage="first")
        except UserError as error:
            if not lines:
                raise
            report.losses += [BadLine(line.line, error.message) for line in lines]
            continue
        cik = told.company.cik
        if cik not in splits:
            splits[cik] = find_splits(archive, cik)
        rows, losses = _compare(told, lines, splits[cik])
        report.rows += rows
        report.losses += losses
    report.losses.sort(key=lambda loss: loss.line)
    return report


def _compare(told: CompanySeries, lines: Sequence[Estimate], splits: Sequence[Split]) -> tuple[list[SurpriseRow], list[BadLine]]:
    """A row a point that its own release announced, and the lines that fit no such point or came after the release."""
    name = told.company.name or str(told.company.cik)
    points = [point for point in told.series.points if not point.vintage.comparative]
    of_point: dict[dt.date, list[Estimate]] = defaultdict(list)
    losses: list[BadLine] = []
    for line in lines:
        point = next((point for point in points if _is_period(line, point)), None)
        if point is None:
            losses.append(BadLine(line.line, f"the archive holds no release of {name} that announced {line.metric} for that period"))
        elif line.as_of is not None and line.as_of >= _announced(point):
            losses.append(BadLine(line.line, f"as of {line.as_of}, which is not before the release of {_announced(point)}"))
        else:
            of_point[point.period_end].append(line)
    errors: dict[str, list[tuple[dt.date, Decimal]]] = defaultdict(list)
    rows = []
    for point in points:
        seasonal = _seasonal(told, point, splits)
        forecast = _estimated(told, of_point[point.period_end], point, splits) or seasonal
        rows.append(_row(told, point, forecast, _standardise(forecast, point.period_end, errors)))
        for known in {one.model: one for one in (seasonal, forecast) if one is not None}.values():
            errors[known.model].append((point.period_end, known.error))
    return rows, losses


def _is_period(line: Estimate, point: Point) -> bool:
    period = line.period
    if period.end is not None:
        return same_end(period.end, point.period_end)
    return (period.year, period.quarter) == (point.fiscal_year, point.fiscal_quarter)


def _announced(point: Point) -> dt.date:
    vintage = point.vintage
    return vintage.filing_date if vintage.acceptance is None else vintage.acceptance.astimezone(NEW_YORK).date()


def _estimated(told: CompanySeries, lines: Sequence[Estimate], point: Point, splits: Sequence[Split]) -> _Forecast | None:
    """The last estimates before the release; those without a day count as of no day, and only where none has one."""
    if not lines:
        return None
    last = max((line.as_of for line in lines if line.as_of is not None), default=None)
    values = [line.value for line in lines if line.as_of == last]
    expected = median(values)
    error = adjust_value(point.value - expected, told.series.metric, factor_since(point.vintage.filing_date, splits))
    return _Forecast("estimate", expected, error, len(values), last)


def _seasonal(told: CompanySeries, point: Point, splits: Sequence[Split]) -> _Forecast | None:
    """The year-earlier figure that the same release prints, else the one first reported, in the shares of this release."""
    before = find_year_before(told.series.points, point)
    if before is None or before.unit != point.unit:
        return None
    metric, filed = told.series.metric, point.vintage.filing_date
    beside = find_beside(point.vintage, before)
    between = factor_since(before.vintage.filing_date, splits) / factor_since(filed, splits)
    expected = beside.value if beside is not None else adjust_value(before.value, metric, between)
    error = adjust_value(point.value - expected, metric, factor_since(filed, splits))
    return _Forecast("seasonal", expected, error)


def _standardise(forecast: _Forecast | None, end: dt.date, errors: dict[str, list[tuple[dt.date, Decimal]]]) -> float | None:
    if forecast is None:
        return None
    known = [float(error) for day, error in errors[forecast.model][-_MOST:] if end - day <= _SPAN]
    if len(known) < _FEWEST or not (spread := stdev(known)):
        return None
    return float(forecast.error) / spread


def _row(told: CompanySeries, point: Point, forecast: _Forecast | None, standardised: float | None) -> SurpriseRow:
    series, vintage = told.series, point.vintage
    sight = find_session(vintage.acceptance) if vintage.acceptance is not None else None
    expected = forecast.expected if forecast else None
    surprise = None if expected is None else point.value - expected
    return SurpriseRow(
        company=told.company.name,
        cik=told.company.cik,
        metric=series.metric,
        basis=series.basis,
        duration=series.duration,
        period_end=point.period_end,
        fiscal_year=point.fiscal_year,
        fiscal_quarter=point.fiscal_quarter,
        actual=point.value,
        unit=point.unit,
        model=forecast.model if forecast else None,
        expected=expected,
        estimates=forecast.count if forecast else 0,
        estimate_as_of=forecast.as_of if forecast else None,
        surprise=surprise,
        relative=float(surprise / abs(expected)) if surprise is not None and expected else None,
        standardised=standardised,
        accession=vintage.accession,
        acceptance=vintage.acceptance,
        session=sight.session if sight else None,
        trading_day=sight.trading_day if sight else None,
        source_text=vintage.source.text,
    )
