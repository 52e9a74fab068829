"""How a metric is called in words, in charts and on pages."""

from __future__ import annotations

_WORDS = {
    "eps_basic": "basic EPS",
    "eps_diluted": "diluted EPS",
    "ffo_per_share": "FFO per share",
    "ebitda": "EBITDA",
    "adjusted_ebitda": "adjusted EBITDA",
}


def say_metric(metric: str, basis: str = "gaap") -> str:
    """A metric in words: diluted EPS, net income (non-GAAP)."""
    return _WORDS.get(metric, metric.replace("_", " ")) + (" (non-GAAP)" if basis == "nongaap" else "")
