"""Fictitious releases without any competitor: headline, lead, and three statements that agree with each other."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.made.model import SCALES, Fact, Facts, Head, Key, Line, Story, Table, Unit, Words, show, spell
from ex99.replica.compose import BookPlan, Books, Company, FiscalCalendar, make_company
from ex99.replica.compose.books import Balance, Result
from ex99.replica.compose.company import invent_name
from ex99.replica.compose.fiscal import ORDINALS, TO_DATE

LABELS: Mapping[str, tuple[str, ...]] = {
    "revenue": ("Net sales", "Revenues", "Total revenue", "Net revenues", "Sales", "Total net sales", "Operating revenues"),
    "cost": ("Cost of sales", "Cost of revenues", "Cost of goods sold", "Costs of products sold"),
    "gross": ("Gross profit", "Gross margin", "Gross income"),
    "operating": ("Operating income", "Income from operations", "Operating profit", "Earnings from operations", "Operating earnings"),
    "pretax": (
        "Income before income taxes",
        "Earnings before taxes",
        "Income before provision for income taxes",
        "Income before taxes on income",
    ),
    "tax": ("Provision for income taxes", "Income tax expense", "Income taxes"),
    "net": ("Net income", "Net earnings", "NET INCOME", "Net profit"),
    "per_share": ("Net income per share:", "Earnings per common share:", "Earnings per share:", "Net earnings per share of common stock:"),
    "shares": ("Weighted average shares outstanding:", "Average common shares:", "Shares used in computing per share amounts:"),
    "diluted": ("Diluted", "Assuming dilution", "Diluted"),
    "assets": ("Total assets", "TOTAL ASSETS", "Total Assets"),
    "liabilities": ("Total liabilities", "TOTAL LIABILITIES"),
    "equity": ("Total shareholders' equity", "Total stockholders' equity", "Shareholders' equity", "Total equity"),
    "cash": ("Cash and cash equivalents", "Cash and equivalents", "Cash and cash equivalents"),
    "flow": (
        "Net cash provided by operating activities",
        "Net cash from operating activities",
        "Cash flows from operations",
        "Net cash provided by (used in) operating activities",
    ),
}
"""The words a row may be labelled with; every set of words means the same figures."""

HEADS = ("shared day", "full dates", "one line", "quarter words", "caption", "broken dates", "ended over days")
_MONTHS = {"quarter": "Three Months Ended", "half": "Six Months Ended", "nine_months": "Nine Months Ended", "year": "Twelve Months Ended"}
_QUARTERS = {"quarter": "Quarter Ended", "half": "Six Months Ended", "nine_months": "Nine Months Ended", "year": "Year Ended"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What may change without changing a figure: scale of the statements, wording of heads and rows, order of columns."""

    scale: int = 1000
    heads: str = "shared day"
    labels: int = 0
    newest_first: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    label: str
    unit: Unit
    pick: Callable[[Result], int | Decimal] | None
    metrics: tuple[str, ...] = ()
    indent: int = 0
    rule: bool = False
    sign: bool = False


def choose_setting(dice: random.Random) -> Setting:
    """A setting at random."""
    return Setting(dice.choice((1, 1000, 1000, 10**6)), dice.choice(HEADS), dice.randrange(840), dice.random() < 0.75)


