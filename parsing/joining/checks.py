"""Cheap checks of figures against each other: earnings per share against income and shares, parts against wholes, columns against columns.

Each check is an identity or a bound of accounting. A figure that fails more of them than it passes is left out, and a warning says why.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ex99.filings.release import Figure, ParseWarning
from ex99.parsing.language.basis_words import nongaap_words
from ex99.parsing.rules import Rule, rule, switched_off
from ex99.parsing.tolerances import TOLERANCES

Period = tuple[str, dt.date | None]
Statement = Mapping[str, Figure]
"""The GAAP figures of one period by metric."""

_SCALE_WEIGHT = 3
_SUM_WEIGHT = 2
# "Adjusted net income", "Earnings excluding identified items (non-GAAP)"
_NONGAAP_LABEL = nongaap_words("label")
_GAAP_OF = {
    "net_income": ("net_income", "net_income_to_common"), "eps_diluted": ("eps_diluted",), "operating_income": ("operating_income",),
}  # fmt: skip
_SCALES = (Decimal(1000), Decimal("0.001"), Decimal(10**6), Decimal("0.000001"))


EPS = rule("joining.checks.eps", "income over shares is not earnings per share", leaves_out=True)
DILUTION = rule("joining.checks.dilution", "dilution takes shares away, or adds to earnings per share", leaves_out=True)
PARTS_OF_REVENUE = rule("joining.checks.parts_of_revenue", "a profit exceeds revenue", leaves_out=True)
BALANCE = rule("joining.checks.balance", "assets are not liabilities and equity", leaves_out=True)
CASH = rule("joining.checks.cash", "cash exceeds total assets", leaves_out=True)
TAX = rule("joining.checks.tax", "income before taxes less taxes is not net income", leaves_out=True)
PER_SHARE = rule("joining.checks.per_share", "an amount a share that is none by its size", leaves_out=True)
BASIS = rule("joining.checks.basis", "a line of adjusted figures repeats the GAAP ones in all its periods", leaves_out=True)
QUARTERS = rule("joining.checks.quarters", "a quarter's revenue exceeds that of the longer period", leaves_out=True)
COLUMNS = rule("joining.checks.columns", "columns side by side are of other sizes", leaves_out=True)


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: the figures it is about, those it puts in doubt where it fails, and what it says then."""

    figures: tuple[Figure, ...]
    passed: bool
    message: str
    suspects: tuple[Figure, ...] = ()
    weight: int = 1


def check_figures(figures: Sequence[Figure]) -> tuple[list[Figure], list[ParseWarning]]:
    """(figures that stand, a warning for each one left out)."""
    off = switched_off()
    checks = [(named, check) for named, check in _run_named(figures) if named.id not in off]
    failed: Counter[int] = Counter()
    passed: Counter[int] = Counter()
    reasons: dict[int, tuple[Rule, str]] = {}
    for named, check in checks:
        for figure in check.figures if check.passed else check.suspects or check.figures:
            (passed if check.passed else failed)[id(figure)] += check.weight
            if not check.passed:
                reasons.setdefault(id(figure), (named, check.message))
    kept, warnings = [], []
    for figure in figures:
        if failed[id(figure)] > passed[id(figure)]:
            named, message = reasons[id(figure)]
            named()
            words = f"{figure.metric} {figure.basis} of the {figure.duration} to {figure.period_end} left out: {message}"
            warnings.append(ParseWarning("check_failed", words))
        else:
            kept.append(figure)
    return kept, warnings


def run_checks(figures: Sequence[Figure]) -> Iterator[Check]:
    """Every check that the figures at hand allow."""
    return (check for _, check in _run_named(figures))


