"""What a parser run changed: the current results of documents before and after, compared figure by figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, ReleaseFilter
from ex99.storage.queries import list_figures, list_releases
from ex99.storage.rows import FigureChange, FigureRow, ReleaseDiff, ReleaseRow

_FIELDS = ("kind", "headline", "place", "date", "printed_company", "fiscal_year", "fiscal_quarter", "fiscal_end", "error_code")

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The current release and figures of some documents."""

    releases: dict[int, ReleaseRow] = field(default_factory=dict)
    figures: dict[int, list[FigureRow]] = field(default_factory=dict)


def take_snapshot(archive: Archive, documents: Sequence[int]) -> Snapshot:
    """Read what is current for these documents."""
    releases = {row.document_id: row for row in list_releases(archive, ReleaseFilter(document_ids=documents))}
    figures: dict[int, list[FigureRow]] = {}
    for row in list_figures(archive, FigureFilter(document_ids=documents)):
        figures.setdefault(row.document_id, []).append(row)
    return Snapshot(releases, figures)


def compare_snapshots(before: Snapshot, after: Snapshot) -> list[ReleaseDiff]:
    """The documents that had a result before and differ now, with what was changed, gained and lost."""
    diffs = []
    for document, release in after.releases.items():
        if document not in before.releases:
            continue
        fields = _compare_fields(before.releases[document], release)
        changed, gained, lost = _compare_figures(before.figures.get(document, []), after.figures.get(document, []))
        if fields or changed or gained or lost:
            diffs.append(ReleaseDiff(document, release.accession, fields, gained, lost, changed))
    return diffs


def _compare_fields(before: ReleaseRow, after: ReleaseRow) -> tuple[tuple[str, str | None, str | None], ...]:
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in _FIELDS]
    return tuple((name, _text(old), _text(new)) for name, old, new in pairs if old != new)


def _compare_figures(
    before: Sequence[FigureRow], after: Sequence[FigureRow]
) -> tuple[tuple[FigureChange, ...], tuple[FigureRow, ...], tuple[FigureRow, ...]]:
    old, new = _by_key(before), _by_key(after)
    changed, gained, lost = [], [], []
    for key in dict.fromkeys([*old, *new]):
        gone = [row for row in old.get(key, []) if not any(row.value == other.value for other in new.get(key, []))]
        come = [row for row in new.get(key, []) if not any(row.value == other.value for other in old.get(key, []))]
        paired = min(len(gone), len(come))
        changed += [FigureChange(row, other) for row, other in zip(gone[:paired], come[:paired], strict=True)]
        lost += gone[paired:]
        gained += come[paired:]
    return tuple(changed), tuple(gained), tuple(lost)


def _by_key(rows: Sequence[FigureRow]) -> dict[_Key, list[FigureRow]]:
    found: dict[_Key, list[FigureRow]] = {}
    for row in rows:
        found.setdefault((row.metric, row.basis, row.duration, str(row.period_end), row.unit), []).append(row)
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)
