"""The statements of a results release: income, balance sheet, cash flow, reconciliation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from ex99.replica.compose.books import Balance, Books, Result
from ex99.replica.compose.company import Company
from ex99.replica.compose.content import Column, Row, Statement, Value
from ex99.replica.compose.fiscal import TO_DATE

Pick = Callable[[Result], Value]


def make_statements(company: Company, books: Books, year: int, quarter: int, *, modern: bool) -> tuple[Statement, ...]:
    """All statements of a quarter's release; the reconciliation only where ``modern``."""
    columns, results = _columns(company, books, year, quarter)
    statements = [
        _income(company, books.plan.unit, columns, results),
        _balance(company, books, year, quarter),
        _cash(company, books, year, quarter),
    ]
    if modern:
        statements.append(_reconciliation(company, books.plan.unit, columns, results))
    return tuple(statements)


def _columns(company: Company, books: Books, year: int, quarter: int) -> tuple[tuple[Column, ...], tuple[Result, ...]]:
    """Quarter and year-ago quarter, then the year to date and its comparative (from the second quarter on)."""
    columns, results = [], []
    for duration in dict.fromkeys(("quarter", TO_DATE[quarter])):
        for past in (0, 1):
            columns.append(_column(company, year - past, quarter, duration, past > 0))
            show = books.quarter if duration == "quarter" else books.to_date
            results.append(show(year - past, quarter, year))
    return tuple(columns), tuple(results)


def _column(company: Company, year: int, quarter: int, duration: str, comparative: bool) -> Column:
    calendar = company.calendar
    words = "" if duration == "instant" else calendar.words(year, quarter, duration)
    return Column(words, calendar.end(year, quarter), duration, comparative)


def _row(label: str, results: Sequence[Result], pick: Pick, *metric: str, **more: object) -> Row:
    return Row(label, tuple(pick(r) for r in results), metric=metric, **more)  # type: ignore[arg-type]


def _shares(unit: int, pick: Callable[[Result], int]) -> Pick:
    """Shares (kept in thousands) as the statement's scale prints them."""
    if unit == 1000:
        return pick
    return lambda result: (Decimal(pick(result)) / 1000).quantize(Decimal("0.1"))


def _income(company: Company, unit: int, columns: tuple[Column, ...], results: Sequence[Result]) -> Statement:
    loss = any(r.net < 0 for r in results)
    named = "Net income (loss)" if loss else "Net income"
    rows = [
        _row(company.revenue_word, results, lambda r: r.revenue, "revenue", dollar=True),
        _row("Cost of sales", results, lambda r: r.cost),
        _row("Gross profit", results, lambda r: r.gross, "gross_profit", total=True, indent=1),
        Row("Operating expenses:", kind="heading"),
        _row("Selling, general and administrative", results, lambda r: r.selling, indent=1),
        _row("Research and development", results, lambda r: r.research, indent=1),
        _row("Amortization of intangible assets", results, lambda r: r.amortization, indent=1),
        _row("Total operating expenses", results, lambda r: r.expenses, total=True, indent=2),
        _row("Operating income (loss)" if loss else "Operating income", results, lambda r: r.operating, "operating_income", total=True),
        _row("Interest and other income (expense), net", results, lambda r: r.other),
        _row(f"{'Income (loss)' if loss else 'Income'} before income taxes", results, lambda r: r.pretax, "pretax_income", total=True),
        _row("Provision for (benefit from) income taxes" if loss else "Provision for income taxes", results, lambda r: r.tax),
        _row(named, results, lambda r: r.net, "net_income", total=True, dollar=True),
        Row(f"{named} per share:", kind="heading"),
        _row("Basic", results, lambda r: r.eps_basic, "eps_basic", kind="per_share", dollar=True, indent=1),
        _row("Diluted", results, lambda r: r.eps_diluted, "eps_diluted", kind="per_share", dollar=True, indent=1),
        Row("Weighted average shares outstanding:", kind="heading"),
        _row("Basic", results, _shares(unit, lambda r: r.shares_basic), "shares_basic", kind="shares", indent=1),
        _row("Diluted", results, _shares(unit, lambda r: r.shares_diluted), "shares_diluted", kind="shares", indent=1),
    ]
    if results[0].dividend:
        label = "Cash dividends declared per common share"
        rows.append(_row(label, results, lambda r: r.dividend, "dividends_per_share", kind="per_share", dollar=True))
    return Statement("Consolidated Statements of Operations", _note(unit, ", except per share data"), columns, tuple(rows), unit)


