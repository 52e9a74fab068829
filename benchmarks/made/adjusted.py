"""Supplements of adjusted figures: reconciliations in steps, with lines in their middle, in columns and of whole statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from benchmarks.made.model import Fact, Head, Key, Line, Story, Table, Unit, Words, name_period
from benchmarks.made.placing import after_statements, before_statements, make_table, pair_columns, pair_values, say_money, scale_note
from benchmarks.made.stories import make_fact, make_heads, print_line

PER_SHARE = Decimal("0.07")
"""What adjusting adds to earnings per share, in every table of a release."""


def adjust(values: Sequence[Decimal], scale: int) -> tuple[list[Decimal], list[Decimal], list[Decimal]]:
    """(the adjustment before tax, its tax, the adjusted income) of each value; every table of a release has the same."""
    step = [abs(v) * Decimal("0.11") + scale for v in values]
    tax = [-v * Decimal("0.2") for v in step]
    return step, tax, [a + b + c for a, b, c in zip(values, step, tax, strict=True)]


def with_adjusted(story: Story, metric: str, unit: Unit, values: Sequence[Decimal]) -> Story:
    """The story with a non-GAAP fact of the reported period and of that a year before."""
    keys = [Key(metric, "nongaap", *column) for column in pair_columns(story)]
    facts = {key: make_fact(value, unit, story.scale) for key, value in zip(keys, values, strict=False)}
    return replace(story, facts={**story.facts, **facts})


def reconciliation(story: Story) -> Story:
    """Adjusted net income and earnings per share, reached from the reported ones in steps."""
    net, eps = pair_values(story, "net_income"), pair_values(story, "eps_diluted")
    if not net or not eps:
        return story
    step, tax, adjusted = adjust(net, story.scale)
    more = [v + PER_SHARE for v in eps]
    lines = (
        print_line("GAAP net income", "money", net, story.scale, sign=True),
        print_line("Amortization of intangible assets", "money", step, story.scale, 1),
        print_line("Income tax effect of adjustments", "money", tax, story.scale, 1),
        print_line("Non-GAAP net income", "money", adjusted, story.scale, rule=True, sign=True),
        print_line("GAAP diluted earnings per share", "per_share", eps, 1, sign=True),
        print_line("Amortization of intangible assets, net of tax", "per_share", [PER_SHARE] * 2, 1, 1),
        print_line("Non-GAAP diluted earnings per share", "per_share", more, 1, rule=True, sign=True),
    )
    story = with_adjusted(with_adjusted(story, "net_income", "money", adjusted), "eps_diluted", "per_share", more)
    return after_statements(story, _table(story, "Reconciliation of GAAP to Non-GAAP Financial Measures", lines))


def _table(story: Story, title: str, lines: Sequence[Line]) -> Table:
    return make_table(story, title, lines, pair_columns(story), scale_note(story.scale))


def reconciling_columns(story: Story) -> Story:
    """The quarter's lines in three columns: as reported, adjustments, and adjusted."""
    lines = []
    for label, metric in (("Revenue", "revenue"), ("Operating income", "operating_income"), ("Net income", "net_income")):
        value = story.value(metric)
        if value is None:
            continue
        step, tax, (adjusted,) = adjust([value], story.scale)
        cells = [value, Decimal(0), value] if metric == "revenue" else [value, step[0] + tax[0], adjusted]
        lines.append(print_line(label, "money", cells, story.scale, sign=metric == "revenue"))
        if metric != "revenue":
            story = with_adjusted(story, metric, "money", [adjusted])
    heads, _ = make_heads([story.quarter], "one line")
    names = story.dice.choice((("GAAP", "Adjustments", "Non-GAAP"), ("As Reported", "Adjustments", "As Adjusted")))
    titles = (story.name, "Reconciliation of Non-GAAP Financial Measures", heads[0].own, scale_note(story.scale))
    return after_statements(story, Table(titles, tuple(Head("", name) for name in names), tuple(lines))) if lines else story


