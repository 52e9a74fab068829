from decimal import Decimal

import pytest

from ex99.parsing.language.amounts import parse_amount, parse_scale
from ex99.parsing.language.currencies import find_currency


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("1,234", "1234", 0),
        ("$ 1,234.5", "1234.5", 1),
        ("$(1,234)", "-1234", 0),
        ("(0.47)", "-0.47", 2),
        ("$(.47)", "-0.47", 2),
        ("($.47)", "-0.47", 2),
        (".12", "0.12", 2),
        ("-12", "-12", 0),
        ("−12.0", "-12.0", 1),
        ("1,234 (1)", "1234", 0),
        ("1,234*", "1234", 0),
        ("2003", "2003", 0),
    ],
)
def test_numbers(text, value, decimals):
    amount = parse_amount(text)
    assert amount is not None
    assert amount.plain
    assert (amount.value, amount.decimals) == (Decimal(value), decimals)


@pytest.mark.parametrize("text", ["—", "-", "$ -", "---", "–"])
def test_a_dash_is_nil(text):
    amount = parse_amount(text)
    assert amount is not None
    assert amount.nil
    assert amount.value == 0


@pytest.mark.parametrize("text", ["", "n/m", "June 30", "(1,234", "$", "12 of 13", "1-2", "Q1", "12,34,5", "x" * 50, "9" * 39])
def test_other_text_is_no_amount(text):
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "mark"), [("12.5%", "%"), ("(8.0)%", "%"), ("(8.0%)", "%"), ("4.4x", "x"), ("25¢", "¢"), ("12 bps", "bps")]
)
def test_marks(text, mark):
    amount = parse_amount(text)
    assert amount is not None
    assert amount.mark == mark
    assert not amount.plain


def test_currencies():
    assert [a.currency for t in ("€ 12", "£12", "C$12", "$12", "12") if (a := parse_amount(t))] == ["EUR", "GBP", "CAD", "$", None]
    assert find_currency("(in thousands of euros)") == "EUR"
    assert find_currency("(in thousands)") is None


@pytest.mark.parametrize(
    ("text", "money", "shares"),
    [
        ("(in thousands, except per share data)", 1000, None),
        ("(In millions, except share amounts which are reflected in thousands and per share amounts)", 10**6, 1000),
        ("(In millions, except number of shares, which are reflected in thousands and per share amounts)", 10**6, 1000),
        ("(in thousands, except share and per share data)", 1000, 1),
        ("($ in millions)", 10**6, None),
        ("$ millions", 10**6, None),
        ("Dollars in Thousands", 1000, None),
        ("(000s omitted)", 1000, None),
        ("($1000s)", 1000, None),
        ("(US$ in 000s, Except per Share Amounts)", 1000, None),
        ("(millions of dollars)", 10**6, None),
        ("(millions, except earnings per common share)", 10**6, None),
        ("Unaudited; thousands of dollars except share data", 1000, 1),
        ("(dollars and shares in millions)", 10**6, 10**6),
        ("(In Billions)", 10**9, None),
        ("USD million", 10**6, None),
        ("Figures in EUR thousand", 1000, None),
    ],
)
def test_scales(text, money, shares):
    scale = parse_scale(text)
    assert scale is not None
    assert (scale.money, scale.shares) == (money, shares)


@pytest.mark.parametrize("text", ["", "June 30, 2020", "Consolidated Statements of Income", "Three Months Ended", "2000", "1,000"])
def test_captions_without_a_scale(text):
    assert parse_scale(text) is None


def test_a_name_that_ends_in_shares_is_no_share_count():
    scale = parse_scale("ALDER VALLEY BANCSHARES, INC. SELECTED FINANCIAL INFORMATION (In thousands of dollars, except per share data)")
    assert scale is not None
    assert scale.money == 1000
