"""Books add up, follow their seed and keep their calendars."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest

from ex99.replica.compose import BookPlan, Books, FiscalCalendar

DURATIONS = {1: "quarter", 2: "half", 3: "nine_months", 4: "year"}


@pytest.fixture
def books() -> Books:
    return Books(BookPlan(7, dividend=Decimal("0.05"), loss_quarters=frozenset({(2011, 2)}), restated_in=2012), 2010, 2013)


def test_results_add_up(books: Books) -> None:
    for year in range(2010, 2014):
        for quarter in range(1, 5):
            r = books.quarter(year, quarter, year)
            assert r.revenue - r.cost == r.gross
            assert r.gross - r.selling - r.research - r.amortization == r.operating
            assert r.operating + r.other - r.tax == r.net
            assert abs(r.eps_basic * r.shares_basic * 1000 - Decimal(r.net) * 1000) <= Decimal("0.005") * r.shares_basic * 1000


def test_balances_balance(books: Books) -> None:
    for quarter in range(1, 5):
        b = books.balance(2012, quarter)
        assert b.assets == b.liabilities + b.equity
        assert min(b.cash, b.equity) > 0


def test_the_year_is_the_sum_of_its_quarters(books: Books) -> None:
    year = books.to_date(2013, 4, 2013)
    quarters = [books.quarter(2013, q, 2013) for q in range(1, 5)]
    for name in ("revenue", "gross", "operating", "net", "cash_flow"):
        assert getattr(year, name) == sum(getattr(q, name) for q in quarters)
    assert year.dividend == Decimal("0.20")


def test_a_loss_is_a_loss(books: Books) -> None:
    loss = books.quarter(2011, 2, 2011)
    assert loss.net < 0
    assert loss.eps_diluted == loss.eps_basic < 0
    assert books.quarter(2011, 3, 2011).net > 0


def test_a_restatement_shows_in_the_year_after(books: Books) -> None:
    assert books.quarter(2011, 3, 2011).revenue != books.quarter(2011, 3, 2012).revenue
    assert books.quarter(2011, 3, 2011).net != books.quarter(2011, 3, 2012).net
    assert books.quarter(2012, 3, 2012) == books.quarter(2012, 3, 2013)


def test_a_seed_gives_the_same_books() -> None:
    first, second, other = (Books(BookPlan(seed), 2010, 2011).quarter(2011, 4, 2011) for seed in (1, 1, 2))
    assert first == second != other


def test_revenue_grows_with_the_seasons() -> None:
    books = Books(BookPlan(1, growth=0.1, season=(0.8, 0.9, 1.0, 1.3)), 2010, 2020)
    years = [books.to_date(y, 4, y).revenue for y in range(2010, 2021)]
    assert 1.5 < years[-1] / years[0] < 5
    for year in range(2010, 2021):
        assert books.quarter(year, 4, year).revenue > books.quarter(year, 1, year).revenue


def test_months() -> None:
    calendar = FiscalCalendar(9)
    assert [calendar.end(2015, q) for q in range(1, 5)] == [
        dt.date(2014, 12, 31),
        dt.date(2015, 3, 31),
        dt.date(2015, 6, 30),
        dt.date(2015, 9, 30),
    ]
    assert calendar.words(2015, 3, "nine_months") == "Nine Months Ended"


def test_weeks() -> None:
    calendar = FiscalCalendar(12, weeks=True)
    ends = [calendar.end(y, q) for y in range(2005, 2025) for q in range(1, 5)]
    assert {end.weekday() for end in ends} == {5}
    assert {(b - a).days // 7 for a, b in pairwise(ends)} == {13, 14}
    assert {calendar.count_weeks(y, 4, "year") for y in range(2005, 2025)} == {52, 53}
    assert calendar.words(2016, 2, "half") == "26 Weeks Ended"
