"""The 8-K family of forms and the two tables of its items.

Sources: Form 8-K general instructions; SEC release 33-8400 (new item numbers from 23 August 2004), 33-8176 (Item 12,
from 28 March 2003), 33-9106 (Item 5.08), 33-11216 (Item 1.05).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

FORM_8K_FAMILY: tuple[str, ...] = (
    "8-K",
    "8-K/A",
    "8-K12B",
    "8-K12B/A",
    "8-K12G3",
    "8-K12G3/A",
    "8-K15D5",
    "8-K15D5/A",
)

NEW_ITEMS_SINCE = dt.date(2004, 8, 23)

OLD_ITEMS: dict[str, str] = {
    "1": "Changes in Control of Registrant",
    "2": "Acquisition or Disposition of Assets",
    "3": "Bankruptcy or Receivership",
    "4": "Changes in Registrant's Certifying Accountant",
    "5": "Other Events",
    "6": "Resignations of Registrant's Directors",
    "7": "Financial Statements and Exhibits",
    "8": "Change in Fiscal Year",
    "9": "Regulation FD Disclosure",
    "10": "Amendments to the Registrant's Code of Ethics",
    "11": "Temporary Suspension of Trading under Registrant's Employee Benefit Plans",
    "12": "Results of Operations and Financial Condition",
}

NEW_ITEMS: dict[str, str] = {
    "1.01": "Entry into a Material Definitive Agreement",
    "1.02": "Termination of a Material Definitive Agreement",
    "1.03": "Bankruptcy or Receivership",
    "1.04": "Mine Safety - Reporting of Shutdowns and Patterns of Violations",
    "1.05": "Material Cybersecurity Incidents",
    "2.01": "Completion of Acquisition or Disposition of Assets",
    "2.02": "Results of Operations and Financial Condition",
    "2.03": "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement",
    "2.04": "Triggering Events That Accelerate or Increase a Direct Financial Obligation",
    "2.05": "Costs Associated with Exit or Disposal Activities",
    "2.06": "Material Impairments",
    "3.01": "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing",
    "3.02": "Unregistered Sales of Equity Securities",
    "3.03": "Material Modification to Rights of Security Holders",
    "4.01": "Changes in Registrant's Certifying Accountant",
    "4.02": "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report",
    "5.01": "Changes in Control of Registrant",
    "5.02": "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers",
    "5.03": "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year",
    "5.04": "Temporary Suspension of Trading under Registrant's Employee Benefit Plans",
    "5.05": "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    "5.06": "Change in Shell Company Status",
    "5.07": "Submission of Matters to a Vote of Security Holders",
    "5.08": "Shareholder Director Nominations",
    "6.01": "ABS Informational and Computational Material",
    "6.02": "Change of Servicer or Trustee",
    "6.03": "Change in Credit Enhancement or Other External Support",
    "6.04": "Failure to Make a Required Distribution",
    "6.05": "Securities Act Updating Disclosure",
    "6.06": "Static Pool",
    "7.01": "Regulation FD Disclosure",
    "8.01": "Other Events",
    "9.01": "Financial Statements and Exhibits",
}

RESULTS_ITEMS: frozenset[str] = frozenset({"2.02", "12"})
"""The items under which results are furnished; before March 2003 they came under Item 5, and in 2003-04 also under Item 9."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an 8-K: its number in the table of its day, and its title."""

    number: str
    title: str


def is_8k_family(form: str) -> bool:
    """Whether a form string belongs to the 8-K family (18-K does not)."""
    return form.strip().upper().startswith("8-K")


def find_item(text: str, filed: dt.date | None = None) -> Item | None:
    """The item that a number ("2.02", "12") or a header's title names, or None.

    Titles that both tables share ("Other Events") need the filing date to be told apart; without it the newer table answers.
    """
    wanted = _folded(text)
    tables = (OLD_ITEMS, NEW_ITEMS) if filed is not None and filed < NEW_ITEMS_SINCE else (NEW_ITEMS, OLD_ITEMS)
    for table in tables:
        if text.strip() in table:
            return Item(text.strip(), table[text.strip()])
        for number, title in table.items():
            if _folded(title) == wanted:
                return Item(number, title)
    for number, title in tables[0].items():
        if len(wanted) >= 20 and _folded(title).startswith(wanted):
            return Item(number, title)
    return None


@lru_cache(1024)
def _folded(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
