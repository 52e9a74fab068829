"""Fictitious releases of banks, insurers and real estate trusts: their own lines, quarters in sequence, averages beside balances, FFO."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.made.extracts import month_end, months_later
from benchmarks.made.model import Facts, Head, Key, Line, Story, Table, Unit, Words, spell, year_before
from benchmarks.made.placing import scale_note
from benchmarks.made.stories import make_fact, make_heads, print_line
from ex99.replica.compose.company import invent_name
from ex99.replica.compose.fiscal import ORDINALS

Book = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a statement: the book's entry that it prints, and the metric that this is, with its basis."""

    label: str
    entry: str = ""
    metric: str = ""
    unit: Unit = "money"
    indent: int = 0
    rule: bool = False
    basis: str = "gaap"


@dataclass(frozen=True, slots=True)
class Industry:
    """Statements by title (role, rows, whether of a day) and how one period's book is drawn from its size."""

    draw: Callable[[Decimal, random.Random], Book]
    statements: Mapping[str, tuple[str, tuple[Row, ...]]]
    size: tuple[int, ...]


def _per(label: str, entry: str, metric: str, basis: str = "gaap") -> Row:
    return Row(label, entry, metric, "per_share", 1, basis=basis)


_SHARES = (
    Row("Weighted average shares outstanding:"),
    Row("Basic", "basic", "shares_basic", "shares", 1),
    Row("Diluted", "diluted", "shares_diluted", "shares", 1),
)
_EPS = (Row("Earnings per common share:"), _per("Basic", "eps_basic", "eps_basic"), _per("Diluted", "eps_diluted", "eps_diluted"))


def _with_shares(book: Book, net: Decimal) -> Book:
    """The book with share counts and what they make of net income."""
    book["basic"] = Decimal(int(book["size"] / 40)) * 1000
    book["diluted"] = book["basic"] + 400_000
    cent = Decimal("0.01")
    return book | {"net": net, "eps_basic": (net / book["basic"]).quantize(cent), "eps_diluted": (net / book["diluted"]).quantize(cent)}


