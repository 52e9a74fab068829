"""What an amount of guidance measures: the phrase before it, after it, or of the amount before; else the words that stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ex99.parsing.passages.guidance.metric_phrases import METRIC, OutlookPhrase, name_metric, read_metric
from ex99.parsing.passages.guidance.ranges import Range
from ex99.parsing.passages.horizon import find_span
from ex99.parsing.prose.patterns import words

# ` in annual `, ` of additional `: what may stand between an amount and its metric
_AFTER_METRIC = re.compile(
    r"\)?,? ?(?:in|of|for|to|toward)? ?(?:(?:our|its|the|additional|annual|total|net|gross|positive|full[- ]year"
    r"|of|in|structural|cumulative|run-rate|maintenance|\d{4}) ?){0,4}"
)
# `GAAP: $.10 to $.12; non-GAAP: `, ` or `, ` and `: what may stand between two amounts of one metric
_SAME_METRIC = re.compile(
    r",? ?(?:(?:and|or|,|to|non-gaap|gaap|;|respectively|\(|on an? [\w-]+ basis|of|:|-|for the|for|full|year"
    r"|first|second|third|fourth|quarter|eps|is|be|expected|between|approximately|in|range|the) ?)*"
)
# `; `, `, net marketing expense is`: another subject between a metric and an amount
_NEW_SUBJECT = re.compile(
    r"; |, (?!(?:on|in|for|excluding|including|before|net of|as|which|and|after|adjusted|with|at|from|to|or)\b)"
    r"(?:[\w&'’/-]+ ){1,5}(?:is|are|should|will)\b"
)
# `currency headwind`: what a percentage of revenue may be instead of its growth
_HEADWIND = re.compile(r"(?:[\w-]+ ){0,3}?(?:headwind|tailwind|drag)\b")
# `representing growth of `: a percentage by which the amount before it grows
_GROWTH_OF = re.compile(
    r"\b(?:represent\w*|impl(?:ies|ying)|reflect\w*|translat\w* (?:in)?to|equat\w* to|or|equivalent to|corresponding to)\b[^.;$]{0,60}?"
    r"\b(?P<way>growth|increase|decline|decrease)(?: rates?)?(?: (?:of|between|in|the|a|range|approximately|about|roughly|from)){0,6} ?$"
)
# `, representing `, `, or ` before and ` year-over-year growth` behind: the same with the word for it after the percentage
_GROWTH_LEAD = re.compile(
    r"(?:\b(?:represent\w*|impl(?:ies|ying)|reflect\w*|translat\w* (?:in)?to|equat\w* to|or|equivalent to)|,)"
    r"(?: (?:an?|approximately|about|roughly|between)){0,3} ?$"
)
_GROWTH_BEHIND = re.compile(
    r"(?:(?:year[- ](?:over|on)[- ]year|yoy|y/y|annual|organic|reported|constant[- ]currency) ){0,3}"
    r"(?P<way>growth|increase|decline|decrease)\b"
    r"(?! (?:in\b|to\b|at (?:the|our) mid))"
)
# ` sales backlog`, ` impact`: what makes an amount no outlook
_ELSEWHERE = re.compile(r"(?:[a-z]+ )?(?:backlog|impacts?|grants?|term loan|credit facility|remaining performance obligations?)\b")
# `as a percentage of `: the whole that a percentage is of, no metric of its own
_SHARE_OF = re.compile(r"(?:percent(?:age)?|%) of (?:[\w-]+ ){0,3}$")
# ` of full-year net revenue`: the same behind the amount
_OF_WHOLE = re.compile(r"\)?,? ?of (?:(?:our|its|the|total|consolidated|net|home|sale|full[- ]year|fiscal|\d{4}) )*(?:revenues?|sales)\b")
_MARGIN_OF = {
    "adjusted_ebitda": "adjusted ebitda margin",
    "ebitda": "ebitda margin",
    "operating_income": "operating margin",
    "gross_profit": "gross margin",
    "free_cash_flow": "free cash flow margin",
}
_SMALL = 100
_LONGEST_JOIN = 60
_SMALLEST_COUNT = 1000
_PER_SHARE_UNITS = frozenset({"USD/share", "EUR/share", "GBP/share", "CAD/share"})


@dataclass(frozen=True, slots=True)
class Named:
    """What an amount was found to measure, and the words that told."""

    phrase: OutlookPhrase | None
    metric: str
    context: str


def name_amount(amount: Range, context: str, after: str, last: Named | None, *, listed: bool) -> Named | None:
    """The metric that an amount belongs to: the last phrase before it, the first after it, the one of the amount before; else None."""
    if _ELSEWHERE.match(after):
        return None
    share = amount.unit == "percent" and _OF_WHOLE.match(after) is not None
    named = read_growth(amount, context, after, last) or _named_before(amount, context, after)
    if named is not None and not (share and named.metric.endswith(" growth")):
        return named
    if share:
        noun = _free_words(context, "")
        return Named(None, f"{noun} as a percentage of revenue", context) if noun else None
    named = _named_after(amount, context, after, last) or _named_again(amount, context, last)
    return named or _named_freely(amount, context, after, listed=listed)


def _named_freely(amount: Range, context: str, after: str, *, listed: bool) -> Named | None:
    """By the unit, by what a number counts, or by words that no known phrase is."""
    if amount.unit.endswith("/share") and amount.unit in _PER_SHARE_UNITS:
        return Named(None, "eps_diluted", context)
    free = None if amount.unit else find_counted(after)
    told = listed or amount.low != amount.high or _PREDICATE.search(context) is not None
    if free is None and told and (amount.unit or (amount.high or 0) >= _SMALLEST_COUNT):
        free = _free_words(context, after)
    if free and _is_small(amount) and any(METRIC.finditer(free)):
        return None
    return Named(None, free, context) if free else None


def _named_before(amount: Range, context: str, after: str) -> Named | None:
    """By the last phrase before an amount, unless it is the whole that a percentage is of."""
    for match in reversed(list(METRIC.finditer(context))):
        metric = _metric(read_metric(match), amount)
        if metric and _NEW_SUBJECT.search(context, match.end) is None and not _SHARE_OF.search(context[: match.start]):
            return Named(read_metric(match), _headwind(after) or _qualified(metric, context[: match.start]), context)
    return None


def _named_after(amount: Range, context: str, after: str, last: Named | None) -> Named | None:
    """By the phrase right after an amount: "$40 million in free cash flow"; a bare margin is that of the amount before."""
    lead = _AFTER_METRIC.match(after)
    match = METRIC.match(after, lead.end() if lead else 0)
    metric = _metric(read_metric(match), amount) if match is not None else ""
    if metric == "margin" and last is not None and last.phrase is not None and last.phrase.money in _MARGIN_OF:
        metric = _MARGIN_OF[last.phrase.money]
    return Named(read_metric(match), metric, f"{context} {after[: match.end]}") if match is not None and metric else None


def _named_again(amount: Range, context: str, last: Named | None) -> Named | None:
    """By the metric of the amount before, where only connecting words stand between."""
    if last is None or len(context) >= _LONGEST_JOIN or not _SAME_METRIC.fullmatch(context):
        return None
    metric = _metric(last.phrase, amount) if last.phrase else last.metric
    return Named(last.phrase, metric, context if "gaap" in context else f"{last.context} {context}") if metric else None


def read_growth(amount: Range, context: str, after: str, last: Named | None) -> Named | None:
    """A percentage that tells how the amount before it changes: "revenue of $610 million, representing growth of 9% to 10%"."""
    if amount.unit != "percent" or last is None:
        return None
    lead = _GROWTH_LEAD.search(context)
    opening, match = (lead, _GROWTH_BEHIND.match(after)) if lead else (found := _GROWTH_OF.search(context), found)
    if match is None or opening is None or any(METRIC.finditer(context, opening.start())):
        return None
    way = "decline" if match["way"].startswith("dec") else "growth"
    told = last.phrase.percent if last.phrase is not None and last.phrase.percent.endswith(" growth") else f"{last.metric} growth"
    return Named(None, f"{told.removesuffix('growth')}{way}", f"{last.context} {context}")


# `sustaining capital is expected to be `: a subject of its own right before the amount
_PREDICATE = re.compile(
    r"\b(?:is|are) (?:now |currently |still )?(?:expected|anticipated|projected|estimated|forecast(?:ed)?|targeted|budgeted)"
    r" (?:to (?:be|total|average)|at)(?: (?:approximately|about|roughly|around|in|the|a|range|of|between)){0,5} ?$"
)


# `new homes in`, `BOE per day`: what a bare number counts
_COUNTED = re.compile(
    r"(?:(?:new|net|additional|total|gross|more|company-owned) )*"
    r"(?P<noun>(?:[a-z][a-z-]* ){0,2}?(?:(?!(?:gas|less|plus|business)\b)[a-z-]{2,}s|m{0,2}boe"
    r"|[bm]{0,2}cfe?|bbl)(?: of (?:oil|coal|gold|gas)(?: equivalent)?)?(?:(?: per |/)d(?:ay)?)?)\b"
)
# `12 to 18 months`: no count
_NO_COUNT = re.compile(
    r"\b(?:years?|months|weeks|days|quarters|hours|minutes|points|times|bps|its|is|was|this|as|has|ones|states"
    r"|patients|subjects|people)\b"
)


def find_counted(after: str) -> str | None:
    """What a bare number counts, by the words behind it: "homes", "boe per day"; None where they say nothing or a time."""
    match = _COUNTED.match(after)
    return match["noun"] if match and not _NO_COUNT.search(match["noun"]) else None


_WITHOUT_LOSS = {"loss per share": "eps_diluted", "net loss": "net_income", "operating loss": "operating_income"}
"""What a loss printed below zero is an amount of."""


def settle(metric: str, amount: Range, *, falls: bool) -> str:
    """The metric that an amount's sign leaves: a loss below zero is a negative profit, growth that falls a decline."""
    bounds = [bound for bound in (amount.low, amount.high) if bound is not None]
    if any(bound < 0 for bound in bounds):
        return _WITHOUT_LOSS.get(metric, metric)
    return f"{metric.removesuffix('growth')}decline" if falls and metric.endswith("growth") else metric


