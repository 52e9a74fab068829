"""Company names as people type them: punctuation, case and the legal form put aside."""

from __future__ import annotations

import re

# COCA-COLA CO -> coca cola co | Yahoo! Inc. -> yahoo inc
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['\u2019]")
_STATE = 2
"""Letters of the state that EDGAR puts behind a name ("acme corp de"), and of forms such as co, sa and ag."""
_LEGAL_FORMS = frozenset((
    "inc", "incorporated", "corp", "corporation", "company", "companies", "ltd", "limited", "llc", "plc", "holding", "holdings", "group",
    "trust", "new", "the",
))  # fmt: skip


def plain_name(name: str) -> str:
    """A name in lower case, words separated by single spaces, without punctuation: "Coca-Cola Co." is "coca cola co"."""
    return _NOT_IN_NAMES.sub(" ", _APOSTROPHES.sub("", name.lower())).strip()


def plain_names(name: str) -> frozenset[str]:
    """The plain names that a name may go by: EDGAR's own hold nothing for an apostrophe ("MCDONALDS") or a blank ("O REILLY")."""
    return frozenset((plain_name(name), plain_name(_APOSTROPHES.sub(" ", name))))


def bare_name(name: str) -> str:
    """A plain name without its legal form: "apple" of "Apple Inc.", "coca cola" of "COCA COLA CO"."""
    words = plain_name(name).split()
    while len(words) > 1 and (words[-1] in _LEGAL_FORMS or (len(words[-1]) == _STATE and words[-1].isalpha())):
        words.pop()
    return " ".join(words)
