"""A quarterly results release: headline, highlights, outlook and statements that agree with one another."""

from __future__ import annotations

import datetime as dt
import random
from decimal import ROUND_DOWN, Decimal

from ex99.replica.compose.books import Books
from ex99.replica.compose.company import Company
from ex99.replica.compose.content import Release
from ex99.replica.compose.fiscal import ORDINALS, TO_DATE, spell
from ex99.replica.compose.statements import make_statements
from ex99.replica.compose.truth import TruthGuidance

_MOODS = (
    "Our teams kept their promises to customers in a quarter that asked a good deal of them",
    "Orders came in at an even pace, and our plants shipped what they were asked for",
    "We are content with the quarter and see more to do in the ones ahead",
    "Customers bought more of our newer products, and costs stayed where we meant them to be",
)
SAFE_HARBOR = (
    "This press release contains forward-looking statements within the meaning of the Private Securities Litigation Reform Act of 1995. "
    'Words such as "expects," "believes," "plans" and "should" mark such statements. They rest on what management believes today '
    "and carry risks and uncertainties that could cause actual results to differ materially, among them the demand for the company's "
    "products, the price of materials, the timing of orders, the actions of competitors and changes in tax law. These and other risks are "
    "described in the company's filings with the Securities and Exchange Commission. The company undertakes no obligation to update any "
    "forward-looking statement."
)


def make_results(company: Company, books: Books, year: int, quarter: int, day: dt.date, *, modern: bool) -> Release:
    """The release of a fiscal quarter, issued on a day."""
    statements = make_statements(company, books, year, quarter, modern=modern)
    guidance = _guidance(company, books, year, quarter)
    return Release(
        company=company.name,
        ticker=company.ticker,
        exchange=company.exchange,
        headline=f"{company.short} Reports {ORDINALS[quarter].title()} Quarter {_and_year(quarter)}Fiscal {year} Results",
        subhead=None,
        place=company.place,
        day=day,
        paragraphs=_paragraphs(company, books, year, quarter, modern=modern),
        outlook=_outlook(company, books, guidance, year, quarter),
        call=f"{company.short} will hold a conference call today at 5:00 p.m. Eastern time to discuss these results.",
        about=about(company),
        safe_harbor=SAFE_HARBOR,
        contacts=contacts(company),
        statements=statements,
        guidance=guidance,
    )


def about(company: Company) -> str:
    """What the company says of itself at the end of each release."""
    home = f"{company.city.title()}, {company.state}"
    return f"{company.name} makes and sells {company.trade} for customers in twenty countries. It has its headquarters in {home}."


def contacts(company: Company) -> tuple[str, ...]:
    """Whom to ask."""
    return (company.treasurer, "Vice President and Treasurer", f"investors@{company.short.split()[0].lower()}.example", "(555) 010-0142")


def _paragraphs(company: Company, books: Books, year: int, quarter: int, *, modern: bool) -> tuple[str, ...]:
    dice = random.Random(f"words {company.cik} {year} {quarter}")  # noqa: S311 - repeatable, nothing secret
    now, ago = books.quarter(year, quarter, year), books.quarter(year - 1, quarter, year)
    end = spell(company.calendar.end(year, quarter))
    unit = books.plan.unit
    top = company.revenue_word
    change = round((now.revenue / ago.revenue - 1) * 100)
    moved = (
        f"{'an increase' if change >= 0 else 'a decrease'} of {abs(change)} percent from {_money(ago.revenue, unit)} "
        f"in the {ORDINALS[quarter]} quarter of fiscal {year - 1}"
    )
    paragraphs = [
        f"{company.name} ({company.exchange}: {company.ticker}) today reported results for its {ORDINALS[quarter]} fiscal quarter "
        f"ended {end}. {top} for the quarter {'were' if top.endswith('s') else 'was'} {_money(now.revenue, unit)}, {moved}.",
        f"{_bottom(now.net)} for the quarter was {_money(abs(now.net), unit)}, or {_each(now.eps_diluted)} per diluted share, "
        f"compared with {_bottom(ago.net).lower()} of {_money(abs(ago.net), unit)}, or {_each(ago.eps_diluted)} per diluted share, "
        "a year ago.",
        f'"{dice.choice(_MOODS)}," said {company.chief}, president and chief executive officer.',
    ]
    if modern:
        paragraphs.insert(
            2,
            f"{'Adjusted net income' if now.adjusted_net >= 0 else 'Adjusted net loss'} was {_money(abs(now.adjusted_net), unit)}, or "
            f"{_each(now.adjusted_eps)} per diluted share. A reconciliation of adjusted to GAAP figures follows the financial statements.",
        )
    if quarter > 1:
        total = books.to_date(year, quarter, year)
        span = {"half": "first six months", "nine_months": "first nine months", "year": "full year"}[TO_DATE[quarter]]
        paragraphs.append(
            f"For the {span} of fiscal {year}, {top.lower()} {'were' if top.endswith('s') else 'was'} {_money(total.revenue, unit)} and "
            f"{_bottom(total.net).lower()} was {_money(abs(total.net), unit)}, or {_each(total.eps_diluted)} per diluted share."
        )
    return tuple(paragraphs)


def _guidance(company: Company, books: Books, year: int, quarter: int) -> tuple[TruthGuidance, ...]:
    """Revenue and diluted EPS of the next quarter, as ranges round the current one's."""
    following = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    now = books.quarter(year, quarter, year)
    period = f"{ORDINALS[following[1]]} quarter of fiscal {following[0]}"
    step = Decimal(100_000) if books.plan.unit == 1000 else Decimal(10_000_000)
    middle = (Decimal(now.revenue) * books.plan.unit / step).to_integral_value(ROUND_DOWN) * step
    ranges = [TruthGuidance("revenue", "gaap", period, middle - 5 * step, middle + 15 * step, "USD")]
    if now.net > 0:
        low = now.eps_diluted
        ranges.append(TruthGuidance("eps_diluted", "gaap", period, low, low + Decimal("0.04"), "USD/share"))
    return tuple(ranges)


def _outlook(company: Company, books: Books, guidance: tuple[TruthGuidance, ...], year: int, quarter: int) -> tuple[str, ...]:
    revenue = guidance[0]
    text = (
        f"For the {revenue.period}, {company.short} expects {company.revenue_word.lower()} in the range of {_dollars(revenue.low)} to "
        f"{_dollars(revenue.high)}"
    )
    if len(guidance) > 1:
        text += f" and diluted earnings per share of {_each(guidance[1].low)} to {_each(guidance[1].high)}"
    return (f"{text}.", "The company believes that demand in its main markets should hold through the coming year.")


def _and_year(quarter: int) -> str:
    return "and Full Year " if quarter == 4 else ""


def _bottom(net: int) -> str:
    return "Net loss" if net < 0 else "Net income"


def _money(amount: int, unit: int) -> str:
    return _dollars(Decimal(amount) * unit)


def _dollars(amount: Decimal) -> str:
    if amount >= 10**9:
        return f"${amount / 10**9:,.2f} billion"
    if amount >= 10**6:
        return f"${amount / 10**6:,.1f} million"
    return f"${amount:,.0f}"


def _each(amount: Decimal) -> str:
    return f"${abs(amount):.2f}"