def _bank(size: Decimal, dice: random.Random) -> Book:
    """One quarter of a bank with ``size`` thousand dollars of assets."""
    unit, assets = Decimal(1000), Decimal(int(size)) * 1000
    loans, securities = (assets / 90 // unit * unit, assets / 400 // unit * unit)
    deposits, borrowed = (assets / 260 // unit * unit, assets / 900 // unit * unit)
    book = {
        "size": size,
        "loans": loans,
        "securities": securities,
        "interest": loans + securities,
        "deposits": deposits,
        "borrowed": borrowed,
    }
    book |= {"paid": deposits + borrowed, "nii": loans + securities - deposits - borrowed, "provision": assets / 2500 // unit * unit}
    book |= {"after": book["nii"] - book["provision"], "fees": assets / 900 // unit * unit, "gains": assets / 9000 // unit * unit}
    book |= {"other": book["fees"] + book["gains"], "staff": assets / 300 // unit * unit, "premises": assets / 1100 // unit * unit}
    book["spent"] = book["staff"] + book["premises"]
    book["pretax"] = book["after"] + book["other"] - book["spent"]
    book["tax"] = book["pretax"] * Decimal("0.3") // unit * unit
    equity = assets / 11 // unit * unit
    book |= {"cash": assets / 25 // unit * unit, "lent": assets * Decimal("0.7") // unit * unit, "assets": assets, "equity": equity}
    book |= {"accounts": assets * Decimal("0.8") // unit * unit, "liabilities": assets - equity, "all": assets}
    book["rest"], book["owed"] = assets - book["cash"] - book["lent"], book["liabilities"] - book["accounts"]
    book |= {f"mean_{name}": book[name] * Decimal("0.98") // unit * unit for name in ("assets", "equity", "lent", "accounts")}
    book = _with_shares(book, book["pretax"] - book["tax"])
    book |= {"dividend": Decimal("0.12"), "value": (equity / book["basic"]).quantize(Decimal("0.01"))}
    return book


def _insurer(size: Decimal, dice: random.Random) -> Book:
    """One quarter of an insurer with ``size`` thousand dollars of premiums."""
    unit, premiums = Decimal(1000), Decimal(int(size)) * 1000
    book = {"size": size, "premiums": premiums, "investments": premiums / 8 // unit * unit, "gains": premiums / 60 // unit * unit}
    book["revenue"] = book["premiums"] + book["investments"] + book["gains"]
    book |= {"losses": premiums * Decimal("0.62") // unit * unit, "costs": premiums * Decimal("0.3") // unit * unit}
    book["spent"] = book["losses"] + book["costs"]
    book["pretax"] = book["revenue"] - book["spent"]
    book["tax"] = book["pretax"] * Decimal("0.25") // unit * unit
    book |= {"invested": premiums * 6, "cash": premiums // 9 // unit * unit, "assets": premiums * 9, "reserves": premiums * 5}
    book |= {"equity": premiums * 3, "liabilities": premiums * 6, "owed": premiums, "all": premiums * 9}
    book["rest"] = book["assets"] - book["invested"] - book["cash"]
    book = _with_shares(book, book["pretax"] - book["tax"])
    book["core"] = book["net"] - book["gains"] * Decimal("0.75") // unit * unit
    book["core_each"] = (book["core"] / book["diluted"]).quantize(Decimal("0.01"))
    return book | {"gain_net": book["net"] - book["core"], "gain_each": book["eps_diluted"] - book["core_each"]}


def _trust(size: Decimal, dice: random.Random) -> Book:
    """One quarter of a real estate trust with ``size`` thousand dollars of rents."""
    unit, rents = Decimal(1000), Decimal(int(size)) * 1000
    book = {"size": size, "rents": rents, "recoveries": rents / 5 // unit * unit}
    book["revenue"] = book["rents"] + book["recoveries"]
    book |= {"running": rents / 4 // unit * unit, "taxes": rents / 9 // unit * unit, "worn": rents / 3 // unit * unit}
    book |= {"office": rents / 20 // unit * unit, "interest": rents / 5 // unit * unit}
    book["spent"] = book["running"] + book["taxes"] + book["worn"] + book["office"]
    book["operating"] = book["revenue"] - book["spent"]
    whole = book["operating"] - book["interest"]
    book |= {"whole": whole, "others": whole / 25 // unit * unit, "own": whole - whole / 25 // unit * unit}
    book |= {"estate": rents * 30, "cash": rents // 3 // unit * unit, "assets": rents * 33, "debt": rents * 14, "liabilities": rents * 16}
    book |= {"equity": rents * 17, "all": rents * 33}
    book["rest"], book["owed"] = book["assets"] - book["estate"] - book["cash"], book["liabilities"] - book["debt"]
    book = _with_shares(book, book["own"])
    book["ffo"] = book["own"] + book["worn"]
    book["straight"] = rents / 50 // unit * unit
    book["affo"] = book["ffo"] - book["straight"]
    each = {name: (book[entry] / book["diluted"]).quantize(Decimal("0.01")) for name, entry in (("ffo_each", "ffo"), ("affo_each", "affo"))}
    return book | each


_BALANCE_END = (
    Row("Total liabilities", "liabilities", "total_liabilities", rule=True),
    Row("Shareholders' equity", "equity", "equity"),
    Row("Total liabilities and shareholders' equity", "all", rule=True),
)

INDUSTRIES: Mapping[str, Industry] = {
    "bank": Industry(
        _bank,
        {
            "Consolidated Statements of Income": ("income", (
                Row("Interest income:"), Row("Loans, including fees", "loans", indent=1), Row("Securities", "securities", indent=1),
                Row("Total interest income", "interest", rule=True), Row("Interest expense:"), Row("Deposits", "deposits", indent=1),
                Row("Borrowed funds", "borrowed", indent=1), Row("Total interest expense", "paid", rule=True),
                Row("Net interest income", "nii", "net_interest_income"), Row("Provision for loan losses", "provision"),
                Row("Net interest income after provision for loan losses", "after", rule=True), Row("Noninterest income:"),
                Row("Service charges and fees", "fees", indent=1), Row("Gains on sales of loans", "gains", indent=1),
                Row("Total noninterest income", "other", rule=True), Row("Noninterest expense:"),
                Row("Salaries and employee benefits", "staff", indent=1), Row("Occupancy and equipment", "premises", indent=1),
                Row("Total noninterest expense", "spent", rule=True), Row("Income before income taxes", "pretax", "pretax_income"),
                Row("Income tax expense", "tax"), Row("Net income", "net", "net_income", rule=True), *_EPS,
                _per("Cash dividends declared per share", "dividend", "dividends_per_share"), *_SHARES,
            )),
            "Consolidated Balance Sheets": ("balance", (
                Row("Assets"), Row("Cash and due from banks", "cash", "cash"), Row("Loans, net", "lent"), Row("Other assets", "rest"),
                Row("Total assets", "assets", "total_assets", rule=True), Row("Liabilities and Shareholders' Equity"),
                Row("Deposits", "accounts"), Row("Borrowed funds and other liabilities", "owed"), *_BALANCE_END,
            )),
            "Average Balances, Yields and Rates": ("other", (
                Row("Loans", "mean_lent"), Row("Total assets", "mean_assets", rule=True), Row("Deposits", "mean_accounts"),
                Row("Shareholders' equity", "mean_equity"),
            )),
            "Selected Ratios and Per Share Data": ("other", (
                _per("Book value per common share", "value", "book_value_per_share"), _per("Diluted earnings per share", "eps_diluted", ""),
                _per("Cash dividends per share", "dividend", ""),
            )),
        },
        (90_000, 700_000, 4_000_000),
    ),
    "insurer": Industry(
        _insurer,
        {
            "Consolidated Statements of Income": ("income", (
                Row("Revenues:"), Row("Premiums earned", "premiums", indent=1), Row("Net investment income", "investments", indent=1),
                Row("Net realized investment gains", "gains", indent=1), Row("Total revenues", "revenue", "revenue", rule=True),
                Row("Benefits and expenses:"), Row("Losses and loss adjustment expenses", "losses", indent=1),
                Row("Underwriting and operating expenses", "costs", indent=1), Row("Total benefits and expenses", "spent", rule=True),
                Row("Income before income taxes", "pretax", "pretax_income"), Row("Income taxes", "tax"),
                Row("Net income", "net", "net_income", rule=True), *_EPS, *_SHARES,
            )),
            "Consolidated Balance Sheets": ("balance", (
                Row("Assets"), Row("Total investments", "invested"), Row("Cash and cash equivalents", "cash", "cash"),
                Row("Other assets", "rest"), Row("Total assets", "assets", "total_assets", rule=True), Row("Liabilities and Equity"),
                Row("Reserve for losses", "reserves"), Row("Other liabilities", "owed"), *_BALANCE_END,
            )),
            "Reconciliation of Net Income to Operating Income": ("other", (
                Row("Net income", "net"), Row("Less: net realized investment gains, after tax", "gain_net", indent=1),
                Row("Operating income", "core", "net_income", rule=True, basis="nongaap"),
                _per("Net income per diluted share", "eps_diluted", ""),
                _per("Net realized investment gains, after tax", "gain_each", ""),
                _per("Operating income per diluted share", "core_each", "eps_diluted", "nongaap"),
            )),
        },
        (20_000, 300_000, 2_000_000),
    ),
    "trust": Industry(
        _trust,
        {
            "Consolidated Statements of Operations": ("income", (
                Row("Revenues:"), Row("Rental income", "rents", indent=1), Row("Tenant recoveries", "recoveries", indent=1),
                Row("Total revenues", "revenue", "revenue", rule=True), Row("Expenses:"), Row("Property operating", "running", indent=1),
                Row("Real estate taxes", "taxes", indent=1), Row("Depreciation and amortization", "worn", indent=1),
                Row("General and administrative", "office", indent=1), Row("Total expenses", "spent", rule=True),
                Row("Operating income", "operating", "operating_income"), Row("Interest expense", "interest"),
                Row("Net income", "whole", "net_income", rule=True),
                Row("Net income attributable to noncontrolling interests", "others"),
                Row("Net income attributable to common shareholders", "own", "net_income_to_common", rule=True), *_EPS, *_SHARES,
            )),
            "Consolidated Balance Sheets": ("balance", (
                Row("Assets"), Row("Real estate, net", "estate"), Row("Cash and cash equivalents", "cash", "cash"),
                Row("Other assets", "rest"), Row("Total assets", "assets", "total_assets", rule=True), Row("Liabilities and Equity"),
                Row("Mortgages and notes payable", "debt"), Row("Other liabilities", "owed"), *_BALANCE_END,
            )),
            "Funds From Operations": ("other", (
                Row("Net income attributable to common shareholders", "own"), Row("Depreciation of real estate", "worn", indent=1),
                Row("Funds from operations (FFO)", "ffo", rule=True), Row("Straight-line rents", "straight", indent=1),
                Row("Adjusted funds from operations (AFFO)", "affo", rule=True),
                _per("FFO per diluted share", "ffo_each", "ffo_per_share", "nongaap"), _per("AFFO per diluted share", "affo_each", ""),
                Row("Weighted average shares and units outstanding", "diluted", "", "shares"),
            )),
        },
        (8_000, 60_000, 400_000),
    ),
}  # fmt: skip
"""Industries with statements of their own."""


def make_industry_story(seed: int) -> Story:
    """The release of a fictitious bank, insurer or trust: a quarter beside the one before it (half of the time) and that a year ago."""
    dice = random.Random(f"industry {seed}")
    name = sorted(INDUSTRIES)[seed % len(INDUSTRIES)]
    industry = INDUSTRIES[name]
    year, quarter = dice.randint(1998, 2024), dice.randint(1, 4)
    end = month_end(dt.date(year, 3 * quarter, 1))
    ends = [end, year_before(end)]
    if dice.random() < 0.5:
        ends.insert(1, month_end(months_later(end.replace(day=1), -3)))
    scale = dice.choice((1, 1000, 1000))
    size = Decimal(dice.choice(industry.size)) * Decimal(dice.randint(900, 1100)) / 1000
    books = [industry.draw(size * (1 - Decimal("0.03") * back), dice) for back in range(len(ends))]
    company = invent_name(seed) + {"bank": " Bancorp", "insurer": " Insurance Group", "trust": " Realty Trust"}[name]
    facts: Facts = {}
    blocks: list[Words | Table] = [
        Words("headline", f"{company} Reports {ORDINALS[quarter].title()} Quarter {year} Results"),
        Words("paragraph", f"SPRINGFIELD, {spell(end + dt.timedelta(days=24))} -- {company} today reported its results for the quarter "
                           f"ended {spell(end)}."),
    ]  # fmt: skip
    style = dice.choice(("full dates", "one line", "broken dates", "shared top"))
    for title, (role, rows) in industry.statements.items():
        duration = "instant" if role == "balance" else "quarter"
        columns = [(duration, e) for e in ends]
        lines = tuple(_print(row, books, columns, scale, facts) for row in rows)
        titles = (company, title, scale_note(scale), "(Unaudited)")
        blocks.append(Table(tuple(t for t in titles if t), _heads(columns, style), lines, role))
    return Story(company, company, tuple(blocks), facts, ("quarter", end), (year, quarter), scale, dice=dice)


def _heads(columns: Sequence[tuple[str, dt.date]], style: str) -> tuple[Head, ...]:
    if style != "shared top" or columns[0][0] == "instant":
        return make_heads(columns, "full dates" if style == "shared top" else style)[0]
    return tuple(Head("For the Three Months Ended", f"{end:%b} {end.day},\n{end.year}") for _, end in columns)


def _print(row: Row, books: Sequence[Book], columns: Sequence[tuple[str, dt.date]], scale: int, facts: Facts) -> Line:
    if not row.entry:
        return Line(row.label, indent=row.indent)
    values = [book[row.entry] for book in books]
    line = print_line(row.label, row.unit, values, scale, row.indent, rule=row.rule)
    instant = row.metric in ("book_value_per_share",) or columns[0][0] == "instant"
    for (duration, end), value in zip(columns, values, strict=True) if row.metric else ():
        facts[Key(row.metric, row.basis, "instant" if instant else duration, end)] = make_fact(value, row.unit, scale)
    return line
