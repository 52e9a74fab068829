"""How guidance names what it guides: phrases and the metric they mean for an amount of each unit, as a table."""

from __future__ import annotations

from typing import NamedTuple

from ex99.filings.metrics import METRICS, record
from ex99.parsing.language.basis_words import LAW, nongaap_words
from ex99.parsing.language.currencies import CODES
from ex99.parsing.language.matcher import Match, PhraseMatcher


class OutlookPhrase(NamedTuple):
    """A phrase over lower-case words; the metric of money, per-share amounts, percentages and bare counts, "" where it has no such amount.

    Names of filings.metrics where the vocabulary has them; else the usual words in lower case.
    """

    pattern: str
    money: str
    per_share: str = ""
    percent: str = ""
    number: str = ""


_SHARE = r"(?:(?:fully |diluted |basic |common |ordinary |and ){0,6}(?:share|unit)s?)"

_SGNA = r"(?:(?:selling|marketing), general,? (?:and|&) administrative|sg&a|s,g&a|si&a|mg&a)(?: expenses?| costs?)?(?: \([sm]g&a\))?"
_GNA = r"(?:general (?:and|&) administrative|\bg&a)(?: expenses?| costs?)?"
_RND = r"(?:\br&d|research (?:and|&) development)(?: expenses?| costs?| spending)?"

