"""Headlines of made heads: the right lines, joined, and nothing of what stands around them."""

from __future__ import annotations

import pytest

from tests.parsing.passages.heads import Head, list_heads

# What is not read yet: a title whose second line is a bare period.
NOT_YET = {"supplement title"}
HEADS = [head for file in ("first.txt", "second.txt") for head in list_heads(file)]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
def test_a_headline_is_read_whole_and_alone(head: Head) -> None:
    assert (head.read().headline == head.headline) is (head.name not in NOT_YET)
