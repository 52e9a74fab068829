"""What of an archive one should look at by eye, without labels: gaps and contradictions within releases, between them, and over time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.proof import AGAINST
from ex99.filings.release import GRADES
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, ReleaseFilter
from ex99.storage.histories import SeriesPair, list_all_series
from ex99.storage.release_queries import list_figures, list_releases
from ex99.storage.rows import FigureRow, ReleaseRow
from ex99.storage.splits import IMPLAUSIBLE
from ex99.storage.vintages import Vintage

AUDIT_KINDS: dict[str, str] = {
    "parse_failed": "a release that could not be parsed",
    "core_missing": "a results release whose reported quarter (or year) lacks revenue, net income or earnings per share",
    "table_lost": "a statement whose columns stayed undated or whose scale stayed unknown, or a table that could not be read",
    "arithmetic": "figures that contradict their own statement: sums, balance, earnings per share, dilution, sign",
    "contradicted": "a figure that the same release contradicts elsewhere, and that no arithmetic of its statement confirms",
    "differs": "one period, two releases, two values: by more than rounding, no split, not marked as restated",
    "hole": "quarters missing from a series, though results releases that report quarters in between are archived",
}
"""What an entry is of, in the order in which a release or a company is looked at."""

_LOST = frozenset({"columns_undated", "scale_unknown", "table_failed"})
_RESULTS = "results"
_NEAR_DAYS = 10
_CORE: tuple[tuple[str, ...], ...] = (
    ("revenue", "net_interest_income"), ("net_income", "net_income_to_common"), ("eps_basic",), ("eps_diluted",),
)  # fmt: skip
"""What a quarter should have: of each group one."""
_HELD = ("revenue", "net_income", "eps_diluted")
"""Metrics whose series are looked through for holes."""
# "(As restated)", "2019 Recast", "As Adjusted", "Revised": columns and rows whose figures were changed on purpose
_MARKED = re.compile(r"restat|recast|revis|as\s+adjusted|reclassif|retrospective|pro\s+forma", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing to look at. Of two values ``value`` is the later one, or the one taken, and ``other`` what contradicts it."""

    kind: str
    cik: Cik | None
    company: str | None
    accession: AccessionNumber | None = None
    filing_date: dt.date | None = None
    document_id: int | None = None
    metric: str | None = None
    basis: str | None = None
    duration: str | None = None
    period_end: dt.date | None = None
    value: Decimal | None = None
    unit: str | None = None
    other: Decimal | None = None
    other_accession: AccessionNumber | None = None
    words: str


