"""Amounts a share, and the share counts behind them."""

from __future__ import annotations

from ex99.filings.metrics.income import GAIN, HOLDER, TO
from ex99.filings.metrics.record import BOTH, GAAP, NONGAAP, Metric, Said

_SHARE = r"(?:(?:fully[\s-]|diluted|basic|common|ordinary|and|limited partner|,)\s{0,9}){0,5}(?:share|unit)\b"
_GUIDED_SHARE = r"(?:(?:fully |diluted |basic |common |ordinary |and )*(?:share|unit)s?)"
_HOLDER = r"[\w.&’'!\s-]{1,40}?"

METRICS: tuple[Metric, ...] = (
    Metric("eps_basic", "per_share", False, GAAP, "total net income per basic share"),
    Metric(
        "eps_diluted",
        "per_share",
        False,
        BOTH,
        "total net income per diluted share",
        never=(
            r"\b(?:continuing|discontinued|cumulative|extraordinary|before|accounting change|effect(?! of (?:assum|dilut))|rounding"
            r"|undistributed|distributed|dividends?"
            r"|book value|tangible|cash flow|price|impact|items|gain on|amortization|per share of(?! (?:common|ordinary|class|stock"
            r"|capital))"
            r"|charges?|impairment|investment|adjustments?|taxable|comprehensive|pre ?tax)\b",
        ),
        prose=(
            Said(rf"(?:net )?(?:loss|\(loss\))(?:{TO}{_HOLDER})?(?:,\s)? per {_SHARE}(?:{TO}{HOLDER})?", -1),
            Said(rf"(?:net )?(?:\(?loss\) )?{GAIN}(?:{TO}{_HOLDER})? per {_SHARE}(?: of common(?: and class \w)? stock)?(?:{TO}{HOLDER})?"),
            Said(r"eps\b"),
        ),
        per_share="eps",
        guidance=(
            rf"(?:net |core |operating |adjusted |diluted )*(?:earnings|income|profit)(?: \(loss\))?"
            rf"(?: attributable to [\w.&!’' -]{{1,40}}?)?,? per {_GUIDED_SHARE}(?: attributable to \w+)?|\b(?:diluted )?eps\b"
            rf"|earnings a share",
        ),
        guided_per_share="eps_diluted",
        guided_percent="eps growth",
        known_as=("eps", "earnings_per_share"),
    ),
    Metric("shares_basic", "shares", False, GAAP, "weighted average basic shares"),
    Metric("shares_diluted", "shares", False, GAAP, "weighted average diluted shares", known_as=("shares",)),
    Metric(
        "dividends_per_share",
        "per_share",
        False,
        GAAP,
        "dividends declared per common share",
        rows=(
            r"(?:cash |common |regular |quarterly |common stock )*(?:dividends?|distributions?)(?: declared| paid"
            r"| payable)?(?: and paid| and declared)?(?: on common (?:stock|shares?))? per (?:common |ordinary |class a )?(?:stock "
            r"|common |limited (?:partner|partnership|holders) )?(?:share|unit)(?: declared| paid| of common stock| common| outstanding)?"
            r"(?: basic)?",
            r"(?:cash )?dividends?(?: declared| paid)?(?: per)?|per common share dividends? declared|dividends? declared per share.{0,60}"
            r"|dividends? declared per .{0,40}common share.{0,60}",
        ),
        examples=(
            "Cash dividends declared per common share",
            "Dividends declared",
            "Per common share: dividends declared",
            "Dividends declared per share of Class A stock",
            "Dividends declared per Widget Corporation common share",
            "Dividends declared per share attributable to Widget Works common shareholders",
        ),
        counter_examples=("Dividend yield", "Dividend payout ratio"),
        known_as=("dividend",),
    ),
    Metric(
        "ffo_per_share",
        "per_share",
        False,
        NONGAAP,
        "funds from operations per diluted share (real estate)",
        rows=(
            r"(?:diluted )?(?:nareit )?(?:defined )?(?:ffo|funds from operations)(?: ffo)?(?: attributable to .{3,40})?"
            r" per (?:fully )?(?:diluted )?(?:common )?(?:share|unit)(?: and)?(?: (?:op )?unit)?(?: diluted)?(?: fully diluted)?",
        ),
        prose=(
            Said(
                rf"(?:nareit[ -](?:defined )?)?(?:ffo|funds from operations)"
                rf"(?:{TO}[\w ,&-]{{3,60}}?(?= \(| per | (?:was|were|of|for|in|totaled)\b))?(?: \(?[“\"]?ffo[”\"]?\)?)?"
                rf"(?: per {_SHARE})?"
            ),
        ),
        per_share="ffo_per_share",
        examples=("FFO per diluted share", "Funds from operations per share and unit, diluted"),
        counter_examples=("FFO payout ratio",),
        known_as=("ffo",),
    ),
    Metric(
        "book_value_per_share",
        "per_share",
        True,
        GAAP,
        "common equity per share outstanding",
        rows=(
            r"(?:common )?book value(?: per (?:outstanding )?(?:common )?(?:stock )?share(?: of common stock)?)(?: outstanding)?"
            r"(?: at)?(?: end of)?(?: period)?(?: end)?",
            r"(?:common |stated )?book value(?: of common stock)?(?: at)?(?: end of)?(?: period)?(?: end)?",
        ),
        prose=(Said(rf"book value per {_SHARE}"),),
        per_share="book_value_per_share",
        examples=("Book value per common share", "Book value"),
        counter_examples=("Tangible book value per share", "Market price to book value", "Price to book value per share"),
        known_as=("book_value",),
    ),
    Metric(
        "tangible_book_value_per_share",
        "per_share",
        True,
        NONGAAP,
        "common equity less goodwill and other intangible assets, per share outstanding",
        rows=(
            r"(?:common )?tangible (?:common )?(?:book value|equity)(?: per (?:outstanding )?(?:common )?share)(?: outstanding)?"
            r"(?: at)?(?: end of)?(?: period)?(?: end)?",
            r"tangible (?:common )?book value(?: at)?(?: end of)?(?: period)?(?: end)?",
        ),
        prose=(Said(rf"tangible (?:common )?book value per {_SHARE}"),),
        per_share="tangible_book_value_per_share",
        examples=("Tangible book value per common share", "Tangible book value"),
        counter_examples=("Book value per share", "Tangible common equity to tangible assets"),
        known_as=("tangible_book_value",),
    ),
)
