"""Each rule has a page in which it takes effect and one, much like it, in which it does not; what it is for changes without it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from ex99.filings.release import PressRelease
from ex99.parsing import parse_release
from ex99.parsing.passages.forward_terms import FIRM_TERMS, TERMS
from ex99.parsing.passages.forward_vetoes import HARD_VETOES, WEAK_VETOES
from ex99.parsing.passages.guidance.actions import ACTIONS
from ex99.parsing.passages.guidance.vetoes import AMOUNT_VETOES
from ex99.parsing.passages.kind_rules import KIND_RULES
from ex99.parsing.rules import RULES, without

HERE = Path(__file__).parent
FOLDERS = {"pages": HERE / "rules" / "pages", "layouts": HERE / "layouts"}
BACKED = "same"
"""Marks rules that others back: where they take effect the page reads the same without them."""
LISTED = {row.id for rows in (TERMS, FIRM_TERMS, HARD_VETOES, WEAK_VETOES, ACTIONS, AMOUNT_VETOES, KIND_RULES) for row in rows}
"""Rules of words, whose examples stand in their rows (tests/parsing/passages)."""


class Example(NamedTuple):
    """A rule's example and counter-example, as files, and whether the example reads otherwise without the rule."""

    rule: str
    page: str
    counter: str
    effect: str


def _list_examples() -> list[Example]:
    with (HERE / "rules" / "examples.tsv").open(encoding="utf-8") as lines:
        return [Example(*row) for row in csv.reader(lines, delimiter="\t")]


@cache
def _read(place: str, *off: str) -> tuple[frozenset[str], tuple[object, ...]]:
    """(the rules that take effect in a page, what is read of it)."""
    folder, _, name = place.partition("/")
    with without(*off) as fired:
        release = parse_release((FOLDERS[folder] / name).read_bytes())
    return frozenset(fired), _results(release)


def _results(release: PressRelease) -> tuple[object, ...]:
    figures = [(f.metric, f.basis, f.duration, f.period_end, f.value, f.unit, f.comparative, f.source) for f in release.figures]
    guidance = [(g.metric, g.low, g.high, g.action, g.period) for g in release.guidance]
    passages = [(p.kind, p.source) for p in release.passages]
    return release.kind, release.headline, release.fiscal_period, figures, guidance, passages, release.warnings


@pytest.mark.parametrize("example", _list_examples(), ids=lambda example: example.rule)
def test_rule_takes_effect_in_its_example_and_not_in_its_counter_example(example: Example) -> None:
    fired, results = _read(example.page)
    assert example.rule in fired
    assert example.rule not in _read(example.counter)[0]
    assert (_read(example.page, example.rule)[1] != results) == (example.effect != BACKED)


def test_every_rule_has_its_examples() -> None:
    declared = {rule_id for rule_id in RULES if not rule_id.startswith("tables.fruit")}
    assert {example.rule for example in _list_examples()} == declared - LISTED


def test_no_page_is_left_over() -> None:
    used = {place for example in _list_examples() for place in (example.page, example.counter)}
    assert {f"pages/{path.name}" for path in FOLDERS["pages"].iterdir()} == {place for place in used if place.startswith("pages/")}
