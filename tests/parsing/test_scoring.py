from enum import StrEnum

from ex99.parsing.scoring import features_of, speaks_for, weigh


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
    assert weigh({"red", "round"}, EVIDENCE, Fruit.NONE) == (Fruit.APPLE, 4, "it is red")


def test_what_bars_evidence_keeps_it_from_counting():
    assert weigh({"red", "round", "long"}, EVIDENCE, Fruit.NONE) == (Fruit.PEAR, 3, "it is long")


def test_without_evidence_the_answer_is_the_one_given():
    assert weigh({"blue"}, EVIDENCE, Fruit.NONE) == (Fruit.NONE, 0, "")


def test_features_are_those_that_hold():
    assert features_of((("red", "yes"), ("long", None), ("round", 0))) == {"red"}