def _headwind(after: str) -> str | None:
    match = _HEADWIND.match(after)
    return match.group() if match else None


def _is_small(amount: Range) -> bool:
    """Whether an amount is dollars that no company's revenue or profit is: its scale is not printed."""
    return amount.unit == "USD" and 0 < max(abs(v) for v in (amount.low, amount.high) if v is not None) < _SMALLEST_MONEY


def _metric(phrase: OutlookPhrase, amount: Range) -> str:
    """A phrase's metric for an amount; a few dollars of earnings are per share, thousands of dollars never are."""
    largest = max(abs(v) for v in (amount.low, amount.high) if v is not None)
    if amount.unit in {"USD", ""} and largest < _SMALL and phrase.per_share:
        return phrase.per_share
    metric = name_metric(phrase, amount.unit)
    if _is_small(amount) and metric in _LARGE:
        return ""
    return "" if metric == phrase.per_share and not amount.unit.endswith("/share") and metric else metric


PARTED = frozenset({
    "revenue", "revenue growth", "operating_income", "operating income growth", "operating margin", "operating loss", "gross_profit",
    "gross margin", "adjusted_ebitda", "adjusted ebitda margin", "ebitda", "ebitda margin", "net_income", "net income growth",
    "comparable sales", "comparable sales growth", "production", "production growth",
})  # fmt: skip
"""The metrics that companies also tell of their parts."""
_NARROWED = PARTED | {"operating expenses", "operating expenses growth", "capital expenditures", "capital expenditures growth"}
_LARGE = PARTED | {"operating expenses", "capital_expenditures", "operating_cash_flow", "free_cash_flow", "pretax_income", "tax expense"}
_SMALLEST_MONEY = 1000
"""Below so many dollars in prose a company-wide amount has lost its scale."""
_PLAIN = words("""
    a an the our its their and or of in to for with on by from at as that this which than be is are was were will would should may total
    reduce reduces reducing related corresponding resulting
    consolidated overall combined company-wide worldwide global annual annualized quarterly full-year full year quarter half month week
    weeks fiscal calendar first second third fourth holiday net gross gaap non-gaap reported adjusted core organic operational comparable
    constant currency neutral underlying pro forma diluted record strong solid positive additional incremental lower higher reduced
    increased expected anticipated projected estimated planned targeted approximately about roughly expects expect expecting anticipates
    anticipate anticipating projects project forecasts forecast forecasting targets target targeting plans plan sees see reaffirms
    reaffirming reiterates reiterating raises raising lowers lowering maintains maintaining estimates estimate believes achieve achieving
    deliver delivering generate generating report reporting reach reaching earn produce post record realize result including excluding
    assuming assumes while still now also currently continue continues guidance outlook range time both aggregate average base case
    year-over-year sequential through less plus january february march april may june july august september october
    november december company corporation we it they planning includes include calls shows mid
""")
"""Words before a metric that do not narrow it."""
# `services`, `lease`: a word that narrows; digits, possessives, participles and marks end the noun phrase
_NARROWS = re.compile(r"(?:[a-z&/][a-z&/-]*)")


