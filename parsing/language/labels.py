"""Row labels in one form: notes taken off, losses and shareholders under one name, and what the words say of basis and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ex99.parsing.language.basis_words import BASIS, REPORTED, nongaap_words

# (1) (a) (note 3) (unaudited) [2] (in thousands) (U.S. dollars) (see below)
_NOTES = re.compile(
    r"\((?:\d{1,2}(?:\s?,\s?\d{1,2})*|[a-z](?:\s?,\s?[a-z])*|i{1,3}|iv|vi{0,3}|notes?\s[^()]*|unaudited|audited|see\s[^()]*"
    r"|as\s(?:restated|revised|adjusted|reported)"
    r"|in\s(?:thousands|millions|shares|dollars|u\.?s\.?)[^()]*|000'?s|u\.?s\.?\sdollars?|dollars?|millions|thousands|[$€£]\s?(?:bn?|mm?|k)"
    r"|period[\s-]end|eop|\*+|includ(?:ing|es)\s[^()]*|inclusive\sof\s[^()]*"
    r"|exclusive\sof\s[^()]*(?:below|separately|above)|excluding\s[^()]*(?:below|separately))\)"
    r"|\([^()]*(?:[$€£]\s?\d|\d{3})[^()]*\)|,?\sinclud(?:es?|ing)\s[^$]{0,80}\$\s?\d.*$"
    r"|,?\sincluding\s[^()]{0,80}\b(?:related\sparty|related\sparties|affiliates?)\b[^()]*$"
    r"|\[\w{1,3}\]|[¹²³⁰-⁹]|(?<=[a-z\)])\s?[*†‡§]+|(?<=[a-z])\d{1,2}(?:,\d{1,2})*(?=\s|$|:)",
)
# (loss) /(loss) (losses) (benefit) (used in)
_ASIDES = re.compile(
    r" ?/? ?\( ?(?:or\s|/)?(?:net\s)?(?:loss(?:es)?|deficit|benefit|expense|expenses|used\s(?:in|for|by)|provided\sby|deficiency"
    r"|charge|income|credit|gain|decrease|increase) ?\)"
)
# net (loss) | (deficit)
_NOUN_ASIDE = re.compile(r"\(\s*((?:net\s)?loss(?:es)?|deficit|deficiency)\s*\)")
# from operations | per share: what follows says of which part or for whom
_OF_WHAT = re.compile(r"\b(?:from|before|per|to|on|of)\b")
# what a label is about; where no such word stands outside its parentheses, one inside is no aside
_NOUN = re.compile(
    r"\b(?:income|earnings?|profits?|loss(?:es)?|gains?|margin|equity|deficit|deficiency|investment|capital|cash|assets|operations"
    r"|eps|ebitdax?|ffo)\b"
)
_PER_SHARE = re.compile(
    r"\bper[\s-](?:(?:basic|diluted|common|ordinary|fully|class\s\w|limited|partner|partnership|weighted|average|stock|adjusted|equivalent|primary|dilutive|potential|and"
    r"|&)[\s-]+){0,5}(?:shares?|units?|ads|adr)\b|\bepsd?\b|\be\.p\.s\.?"
)
_SHARES = re.compile(
    r"\b(?:(?<!to common )(?<!on common )(?<!for common )shares|weighted|units\s(?:outstanding|used)"
    r"|common\sand\s(?:common\s)?equivalents)\b"
)
# weighted average shares used in computing net income per share
_COUNT_OF_SHARES = re.compile(
    r"\b(?:weighted|average|number\sof|denominator|used|outstanding)\b.{0,60}\bshares\b|\bshares\b.{0,60}\b(?:used|outstanding"
    r"|computing|computation|calculat\w+|weighted|denominator)|\bshare\scount\b"
)
_NONGAAP = nongaap_words("label")
# GAAP and non-GAAP
_BOTH = re.compile(r"(?<!non-)(?<!non )\bgaap\s(?:and|&)\snon[\s-]?gaap\b")
_STRIP = re.compile(r"[,:;.!?\"“”*†‡§®™]|\bnet\sof\stax(?:es)?\b")
_HOLDERS = re.compile(
    r"\b(?:stock|share|unit|note)\s?(?:holder|owner)s?'?(?:'s)?|\bshareowners?'?|\bmembers?'|\bpartners?'|\bowners?'|\binvestors'"
)
_DASHES = re.compile(r"[-–—−/+_]")
_LOSS = re.compile(r"\bloss(?:es)?\b")
_GAIN = re.compile(r"\b(?:income|earnings|profit|gain)s?\b")
_SYNONYMS = (
    (re.compile(r"\b(?:activites|activitites|acitivities|actitivies|activties)\b"), "activities"),
    (re.compile(r"\bearnings\b|\bincomes\b|\bprofits?\b(?!\sfrom)"), "income"),
    (
        re.compile(
            r"\b(?:applicable|available|allocated|allocable|attributed|accruing|attribute|at[rt]r[iu]butable)(?:\sattributable)?\sto\b"
        ),
        "attributable to",
    ),
    (re.compile(r"\bavailable\sfor\s(?=(?:\w+\s){0,6}(?:common|holders|shares)\b)"), "attributable to "),
    (re.compile(r"\bnet\sgains?(?=\sper\s)"), "net income"),
    (re.compile(r"\bavg\b|\bave\b"), "average"),
    (re.compile(r"\bnet\s(?:increase|decrease)\sin\snet\sassets(?:\s(?:resulting\s)?from\soperations\b|(?=\sper\b))"), "net income"),
    (re.compile(r"\bproceeds\sof\b"), "of"),
    (re.compile(r"\bead\b"), "income available for distribution"),
    (re.compile(r"\bsales\sand\srevenues?\b|\bsales\sand\sother\soperating\srevenues?\b"), "sales and revenues"),
    (re.compile(r"\bin(?:come)?\sper\scommon\sand\scommon\sequivalent\sshare\b"), "income per share"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label's plain form (``text``), and what its words say: a loss by name, a basis, a per-share or a share row."""

    text: str
    loss: bool = False
    basis: str | None = None
    per_share: bool = False
    shares: bool = False


