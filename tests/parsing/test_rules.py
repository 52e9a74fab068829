"""Rules with names: every result carries those that made it, each is counted, and the benchmark can switch it off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ex99.filings.release import PressRelease
from ex99.parsing import parse_release
from ex99.parsing.rules import RULES, fires, joined, mark, rule, since, without
from ex99.parsing.tables.consistency import OTHER_ENTITY
from ex99.parsing.tables.readings import PER_SHARE
from tests.parsing.exhibits import PROSE_ONLY, STATEMENT
from tests.parsing.layout_truth import list_layouts

# tables.role.income.3_income | tables.row.heads.over_columns+in_head
ID = re.compile(r"[a-z]+(?:\.[a-z0-9_+]{1,60}){1,3}")


def test_a_rule_is_counted_where_it_takes_effect_and_not_where_it_is_off() -> None:
    with without("prose.dividends.declared") as fired:
        start = mark()
        for one in (PER_SHARE, OTHER_ENTITY, PER_SHARE):
            assert one()
        assert not fires("prose.dividends.declared")
        assert since(start) == (PER_SHARE.id,), "what leaves out made nothing"
    assert fired == [PER_SHARE.id, OTHER_ENTITY.id, PER_SHARE.id]


def test_outside_a_parse_rules_are_on_and_nobody_counts() -> None:
    start = mark()
    assert PER_SHARE()
    assert (PER_SHARE.only([1]), PER_SHARE.take("x")) == ([1], "x")
    assert since(start) == ()


def test_a_rule_that_is_off_finds_nothing() -> None:
    with without(PER_SHARE.id):
        assert (PER_SHARE.only([1]), PER_SHARE.take("x")) == ([], None)


def test_two_rules_cannot_have_one_name() -> None:
    assert rule(PER_SHARE.id, PER_SHARE.does) is PER_SHARE
    with pytest.raises(ValueError, match="two rules are called"):
        rule(PER_SHARE.id, "something else")


def test_ids_put_together_are_each_once() -> None:
    assert joined(("a", "b"), (), ("b", "c")) == ("a", "b", "c")


def test_ids_are_short_words_parted_by_points() -> None:
    assert [one for one in RULES if not ID.fullmatch(one)] == []
    assert [one.id for one in RULES.values() if not one.does] == []


def test_figures_carry_the_rules_of_table_and_row() -> None:
    figures = {(f.metric, f.duration, str(f.value)): f.rules for f in parse_release(STATEMENT).figures}
    made = figures["eps_diluted", "quarter", "1.12"]
    assert made == ("tables.dating.own_date", "tables.role.income.3_income", "tables.rows.per_share")
    assert figures["revenue", "quarter", "412318000"][-1] == "tables.rows.income_line"


def test_sentences_carry_theirs() -> None:
    release = parse_release(PROSE_ONLY)
    assert {f.rules[-1] for f in release.figures} == {"joining.prose.figure"}
    assert "prose.grammar.bound" in release.figures[0].rules
    assert {p.kind: p.rules for p in release.passages}["safe_harbor"] == ("passages.safe_harbor",)
    assert [p.rules for p in release.passages if p.kind == "statement"] != []
    assert {one.rpartition(".")[0] for one in release.rules} == {"kind.results", "joining.period"}


def test_guidance_carries_its_rules() -> None:
    assert [g.rules[-1] for g in parse_release(STATEMENT).guidance] == ["guidance.prose"]


@pytest.mark.parametrize("exhibit", list_layouts(), ids=lambda path: path.stem)
def test_every_result_says_what_made_it(exhibit: Path) -> None:
    release = parse_release(exhibit.read_bytes())
    nameless = [part for part in (*release.figures, *release.guidance, *release.passages) if not part.rules]
    assert nameless == []
    assert {one for part in _parts(release) for one in part} <= set(RULES)


def test_a_parse_knows_nothing_of_the_parses_before() -> None:
    first = parse_release(STATEMENT)
    parse_release(PROSE_ONLY)
    with without(PER_SHARE.id):
        assert "eps_diluted" not in {f.metric for f in parse_release(STATEMENT).figures if f.source.table is not None}
    assert parse_release(STATEMENT) == first


def _parts(release: PressRelease) -> list[tuple[str, ...]]:
    return [release.rules, *(part.rules for part in (*release.figures, *release.guidance, *release.passages))]
