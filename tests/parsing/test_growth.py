"""Twice the exhibit takes at most 2.3 times as long, whatever it is made of; and beyond the bounds it is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ex99.filings.release import ParseError
from ex99.parsing import parse_release
from ex99.parsing.reading import read_document
from ex99.parsing.reading.decoding import MAX_WORDS
from tests.growing import FRAMES, MOST, growth, killers, tell_growth

_SIZE = 4_000
_QUADRATIC = 20


def parse(data: bytes) -> None:
    try:
        parse_release(data)
    except ParseError as error:
        if error.code not in ("binary", "empty", "too_deep"):
            raise


@pytest.mark.parametrize("frame", FRAMES)
def test_a_parse_grows_with_its_input(frame: str, record_property: Callable[[str, object], None]) -> None:
    inputs = [killer for killer in killers() if killer.frame == frame]
    grown = {str(killer): ratio for killer in inputs if (ratio := growth(parse, killer, _SIZE))}
    record_property("measured", f"{frame}: {len(inputs)} inputs, {tell_growth(grown.values())}")
    assert not {killer: ratio for killer, ratio in grown.items() if ratio > MOST}


def test_growth_tells_what_is_quadratic() -> None:
    killer = killers()[0]
    found = growth(lambda data: sum(1 for _ in range(len(data) ** 2 // _QUADRATIC)), killer, _SIZE)
    assert found is not None
    assert found > MOST


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<p>a</p>" * 300_000, "600000 tags"),
        (b"<table>" + b"<tr><td>a<td>1" * 120_000, "240000 cells of tables"),
        (b"a " * (MAX_WORDS // 2 + 1), f"{MAX_WORDS + 2} characters of words"),
        (b"<p>" + b"a " * (MAX_WORDS // 2 + 1), "characters of words"),
    ],
    ids=["tags", "cells", "text", "page"],
)
def test_what_no_release_holds_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ParseError) as raised:
        read_document(data)
    assert raised.value.code == "too_large"
    assert words in raised.value.message