def make_story(seed: int, setting: Setting | None = None) -> Story:
    """The release of a fictitious company's quarter; the seed decides the company and its books, the setting how they are printed."""
    dice = random.Random(f"story {seed}")
    year, quarter = dice.randint(1998, 2024), dice.randint(1, 4)
    revenue = dice.choice((9_000, 40_000, 310_000, 2_400_000))
    plan = BookPlan(
        seed, 1000, revenue, margin=dice.uniform(0.42, 0.6), shares=dice.choice((9_000, 48_000, 230_000)),
        loss_quarters=frozenset({(year, quarter)}) if dice.random() < 0.15 else frozenset(),
    )  # fmt: skip
    company = make_company(
        invent_name(seed), 9_000_000 + seed, "MADE", seed, calendar=FiscalCalendar(dice.choice((12, 12, 12, 6, 9, 3))), books=plan
    )
    chosen = choose_setting(dice)
    chosen = chosen if setting is None else setting
    books = Books(plan, year - 1, year)
    facts: Facts = {}
    statements = (_income(company, books, (year, quarter), chosen, facts), _balance(company, books, (year, quarter), chosen, facts),
                  _cash_flow(company, books, (year, quarter), chosen, facts))  # fmt: skip
    end = company.calendar.end(year, quarter)
    return Story(
        company.name,
        company.short,
        (*_lead(company, year, quarter, end), *statements),
        facts,
        ("quarter", end),
        (year, quarter),
        chosen.scale,
        dice=dice,
    )


def _lead(company: Company, year: int, quarter: int, end: dt.date) -> tuple[Words, Words]:
    ordinal = ORDINALS[quarter]
    lead = (
        f"{company.place}, {spell(end + dt.timedelta(days=26))} -- {company.name} ({company.exchange}: {company.ticker}), a maker of "
        f"{company.trade}, today reported its financial results for the {ordinal} quarter of fiscal {year}, which ended {spell(end)}."
    )
    return Words("headline", f"{company.short} Reports {ordinal.title()} Quarter Fiscal {year} Results"), Words("paragraph", lead)


def _label(key: str, setting: Setting) -> str:
    return LABELS[key][setting.labels % len(LABELS[key])]


def _rows(setting: Setting, loss: bool) -> tuple[_Row, ...]:
    def row(key: str, pick: Callable[[Result], int | Decimal], *metrics: str, **more: bool | int) -> _Row:
        words = _label(key, setting) if key in LABELS else key
        words = (
            words.replace("income", "income (loss)", 1) if loss and key in ("operating", "pretax", "net") and "income" in words else words
        )
        return _Row(key, words, "money", pick, metrics, **more)  # type: ignore[arg-type]

    def per(label: str, pick: Callable[[Result], int | Decimal], *metrics: str, unit: Unit = "per_share", sign: bool = True) -> _Row:
        return _Row("", label, unit, pick, metrics, indent=1, sign=sign)

    diluted = _label("diluted", setting)
    return (
        row("revenue", lambda r: r.revenue, "revenue", sign=True),
        row("cost", lambda r: r.cost),
        row("gross", lambda r: r.gross, "gross_profit", rule=True),
        _Row("", "Operating expenses:", "money", None),
        row("Selling, general and administrative", lambda r: r.selling, indent=1),
        row("Research and development", lambda r: r.research, indent=1),
        row("Amortization of intangible assets", lambda r: r.amortization, indent=1),
        row("Total operating expenses", lambda r: r.expenses, indent=1, rule=True),
        row("operating", lambda r: r.operating, "operating_income", rule=True),
        row("Other income (expense), net", lambda r: r.other),
        row("pretax", lambda r: r.pretax, "pretax_income", rule=True),
        row("tax", lambda r: r.tax),
        row("net", lambda r: r.net, "net_income", rule=True, sign=True),
        _Row("", _label("per_share", setting), "per_share", None),
        per("Basic", lambda r: r.eps_basic, "eps_basic"),
        per(diluted, lambda r: r.eps_diluted, "eps_diluted"),
        _Row("", _label("shares", setting), "shares", None),
        per("Basic", lambda r: r.shares_basic, "shares_basic", unit="shares", sign=False),
        per(diluted, lambda r: r.shares_diluted, "shares_diluted", unit="shares", sign=False),
    )


