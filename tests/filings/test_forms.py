"""The form family, the item tables and the exhibit types."""

import datetime as dt

import pytest

from ex99.filings.exhibits import ExhibitType, parse_exhibit_type
from ex99.filings.forms import FORM_8K_FAMILY, NEW_ITEMS, OLD_ITEMS, find_item, is_8k_family


def test_the_family_is_known_by_its_prefix():
    assert all(is_8k_family(form) for form in FORM_8K_FAMILY)
    assert not is_8k_family("18-K")
    assert not is_8k_family("10-K")


@pytest.mark.parametrize(
    ("text", "filed", "number"),
    [
        ("2.02", None, "2.02"),
        ("12", dt.date(2003, 5, 1), "12"),
        ("Results of Operations and Financial Condition", dt.date(2004, 7, 1), "12"),
        ("Results of Operations and Financial Condition", dt.date(2005, 7, 1), "2.02"),
        ("Other events", dt.date(1999, 7, 1), "5"),
        ("OTHER EVENTS", dt.date(2019, 7, 1), "8.01"),
        ("Entry into a Material Definitive", dt.date(2019, 7, 1), "1.01"),
    ],
)
def test_items_are_found_by_number_or_title(text, filed, number):
    item = find_item(text, filed)
    assert item is not None
    assert item.number == number


def test_unknown_items_are_none():
    assert find_item("Weather") is None
    assert find_item("") is None


def test_both_tables_are_whole():
    assert list(OLD_ITEMS) == [str(n) for n in range(1, 13)]
    assert len(NEW_ITEMS) == 33


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EX-99", ExhibitType(99)),
        ("EX-99.1", ExhibitType(99, 1)),
        ("EX-99.01", ExhibitType(99, 1)),
        ("ex-99.(a)", ExhibitType(99, 0, "(A)")),
        ("EX-99.4(A)", ExhibitType(99, 4, "(A)")),
        ("EX-99.(A)(5)(C)", ExhibitType(99, 0, "(A)(5)(C)")),
        ("EX-99.1 CHARTER", ExhibitType(99, 1)),
        ("EX-2.1", ExhibitType(2, 1)),
    ],
)
def test_exhibit_types_come_to_one_spelling(text, expected):
    assert parse_exhibit_type(text) == expected


@pytest.mark.parametrize("text", ["8-K", "GRAPHIC", "", "EX-", "EX-101.INS"])
def test_what_is_no_numbered_exhibit_is_none(text):
    assert parse_exhibit_type(text) is None
