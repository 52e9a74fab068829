"""Rows that exports alone have: points of all series, restatements and conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from ex99.filings.fields import gather
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.splits import list_all_splits
from ex99.storage.archive import Archive
from ex99.storage.histories import SeriesPair, list_all_series
from ex99.storage.series import Point, Restatement, Vintage


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One point of one series, as first reported and as last restated."""

    cik: Cik
    company: str | None
    metric: str
    basis: str
    duration: str
    period_end: dt.date
    fiscal_year: int | None
    fiscal_quarter: int | None
    calendar_quarter: str
    value: Decimal
    first_value: Decimal
    unit: str
    status: str
    restated: bool
    precision: Decimal
    rounded: bool
    note: str | None
    formula: str | None
    vintages: int
    accession: AccessionNumber
    filing_date: dt.date
    acceptance: dt.datetime | None
    first_accession: AccessionNumber
    first_filing_date: dt.date
    first_acceptance: dt.datetime | None
    first_comparative: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A restatement, or a conflict that a rule resolved: two releases that give one period two values.

    ``kind`` is "restatement" or "conflict"; the value before is the earlier one, of a conflict the one passed over.
    """

    cik: Cik
    company: str | None
    metric: str
    basis: str
    duration: str
    period_end: dt.date
    kind: str
    before: Decimal
    before_unit: str
    before_precision: Decimal | None
    before_accession: AccessionNumber
    before_filing_date: dt.date
    before_acceptance: dt.datetime | None
    before_text: str
    after: Decimal
    after_unit: str
    after_precision: Decimal | None
    after_accession: AccessionNumber
    after_filing_date: dt.date
    after_acceptance: dt.datetime | None
    after_text: str
    note: str | None


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A stock split as releases show it: those filed on ``day`` or later count in new shares, ``ratio`` of them for an old one."""

    cik: Cik
    company: str | None
    day: dt.date
    ratio: Decimal


def list_split_rows(archive: Archive, ciks: Collection[int] = (), *, as_of: dt.date | None = None) -> Iterator[SplitRow]:
    """The splits of each company, streaming, by CIK and day."""
    for series, splits in list_all_splits(archive, ciks, as_of=as_of):
        yield from (gather(SplitRow, split, series) for split in splits)


def list_points(archive: Archive, ciks: Collection[int] = (), *, as_of: dt.date | None = None) -> Iterator[SeriesPoint]:
    """Every point of every series, streaming, by CIK, metric, basis, duration and period end."""
    for pair in list_all_series(archive, ciks, as_of=as_of):
        derived = {point.period_end: point for point in pair.first.points if point.status == "derived"}
        restated = {restatement.period_end: restatement for restatement in pair.latest.restatements}
        for point in pair.latest.points:
            yield _point(pair, point, derived.get(point.period_end, point), restated.get(point.period_end))


def _point(pair: SeriesPair, point: Point, derived: Point, restated: Restatement | None) -> SeriesPoint:
    first: Vintage = point.vintages[0] if point.vintages else derived.vintage
    series = pair.latest
    return gather(
        SeriesPoint,
        point,
        series,
        point.vintage,
        first_value=first.value if point.vintages else derived.value,
        restated=restated is not None,
        note=restated.note if restated else None,
        rounded=series.is_rounded(point),
        vintages=len(point.vintages),
        first_accession=first.accession,
        first_filing_date=first.filing_date,
        first_acceptance=first.acceptance,
        first_comparative=first.comparative,
    )


def list_changes(
    archive: Archive,
    ciks: Collection[int] = (),
    *,
    metrics: Collection[str] = (),
    bases: Collection[str] = (),
    durations: Collection[str] = (),
    conflicts: bool = True,
    as_of: dt.date | None = None,
) -> Iterator[Change]:
    """Restatements, and with ``conflicts`` also those, by CIK, metric, basis, duration and period end."""
    for pair in list_all_series(archive, ciks, metrics=metrics, bases=bases, durations=durations, as_of=as_of):
        found = [_change(pair, ("restatement", r.period_end, r.note), r.before, r.after) for r in pair.latest.restatements]
        if conflicts:
            found += [_change(pair, ("conflict", c.period_end, RULE_WORDS[c.rule]), c.other, c.taken) for c in pair.latest.conflicts]
        yield from sorted(found, key=lambda change: change.period_end)


RULE_WORDS: dict[str, str] = {
    "one_filing": "one filing gives two values: its best release counts, and there the figure that stands first",
    "one_day": "two filings of one day: the last accepted counts, an amendment after what it amends",
    "surer": "a figure of grade C contradicts a surer one: the surer one counts",
}


_SIDE = {
    **{name: attrgetter(name) for name in ("unit", "precision", "accession", "filing_date", "acceptance")},
    "text": attrgetter("source.text"),
}


def _change(pair: SeriesPair, what: tuple[str, dt.date, str | None], before: Vintage, after: Vintage) -> Change:
    series, (kind, end, note) = pair.latest, what
    sides = {f"{side}_{name}": get(told) for side, told in (("before", before), ("after", after)) for name, get in _SIDE.items()}
    return gather(Change, series, period_end=end, kind=kind, before=before.value, after=after.value, note=note, **sides)
