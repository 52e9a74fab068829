"""Letters of one case."""

from __future__ import annotations


def lower_case(text: str) -> str:
    """A text in lower case, character for character, so that offsets hold (a capital I with a dot would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)
