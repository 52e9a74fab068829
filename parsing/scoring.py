"""Verdicts from weighed evidence: which features speak for which answer, as data.

A stage that has to tell what something is names its features and keeps a table of evidence. A learned scorer takes features and
gives a Verdict, and so can stand in for `weigh` without the stage noticing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from ex99.parsing.rules import fires, rule, switched_off

Answer = TypeVar("Answer", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Evidence(Generic[Answer]):
    """``weight`` for an answer where all features of ``needs`` hold and none of ``bars``; ``reason`` says so in words. It is a rule."""

    answer: Answer
    weight: float
    reason: str
    needs: frozenset[str]
    bars: frozenset[str]
    id: str


class Verdict(NamedTuple, Generic[Answer]):
    """The answer of the largest sum of weights, that sum, and the reason that weighed most ("" where nothing spoke)."""

    answer: Answer
    score: float
    reason: str
    rules: tuple[str, ...] = ()


def speaks_for(answer: Answer, weight: float, reason: str, needs: str, bars: str = "") -> Evidence[Answer]:
    """Evidence as a line of a table: features are words parted by blanks. Its id: tables.role.income.3_income; what needs none has none."""
    stage = type(answer).__name__.lower().removesuffix("kind")
    rule_id = rule(f"tables.{stage}.{answer}.{'+'.join(needs.split())}", reason).id if needs else ""
    return Evidence(answer, weight, reason, frozenset(needs.split()), frozenset(bars.split()), rule_id)


def weigh(features: AbstractSet[str], evidence: Sequence[Evidence[Answer]], otherwise: Answer) -> Verdict[Answer]:
    """The answer that most weight speaks for; ``otherwise`` where nothing speaks for any."""
    off = switched_off()
    sums: dict[Answer, float] = {}
    spoke: dict[Answer, tuple[str, ...]] = {}
    most: dict[Answer, Evidence[Answer]] = {}
    for one in evidence:
        if one.needs <= features and not (one.bars & features) and one.id not in off:
            spoke[one.answer] = (*spoke.get(one.answer, ()), one.id)
            sums[one.answer] = sums.get(one.answer, 0) + one.weight
            if one.answer not in most or one.weight > most[one.answer].weight:
                most[one.answer] = one
    if not sums:
        return Verdict(otherwise, 0, "")
    best = max(sums, key=lambda answer: sums[answer])
    return Verdict(best, sums[best], most[best].reason, spoke[best])


def heed(verdict: Verdict[Answer]) -> Verdict[Answer]:
    """A verdict that is acted on: its rules take effect."""
    for rule_id in filter(None, verdict.rules):
        fires(rule_id)
    return verdict


def features_of(pairs: Iterable[tuple[str, object]]) -> frozenset[str]:
    """The names of the features that hold."""
    return frozenset(name for name, holds in pairs if holds)
