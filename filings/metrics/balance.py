"""Lines of the balance sheet."""

from __future__ import annotations

from ex99.filings.metrics.record import GAAP, Metric, Said

# acme | 4 seasons widgets | müller brothers
_NAME = r"\w[\w ]{2,60}"
_AT_END = r"(?:at )?(?:the )?end of (?:the )?(?:period|year|quarter)"

# "cash and cash equivalents and short-term investments" are more than cash
_ALONE = (
    r"(?!(?:, (?:and )?| (?:and|plus|or)|,? (?:including|inclusive of|together with|combined with|along with|as well as))"
    r"(?: )?(?:[a-z-]+ ){0,3}(?:investments?|securities|restricted|deposits|treasur|bills)\w*)"
)

METRICS: tuple[Metric, ...] = (
    Metric(
        "cash",
        "money",
        True,
        GAAP,
        "cash and cash equivalents of the balance sheet",
        statement="balance",
        rows=(
            r"(?:total )?cash and (?:cash )?equivalents(?: (?:at (?:market|cost)|including restricted).{0,40})?",
            r"(?:total )?cash and (?:cash )?due from (?:banks|depository institutions"
            r"|financial institutions)(?: non ?interest bearing)?|(?:total )?cash(?: and cash equivalents)?(?: and due from banks)?"
            r"|unrestricted cash and cash equivalents|cash and cash equivalents unrestricted"
            r"|cash and (?:temporary (?:cash )?|cash )investments|cash including cash equivalents|cash (?:on hand )?and (?:in "
            r"|bank )(?:banks|deposits)|less [a-z ]{0,20}cash and cash equivalents",
        ),
        flow_rows=(
            rf"cash(?: and)? (?:cash )?equivalents {_AT_END}.{{0,10}}|cash {_AT_END}|cash and cash equivalents ending.{{0,10}}"
            r"|ending cash(?: and cash equivalents)?|cash ending(?: balance)?",
        ),
        prose=(Said(rf"cash (?:and|&) (?:cash )?equivalents(?: balances?)?{_ALONE}"),),
        guidance=(
            r"\b(?:with|year-end|ending) cash\b(?! (?:flow|tax))|\bcash balances?"
            r"|\bcash,? (?:and )?cash equivalents(?:,? and [\w -]{3,40}?(?= (?:of|to|will)))?",
        ),
        examples=(
            "Cash and cash equivalents",
            "Total cash and due from banks",
            "Cash",
            "Unrestricted cash and cash equivalents",
            "Cash and cash equivalents, unrestricted",
            "Cash and temporary cash investments",
            "Less: cash and cash equivalents",
            "Cash, including cash equivalents",
            "Cash and bank deposits",
            "Cash and cash equivalents ($31 related to entities with variable interests)",
            "Cash and cash equivalents at end of period",
            "Cash, end of year",
            "Cash and cash equivalents, ending balance",
            "Ending cash",
            "Cash, ending balance",
        ),
        counter_examples=(
            "Restricted cash",
            "Cash, cash equivalents and marketable securities",
            "Net increase in cash and cash equivalents",
        ),
    ),
    Metric(
        "total_assets",
        "money",
        True,
        GAAP,
        "total assets",
        statement="balance",
        rows=(r"total assets", r"assets total|total consolidated assets"),
        prose=(Said("total assets"),),
        adds_up=("total_liabilities", "equity"),
        examples=("Total assets", "Assets, total", "Total consolidated assets"),
        counter_examples=("Total current assets", "Total other assets"),
        known_as=("assets",),
    ),
    Metric(
        "total_liabilities",
        "money",
        True,
        GAAP,
        "total liabilities",
        statement="balance",
        rows=(r"total liabilities", r"liabilities total|total consolidated liabilities"),
        prose=(Said("total liabilities"),),
        adds_up=("total_assets", "-equity"),
        examples=("Total liabilities", "Liabilities, total", "Total consolidated liabilities"),
        counter_examples=("Total liabilities and stockholders' equity", "Total current liabilities"),
        known_as=("liabilities",),
    ),
    Metric(
        "equity",
        "money",
        True,
        GAAP,
        "total shareholders' equity",
        statement="balance",
        rows=(
            r"total (?:(?!liabilities|common|preferred|tangible|average|assets)[a-z]{1,20} ){0,7}holders (?:equity(?: deficit)?"
            rf"|deficit|deficiency|income|investment|capital)(?: (?:attributable to|of) {_NAME})?"
            rf"|total (?:holders )?equity attributable to {_NAME}"
            rf"|equity attributable to (?:the )?(?:holders of )?(?!non ?controlling){_NAME}|{_NAME} share of equity",
            r"(?:total )?holders (?:equity|deficit|deficiency|investment|capital|funds)(?: net)?",
            r"total (?:consolidated )?(?:equity|deficit)|equity",
            r"(?:total )?common (?:holders |stock )?(?:equity|holders investment)",
            rf"total (?!common|preferred|average|permanent|non|minority|.*\band\b){_NAME} (?:equity|deficit)",
            rf"(?!total|other|common|preferred){_NAME} (?:common )?holders (?:equity|deficit|interest)|total (?:holders )?equity (?:of"
            rf"|for) {_NAME}"
            r"|(?:total )?(?:holders )?(?:equity|deficit) (?:total|attributable to parent(?: total)?|controlling interests?"
            r"|net of (?:non ?controlling|minority) interests?)|total \w[\w ]{2,40} holders interest",
            rf"holders (?:equity|investment) attributable to (?!non ?controlling|minority){_NAME}"
            rf"|total (?!common|preferred|average|permanent|non|minority|liabilities){_NAME} and {_NAME} equity"
            r"|total \w[\w ]{2,60} holders equity before (?:non ?controlling|minority) interests?"
            r"|(?:total )?holders equity including (?:portion attributable to )?(?:non ?controlling|minority) interests?(?: total)?"
            rf"|total holders equity (?!(?:and|before|of|to|as|per|excluding|including|other|net|in|non ?controlling|minority)\b){_NAME}",
        ),
        never=(
            r"\b(?:ratio|return|average|tangible|redeemable|accumulated|temporary|mezzanine|changes?|statements?|conversions?|adjustments?"
            r"|per share|book value|issued|liabilit(?:y|ies)|representing)\b|^(?:non ?controlling|minority|general|limited)\b",
        ),
        prose=(Said("(?:total )?(?:shareholders|stockholders)[’'] equity|total (?:shareholders|stockholders) equity"),),
        adds_up=("total_assets", "-total_liabilities"),
        examples=(
            "Total shareholders' equity",
            "Total equity attributable to Widget Works",
            "Equity attributable to the holders of Widget Works",
            "Widget Works' share of equity",
            "Stockholders' deficit",
            "Total equity",
            "Equity",
            "Total common shareholders' equity",
            "Total Widget Works equity",
            "Widget Works stockholders' equity",
            "Total equity of Widget Works, Inc.",
            "Stockholders' equity, total",
            "Total Widget Works shareholders' interest",
            "Total shareholders' equity including noncontrolling interest",
            "Total shareowners' equity - Widget Works",
            "Shareholders' equity attributable to Widget Works",
            "Total Widget Works & Sons, Inc. equity",
            "Total Widget Works shareholders' equity before noncontrolling interests",
        ),
        counter_examples=(
            "Total liabilities and shareholders' equity",
            "Noncontrolling interests in equity",
            "Other stockholders' equity",
            "Return on average shareholders' equity",
            "Tangible common shareholders' equity",
        ),
    ),
    Metric(
        "total_debt",
        "money",
        True,
        GAAP,
        "all borrowings, short and long, where one line sums them up",
        statement="balance",
        rows=(r"total (?:debt|borrowings|borrowed funds|indebtedness)(?: outstanding)?(?: net)?",),
        prose=(Said(r"total (?:outstanding )?(?:debt|borrowings|indebtedness)(?: outstanding)?\b(?! to\b)"),),
        examples=("Total debt", "Total borrowings", "Total debt, net"),
        counter_examples=("Net debt", "Total debt to capital", "Long-term debt", "Total current debt"),
        known_as=("debt", "borrowings"),
    ),
    Metric(
        "long_term_debt",
        "money",
        True,
        GAAP,
        "long-term debt of the balance sheet, without what falls due within a year where that has its own line",
        statement="balance",
        rows=(
            r"(?:total )?long term (?:debt|borrowings)(?: and (?:capital|finance) lease obligations)? (?:net of|less|excluding)"
            r" (?:current|amounts? due within|unamortized).{3,60}",
            r"(?:total )?long term (?:debt|borrowings)(?: net)?(?: non ?current)?(?: and (?:capital|finance) lease obligations)?"
            r"|non ?current (?:portion of )?(?:long term )?debt",
        ),
        in_statement=True,
        examples=(
            "Long-term debt, less current portion",
            "Long-term debt, net",
            "Long-term debt and finance lease obligations",
            "Noncurrent portion of long-term debt",
        ),
        counter_examples=("Current portion of long-term debt", "Repayments of long-term debt", "Interest on long-term debt"),
    ),
)
