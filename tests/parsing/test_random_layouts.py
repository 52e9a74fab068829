"""Every figure of a statement is read in whatever layout it is set."""

from __future__ import annotations

import pytest

from ex99.parsing import parse_release
from tests.parsing.random_layouts import compose_layout


@pytest.mark.parametrize("seed", range(240))
def test_statement_is_read_in_any_layout(seed: int) -> None:
    layout = compose_layout(seed)
    read = {(f.metric, f.duration, f.period_end): f.value for f in parse_release(layout.data).figures if f.basis == "gaap"}
    wrong = [(metric, duration, end, value, read.get((metric, duration, end))) for metric, duration, end, value in layout.facts
             if read.get((metric, duration, end)) != value]  # fmt: skip
    assert wrong == [], layout.choices


def test_a_seed_gives_one_layout() -> None:
    assert compose_layout(7) == compose_layout(7)
    assert compose_layout(7) != compose_layout(8)
