"""Items of an 8-K as headers, feeds and the document itself spell them, brought to the item tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from ex99.filings.forms import NEW_ITEMS, NEW_ITEMS_SINCE, OLD_ITEMS, Item, find_item

# Titles that EDGAR's headers print and the form's instructions do not: older wordings, and EDGAR's own.
HEADER_TITLES: dict[str, str] = {
    "Cost Associated with Exit or Disposal Activities": "2.05",
    "Departure of Directors or Principal Officers; Election of Directors; Appointment of Principal Officers": "5.02",
    "Temporary Suspension of Trading Under Registrants Employee Benefit Plans": "5.04",
    "Amendments to the Registrant's Code of Ethics": "5.05",
    "Amendment to Registrant's Code of Ethics": "5.05",
    "Shareholder Nominations Pursuant to Exchange Act Rule 14a-11": "5.08",
    "Mine Safety Reporting of Shutdowns and Patterns of Violations": "1.04",
    "Securitizer or Rating Agency Disclosure": "6.10",
    "Other events and Regulation FD disclosure": "5",
    "Resignations of registrant's directors": "6",
}
_LONG_TITLE = 30

# "2.02", "<ITEMS>1.05", "Item 2. 02:"
_NUMBER = re.compile(r"(?:<ITEMS>|items?\s*)?(?P<number>\d{1,2}(?:\s?\.\s?\d{2})?)\b", re.IGNORECASE)

# "-----Item 2.02", "ITEM 12.  RESULTS OF OPERATIONS", "Items 5 and 7", at the start of a line
_HEADING = re.compile(
    r"^[\s\-_=*.|>]{0,80}ITEMS?[ \t]+(?P<number>\d{1,2}(?:[ \t]?\.[ \t]?\d{2}(?!\d))?)(?![\d(])",
    re.IGNORECASE | re.MULTILINE,
)
# "Not applicable.", "None." as what a section says
_ABSENT = re.compile(r"\b(?:not\s+applicable|inapplicable|N/A)\b|(?:^|[.\-:])\W*none\b\W*$", re.IGNORECASE | re.MULTILINE)
_SECTION = 250
"""Characters of a section in which it may declare itself absent."""


def read_header_items(values: Iterable[str], filed: dt.date | None) -> tuple[Item, ...]:
    """The items that a header or list names by number or title, sorted, each once; blank and unknown ones are left out."""
    found: dict[str, Item] = {}
    for value in values:
        item = _read_item(value.strip(), filed)
        if item is not None:
            found.setdefault(item.number, item)
    return sort_items(found.values())


def find_text_items(text: str, filed: dt.date) -> tuple[Item, ...]:
    """The items that head the sections of an 8-K's own text, sorted; those declared "not applicable" are left out."""
    table = OLD_ITEMS if filed < NEW_ITEMS_SINCE else NEW_ITEMS
    found: dict[str, Item] = {}
    headings = list(_HEADING.finditer(text))
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=False):  # without a heading there is one end too many
        number = _plain_number(heading["number"])
        if number in table and not _ABSENT.search(text, heading.end(), min(end, heading.end() + _SECTION)):
            found.setdefault(number, Item(number, table[number]))
    return sort_items(found.values())


def sort_items(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items in the order of their numbers, each once (9 before 12, 2.02 before 9.01)."""
    unique = {item.number: item for item in items}
    return tuple(sorted(unique.values(), key=lambda item: [int(part) for part in item.number.split(".")]))


def _read_item(value: str, filed: dt.date | None) -> Item | None:
    match = _NUMBER.fullmatch(value)
    if match is not None:
        number = _plain_number(match["number"])
        return find_item(number, filed)
    return find_item(value, filed) or _find_by_wording(value)


def _find_by_wording(value: str) -> Item | None:
    """A title by the table of other wordings, or because it goes on where the table's title ends ("... of a Registrant")."""
    wanted = _folded(value)
    for title, number in HEADER_TITLES.items():
        if _folded(title) == wanted:
            return Item(number, NEW_ITEMS.get(number) or OLD_ITEMS.get(number) or title)
    for number, title in (NEW_ITEMS | OLD_ITEMS).items():
        if len(title) >= _LONG_TITLE and wanted.startswith(_folded(title)):
            return Item(number, title)
    return None


def _plain_number(text: str) -> str:
    return text.replace(" ", "").replace("\t", "").rstrip(".")


def _folded(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