def _income(company: Company, books: Books, when: tuple[int, int], setting: Setting, facts: Facts) -> Table:
    year, quarter = when
    periods: list[tuple[str, int]] = []
    for duration in dict.fromkeys(("quarter", TO_DATE[quarter])):
        years = (year, year - 1) if setting.newest_first else (year - 1, year)
        periods += [(duration, y) for y in years]
    results = [books.quarter(y, quarter, y) if d == "quarter" else books.to_date(y, quarter, y) for d, y in periods]
    columns = [(d, company.calendar.end(y, quarter)) for d, y in periods]
    lines = _print_rows(_rows(setting, any(r.net < 0 for r in results)), results, columns, setting, facts)
    heads, caption = make_heads(columns, setting.heads)
    titles = (company.name, "Consolidated Statements of Operations", *caption, _note(setting.scale, "except per share data"), "(Unaudited)")
    return Table(tuple(t for t in titles if t), heads, lines, "income")


def _print_rows(
    rows: Sequence[_Row], results: Sequence[Result], columns: Sequence[tuple[str, dt.date]], setting: Setting, facts: Facts
) -> tuple[Line, ...]:
    lines = []
    for row in rows:
        if row.pick is None:
            lines.append(Line(row.label))
            continue
        values = [Decimal(row.pick(r)) * (1 if row.unit == "per_share" else 1000) for r in results]
        lines.append(print_line(row.label, row.unit, values, setting.scale, row.indent, rule=row.rule, sign=row.sign))
        for metric in row.metrics:
            for (duration, end), value in zip(columns, values, strict=True):
                facts[Key(metric, "gaap", duration, end)] = make_fact(value, row.unit, setting.scale)
    return tuple(lines)


def _digits(unit: Unit, scale: int) -> int:
    return 2 if unit == "per_share" else 1 if scale >= 10**6 else 0


def print_line(
    label: str, unit: Unit, values: Sequence[Decimal], scale: int, indent: int = 0, *, rule: bool = False, sign: bool = False
) -> Line:
    """A row of values in units, printed in the scale; amounts per share are not scaled, millions have one decimal."""
    cells = tuple(show(v, 1 if unit == "per_share" else scale, _digits(unit, scale)) for v in values)
    return Line(label, cells, indent, rule, sign)


def make_fact(value: Decimal, unit: Unit, scale: int) -> Fact:
    """What a printed line states: the value as far as its digits go."""
    step = Decimal(1 if unit == "per_share" else scale).scaleb(-_digits(unit, scale))
    return Fact(value, step)


def make_heads(columns: Sequence[tuple[str, dt.date]], style: str) -> tuple[tuple[Head, ...], tuple[str, ...]]:
    """Column heads in one of HEADS, and the caption that dates them where the heads themselves do not."""
    durations = {duration for duration, _ in columns}
    days = {(end.month, end.day) for _, end in columns}
    if durations == {"instant"}:
        return _instant_heads([end for _, end in columns], style)
    words = _QUARTERS if style == "quarter words" else _MONTHS
    if style == "caption" and len(durations) == 1 and len(days) == 1:
        (duration,) = durations
        first = columns[0][1]
        years = " and ".join(str(end.year) for _, end in columns)
        return tuple(Head("", str(end.year)) for _, end in columns), (f"For the {words[duration]} {first:%B} {first.day}, {years}",)
    if style in ("shared day", "quarter words", "caption") and len(days) == 1:
        return tuple(Head(f"{words[d]}\n{end:%B} {end.day},", str(end.year)) for d, end in columns), ()
    if style == "ended over days":
        return tuple(Head(words[d].replace(" Ended", ""), f"Ended\n{end:%b}. {end.day},\n{end.year}") for d, end in columns), ()
    if style == "one line":
        return tuple(Head("", f"{words[d]} {spell(end)}") for d, end in columns), ()
    return tuple(Head(words[d], spell(end).replace(", ", ",\n") if style == "broken dates" else spell(end)) for d, end in columns), ()


def _instant_heads(ends: Sequence[dt.date], style: str) -> tuple[tuple[Head, ...], tuple[str, ...]]:
    if style == "caption" and len({(end.month, end.day) for end in ends}) == 1:
        return tuple(Head("", str(end.year)) for end in ends), (" and ".join(spell(end) for end in ends),)
    return tuple(Head("", spell(end).replace(", ", ",\n") if style == "broken dates" else spell(end)) for end in ends), ()