# what outlooks name beside the metrics of the vocabulary
_OTHERS: tuple[OutlookPhrase, ...] = (
    OutlookPhrase(
        r"(?:accretive|accretion|dilutive|dilution) to (?:[\w'’-]+ ){0,4}?(?:earnings|eps|income|ffo|cash flow)(?: per share)?",
        "accretion",
        "accretion per share",
        "accretion",
    ),
    OutlookPhrase(r"equity in (?:the )?(?:net )?(?:income|earnings|loss(?:es)?)(?: \(loss\))?", "equity income", "equity income per share"),
    OutlookPhrase(rf"(?:net )?loss(?:es)? (?:attributable to [\w.&!’' -]{{1,40}} )?per {_SHARE}", "", "loss per share"),
    OutlookPhrase(r"\bffo\b(?: per (?:diluted )?(?:share|unit))?|funds from operations", "ffo", "ffo_per_share", "ffo growth"),
    OutlookPhrase(r"gross (?:profit )?margins?", "gross margin", "", "gross margin"),
    OutlookPhrase(r"op(?:erating|\.) (?:income |profit )?margins?", "", "", "operating margin"),
    OutlookPhrase(r"operating loss|loss from operations", "operating loss"),
    OutlookPhrase(r"(?:effective |underlying |gaap |non-gaap ){0,6}(?:income )?tax rates?", "", "", "tax rate"),
    OutlookPhrase(r"(?:net )?cash used (?:in|for) (?:operations|operating activities)", "cash used in operations"),
    OutlookPhrase(
        r"(?:same|comparable)[- ](?:store|property|center)s? (?:cash )?(?:noi|net operating income)",
        "same-store noi",
        "",
        "same-store noi growth",
    ),
    OutlookPhrase(r"free cash flow margins?", "", "", "free cash flow margin"),
    OutlookPhrase(
        r"(?:share|stock) (?:re-?purchases?|buy-?backs?)|repurchases? of (?:common )?(?:shares|stock)|repurchase", "share repurchases"
    ),
    OutlookPhrase(
        rf"{_RND},? (?:and|plus) {_SGNA}|{_SGNA},? (?:and|plus) {_RND}", "r&d and sg&a expenses", "", "r&d and sg&a expenses growth"
    ),
    OutlookPhrase(
        rf"{_SGNA}(?: as an? (?:%|percent|percentage) of [\w ]{{0,20}}?(?:sales|revenues?))?", "sg&a expenses", "", "sg&a expenses"
    ),
    OutlookPhrase(rf"{_GNA}(?: as an? (?:%|percent|percentage) of [\w ]{{0,20}}?(?:sales|revenues?))?", "g&a expenses", "", "g&a expenses"),
    OutlookPhrase(r"combined ratio", "", "", "combined ratio"),
    OutlookPhrase(
        r"(?:net |gross )?(?:written premiums?|premiums? written)(?: growth)?", "premiums written", "", "premiums written growth"
    ),
    OutlookPhrase(r"efficiency ratio", "", "", "efficiency ratio"),
    OutlookPhrase(r"(?:average |total )?loan growth", "", "", "loan growth"),
    OutlookPhrase(r"average (?:selling|sales|home|closing) prices?", "average selling price", "", "average selling price growth"),
    OutlookPhrase(
        r"operating expenses?|total (?:operating )?expenses?|adjusted expenses?|\bopex\b",
        "operating expenses",
        "",
        "operating expenses growth",
    ),
    OutlookPhrase(r"interest and other (?:income|expenses?)(?:,? net)?", "interest and other income"),
    OutlookPhrase(r"other income(?:,? (?:and|/|\(?)\s?\(?expenses?\)?)?(?:, net)?(?:/\(expense\))?", "other income", "", ""),
    OutlookPhrase(r"non-?interest expenses?", "noninterest expense", "", "noninterest expense growth"),
    OutlookPhrase(r"non-?interest income|fee income", "noninterest income", "", "noninterest income growth"),
    OutlookPhrase(
        r"(?:loan|credit)[- ]loss(?:es)? provisions?|provisions? for (?:loan|credit) losses|(?<!tax )\bprovision(?: expense)?\b",
        "provision for credit losses",
    ),
    OutlookPhrase(r"(?:income )?tax(?:es)? (?:provision|expense)|provision for (?:income )?taxes", "tax expense"),
    OutlookPhrase(r"\barr\b|annual(?:ized)? recurring revenue", "annual recurring revenue", "", "annual recurring revenue growth"),
    OutlookPhrase(r"depreciation(?: and amortization)?", "depreciation", "", ""),
    OutlookPhrase(
        r"(?:annual |net |annualized |cumulative |structural |total ){0,6}cost (?:savings?|reductions?)|savings",
        "cost savings",
        "",
        "cost savings",
    ),
    OutlookPhrase(
        r"restructuring (?:and [a-z-]+ )?(?:charges?|costs?|expenses?)", "restructuring charges", "restructuring charges per share", ""
    ),
    OutlookPhrase(
        r"(?:weighted[- ]average |average |(?:fully[- ])?diluted |basic |common |ordinary ){0,6}shares?(?: count)?(?: outstanding)?\b"
        r"(?! (?:re-?purchas|buy))",
        "",
        "",
        "",
        "shares",
    ),
    OutlookPhrase(r"(?:production|volume) growth", "", "", "production growth"),
    OutlookPhrase(r"production(?: volumes?)?\b(?! (?:facilit|plant|line|site|cost|expense|tax|process|capacit))", "", "", "", "production"),
    OutlookPhrase(r"(?:net )?sales volumes?", "", "", "volume growth", "sales volumes"),
    OutlookPhrase(
        r"(?:pre-?tax |after[- ]tax |non-?cash |one-time |special |unusual |impairment |severance |and |first "
        r"|second |third |fourth |quarter ){0,6}charges?\b",
        "charges",
        "charges per share",
    ),
    OutlookPhrase(r"(?<![a-z] )margins?\b", "", "", "margin"),
    OutlookPhrase(r"net loss(?:es)?|\bloss(?:es)?\b", "net loss", "loss per share", ""),
)
METRIC_PHRASES: tuple[OutlookPhrase, ...] = (
    *(
        OutlookPhrase(pattern, m.name if m.unit == "money" else m.guided_per_share, m.guided_per_share, m.guided_percent)
        for m in METRICS.values()
        for pattern in m.guidance
    ),
    *_OTHERS,
)
METRIC = PhraseMatcher([phrase.pattern for phrase in METRIC_PHRASES])
"""Any phrase at the start of a word; of several places the last before the amount counts."""
NONGAAP = nongaap_words("outlook")
_ALWAYS_NONGAAP = frozenset({name for m in METRICS.values() if m.bases == record.NONGAAP for name in (m.name, m.guided_percent)} | {"ffo"})


def read_metric(match: Match) -> OutlookPhrase:
    """The phrase that a match of METRIC is."""
    return METRIC_PHRASES[match.phrase]


def name_metric(phrase: OutlookPhrase, unit: str) -> str:
    """What a phrase means for an amount of a unit; "" where it has no such amount."""
    if unit.endswith("/share"):
        return phrase.per_share
    if unit == "percent":
        return phrase.percent
    if unit and unit.partition("/")[0] not in CODES:
        return phrase.number
    return phrase.money if unit else phrase.number or phrase.money


def read_basis(words: str, metric: str) -> str:
    """gaap or nongaap, by the words beside an amount and the metric itself."""
    lower = words.lower()
    if metric in _ALWAYS_NONGAAP:
        return "nongaap"
    own, law = list(NONGAAP.finditer(lower)), list(LAW.finditer(lower))
    if own and law:
        return "nongaap" if own[-1].start() > law[-1].start() else "gaap"
    return "nongaap" if own else "gaap"
