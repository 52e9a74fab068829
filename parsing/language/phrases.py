"""What the words of a plain label (see labels.read_label) say beside its metric: adjusted, basic or diluted, a part, a count on a day."""

from __future__ import annotations

import re
from functools import lru_cache

from ex99.filings.metrics import METRICS

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


SHARE_COUNTS = re.compile(
    r"(?:weighted|average|avg|shares used|number of shares|shares for|shares \(|denominator|common shares|shares outstanding"
    r"|shares in computing|shares|wtd|units used|common and equivalent)"
)
_END_OF_PERIOD = re.compile(
    r"\b(?:end of|period end|ending|at end|issued|authorized|repurchased|at period|actual|book|as of|treasury|granted|awards"
    r"|purchased|reserved|at (?:december|march|june|september)|dilutive effect|effect of|options|warrants|restricted|convertible"
    r"|unvested|participating)\b"
)
_COMPONENT = re.compile("|".join(METRICS["eps_diluted"].never))
_CONTINUING = re.compile(r"\bcontinuing operations\b")
_BASIC = re.compile(r"\bbasic\b|\bprimary\b")
_DILUTED = re.compile(
    r"\b(?:fully )?diluted\b|\bassuming (?:full )?dilution\b|\bdilution\b|\bdiluted?\b|\bepsd\b|\bcommon and equivalent\b"
    r"|\bshare equivalents\b|\btotal equivalent shares\b|\bplus dilutive\b"
    r"|\bcommon equivalent\b|\band common equivalents?\b|\bcommon (?:share|stock) equivalents?\b|\bshares and equivalents\b"
    r"|\b(?:and|including) (?:potentially )?dilutive\b"
)


@lru_cache(maxsize=8192)
def share_kinds(text: str) -> tuple[str, ...]:
    """("basic",), ("diluted",), both, or none, as a label's words say."""
    kinds = []
    if text == "dilutive":
        return ("diluted",)
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
    r"\b(?:incremental|(?<!and )(?<!including )(?<!plus )(?<!and potentially )dilutive(?<!^dilutive)|assumed (?:conversion|exercise)s?"
    r"|(?<!excluding )(?<!assuming )participating securities"
    r"|stock options|restricted stock|antidilutive|effect)\b"
)


def is_share_part(text: str) -> bool:
    """Whether a row counts only what is added to the basic shares, or taken off them."""
    return _SHARE_PART.search(text) is not None
