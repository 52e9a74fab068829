"""Headings and labels under which sentences speak of a part of the company: a segment, a region, another company."""

from __future__ import annotations

import re

# words of headings that hold for the whole company: "Third Quarter Results", "Balance Sheet", "Liquidity and Capital Resources"
_WHOLE = re.compile(
    r"result|quarter|year|month|week|financ|highlight|revenue|sales|income|earning|profit|summar|operating|consolidated|overview|update|review"
    r"|performance|cash|balance|capital|liquid|gaap|dividend|total|company|ebitda|margin|shares?\b|loss\b|period|key|report|record|statement"
    r"|discussion|release|news|outlook|ffo|fiscal|selected|expense|tax|guidance|contact|commentary|corporation|inc\b"
)
_PART = re.compile(r"\b(?:segments?|divisions?|by\s+region|geograph\w+|acquisitions?)\b")
# `Industrial: Revenue for`
_LABEL = re.compile(r"(?P<name>[A-Z][\w&,.’'/()-]*(?:\s+[\w&,.’'/()-]+){0,4}?):\s+(?=[A-Z$])")
# `Fargo had revenues of`, `our largest customer generated sales of`
_HAD_SALES = re.compile(r"\b(?:had|generated|produced)\s+(?:\w+\s+){0,3}?(?:revenues?|sales)\b")
_COMPANY = re.compile(r"we|it|also|company|corporation|inc\.?|corp\.?|co\.?|ltd\.?|bank|firm|group|trust|partnership|and")


def is_narrow(heading: str) -> bool:
    """Whether a heading, in lower case, names a part: it says so, or it says nothing that headings of the whole company say."""
    return _PART.search(heading) is not None or _WHOLE.search(heading) is None


def is_narrowed(sentence: str) -> bool:
    """Whether a label before a sentence names a part: "Industrial: Revenue for the quarter was"."""
    label = _LABEL.match(sentence) if ":" in sentence else None
    return label is not None and is_narrow(label["name"].lower())


def is_anothers(sentence: str, company: str | None) -> bool:
    """Whether someone else than the company had the sales that a sentence, in lower case, tells of."""
    had = _HAD_SALES.search(sentence) if "sales" in sentence or "revenue" in sentence else None
    subject = sentence[: had.start()].split()[-1:] if had else []
    if not subject or _COMPANY.fullmatch(subject[0].rstrip(",")):
        return False
    return company is None or subject[0].rstrip(",") not in company.lower().split()
