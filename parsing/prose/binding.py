"""Bind period phrases to amounts once a sentence's amounts have their topics."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ex99.parsing.prose import lexicon
from ex99.parsing.prose.period_phrases import PeriodPhrase
from ex99.parsing.prose.tokens import Token
from ex99.parsing.prose.topics import Group
from ex99.parsing.rules import rule

SHARED_PERIOD = rule("prose.binding.shared_period", "an amount without a period has that of its neighbour in the clause")
YEAR_AGO = rule("prose.binding.year_ago", "a sentence that opens with the year before speaks of that year's quarters")
BASIC_BESIDE = rule("prose.binding.basic_beside", "an unmarked amount a share beside a diluted one is the basic one")


def bind_periods(tokens: list[Token], groups: list[Group]) -> None:
    """Give each group its period phrase: one that follows it directly, else one that stands before it in its segment."""
    by_index = {group.index: group for group in groups}
    last: Group | None = None
    waiting: PeriodPhrase | None = None
    caused = False
    for index, token in enumerate(tokens):
        if index in by_index:
            group = by_index[index]
            group.period, waiting, last = waiting, None, group
            caused = False
        elif token.kind == "spoiler" and token.text.lower() in lexicon.CAUSES:
            caused = True
        elif token.kind == "period" and caused:
            _doubt(last, token.period)
        elif token.kind == "period":
            if last is not None and last.period is None:
                last.period = token.period
            else:
                waiting = token.period
        elif token.kind == "metric" or (token.amount is not None and not token.amount.per_share):
            last = None
        elif token.kind in ("relation", "break"):
            _close(groups, index, waiting)
            last, waiting, caused = None, None, False
    _close(groups, len(tokens), waiting)
    _share_periods(groups)
    _tell_year_ago(tokens, groups)


def _doubt(last: Group | None, period: PeriodPhrase | None) -> None:
    """A period behind a cause may be the cause's or the amount's: "a loss of $4 million due to charges in the first half"."""
    if last is not None and last.period is None and not last.segment and period is not None:
        last.sure &= period.duration == "quarter" and period.quarter is None and period.date is None


def _close(groups: list[Group], end: int, waiting: PeriodPhrase | None) -> None:
    """A period behind all that is compared with is that of its amounts: "compared to revenue of $4 million and losses of ... in 2005"."""
    before = [g for g in groups if g.index < end]
    compared = [g for g in before if g.segment and g.segment == before[-1].segment]
    if waiting is not None and compared and all(g.period is None for g in compared) and SHARED_PERIOD():
        for group in compared:
            group.period = waiting


def _tell_year_ago(tokens: list[Token], groups: list[Group]) -> None:
    """A sentence that opens with the year before speaks of its quarters: "Last year, the company earned $.27 in the third quarter"."""
    opening = next((t for t in tokens if t.kind in ("period", "metric", "amount", "relation")), None)
    if opening is None or opening.period is None or opening.period.relation != "year_ago" or opening.period.duration is not None:
        return
    for group in groups:
        if (
            group.segment == 0
            and group.period is not None
            and group.period.quarter is not None
            and group.period.year is None
            and YEAR_AGO()
        ):
            group.period = replace(group.period, relation="year_ago")


def tell_basic(groups: list[Group]) -> None:
    """An unmarked per-share amount beside a diluted one is the basic one: "$2.83 per share ($2.81 per share on a diluted basis)"."""
    for one, other in pairwise(groups):
        first, second = one.token.amount, other.token.amount
        if first is None or second is None or not (first.per_share and second.per_share) or one.segment != other.segment:
            continue
        if first.mark is None and one.topic.mark is None and second.mark == "diluted" and other.index - one.index <= 4 and BASIC_BESIDE():
            one.topic = replace(one.topic, mark="basic")


def _share_periods(groups: list[Group]) -> None:
    """Groups of a segment without a period of their own take the next one's, else the one before's."""
    for earlier, group in pairwise(groups):
        form = group.topic.phrase == earlier.topic.phrase and group.segment == earlier.segment and _is_form(earlier, group)
        if group.period is None and earlier.period is not None and form and SHARED_PERIOD():
            group.period = earlier.period
    for later, group in zip(reversed(groups[1:]), reversed(groups[:-1]), strict=True):
        if group.period is None and later.period is not None and later.segment == group.segment and SHARED_PERIOD():
            group.period = later.period
    for earlier, group in pairwise(groups):
        if group.period is None and earlier.period is not None and earlier.segment == group.segment and SHARED_PERIOD():
            group.period = earlier.period


def _is_form(earlier: Group, group: Group) -> bool:
    """Whether an amount is the per-share form of the one before it: "$30.6 million or $0.36 per share"."""
    first, second = earlier.token.amount, group.token.amount
    return first is not None and second is not None and second.per_share and not first.per_share and group.index - earlier.index <= 3