def _balance(company: Company, books: Books, year: int, quarter: int) -> Statement:
    columns = (_column(company, year, quarter, "instant", False), _column(company, year - 1, 4, "instant", True))
    sheets = (books.balance(year, quarter), books.balance(year - 1, 4))

    def row(label: str, pick: Callable[[Balance], int], *metric: str, indent: int = 0, total: bool = False, dollar: bool = False) -> Row:
        return Row(label, tuple(pick(s) for s in sheets), metric=metric, indent=indent, total=total, dollar=dollar)

    rows = (
        Row("Assets", kind="heading"),
        Row("Current assets:", kind="heading"),
        row("Cash and cash equivalents", lambda s: s.cash, "cash", indent=1, dollar=True),
        row("Accounts receivable, net", lambda s: s.receivables, indent=1),
        row("Inventories", lambda s: s.inventories, indent=1),
        row("Total current assets", lambda s: s.cash + s.receivables + s.inventories, indent=2, total=True),
        row("Property and equipment, net", lambda s: s.plant),
        row("Goodwill and other intangible assets", lambda s: s.goodwill),
        row("Total assets", lambda s: s.assets, "total_assets", indent=1, total=True, dollar=True),
        Row("Liabilities and Shareholders' Equity", kind="heading"),
        Row("Current liabilities:", kind="heading"),
        row("Accounts payable", lambda s: s.payables, indent=1, dollar=True),
        row("Accrued expenses", lambda s: s.accrued, indent=1),
        row("Total current liabilities", lambda s: s.payables + s.accrued, indent=2, total=True),
        row("Long-term debt", lambda s: s.debt),
        row("Total liabilities", lambda s: s.liabilities, "total_liabilities", indent=1, total=True),
        row("Total shareholders' equity", lambda s: s.equity, "equity"),
        row("Total liabilities and shareholders' equity", lambda s: s.assets, indent=1, total=True, dollar=True),
    )
    return Statement("Consolidated Balance Sheets", _note(books.plan.unit, ""), columns, rows, books.plan.unit)


def _cash(company: Company, books: Books, year: int, quarter: int) -> Statement:
    duration = TO_DATE[quarter]
    columns = tuple(_column(company, year - past, quarter, duration, past > 0) for past in (0, 1))
    results = tuple(books.to_date(year - past, quarter, year) for past in (0, 1))
    named = "Net income (loss)" if any(r.net < 0 for r in results) else "Net income"
    rows = (
        Row("Operating activities:", kind="heading"),
        _row(named, results, lambda r: r.net, indent=1, dollar=True),
        _row("Depreciation", results, lambda r: r.depreciation, indent=1),
        _row("Amortization of intangible assets", results, lambda r: r.amortization, indent=1),
        _row("Stock-based compensation", results, lambda r: r.stock_pay, indent=1),
        _row("Changes in operating assets and liabilities", results, lambda r: r.working, indent=1),
        _row("Net cash provided by operating activities", results, lambda r: r.cash_flow, "operating_cash_flow", total=True, indent=2),
        Row("Investing activities:", kind="heading"),
        _row("Purchases of property and equipment", results, lambda r: -round(r.depreciation * 1.1), indent=1),
    )
    return Statement("Consolidated Statements of Cash Flows", _note(books.plan.unit, ""), columns, rows, books.plan.unit)


def _reconciliation(company: Company, unit: int, columns: tuple[Column, ...], results: Sequence[Result]) -> Statement:
    rows = (
        _row("GAAP net income", results, lambda r: r.net, "net_income", dollar=True),
        _row("Amortization of intangible assets", results, lambda r: r.amortization, indent=1),
        _row("Stock-based compensation", results, lambda r: r.stock_pay, indent=1),
        _row("Tax effect of adjustments", results, lambda r: -r.adjusted_tax, indent=1),
        _row("Adjusted net income", results, lambda r: r.adjusted_net, "net_income", basis="nongaap", total=True, dollar=True),
        _row("GAAP diluted earnings per share", results, lambda r: r.eps_diluted, "eps_diluted", kind="per_share", dollar=True),
        _row(
            "Adjusted diluted earnings per share",
            results,
            lambda r: r.adjusted_eps,
            "eps_diluted",
            basis="nongaap",
            kind="per_share",
            dollar=True,
        ),
        _row("GAAP operating income", results, lambda r: r.operating, "operating_income", dollar=True),
        _row("Amortization of intangible assets", results, lambda r: r.amortization, indent=1),
        _row("Stock-based compensation", results, lambda r: r.stock_pay, indent=1),
        _row(
            "Adjusted operating income",
            results,
            lambda r: r.adjusted_operating,
            "operating_income",
            basis="nongaap",
            total=True,
            dollar=True,
        ),
        _row("Depreciation", results, lambda r: r.depreciation, indent=1),
        _row(
            "Adjusted EBITDA",
            results,
            lambda r: r.adjusted_operating + r.depreciation,
            "adjusted_ebitda",
            basis="nongaap",
            total=True,
            dollar=True,
        ),
    )
    return Statement("Reconciliation of GAAP to Non-GAAP Financial Measures", _note(unit, ", except per share data"), columns, rows, unit)


def _note(unit: int, more: str) -> str:
    return f"(In {'thousands' if unit == 1000 else 'millions'}{more})"
