"""The lines of the income statement, from the top line to the bottom line.

Sources: the statement forms of Regulation S-X, articles 5 (commercial), 7 (insurance) and 9 (banks); the line items of the us-gaap
taxonomy for the same concepts; and the wording of releases from 1996 on.
"""

from __future__ import annotations

from ex99.filings.metrics.record import BOTH, GAAP, Metric, Said

# acme | 4 seasons widgets | müller brothers
_NAME = r"\w[\w ]{2,60}"
_WHOSE = r"(?:the )?\w[\w ]{1,60}?"
_COMMON = (
    r"(?:common (?:stock|shares?) and participating securities|(?:common )?(?:holders|stock|shares?|units|holders equity)"
    r"|common (?:and participating )?(?:holders|stock|shares?|unitholders))"
)
_INCOME = r"(?:consolidated |total )?net income"
_FOR_PERIOD = r"(?: for the (?:period|quarter|year|three months|six months|nine months|twelve months))?"
# net income before deduction for noncontrolling interests: the whole, where the plain net income is what is left for the company
_WITH_NCI = (
    r"(?: and comprehensive income)? (?:including|before|prior to)(?: (?:allocation|attribution|deduction) (?:to|of|for))?"
    rf" (?:(?:portion|income) attributable to )?(?:the )?(?:redeemable )?(?:non ?controlling|minority) interests?(?: in {_NAME})?"
)
_TAX = r"(?:income )?tax(?:es)?(?: on income)?(?: expense| benefit| provision)*"
_FROM_OPERATIONS = r"income (?:(?:from|of) (?:continuing |consolidated )?(?:operations?|companies) )?(?:and )?"
# what else is left out of an income before it and taxes: no pretax income, but one from operations, or an adjusted one
_NO_PART = (
    r"\b(?:interest|depreciation|amortization|other (?:income|expenses?|items|charges)|special|unusual|restructuring|non ?operating"
    r"|non ?recurring|certain|charges|impairments?|goodwill|merger|realized|investment gains|losses on|stock|one time)\b"
)
_PROVISION = r"(?:(?:the )?(?:provision|benefit|expense|provision or benefit|provision benefit|benefit provision) (?:for |from )?)?"

# words of sentences
NET = "net (?:quarterly |annual )?"
GAIN = r"(?:income|earnings|profits?)(?: \(loss\))?"
TO = "(?: (?:available|attributable|applicable|allocable) to | for (?=common))"
_MINORITY = "(?:the )?(?:noncontrolling|non-controlling|minority)"
# "attributable to the Company was", "available to common stockholders of"
HOLDER = rf"(?!{_MINORITY})[\w.,&’'!\s-]{{1,60}}?(?<!\sshare)(?=\s(?:was|were|of|for|in|totaled|is)\b|,(?! (?:inc|llc|ltd|l\.?p|corp)\b)|;)"
_BEFORE_TAX = "before (?:provision for )?(?:income )?tax(?:es)?(?: (?:expense|provision|benefit))?"

