"""Which figures another place contradicts: another value for the same metric and period that nothing explains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ex99.filings.fiscal import same_end
from ex99.filings.release import Figure
from ex99.filings.values import same_value
from ex99.parsing.candidates import Candidate
from ex99.parsing.joining.choosing import TWO_LINES
from ex99.parsing.joining.reconcile import UNMARKED
from ex99.parsing.prose.candidate import ProseCandidate

Mention: TypeAlias = "Figure | ProseCandidate"
_Key = tuple[str, str, str]
_BESIDE = {"net_income": TWO_LINES, "eps_basic": "eps_diluted", "eps_diluted": "eps_basic"}
"""Lines that one word may mean: a sentence's "earnings" are those to the company, its amount a share is basic or diluted."""
# "Three Months Ended Mar 31, 2005 As Previously Reported"
_SUPERSEDED = re.compile(r"\b(?:previously|originally|initially) (?:reported|stated)\b", re.IGNORECASE)
# "Cash and cash equivalents at end of period", "Cash, cash equivalents and restricted cash, end of year"
_END_OF_FLOWS = re.compile(r"\b(?:end|close) of (?:the )?(?:period|quarter|year)|\bending\b|\brestricted\b", re.IGNORECASE)


class _Case(NamedTuple):
    """A figure, another mention of it that has another value, and the figures of the same basis, duration and period by metric."""

    figure: Figure
    other: Mention
    beside: Mapping[str, Figure]


def find_contradicted(figures: Sequence[Figure], candidates: Sequence[Candidate], prose: Sequence[ProseCandidate]) -> Iterator[Figure]:
    """Figures for which another place gives a value that is not theirs, rounded or not, and that none of EXPLAINED explains."""
    others: dict[_Key, list[Mention]] = defaultdict(list)
    mentions: list[Mention] = [candidate.figure for candidate in candidates]
    mentions += [claim for claim in prose if claim.sure]
    for mention in mentions:
        others[_key(mention)].append(mention)
    periods: dict[tuple[str, str, object], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        periods[figure.basis, figure.duration, figure.period_end].setdefault(figure.metric, figure)
    for figure in figures:
        if figure.metric == TWO_LINES:
            continue
        beside = periods[figure.basis, figure.duration, figure.period_end]
        differing = (o for o in others[_key(figure)] if same_end(figure.period_end, o.period_end) and not same_value(figure, o))
        if any(not any(explains(case) for explains in EXPLAINED) for case in (_Case(figure, other, beside) for other in differing)):
            yield figure


def _is_same_place(case: _Case) -> bool:
    """The very cell of the figure or of its mentions, read with the sign that arithmetic has turned since."""
    return any(case.other.source.start == place.start for place in (case.figure.source, *case.figure.mentions))


def _is_line_beside(case: _Case) -> bool:
    """A value that the line beside has: income to the company for net income, an amount a share of the other kind where none is said."""
    line = case.beside.get(_BESIDE.get(case.figure.metric, ""))
    if line is None or not same_value(case.other, line):
        return False
    return not case.figure.metric.startswith("eps_") or case.other.qualifier == UNMARKED


def _is_superseded(case: _Case) -> bool:
    """A column that says itself that its values were replaced."""
    return _SUPERSEDED.search(case.other.source.column or "") is not None


def _is_restricted(case: _Case) -> bool:
    """Cash at the end of the cash flows, which counts restricted cash, beside the balance sheet's own line."""
    rows = (case.other.source.row or "", case.figure.source.row or "")
    return (
        case.figure.metric == "cash"
        and case.other.value > case.figure.value
        and _END_OF_FLOWS.search(rows[0]) is not None
        and _END_OF_FLOWS.search(rows[1]) is None
    )


def _is_part(case: _Case) -> bool:
    """A sentence's smaller amount where another sentence gives the figure: it speaks of a part, under its own heading."""
    said = case.other.source.table is None and case.figure.source.table is not None
    smaller = abs(case.other.value) < abs(case.figure.value)
    return said and smaller and any(mention.table is None for mention in case.figure.mentions)


EXPLAINED: tuple[Callable[[_Case], bool], ...] = (_is_same_place, _is_line_beside, _is_superseded, _is_restricted, _is_part)
"""What another value may be without contradicting the figure."""


def _key(mention: Mention) -> _Key:
    return mention.metric, mention.basis, mention.duration
