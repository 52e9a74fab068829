"""The rows that report a metric, as a table of phrases over plain labels (see labels.read_label).

Sources: the statement forms of Regulation S-X, articles 5 (commercial), 7 (insurance) and 9 (banks); the line items of the us-gaap
taxonomy for the same concepts; Nareit's definition of FFO; and the wording of releases from 1996 on. A lower rank wins where several
rows of one statement match: totals before their components, the plain line before the qualified one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern that a whole plain label must match for its row to report ``metric``; ``unit`` is money, per_share or shares."""

    metric: str
    rank: int
    pattern: re.Pattern[str]


def _rows(metric: str, *patterns: str) -> list[Phrase]:
    return [Phrase(metric, rank, re.compile(pattern)) for rank, pattern in enumerate(patterns)]


# acme | 4 seasons widgets | müller brothers
_NAME = r"\w[\w ]{2,60}"
_WHOSE = r"(?:the )?\w[\w ]{1,60}?"
_COMMON = (
    r"(?:common (?:stock|shares?) and participating securities"
    r"|(?:common )?(?:holders|stock|shares?|holders equity)|common (?:and participating )?"
    r"(?:holders|stock|shares?|unitholders))"
)
_OTHERS = (
    r"(?!.*\b(?:non ?controlling|minority|preferred (?:holders|stock|shares?|interests?)$|preferred dividends"
    r"|(?<!and )participating securities$"
    r"|unvested"
    r"|redeemable|discontinued|continuing|predecessor|general partners?|incentive distribution|subordinated|operating partnership"
    r"|joint ventures?|class [b-z]$|employees)\b)"
)
_INCOME = r"(?:consolidated |total )?net income"
_PERIOD = r"(?: for the (?:period|quarter|year|three months|six months|nine months|twelve months))?"
_NCI = (
    r"(?: and comprehensive income)?(?: (?:including|before|prior to)(?: allocation to| attribution to"
    rf"| deduction for)? (?:the )?(?:redeemable )?(?:non ?controlling|minority) interests?(?: in {_NAME})?)?"
)