def _run_named(figures: Sequence[Figure]) -> Iterator[tuple[Rule, Check]]:
    """Each check with its rule."""
    periods: dict[Period, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.basis == "gaap":
            periods[figure.duration, figure.period_end].setdefault(figure.metric, figure)
    for statement in periods.values():
        for named, check in _OF_STATEMENTS:
            yield from ((named, one) for one in check(statement))
    for figure in figures:
        if figure.unit.endswith("/share") and abs(figure.value) > TOLERANCES.largest_eps:
            yield PER_SHARE, Check((figure,), False, f"{figure.value} is no amount per share", weight=_SCALE_WEIGHT)
    for named, checks in ((BASIS, _check_basis(figures)), (QUARTERS, _check_parts(periods)), (COLUMNS, _check_columns(figures))):
        yield from ((named, one) for one in checks)


def _check_eps(statement: Statement) -> Iterator[Check]:
    """Income over shares is earnings per share, of the same sign and size."""
    incomes = [statement[m] for m in ("net_income_to_common", "net_income") if m in statement]
    for kind in ("basic", "diluted"):
        eps, shares = statement.get(f"eps_{kind}"), statement.get(f"shares_{kind}")
        if eps is None or not incomes:
            continue
        if shares is None or shares.value == 0:
            continue
        gaps = [abs(income.value / shares.value - eps.value) for income in incomes]
        fits = min(gaps) <= TOLERANCES.eps_slack + TOLERANCES.eps_share * abs(eps.value)
        nearest = incomes[gaps.index(min(gaps))]
        words = f"{nearest.metric} {nearest.value} over {shares.value} shares is not {eps.value}"
        if not fits and _is_scale(nearest.value, shares.value, eps.value):
            yield Check((nearest, shares, eps), False, words, (shares,), _SCALE_WEIGHT)
        else:
            yield Check((nearest, shares, eps), fits, words, (eps, shares))


def _is_scale(income: Decimal, shares: Decimal, eps: Decimal) -> bool:
    """Whether income over shares misses EPS by a thousand or a million: the scale of the share count was misread."""
    if eps == 0 or income == 0:
        return False
    ratio = abs(income / shares / eps)
    return any(Decimal("0.8") < ratio / power < Decimal("1.25") for power in _SCALES)


def _check_dilution(statement: Statement) -> Iterator[Check]:
    """Dilution adds shares and takes from earnings per share."""
    basic, diluted = statement.get("shares_basic"), statement.get("shares_diluted")
    if basic and diluted:
        fits = basic.value <= diluted.value < basic.value * 2
        yield Check((basic, diluted), fits, f"{diluted.value} diluted shares beside {basic.value} basic ones")
    eps, less = statement.get("eps_basic"), statement.get("eps_diluted")
    if eps and less:
        fits = less.value <= eps.value + TOLERANCES.one_cent and (eps.value <= 0 or less.value > eps.value / 3 - TOLERANCES.one_cent)
        yield Check((eps, less), fits, f"diluted earnings per share {less.value} beside basic {eps.value}")


def _check_parts_of_revenue(statement: Statement) -> Iterator[Check]:
    """Profits are parts of revenue."""
    revenue = statement.get("revenue")
    if revenue is None or revenue.value <= 0:
        return
    for metric in ("gross_profit", "operating_income"):
        part = statement.get(metric)
        if part is not None:
            yield Check((revenue, part), part.value <= revenue.value, f"{metric} {part.value} exceeds revenue {revenue.value}")


def _check_balance(statement: Statement) -> Iterator[Check]:
    """Assets are liabilities and equity; what stands between them (minorities, mezzanine) is small, but where equity is a deficit.

    A company with redeemable or convertible shares outside of equity (a blank check company, one before its offering) has a deficit.
    """
    names = ("total_assets", "total_liabilities", "equity")
    if not all(name in statement for name in names):
        return
    assets, liabilities, equity = (statement[name] for name in names)
    gap = abs(assets.value - liabilities.value - equity.value)
    words = f"total assets {assets.value} are not liabilities {liabilities.value} and equity {equity.value}"
    beside = equity.value < 0 and assets.value > liabilities.value + equity.value
    close = beside or gap <= abs(assets.value) * TOLERANCES.between_liabilities_and_equity
    yield Check((assets, liabilities, equity), close, words, weight=_SUM_WEIGHT)


def _check_cash(statement: Statement) -> Iterator[Check]:
    """Cash is a part of total assets."""
    cash, assets = statement.get("cash"), statement.get("total_assets")
    if cash and assets:
        yield Check((cash, assets), cash.value <= assets.value, f"cash {cash.value} exceeds total assets {assets.value}", (cash,))


def _check_tax(statement: Statement) -> Iterator[Check]:
    """Income before taxes less taxes is net income; where it is with the other sign only, the sign of the taxes was misread."""
    pretax, tax, net = (statement.get(name) for name in ("pretax_income", "income_tax", "net_income"))
    if pretax and tax and net and tax.value:
        right, turned = abs(pretax.value - tax.value - net.value), abs(pretax.value + tax.value - net.value)
        words = f"pretax income {pretax.value} less taxes {tax.value} is not net income {net.value}"
        yield Check((pretax, tax, net), right <= turned, words, (tax,))


_OF_STATEMENTS: tuple[tuple[Rule, Callable[[Statement], Iterator[Check]]], ...] = (
    (EPS, _check_eps), (DILUTION, _check_dilution), (PARTS_OF_REVENUE, _check_parts_of_revenue), (BALANCE, _check_balance),
    (CASH, _check_cash), (TAX, _check_tax),
)  # fmt: skip


def _check_basis(figures: Sequence[Figure]) -> Iterator[Check]:
    """A line that repeats the GAAP figures in all its periods, and is not named otherwise, is the first line of a reconciliation."""
    gaap: dict[tuple[str, str, dt.date | None], set[Decimal]] = defaultdict(set)
    lines: dict[tuple[str, int | None, str | None], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.basis == "gaap":
            gaap[figure.metric, figure.duration, figure.period_end].add(figure.value)
        elif figure.metric in _GAAP_OF:
            lines[figure.metric, figure.source.table, figure.source.row].append(figure)
    for (metric, _, _), line in lines.items():
        known = [(f, set().union(*(gaap[name, f.duration, f.period_end] for name in _GAAP_OF[metric]))) for f in line]
        named = _NONGAAP_LABEL.search(line[0].source.row or "") is not None
        if not named and any(values for _, values in known) and all(f.value in values for f, values in known if values):
            for figure in line:
                yield Check((figure,), False, "it is the GAAP figure", weight=_SCALE_WEIGHT)


def _check_parts(periods: Mapping[Period, Statement]) -> Iterator[Check]:
    """A quarter's revenue is a part of the longer period's that ends with it."""
    for (duration, end), statement in periods.items():
        if duration != "quarter" or "revenue" not in statement:
            continue
        for longer in ("half", "nine_months", "year"):
            whole = periods.get((longer, end), {}).get("revenue")
            part = statement["revenue"]
            if whole is not None:
                words = f"a quarter's revenue {part.value} exceeds the {longer}'s {whole.value}"
                yield Check((part, whole), part.value <= whole.value, words)


def _check_columns(figures: Sequence[Figure]) -> Iterator[Check]:
    """Columns side by side are of one scale."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.basis == "gaap" and figure.metric in ("revenue", "shares_basic", "shares_diluted", "total_assets") and figure.value > 0:
            groups[figure.metric, figure.duration].append(figure)
    for (metric, _), group in groups.items():
        if len(group) < 3:
            continue
        middle = sorted(f.value for f in group)[len(group) // 2]
        for figure in group:
            fits = middle / TOLERANCES.column_ratio < figure.value < middle * TOLERANCES.column_ratio
            if not fits:
                yield Check((figure,), False, f"{metric} {figure.value} beside columns of about {middle}")