METRICS: tuple[Metric, ...] = (
    Metric(
        "revenue",
        "money",
        False,
        GAAP,
        "the total top line: total revenues, net sales",
        rows=(
            r"total (?:net |operating |consolidated |company )?(?:revenues?"
            r"|sales)(?: and other)?(?: income)?(?: net(?: of interest expense)?)?",
            r"total (?:net )?(?:sales and )?(?:operating )?revenues?(?: and other income)?"
            r"|(?:total )?consolidated (?:net )?(?:revenues?|sales)"
            r"|revenues? total|total revenues? and (?:other(?: income| gains)?|non ?operating income)"
            r"|(?:total )?net (?:operating |patient |service )*revenues? (?:after|less) (?:the )?provision for (?:doubtful accounts"
            r"|bad debts)"
            r"|total revenues? from (?:operations|customers)|total (?:[a-z]+ ){1,3}and other revenues?"
            r"|total (?:net )?(?:[a-z]+ ){0,2}(?:revenues?|sales) and (?:[a-z]+ ){0,2}(?:revenues?|sales)",
            r"net (?:sales|revenues?|operating revenues?)|(?:sales|revenues?) net|operating revenues?(?: net)?"
            r"|revenues? net of interest expense|(?:net )?sales and (?:operating |other )?revenues?(?: net)?|sales revenues? net(?: total)?"
            r"|sales of (?:products|goods) and services|revenues? from (?:product )?sales and services",
            r"revenues?|sales(?: net)?(?: of returns and allowances)?|sales net of .{3,40}"
            r"|revenues? from (?:operations|services|(?:contracts with |external )?customers|continuing operations)"
            r"|gross (?:operating )?revenues?"
            r"|revenues? from (?:the )?rental propert(?:y|ies)"
            r"|(?:net )?turnover|revenues? before reimburs[a-z]+(?: expenses| costs)?(?: net revenues?)?"
            r"|(?:total |net )?(?:revenues?|sales) net of [a-z ]{3,50}",
        ),
        whole=True,
        prose=(Said(r"(?:(?:total|net|operating) ){0,3}revenues?\b|(?:(?:total|net) ){0,2}sales\b"),),
        guidance=(
            r"(?:organic |total |net |constant currency )*(?:revenues?|sales)\b(?: growth)?(?! (?:force|team|platform|representative"
            r"|volumes?|prices?|per (?:available|store)))",
        ),
        guided_percent="revenue growth",
        examples=(
            "Total revenues",
            "Total net revenues and other income",
            "Consolidated net sales",
            "Revenues, total",
            "Total revenues and other gains",
            "Net patient service revenue less provision for bad debts",
            "Total revenues from customers",
            "Total premiums and other revenues",
            "Net sales",
            "Sales, net",
            "Operating revenues",
            "Revenue, net of interest expense",
            "Sales and other operating revenues",
            "Total service revenues and vehicle sales",
            "Sales revenue, net",
            "Sales of products and services",
            "Revenue from product sales and services",
            "Revenue (excludes co-payments of $231 and $189)",
            "Revenues",
            "Sales, net of returns and allowances",
            "Sales, net of discounts of $2 and $3",
            "Revenues from contracts with customers",
            "Revenues from rental property",
            "Total revenues and non-operating income",
            "Gross revenues",
            "Gross operating revenues",
            "Turnover",
            "Revenues before reimbursements",
            "Revenues, net of allowances",
        ),
        counter_examples=(
            "Cost of revenues",
            "Revenue growth",
            "Product revenue",
            "Deferred revenue",
            "Cost of sales of products and services",
        ),
        known_as=("sales", "net_sales", "turnover"),
    ),
    Metric(
        "net_interest_income",
        "money",
        False,
        GAAP,
        "interest income less interest expense, before provision, not tax-equivalent",
        rows=(
            r"(?:total )?net interest income",
            r"net interest (?:income|revenue|and dividend income)(?: before (?:provision|credit).{0,60})?",
        ),
        prose=(Said("net interest income"),),
        guidance=(r"net interest income(?: (?:excluding|ex\.?) [\w ]{1,30}?(?= of| is|$))?|\bnii\b",),
        guided_percent="net interest income growth",
        examples=("Net interest income", "Net interest income before provision for loan losses", "Net interest and dividend income"),
        counter_examples=("Net interest income after provision for loan losses", "Interest income"),
    ),
    Metric(
        "gross_profit",
        "money",
        False,
        GAAP,
        "revenue less cost of revenue",
        rows=(r"(?:total |consolidated )?gross (?:income|profit)(?: net| on sales)?", r"(?:total )?gross margin|gross income total"),
        prose=(Said("gross (?:profit|margin)"), Said("gross loss", -1)),
        guidance=(r"gross profit",),
        guided_percent="gross margin",
        adds_up=("revenue", "-cost_of_revenue"),
        examples=("Gross profit", "Gross margin", "Gross profit, total"),
        counter_examples=("Gross premiums", "Gross profit growth"),
    ),
    Metric(
        "operating_income",
        "money",
        False,
        BOTH,
        "income from operations of the whole company",
        rows=(
            r"(?:total )?(?:consolidated )?(?:operating income|(?:income|profit) from operations)",
            r"operating income (?:income from operations|ebit)|(?:income|profit) (?:from operating activities|on operations)"
            r"|net income from operations"
            r"|operating results?|results? (?:(?:from|of) operating activities|from operations)",
            r"(?:operating income|income from operations) (?:before|after) (?:other|restructuring).{0,60}"
            r"|operating income (?:from continuing operations|net)|income before (?:other income|non operating items).{0,60}",
        ),
        prose=(
            Said("loss(?:es)? from operations|operating loss(?:es)?", -1),
            Said(r"(?:income|earnings|profit) from operations|operating (?:income|profit)(?: \(loss\))?"),
        ),
        per_share="eps",
        guidance=(r"op(?:erating|\.) (?:income|profit|earnings)|income from operations",),
        guided_per_share="eps_diluted",
        guided_percent="operating income growth",
        examples=(
            "Operating income",
            "Loss from operations",
            "Operating profit",
            "Operating income (EBIT)",
            "Profit from operating activities",
            "Net loss from operations",
            "Operating results",
            "Results from operating activities",
            "Operating (loss)",
            "Operating income before other charges",
            "Operating income from continuing operations",
            "Income before other income (expense) and income taxes",
        ),
        counter_examples=(
            "Other operating income",
            "Operating expenses",
            "Income from discontinued operations",
            "Net operating loss carryforwards",
        ),
        known_as=("ebit",),
    ),
    Metric(
        "pretax_income",
        "money",
        False,
        GAAP,
        "income before income taxes",
        rows=(
            rf"(?:consolidated |total )?(?:net )?income before {_PROVISION}(?:federal )?{_TAX}|pre ?tax income"
            rf"|income before (?:provision|benefit)",
            rf"(?:net )?{_FROM_OPERATIONS}before {_PROVISION}(?:taxes on income|(?:federal )?{_TAX})|income before taxation"
            rf"|{_FROM_OPERATIONS}before (?:income )?tax(?:es)?(?: on income| expense| benefit| provision)* and (?!interest"
            rf"|depreciation|amortization).{{3,90}}",
            rf"(?:net )?{_FROM_OPERATIONS}before (?:income )?(?:tax(?:es)?|provision|equity|minority"
            rf"|(?:non ?controlling)).{{0,110}}tax.{{0,60}}"
            rf"|(?:net )?{_FROM_OPERATIONS}before (?:income )?tax(?:es)? (?:minority|equity|non ?controlling|discontinued|extraordinary"
            r"|cumulative"
            rf"|(?:and (?!interest|depreciation|amortization))).{{3,90}}|income before (?:federal and state|state and federal"
            rf"|income and (?:other"
            rf"|mining)) (?:income )?taxes(?: .{{3,150}})?"
            rf"|{_FROM_OPERATIONS}before (?:income )?tax(?:es)? (?:from continuing operations|credits|of consolidated companies)"
            rf"|total pre ?tax income|pre ?tax income from continuing operations",
            rf"{_FROM_OPERATIONS}before (?!.*{_NO_PART}).{{3,120}} (?:and )?(?:income )?tax(?:es)?"
            rf"(?: expense| benefit| provision)*(?: and .{{3,60}})?",
        ),
        prose=(
            Said(f"loss {_BEFORE_TAX}|pre-?tax loss", -1),
            Said(f"(?:income|earnings|profit) {_BEFORE_TAX}|pre-?tax (?:income|earnings|profit)"),
        ),
        guidance=(r"pre-?tax (?:income|earnings|profit)|(?:income|earnings) before (?:income )?tax(?:es)?",),
        guided_percent="pretax income growth",
        adds_up=("net_income", "income_tax"),
        examples=(
            "Income before income taxes",
            "Pre-tax income",
            "Income before provision",
            "Income from continuing operations before income taxes",
            "Profit before taxation",
            "Income before income taxes and equity in earnings of affiliates",
            "Income before minority interest and income taxes",
            "Income before income taxes, minority interest and other items",
            "Income before federal and state income taxes",
            "Total pretax income",
            "Income before income taxes from continuing operations",
            "Income before extraordinary item and income taxes",
            "Income before income taxes, discontinued operations and other items",
            "Income before reorganization items and income taxes",
            "Income before discontinued operations, income taxes and equity results",
            "Pre-tax earnings from continuing operations",
            "Income (loss) before income and mining taxes",
            "Income before income and other taxes, income from investments in affiliates and discontinued operations",
            "Net income before taxes and extraordinary item",
            "Income from consolidated operations before income taxes",
            "Income before income tax expense and discontinued operations",
        ),
        counter_examples=(
            "Income before depreciation, taxes and interest",
            "Income before interest expense, other income and income taxes",
            "Income before special charges and income taxes",
            "Income taxes",
            "Income before extraordinary item",
        ),
    ),
    Metric(
        "net_income",
        "money",
        False,
        BOTH,
        "the consolidated bottom line, before noncontrolling interests",
        rows=(
            rf"{_INCOME}{_WITH_NCI}",
            rf"{_INCOME}(?:{_FOR_PERIOD}| and comprehensive income)",
            rf"(?:consolidated )?income for the (?:period|quarter|year)|{_INCOME} and comprehensive income(?: including .{{5,40}})?"
            r"|net income as reported|income net|income after (?:income )?tax(?:es)?(?: expense)?|net income from consolidated operations"
            r"|(?:consolidated )?net income of (?:the )?(?!discontinued|continuing|operations)(?:\w+ ){0,5}\w+|(?:holders"
            r"|group) net income|net gain(?: from operations)?"
            r"|income (?:before|including) non ?controlling interests?|net income (?:per gaap|of consolidated group|after tax(?:es)?)",
        ),
        prose=(
            Said(
                rf"(?:core )?earnings available for distribution(?: \([“\"]?ead[”\"]?\))?(?:(?:{TO}| to ){HOLDER})?"
                rf"|distributable earnings",
                basis="nongaap",
            ),
            Said(rf"{NET}(?:loss|\(loss\) (?:income|earnings))", -1),
            Said(f"{NET}{GAIN}"),
            # "earnings of $204.5 million", "earned $2.10 per share"
            Said(r"(?:earnings|profits?)\b", generic=True),
            Said(r"earned\b", generic=True, verb=True),
            Said(r"lost(?= (?:about |approximately )?(?:[$€£]|\d{1,2}(?:\.\d)? cents))", -1, generic=True, verb=True),
            Said(r"loss(?:es)?\b", -1, generic=True),
        ),
        per_share="eps",
        guidance=(r"(?:adjusted |core )?net income|(?:net )?earnings(?! (?:call|release))|net profit",),
        guided_per_share="eps_diluted",
        guided_percent="net income growth",
        adds_up=("pretax_income", "-income_tax"),
        examples=(
            "Net income",
            "Net income for the quarter",
            "Net (loss)",
            "Consolidated net earnings including noncontrolling interests",
            "Profit for the period",
            "Net income and comprehensive income",
            "Net income as reported",
            "Income, net",
            "Profit after tax",
            "Net income per GAAP",
            "Net income from consolidated operations",
            "Net earnings of Widget Works, Inc.",
            "Shareholders' net income",
            "Net gain (loss)",
            "Net gain from operations",
            "Income before noncontrolling interest",
            "Net income, including portion attributable to noncontrolling interest",
        ),
        counter_examples=("Comprehensive income", "Net income per share", "Income from continuing operations"),
        known_as=("earnings", "profit", "income"),
    ),
    Metric(
        "net_income_to_common",
        "money",
        False,
        GAAP,
        "net income of the company or of common shareholders, on its own line",
        rows=(
            r"(?:consolidated )?(?:net )?income(?: and comprehensive income)? (?:attributable )?attributable to"
            rf" {_COMMON}(?: of {_WHOSE})?(?: basic(?: and diluted)?| diluted)?",
            rf"(?:consolidated )?net income(?: and comprehensive income)? attributable to {_WHOSE}(?: {_COMMON})?",
            r"(?:net )?income (?:attributable|on) (?:to )?common (?:stock|shares?|holders|equity).{0,30}"
            rf"|(?:net )?income attributable to {_WHOSE} common (?:holders|shares?|stock)"
            rf"|net income (?:to|for) {_COMMON}",
            rf"(?:limited (?:partners|holders)|common unitholders|holders) (?:interest|share) (?:in|of) {_INCOME}"
            rf"|(?:net )?income attributable to (?:the )?(?:equity )?(?:owners|holders|members) of {_WHOSE}"
            r"|balance (?:for|attributable to) common (?:stock|holders)"
            r"|(?:consolidated )?net income (?:after|net of) (?:non ?controlling interests?"
            r"|preferred dividends|dividends on preferred.{0,60})",
            rf"income attributable to (?!.*\b(?:sale|participating|awards|units|basic|diluted|items|benefits)\b){_WHOSE}",
        ),
        never=(
            r"\b(?:(?<!after )(?<!net of )non ?controlling|minority|preferred (?:holders|stock|shares?|interests?)$"
            r"|(?<!after )preferred dividends"
            r"|(?<!and )participating securities$|unvested|redeemable|discontinued|continuing|predecessor|general partners?"
            r"|incentive distribution|subordinated|operating partnership|joint ventures?|class [b-z]$|employees)\b",
        ),
        prose=(
            Said(rf"(?:{NET})?loss{TO}{HOLDER}", -1),
            Said(rf"(?:{NET})?{GAIN}{TO}{HOLDER}"),
        ),
        per_share="eps",
        examples=(
            "Net income attributable to common stockholders",
            "Net income attributable to Widget Works, Inc.",
            "Net income attributable to 4X",
            "Income on common stock",
            "Net income to common stockholders",
            "Net income to common units",
            "Limited partners' interest in net income",
            "Profit attributable to equity holders of the parent",
            "Balance for common stock",
            "Net income after preferred dividends",
            "Net income, net of noncontrolling interests",
            "Consolidated net income after dividends on preferred stock of subsidiaries",
            "Net income after dividends on preferred stock of subsidiaries",
            "Earnings attributable to Widget Works common shareholders",
            "Income attributable to Widget Works",
            "Net income available for The Widget Company common stockholders",
        ),
        counter_examples=("Net income attributable to noncontrolling interests", "Net income allocable to Series T preferred interest"),
    ),
)

# named so that "net income" is not found in them; no metric of the vocabulary
OTHER_INCOME: tuple[Said, ...] = (
    Said(rf"(?:{NET})?(?:{GAIN}|loss){TO}{_MINORITY}"),
    Said("net operating (?:income|earnings|loss)"),
)
