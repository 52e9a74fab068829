"""The words of results prose, as data: metric phrases, what may stand before them, connecting and spoiling words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ex99.filings.metrics import METRICS, Said
from ex99.filings.metrics.income import OTHER_INCOME
from ex99.filings.metrics.record import NONGAAP
from ex99.parsing.language.basis_words import NONGAAP_MODIFIERS
from ex99.parsing.language.comparison_words import COMPARED_WITH, VERSUS
from ex99.parsing.language.matcher import PhraseMatcher, first_words
from ex99.parsing.prose.patterns import spaced, words


@dataclass(frozen=True, slots=True)
class MetricPhrase:
    """A way to name a metric: ``money`` and ``per_share`` say which metric an amount of each unit is; None where it is none."""

    said: Said
    money: str | None = None
    per_share: str | None = None
    measure: str | None = None
    """The metric whose record names it so."""


METRIC_PHRASES: tuple[MetricPhrase, ...] = (
    *(MetricPhrase(s, m.name if m.unit == "money" else None, m.per_share, m.name) for m in METRICS.values() for s in m.prose),
    *(MetricPhrase(said) for said in OTHER_INCOME),
)
OWN_MEASURES = frozenset(m.name for m in METRICS.values() if m.bases == NONGAAP)
"""The measures that are the company's own under every name."""
METRIC = PhraseMatcher([spaced(phrase.said.pattern) for phrase in METRIC_PHRASES])

