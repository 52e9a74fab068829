from benchmarks.compose import compose_exhibits
from benchmarks.speed import Measure, growth, measure_parsing


def test_a_measure_above_its_limit_is_broken() -> None:
    assert Measure("a", 5.1, "x", 5.0).broken
    assert not Measure("a", 5.0, "x", 5.0).broken
    assert not Measure("a", 5.0, "x").broken


def test_fictitious_exhibits_can_be_measured() -> None:
    exhibits = compose_exhibits((1, 2))
    assert [m.name for m in measure_parsing(exhibits)][:3] == ["bare lxml tree and text", "whole parse", "whole parse / bare lxml"]


def test_growth_is_a_ratio() -> None:
    assert growth(compose_exhibits((4,))[0][1]) > 1
