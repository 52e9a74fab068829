"""Guidance of whole made releases: every range that an outlook tells, and nothing that it does not tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ex99.parsing import parse_release
from tests.parsing.passages.outlooks import Outlook, list_outlooks

OUTLOOKS = [outlook for file in ("first.txt", "second.txt", "third.txt", "fourth.txt") for outlook in list_outlooks(file)]
# What is not read yet, by the outlook's name: so many ranges missed.
NOT_YET = {"half years and the remainder of a year": 1}


@pytest.mark.parametrize("outlook", OUTLOOKS, ids=lambda outlook: outlook.name)
def test_an_outlook_is_read_as_it_is_told(outlook: Outlook) -> None:
    missed, spurious = outlook.compare(outlook.read().guidance)
    assert not spurious
    assert len(missed) == NOT_YET.get(outlook.name, 0)


@pytest.mark.parametrize("outlook", OUTLOOKS, ids=lambda outlook: outlook.name)
def test_cells_split_as_word_processors_split_them_change_nothing(outlook: Outlook) -> None:
    missed, spurious = outlook.compare(outlook.read_split().guidance)
    assert not spurious
    assert len(missed) == NOT_YET.get(outlook.name, 0)


@pytest.mark.parametrize("outlook", OUTLOOKS, ids=lambda outlook: outlook.name)
def test_what_is_guided_is_no_result(outlook: Outlook) -> None:
    release = parse_release(outlook.page)
    guided = {abs(Decimal(bound)) for wanted in outlook.wanted for bound in (wanted.low, wanted.high) if bound != "-"}
    assert [f for f in release.figures if abs(f.value) in guided] == []


def test_results_beside_an_outlook_are_read_and_guide_nothing() -> None:
    release = parse_release(OUTLOOKS[0].page)
    assert ("revenue", Decimal(412_600_000)) in {(f.metric, f.value) for f in release.figures}
    assert Decimal(412_600_000) not in {g.low for g in release.guidance}


def test_outlooks_hold_no_readings_that_any_would_match() -> None:
    """The comparison itself can fail: without guidance everything is missed."""
    outlook = OUTLOOKS[0]
    missed, spurious = outlook.compare(())
    assert len(missed) == len([w for w in outlook.wanted if not w.optional]) > 0
    assert not spurious
