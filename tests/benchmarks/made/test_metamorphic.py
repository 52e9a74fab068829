"""What a release states does not depend on how it is printed: layout, scale, wording, order, and what stands beside it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.made.competitors import ADDED
from benchmarks.made.layouts import LAYOUTS, set_story
from benchmarks.made.model import Key, Story, compare_figures
from benchmarks.made.stories import HEADS, LABELS, Setting, make_story
from benchmarks.made.table_changes import CHANGED
from ex99.parsing import parse_release

SEED = 11
PLAIN = Setting()


def _assert_same(story: Story, layout: str) -> None:
    found = compare_figures(story.facts, parse_release(set_story(story, layout)).figures)
    assert not found["wrong"] + found["spurious"] + found["missed"]
    assert len(found["right"]) == len(story.facts)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_html_of_any_era_and_typewriter_text_state_the_same(layout: str) -> None:
    _assert_same(make_story(SEED, PLAIN), layout)


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("layout", ["typewriter", "styled"])
def test_heads_may_be_worded_in_any_way(heads: str, layout: str) -> None:
    _assert_same(make_story(SEED, replace(PLAIN, heads=heads)), layout)


@pytest.mark.parametrize("newest_first", [True, False])
def test_columns_may_stand_in_any_order(newest_first: bool) -> None:
    _assert_same(make_story(SEED, replace(PLAIN, newest_first=newest_first)), "wordprocessor")


@pytest.mark.parametrize("labels", range(max(map(len, LABELS.values()))))
def test_rows_may_be_named_by_synonyms(labels: int) -> None:
    _assert_same(make_story(SEED, replace(PLAIN, labels=labels)), "styled")


@pytest.mark.parametrize("scale", [1, 1000, 10**6])
def test_statements_may_be_printed_in_any_scale(scale: int) -> None:
    _assert_same(make_story(SEED, replace(PLAIN, scale=scale)), "leaders")


def test_cells_may_hold_sign_digits_and_parenthesis_apart_or_together() -> None:
    stories = [make_story(SEED, PLAIN)] * 2
    values = [_values(story, layout) for story, layout in zip(stories, ("styled", "joined"), strict=True)]
    assert values[0] == values[1]


def _values(story: Story, layout: str) -> Mapping[Key, Decimal]:
    figures = parse_release(set_story(story, layout)).figures
    return {Key(f.metric, f.basis, f.duration, f.period_end): f.value for f in figures if f.period_end}


@pytest.mark.parametrize("name", sorted(ADDED))
def test_what_stands_beside_the_statements_changes_none_of_their_figures(name: str) -> None:
    _assert_same(ADDED[name](make_story(SEED, PLAIN)), "styled")


@pytest.mark.parametrize("name", sorted(CHANGED))
def test_what_is_done_to_a_statement_changes_none_of_its_figures(name: str) -> None:
    _assert_same(CHANGED[name](make_story(SEED, PLAIN)), "wordprocessor")