@lru_cache(maxsize=8192)
def read_label(printed: str) -> Label:
    """Bring a row's label to its plain form."""
    text = printed[:400].lower().replace("’", "'").replace("‘", "'").replace("\u2014", "-").replace("\u2013", "-")
    text = " ".join(_NOTES.sub(" ", text).split())
    basis = "nongaap" if _NONGAAP.search(text) else "gaap" if REPORTED.search(text) else None
    if basis == "nongaap" and _BOTH.search(text):
        basis = None
    per_share = _PER_SHARE.search(text) is not None and _COUNT_OF_SHARES.search(text) is None
    bare = _without_asides(text)
    loss = _LOSS.search(bare) is not None and _GAIN.search(text) is None
    shares = not per_share and _SHARES.search(text) is not None
    bare = _HOLDERS.sub("holders ", _LOSS.sub("income", bare))
    bare = _STRIP.sub(" ", _DASHES.sub(" ", bare)).replace("(", " ").replace(")", " ").replace("'", "")
    bare = " ".join(bare.replace("&", " and ").split())
    for pattern, word in _SYNONYMS:
        bare = pattern.sub(word, bare)
    bare = bare.replace("income income", "income").replace("income or income", "income")
    return Label(" ".join(bare.split()), loss, basis, per_share, shares)


def _without_asides(text: str) -> str:
    """A label in lower case without the "(loss)" beside "income"; "net (loss)", which has no other noun, keeps it."""
    bare = _ASIDES.sub(" ", text)
    if bare == text or _NOUN.search(_OF_WHAT.split(bare, maxsplit=1)[0]) is not None:
        return bare
    return _ASIDES.sub(" ", _NOUN_ASIDE.sub(r" \1 ", text, count=1))


@lru_cache(maxsize=8192)
def without_basis(text: str) -> str:
    """A plain label without the words that name its basis."""
    return " ".join(BASIS.sub(" ", text).split())
