"""How often figures of each grade are right, leaving companies out; and which rows of the grading table carry that."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from benchmarks.labelled import LabelledSet, assign_folds
from ex99.filings.release import GRADES
from ex99.parsing.proof.grading import PART, TABLE, find_row

BARS = {"A": 0.998, "B": 0.98, "C": 0.0}
"""The share of right figures that each grade promises."""
_ENOUGH = 50
"""A row of the grading table with fewer figures than this keeps its grade: they could not tell."""
_Z = 1.96
"""Of an interval that holds the true share 95 times of 100."""


class Judged(NamedTuple):
    """A predicted figure that the labels decide: whose it is, which row of the grading table it falls in, whether it is right."""

    company: str
    row: int
    right: bool


class Share(NamedTuple):
    """So many right of so many."""

    right: int
    total: int

    @property
    def value(self) -> float:
        """The share; 1 where there is nothing."""
        return self.right / self.total if self.total else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %."""
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.value
        middle, spread = p + _Z**2 / (2 * n), _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        return (middle - spread) / (1 + _Z**2 / n), min(1.0, (middle + spread) / (1 + _Z**2 / n))


def judge_set(scorer: ModuleType, labelled: LabelledSet, predictions: Path) -> Iterator[Judged]:
    """Every predicted figure of a set that its labels call right, wrong or spurious; those that they leave open are passed over."""
    for slug, _ in labelled.exhibits:
        answer = json.loads((predictions / f"{slug}.json").read_text(encoding="utf-8"))
        label = json.loads((labelled.gold / f"{slug}.json").read_text(encoding="utf-8"))
        figures = answer.get("figures", [])
        if label.get("kind") not in ("results", "preliminary_results") or not figures:
            continue
        gold = scorer.gold_figures(labelled.gold / f"{slug}.facts.tsv")
        predicted = scorer.predicted_figures({"figures": figures})
        _, _, _, spurious = scorer.match(gold, predicted)
        unknown = {id(p) for p in spurious}
        for figure, p in zip(figures, predicted, strict=True):
            right = _is_right(scorer, gold, p)
            if right is None and id(p) not in unknown:
                continue
            yield Judged(labelled.companies[slug], _find_row(figure), bool(right))


def _find_row(figure: dict[str, Any]) -> int:
    """The row of the grading table that a figure's JSON form falls in."""
    codes = frozenset(figure["support"]) | ({PART} if figure["qualifier"] == "continuing operations" else frozenset())
    return find_row(figure["metric"], figure["basis"], codes)


def _is_right(scorer: ModuleType, gold: list[dict[str, Any]], p: dict[str, Any]) -> bool | None:
    """Whether a labelled figure of its key has its value; None where no label is about it."""
    keys = ("metric", "basis", "duration")
    hits = [g for g in gold if all(g[k] == p[k] for k in keys) and scorer.near(p["end"], g["end"])]
    return any(scorer.equal(p["value"], g["value"], g["unit"]) for g in hits) if hits else None


def grade_row(row: int, judged: Iterable[Judged]) -> str:
    """The grade that a row earns on those figures; its own one where they are too few."""
    share = count_right(j for j in judged if j.row == row)
    if share.total < _ENOUGH:
        return TABLE[row].grade
    return next(grade for grade, bar in BARS.items() if share.value >= bar)


def count_right(judged: Iterable[Judged]) -> Share:
    """How many are right of how many."""
    outcomes = [j.right for j in judged]
    return Share(sum(outcomes), len(outcomes))


def hold_out(judged: Sequence[Judged], folds: int = 5) -> dict[str, Share]:
    """Grade -> right of all, where each fold of whole companies is graded by the table as the other folds would have it.

    A row keeps no better grade than the other companies' figures reach: what is measured is the promise to companies not seen.
    """
    fold_of = assign_folds({j.company: j.company for j in judged}, folds)
    totals = {grade: [0, 0] for grade in GRADES}
    for fold in range(folds):
        rest = [j for j in judged if fold_of[j.company] != fold]
        grades = [max(TABLE[row].grade, grade_row(row, rest)) for row in range(len(TABLE))]
        for j in judged:
            if fold_of[j.company] == fold:
                totals[grades[j.row]][0] += j.right
                totals[grades[j.row]][1] += 1
    return {grade: Share(*counts) for grade, counts in totals.items()}


def measure_grades(judged: Sequence[Judged]) -> dict[str, float]:
    """What floors are about: how many figures held out are right of those graded A, and of those graded B, and how many are A."""
    held = hold_out(judged)
    shares = {f"grades.{grade}.right": share.value for grade, share in held.items() if grade != GRADES[-1]}
    return shares | {"grades.A.share": held["A"].total / len(judged)} if judged else {}


def print_grades(judged: Sequence[Judged], *, rows: bool) -> None:
    """The calibration on companies held out, each share with its interval; with ``rows`` each row of the table and the grade it earns."""
    if not judged:
        return
    print(f"\n{'grades, companies held out':28} {'figures':>8} {'of all':>7} {'right':>8}   95 % interval   promised")
    for grade, share in hold_out(judged).items():
        low, high = share.interval
        print(f"  {grade:26} {share.total:8} {share.total / len(judged):7.3f} {share.value:8.4f}   {low:.4f}-{high:.4f}   {BARS[grade]}")
    for place, row in enumerate(TABLE if rows else ()):
        share = count_right(j for j in judged if j.row == place)
        low, high = share.interval
        earned = grade_row(place, judged)
        print(f"  {row.grade}, earned {earned} {share.total:7} {share.value:8.4f}   {low:.4f}-{high:.4f}   {row.words}")
