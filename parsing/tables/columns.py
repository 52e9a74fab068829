"""What a column of a table is for, told by its header: a period, a change, a part; its basis, unit and currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from ex99.parsing.language.basis_words import REPORTED, nongaap_words
from ex99.parsing.language.comparison_words import COMPARED_WITH, VERSUS
from ex99.parsing.language.currencies import NAMED, find_currency
from ex99.parsing.language.periods import HeadPeriod, name_quarters, read_head
from ex99.parsing.rules import REMEMBERED, rule
from ex99.parsing.scoring import Evidence, Verdict, features_of, speaks_for, weigh

# columns that hold no period's figures
_IGNORED = re.compile(
    r"%|\b(?:change[sd]?|percent(?:age)?|variance|var\.?|growth|increase|decrease|inc(?:\.|\b)|better|worse|favou?rable|incr"
    r"|difference|chg|basis\s+points|bps"
    r"|fav|b/\(?w\)?|constant[\s-]currency|currency|adjustments?|adj\.|eliminations?|reconciling|excluded|excluding|exclusions?"
    r"|impact|effect|items|charges|guidance|outlook"
    r"|forecast|budget|low|high|midpoint|range|target|margin|note|as\s+restated\s+adjustment|trailing|ltm"
    r"|ttm|yield|rate|cost)\b"
    r"|(?<!\w)[+-]/[+-]|\bo\s?/\s?\(u\)|over\s?/\s?\(under\)",
    re.IGNORECASE,
)
# Change vs 3Q24 | % Change from Sep 30, 2021 | 2020 compared to 2019
_COMPARES = re.compile(rf"\bchanged?\b|\b(?:{VERSUS})|\b{COMPARED_WITH}\b|\bincrease\b|\binc(?:\.|r\.?)?\s?/?\s?\(?dec", re.IGNORECASE)
# Inc/(Dec) | Increase (Decrease)
_RISE_OR_FALL = re.compile(r"\binc(?:r(?:ease)?)?\b\.?\s?/?\s?\(?dec(?:r(?:ease)?)?\b", re.IGNORECASE)
# of a company before and after its reorganization: periods of any length
_REORGANIZED = re.compile(r"\b(?:predecessor|successor)\b", re.IGNORECASE)
# Pro Forma Combined: two companies as if they had been one
_COMBINED = re.compile(r"\bpro[\s-]?forma\s+combined\b|\bcombined\s+pro[\s-]?forma\b", re.IGNORECASE)
# (In thousands, except per share data) | (unaudited)
_UNITS = re.compile(
    r"\(?[^()]{0,80}\b(?:thousands|millions|billions|000['’]?s?|dollars)\b[^()]{0,80}\)?|\(?\bunaudited\b\)?", re.IGNORECASE
)
_NONGAAP = nongaap_words("head")
# 2008 (As Adjusted) | as retrospectively adjusted
_AS_ADJUSTED = re.compile(r"\bas\s(?:retrospectively\s)?adjusted\b", re.IGNORECASE)
# Per diluted share | EPS
_PER_SHARE = re.compile(r"\bper\s+(?:diluted\s+|common\s+|basic\s+)*share\b|\beps\b", re.IGNORECASE)


NEW_ACCOUNTING = rule(
    "tables.columns.new_accounting", "a period that stands as adjusted alone, beside others that are not, is no other basis"
)


class ColumnKind(StrEnum):
    """What a column's values are: a period's figures, or what is not taken for figures."""

    PERIOD = "period"
    CHANGE = "change"
    PART = "part"


# compares: a level says change, versus; aside: a level that names no period says change, adjustment, guidance, percent ...
EVIDENCE: tuple[Evidence[ColumnKind], ...] = (
    speaks_for(ColumnKind.CHANGE, 4, "its header compares", "compares"),
    speaks_for(ColumnKind.CHANGE, 3, "its header says rise or fall", "rise_or_fall"),
    speaks_for(ColumnKind.CHANGE, 3, "its header names two quarters", "two_quarters"),
    speaks_for(ColumnKind.CHANGE, 2, "its header names a change, an adjustment or an outlook", "aside"),
    speaks_for(ColumnKind.PART, 2, "a company before or after its reorganization", "reorganized", "duration"),
    speaks_for(ColumnKind.PART, 2, "two companies as if they had been one", "combined"),
    speaks_for(ColumnKind.PERIOD, 1, "nothing speaks against a period", ""),
)

A_PERIOD = Verdict(ColumnKind.PERIOD, 1, "nothing speaks against a period")


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's header: its words, the period they name, what it is for, and whether it states another basis."""

    text: str
    period: HeadPeriod
    kind: Verdict[ColumnKind] = A_PERIOD
    basis: str | None = None
    per_share: bool = False
    words: str = ""
    """The levels that name no period: a metric, a segment, a basis."""
    other: bool = False
    """Words that name no period: a segment, a product, a place."""
    currency: str | None = None
    """The currency that the header names, as ISO code or as a sign that several share."""

    @property
    def ignored(self) -> bool:
        """Whether the column holds no period's figures."""
        return self.kind.answer is not ColumnKind.PERIOD


