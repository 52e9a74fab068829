"""A fictitious company's books: quarters whose figures add up, made from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Result:
    """What a period earned, in the books' unit (thousands or millions); shares in thousands; ``dividend`` in dollars a share."""

    revenue: int
    cost: int
    selling: int
    research: int
    amortization: int
    other: int
    tax: int
    depreciation: int
    stock_pay: int
    working: int
    """Change in working capital and other, in the cash flow."""
    shares_basic: int
    shares_diluted: int
    dividend: Decimal
    unit: int

    @property
    def gross(self) -> int:
        """Gross profit."""
        return self.revenue - self.cost

    @property
    def expenses(self) -> int:
        """Operating expenses together."""
        return self.selling + self.research + self.amortization

    @property
    def operating(self) -> int:
        """Operating income."""
        return self.gross - self.expenses

    @property
    def pretax(self) -> int:
        """Income before taxes."""
        return self.operating + self.other

    @property
    def net(self) -> int:
        """Net income."""
        return self.pretax - self.tax

    @property
    def eps_basic(self) -> Decimal:
        """Net income a basic share, to the cent."""
        return self.per_share(self.net, self.shares_basic)

    @property
    def eps_diluted(self) -> Decimal:
        """Net income a diluted share, to the cent; the basic one where there is a loss."""
        return self.per_share(self.net, self.shares_diluted)

    @property
    def cash_flow(self) -> int:
        """Net cash from operating activities."""
        return self.net + self.depreciation + self.amortization + self.stock_pay + self.working

    @property
    def adjusted_tax(self) -> int:
        """The tax effect of what the adjusted figures leave out."""
        return round((self.amortization + self.stock_pay) * 0.22)

    @property
    def adjusted_net(self) -> int:
        """Net income before amortization and stock pay, after their tax effect."""
        return self.net + self.amortization + self.stock_pay - self.adjusted_tax

    @property
    def adjusted_operating(self) -> int:
        """Operating income before amortization and stock pay."""
        return self.operating + self.amortization + self.stock_pay

    @property
    def adjusted_eps(self) -> Decimal:
        """Adjusted net income a diluted share."""
        return self.per_share(self.adjusted_net, self.shares_diluted)

    def per_share(self, amount: int, shares: int) -> Decimal:
        """An amount of the books' unit over shares in thousands, to the cent."""
        return (Decimal(amount) * self.unit / (Decimal(shares) * 1000)).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Balance:
    """What the company has at a quarter's end; equity is what is left."""

    cash: int
    receivables: int
    inventories: int
    plant: int
    goodwill: int
    payables: int
    accrued: int
    debt: int

    @property
    def assets(self) -> int:
        """Total assets."""
        return self.cash + self.receivables + self.inventories + self.plant + self.goodwill

    @property
    def liabilities(self) -> int:
        """Total liabilities."""
        return self.payables + self.accrued + self.debt

    @property
    def equity(self) -> int:
        """Shareholders' equity."""
        return self.assets - self.liabilities


@dataclass(frozen=True, slots=True)
class BookPlan:
    """How a company's books are made. ``unit`` is 1000 or 1000000; ``revenue`` the first quarter's, in units."""

    seed: int
    unit: int = 1000
    revenue: int = 40_000
    growth: float = 0.09
    season: tuple[float, float, float, float] = (0.93, 0.98, 1.0, 1.09)
    margin: float = 0.42
    shares: int = 18_000
    dividend: Decimal = Decimal(0)
    loss_quarters: frozenset[tuple[int, int]] = frozenset()
    restated_in: int | None = None
    """The fiscal year whose releases show the year before restated."""


class Books:
    """Results and balances of fiscal quarters, the year before the first one included as its comparative."""

    def __init__(self, plan: BookPlan, first_year: int, last_year: int) -> None:
        self.plan = plan
        self._results: dict[tuple[int, int], Result] = {}
        self._balances: dict[tuple[int, int], Balance] = {}
        dice = random.Random(f"books {plan.seed}")  # noqa: S311 - repeatable, nothing secret
        trend, cash = float(plan.revenue), round(plan.revenue * 0.6)
        for year in range(first_year - 1, last_year + 1):
            growth = plan.growth + dice.gauss(0, 0.04)
            for quarter in range(1, 5):
                trend *= 1 + growth / 4
                result = self._make(dice, year, quarter, trend)
                cash = max(round(plan.revenue * 0.2), cash + round(result.cash_flow * 0.35))
                self._results[year, quarter] = result
                self._balances[year, quarter] = _make_balance(dice, result, cash)

    def quarter(self, year: int, quarter: int, seen_in: int) -> Result:
        """A quarter's result as a release of fiscal year ``seen_in`` shows it."""
        result = self._results[year, quarter]
        if self.plan.restated_in is not None and year < self.plan.restated_in <= seen_in:
            return replace(result, revenue=round(result.revenue * 0.96), cost=round(result.cost * 0.955))
        return result

    def to_date(self, year: int, quarter: int, seen_in: int) -> Result:
        """The year to date at a quarter's end: sums, with average shares."""
        parts = [self.quarter(year, q, seen_in) for q in range(1, quarter + 1)]
        summed = {
            name: sum(getattr(p, name) for p in parts)
            for name in ("revenue", "cost", "selling", "research", "amortization", "other", "tax", "depreciation", "stock_pay", "working")
        }
        basic = round(sum(p.shares_basic for p in parts) / len(parts))
        total = replace(parts[0], **summed, shares_basic=basic, dividend=sum((p.dividend for p in parts), Decimal(0)))
        diluted = basic if total.net < 0 else round(sum(max(p.shares_diluted, p.shares_basic) for p in parts) / len(parts))
        return replace(total, shares_diluted=diluted)

    def balance(self, year: int, quarter: int) -> Balance:
        """The balance at a quarter's end."""
        return self._balances[year, quarter]

    def _make(self, dice: random.Random, year: int, quarter: int, trend: float) -> Result:
        plan = self.plan
        revenue = round(trend * plan.season[quarter - 1] * (1 + dice.gauss(0, 0.012)))
        lost = (year, quarter) in plan.loss_quarters
        cost = round(revenue * (1 - plan.margin + dice.gauss(0, 0.008) + (0.05 if lost else 0)))
        selling = round(revenue * (0.16 + dice.gauss(0, 0.006) + (0.22 if lost else 0)))
        research = round(revenue * (0.08 + dice.gauss(0, 0.004)))
        amortization = round(revenue * 0.011) + 1
        other = round(revenue * dice.uniform(-0.006, 0.004))
        pretax = revenue - cost - selling - research - amortization + other
        basic = round(plan.shares * (1 + 0.004 * (year % 50)) + dice.randint(0, plan.shares // 200))
        net_loss = pretax < 0
        return Result(
            revenue,
            cost,
            selling,
            research,
            amortization,
            other,
            round(pretax * (0.2 if net_loss else 0.29)),
            round(revenue * 0.03),
            round(revenue * 0.014),
            round(revenue * dice.uniform(-0.04, 0.03)),
            basic,
            basic if net_loss else round(basic * 1.021),
            plan.dividend,
            plan.unit,
        )


def _make_balance(dice: random.Random, result: Result, cash: int) -> Balance:
    revenue = result.revenue
    return Balance(
        cash,
        round(revenue * dice.uniform(0.55, 0.65)),
        round(revenue * dice.uniform(0.38, 0.46)),
        round(revenue * 0.9),
        round(revenue * 0.5),
        round(revenue * dice.uniform(0.24, 0.3)),
        round(revenue * 0.21),
        round(revenue * 0.35),
    )