def ebitda(story: Story) -> Story:
    """EBITDA and adjusted EBITDA, reached from net income."""
    net = pair_values(story, "net_income")
    if not net:
        return story
    parts = [[abs(v) * Decimal(f) + 2 * story.scale for v in net] for f in ("0.1", "0.3", "0.4", "0.05", "0.02")]
    middle = [sum(column, Decimal(0)) for column in zip(net, *parts[:3], strict=True)]
    last = [sum(column, Decimal(0)) for column in zip(middle, *parts[3:], strict=True)]
    names = ("Interest expense, net", "Income tax expense", "Depreciation and amortization", "Stock-based compensation", "Restructuring")
    rows = [print_line(name, "money", part, story.scale, 1) for name, part in zip(names, parts, strict=True)]
    lines = [
        print_line(story.dice.choice(("Net income", "Net income (GAAP)", "Reported net income")), "money", net, story.scale, sign=True),
        *rows[:3],
        print_line("EBITDA", "money", middle, story.scale, rule=True),
        *rows[3:],
        print_line("Adjusted EBITDA", "money", last, story.scale, rule=True, sign=True),
    ]
    story = with_adjusted(with_adjusted(story, "ebitda", "money", middle), "adjusted_ebitda", "money", last)
    return after_statements(story, _table(story, "Reconciliation of Net Income to EBITDA and Adjusted EBITDA", lines))


def middle_lines(story: Story) -> Story:
    """A reconciliation that passes other adjusted lines on its way: before tax, before a special item."""
    net, eps = pair_values(story, "net_income"), pair_values(story, "eps_diluted")
    if not net or not eps:
        return story
    step, tax, adjusted = adjust(net, story.scale)
    before = [a + b for a, b in zip(net, step, strict=True)]
    more = [v + PER_SHARE for v in eps]
    word = story.dice.choice(("Adjusted", "Non-GAAP"))
    middle = story.dice.choice(
        (f"{word} net income before special tax items", f"{word} income before tax effects", f"{word} pretax result")
    )
    lines = [
        print_line("Net income, as reported", "money", net, story.scale, sign=True),
        print_line("Restructuring and related charges", "money", step, story.scale, 1),
        print_line(middle, "money", before, story.scale, rule=True),
        print_line("Tax effects and special tax items", "money", tax, story.scale, 1),
        print_line(f"{word} net income", "money", adjusted, story.scale, rule=True, sign=True),
        print_line("Diluted earnings per share, as reported", "per_share", eps, 1, sign=True),
        print_line("Restructuring and related charges", "per_share", [PER_SHARE + Decimal("0.02")] * 2, 1, 1),
        print_line(f"{word} diluted earnings per share before special tax items", "per_share", [v + Decimal("0.02") for v in more], 1),
        print_line("Special tax items", "per_share", [Decimal("-0.02")] * 2, 1, 1),
        print_line(f"{word} diluted earnings per share", "per_share", more, 1, rule=True, sign=True),
    ]  # fmt: skip
    story = with_adjusted(with_adjusted(story, "net_income", "money", adjusted), "eps_diluted", "per_share", more)
    return after_statements(story, _table(story, "Adjusted Net Income and Adjusted Earnings per Share", lines))


def items_in_rows(story: Story) -> Story:
    """A table whose rows are what was reported, each special item and what is adjusted, its columns income before tax to a share."""
    pretax, net, eps = (story.value(m) for m in ("pretax_income", "net_income", "eps_diluted"))
    if pretax is None or net is None or eps is None:
        return story
    step, tax, adjusted = adjust([net], story.scale)

    def line(label: str, values: Sequence[Decimal], each: Decimal, *, rule: bool = False) -> Line:
        money, per = print_line(label, "money", values, story.scale), print_line(label, "per_share", [each], 1)
        return Line(label, (*money.cells, *per.cells), 0, rule, rule)

    lines = (
        line("As reported (GAAP)", [pretax, pretax - net, net], eps, rule=True),
        line("Restructuring charges", [step[0], -tax[0], step[0] + tax[0]], PER_SHARE),
        line("As adjusted (non-GAAP)", [pretax + step[0], pretax - net - tax[0], adjusted[0]], eps + PER_SHARE, rule=True),
    )
    heads = tuple(Head("", own) for own in ("Income Before\nIncome Taxes", "Income\nTaxes", "Net\nIncome", "Diluted\nEPS"))
    dated = make_heads([story.quarter], "one line")[0][0].own
    story = with_adjusted(with_adjusted(story, "net_income", "money", adjusted), "eps_diluted", "per_share", [eps + PER_SHARE])
    return after_statements(story, Table((story.name, "Items Affecting Comparability", dated, scale_note(story.scale)), heads, lines))


