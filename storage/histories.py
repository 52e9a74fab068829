"""Every series of many companies, one company after the other: for lists of restatements and for exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ex99.filings.metrics import METRICS
from ex99.storage.archive import Archive
from ex99.storage.panel import CompanyHistory, MetricKey, PanelFilter, list_histories
from ex99.storage.series_model import Series, SeriesKey, build_series
from ex99.storage.splits import SHARE_COUNTS, note_restatement
from ex99.storage.vintages import Vintage, known_until

_FLOWS: tuple[str, ...] = ("quarter", "half", "nine_months", "year")


@dataclass(frozen=True, slots=True)
class SeriesPair:
    """One series, read both ways; the two have the same restatements and conflicts."""

    history: CompanyHistory
    latest: Series
    first: Series


def list_all_series(
    archive: Archive,
    ciks: Collection[int] = (),
    *,
    metrics: Collection[str] = (),
    bases: Collection[str] = (),
    durations: Collection[str] = (),
    as_of: dt.date | None = None,
) -> Iterator[SeriesPair]:
    """All series that have points, by CIK, metric, basis and duration; of all companies, metrics, bases and durations where none is named.

    Restatements carry their notes. One company is in memory at a time.
    """
    keys = [MetricKey(m.name, b) for m in METRICS.values() for b in m.bases if not metrics or m.name in metrics]
    keys += [MetricKey(name) for name in SHARE_COUNTS]
    where = PanelFilter(metrics=list(dict.fromkeys(keys)), duration="any", ciks=ciks, as_of=as_of)
    for history in list_histories(archive, where):
        told: dict[MetricKey, list[Vintage]] = {}
        for vintage in history.vintages:
            told.setdefault(MetricKey(vintage.metric, vintage.basis), []).append(vintage)
        counts = known_until([v for name in SHARE_COUNTS for v in told.get(MetricKey(name), ())], as_of)
        for key in sorted(told):
            if (metrics and key.metric not in metrics) or (bases and key.basis not in bases):
                continue
            for duration in _durations(key.metric):
                if not durations or duration in durations:
                    yield from _pair(history, SeriesKey(history.cik, *key, duration), told[key], counts, as_of)


def _durations(metric: str) -> tuple[str, ...]:
    return ("instant",) if METRICS[metric].instant else _FLOWS


def _pair(
    history: CompanyHistory, key: SeriesKey, told: list[Vintage], counts: list[Vintage], as_of: dt.date | None
) -> Iterator[SeriesPair]:
    known = known_until(told, as_of)
    latest = build_series(key, known, history.calendar, as_of=as_of, company=history.company)
    if not latest.points:
        return
    first = build_series(key, known, history.calendar, choice="first", as_of=as_of, company=history.company)
    noted = latest.with_notes(lambda restatement: note_restatement(restatement, counts, key.metric))
    yield SeriesPair(history, noted, first)
