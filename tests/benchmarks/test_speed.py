from benchmarks.compose import compose_exhibits
from benchmarks.speed import growth, measure_parsing


def test_fictitious_exhibits_can_be_measured() -> None:
    exhibits = compose_exhibits((1, 2))
    measures = list(measure_parsing(exhibits))
    assert [m.name for m in measures] == ["whole parse", "slowest document", "growth when doubled", "peak memory"]
    assert measures[0].floor
    assert all(m.value > 0 for m in measures)


def test_growth_is_a_ratio() -> None:
    assert growth(compose_exhibits((4,))[0][1]) > 1
