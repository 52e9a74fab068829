"""What competes with the statements: each adds words or tables of the kind that real releases have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from benchmarks.made.adjusted import (
    adjusted_prose,
    adjusted_statement,
    ebitda,
    guided_reconciliation,
    items_in_rows,
    middle_lines,
    reconciliation,
    reconciling_columns,
)  # fmt: skip
from benchmarks.made.extracts import (
    coded_highlights,
    constant_currency,
    free_cash_flow,
    leverage,
    percentages,
    quarters_of_year,
    regions,
    selected_years,
)  # fmt: skip
from benchmarks.made.model import SCALES, Line, Story, Table, Words, name_period, show
from benchmarks.made.placing import (
    after_statements,
    before_statements,
    make_table,
    pair_columns,
    pair_values,
    say_money,
    scale_note,
    somewhere,
)
from benchmarks.made.stories import make_heads, print_line
from benchmarks.made.supplements import expected_year, five_quarters, outlook, pro_forma, trailing_year

Change = Callable[[Story], Story]


def rounded_highlights(story: Story) -> Story:
    """A table of highlights in millions or billions above the statements, whose rounded values are not the exact ones."""
    lines = []
    revenue = story.value("revenue") or Decimal(0)
    scale, digits = (10**9, 1) if abs(revenue) >= 2 * 10**9 else (10**6, story.dice.choice((0, 1)))
    for label, metric in (("Revenue", "revenue"), ("Operating income", "operating_income"), ("Net income", "net_income")):
        values = pair_values(story, metric)
        if values and all(abs(v) > scale for v in values):
            lines.append(Line(label, tuple(show(v, scale, digits) for v in values), sign=True))
    eps = pair_values(story, "eps_diluted")
    if eps:
        lines.append(print_line("Diluted earnings per share", "per_share", eps, 1, sign=True))
    table = make_table(story, "Financial Highlights", lines, pair_columns(story), f"({SCALES[scale]}, except per share amounts)")
    return before_statements(story, table) if lines else story


def rounded_prose(story: Story) -> Story:
    """Sentences with the quarter's revenue, income and earnings per share, rounded, and those of the year before."""
    said = []
    when = name_period(*story.quarter)
    for words, metric in (("Revenue", "revenue"), ("Net income", "net_income"), ("Operating income", "operating_income")):
        values = pair_values(story, metric)
        if values and min(values) > 10**6:
            said.append(
                f"{words} for the {when} was {say_money(values[0])}, compared with {say_money(values[1])} in the same period a year ago."
            )
    eps = pair_values(story, "eps_diluted")
    if eps and min(eps) > 0:
        said.append(f"Diluted earnings per share were ${eps[0]:.2f}, compared with ${eps[1]:.2f} a year ago.")
    return before_statements(story, Words("paragraph", " ".join(said))) if said else story


def segments(story: Story) -> Story:
    """A table of segments with their own revenue and operating income of the quarter."""
    revenue, profit = pair_values(story, "revenue"), pair_values(story, "operating_income")
    if not revenue:
        return story
    lines: list[Line] = []
    for name, part in zip(
        story.dice.sample(("Northern", "Industrial Products", "Consumer", "Services", "Homebuilding"), 2), ("0.4", "0.35"), strict=True
    ):
        lines.append(Line(f"{name}:"))
        lines.append(
            print_line(
                story.dice.choice(("Revenue", "Net sales")), "money", [v * Decimal(part) for v in revenue], story.scale, 1, sign=True
            )
        )
        if profit:
            lines.append(print_line("Operating income", "money", [v * Decimal(part) for v in profit], story.scale, 1))
    lines.append(
        print_line(story.dice.choice(("Total", "Consolidated", "Total company")), "money", revenue, story.scale, rule=True, sign=True)
    )
    title = story.dice.choice(("Segment Results", "Selected Segment Information", "Results by Business Segment"))
    return somewhere(story, make_table(story, title, lines, pair_columns(story), scale_note(story.scale)))


def consolidating(story: Story) -> Story:
    """Columns of a parent, its financial subsidiary and eliminations beside the consolidated ones."""
    rows = []
    for label, metric in (("Revenues", "revenue"), ("Income before income taxes", "pretax_income"), ("Net income", "net_income")):
        value = story.value(metric)
        if value is not None:
            parts = [value * Decimal("0.8"), value * Decimal("0.3"), -value * Decimal("0.1")]
            rows.append(print_line(label, "money", [*parts, value], story.scale, sign=metric == "revenue"))
    names = ("Equipment Operations", "Financial Services", "Eliminations", "Consolidated")
    heads, _ = make_heads([story.quarter], "one line")
    table = Table(
        (story.name, "Supplemental Consolidating Data", heads[0].own, scale_note(story.scale)),
        tuple(replace(heads[0], top="", own=name.replace(" ", "\n", 1)) for name in names), tuple(rows),
    )  # fmt: skip
    return somewhere(story, table) if rows else story


def classes_of_stock(story: Story) -> Story:
    """How income is shared between classes of stock, with earnings per share of each."""
    net, eps = pair_values(story, "net_income"), pair_values(story, "eps_diluted")
    if not net or not eps:
        return story
    lines = [Line("Net income allocated to:")]
    lines += [
        print_line(f"Class {c} common stock", "money", [v * Decimal(p) for v in net], story.scale, 1)
        for c, p in (("A", "0.7"), ("B", "0.3"))
    ]
    lines += [Line("Diluted earnings per share by class:")]
    lines += [print_line("Class B common stock", "per_share", [v * Decimal("0.9") for v in eps], 1, 1, sign=True)]
    return after_statements(
        story, make_table(story, "Allocation of Net Income under the Two-Class Method", lines, pair_columns(story), scale_note(story.scale))
    )


def divested_unit(story: Story) -> Story:
    """A summary of a business that was sold, with lines of the same names."""
    revenue = pair_values(story, "revenue")
    if not revenue:
        return story
    rows = (("Revenue", "0.12"), ("Gross profit", "0.05"), ("Operating income", "0.02"), ("Net income", "0.015"))
    lines = [print_line(label, "money", [v * Decimal(p) for v in revenue], story.scale) for label, p in rows]
    title = "Summary of Discontinued Operations of the Divested Marine Business"
    return after_statements(story, make_table(story, title, lines, pair_columns(story), scale_note(story.scale)))


ADDED: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        rounded_highlights, rounded_prose, segments, consolidating, reconciliation, reconciling_columns, five_quarters, expected_year,
        pro_forma, trailing_year, outlook, classes_of_stock, divested_unit, ebitda, middle_lines, items_in_rows, adjusted_statement,
        adjusted_prose, guided_reconciliation, percentages, regions, coded_highlights, quarters_of_year, selected_years, free_cash_flow,
        constant_currency, leverage,
    )
}  # fmt: skip
"""What is added beside the statements, by name."""
