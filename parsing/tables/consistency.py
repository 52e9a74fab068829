"""Tables that contradict the statements are other entities' (a segment, a subsidiary, a pro forma): their figures are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from ex99.filings.fiscal import same_end
from ex99.filings.release import Figure, ParseWarning
from ex99.filings.values import same_value
from ex99.parsing.candidates import PLACE_ORDER, Candidate
from ex99.parsing.rules import rule
from ex99.parsing.tolerances import TOLERANCES

_TELLING = frozenset(("revenue", "net_income", "total_assets", "operating_income", "pretax_income", "net_interest_income", "gross_profit"))
_OTHER_LINES = {"net_income": ("net_income_to_common",)}
"""What another table may print in a metric's stead: a cash flow statement starts from the whole net income or from the company's."""
_Key = tuple[str, str, str]


OTHER_ENTITY = rule("tables.consistency.other_entity", "a table that contradicts the statements is another entity's", leaves_out=True)
OF_DOUBT = rule("tables.consistency.of_doubt", "money of doubtful scale in a table that no other confirms", leaves_out=True)


def keep_consistent(
    candidates: Sequence[Candidate], warnings: list[ParseWarning], consolidated: AbstractSet[int] = frozenset()
) -> list[Candidate]:
    """Candidates in the order of trust (statements, highlights, reconciliations); whole tables that contradict earlier ones go.

    Of a table that no other confirms, figures of doubtful scale go too. ``consolidated`` are the tables whose captions say so: a
    statement without the word comes after one of these with a larger revenue.
    """
    parts = _tables_of_parts(candidates, consolidated)
    anchors: dict[_Key, list[Figure]] = {}
    kept: list[Candidate] = []
    for table, group in _by_table(candidates, parts):
        conflicts = [c for c in group if c.figure.metric in _TELLING and c.figure.basis == "gaap" and _contradicts(c.figure, anchors)]
        agreed = [c for c in group if c.figure.metric in _TELLING and c.figure.basis == "gaap" and _agrees(c.figure, anchors)]
        if conflicts and len(conflicts) >= len(agreed) and OTHER_ENTITY():
            names = ", ".join(sorted({c.figure.metric for c in conflicts}))
            warnings.append(ParseWarning("other_entity", f"table {table} contradicts the statements in {names}: left out"))
            continue
        sure = [c for c in group if agreed or not anchors or c.confidence == 1 or c.place == "statement" or not OF_DOUBT()]
        for candidate in sure:
            anchors.setdefault(_key(candidate.figure), []).append(candidate.figure)
        kept += sure
    return kept


def _tables_of_parts(candidates: Sequence[Candidate], consolidated: AbstractSet[int]) -> set[int | None]:
    """Tables whose revenue is less than that of a consolidated table for the same period, and whose captions do not say consolidated."""
    revenues = [c.figure for c in candidates if c.figure.metric == "revenue" and c.figure.basis == "gaap"]
    whole = [f for f in revenues if f.source.table in consolidated]
    return {
        part.source.table
        for part in revenues
        if part.source.table not in consolidated
        and any(
            w.duration == part.duration and w.period_end == part.period_end and w.value > part.value * TOLERANCES.part_of_whole
            for w in whole
        )
    }


def _by_table(candidates: Iterable[Candidate], parts: AbstractSet[int | None]) -> list[tuple[int | None, list[Candidate]]]:
    groups: dict[tuple[bool, int, int | None], list[Candidate]] = {}
    for candidate in candidates:
        table = candidate.figure.source.table
        groups.setdefault((table in parts, PLACE_ORDER.index(candidate.place), table), []).append(candidate)
    return [(key[2], group) for key, group in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or 0))]


def _key(figure: Figure) -> _Key:
    return figure.metric, figure.basis, figure.duration


def _same_period(figure: Figure, anchors: dict[_Key, list[Figure]]) -> list[Figure]:
    lines = [figure.metric, *_OTHER_LINES.get(figure.metric, ())]
    told = [a for metric in lines for a in anchors.get((metric, figure.basis, figure.duration), ())]
    return [a for a in told if figure.period_end is not None and same_end(a.period_end, figure.period_end)]


def _contradicts(figure: Figure, anchors: dict[_Key, list[Figure]]) -> bool:
    same = _same_period(figure, anchors)
    return bool(same) and not any(same_value(a, figure) or _is_other_line(a, figure) for a in same)


def _agrees(figure: Figure, anchors: dict[_Key, list[Figure]]) -> bool:
    return any(same_value(a, figure) for a in _same_period(figure, anchors))


def _is_other_line(one: Figure, other: Figure) -> bool:
    """Whether two values may be two lines of one company: income before and after a small share of others, say."""
    return abs(one.value - other.value) <= max(abs(one.value), abs(other.value)) * TOLERANCES.other_line
