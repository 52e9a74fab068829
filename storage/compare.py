"""Comparing what two parser versions made of the same documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, select
from sqlalchemy.orm import aliased

from ex99.filings.identifiers import AccessionNumber
from ex99.storage.archive import Archive
from ex99.storage.conditions import list_conditions
from ex99.storage.filters import FilingFilter
from ex99.storage.models import Document, Filing, Release
from ex99.storage.release_queries import complete_figures, figure_query
from ex99.storage.rows import FigureChange, FigureRow, ReleaseDiff

FIELDS: tuple[str, ...] = (
    "kind", "headline", "place", "date", "company_name", "fiscal_year", "fiscal_quarter", "fiscal_end", "error_code",
)  # fmt: skip
_CHUNK = 200


def compare_versions(archive: Archive, before: str, after: str, ciks: Collection[int] = ()) -> Iterator[ReleaseDiff]:
    """What changed between two parser versions, for each document that both have seen and that differs, in the order of the archive."""
    last = 0
    while True:
        with archive.connect() as connection:
            pairs = _read_pairs(connection, before, after, ciks, last)
            figures = _read_figures(connection, [release for pair in pairs for release in (pair.before_id, pair.after_id)])
        for pair in pairs:
            diff = _compare(pair, figures[pair.before_id], figures[pair.after_id])
            if diff is not None:
                yield diff
        if len(pairs) < _CHUNK:
            return
        last = pairs[-1].document_id


def _read_pairs(connection: Connection, before: str, after: str, ciks: Collection[int], last: int) -> Sequence[Row[Any]]:
    old, new = aliased(Release), aliased(Release)
    query = (
        select(
            Document.id.label("document_id"),
            Filing.accession,
            old.id.label("before_id"),
            new.id.label("after_id"),
            *(getattr(old, name).label(f"before_{name}") for name in FIELDS),
            *(getattr(new, name).label(f"after_{name}") for name in FIELDS),
        )
        .select_from(Document)
        .join(Filing, Filing.id == Document.filing_id)
        .join(old, and_(old.document_id == Document.id, old.parser_version == before))
        .join(new, and_(new.document_id == Document.id, new.parser_version == after))
        .where(Document.id > last, *list_conditions(FilingFilter(ciks=ciks), Filing))
        .order_by(Document.id)
        .limit(_CHUNK)
    )
    return connection.execute(query).all()


def _read_figures(connection: Connection, releases: list[int]) -> defaultdict[int, list[FigureRow]]:
    found: defaultdict[int, list[FigureRow]] = defaultdict(list)
    rows = connection.execute(figure_query().where(Release.id.in_(releases))).all()
    for figure in complete_figures(connection, rows):
        found[figure.release_id].append(figure)
    return found


def _compare(pair: Row[Any], before: list[FigureRow], after: list[FigureRow]) -> ReleaseDiff | None:
    fields = []
    for name in FIELDS:
        old, new = getattr(pair, f"before_{name}"), getattr(pair, f"after_{name}")
        if old != new:
            fields.append((name, None if old is None else str(old), None if new is None else str(new)))
    gained, lost, changed = compare_figures(before, after)
    if not (fields or gained or lost or changed):
        return None
    return ReleaseDiff(pair.document_id, AccessionNumber(pair.accession), tuple(fields), gained, lost, changed)


def compare_figures(
    before: Sequence[FigureRow], after: Sequence[FigureRow]
) -> tuple[tuple[FigureRow, ...], tuple[FigureRow, ...], tuple[FigureChange, ...]]:
    """Figures gained, lost and changed in value or unit; a figure is known by metric, basis, duration and period end."""
    old, new = _by_key(before), _by_key(after)
    gained: list[FigureRow] = []
    lost: list[FigureRow] = []
    changed: list[FigureChange] = []
    for key in dict.fromkeys([*old, *new]):
        was, now = list(old.get(key, ())), list(new.get(key, ()))
        for figure in list(was):
            same = next((other for other in now if (other.value, other.unit) == (figure.value, figure.unit)), None)
            if same is not None:
                was.remove(figure)
                now.remove(same)
        paired = min(len(was), len(now))
        changed += [FigureChange(a, b) for a, b in zip(was[:paired], now[:paired], strict=True)]
        lost += was[paired:]
        gained += now[paired:]
    return tuple(gained), tuple(lost), tuple(changed)


def _by_key(figures: Sequence[FigureRow]) -> dict[tuple[Any, ...], list[FigureRow]]:
    found: dict[tuple[Any, ...], list[FigureRow]] = {}
    for figure in figures:
        found.setdefault((figure.metric, figure.basis, figure.duration, figure.period_end), []).append(figure)
    return found
