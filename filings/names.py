"""Company names as people type them: punctuation, case and the legal form put aside."""

from __future__ import annotations

import re

# COCA-COLA CO -> coca cola co | Yahoo! Inc. -> yahoo inc
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['\u2019]")
# "acme anvils inc", "acme holdings plc", "acme corp de": the form, and the state that EDGAR puts behind a name
_LEGAL_FORM = re.compile(
    r"(?: (?:inc|incorporated|corp|corporation|company|companies|ltd|limited|llc|plc|holdings?|group|trust|new|the|[a-z]{2}))+$"
)


def plain_name(name: str) -> str:
    """A name in lower case, words separated by single spaces, without punctuation: "Coca-Cola Co." is "coca cola co"."""
    return _NOT_IN_NAMES.sub(" ", _APOSTROPHES.sub("", name.lower())).strip()


def bare_name(name: str) -> str:
    """A plain name without its legal form: "apple" of "Apple Inc.", "coca cola" of "COCA COLA CO"."""
    plain = plain_name(name)
    return _LEGAL_FORM.sub("", plain) or plain
