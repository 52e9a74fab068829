"""Choose among the lines of tables that report one metric: the best one is believed, others add periods and mentions or are rejected."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ex99.filings.fiscal import same_end
from ex99.filings.release import Figure, ParseWarning, Source
from ex99.filings.values import precision_of, same_value
from ex99.parsing.candidates import PLACE_ORDER, Candidate
from ex99.parsing.rules import rule
from ex99.parsing.tolerances import TOLERANCES

TWO_LINES = "net_income_to_common"
"""The one metric that a statement may print on two lines, to the company and to its common shareholders; both are kept."""
_COMMON = "to common shareholders"
_COMPANY = "to the company"
# "net income available to common shareholders", "limited partners' interest in net income"
_TO_HOLDERS = re.compile(r"common|holders?\b|shareowners|limited\s+partner", re.IGNORECASE)


CONTRADICTS = rule("joining.choosing.contradicts", "a line that contradicts the one that is believed", leaves_out=True)
SECOND_LINE = rule("joining.choosing.second_line", "of net income to the company and to its common shareholders both lines are kept")
MORE_EXACT = rule("joining.choosing.more_exact", "outside statements the more exact printing of a value is taken")


@dataclass(slots=True)
class _Line:
    """A row of a table as far as it reports one metric: a candidate for each of its periods."""

    order: int
    candidates: list[Candidate] = field(default_factory=list)
    support: int = 0

    @property
    def place(self) -> int:
        return min(PLACE_ORDER.index(c.place) for c in self.candidates)

    @property
    def rank(self) -> int:
        return min(c.rank for c in self.candidates)

    @property
    def table(self) -> int | None:
        return self.candidates[0].figure.source.table

    @property
    def key(self) -> tuple[int, int, int, int]:
        """Smaller is more to be believed: a better place, a better label, more agreement elsewhere, earlier in the text.

        No statement has a non-GAAP line of its own, so there agreement comes first.
        """
        if self.candidates[0].figure.basis == "nongaap":
            return -self.support, self.rank, self.place, self.order
        return self.place, self.rank, -self.support, self.order


def choose_figures(candidates: Sequence[Candidate]) -> tuple[list[Figure], list[ParseWarning]]:
    """(the figures of each metric and basis; a warning for each line that contradicts the believed ones)."""
    metrics: dict[tuple[str, str], dict[tuple[int | None, str | None], _Line]] = defaultdict(dict)
    for order, candidate in enumerate(candidates):
        f = candidate.figure
        lines = metrics[f.metric, f.basis]
        line = lines.setdefault((f.source.table, f.source.row), _Line(order))
        if not any(_same_period(c.figure, f) for c in line.candidates):
            line.candidates.append(candidate)
        else:
            lines.setdefault((f.source.table, f"{f.source.row} {order}"), _Line(order)).candidates.append(candidate)
    figures: list[Figure] = []
    warnings: list[ParseWarning] = []
    for (metric, basis), lines in metrics.items():
        heard = sorted(lines.values(), key=lambda one: (one.place, one.rank, one.order))
        chosen, rejected = _choose_lines(sorted(heard[: TOLERANCES.most_lines], key=lambda one: one.order))
        if len(heard) > TOLERANCES.most_lines:
            words = (
                f"{metric} {basis}: {len(heard) - TOLERANCES.most_lines} of {len(heard)} lines are passed over, more than any release has"
            )
            rejected.append(ParseWarning("tables_differ", words))
        figures += chosen
        warnings += rejected
    return figures, warnings


def _choose_lines(lines: list[_Line]) -> tuple[list[Figure], list[ParseWarning]]:
    for line in lines:
        line.support = sum(_agreement(line, other) for other in lines if other is not line)
    accepted: list[Figure] = []
    places: list[str] = []
    mentions: list[list[Source]] = []
    warnings: list[ParseWarning] = []
    trusted: set[int | None] = set()
    for line in sorted(lines, key=lambda one: one.key):
        pairs = [(c.figure, known) for c in line.candidates for known in accepted if _same_period(c.figure, known)]
        if pairs and not _compatible(pairs) and not (_is_second(line, pairs, trusted) and SECOND_LINE()) and CONTRADICTS():
            warnings.append(_contradiction(pairs))
            continue
        trusted.add(line.table)
        for candidate in line.candidates:
            figure = _with_qualifier(candidate.figure, accepted)
            position = next((i for i, k in enumerate(accepted) if _same_period(figure, k) and same_value(figure, k)), None)
            if position is None:
                accepted.append(figure)
                places.append(candidate.place)
                mentions.append([])
            elif places[position] != "statement" and precision_of(figure) < precision_of(accepted[position]) and MORE_EXACT():
                mentions[position].append(accepted[position].source)
                accepted[position] = replace(figure, rules=(*figure.rules, MORE_EXACT.id))
                places[position] = candidate.place
            else:
                mentions[position].append(figure.source)
    return [replace(f, mentions=tuple(m)) if m else f for f, m in zip(accepted, mentions, strict=True)], warnings


def _is_second(line: _Line, pairs: Sequence[tuple[Figure, Figure]], trusted: set[int | None]) -> bool:
    """Whether a line is the other one of the two that a statement may print."""
    return line.candidates[0].figure.metric == TWO_LINES and line.table in trusted and len(pairs) < 2 * len(line.candidates)


def _with_qualifier(figure: Figure, accepted: Sequence[Figure]) -> Figure:
    """Say on each of the two lines of net income to whom it belongs."""
    if figure.metric != TWO_LINES or figure.qualifier is not None:
        return figure
    named = _COMMON if _TO_HOLDERS.search(figure.source.row or "") else _COMPANY
    taken = {k.qualifier for k in accepted if _same_period(figure, k) and not same_value(figure, k)}
    return replace(figure, qualifier=named if named not in taken else _COMPANY if named == _COMMON else _COMMON)


def _compatible(pairs: Sequence[tuple[Figure, Figure]]) -> bool:
    """Whether a line agrees with what is accepted: for each of its periods one accepted figure is the same."""
    by_figure: dict[int, bool] = {}
    for figure, known in pairs:
        by_figure[id(figure)] = by_figure.get(id(figure), False) or same_value(figure, known)
    return all(by_figure.values())


def _contradiction(pairs: Sequence[tuple[Figure, Figure]]) -> ParseWarning:
    figure, known = next((f, k) for f, k in pairs if not same_value(f, k))
    what = f"{figure.metric} {figure.basis} of the {figure.duration} to {figure.period_end}"
    return ParseWarning("tables_differ", f"{what}: {known.value} kept, {figure.value} of table {figure.source.table} passed over")


def _agreement(one: _Line, other: _Line) -> int:
    """Periods on which two lines agree, less those on which they differ."""
    pairs = [(a.figure, b.figure) for a in one.candidates for b in other.candidates if _same_period(a.figure, b.figure)]
    return sum(1 if same_value(a, b) else -1 for a, b in pairs)


def _same_period(one: Figure, other: Figure) -> bool:
    return one.duration == other.duration and same_end(one.period_end, other.period_end)
