"""Ratios, orders and counts that companies print beside their statements."""

from __future__ import annotations

from ex99.filings.metrics.record import GAAP, NONGAAP, Metric

_ANNUALIZED = r"(?:annualized )?"
_RATIO = r"(?: ratio)?(?: annualized)?"

METRICS: tuple[Metric, ...] = (
    Metric(
        "return_on_equity",
        "percent",
        False,
        GAAP,
        "net income over average equity, annualized, in percent",
        rows=(rf"{_ANNUALIZED}(?:return on (?:average )?(?:total )?(?:common )?(?:holders )?(?:common )?equity{_RATIO}|roa?e)",),
        never=(r"tangible|operating|adjusted",),
        examples=("Return on average equity", "Return on average common shareholders' equity (annualized)", "ROE"),
        counter_examples=("Return on average tangible common equity", "Return on average assets"),
    ),
    Metric(
        "return_on_assets",
        "percent",
        False,
        GAAP,
        "net income over average assets, annualized, in percent",
        rows=(rf"{_ANNUALIZED}(?:return on (?:average )?(?:total )?assets{_RATIO}|roaa?)",),
        never=(r"tangible|operating|adjusted",),
        examples=("Return on average assets", "Return on average assets (annualized)", "ROAA"),
        counter_examples=("Return on average equity", "Return on invested capital"),
    ),
    Metric(
        "return_on_tangible_equity",
        "percent",
        False,
        NONGAAP,
        "net income over average tangible common equity, annualized, in percent",
        rows=(rf"{_ANNUALIZED}(?:return on (?:average )?(?:common )?tangible (?:common )?(?:holders )?(?:common )?equity{_RATIO}|rotce)",),
        examples=("Return on average tangible common equity", "ROTCE"),
        counter_examples=("Return on average equity",),
    ),
    Metric(
        "net_interest_margin",
        "percent",
        False,
        GAAP,
        "net interest income over average earning assets, annualized, in percent",
        rows=(rf"{_ANNUALIZED}net (?:interest|yield) margin{_RATIO}",),
        never=(r"equivalent|fte\b|excluding",),
        guidance=(r"net interest margin",),
        guided_percent="net_interest_margin",
        examples=("Net interest margin", "Net interest margin (annualized)"),
        counter_examples=("Net interest margin (tax-equivalent)", "Net interest income", "Net interest rate spread"),
    ),
    Metric(
        "same_store_sales",
        "percent",
        False,
        GAAP,
        "change of the sales of stores that were open a year before, in percent",
        rows=(
            r"(?:total |consolidated |company |system ?wide |net )*(?:comparable|same) (?:store|restaurant|club|shop"
            r"|center)s? (?:net )?sales"
            r"(?: growth| increase| change| decrease| percentage)*|comparable sales(?: growth| increase| change| decrease)*",
        ),
        never=(r"\bbase\b|number|count\b|days|average",),
        guidance=(r"(?:comparable|same)[- ](?:store|restaurant|property|center)s? (?:sales|revenues?)|comparable sales|comps\b",),
        guided_percent="comparable sales growth",
        examples=(
            "Comparable store sales",
            "Same-store sales increase",
            "System-wide comparable restaurant sales growth",
            "Comparable sales",
        ),
        counter_examples=("Number of stores", "Comparable store base", "Store sales"),
    ),
    Metric(
        "backlog",
        "money",
        True,
        GAAP,
        "orders received and not yet delivered",
        rows=(r"(?:total |ending |consolidated )?(?:order )?backlog(?: at)?(?: the)?(?: end of)?(?: period| quarter| year)?(?: end)?",),
        never_under=(r"homes|units|lots|segment",),
        examples=("Backlog", "Total backlog at end of period"),
        counter_examples=("Funded backlog", "Backlog units", "Change in backlog"),
    ),
    Metric(
        "headcount",
        "count",
        True,
        GAAP,
        "employees at the end of the period",
        rows=(
            r"(?:total |ending |period end )*(?:headcount|(?:number of )?(?:full time )?(?:equivalent )?employees)(?: fte)?"
            r"(?: at)?(?: end of)?(?: period)?(?: end)?",
        ),
        never=(r"average",),
        examples=("Headcount", "Total headcount at period end", "Full-time equivalent employees", "Number of employees"),
        counter_examples=("Average headcount", "Employee benefits", "Employees' compensation"),
    ),
)