_WORDS_OF_PERIODS = re.compile(
    r"\b(?:three|six|nine|twelve|thirteen|twenty|thirty|fifty|fourteen|two|\d{1,4}|months?|weeks?|quarters?|years?|ended|ending"
    r"|end(?:ing)?|for|the|of|as|at|and|or|in|period|periods"
    r"|fiscal|unaudited|audited|actual|reported|restated|revised|recast|note|usd|us|dollars?|thousands|millions|except|per|share"
    r"|data|amounts?|first|second|third|fourth|q[1-4]|[1-4]q\d*"
    r"|fy\d*|current|prior|previous|preceding|ytd|to|date|jan\w*|feb\w*|mar|march|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*"
    r"|nov\w*|dec\w*|gaap|non|adjusted"
    r"|total|consolidated|as|condensed|qtr|mos|wks|ago|same|one|four|five|six|seven|eight|full|half|calendar|a|b|c|d|e|f)\b|[^\w\s]",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def read_column_head(printed: tuple[str, ...]) -> ColumnHead:
    """Read the header words of one column, from the top down; remembered, for a document's tables repeat their headers."""
    levels = [_UNITS.sub(" ", level).strip() if "nd" in level or "on" in level or "00" in level else level for level in printed]
    text = " ".join(" ".join(level for level in levels if level).split())
    period = read_head(text)
    kind = weigh(head_features(text, levels, period), EVIDENCE, ColumnKind.PERIOD)
    told = " ".join(level for level in levels if "reconcil" not in level.lower())
    basis = "nongaap" if _NONGAAP.search(told) else "gaap" if REPORTED.search(told) else None
    words = " ".join(level for level in levels if level and read_head(level).empty)
    other = len(_WORDS_OF_PERIODS.sub("", NAMED.sub("", text)).split()) > 0
    return ColumnHead(text, period, kind, basis, _PER_SHARE.search(text) is not None, words, other, find_currency(text))


REMEMBERED.append(read_column_head.cache_clear)


def head_features(text: str, levels: Sequence[str], period: HeadPeriod) -> frozenset[str]:
    """What a header shows of its column's kind."""
    return features_of((
        ("compares", any(_COMPARES.search(level) for level in levels)),
        ("aside", any(_IGNORED.search(level) and (period.empty or read_head(level).empty) for level in levels)),
        ("rise_or_fall", _RISE_OR_FALL.search(text)),
        ("two_quarters", len(name_quarters(text)) > 1),
        ("reorganized", _REORGANIZED.search(text)),
        ("duration", period.duration is not None),
        ("combined", _COMBINED.search(text)),
    ))  # fmt: skip


def on_new_accounting(heads: Sequence[ColumnHead]) -> list[ColumnHead]:
    """Heads whose "as adjusted" names no other basis: each such period stands in one column, beside others that are not adjusted.

    What an accounting rule changes of the year before is adjusted so; the company's own measures stand beside what they adjust.
    """
    adjusted = {head.period for head in heads if head.basis == "nongaap" and _AS_ADJUSTED.search(head.text)}
    plain = {head.period for head in heads if head.period not in adjusted and not head.ignored and head.basis != "nongaap"}
    once = len({head.period for head in heads}) == len(heads)
    if not (adjusted and plain and once and NEW_ACCOUNTING()):
        return list(heads)
    return [replace(head, basis=None) if head.period in adjusted else head for head in heads]
