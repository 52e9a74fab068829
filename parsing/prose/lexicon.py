"""The words of results prose, as data: metric phrases, what may stand before them, connecting words, relations and words that spoil a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MetricPhrase:
    """A way to name a metric: ``money`` and ``per_share`` say which metric an amount of each unit is; None where such an amount is none."""

    pattern: str
    money: str | None
    per_share: str | None = None
    sign: int = 1


_NET = r"net\s{1,9}(?:quarterly\s{1,9}|annual\s{1,9})?"
_WHO = r"\s{1,9}(?:available|attributable|applicable|allocable)\s{1,9}to\s{1,9}"
_SHARE = r"(?:(?:fully[\s-]|diluted|basic|common|ordinary|and|limited\s{1,9}partner|,)\s{0,9}){0,5}(?:share|unit)\b"

METRIC_PHRASES: tuple[MetricPhrase, ...] = (
    # per share: "diluted loss per common share", "EPS"
    MetricPhrase(rf"(?:net\s{{1,9}})?(?:loss|\(loss\))(?:{_WHO}[\w’' ]{{1,40}}?)?(?:,\s)?\s{{1,9}}per\s{{1,9}}{_SHARE}", None, "eps", -1),
    MetricPhrase(
        rf"(?:net\s{{1,9}})?(?:income|earnings|profit)(?:\s{{1,9}}\(loss\))?(?:{_WHO}[\w’' ]{{1,40}}?)?\s{{1,9}}per\s{{1,9}}{_SHARE}", None, "eps"
    ),
    MetricPhrase(r"EPS\b", None, "eps"),
    MetricPhrase(rf"(?:FFO|funds\s{{1,9}}from\s{{1,9}}operations(?:\s{{1,9}}\(?[“\"]?FFO[”\"]?\)?)?)(?:\s{{1,9}}per\s{{1,9}}{_SHARE})?", None, "ffo_per_share"),
    # the bottom line
    MetricPhrase(rf"(?:{_NET})?loss{_WHO}(?:the\s{{1,9}})?(?:noncontrolling|non-controlling|minority)", None),
    MetricPhrase(rf"(?:{_NET})?(?:income|earnings|profit|loss){_WHO}(?:the\s{{1,9}})?(?:noncontrolling|non-controlling|minority)", None),
    MetricPhrase(rf"(?:{_NET})?loss{_WHO}[\w.,&’' ]{{1,50}}?(?=\s(?:was|were|of|for|in|totaled|is)\b|,|;)", "net_income_to_common", "eps", -1),
    MetricPhrase(
        rf"(?:{_NET})?(?:income|earnings|profit)(?:\s{{1,9}}\(loss\))?{_WHO}[\w.,&’' ]{{1,50}}?(?=\s(?:was|were|of|for|in|totaled|is)\b|,|;)",
        "net_income_to_common", "eps",
    ),
    MetricPhrase(r"(?:loss|losses)\s{1,9}from\s{1,9}operations|operating\s{1,9}loss(?:es)?", "operating_income", None, -1),
    MetricPhrase(r"(?:income|earnings|profit)\s{1,9}from\s{1,9}operations|operating\s{1,9}(?:income|profit)(?:\s{1,9}\(loss\))?", "operating_income"),
    MetricPhrase(
        r"(?:loss)\s{1,9}before\s{1,9}(?:provision\s{1,9}for\s{1,9})?(?:income\s{1,9})?tax(?:es)?|pre-?tax\s{1,9}loss", "pretax_income", None, -1
    ),
    MetricPhrase(
        r"(?:income|earnings|profit)\s{1,9}before\s{1,9}(?:provision\s{1,9}for\s{1,9})?(?:income\s{1,9})?tax(?:es)?"
        r"|pre-?tax\s{1,9}(?:income|earnings|profit)", "pretax_income",
    ),
    MetricPhrase(rf"{_NET}(?:loss|\(loss\)\s{{1,9}}(?:income|earnings))", "net_income", "eps", -1),
    MetricPhrase(rf"{_NET}(?:income|earnings|profits?)(?:\s{{1,9}}\(loss\))?", "net_income", "eps"),
    # the top line and what follows it
    MetricPhrase(r"net\s{1,9}interest\s{1,9}income", "net_interest_income"),
    MetricPhrase(r"gross\s{1,9}(?:profit|margin)", "gross_profit"),
    MetricPhrase(r"(?:(?:total|net|operating)\s{1,9}){0,3}revenues?\b|(?:(?:total|net)\s{1,9}){0,2}sales\b", "revenue"),
    MetricPhrase(r"adjusted\s{1,9}EBITDA\b", "adjusted_ebitda"),
    MetricPhrase(r"EBITDA\b(?![A-Z])", "ebitda"),
    # the balance sheet and cash flow
    MetricPhrase(
        r"(?:net\s{1,9})?cash\s{1,9}(?:flows?\s{1,9})?(?:provided\s{1,9}by|generated\s{1,9}by|from)\s{1,9}(?:operations|operating\s{1,9}activities)"
        r"|operating\s{1,9}cash\s{1,9}flows?", "operating_cash_flow",
    ),
    MetricPhrase(r"cash\s{1,9}and\s{1,9}cash\s{1,9}equivalents", "cash"),
    MetricPhrase(r"total\s{1,9}assets", "total_assets"),
    MetricPhrase(r"total\s{1,9}liabilities", "total_liabilities"),
    MetricPhrase(r"total\s{1,9}(?:shareholders|stockholders)[’']?\s{1,9}equity|(?:shareholders|stockholders)[’']\s{1,9}equity", "equity"),
    # the plain words come last: "earnings of $204.5 million", "earned $2.10 per share"
    MetricPhrase(r"(?:earnings|profits?)\b", "net_income", "eps"),
    MetricPhrase(r"earned\b", "net_income", "eps"),
    MetricPhrase(r"loss(?:es)?\b", "net_income", "eps", -1),
)
METRIC = re.compile("|".join(f"(?P<m{i}>{p.pattern})" for i, p in enumerate(METRIC_PHRASES)), re.IGNORECASE)
GENERIC = frozenset(i for i, p in enumerate(METRIC_PHRASES) if p.pattern.startswith(("(?:earnings|", "earned", "loss(?:es)")))

NONGAAP_WORDS = frozenset(["adjusted", "non-gaap", "nongaap", "core", "normalized", "underlying", "operating", "ongoing", "comparable", "cash"])
NONGAAP_PHRASE = re.compile(
    r"non-?\s?GAAP|pro[\s-]forma|excluding|exclusive\s+of|excludes|adjusted\s+(?:to|for)|would\s+have\s+been|before\s+(?:special|unusual|one-time|certain)",
    re.IGNORECASE,
)

PLAIN_MODIFIERS = frozenset(
    ["record", "total", "consolidated", "overall", "company-wide", "companywide", "company's", "corporation's", "firm's", "company’s", "corporation’s", "the", "our", "its", "their", "a", "an", "net", "quarterly", "annual", "full-year", "reported", "gaap", "as-reported", "strong", "solid", "actual", "quarter's", "quarter’s", "year's", "year’s", "s", "all-time", "new", "highest", "diluted", "basic", "worldwide", "global", "quarter", "year", "fiscal", "posted", "unaudited", "preliminary", "consolidated"]
)
FUNCTION_WORDS = frozenset(
    ["of", "on", "and", "with", "to", "for", "in", "from", "by", "was", "were", "is", "are", "had", "has", "have", "posted", "reported", "generated", "delivered", "achieved", "recorded", "announced", "said", "that", "while", "as", "at", "also", "earned", "realized", "saw", "produced", "total", "when", "but", "or", "yielding", "resulting", "net", "both", "compared", "versus", "today", "reporting", "posting", "generating", "delivering", "achieving", "recording", "reports", "posts", "announces", "on."]
)

CONNECTORS = frozenset(
    ["was", "were", "of", "totaled", "totalled", "is", "are", "at", "a", "an", "the", "record", "strong", "solid", "reached", "increased", "to", "grew", "rose", "declined", "decreased", "improved", "fell", "dropped", "climbed", "came", "in", "amounted", "posted", "reported", "for", "and", "or", "about", "approximately", "over", "nearly", "more", "than", "also", "year-over-year", "sequentially", "jumped", "advanced", "slightly", "up", "down", "equal", "which", "equals", "on", "had", "be", "been", "being", "modest", "it", "its", "our", "same", "as", "widened", "narrowed", "by", "compared"]
)
ROUGH_WORDS = frozenset(["about", "approximately", "over", "nearly", "almost", "roughly", "exceeded", "exceeding", "topped", "surpassed", "surpassing", "around", "than"])
DELTA_WORDS = frozenset(
    ["by", "increase", "decrease", "decline", "rise", "growth", "improvement", "reduction", "gain", "up", "down", "higher", "lower", "increased", "decreased", "grew", "rose", "declined", "fell", "dropped", "improved", "drop"]
)
RELATIONS = re.compile(
    r"(?:as\s+)?compar(?:ed|es|ing)\s+(?:favorably\s+)?(?:to|with)|(?:this|these|which|that)\s+(?:results\s+|amounts?\s+)?compares?\s+(?:to|with)"
    r"|compares?\s+(?:to|with)|versus\b|\bvs\b\.?|as\s+against\b|\bfrom\b|\bagainst\b",
    re.IGNORECASE,
)
SPOILERS = frozenset(
    ["including", "included", "includes", "include", "excluding", "due", "driven", "because", "reflecting", "reflects", "reflected", "benefited", "benefitted", "offset", "attributable", "impact", "impacted", "charge", "charges", "respectively", "related", "expense", "expenses", "cost", "costs", "annualized"]
)
GUIDANCE = re.compile(
    r"\b(?:expects?|expected|expecting|anticipat\w{1,4}|guidance|outlook|forecasts?|projects?|projected|targets?|targeted|estimates?|estimated|will|would"
    r"|should|could|may|might|intends?|plans?|believes?|goal|range\s+of|consensus|in\s+the\s+range)\b",
    re.IGNORECASE,
)
