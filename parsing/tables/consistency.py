"""Tables that contradict the statements are other entities' (a segment, a subsidiary, a pro forma): their figures are left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from filings.release import Figure, ParseWarning
from parsing.candidates import PLACE_ORDER, Candidate

_TELLING = frozenset(("revenue", "net_income", "total_assets", "operating_income", "pretax_income", "net_interest_income", "gross_profit"))
_NEAR = dt.timedelta(days=10)
_Key = tuple[str, str, str]


def keep_consistent(candidates: Sequence[Candidate], warnings: list[ParseWarning]) -> list[Candidate]:
    """Candidates in the order of trust (statements, highlights, reconciliations); whole tables that contradict earlier ones go."""
    anchors: dict[_Key, list[Figure]] = {}
    kept: list[Candidate] = []
    for table, group in _by_table(candidates):
        conflicts = [c for c in group if c.figure.metric in _TELLING and c.figure.basis == "gaap" and _contradicts(c.figure, anchors)]
        agreed = [c for c in group if c.figure.metric in _TELLING and c.figure.basis == "gaap" and _agrees(c.figure, anchors)]
        if conflicts and len(conflicts) >= len(agreed):
            names = ", ".join(sorted({c.figure.metric for c in conflicts}))
            warnings.append(ParseWarning("other_entity", f"table {table} contradicts the statements in {names}: left out"))
            continue
        for candidate in group:
            anchors.setdefault(_key(candidate.figure), []).append(candidate.figure)
        kept += group
    return kept


def _by_table(candidates: Iterable[Candidate]) -> list[tuple[int | None, list[Candidate]]]:
    groups: dict[tuple[int, int | None], list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault((PLACE_ORDER.index(candidate.place), candidate.figure.source.table), []).append(candidate)
    return [(table, group) for (_, table), group in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or 0))]


def _key(figure: Figure) -> _Key:
    return figure.metric, figure.basis, figure.duration


def _same_period(figure: Figure, anchors: dict[_Key, list[Figure]]) -> list[Figure]:
    return [
        a
        for a in anchors.get(_key(figure), ())
        if a.period_end is not None and figure.period_end is not None and abs(a.period_end - figure.period_end) <= _NEAR
    ]


def _contradicts(figure: Figure, anchors: dict[_Key, list[Figure]]) -> bool:
    same = _same_period(figure, anchors)
    return bool(same) and not any(is_close(a.value, figure.value) for a in same)


def _agrees(figure: Figure, anchors: dict[_Key, list[Figure]]) -> bool:
    return any(is_close(a.value, figure.value) for a in _same_period(figure, anchors))


def is_close(one: Decimal, other: Decimal) -> bool:
    """Whether two values are one figure printed with different precision."""
    if one == other:
        return True
    return abs(one - other) <= max(abs(one), abs(other)) * Decimal("0.012")