MONEY: tuple[Phrase, ...] = (
    *_rows(
        "revenue",
        r"total (?:net |operating |consolidated |company )?(?:revenues?"
        r"|sales)(?: and other)?(?: income)?(?: net(?: of interest expense)?)?",
        r"total (?:net )?(?:sales and )?(?:operating )?revenues?(?: and other income)?"
        r"|(?:total )?consolidated (?:net )?(?:revenues?|sales)|revenues? total|net (?:sales|revenues?) total"
        r"|total revenues? and other(?: income| gains)?|total net sales and [a-z ]{3,30}|total managed revenues?"
        r"|(?:total )?net (?:operating |patient |service )*revenues? (?:after|less) (?:the )?provision for (?:doubtful accounts|bad debts)"
        r"|total revenues? from (?:operations|customers)|total (?:[a-z]+ ){1,3}and other revenues?",
        r"net (?:sales|revenues?|operating revenues?)|(?:sales|revenues?) net|operating revenues?(?: net)?"
        r"|revenues? net of interest expense|net sales and (?:operating |other )?revenues?"
        r"|sales and (?:operating |other )?revenues?|revenues? and other income|net revenues? and other income",
        r"revenues?|sales(?: net)?(?: of returns and allowances)?|net sales and other|sales net of .{3,40}"
        r"|net sales .{0,3}and services?|revenues? from (?:operations|services|(?:contracts with "
        r"|external )?customers|continuing operations)|sales to customers|gross revenues?"
        r"|(?:net )?turnover|net sales from continuing operations"
        r"|revenues? before reimburs[a-z]+(?: expenses| costs)?(?: net revenues?)?|(?:net )?sales including excise taxes"
        r"|total revenues gains and other income|net trade sales|(?:total |net )?(?:revenues?|sales) net of [a-z ]{3,50}|turnover",
    ),
    *_rows(
        "net_interest_income",
        r"(?:total )?net interest income",
        r"net interest (?:income|revenue|and dividend income)(?: before (?:provision|credit).{0,60})?",
    ),
    *_rows(
        "gross_profit",
        r"(?:total |consolidated )?gross (?:income|profit)(?: net| on sales)?",
        r"(?:total )?gross margin|gross profit margin|gross income total",
    ),
    *_rows(
        "operating_income",
        r"(?:total |consolidated )?operating income|(?:total |consolidated )?(?:income|profit) from operations"
        r"|total consolidated operating income",
        r"(?:total |consolidated )?operating profit|operating income (?:income from operations|ebit)|income from operating activities"
        r"|income on operations|net income from operations|operating results?"
        r"|results? (?:from|of) operating activities|results? from operations",
        r"(?:operating income|income from operations) (?:before|after) (?:other|restructuring).{0,60}"
        r"|operating income (?:from continuing operations|net)",
    ),
    *_rows(
        "pretax_income",
        r"(?:consolidated |total )?(?:net )?income before (?:(?:the )?(?:provision|benefit|expense|provision or benefit"
        r"|provision benefit) (?:for|from) )?(?:federal )?(?:income )?tax(?:es)?(?: expense| benefit| provision)?(?: benefit"
        r"| expense)?"
        r"|pre ?tax income|income before (?:provision|benefit)",
        r"(?:net )?income (?:from continuing operations |from operations )?before (?:(?:provision|benefit|expense)(?: provision"
        r"| benefit)? (?:for |from )?)?(?:taxes on income|(?:federal )?(?:income )?tax(?:es)?)(?: expense| benefit"
        r"| provision)?(?: on income)?"
        r"|income before taxation|income before (?:provision|benefit) (?:for |from )?taxes on income"
        r"|income (?:from continuing operations )?before (?:income )?tax(?:es)?(?: on income| expense| benefit| provision)? and (?:equity"
        r"|non ?controlling|minority|cumulative|extraordinary|income from equity|undistributed).{3,90}",
        r"(?:net )?income (?:from continuing operations |from operations )?before (?:income )?(?:tax(?:es)?|provision|equity"
        r"|minority|(?:non ?controlling)).{0,110}tax.{0,60}"
        r"|(?!.*(?:depreciation|amortization|and interest(?: expense)?$))"
        r"income (?:from (?:continuing )?operations )?before (?:income )?tax(?:es)? (?:minority|equity|non ?controlling"
        r"|and).{3,90}|income before (?:federal and state|state and federal) (?:income )?taxes|total pre ?tax income"
        r"|income before (?:income )?tax(?:es)? from continuing operations|income before extraordinary items? and (?:income )?taxes"
        r"|income before (?:income )?taxes (?:discontinued|extraordinary|cumulative).{3,80}"
        r"|income before reorganization items and income taxes",
    ),
    *_rows(
        "net_income",
        rf"{_INCOME}{_PERIOD}",
        rf"{_INCOME}{_NCI}",
        rf"(?:consolidated )?income for the (?:period|quarter|year)|{_INCOME} and comprehensive income(?: including .{{5,40}})?"
        rf"|net income as reported|net income {_PERIOD}loss|income net|income after tax(?:es)?"
        r"|net income (?:per gaap|of consolidated group|after tax(?:es)?)"
        rf"|{_INCOME} including portion attributable to .{{10,60}}",
    ),
    *_rows(
        "net_income_to_common",
        rf"{_OTHERS}(?:consolidated )?(?:net )?income(?: and comprehensive income)? (?:attributable"
        rf"|attributable attributable) to {_COMMON}(?: of {_WHOSE})?(?: basic(?: and diluted)?| diluted)?",
        rf"{_OTHERS}(?:consolidated )?net income(?: and comprehensive income)? attributable to {_WHOSE}(?: {_COMMON})?",
        rf"{_OTHERS}(?:net )?income (?:attributable|on) (?:to )?common (?:stock|shares?|holders|equity).{{0,30}}|net income (?:to"
        rf"|for) {_COMMON}",
        rf"(?:limited (?:partners|holders)|common unitholders|holders) (?:interest|share) (?:in|of) {_INCOME}"
        rf"|{_OTHERS}(?:net )?income attributable to (?:the )?(?:equity )?(?:owners|holders|members) of {_WHOSE}"
        r"|balance (?:for|attributable to) common (?:stock|holders)|net income after (?:non ?controlling interests?|preferred dividends)",
    ),
    *_rows(
        "ebitda",
        r"(?:consolidated |total )?ebitda",
        r"(?:net )?income before (?:net )?interest (?:income "
        r"|expense )*(?:provision for )?(?:income )?tax(?:es)? depreciation(?: and)? amortization(?: ebitda)?",
    ),
)

