"""Guidance of whole made releases: every range that an outlook tells, and nothing that it does not tell."""

from __future__ import annotations

import pytest

from tests.parsing.passages.outlooks import Outlook, list_outlooks

OUTLOOKS = [outlook for file in ("first.txt", "second.txt", "third.txt") for outlook in list_outlooks(file)]
# What is not read yet, by the outlook's name: so many ranges missed.
NOT_YET = {"half years and the remainder of a year": 1}


@pytest.mark.parametrize("outlook", OUTLOOKS, ids=lambda outlook: outlook.name)
def test_an_outlook_is_read_as_it_is_told(outlook: Outlook) -> None:
    missed, spurious = outlook.compare(outlook.read().guidance)
    assert not spurious
    assert len(missed) == NOT_YET.get(outlook.name, 0)


def test_outlooks_hold_no_readings_that_any_would_match() -> None:
    """The comparison itself can fail: without guidance everything is missed."""
    outlook = OUTLOOKS[0]
    missed, spurious = outlook.compare(())
    assert len(missed) == len([w for w in outlook.wanted if not w.optional]) > 0
    assert not spurious
