"""Other cuts of the same books: shares of sales, regions, quarters and years side by side, cash that is free, debt and what covers it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from benchmarks.made.model import Facts, Head, Key, Line, Story, Table, Unit, show, spell, year_before
from benchmarks.made.placing import after_statements, before_statements, make_table, pair_columns, pair_values, scale_note, somewhere
from benchmarks.made.stories import make_fact, print_line

_ROWS: tuple[tuple[str, str, Unit], ...] = (
    ("Net sales", "revenue", "money"),
    ("Operating income", "operating_income", "money"),
    ("Net income", "net_income", "money"),
    ("Diluted earnings per share", "eps_diluted", "per_share"),
)


def percentages(story: Story) -> Story:
    """The statement's lines as percentages of sales, under the same labels."""
    revenue = pair_values(story, "revenue")
    if not revenue or not all(revenue):
        return story
    lines = []
    for label, metric, unit in _ROWS:
        values = pair_values(story, metric)
        if values and unit == "money":
            mark = "%" if story.dice.random() < 0.5 or metric == "revenue" else ""
            lines.append(Line(label, tuple(f"{show(v / r * 100, 1, 1)}{mark}" for v, r in zip(values, revenue, strict=True))))
    title = story.dice.choice(("Operating Results as a Percentage of Net Sales", "Percentage of Revenue"))
    return after_statements(story, make_table(story, title, lines, pair_columns(story)))


def regions(story: Story) -> Story:
    """Sales by region or by product, which add up to the company's."""
    revenue = pair_values(story, "revenue")
    if not revenue:
        return story
    parts = story.dice.choice((("United States", "Europe", "Asia Pacific"), ("Equipment sales", "Service revenue", "Other sales")))
    shares = ("0.5", "0.3", "0.2")
    lines = [Line("Net sales:")]
    lines += [
        print_line(p, "money", [v * Decimal(s) for v in revenue], story.scale, 1, sign=not i)
        for i, (p, s) in enumerate(zip(parts, shares, strict=True))
    ]
    total = story.dice.choice(("Total", "Total net sales", "Consolidated net sales"))
    lines.append(print_line(total, "money", revenue, story.scale, 1, rule=True, sign=True))
    title = story.dice.choice(("Net Sales by Region", "Disaggregation of Revenue", "Supplemental Sales Data"))
    return somewhere(story, make_table(story, title, lines, pair_columns(story), scale_note(story.scale)))


def coded_highlights(story: Story) -> Story:
    """Highlights in millions under heads like "Q3 2024", with a column of changes."""
    if story.quarter[0] != "quarter":
        return story
    year, quarter = story.fiscal
    lines = []
    for label, metric, unit in _ROWS:
        values = pair_values(story, metric)
        if values and values[1] and (unit == "per_share" or min(abs(v) for v in values) > 10**6):
            cells = tuple(show(v, 1 if unit == "per_share" else 10**6, 2 if unit == "per_share" else 1) for v in values)
            lines.append(Line(label, (*cells, f"{(values[0] / values[1] - 1) * 100:.0f}%"), sign=True))
    style = story.dice.choice(("Q{q} {y}", "Q{q} FY{s:02d}", "{q}Q {y}", "Q{q}'{s:02d}"))
    heads = [Head("", style.format(q=quarter, y=y, s=y % 100)) for y in (year, year - 1)]
    titles = ("Summary of Results", "(In millions, except per share amounts)")
    return before_statements(story, Table(titles, (*heads, Head("", "Change")), tuple(lines))) if lines else story


def quarters_of_year(story: Story) -> Story:
    """The year before by quarters and in total, for comparison with what is to come."""
    end = story.quarter[1]
    if story.quarter[0] != "quarter" or story.fiscal[1] == 4 or end != month_end(end):
        return story
    first = year_before(end).replace(day=1)
    ends = [month_end(months_later(first, 3 * (place - story.fiscal[1]))) for place in (1, 2, 3, 4)]
    facts: Facts = dict(story.facts)
    rows = [(label, metric, unit, values) for label, metric, unit in _ROWS if (values := pair_values(story, metric))]
    lines = []
    for label, metric, unit, values in rows:
        row = [values[1] * Decimal(f) for f in ("0.95", "0.97", "0.99", "1.05")]
        row = [_known(facts, Key(metric, "gaap", "quarter", e), v, unit, story.scale) for e, v in zip(ends, row, strict=True)]
        row.append(sum(row, Decimal(0)))
        lines.append(print_line(label, unit, row, story.scale, sign=True))
        facts.setdefault(Key(metric, "gaap", "year", ends[-1]), make_fact(row[-1], unit, story.scale))
    tops = ("Three Months Ended",) * 4 + ("Year Ended",)
    heads = tuple(Head(top, spell(e).replace(", ", ",\n")) for top, e in zip(tops, (*ends, ends[-1]), strict=True))
    titles = (story.name, "Quarterly Results of the Prior Fiscal Year", scale_note(story.scale), "(Unaudited)")
    return after_statements(replace(story, facts=facts), Table(titles, heads, tuple(lines))) if lines else story


