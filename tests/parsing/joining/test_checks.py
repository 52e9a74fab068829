import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ex99.filings.release import Figure, Source
from ex99.parsing.joining.checks import check_figures

END = dt.date(2017, 9, 30)


def _figure(metric: str, value: str, duration: str = "quarter", end: dt.date = END) -> Figure:
    return Figure(metric, "gaap", duration, end, Decimal(value), "USD", False, Source(0, 0, ""))


def _left_out(*figures: Figure) -> set[str]:
    kept, warnings = check_figures(figures)
    out = {f.metric for f in figures} - {f.metric for f in kept}
    assert len(warnings) == len(figures) - len(kept)
    return out


SOUND = (
    _figure("revenue", "412318000"), _figure("gross_profit", "191278000"), _figure("operating_income", "62736000"),
    _figure("net_income", "46615000"), _figure("eps_basic", "1.14"), _figure("eps_diluted", "1.12"),
    _figure("shares_basic", "40890000"), _figure("shares_diluted", "41620000"), _figure("revenue", "1201440000", "nine_months"),
)  # fmt: skip


def _with(*changed: Figure) -> list[Figure]:
    keys = {(f.metric, f.duration) for f in changed}
    return [f for f in SOUND if (f.metric, f.duration) not in keys] + list(changed)


def test_a_sound_statement_stands() -> None:
    assert _left_out(*SOUND) == set()


@pytest.mark.parametrize(
    ("wrong", "out"),
    [
        ([_figure("shares_basic", "40890"), _figure("shares_diluted", "41620")], {"shares_basic", "shares_diluted"}),
        ([_figure("shares_diluted", "3100000")], {"shares_diluted"}),
        ([_figure("eps_diluted", "11.2")], {"eps_diluted"}),
    ],
)
def test_what_does_not_fit_is_left_out(wrong: list[Figure], out: set[str]) -> None:
    assert out <= _left_out(*_with(*wrong))


def test_assets_are_liabilities_and_equity() -> None:
    sheet = (("total_assets", "500"), ("total_liabilities", "300"), ("equity", "20000"))
    assert "equity" in _left_out(*(_figure(metric, value, "instant") for metric, value in sheet))


def test_a_deficit_has_shares_outside_of_equity_beside_it() -> None:
    sheet = (("total_assets", "230"), ("total_liabilities", "12"), ("equity", "-9"))
    assert not _left_out(*(_figure(metric, value, "instant") for metric, value in sheet))


def test_columns_of_another_scale() -> None:
    ends = [dt.date(2017, 9, 30), dt.date(2017, 6, 30), dt.date(2016, 9, 30)]
    figures = [_figure("revenue", value, end=end) for value, end in zip(("412318000", "388004", "401000000"), ends, strict=True)]
    kept, warnings = check_figures(figures)
    assert [f.period_end for f in kept] == [ends[0], ends[2]]
    assert [w.code for w in warnings] == ["check_failed"]


def test_no_amount_per_share() -> None:
    assert _left_out(_figure("net_income", "46615000"), replace(_figure("eps_basic", "46615000"), unit="USD/share")) == {"eps_basic"}
