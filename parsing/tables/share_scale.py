"""The scale of a section's share counts: told by net income over earnings per share, else by the caption and by what is plausible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ex99.parsing.language.amounts import Scale, parse_count_scale, parse_scale
from ex99.parsing.rules import rule
from ex99.parsing.tables.readings import Reading
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tolerances import TOLERANCES

_SCALES = (Decimal(1), Decimal(1000), Decimal(10**6), Decimal(10**9))


IMPLIED = rule("tables.share_scale.implied", "the scale at which counts are net income over earnings per share, here or in another table")
WHOLE_COUNT = rule("tables.share_scale.whole", "counts of eight digits and more are whole shares")
STATED = rule(
    "tables.share_scale.stated", "the scale that the row or the caption states, where the count is then plausible; else the largest such"
)


def tell_share_scale(
    readings: Sequence[tuple[BodyRow, Reading]], scale: Scale | None, columns: frozenset[int], known: Decimal | None = None
) -> Decimal | None:
    """What the section's share counts must be multiplied by; None where neither figures nor caption tell it.

    ``columns`` are those that hold a period's figures; ``known`` is a count that another table of the document has settled.
    """
    counts = [a.value for row, r in readings if r.unit == "shares" for _, a in row.grid.values.values() if a.plain and a.value > 0]
    if not counts:
        return None
    typical: Decimal = sorted(counts)[len(counts) // 2]
    implied = _implied_shares(readings, scale, columns)
    if implied is None and known is not None:
        implied = known, typical
    if implied is not None and IMPLIED():
        for scale_of_counts in _SCALES:
            ratio = implied[1] * scale_of_counts / implied[0]
            if 1 / TOLERANCES.share_ratio <= ratio <= TOLERANCES.share_ratio:
                return scale_of_counts
    if typical >= TOLERANCES.whole_count and not _is_giant(readings, scale, typical) and WHOLE_COUNT():
        return _SCALES[0]
    stated = [] if scale is None else [s for s in (scale.shares, scale.money) if s is not None]
    own = next((s for row, r in readings if r.unit == "shares" and (s := parse_count_scale(row.grid.label)) is not None), None)
    guesses: tuple[Decimal, ...] = (*([] if own is None else [own]), *stated, *reversed(_SCALES[:3]))
    return STATED.take(next((guess for guess in guesses if TOLERANCES.fewest_shares <= typical * guess <= TOLERANCES.most_shares), None))


def _is_giant(readings: Sequence[tuple[BodyRow, Reading]], scale: Scale | None, count: Decimal) -> bool:
    """Whether a company's money is as much as tens of billions of shares go with: a count of eight digits is then one of thousands."""
    if scale is None:
        return False
    money = (a.value for row, r in readings if r.unit == "money" for _, a in row.grid.values.values() if a.plain)
    largest = max((abs(value) for value in money), default=Decimal(0)) * scale.money
    return largest >= count * (scale.shares or scale.money)


def settled_count(readings: Sequence[tuple[BodyRow, Reading]], scale: Scale | None, columns: frozenset[int]) -> Decimal | None:
    """The share count that the section's own income and earnings per share imply."""
    implied = _implied_shares(readings, scale, columns)
    return None if implied is None else implied[0]


def _implied_shares(
    readings: Sequence[tuple[BodyRow, Reading]], scale: Scale | None, columns: frozenset[int]
) -> tuple[Decimal, Decimal] | None:
    """(net income over EPS, printed count) of the column with the largest EPS, from rows of one basis."""
    if scale is None:
        return None
    incomes = _by_column(readings, ("net_income_to_common", "net_income"), scale)
    earnings = _by_column(readings, ("eps_basic", "eps_diluted"))
    counts = _by_column(readings, ("shares_basic", "shares_diluted"))
    usable = [c for c in columns & earnings.keys() & incomes.keys() if abs(earnings[c]) >= TOLERANCES.smallest_telling_eps and incomes[c]]
    if not usable:
        return None
    best = max(usable, key=lambda c: abs(earnings[c]))
    return abs(incomes[best] / earnings[best]), counts.get(best) or next(iter(counts.values()), Decimal(0))


def _by_column(readings: Iterable[tuple[BodyRow, Reading]], metrics: Sequence[str], scale: Scale | None = None) -> dict[int, Decimal]:
    """The first value of any of the metrics in each column; with a scale, money in units (a row's own scale goes before the table's)."""
    found: dict[int, Decimal] = {}
    for row, reading in readings:
        if reading.metric in metrics and reading.basis == "gaap":
            own = scale and (parse_scale(row.grid.label) or scale)
            for index, (_, amount) in row.grid.values.items():
                if amount.plain and not amount.nil:
                    found.setdefault(index, amount.value * own.money if own else amount.value)
    return found