def _known(facts: Facts, key: Key, value: Decimal, unit: Unit, scale: int) -> Decimal:
    """What is known of a period that ends within days of a key's; else the value, which the facts then know, to the last printed digit."""
    near = next((k for k in facts if k[:3] == key[:3] and abs((k.end - key.end).days) <= 10), None)
    if near is None:
        facts[key] = make_fact(value.quantize(Decimal("0.01") if unit == "per_share" else Decimal(scale)), unit, scale)
    return facts[near or key].value


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def months_later(first: dt.date, months: int) -> dt.date:
    """The first of the month that lies so many months behind the first of another."""
    month = first.year * 12 + first.month - 1 + months
    return dt.date(month // 12, month % 12 + 1, 1)


def selected_years(story: Story) -> Story:
    """Selected financial data of five years, as a year's release shows them."""
    years = sorted({k.end for k in story.facts if k.duration == "year" and k.metric == "revenue" and k.basis == "gaap"}, reverse=True)
    if not years or story.fiscal[1] != 4:
        return story
    ends = [years[0], *(year_before(years[0], back) for back in (1, 2, 3, 4))]
    facts: Facts = dict(story.facts)
    lines = []
    for label, metric, unit in _ROWS:
        latest = facts.get(Key(metric, "gaap", "year", ends[0]))
        if latest is not None:
            row = [
                _known(facts, Key(metric, "gaap", "year", end), latest.value * (1 - Decimal("0.06") * back), unit, story.scale)
                for back, end in enumerate(ends)
            ]
            lines.append(print_line(label, unit, row, story.scale, sign=True))
    heads = tuple(Head(f"Years Ended {ends[0]:%B} {ends[0].day},", str(end.year)) for end in ends)
    titles = (story.name, "Selected Financial Data", scale_note(story.scale))
    return after_statements(replace(story, facts=facts), Table(titles, heads, tuple(lines)))


def free_cash_flow(story: Story) -> Story:
    """Free cash flow of the quarter, from operating cash flow less what was spent on plant."""
    net = pair_values(story, "net_income")
    if not net or story.quarter[0] != "quarter":
        return story
    flow = [(abs(v) * Decimal("1.3")).quantize(Decimal(story.scale)) + 5 * story.scale for v in net]
    keys = [Key("operating_cash_flow", "gaap", *column) for column in pair_columns(story)]
    facts: Facts = dict(story.facts)
    flow = [facts[k].value if k in facts else v for k, v in zip(keys, flow, strict=True)]
    spent = [abs(v) * Decimal("0.3") + 2 * story.scale for v in net]
    free = [a - b for a, b in zip(flow, spent, strict=True)]
    lines = (
        print_line("Net cash provided by operating activities", "money", flow, story.scale, sign=True),
        print_line("Less: purchases of property and equipment", "money", [-v for v in spent], story.scale),
        print_line("Free cash flow", "money", free, story.scale, rule=True, sign=True),
    )
    for key, operating, left in zip(keys, flow, free, strict=True):
        facts.setdefault(key, make_fact(operating, "money", story.scale))
        facts[Key("free_cash_flow", "nongaap", *key[2:])] = make_fact(left, "money", story.scale)
    table = make_table(story, "Reconciliation of Free Cash Flow", lines, pair_columns(story), scale_note(story.scale))
    return after_statements(replace(story, facts=facts), table)


def constant_currency(story: Story) -> Story:
    """Sales as reported and at last year's rates of exchange, with their growth."""
    revenue = pair_values(story, "revenue")
    if not revenue or not revenue[1]:
        return story
    money = print_line(
        "Net sales", "money", [revenue[0], revenue[0] * Decimal("0.02"), revenue[0] * Decimal("1.02"), revenue[1]], story.scale
    )
    grown = (revenue[0] / revenue[1] - 1) * 100
    lines = (Line("Net sales", (*money.cells, f"{grown:.1f}%", f"{grown + 2:.1f}%"), sign=True),)
    owns = ("As\nReported", "Currency\nImpact", "Constant\nCurrency", "Prior Year\nReported", "Growth", "Constant Currency\nGrowth")
    dated = f"Three Months Ended {spell(story.quarter[1])}"
    titles = (story.name, "Constant Currency Reconciliation", *([dated] if story.quarter[0] == "quarter" else []), scale_note(story.scale))
    return after_statements(story, Table(titles, tuple(Head("", own) for own in owns), lines))


def leverage(story: Story) -> Story:
    """Net debt over the earnings of the last twelve months, for lenders."""
    net = story.value("net_income")
    if net is None or story.quarter[0] != "quarter" or story.fiscal[1] == 4:
        return story
    debt, earned = abs(net) * 20 + story.scale, abs(net) * 9 + story.scale
    lines = (
        print_line("Total debt", "money", [debt], story.scale, sign=True),
        print_line("Less: cash", "money", [-abs(net)], story.scale),
        print_line("Net debt", "money", [debt - abs(net)], story.scale, rule=True),
        print_line("Net income", "money", [net * 4], story.scale),
        print_line("Operating income", "money", [abs(net) * 6], story.scale),
        print_line("Adjusted EBITDA", "money", [earned], story.scale, rule=True),
        Line("Net debt to adjusted EBITDA", ("2.1x",)),
    )
    head = Head(story.dice.choice(("", "Trailing\n")) + "Twelve Months Ended", spell(story.quarter[1]).replace(", ", ",\n"))
    return after_statements(story, Table((story.name, "Leverage Ratio", scale_note(story.scale)), (head,), lines))
