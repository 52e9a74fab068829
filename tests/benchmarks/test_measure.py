import pytest

from benchmarks.measure import HEAD, Measure, format_measure, median, seconds


def test_a_measure_above_its_limit_is_broken() -> None:
    assert Measure("a", 5.1, "x", 5.0).broken
    assert not Measure("a", 5.0, "x", 5.0).broken
    assert not Measure("a", 5.0, "x").broken


def test_with_a_floor_the_ratio_is_held_against_the_limit() -> None:
    assert Measure("a", 12.0, "s", 5.0, floor=2.0).broken
    assert not Measure("a", 9.0, "s", 5.0, floor=2.0).broken
    assert Measure("a", 9.0, "s", 5.0, floor=2.0).wanted == "at most 5 x"


def test_what_should_be_reached_is_broken_from_below() -> None:
    assert Measure("a", 94.0, "%", least=95.0).broken
    assert not Measure("a", 95.0, "%", least=95.0).broken


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("peak", 812.5, "MB", 300.0, "a note"), ["peak", "812.50 MB", "at most 300 MB MISSED", "a note"]),
        (Measure("time", 0.0123, "s", floor=0.001), ["0.0123 s", "0.001 s", "12.30x"]),
        (Measure("count", 12345, ""), ["12,345"]),
    ],
)
def test_a_line_shows_what_was_measured(measure: Measure, words: list[str]) -> None:
    line = format_measure(measure)
    assert all(word in line for word in words), line
    assert line.index(words[1] if len(words) > 2 else words[0]) < len(HEAD)


def test_times_are_of_the_work() -> None:
    calls: list[int] = []
    assert seconds(lambda: calls.append(1), 3) >= 0
    taken, answer = median(lambda: len(calls))
    assert (len(calls), answer) == (3, 3)
    assert taken >= 0
