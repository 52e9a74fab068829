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


_COMMON = _LEGAL_FORMS | frozenset((
    "american", "and", "bancorp", "bank", "capital", "communications", "energy", "enterprises", "entertainment", "financial", "first",
    "for", "general", "global", "health", "industries", "international", "national", "partners", "pharmaceuticals", "power", "resources",
    "services", "software", "solutions", "systems", "technologies", "technology", "united", "america", "usa",
))  # fmt: skip
"""Words that many companies' names have, and which alone tell none of them."""
_SHORTEST = 3


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


def is_same_company(one: str, other: str) -> bool:
    """Whether two names may be one company's: alike but for the legal form, one in the other, its initials, or a telling word of it."""
    names = bare_name(one), bare_name(other)
    squeezed = sorted((name.replace(" ", "") for name in names), key=len)
    initials = {"".join(word[0] for word in name.split()) for name in names}
    telling = set.intersection(*({word for word in name.split() if len(word) >= _SHORTEST} - _COMMON for name in names))
    inside = len(squeezed[0]) >= _SHORTEST and squeezed[0] in squeezed[1]
    return names[0] == names[1] or inside or bool(telling) or (len(squeezed[0]) >= _SHORTEST and squeezed[0] in initials)