# `for our lease fleet and related services, we `: a part of the company that a sentence opens with
_PART_FIRST = re.compile(
    r"\W*(?:for|in|within|from|at) (?:our |the |its )?(?P<part>[a-z&][\w&’'/-]*(?: [a-z&][\w&’'/-]*){0,6}),"
    r" (?:we|it|the company|management) "
)
# `For Example Stores, the Company expects the following:`: a part of the company whose outlook a list is
_PART_INTRODUCED = re.compile(
    r"\W*for (?:our |the )?(?P<part>[\w&][\w&’'/. -]{2,40}?),? (?:the company|we|it|management) [^:]{0,60}:$", re.IGNORECASE
)
# `for this reason`, `in addition`: openings that name no part
_NO_PART = re.compile(
    r"\b(?:years?|quarters?|months?|weeks?|periods?|half|season|fiscal|calendar|term|future|addition|summary|total|conclusion|light|general"
    r"|particular|perspective|reference|example|instance|reasons?|time|date|guidance|outlook|basis|comparison|context|this|these|that|now"
    r"|company|results?|performance|environment|conditions|rates?|trends?|whole|line|view|order)\b"
)
# `reduction in adjusted `: what makes an amount a change of its metric
_CHANGE_IN = re.compile(
    r"\b(?P<change>reduction|decrease|decline|increase)s? (?:in|to|of) (?:(?:our|its|the|total|annual|adjusted|cash|gaap|non-gaap) ){0,3}$"
)


