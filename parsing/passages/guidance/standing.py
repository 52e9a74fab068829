"""How an amount stands in its sentence: as guidance, or by the way, as another period's, a former guidance's, a change's or a result."""

from __future__ import annotations

import re

from ex99.parsing.language.comparison_words import FORMER
from ex99.parsing.passages.guidance.ranges import Range

# What right before an amount makes it no guidance: "compared to $4 million", "including $.03 per share", "plus or minus 2%"
_BY_THE_WAY = re.compile(
    r"\b(?:compare[ds]? (?:to|with)|versus|\bvs\.?|than|plus or minus|or|against|"
    rf"(?:{FORMER}|earlier)(?: (?:[\w-]+ ){{0,4}}?(?:guidance|outlook|range|forecast|target|estimate)s?)?|comparisons? (?:to|with)"
    r"|last year'?s?|midpoint of|implying|implies|represent(?:s|ing)|from|up|down|increased?|decreased?|grew|rose|declined|reported"
    r"|exceeded"
    r"|(?:guidance|outlook|target|range|forecast)s?(?:\(\d\))? by)"
    r"(?: (?:an?|the|its|our|expected|anticipated|estimated|additional|approximately|about|roughly|nearly|initial|guidance|range|of"
    r"|\d{4}|previous|prior|original|earlier|net|full-year|constant-currency|decline|growth|outlook|forecast|target|estimat(?:e|ion)"
    r"|projection|expectations?|in|for)){0,8} ?\(?$|(?:\+/-|±) ?$",
)
# `in the mid-`, `high `: what makes a percentage a band without bounds: "the mid 20 percent range"
_BAND = re.compile(r"\b(?:mid|low|high|upper|lower)[ -]$")
# `the previous guidance of `: amounts of what was told before
_BEFORE = re.compile(rf"\b(?:{FORMER}|earlier)\b")
# `to impact earnings by `: an amount of change; costs that are to be reduced by it are guidance
_CHANGED_BY = re.compile(
    r"\b(?:impact|affect|benefit|improv|increas|rais|boost|reduc|lower|decreas|declin)\w*"
    r"(?: (?!costs?\b|expenses?\b|spending\b|to\b)[\w()’'./%-]+){0,8} by(?: (?:an?|additional|approximately|about|roughly|nearly|another"
    r"|up to|as much as)){0,3} ?$|^,? ?and (?:[\w’'-]+ ){1,5}by(?: (?:approximately|about|roughly))? ?$"
)
# `analysts' consensus of `, `capable of producing `: what others expect, what a plant can do
OTHERS = re.compile(
    r"\b(?:analysts?|consensus|first call|wall street|street)\b|\bcapab(?:le|ility) (?:of|to)\b"
    r"|\bcapacity (?:of|for|to (?:produce|process|make|store|handle))\b"
)
# `26% from first-quarter operating expenses of `: what an amount is compared with
_COMPARED_TO = re.compile(
    r"\b(?:flat|down|up|higher|lower|unchanged|reduction|decrease|increase|decline)\b[^,;]{0,40}\b(?:from|with"
    r"|than|over) (?:the )?(?:[\w’'-]+ ){1,6}of(?: about| approximately)? ?$"
)
# `are expected to decrease `: a change that is the guidance itself
_CHANGE = re.compile(
    r"(?:expect\w*|anticipat\w*|will|should|project\w*|forecast\w*|target\w*)(?: [\w()’'.,%-]+){0,14}? (?:increase"
    r"|decrease|decline|grow|rise|fall|improve|be (?:up|down|higher|lower))(?: by)?(?: (?:an?|approximately|about|roughly|between|range|at"
    r"|least|in|the|of|further|another|additional)){0,4} ?$"
)
# `increased from`: a change told, not a range
_MOVES = re.compile(r"increas|decreas|rais|reduc|improv|grow|chang|revis|lower|narrow|updat")
# `was`, `repurchased`: verbs of the past, not `expects reported revenue`, `the recently announced sale`
PAST_VERB = re.compile(
    r"\b(?:was|were|had|contributed|recorded|recognized|totaled|achieved|generated|grew"
    r"|(?<!\btotal )(?<!\bexpects )(?<!\bexpect )(?<!\bour )(?<!\bthe )(?<!\bin )(?<!\bof )(?<!\bpreviously )(?<!\brecently )"
    r"(?:announced|reported|completed)"
    r"|repurchased|retired|incurred|received|paid|spent|increased|decreased|rose|fell|declined|exceeded|approved|authorized"
    r"|delivered|earned|posted|produced|climbed|dropped|improved|held|finished|ended(?= (?:the|fiscal|\d{4}|with))"
    r"|closed(?= (?:the|with)))\b"
)
# `expects`, `guidance`: words of the future
_CUE = re.compile(
    r"expect|anticipat|project|forecast|guidance|outlook|target|estimat|should|will|track|plans? to|goal|intend|budget"
    r"|aim|reiterat|reaffirm|pace"
)
# `guidance increased to `: a verb of the past by which guidance itself was changed
REVISED = re.compile(
    r"\b(?:guidance|outlook|forecast|expectations|targets?)(?: (?:range|is|was|has been|now)){0,2}"
    r" (?:increased|decreased|improved|raised|lowered|reduced|narrowed|revised) to(?: (?:a|the|range|of|between|approximately)){0,4} ?$"
)
_REACH = 110


def is_by_the_way(gap: str, amount: Range, *, following: bool) -> bool:
    """Whether the words before an amount make it another period's, a former guidance or a change; ``following`` is no first amount."""
    if amount.unit == "percent" and _CHANGE.search(gap[-160:]):
        return False
    tail = gap[-_REACH:]
    match = _BY_THE_WAY.search(tail)
    banded = amount.unit == "percent" and amount.low == amount.high and _BAND.search(f"{gap} ")
    changed = bool(banded or _CHANGED_BY.search(tail) or _COMPARED_TO.search(tail))
    if match is None or changed:
        return changed
    word = "by" if match.group().endswith(" by") else match.group().split()[0]
    open_ended = amount.low is None or amount.high is None
    if open_ended and word == "than":
        return False
    if word == "by" or _BEFORE.search(match.group()) or (following and gap.startswith(match.group())):
        return True
    if word == "or":
        return not amount.unit.endswith("/share")
    two = not open_ended and amount.low != amount.high
    return not (two and word in {"from", "up", "down", "increase", "decrease"} and _MOVES.search(tail, 0, match.start()) is None)


def is_past(context: str) -> bool:
    """Whether the last verb before an amount tells of the past."""
    past, cue = find_last(PAST_VERB, context), find_last(_CUE, context)
    return past is not None and REVISED.search(context[-_REACH:]) is None and (cue is None or cue.start() < past.start())


def find_last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The last match of a pattern in words."""
    last = None
    for match in pattern.finditer(words):
        last = match
    return last
