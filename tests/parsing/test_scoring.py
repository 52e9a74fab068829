from enum import StrEnum

from ex99.parsing.rules import without
from ex99.parsing.scoring import features_of, heed, speaks_for, weigh


class Fruit(StrEnum):
    APPLE = "apple"
    PEAR = "pear"
    NONE = "none"


EVIDENCE = (
    speaks_for(Fruit.APPLE, 2, "it is red", "red"),
    speaks_for(Fruit.APPLE, 2, "it is round", "round", "long"),
    speaks_for(Fruit.PEAR, 3, "it is long", "long"),
)


def test_weights_add_up_and_the_heaviest_reason_is_given():
    assert weigh({"red", "round"}, EVIDENCE, Fruit.NONE)[:3] == (Fruit.APPLE, 4, "it is red")


def test_what_bars_evidence_keeps_it_from_counting():
    assert weigh({"red", "round", "long"}, EVIDENCE, Fruit.NONE)[:3] == (Fruit.PEAR, 3, "it is long")


def test_without_evidence_the_answer_is_the_one_given():
    assert weigh({"blue"}, EVIDENCE, Fruit.NONE)[:3] == (Fruit.NONE, 0, "")


def test_features_are_those_that_hold():
    assert features_of((("red", "yes"), ("long", None), ("round", 0))) == {"red"}


def test_evidence_is_a_rule_that_can_be_switched_off():
    told = weigh({"red", "round"}, EVIDENCE, Fruit.NONE)
    assert told.rules == ("tables.fruit.apple.red", "tables.fruit.apple.round")
    with without("tables.fruit.apple.red") as fired:
        assert heed(weigh({"red", "round"}, EVIDENCE, Fruit.NONE))[:3] == (Fruit.APPLE, 2, "it is round")
    assert fired == ["tables.fruit.apple.round"]
