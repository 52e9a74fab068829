from __future__ import annotations

import datetime as dt

import pytest

from ex99.crawler.items import find_text_items, read_header_items

OLD, NEW = dt.date(2003, 5, 1), dt.date(2012, 5, 1)


@pytest.mark.parametrize(
    ("value", "filed", "number"),
    [
        ("2.02", NEW, "2.02"),
        ("<ITEMS>1.05", NEW, "1.05"),
        ("12", OLD, "12"),
        ("Results of Operations and Financial Condition", NEW, "2.02"),
        ("Results of operations and financial condition", OLD, "12"),
        ("Other events", OLD, "5"),
        ("Other Events", NEW, "8.01"),
        ("Cost Associated with Exit or Disposal Activities", NEW, "2.05"),
        ("Departure of Directors or Principal Officers; Election of Directors; Appointment of Principal Officers", NEW, "5.02"),
        (
            "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers: "
            "Compensatory Arrangements of Certain Officers",
            NEW,
            "5.02",
        ),
    ],
)
def test_header_items_by_number_and_title(value: str, filed: dt.date, number: str) -> None:
    assert [item.number for item in read_header_items([value], filed)] == [number]


def test_blank_and_unknown_items_are_left_out_and_the_rest_sorted() -> None:
    assert [item.number for item in read_header_items(["12", "", "7", "No such title", "12", "99"], OLD)] == ["7", "12"]


def test_items_in_a_text() -> None:
    text = "  Item 2. 02 Results\n\n*** ITEM 9.01: Exhibits\n\nsee Item 1.01 of the last report\n\nItem 7(a) is quoted\n"
    assert [item.number for item in find_text_items(text, NEW)] == ["2.02", "9.01"]