def find_part(words: str, issuer: str) -> str:
    """The part of the company whose list a line introduces: "For Example Stores, the Company expects the following:"; "" where none."""
    match = _PART_INTRODUCED.match(words)
    part = match["part"].lower() if match else ""
    return "" if not part or find_span(part) or _NO_PART.search(part) or part in issuer.lower() else part


def _part_first(before: str) -> str:
    """The part of the company that a sentence opens with, before what is expected of it; "" where it opens with a time or anything else."""
    match = _PART_FIRST.match(before)
    part = match["part"] if match else ""
    return "" if not part or find_span(part) or _NO_PART.search(part) else part


def _qualified(metric: str, before: str) -> str:
    """A metric with the words before it that make it a part of the whole or a change: "services revenue", "sg&a expenses reduction"."""
    change = _CHANGE_IN.search(before)
    if change is not None and not metric.endswith(("growth", "margin", "rate", "ratio")):
        return f"{metric} {change['change']}"
    if metric not in _NARROWED:
        return metric
    if part := _part_first(before):
        return f"{part} {metric}"
    narrowing: list[str] = []
    for word in reversed(before.split()[-3:]):
        if not _PLAIN.isdisjoint({word, *word.split("-")}) or not _NARROWS.fullmatch(word):
            break
        narrowing.insert(0, word)
    return " ".join([*narrowing, metric])


_LEADING = (
    r"(?:is|are|was|were|to|will|should|would|of|at|in|be|a|an|the|range|between|from|average|approximately|about|roughly|around"
    r"|expected|anticipated|projected|estimated|targeted|currently|now|still|total|remain|reach|exceed|greater|less|fewer|"
    r"top|rise|fall|drop|climb|improve|over|more|than|up|reduce|increase|decrease|by|decline|further|grow|growth|rate|budget|guidance|for|run|come|\d{4},?|fiscal|year|full"
    r"|quarter|positive|:|~|\()"
)
# `all-in cash expense to average `: the noun before the words that lead to an amount
_FREE = re.compile(rf"(?P<noun>(?:[a-z&/'’()-]+ ){{1,5}}?)(?:{_LEADING} ?){{1,12}}$")
_NO_NOUN = frozenset({
    "we", "it", "that", "this", "which", "and", "or", "the", "our", "its", "company", "management", "to", "be", "in", "of", "for",
    "is", "are", "as", "by", "with", "approximately", "expects", "expect", "anticipates", "anticipate", "now", "also", "currently",
    "a", "full", "year", "average", "has", "have", "will", "targeting", "implying", "reflects", "reflecting", "includes", "including",
    "range", "previously", "reduced", "from", "outlook", "guidance", "translating", "initial", "levels", "projected", "flat", "utilize",
    "he", "she", "they", "these", "those", "corporation", "remainder", "balance", "rest",
})  # fmt: skip
# `in annual cost savings`: the noun after an amount
_NOUN_AFTER = re.compile(r"(?:in|of|per) (?:its |our |the )?((?:[a-z&/-]++(?![\w+]) ?){1,4})")
# ` by the end of 2024`: what follows a noun
_TRAIL = re.compile(r" (?:in|for|by|from|to|over|during|through|and|with|at|on|as|of)\b.*")


def _free_words(context: str, after: str) -> str | None:
    """The words that name an amount where no known phrase does: up to five before it, else the noun right after it."""
    match = _FREE.search(f"{context[-120:]} ")
    nouns = match["noun"].split() if match else []
    while nouns and (nouns[0].strip(",()") in _NO_NOUN or any(word in _NO_NOUN for word in nouns[1:])):
        nouns = nouns[1:]
    noun = " ".join(nouns).strip(" ,()-")
    if len(noun) > 3:
        return noun
    lead = _NOUN_AFTER.match(after)
    noun = _TRAIL.sub("", lead.group(1)).strip() if lead else ""
    return noun if len(noun) > 3 and noun not in _NO_NOUN else None
