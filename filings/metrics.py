"""What a release can report: metrics, bases, durations and kinds, as data."""

from __future__ import annotations

from dataclasses import dataclass

BASES: tuple[str, ...] = ("gaap", "nongaap")
DURATIONS: tuple[str, ...] = ("quarter", "half", "nine_months", "year", "instant")
KINDS: tuple[str, ...] = (
    "results",
    "preliminary_results",
    "sales_update",
    "guidance",
    "acquisition",
    "management_change",
    "dividend",
    "buyback",
    "financing",
    "legal_regulatory",
    "product",
    "presentation",
    "agreement",
    "other",
)


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the vocabulary: its name, its unit class (money, per_share, shares) and whether it is measured at an instant."""

    name: str
    unit: str
    instant: bool
    bases: tuple[str, ...]
    meaning: str


_GAAP = ("gaap",)
_BOTH = ("gaap", "nongaap")
_NON = ("nongaap",)

METRICS: dict[str, Metric] = {
    m.name: m
    for m in (
        Metric("revenue", "money", False, _GAAP, "the total top line: total revenues, net sales"),
        Metric("net_interest_income", "money", False, _GAAP, "interest income less interest expense, before provision, not tax-equivalent"),
        Metric("gross_profit", "money", False, _GAAP, "revenue less cost of revenue"),
        Metric("operating_income", "money", False, _BOTH, "income from operations of the whole company"),
        Metric("pretax_income", "money", False, _GAAP, "income before income taxes"),
        Metric("net_income", "money", False, _BOTH, "the consolidated bottom line, before noncontrolling interests"),
        Metric("net_income_to_common", "money", False, _GAAP, "net income of the company or of common shareholders, on its own line"),
        Metric("eps_basic", "per_share", False, _GAAP, "total net income per basic share"),
        Metric("eps_diluted", "per_share", False, _BOTH, "total net income per diluted share"),
        Metric("shares_basic", "shares", False, _GAAP, "weighted average basic shares"),
        Metric("shares_diluted", "shares", False, _GAAP, "weighted average diluted shares"),
        Metric("dividends_per_share", "per_share", False, _GAAP, "dividends declared per common share"),
        Metric("cash", "money", True, _GAAP, "cash and cash equivalents of the balance sheet"),
        Metric("total_assets", "money", True, _GAAP, "total assets"),
        Metric("total_liabilities", "money", True, _GAAP, "total liabilities"),
        Metric("equity", "money", True, _GAAP, "total shareholders' equity"),
        Metric("operating_cash_flow", "money", False, _GAAP, "net cash from operating activities"),
        Metric("ebitda", "money", False, _NON, "earnings before interest, taxes, depreciation and amortization"),
        Metric("adjusted_ebitda", "money", False, _NON, "EBITDA after the company's own adjustments"),
        Metric("ffo_per_share", "per_share", False, _NON, "funds from operations per diluted share (real estate)"),
    )
}
