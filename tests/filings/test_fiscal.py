import datetime as dt

import pytest

from ex99.filings.fiscal import Calendar, merge_period_ends, same_end, shift_end


@pytest.mark.parametrize(
    ("end", "quarters", "expected"),
    [
        ("2018-06-30", -1, "2018-03-31"), ("2018-06-30", -4, "2017-06-30"), ("2018-06-30", 2, "2018-12-31"),
        ("2020-02-29", -4, "2019-02-28"),
        ("2018-03-31", 1, "2018-06-30"), ("2019-12-28", -1, "2019-09-28"), ("2019-12-28", -4, "2018-12-29"),
    ],
)  # fmt: skip
def test_shift_end(end: str, quarters: int, expected: str) -> None:
    assert shift_end(dt.date.fromisoformat(end), quarters) == dt.date.fromisoformat(expected)


def test_computed_ends_snap_to_printed_ones() -> None:
    calendar = Calendar(2019, 1, dt.date(2019, 3, 30), (dt.date(2018, 3, 31),))
    assert calendar.quarter_end(2018, 1) == dt.date(2018, 3, 31)


def test_fiscal_quarter_of_an_end() -> None:
    calendar = Calendar(2018, 3, dt.date(2018, 6, 30))
    assert calendar.fiscal_quarter(dt.date(2017, 9, 30)) == (2017, 4)
    assert calendar.fiscal_quarter(dt.date(2017, 12, 31)) == (2018, 1)


def test_ends_within_days_are_of_one_period() -> None:
    assert same_end(None, None)
    assert same_end(dt.date(2023, 9, 30), dt.date(2023, 9, 24))
    assert not same_end(dt.date(2023, 9, 30), dt.date(2023, 9, 19))
    assert not same_end(dt.date(2023, 9, 30), None)


def test_the_end_printed_most_stands_for_all_that_are_near() -> None:
    ends = [dt.date(2023, 9, 30), dt.date(2023, 9, 24), dt.date(2023, 9, 30), dt.date(2023, 12, 31)]
    assert merge_period_ends(ends) == {ends[0]: ends[0], ends[1]: ends[0], ends[3]: ends[3]}
