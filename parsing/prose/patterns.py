"""Small means to write phrase patterns so that they can be read."""

from __future__ import annotations


def spaced(pattern: str) -> str:
    r"""A pattern whose every blank stands for white space of any kind, line breaks included: "net income" -> ``net\s{1,9}income``."""
    return pattern.replace(" ", r"\s{1,9}")


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())
