"""What an amount of guidance measures: the phrase before it, after it, or of the amount before; else the words that stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsing.passages.guidance.metric_phrases import METRIC, MetricPhrase, name_metric, read_metric
from parsing.passages.guidance.ranges import Range

# ` in annual `, ` of additional `: what may stand between an amount and its metric
_AFTER_METRIC = re.compile(r"\)?,? ?(?:in|of|for|to|toward)? ?(?:(?:our|its|the|additional|annual|total|net|gross|positive|full[- ]year"
    r"|of|in|structural|cumulative|run-rate|maintenance|\d{4}) ?){0,4}")
# `GAAP: $.10 to $.12; non-GAAP: `, ` or `, ` and `: what may stand between two amounts of one metric
_SAME_METRIC = re.compile(r",? ?(?:(?:and|or|,|to|non-gaap|gaap|;|respectively|\(|on an? [\w-]+ basis|of|:|-|for the|for|full|year"
    r"|first|second|third|fourth|quarter|eps|is|be|expected|between|approximately) ?)*")
_SMALL = 100
_PER_SHARE_UNITS = frozenset({"USD/share", "EUR/share", "GBP/share", "CAD/share"})


@dataclass(frozen=True, slots=True)
class Named:
    """What an amount was found to measure, and the words that told."""

    phrase: MetricPhrase | None
    metric: str
    context: str


def name_amount(amount: Range, context: str, after: str, last: Named | None, *, listed: bool) -> Named | None:
    """The metric that an amount belongs to: the last phrase before it, the first after it, the one of the amount before; else None."""
    for match in reversed(list(METRIC.finditer(context))):
        metric = _metric(read_metric(match), amount)
        if metric:
            return Named(read_metric(match), _qualified(metric, context[: match.start()]), context)
    lead = _AFTER_METRIC.match(after)
    match_after = METRIC.match(after, lead.end() if lead else 0)
    if match_after is not None:
        metric = _metric(read_metric(match_after), amount)
        if metric:
            return Named(read_metric(match_after), metric, f"{context} {after[: match_after.end()]}")
    if last is not None and len(context) < 60 and _SAME_METRIC.fullmatch(context):
        metric = _metric(last.phrase, amount) if last.phrase else last.metric
        if metric:
            return Named(last.phrase, metric, context if "gaap" in context else f"{last.context} {context}")
    if amount.unit.endswith("/share") and amount.unit in _PER_SHARE_UNITS:
        return Named(None, "eps_diluted", context)
    free = _free_words(context, after) if listed or amount.low != amount.high else None
    return Named(None, free, context) if free else None


def _metric(phrase: MetricPhrase, amount: Range) -> str:
    """A phrase's metric for an amount; a few dollars of earnings are per share, thousands of dollars never are."""
    largest = max(abs(v) for v in (amount.low, amount.high) if v is not None)
    if amount.unit in {"USD", ""} and largest < _SMALL and phrase.per_share:
        return phrase.per_share
    metric = name_metric(phrase, amount.unit)
    return "" if metric == phrase.per_share and not amount.unit.endswith("/share") and metric else metric


# `cloud`, `domestic`: a word before "revenue" that makes it a part of the whole
_QUALIFIER = re.compile(r"(?:net new|domestic|international|segment|services?|cloud|subscription|products?|data ?center"
    r"|license|hardware|software|royalty) $")


def _qualified(metric: str, before: str) -> str:
    qualifier = _QUALIFIER.search(before)
    return f"{qualifier.group().strip()} {metric}" if qualifier and metric.startswith("revenue") else metric


_LEADING = (
    r"(?:is|are|was|were|to|will|should|would|of|at|in|be|a|an|the|range|between|from|average|approximately|about|roughly|around"
        r"|expected|anticipated|projected|estimated|targeted|currently|now|still|total|remain|reach|exceed|"
    r"top|over|more|than|up|reduce|increase|decrease|by|decline|further|grow|growth|rate|budget|guidance|for|\d{4},?|fiscal|year|full"
        r"|quarter|positive|:|~|\()"
)
# `all-in cash expense to average `: the noun before the words that lead to an amount
_FREE = re.compile(rf"(?P<noun>(?:[a-z&/'’()-]+ ){{1,5}}?)(?:{_LEADING} ?){{1,12}}$")
_NO_NOUN = frozenset({
    "we", "it", "that", "this", "which", "and", "or", "the", "our", "its", "company", "management", "to", "be", "in", "of", "for",
    "is", "are", "as", "by", "with", "approximately", "expects", "expect", "anticipates", "anticipate", "now", "also", "currently",
    "a", "full", "year", "average", "has", "have", "will", "targeting", "implying", "reflects", "reflecting", "includes", "including",
    "range", "previously", "reduced", "utilize", "he", "she", "they", "these", "those", "corporation",
})  # fmt: skip
# `in annual cost savings`: the noun after an amount
_NOUN_AFTER = re.compile(r"(?:in|of|per) ((?:[a-z&/-]+ ?){1,4})")
# ` by the end of 2024`: what follows a noun
_TRAIL = re.compile(r" (?:in|for|by|from|to|over|during|through|and|with|at|on|as|of)\b.*$")


def _free_words(context: str, after: str) -> str | None:
    """The words that name an amount where no known phrase does: up to five before it, else the noun right after it."""
    match = _FREE.search(f"{context[-120:]} ")
    words = match["noun"].split() if match else []
    while words and (words[0].strip(",()") in _NO_NOUN or any(w in _NO_NOUN for w in words[1:])):
        words = words[1:]
    noun = " ".join(words).strip(" ,()-")
    if len(noun) > 3:
        return noun
    lead = _NOUN_AFTER.match(after)
    noun = _TRAIL.sub("", lead.group(1)).strip() if lead else ""
    return noun if len(noun) > 3 and noun not in _NO_NOUN else None
