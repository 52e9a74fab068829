"""What restatements are besides a company's second thoughts: stock splits, and changes to a multiple, which are implausible.

A split is told by share counts that moved by the same ratio as a restated per-share figure. Nothing is adjusted for it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ex99.filings.fiscal import same_end
from ex99.filings.metrics import METRICS
from ex99.filings.values import is_within, precision_of
from ex99.storage.series_model import Restatement
from ex99.storage.vintages import Vintage

SHARE_COUNTS: tuple[str, ...] = ("shares_diluted", "shares_basic")
_RATIOS: tuple[tuple[int, int], ...] = (
    *((n, 1) for n in (2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50)),
    (3, 2), (4, 3), (5, 2), (5, 4), (6, 5), (7, 5), (8, 5),
    *((1, n) for n in (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100)),
)  # fmt: skip
_ROUNDED = {"half": 2, "nine_months": 3, "year": 4}
"""The quarters whose dividends, each rounded, add up to a longer span's."""
_COUNT_SLACK = Decimal("0.002")
"""Share counts move a little between two releases (participating securities), less than this share of themselves."""


# split 7:1 | split 1:20
_SPLIT = re.compile(r"split (?P<new>\d+):(?P<old>\d+)")
IMPLAUSIBLE = "implausible"
_MULTIPLE = 3
"""How many times a value may become as much, or as little, and still be a restatement; a business that is sold halves them."""


@dataclass(frozen=True, slots=True)
class Split:
    """A split: releases filed on ``day`` or later count in new shares; ``ratio`` is how many of them an old one became (10, or 0.05)."""

    day: dt.date
    ratio: Decimal


def tells_splits(metric: str) -> bool:
    """Whether a metric moves with a split: figures per share, and share counts."""
    known = METRICS.get(metric)
    return known is not None and known.unit in {"per_share", "shares"}


def note_restatement(restatement: Restatement, counts: Iterable[Vintage], metric: str) -> str | None:
    """ "split 7:1", "implausible: ×47", or None for a restatement as companies make them."""
    split = find_split(restatement, counts, metric) if tells_splits(metric) else None
    return split or find_multiple(restatement)


def find_multiple(restatement: Restatement) -> str | None:
    """ "implausible: ÷4.1" of a value restated to a multiple or a fraction, "implausible: sign turned" of its exact opposite."""
    before, after = restatement.before.value, restatement.after.value
    if not before or not after:
        return None
    if after == -before:
        return f"{IMPLAUSIBLE}: sign turned"
    ratio = max(abs(after / before), abs(before / after))
    if ratio < _MULTIPLE:
        return None
    return f"{IMPLAUSIBLE}: {'×' if abs(after) > abs(before) else '÷'}{ratio:,.{0 if ratio >= 10 else 1}f}"


def find_split(restatement: Restatement, counts: Iterable[Vintage], metric: str) -> str | None:
    """ "split 7:1" where the same two releases restate the share count of the same period by that ratio, and the figure fits it."""
    before, after = restatement.before, restatement.after
    parts = _ROUNDED.get(restatement.duration, 1) if metric == "dividends_per_share" else 1
    for numerator, denominator in _RATIOS:
        ratio = Decimal(numerator) / Decimal(denominator)
        per_share = METRICS[metric].unit == "per_share"
        expected = before.value / ratio if per_share else before.value * ratio
        if per_share and not is_within(expected - after.value, precision_of(after) * parts, precision_of(before) / ratio):
            continue
        if not per_share and abs(expected - after.value) > abs(expected) * _COUNT_SLACK:
            continue
        if _counts_moved(restatement, counts, ratio):
            return f"split {numerator}:{denominator}"
    return None


def read_ratio(restatement: Restatement) -> Decimal | None:
    """How many new shares an old one became, where a restatement is noted as a split (7, or 0.05); None for any other."""
    noted = _SPLIT.fullmatch(restatement.note or "")
    return None if noted is None else Decimal(noted["new"]) / Decimal(noted["old"])


def list_splits(restatements: Iterable[Restatement]) -> tuple[Split, ...]:
    """The splits among restatements. Several tell of one split where the earlier release of each is older than the split's day."""
    told = [(r.after.filing_date, r.before.filing_date, ratio) for r in restatements if (ratio := read_ratio(r)) is not None]
    splits: list[Split] = []
    for after, before, ratio in sorted(told):
        if not splits or before >= splits[-1].day:
            splits.append(Split(after, ratio))
    return tuple(splits)


def _counts_moved(restatement: Restatement, counts: Iterable[Vintage], ratio: Decimal) -> bool:
    told = [v for v in counts if v.duration == restatement.duration and same_end(v.period_end, restatement.period_end)]
    for name in SHARE_COUNTS:
        old = next((v.value for v in told if v.metric == name and v.accession == restatement.before.accession), None)
        new = next((v.value for v in told if v.metric == name and v.accession == restatement.after.accession), None)
        if old and new and abs(new - old * ratio) <= old * ratio * _COUNT_SLACK:
            return True
    return False
