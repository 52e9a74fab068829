from decimal import Decimal

import pytest

from ex99.filings.values import is_within, last_digit, precision_of, same_value
from tests.storage.made import figure


@pytest.mark.parametrize(
    ("one", "exact", "other", "rough", "same"),
    [
        ("4085000", "1000", "4100000", "100000", True),
        ("4085000", "1000", "4000000", "100000", True),  # cut off, not rounded
        ("4085000", "1000", "4200000", "100000", False),
        ("4085000", "1000", "4086000", "1000", False),
        ("4009000000", "1000000", "4000000000", "100000000", True),
        ("4009000000", "1000000", "4200000000", "100000000", False),
        ("0.47", "0.01", "0.474", "0.001", True),
        ("-12500000", "100000", "12500000", "100000", False),
        ("0", "1000", "400", "1", True),
    ],
)
def test_one_value_printed_more_or_less_exactly(one: str, exact: str, other: str, rough: str, same: bool) -> None:
    first, second = figure(value=one, precision=Decimal(exact)), figure(value=other, precision=Decimal(rough))
    assert same_value(first, second) is same_value(second, first) is same


def test_where_no_precision_is_stated_the_digits_tell_it() -> None:
    assert [last_digit(Decimal(text)) for text in ("4085000", "0.50", "0", "7")] == [1000, Decimal("0.1"), 1, 1]
    assert precision_of(figure(value="1.50", unit="USD/share")) == Decimal("0.01")
    assert precision_of(figure(value="4085000")) == precision_of(figure(value="4085000", precision=Decimal(1000)))


def test_rounding_explains_less_than_one_unit_of_the_coarser_number() -> None:
    assert is_within(Decimal(0), Decimal(1))
    assert is_within(Decimal("-0.9"), Decimal("0.1"), Decimal(1))
    assert not is_within(Decimal(1), Decimal("0.1"), Decimal(1))
