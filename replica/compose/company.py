"""Who a fictitious company is, and the words it uses."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ex99.replica.compose.books import BookPlan
from ex99.replica.compose.fiscal import FiscalCalendar

_PLACES = (
    ("PORT ELLERY", "OR"),
    ("NEW CALDER", "OH"),
    ("WESTHAVEN FALLS", "MN"),
    ("SALT FORK", "TX"),
    ("MARLOW SPRINGS", "CO"),
    ("EAST TARRANT", "MA"),
    ("HOLLIS GROVE", "GA"),
    ("LAKE BRANDT", "WI"),
    ("CORVEN", "CA"),
    ("STILLWATER BEND", "PA"),
)
_TRADES = (
    ("measuring instruments", 3823, "INDUSTRIAL INSTRUMENTS FOR MEASUREMENT"),
    ("workshop tools", 3420, "CUTLERY, HANDTOOLS & GENERAL HARDWARE"),
    ("packaged tea and biscuits", 2050, "BAKERY PRODUCTS"),
    ("planning software", 7372, "SERVICES-PREPACKAGED SOFTWARE"),
    ("garden machinery", 3524, "LAWN & GARDEN TRACTORS & EQUIPMENT"),
    ("hearing aids", 3842, "ORTHOPEDIC, PROSTHETIC & SURGICAL APPLIANCES"),
    ("outdoor clothing", 2300, "APPAREL & OTHER FINISHED PRODUCTS"),
    ("optical components", 3661, "TELEPHONE & TELEGRAPH APPARATUS"),
)
_FIRST = ("Ellen", "Marcus", "Priya", "Tobias", "Ingrid", "Samuel", "Odette", "Rafael", "Hanna", "Quentin")
_LAST = ("Varga", "Holloway", "Sundaram", "Lindqvist", "Okafor", "Brandt", "Castellane", "Whitcombe", "Arvidsson", "Moreau")
_NAME_A = (
    "Halden",
    "Brightwater",
    "Corvane",
    "Meridale",
    "Ostrander",
    "Pinebrook",
    "Quillon",
    "Redfern",
    "Silvermere",
    "Tarnwell",
    "Umberland",
    "Vantry",
    "Wexcombe",
    "Yarrowby",
    "Zephyrine",
    "Alderhook",
    "Birchfold",
    "Candlemoor",
    "Dunmere",
    "Eastlake",
    "Fennimore",
    "Gladwyn",
    "Hartsease",
    "Ironvale",
    "Juniper Row",
    "Kestrel Bay",
    "Lorimer",
    "Millrace",
    "Northcote",
    "Oakhanger",
)
_NAME_B = (
    "Instruments",
    "Tools",
    "Foods",
    "Software",
    "Optics",
    "Materials",
    "Devices",
    "Outfitters",
    "Controls",
    "Networks",
    "Therapeutics",
    "Logistics",
    "Energy",
    "Bancshares",
    "Plastics",
    "Marine",
    "Glass",
    "Textiles",
    "Sensors",
    "Paper",
)
_NAME_C = ("Inc", "Corp", "Holdings Inc", "Group Inc", "Co", "Ltd")
REVENUE_WORDS = ("Net sales", "Revenue", "Total revenues", "Net revenue")


@dataclass(frozen=True, slots=True)
class Company:
    """A fictitious filer. ``revenue_word`` is how it labels its top line; ``chief`` and ``treasurer`` sign and speak."""

    name: str
    cik: int
    ticker: str
    exchange: str
    city: str
    state: str
    trade: str
    sic: int
    sic_words: str
    calendar: FiscalCalendar
    books: BookPlan
    revenue_word: str
    chief: str
    treasurer: str

    @property
    def place(self) -> str:
        """Where it issues its releases."""
        return f"{self.city}, {self.state}"

    @property
    def conformed(self) -> str:
        """Its name as EDGAR writes it."""
        return self.name.upper().replace(",", "").replace(".", "")

    @property
    def short(self) -> str:
        """Its name without the last word."""
        words = self.name.replace(",", "").split()
        tail = {"Inc", "Inc.", "Corp", "Corp.", "Co", "Ltd", "Group", "Holdings"}
        while len(words) > 1 and words[-1] in tail:
            words.pop()
        return " ".join(words)


def make_company(
    name: str,
    cik: int,
    ticker: str,
    seed: int = 0,
    *,
    calendar: FiscalCalendar | None = None,
    books: BookPlan | None = None,
) -> Company:
    """A company whose traits follow from the seed, but for those that are given."""
    dice = random.Random(f"company {seed} {cik}")  # noqa: S311 - repeatable, nothing secret
    city, state = dice.choice(_PLACES)
    trade, sic, sic_words = dice.choice(_TRADES)
    people = zip(dice.sample(_FIRST, 2), dice.sample(_LAST, 2), strict=True)
    names = [f"{first} {dice.choice('ABCDEHJKLMR')}. {last}" for first, last in people]
    return Company(
        name,
        cik,
        ticker,
        dice.choice(("Nasdaq", "NYSE")),
        city,
        state,
        trade,
        sic,
        sic_words,
        calendar or FiscalCalendar(),
        books or BookPlan(seed),
        dice.choice(REVENUE_WORDS),
        *names,
    )


def invent_name(number: int) -> str:
    """The name of the market's n-th company; no two numbers share one."""
    a, rest = number % len(_NAME_A), number // len(_NAME_A)
    b, rest = (a + rest) % len(_NAME_B), rest // len(_NAME_B)
    c, rest = (number + rest) % len(_NAME_C), rest // len(_NAME_C)
    count = f" {rest + 1}" if rest else ""
    return f"{_NAME_A[a]} {_NAME_B[b]}{count} {_NAME_C[c]}"


def invent_ticker(number: int) -> str:
    """The symbol of the market's n-th company: four letters or more, all different."""
    letters = ""
    number += 26**3
    while number:
        number, digit = divmod(number, 26)
        letters = chr(65 + digit) + letters
    return letters
