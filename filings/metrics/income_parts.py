"""Costs of the income statement, and measures before and after the company's own adjustments."""

from __future__ import annotations

from ex99.filings.metrics.record import GAAP, NONGAAP, Metric, Said

# Stock-based compensation included in: | Amortization of intangibles: | As a percentage of revenue:
_BREAKDOWNS = (r"compensation|amortization|depreciation|included|allocat|adjust|impact|percent|restructuring|charges|segment",)

METRICS: tuple[Metric, ...] = (
    Metric(
        "cost_of_revenue",
        "money",
        False,
        GAAP,
        "the cost of what was sold, in one line or as the total of its lines",
        rows=(
            r"total costs? of (?:net )?(?:revenues?|sales|goods sold|products? sold)(?: and (?:services|other revenues?))?",
            r"costs? of (?:net )?(?:revenues?|sales|goods sold|products? sold)(?: and (?:services|other revenues?|occupancy(?: costs)?))?",
        ),
        whole=True,
        never_under=_BREAKDOWNS,
        in_statement=True,
        sign="cost",
        adds_up=("revenue", "-gross_profit"),
        examples=("Total cost of revenues", "Cost of sales", "Cost of goods sold", "Cost of sales and occupancy costs"),
        counter_examples=("Cost of product revenue", "Costs and expenses", "Total costs and expenses", "Cost of revenue growth"),
        known_as=("cogs", "cost_of_sales", "cost_of_goods_sold"),
    ),
    Metric(
        "research_and_development",
        "money",
        False,
        GAAP,
        "expenses for research and development",
        rows=(
            r"(?:total )?research and development(?: expenses?| costs?)?(?: net)?",
            r"research development and engineering(?: expenses?| costs?)?(?: net)?|(?:product )?research development(?: expenses?)?",
        ),
        never_under=_BREAKDOWNS,
        in_statement=True,
        sign="cost",
        examples=(
            "Research and development",
            "Research, development and engineering expenses, net",
            "Research & development expense",
            "Research/development expense",
        ),
        prose=(Said(r"(?:research (?:and|&) development|r&d)(?: \(r&d\))? expenses?"),),
        guidance=(r"(?:\br&d|research (?:and|&) development)(?: expenses?| costs?| spending)?",),
        guided_percent="r&d expenses growth",
        counter_examples=("Acquired in-process research and development", "Collaboration research and development revenue"),
        known_as=("r&d", "rnd"),
    ),
    Metric(
        "income_tax",
        "money",
        False,
        GAAP,
        "the charge for income taxes on continuing operations",
        rows=(
            r"(?:total )?(?:(?:provision|benefit|expense|charge) (?:for |from |of |or )?)*income tax(?:es)?(?: (?:provision|benefit"
            r"|expense|credit))*",
            r"(?:provision|benefit|provision benefit|benefit provision) (?:for|from) (?:provision for )?taxes(?: on income)?"
            r"|taxes on income|(?:total )?tax (?:provision|expense|benefit)|provision for federal and state income taxes",
        ),
        never=(r"\bdeferred|\bcurrent\b|payable|\bpaid\b|\brate\b|\bbefore\b|\bafter\b",),
        never_under=(*_BREAKDOWNS, r"^(?:current|deferred)$|cash flow|supplemental|discontinued|comprehensive"),
        in_statement=True,
        sign="tax",
        adds_up=("pretax_income", "-net_income"),
        examples=(
            "Income taxes",
            "Provision for (benefit from) income taxes",
            "Income tax expense (benefit)",
            "Benefit from income taxes",
            "Provision for taxes on income",
            "Taxes on income",
            "Tax provision",
            "Provision for federal and state income taxes",
        ),
        counter_examples=("Deferred income taxes", "Income taxes payable", "Income before income taxes", "Effective income tax rate"),
        known_as=("taxes",),
    ),
    Metric(
        "interest_expense",
        "money",
        False,
        GAAP,
        "interest on borrowings and deposits, before interest income",
        rows=(r"total interest expenses?", r"interest expenses?|interest on (?:debt|borrowings|long term debt)"),
        never_under=(*_BREAKDOWNS, r"cash flow|supplemental|discontinued"),
        in_statement=True,
        sign="cost",
        guidance=(r"\binterest expense",),
        examples=("Total interest expense", "Interest expense", "Interest on borrowings"),
        counter_examples=("Interest expense, net", "Interest income", "Interest and other expense", "Interest expense to related parties"),
    ),
    Metric(
        "ebitda",
        "money",
        False,
        NONGAAP,
        "earnings before interest, taxes, depreciation and amortization",
        rows=(
            r"(?:consolidated |total )?ebitda",
            r"(?:net )?income before (?:net )?interest (?:income |expense )*(?:provision for )?(?:income )?tax(?:es)?"
            r" depreciation(?: and)? amortization(?: ebitda)?",
        ),
        prose=(Said(r"ebitdax?\b"),),
        guidance=(r"\bebitda(?:x|r)?(?: margins?)?",),
        guided_percent="ebitda margin",
        examples=("EBITDA", "Earnings before interest, taxes, depreciation and amortization (EBITDA)"),
        counter_examples=("EBITDA margin",),
    ),
    Metric(
        "adjusted_ebitda",
        "money",
        False,
        NONGAAP,
        "EBITDA after the company's own adjustments",
        prose=(Said(r"adjusted ebitdax?\b|ebitdax?,? as adjusted\b"),),
        guidance=(r"adjusted ebitda(?:x|r)?(?: margins?)?",),
        guided_percent="adjusted ebitda margin",
    ),
)
