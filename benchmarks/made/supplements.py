"""Supplements that compete with the statements: other periods, other companies, other spans, what is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.made.extracts import month_end
from benchmarks.made.model import Head, Key, Line, Story, Table, Unit, Words
from benchmarks.made.placing import after_statements, before_statements, make_table, pair_columns, pair_values, say_money, scale_note
from benchmarks.made.stories import make_fact, make_heads, print_line


def five_quarters(story: Story) -> Story:
    """A supplement with the latest five quarters side by side."""
    if story.quarter[0] != "quarter" or story.quarter[1] != month_end(story.quarter[1]):
        return story
    ends = [story.quarter[1]]
    for _ in range(4):
        ends.append(month_end(ends[-1].replace(day=1) - dt.timedelta(days=65)))
    facts, lines = dict(story.facts), []
    rows: tuple[tuple[str, str, Unit], ...] = (
        ("Total revenue", "revenue", "money"),
        ("Net income", "net_income", "money"),
        ("Diluted earnings per share", "eps_diluted", "per_share"),
    )
    for label, metric, unit in rows:
        values = pair_values(story, metric)
        if not values:
            continue
        step = Decimal("0.01") if unit == "per_share" else Decimal(story.scale)
        between = [(values[0] * Decimal(f)).quantize(step) for f in ("0.96", "0.93", "0.9")]
        known = [facts.get(Key(metric, "gaap", "quarter", end)) for end in ends]
        row = [v if fact is None else fact.value for v, fact in zip([values[0], *between, values[1]], known, strict=True)]
        lines.append(print_line(label, unit, row, story.scale, sign=True))
        for end, value in zip(ends, row, strict=True):
            facts.setdefault(Key(metric, "gaap", "quarter", end), make_fact(value, unit, story.scale))
    table = make_table(story, "Five Quarter Summary", lines, [("quarter", end) for end in ends], scale_note(story.scale))
    table = replace(table, heads=_quarter_heads(ends, story.dice.choice(("days", "broken", "words")), table.heads))
    return after_statements(replace(story, facts=facts), table) if lines else story


def _quarter_heads(ends: Sequence[dt.date], style: str, dated: tuple[Head, ...]) -> tuple[Head, ...]:
    """Heads of successive quarters: dated, broken before the year under one shared line, or with months cut short."""
    if style == "days":
        return dated
    form = "%b %d,\n%Y" if style == "words" else "%B %d,\n%Y"
    return tuple(Head("Quarter Ended" if style == "words" else "Three Months Ended", end.strftime(form)) for end in ends)


def pro_forma(story: Story) -> Story:
    """Columns of an acquired company, adjustments and the combination."""
    rows = []
    for label, metric in (("Revenue", "revenue"), ("Operating income", "operating_income"), ("Net income", "net_income")):
        value = story.value(metric)
        if value is not None:
            cells = [value, value * Decimal("0.3"), value * Decimal("0.02"), value * Decimal("1.32")]
            rows.append(print_line(label, "money", cells, story.scale, sign=metric == "revenue"))
    heads, _ = make_heads([story.quarter], "one line")
    names = ("Historical", "Acquired\nBusiness", "Pro Forma\nAdjustments", "Pro Forma\nCombined")
    titles = (story.name, "Unaudited Pro Forma Condensed Combined Statement of Income", heads[0].own, scale_note(story.scale))
    return after_statements(story, Table(titles, tuple(replace(heads[0], top="", own=n) for n in names), tuple(rows))) if rows else story


def trailing_year(story: Story) -> Story:
    """Twelve months that end with another quarter than the year's last, in a table and in a sentence."""
    revenue, net = pair_values(story, "revenue"), pair_values(story, "net_income")
    if not revenue or not net or story.fiscal[1] == 4 or story.quarter[0] != "quarter":
        return story
    columns = [("year", end) for _, end in pair_columns(story)]
    lines = (
        print_line("Net income", "money", [v * 4 for v in net], story.scale, sign=True),
        print_line("Revenue", "money", [v * 4 for v in revenue], story.scale),
        Line("Return on average equity", ("14.2%", "13.9%")),
    )
    table = make_table(story, "Return on Equity, Trailing Twelve Months", lines, columns, scale_note(story.scale))
    said = f"Revenue over the last twelve months was {say_money(revenue[0] * 4)}, and operating cash flow over the same period reached " \
           f"{say_money(abs(net[0]) * 5)}."  # fmt: skip
    return after_statements(before_statements(story, Words("paragraph", said)), table)


def expected_year(story: Story) -> Story:
    """A column of the year that is still to come beside that of the last one, in a table of expectations."""
    revenue, net = story.value("revenue"), story.value("net_income")
    if not revenue or not net or story.quarter[0] != "quarter":
        return story
    end = story.quarter[1].replace(day=28, year=story.quarter[1].year + 1)
    lines = (
        print_line("Revenue", "money", [revenue * 4, revenue * Decimal("4.3")], story.scale, sign=True),
        print_line("Operating income", "money", [net * 5, net * 6], story.scale),
        print_line("Net income", "money", [net * 4, net * Decimal("4.5")], story.scale),
    )
    heads = tuple(Head(f"Expected for the Year Ending\n{end:%B %Y}", own) for own in ("Low", "High"))
    return after_statements(story, Table((story.name, "Business Outlook", scale_note(story.scale)), heads, lines))


def outlook(story: Story) -> Story:
    """What the company expects of the next year, in a sentence and in a table."""
    revenue, eps = story.value("revenue"), story.value("eps_diluted")
    if not revenue or not eps or eps <= 0:
        return story
    year = story.fiscal[0] + (story.fiscal[1] == 4)
    low, high = say_money(revenue * 4), say_money(revenue * Decimal("4.2"))
    each = f"${eps * 4:.2f} to ${eps * 4 + Decimal('0.2'):.2f}"
    said = f"For fiscal {year}, the company expects revenue of {low} to {high} and diluted earnings per share of {each}."
    lines = (Line("Revenue", (low, high)), Line("Diluted earnings per share", tuple(each.split(" to "))))
    heads = make_heads([("year", story.quarter[1])] * 2, "full dates")[0]
    table = Table(
        (f"Fiscal {year} Outlook",), tuple(replace(h, top="", own=own) for h, own in zip(heads, ("Low", "High"), strict=True)), lines
    )
    return before_statements(story, Words("heading", "Outlook"), Words("paragraph", said), *([table] if story.dice.random() < 0.5 else []))
