"""What identities say of the figures of one period, and of periods that make up a longer one."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import pytest

from ex99.filings.metrics import METRICS
from ex99.filings.release import Figure, Source
from ex99.parsing.proof.identities import judge_figures

DAY = dt.date(2017, 9, 30)
UNITS = {"money": "USD", "per_share": "USD/share", "shares": "shares"}


def _figure(metric: str, value: str, duration: str = "quarter", end: dt.date = DAY, step: str = "1000") -> Figure:
    unit = UNITS[METRICS[metric].unit]
    precision = Decimal("0.01") if unit == "USD/share" else Decimal(step)
    return Figure(metric, "gaap", duration, end, Decimal(value), unit, comparative=False, source=Source(0, 1, "x"), precision=precision)


def _codes(figures: Iterable[Figure]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for figure, code in judge_figures(list(figures)):
        found.setdefault(code, set()).add(f"{figure.metric} {figure.duration}")
    return found


def test_assets_are_liabilities_and_equity() -> None:
    sheet = [
        _figure("total_assets", "9000000", "instant"),
        _figure("total_liabilities", "6000000", "instant"),
        _figure("equity", "3001000", "instant"),
    ]
    assert set(_codes(sheet)) == {"balance"}


def test_liabilities_and_equity_may_not_exceed_assets_and_minorities_may_be_between() -> None:
    def sheet(equity: str) -> list[Figure]:
        parts = (("total_assets", "9000000"), ("total_liabilities", "6000000"), ("equity", equity))
        return [_figure(metric, value, "instant") for metric, value in parts]

    assert set(_codes(sheet("3900000"))) == {"against_balance"}
    assert not _codes(sheet("2500000"))


@pytest.mark.parametrize(("eps", "code"), [("1.00", "eps_shares"), ("1.01", "eps_shares"), ("1.06", None), ("1.40", "against_eps")])
def test_income_over_shares_is_earnings_per_share(eps: str, code: str | None) -> None:
    found = _codes([_figure("net_income", "50000000"), _figure("shares_basic", "50000000"), _figure("eps_basic", eps)])
    assert set(found) == ({code} if code else set())


def test_income_to_common_is_taken_where_it_fits_better() -> None:
    figures = [
        _figure("net_income", "60000000"),
        _figure("net_income_to_common", "50000000"),
        _figure("shares_basic", "50000000"),
        _figure("eps_basic", "1.00"),
    ]
    assert _codes(figures)["eps_shares"] == {"net_income_to_common quarter", "shares_basic quarter", "eps_basic quarter"}


def test_dilution_takes_from_earnings_and_adds_shares() -> None:
    assert set(_codes([_figure("shares_basic", "51000000"), _figure("shares_diluted", "50000000")])) == {"against_dilution"}
    assert not _codes([_figure("shares_basic", "50000000"), _figure("shares_diluted", "51000000")])
    assert set(_codes([_figure("eps_basic", "1.00"), _figure("eps_diluted", "1.10")])) == {"against_dilution"}


def test_quarters_make_the_year_to_date() -> None:
    figures = [
        _figure("revenue", "10000000"),
        _figure("revenue", "19000000", "half", dt.date(2017, 6, 30)),
        _figure("revenue", "29000000", "nine_months"),
    ]
    assert _codes(figures) == {"year_to_date": {"revenue quarter", "revenue half", "revenue nine_months"}}


def test_four_quarters_make_a_year() -> None:
    ends = [dt.date(2017, 3, 31), dt.date(2017, 6, 30), dt.date(2017, 9, 30), dt.date(2017, 12, 31)]
    quarters = [_figure("revenue", "10000000", end=end) for end in ends]
    assert _codes([*quarters, _figure("revenue", "40000000", "year", ends[-1])])["year_to_date"] == {"revenue quarter", "revenue year"}
    assert not _codes([*quarters, _figure("revenue", "41000000", "year", ends[-1])])