# adjusted ebitda | total adjusted ebitdax attributable to ... | non gaap adjusted income adjusted ebitda
EBITDA = re.compile(
    r"(?:(?:total|consolidated|company|non|gaap|net|income|from|operations|adjusted|the|pro|forma|reported|core|of|or|before"
    r"|interest|tax(?:es)?|depreciation"
    r"|amortization|and|as|comparable)\s){0,14}ebitda(?:x|re|r)?(?:\s(?:as\sdefined|as\sadjusted|total|non\sgaap|adjusted|ebitda(?:x|re)?"
    r"|from\scontinuing\soperations|attributable\sto\s.{3,60}))?"
)
# what is left of a label when words of its basis and what it leaves out are cut off
ADJUSTED_INCOME = re.compile(
    r"(?:consolidated |total )?(?:net )?income(?: from continuing operations)?(?: loss)?(?: (?:attributable|on|to) .{3,80})?"
    r"|net operating income|cash (?:net )?income|(?:net )?income available for distribution(?: to .{3,40})?|distributable income"
)
# measures of return on tangible capital start from such rows; no company calls them its adjusted income
NOT_ADJUSTED = re.compile(r"\b(?:tangible|intangibles? amortization|amortization of intangibles?|taxable|annualized)\b")
_EXCLUSION = re.compile(
    r"\b(?:exclud(?:es?|ing)|as adjusted to|to exclude|excl|exclusive of|before (?:special|identified|certain)|without|adjusted for"
    r"|net of|ex items)\b"
)


def cut_exclusions(text: str) -> tuple[str, bool]:
    """(a label up to the words that say what it leaves out, whether there were such words)."""
    match = _EXCLUSION.search(text)
    return (text, False) if match is None else (text[: match.start()].strip(), True)


PER_SHARE: tuple[Phrase, ...] = (
    *_rows(
        "ffo_per_share",
        r"(?:diluted )?(?:nareit )?(?:defined )?(?:ffo|funds from operations)(?: ffo)?(?: attributable to .{3,40})?"
        r" per (?:fully )?(?:diluted )?(?:common )?(?:share|unit)(?: and)?(?: (?:op )?unit)?(?: diluted)?(?: fully diluted)?",
    ),
    *_rows(
        "dividends_per_share",
        r"(?:cash |common |regular |quarterly |common stock )*(?:dividends?|distributions?)(?: declared| paid"
        r"| payable)?(?: and paid| and declared)?(?: on common (?:stock|shares?))? per (?:common |ordinary |class a )?(?:stock "
        r"|common |limited (?:partner|partnership|holders) )?(?:share|unit)(?: declared| paid| of common stock| common| outstanding)?"
        r"(?: basic)?",
        r"(?:cash )?dividends?(?: declared| paid)?(?: per)?|per common share dividends? declared|dividends? declared per share.{0,30}",
    ),
)

SHARE_COUNTS = re.compile(
    r"(?:weighted|average|avg|shares used|number of shares|shares for|shares \(|denominator|common shares|shares outstanding"
    r"|shares in computing|shares|wtd|units used|common and equivalent)"
)
_END_OF_PERIOD = re.compile(
    r"\b(?:end of|period end|ending|at end|issued|authorized|repurchased|at period|actual|book|as of|treasury|granted|awards"
    r"|purchased|reserved|at (?:december|march|june|september)|dilutive effect|effect of|options|warrants|restricted|convertible"
    r"|unvested|participating)\b"
)
_COMPONENT = re.compile(
    r"\b(?:continuing|discontinued|cumulative|extraordinary|before|accounting change|effect|undistributed|distributed|dividends?"
    r"|book value|tangible|cash flow|price|impact|items|gain on|amortization|per share of(?! (?:common|ordinary|class|stock|capital))"
    r"|charges?|impairment|investment|adjustments?|taxable|comprehensive|pre ?tax)\b"
)
_CONTINUING = re.compile(r"\bcontinuing operations\b")
_BASIC = re.compile(r"\bbasic\b|\bprimary\b")
_DILUTED = re.compile(
    r"\b(?:fully )?diluted\b|\bassuming (?:full )?dilution\b|\bdilution\b|\bdiluted?\b|\bepsd\b|\bcommon and equivalent\b"
    r"|\bcommon equivalent\b|\band common equivalents?\b|\bcommon (?:share|stock) equivalents?\b|\bshares and equivalents\b"
    r"|\b(?:and|including) dilutive\b"
)


@lru_cache(maxsize=8192)
def share_kinds(text: str) -> tuple[str, ...]:
    """("basic",), ("diluted",), both, or none, as a label's words say."""
    kinds = []
    if _BASIC.search(text):
        kinds.append("basic")
    if _DILUTED.search(text):
        kinds.append("diluted")
    return tuple(kinds)