NONGAAP_WORDS = NONGAAP_MODIFIERS
NONGAAP_PHRASE = re.compile(
    r"non-?\s?gaap|pro[\s-]forma|\bon\s+an\s+adjusted\s+basis|(?<!% )(?<!percent )excluding|exclusive\s+of|excludes"
    r"|not\s+including|share\s+from\s+operations"
    r"|would\s+have\s+(?:been|reported|earned|posted|totaled|increased)"
    r"|adjusted\s+(?:to|for)(?![^.,;$]{0,40}\b(?:stock\s+)?(?:splits?|dividends?)\b)"
    r"|before\s+(?:\w+\s+){0,4}?(?:special|unusual|one-time|certain|non-?recurring|restructuring)\b"
)
LEFT_OUT = re.compile(
    r",?\s\(?(?:(?:which|that)\s+(?:excludes?|do(?:es)?\s+not\s+include)|excluding|exclusive\s+of|adjusted\s+for|before\s+(?:special|unusual|one-time|certain|non-?recurring|restructuring|merger))"
    r"\s[^$,;()]{3,90}?(?:\)|,|(?=\s(?:was|were|of|totaled|increased|decreased|grew|rose|declined|improved)\b)|$)"
    r"|(?:\snon-?gaap(?=\s(?:was|were|of)\b)|,?\s\(?(?:an?\s)?non-?gaap(?:\s(?:financial\s)?(?:measure|metric))?[,)]|,?\s\(?ex-items[,)]?"
    r"|(?:\sfrom\scontinuing\soperations)?(?:,\s|\s\(|\s?[\u2013\u2014-]\s?)as\sadjusted\b[,)]?){1,2}"
)
"""What a measure leaves out, said behind its name: "net income excluding special items was", "EPS (non-GAAP)", "EPS, ex-items, of"."""
TAKEN_IN = re.compile(r",\sincluding\s(?!discontinued)[^$,;()]{3,60},(?=\s(?:was|were|of|totaled)\b)")
"""What a measure takes in, said behind its name: "net income, including realized gains, was"."""
CONTINUING = re.compile(r"\sfrom\scontinuing\soperations\b")
"""Behind an income it makes less than the whole of it; revenue and what leads down from it are of continuing operations anyway."""
AS_GAAP = re.compile(r"\s(?:\((?:u\.?s\.?\s)?gaap\)|gaap(?=\s(?:was|were|of)\b))")
"""Behind a measure it says its basis: "EPS (GAAP) of"."""
BEHIND = (LEFT_OUT, TAKEN_IN, CONTINUING, AS_GAAP)
"""What may stand behind a measure's name as a part of it."""
PLAIN_MODIFIERS = words("""
    record total consolidated overall company-wide companywide company's corporation's firm's company’s corporation’s the our its their a an
    net quarterly annual full-year reported gaap as-reported strong solid actual quarter's quarter’s year's year’s s all-time new highest
    diluted basic worldwide global quarter year fiscal posted unaudited preliminary pro positive
""")
"""What may stand before a metric's name without making it a part of the whole ("record revenue", not "services revenue")."""
DETERMINERS = words("the our its their")
"""Where the noun phrase of a metric begins: nothing before them narrows it."""
FUNCTION_WORDS = words("""
    of on and with to for in from by was were is are had has have posted reported generated delivered achieved recorded announced said that
    while as at also earned realized saw produced when but or yielding resulting both compared versus today reporting posting generating
    delivering achieving recording reports posts announces report post record generate deliver achieve announce recognized incurred
    sustained experienced registered reflected
""")
"""Where the noun phrase of a metric begins at the latest."""
GENERATING = words("""
    generated delivered produced reported posted recorded achieved recognized generating delivering producing reporting posting recording
    achieving
""")
"""Verbs behind which an amount may come before its metric: "generated $4 million of operating cash flow"."""
CONNECTORS = words("""
        was were of totaled totalled is are at a an the record strong solid reached increased to grew rose declined decreased improved
    fell     dropped climbed came in amounted posted reported for and or about approximately over nearly more than also year-over-year
    sequentially     jumped advanced slightly up down equal which equals on had be been being modest it its our same as widened narrowed
    by compared basis per-share both
    doubled tripled quadrupled swung surged soared expanded slipped edged plunged eased shrank would have
""")
"""Words that may stand between a metric and its amount."""
ROUGH_WORDS = words("about approximately over nearly almost roughly exceeded exceeding topped surpassed surpassing around than")
ABOUT_WORDS = words("about approximately roughly around")
"""Rough words that still tell the figure, as far as it is printed; the others only bound it."""
DELTA_WORDS = words("""
    by increase decrease decline rise growth improvement reduction gain up down higher lower increased decreased grew rose declined fell
    dropped improved drop climbed jumped advanced rises increases decreases grows declines falls drops improves climbs jumps
""")
"""Words after which an amount is a change, unless "to" or "of" comes between."""
SPOILERS = words("""
    including included includes include excluding due driven because reflecting reflects reflected benefited benefitted offset attributable
    impact impacted charge charges related expense expenses cost costs annualized
""")
"""Words after which the amounts of a clause are parts and causes."""
CAUSES = words("due driven because owing caused")
"""Those of them after which a period is that of a cause."""
RESULTING = words("resulting resulted results yielding")
"""Words after which, with "in", the outcome of parts and causes is told: "lower costs resulted in operating income of"."""
CLAUSE_VERBS = words("was were is are totaled totalled increased decreased rose grew declined fell improved amounted reached")
"""Verbs that make a metric the subject of a clause of its own: "... of $2.4 million, and earnings per share were"."""
MEASURED_AGAINST = words("over than above below to with on matched matching exceeded exceeding topped beat")
RELATIONS = re.compile(
    rf"(?:as\s+|when\s+)?{COMPARED_WITH}|(?:this|these|which|that)\s+(?:results\s+|amounts?\s+)?compares?\s+(?:to|with)"
    r"|(?:ahead\s+of|above|below|(?:less|lower|higher|more|greater|better)\s+than)"
    r"(?=\s+the\s+[$€£]|\s+(?:net\s+)?(?:sales|revenues?|income|earnings|loss)\s+of\b)"
    rf"|compares?\s+(?:to|with)|{VERSUS}|as\s+against\b|\bfrom\b|\bagainst\b|\bover(?=\s+(?:the\s+)?(?:[$€£]|diluted|net|earnings|revenue|sales|income))"
)
RELATION_WORDS = first_words(RELATIONS.pattern) or frozenset()
COMING = re.compile(
    r"\b(?:guidance|outlook|forecasts?|project(?:ed|ing|s?\s+(?:that|its|net|sales|revenues?|earnings|a|to))|targets?|targeted|will"
    r"|would(?!\s+have\s+(?:been|reported|earned|posted|totaled|increased))|should|could|might|intends?|plans?|believes?|goal|range\s+of"
    r"|consensus|in\s+the\s+range)\b"
)
"""Words of what is to come."""
MAY = re.compile(r"\bmay\b")
"""One more of them, looked for in the text as it is printed: in lower case a month would look the same."""
MET = re.compile(
    r"\b(?:at|above|below|within|near|ahead\s+of|in\s+line\s+with|consistent\s+with|relative\s+to|exceed\w*|beat(?:ing)?|surpass\w*|topp\w+"
    r"|outperform\w*|met|better\s+than|compared\s+(?:to|with)|versus)\s+(?:[\w’'-]+\s+){0,7}?"
    r"(?:guidance|outlook|forecasts?|consensus|targets?|estimates?)\b(?:\s+ranges?(?:\s+of\b)?)?"
    r"|\b(?:better|worse|higher|lower|stronger|weaker)\s+than\s+(?:we\s+|was\s+|had\s+been\s+)?(?:expected|anticipated)\b"
)
"""Words by which what has come to pass is measured against what was expected of it: they are no words of what is to come."""
EXPECTED = re.compile(r"\b(?:expects?|expected|expecting|anticipat\w{1,4}|estimates?|estimated)\b")
"""Words of what is to come, unless a release tells preliminary results ("expects to report ...")."""
