"""Item numbers from titles, and from the document where the header is blank."""

from __future__ import annotations

import datetime as dt

import pytest

from ex99.replica.items import find_text_items, read_header_items

OLD, NEW = dt.date(2004, 1, 15), dt.date(2016, 1, 15)


@pytest.mark.parametrize(
    ("lines", "day", "numbers"),
    [
        (("Results of Operations and Financial Condition", "Financial Statements and Exhibits"), NEW, ("2.02", "9.01")),
        (("Results of Operations and Financial Condition", "Financial statements and exhibits"), OLD, ("12", "7")),
        (("7",), dt.date(1994, 3, 1), ("7",)),
        (("", "Other events"), OLD, ("5",)),
        (("<ITEMS>1.05", "Regulation FD Disclosure"), NEW, ("1.05", "7.01")),
        (
            (
                "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers: "
                "Compensatory Arrangements of Certain Officers",
            ),
            NEW,
            ("5.02",),
        ),
        (("Something that no table names",), NEW, ()),
    ],
)
def test_titles_of_headers(lines: tuple[str, ...], day: dt.date, numbers: tuple[str, ...]) -> None:
    assert read_header_items(lines, day) == numbers


@pytest.mark.parametrize(
    ("text", "day", "numbers"),
    [
        (b"ITEM 12.  RESULTS OF OPERATIONS\n\nitem 7. Exhibits", OLD, ("12", "7")),
        (b"<B>Item&nbsp;2.02</B> Results. Item 2. 02 again. Item 9.01(d)", NEW, ("2.02", "9.01")),
        (b"Item 1. Changes in Control. None. Item 5. Other Events. We moved. Item 8. Change in Fiscal Year. Not applicable.", OLD, ("5",)),
        (b"as described in Item 7 of our annual report, see Item 2.02.", OLD, ("7",)),
        (b"no items", NEW, ()),
    ],
)
def test_headings_of_documents(text: bytes, day: dt.date, numbers: tuple[str, ...]) -> None:
    assert find_text_items(text, day) == numbers