def list_audit(
    archive: Archive,
    ciks: Collection[int] = (),
    *,
    kinds: Collection[str] = (),
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Iterator[AuditEntry]:
    """Entries by release in the order of filing, then by company and series; ``since`` and ``until`` bound the (later) filing date.

    Streaming: one release, then one company, is in memory at a time.
    """
    wanted = frozenset(kinds or AUDIT_KINDS)
    if wanted - {"differs", "hole"}:
        for release, figures in _read_releases(archive, ciks, since, until):
            yield from (entry for entry in audit_release(release, figures) if entry.kind in wanted)
    if wanted & {"differs", "hole"}:
        reported = _list_reported(archive, ciks)
        for cik, pairs in groupby(list_all_series(archive, ciks), key=lambda pair: pair.latest.cik):
            entries = _of_periods([entry for pair in pairs for entry in audit_series(pair, reported.get(cik, ()))])
            yield from (entry for entry in entries if entry.kind in wanted and _is_filed_within(entry, since, until))


def _is_filed_within(entry: AuditEntry, since: dt.date | None, until: dt.date | None) -> bool:
    day = entry.filing_date
    return day is None or ((since is None or day >= since) and (until is None or day <= until))


def _of_periods(entries: Sequence[AuditEntry]) -> list[AuditEntry]:
    """A company's entries, one for all metrics of a period that differ between the same two releases: a restatement moves most lines."""
    together: dict[object, list[AuditEntry]] = {}
    for entry in entries:
        period = (entry.accession, entry.other_accession, entry.duration, entry.period_end)
        together.setdefault(period if entry.kind == "differs" else (entry.kind, entry.metric, *period), []).append(entry)
    return [_join(same) for same in together.values()]


def _join(entries: Sequence[AuditEntry]) -> AuditEntry:
    """The first of some entries, with the words of all."""
    first = entries[0]
    if len(entries) == 1:
        return first
    values = ", ".join(f"{_name(e.metric, e.basis)} {e.value:f} against {e.other:f}" for e in entries)
    return replace(first, words=f"{len(entries)} figures of the period: {values}")


def _name(metric: str | None, basis: str | None) -> str:
    return f"{metric}" if basis == "gaap" else f"{metric} ({basis})"


def _read_releases(
    archive: Archive, ciks: Collection[int], since: dt.date | None, until: dt.date | None
) -> Iterator[tuple[ReleaseRow, list[FigureRow]]]:
    """Every current release with its figures; the two queries have the same order."""
    where = {"ciks": ciks, "since": since, "until": until}
    groups = groupby(list_figures(archive, FigureFilter(**where)), key=lambda figure: figure.release_id)  # type: ignore[arg-type]
    pending = next(groups, None)
    for release in list_releases(archive, ReleaseFilter(**where)):  # type: ignore[arg-type]
        if pending is not None and pending[0] == release.id:
            figures = list(pending[1])
            pending = next(groups, None)
        else:
            figures = []
        yield release, figures


def audit_release(release: ReleaseRow, figures: Sequence[FigureRow]) -> Iterator[AuditEntry]:
    """What one release lacks or contradicts in itself."""
    if release.error_code is not None:
        yield _of_release(release, "parse_failed", f"{release.error_code}: {release.error_message}")
        return
    if release.kind == _RESULTS:
        yield from _missing_core(release, figures)
    for warning in release.warnings:
        if warning.code in _LOST:
            yield _of_release(release, "table_lost", f"{warning.code}: {warning.message}")
    yield from _contradicted(release, figures)


def _of_release(release: ReleaseRow, kind: str, words: str, figure: FigureRow | None = None) -> AuditEntry:
    """An entry on a release, or on one of its figures."""
    entry = AuditEntry(
        kind=kind, cik=release.ciks[0] if release.ciks else None, company=release.company, accession=release.accession,
        filing_date=release.filing_date, document_id=release.document_id, period_end=release.fiscal_end, words=words,
    )  # fmt: skip
    if figure is None:
        return entry
    told = {name: getattr(figure, name) for name in ("metric", "basis", "duration", "period_end", "value", "unit")}
    return replace(entry, **told)


def _missing_core(release: ReleaseRow, figures: Sequence[FigureRow]) -> Iterator[AuditEntry]:
    end = release.fiscal_end
    if end is None:
        yield _of_release(release, "core_missing", "no reported period was found")
        return
    near = [f for f in figures if f.basis == "gaap" and f.period_end is not None and abs((f.period_end - end).days) <= _NEAR_DAYS]
    duration = "quarter" if any(f.duration == "quarter" for f in near) else "year"
    told = {f.metric for f in near if f.duration == duration}
    missing = [" or ".join(group) for group in _CORE if not told & set(group)]
    if missing:
        yield _of_release(release, "core_missing", f"the {duration} to {end} has no {', '.join(missing)}")


def _contradicted(release: ReleaseRow, figures: Sequence[FigureRow]) -> Iterator[AuditEntry]:
    """One entry for each contradiction and period, with the metrics that it is about."""
    found: dict[tuple[str, str, dt.date | None], list[FigureRow]] = {}
    for figure in figures:
        for code in figure.support:
            if code in AGAINST and (code != "against_mention" or figure.grade == GRADES[-1]):
                found.setdefault((code, figure.duration, figure.period_end), []).append(figure)
    for (code, *_), about in found.items():
        kind = "contradicted" if code == "against_mention" else "arithmetic"
        values = ", ".join(f"{_name(f.metric, f.basis)} {f.value:f}" for f in about)
        yield _of_release(release, kind, f"{AGAINST[code]}: {values}", about[0])


def _list_reported(archive: Archive, ciks: Collection[int]) -> dict[Cik, list[dt.date]]:
    """The ends of the periods that each company's results releases report."""
    reported: dict[Cik, list[dt.date]] = {}
    for release in list_releases(archive, ReleaseFilter(ciks=ciks, kinds=(_RESULTS,))):
        for cik in release.ciks if release.fiscal_end is not None and release.fiscal_quarter is not None else ():
            reported.setdefault(cik, []).append(release.fiscal_end)  # type: ignore[arg-type]
    return reported


def audit_series(pair: SeriesPair, reported: Sequence[dt.date] = ()) -> Iterator[AuditEntry]:
    """Values of one series that differ between releases without a reason told, and holes in which quarters were reported."""
    series = pair.latest
    for restatement in series.restatements:
        if (restatement.note or IMPLAUSIBLE).startswith(IMPLAUSIBLE) and not (
            _is_marked(restatement.before) or _is_marked(restatement.after)
        ):
            yield _difference(pair, restatement.period_end, restatement.after, restatement.before)
    for conflict in series.conflicts:
        if not (_is_marked(conflict.taken) or _is_marked(conflict.other)):
            yield _difference(pair, conflict.period_end, conflict.taken, conflict.other)
    yield from _list_holes(pair, reported)


def _list_holes(pair: SeriesPair, reported: Sequence[dt.date]) -> Iterator[AuditEntry]:
    """Quarters that releases reported and that the series of a core figure lacks."""
    series = pair.latest
    if series.metric not in _HELD or series.basis != "gaap" or series.duration != "quarter":
        return
    for gap in series.gaps:
        between = [end for end in reported if (end - gap.after).days > _NEAR_DAYS and (gap.before - end).days > _NEAR_DAYS]
        if not between:
            continue
        after = next(point.vintage for point in series.points if point.period_end == gap.before)
        told = ", ".join(str(end) for end in sorted(set(between)))
        words = f"{gap.missing} missing between {gap.after} and {gap.before}; releases report {told}"
        yield _of_series(pair, "hole", gap.before, after, words)


def _is_marked(vintage: Vintage) -> bool:
    return _MARKED.search(f"{vintage.source.row or ''} {vintage.source.column or ''}") is not None


def _difference(pair: SeriesPair, end: dt.date, taken: Vintage, other: Vintage) -> AuditEntry:
    words = f"{taken.source.row or taken.source.text!r} against {other.source.row or other.source.text!r}"
    entry = _of_series(pair, "differs", end, taken, words)
    return replace(entry, value=taken.value, unit=taken.unit, other=other.value, other_accession=other.accession)


def _of_series(pair: SeriesPair, kind: str, end: dt.date, vintage: Vintage, words: str) -> AuditEntry:
    series = pair.latest
    return AuditEntry(
        kind=kind, cik=series.cik, company=pair.history.company, accession=vintage.accession, filing_date=vintage.filing_date,
        document_id=vintage.document_id, metric=series.metric, basis=series.basis, duration=series.duration, period_end=end, words=words,
    )  # fmt: skip
