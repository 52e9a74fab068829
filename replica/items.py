"""Item numbers from a header's titles, and from the 8-K's own text where the header is blank."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from ex99.filings.forms import NEW_ITEMS, NEW_ITEMS_SINCE, OLD_ITEMS, find_item

# "Item 5. Other Events"   "ITEM 2.02   Results of ..."
_HEADING = re.compile(rb"\bItem\s{0,5}(\d{1,2}(?:\.\s?\d\d)?)[\s.:(\-]", re.IGNORECASE)
_ABSENT = re.compile(rb"\b(?:none\.|not\s+applicable|inapplicable)", re.IGNORECASE)
_MARKUP = re.compile(rb"<[^>]{0,400}>|&nbsp;|&#160;|&#xa0;", re.IGNORECASE)
_SECTION = 200
"""Bytes of a section within which it may say that it has nothing to say."""
_OTHER_TITLES = {
    "departure of directors or principal officers": "5.02",
    "cost associated with exit or disposal": "2.05",
    "amendment to registrant's code": "5.05",
    "material cybersecurity": "1.05",
}
"""How titles begin that headers print and the form's instructions do not."""


def sort_items(numbers: Iterable[str]) -> tuple[str, ...]:
    """Item numbers as EDGAR sorts them: as strings, each once, so 12 stands before 7."""
    return tuple(sorted(set(numbers)))


def read_header_items(lines: Iterable[str], filed: dt.date) -> tuple[str, ...]:
    """The items that ITEM INFORMATION lines name; blank and unknown ones are left out."""
    era = dt.date.min if filed < NEW_ITEMS_SINCE else NEW_ITEMS_SINCE
    return sort_items(number for line in lines if line and (number := _number_of(line, era)) is not None)


def find_text_items(text: bytes, filed: dt.date) -> tuple[str, ...]:
    """The items that head sections of an 8-K's text, but for those that say "None" or "Not applicable"."""
    plain = re.sub(rb"\s+", b" ", _MARKUP.sub(b" ", text))
    table = OLD_ITEMS if filed < NEW_ITEMS_SINCE else NEW_ITEMS
    found = []
    headings = list(_HEADING.finditer(plain))
    starts = [*(heading.start() for heading in headings[1:]), len(plain)]
    for heading, start in zip(headings, starts, strict=False):
        end = min(start, heading.end() + _SECTION)
        number = heading[1].decode().replace(" ", "")
        if number in table and not _ABSENT.search(plain, heading.end(), end):
            found.append(number)
    return sort_items(found)


@lru_cache(maxsize=4096)
def _number_of(line: str, filed: dt.date) -> str | None:
    line = line.removeprefix("<ITEMS>")
    item = find_item(line, filed)
    if item is not None:
        return item.number
    lower = line.lower()
    table = OLD_ITEMS if filed < NEW_ITEMS_SINCE else NEW_ITEMS
    longer = (number for number, title in table.items() if len(title) > 20 and lower.startswith(title.lower()))
    other = (number for start, number in _OTHER_TITLES.items() if lower.startswith(start))
    return next(longer, None) or next(other, None)