def _note(scale: int, more: str = "") -> str:
    if scale == 1:
        return ""
    return f"({SCALES[scale]}{f', {more}' if more else ''})"


def _balance(company: Company, books: Books, when: tuple[int, int], setting: Setting, facts: Facts) -> Table:
    year, quarter = when
    moments = [(year, quarter), (year - 1, 4)]
    moments = moments if setting.newest_first else moments[::-1]
    columns = [("instant", company.calendar.end(*m)) for m in moments]
    sheets = [books.balance(*m) for m in moments]
    lines: list[Line] = []

    def row(label: str, pick: Callable[[Balance], int], metric: str = "", **more: bool | int) -> None:
        values = [Decimal(pick(s)) * 1000 for s in sheets]
        lines.append(print_line(label, "money", values, setting.scale, **more))  # type: ignore[arg-type]
        if metric:
            facts.update({Key(metric, "gaap", *c): make_fact(v, "money", setting.scale) for c, v in zip(columns, values, strict=True)})

    lines += [Line("Assets"), Line("Current assets:")]
    row(_label("cash", setting), lambda s: s.cash, "cash", indent=1, sign=True)
    row("Accounts receivable, net", lambda s: s.receivables, indent=1)
    row("Inventories", lambda s: s.inventories, indent=1)
    row("Total current assets", lambda s: s.cash + s.receivables + s.inventories, rule=True)
    row("Property and equipment, net", lambda s: s.plant)
    row("Goodwill", lambda s: s.goodwill)
    row(_label("assets", setting), lambda s: s.assets, "total_assets", rule=True, sign=True)
    lines += [Line("Liabilities and Shareholders' Equity"), Line("Current liabilities:")]
    row("Accounts payable", lambda s: s.payables, indent=1, sign=True)
    row("Accrued expenses", lambda s: s.accrued, indent=1)
    row("Total current liabilities", lambda s: s.payables + s.accrued, rule=True)
    row("Long-term debt", lambda s: s.debt)
    row(_label("liabilities", setting), lambda s: s.liabilities, "total_liabilities", rule=True)
    row(_label("equity", setting), lambda s: s.equity, "equity")
    row("Total liabilities and shareholders' equity", lambda s: s.assets, rule=True, sign=True)
    heads, caption = make_heads(columns, setting.heads)
    titles = (company.name, "Consolidated Balance Sheets", *caption, _note(setting.scale), "(Unaudited)")
    return Table(tuple(t for t in titles if t), heads, tuple(lines), "balance")


def _cash_flow(company: Company, books: Books, when: tuple[int, int], setting: Setting, facts: Facts) -> Table:
    year, quarter = when
    duration = TO_DATE[quarter]
    years = (year, year - 1) if setting.newest_first else (year - 1, year)
    columns = [(duration, company.calendar.end(y, quarter)) for y in years]
    results = [books.to_date(y, quarter, y) for y in years]
    rows = (
        _Row("", "Operating activities:", "money", None),
        _Row("", _label("net", setting), "money", lambda r: r.net, indent=1, sign=True),
        _Row("", "Depreciation and amortization", "money", lambda r: r.depreciation + r.amortization, indent=1),
        _Row("", "Stock-based compensation", "money", lambda r: r.stock_pay, indent=1),
        _Row("", "Changes in operating assets and liabilities", "money", lambda r: r.working, indent=1),
        _Row("", _label("flow", setting), "money", lambda r: r.cash_flow, ("operating_cash_flow",), rule=True),
        _Row("", "Investing activities:", "money", None),
        _Row("", "Purchases of property and equipment", "money", lambda r: -r.depreciation, indent=1),
        _Row("", "Net cash used in investing activities", "money", lambda r: -r.depreciation, rule=True),
    )
    heads, caption = make_heads(columns, setting.heads)
    titles = (company.name, "Consolidated Statements of Cash Flows", *caption, _note(setting.scale), "(Unaudited)")
    lines = _print_rows(rows, results, columns, setting, facts)
    return Table(tuple(t for t in titles if t), heads, lines, "cash_flow")