def adjusted_statement(story: Story) -> Story:
    """A statement of operations on an adjusted basis, whose rows are named as those of the reported one."""
    lines, plain = [], story
    revenue = pair_values(story, "revenue")
    rows = (("Operating income", "operating_income"), ("Net income", "net_income"))
    for label, metric in rows:
        values = pair_values(story, metric)
        if values:
            adjusted = adjust(values, story.scale)[2]
            lines.append(print_line(label, "money", adjusted, story.scale, rule=True))
            story = with_adjusted(story, metric, "money", adjusted)
    eps = pair_values(story, "eps_diluted")
    if not revenue or len(lines) < len(rows) or not eps:
        return plain
    more = [v + PER_SHARE for v in eps]
    costs = [v * Decimal("0.6") for v in revenue]
    lines = [
        print_line("Revenue", "money", revenue, story.scale, sign=True),
        print_line("Cost of revenue", "money", costs, story.scale),
        *lines,
        print_line("Diluted earnings per share", "per_share", more, 1, sign=True),
    ]
    title = story.dice.choice(("Non-GAAP Consolidated Statements of Operations", "Adjusted Consolidated Statements of Income (Non-GAAP)"))
    return after_statements(with_adjusted(story, "eps_diluted", "per_share", more), _table(story, title, lines))


def adjusted_prose(story: Story) -> Story:
    """A sentence with the adjusted income and earnings per share, rounded, right behind the reported ones."""
    net, eps = story.value("net_income"), story.value("eps_diluted")
    if net is None or eps is None or net < 2 * 10**6 or eps <= 0:
        return story
    adjusted = adjust([net], story.scale)[2][0]
    word = story.dice.choice(("Adjusted", "Non-GAAP"))
    said = (
        f"Net income for the {name_period(*story.quarter)} was {say_money(net)}, or ${eps:.2f} per diluted share. {word} net income, which "
        f"excludes restructuring charges, was {say_money(adjusted)}, or ${eps + PER_SHARE:.2f} per diluted share."
    )
    facts = dict(story.facts)
    step = Decimal(10**8 if adjusted >= 10**9 else 10**5)
    facts.setdefault(Key("net_income", "nongaap", *story.quarter), Fact(adjusted, step))
    facts.setdefault(Key("eps_diluted", "nongaap", *story.quarter), Fact(eps + PER_SHARE, Decimal("0.01")))
    return before_statements(replace(story, facts=facts), Words("paragraph", said))


def guided_reconciliation(story: Story) -> Story:
    """What the company expects of the next year, reconciled from reported to adjusted terms."""
    eps, net = story.value("eps_diluted"), story.value("net_income")
    if eps is None or net is None or eps <= 0:
        return story
    year = story.fiscal[0] + (story.fiscal[1] == 4)
    low, high = eps * 4, eps * 4 + Decimal("0.2")
    lines = (
        print_line("Net income", "money", [net * 4, net * Decimal("4.2")], story.scale, sign=True),
        print_line("Amortization of intangible assets", "money", [net, net], story.scale, 1),
        print_line("Adjusted net income", "money", [net * 5, net * Decimal("5.2")], story.scale, rule=True),
        print_line("Diluted earnings per share", "per_share", [low, high], 1, sign=True),
        print_line("Amortization of intangible assets", "per_share", [eps, eps], 1, 1),
        print_line("Adjusted diluted earnings per share", "per_share", [low + eps, high + eps], 1, rule=True),
    )
    title = story.dice.choice((f"Reconciliation of Fiscal {year} Guidance", f"Fiscal {year} Outlook, Reconciliation to Non-GAAP Measures"))
    top = f"Year Ending {story.quarter[1].replace(day=28, year=year):%B %Y}"
    return after_statements(story, Table((story.name, title, scale_note(story.scale)), (Head(top, "Low"), Head(top, "High")), lines))
