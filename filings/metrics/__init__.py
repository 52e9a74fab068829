"""What a release can report: metrics, bases, durations and kinds, as data. A metric is one record in a file of this folder."""

from __future__ import annotations

from ex99.filings.metrics import balance, cash_flow, income, income_parts, operating, per_share
from ex99.filings.metrics.added import add_metrics
from ex99.filings.metrics.record import Metric, Said

__all__ = ["ADDED_BY", "BASES", "DURATIONS", "KINDS", "METRICS", "Metric", "Said"]

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

_OWN: dict[str, Metric] = {
    metric.name: metric for group in (income, per_share, balance, cash_flow, income_parts, operating) for metric in group.METRICS
}
METRICS, ADDED_BY = add_metrics(_OWN)
"""Every metric by its name, and the plugins that added some."""