def is_component(text: str) -> bool:
    """Whether a per-share row is only a part of net income per share (continuing or discontinued operations, an accounting change)."""
    return _COMPONENT.search(text) is not None


def is_continuing(text: str) -> bool:
    """Whether a row counts continuing operations alone."""
    return _CONTINUING.search(text) is not None


def is_period_end_count(text: str) -> bool:
    """Whether a row counts shares on a day (or a part of them), not a weighted average."""
    return _END_OF_PERIOD.search(text) is not None and "weighted" not in text and "average" not in text and "used" not in text


# incremental shares from assumed conversions | weighted average participating securities
_SHARE_PART = re.compile(
    r"\b(?:incremental|(?<!and )(?<!including )dilutive|assumed (?:conversion|exercise)s?"
    r"|(?<!excluding )(?<!assuming )participating securities"
    r"|stock options|restricted stock|antidilutive|effect)\b"
)


def is_share_part(text: str) -> bool:
    """Whether a row counts only what is added to the basic shares, or taken off them."""
    return _SHARE_PART.search(text) is not None


INSTANT: tuple[Phrase, ...] = (
    *_rows(
        "cash",
        r"(?:total )?cash and (?:cash )?equivalents(?: (?:at (?:market|cost)|including restricted).{0,40})?",
        r"(?:total )?cash and due from banks|(?:total )?cash(?: and cash equivalents)?(?: and due from banks)?"
        r"|unrestricted cash and cash equivalents|cash and cash equivalents unrestricted"
        r"|cash and (?:temporary (?:cash )?|cash )investments|less [a-z ]{0,20}cash and cash equivalents",
    ),
    *_rows("total_assets", r"total assets", r"assets total|total consolidated assets"),
    *_rows("total_liabilities", r"total liabilities", r"liabilities total|total consolidated liabilities"),
    *_rows(
        "equity",
        r"total (?:(?!liabilities|common|preferred|tangible|average|assets)[a-z]{1,20} ){0,5}holders (?:equity(?: deficit)?"
        rf"|deficit|deficiency|income|investment|capital)(?: (?:attributable to|of) {_NAME})?"
        rf"|total (?:holders )?equity attributable to {_NAME}"
        rf"|equity attributable to (?:the )?(?:holders of )?(?!non ?controlling){_NAME}|{_NAME} share of equity",
        r"(?:total )?holders (?:equity|deficit|deficiency|investment|capital|funds)(?: net)?",
        r"total (?:consolidated )?(?:equity|deficit)|equity",
        r"(?:total )?common (?:holders |stock )?(?:equity|holders investment)",
        rf"total (?!common|preferred|tangible|average|mezzanine|temporary|permanent|redeemable|non|minority|.*\band\b){_NAME} equity",
    ),
)

CASH_FLOW: tuple[Phrase, ...] = (
    *_rows(
        "operating_cash_flow",
        r"(?:total )?(?:net )?cash (?:flows? )?(?:provided|generated|used|required|utilized|from|provided used"
        r"|flows?)(?: (?:by|in|from|for|used in"
        r"|used for|or used in))* (?:operating activities|operations)(?: total)?"
        r"|(?:net )?cash from operating activities|net cash (?:inflow|outflow)s? from operating activities"
        r"|cash provided by operations|net cash (?:used in"
        r"|provided by) (?:operating activities|operations)",
        r"(?:net )?cash flows?(?: provided)?(?: by| from)?(?: used in)? (?:operating activities|operations)"
        r"|total (?:from )?operating activities|operating cash flows?|net operating cash flows?|net cash operating activities",
        r"net cash (?:provided|used|generated)(?: by| in| from"
        r"| for)*(?: used in)? (?:continuing )?operating activities(?: of)?(?: continuing operations| total)?",
    ),
    *_rows(
        "cash",
        (
            r"cash(?: and)? (?:cash )?equivalents(?: at)? end of (?:the )?(?:period|year|quarter)"
            r"|cash and cash equivalents at (?:the )?end of (?:the )?(?:period|year|quarter).{0,10}"
            r"|cash and cash equivalents ending.{0,10}|cash(?: at)?(?: the)? end of (?:the )?(?:period|year|quarter)"
            r"|ending cash(?: and cash equivalents)?|cash ending(?: balance)?"
        ),
    ),
)
