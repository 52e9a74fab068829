"""Headings and labels under which sentences speak of a part of the company: a segment, a region, another company."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ex99.filings.fiscal import Calendar
from ex99.parsing.document import Block, Document
from ex99.parsing.language.screened import Screened
from ex99.parsing.prose.period_phrases import find_phrases
from ex99.parsing.prose.period_resolving import Period, resolve

# words of headings that hold for the whole company: "Third Quarter Results", "Balance Sheet", "Liquidity and Capital Resources"
_WHOLE = re.compile(
    r"result|quarter|year|month|week|financ|highlight|revenue|sales|income|earning|profit|summar|operating|consolidated|overview|update|review"
    r"|performance|cash|balance|capital|liquid|gaap|dividend|total|company|ebitda|margin|shares?\b|loss\b|period|key|report|record|statement"
    r"|discussion|funds|release|news|outlook|ffo|fiscal|selected|expense|tax|guidance|contact|commentary|corporation|inc\b|\bq[1-4]\b"
    r"|\b[1-4]q"
)
_PART = re.compile(r"\b(?:segments?|divisions?|by\s+region|geograph\w+|acquisitions?)\b")
# `Industrial: Revenue for`
_LABEL = re.compile(r"(?P<name>[A-Z][\w&,.’'/()-]*(?:\s+[\w&,.’'/()-]+){0,4}?):\s+(?=[A-Z$])")
# `Fargo had revenues of`, `our largest customer generated sales of`, `the Leeds plant lost $3 million`
_HAD = Screened(r"\b(?:(?:had|generated|produced)\s+(?:\w+\s+){0,3}?(?:revenues?|sales)|lost(?=\s+[$€£]))\b")
_COMPANY = re.compile(r"we|it|also|company|corporation|inc\.?|corp\.?|co\.?|ltd\.?|bank|firm|group|trust|partnership|and")
# net income attributable to the Acme Bank | income available to common stockholders
_HELD = Screened(
    r"\b(?:income|earnings|loss|profits?)(?:\s\(loss\))?\s+(?:available|attributable|applicable|allocable)\s+to\s+(?:the\s+)?(?P<holder>[\w&’'-]+)"
)
# Fargo's total assets rose to | Leeds' net income was
_OWNS = Screened(
    r"(?<![\w’'-])(?P<owner>\w[\w&-]*)(?:['’]s|s['’])\s+(?:(?:total|net|operating|quarterly|annual)\s+){0,2}"
    r"(?:revenues?|sales|income|earnings|loss|assets)\b"
)
_PLAIN_OWNER = re.compile(
    r"(?:year|quarter|period|month|week|today|yesterday|industry|customer|segment|division|share|stock|unit|holder|owner|member|partner|that|it"
    r"|stockholder|shareholder|shareowner|shipper|last|prior|investor)"
)
_HOLDERS = re.compile(
    r"common|ordinary|equity|capital|limited|general|parent|controlling|non-?controlling|minority|our|its|owners|members|partners|partnership"
    r"|participating|continuing|discontinued|operations|class|the|all|us"
    r"|(?:share|stock|unit)-?(?:holders?|owners?)(?:[’']s?)?|shares?|stock|units?"
)


# (all comparisons are to the prior-year quarter) | Results Compared to Third Quarter 2016
_COMPARED = re.compile(r"\b(?:compar(?:ed|isons?)\b[^.:]{0,30}?\b(?:to|with)|vs\.?|versus)\s")
_MAX_HEADING = 200


@dataclass(slots=True)
class Section:
    """What the headings and notes above a block say of it."""

    period: Period | None
    narrow: bool = False
    """Whether a part of the company is spoken of."""
    begun: bool = False
    """Whether an amount has been told: headings before that are titles."""
    compared: dict[Period, set[Period]] = field(default_factory=dict)
    """The period that all of it is compared with."""
    in_list: dict[Period, set[Period]] = field(default_factory=dict)
    """The periods that the items of the list at hand compare with by name."""

    def read(self, document: Document, block: Block, calendar: Calendar) -> None:
        """Take up what a block says of those that follow: a heading of its period, a heading or note of what is compared."""
        end = min(block.end, block.start + _MAX_HEADING)
        if block.kind == "heading":
            phrase = next((p for p in find_phrases(document.lower, block.start, end) if p.relation is None), None)
            self.period = (resolve(phrase, calendar, None) if phrase else None) or self.period
            self.narrow = self.begun and is_narrow(document.lower[block.start : block.end])
            self.compared, self.in_list = {}, {}
        compared = _COMPARED.search(document.lower, block.start, end) if block.end == end else None
        phrase = next(find_phrases(document.lower, compared.end(), end), None) if compared else None
        period = resolve(phrase, calendar, self.period) if phrase else None
        if self.period is not None and period is not None and period[0] == self.period[0]:
            self.compared = {self.period: {period}}

    def comparisons(self, block: Block) -> dict[Period, set[Period]]:
        """The comparisons that a block starts from; the items of a list share theirs."""
        if block.kind != "list_item":
            self.in_list = {}
        known = self.in_list if block.kind == "list_item" else {}
        for period, others in self.compared.items():
            known.setdefault(period, set(others))
        return known


def is_narrow(heading: str) -> bool:
    """Whether a heading, in lower case, names a part: it says so, or it says nothing that headings of the whole company say."""
    return _PART.search(heading) is not None or _WHOLE.search(heading) is None


def is_narrowed(sentence: str) -> bool:
    """Whether a label before a sentence names a part: "Industrial: Revenue for the quarter was"."""
    label = _LABEL.match(sentence) if ":" in sentence else None
    return label is not None and is_narrow(label["name"].lower())


def is_anothers(sentence: str, company: str | None) -> bool:
    """Whether someone else than the company had the sales or losses that a sentence, in lower case, tells of."""
    had = _HAD.search(sentence)
    subject = sentence[: had.start()].split()[-1:] if had else []
    if subject and not _COMPANY.fullmatch(subject[0].rstrip(",")) and not _is_called(subject[0].rstrip(","), company):
        return True
    owns = _OWNS.search(sentence) if company else None
    if owns and not (_PLAIN_OWNER.fullmatch(owns["owner"]) or _COMPANY.fullmatch(owns["owner"]) or _is_called(owns["owner"], company)):
        return True
    held = _HELD.search(sentence)
    holder = held["holder"] if held and company is not None else None
    return holder is not None and not (_COMPANY.fullmatch(holder) or _HOLDERS.fullmatch(holder) or _is_called(holder, company))


def _is_called(word: str, company: str | None) -> bool:
    """Whether a word, in lower case, is one of a company's name, or the first letters of its words ("nws" for Northwest Stores)."""
    words = (company or "").lower().replace(",", " ").replace(".", " ").split()
    name = re.sub(r"[’']s?$", "", word)
    return any(one.startswith(name) for one in words) or "".join(one[0] for one in words).startswith(name)
