"""What is done to the statements themselves: rows and columns more, tables that are continued or split. The figures stay the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from benchmarks.made.model import Fact, Head, Key, Line, Story, Table, Words
from benchmarks.made.stories import print_line

Change = Callable[[Story], Story]


def _map_tables(story: Story, change: Callable[[Table], list[Table]], roles: tuple[str, ...] = ("income",)) -> Story:
    blocks: list[Words | Table] = []
    for block in story.blocks:
        blocks += change(block) if isinstance(block, Table) and block.role in roles else [block]
    return replace(story, blocks=tuple(blocks))


def footnote_marks(story: Story) -> Story:
    """Marks of footnotes behind labels, and a footnote below the statement."""

    def mark(table: Table) -> list[Table]:
        lines = [
            replace(line, label=f"{line.label} (1)") if line.cells and place % 3 == 0 else line for place, line in enumerate(table.lines)
        ]
        return [replace(table, lines=tuple(lines))]

    marked = _map_tables(story, mark)
    note = Words(
        "paragraph", "(1) Includes stock-based compensation of 3 percent of the amounts shown. See the notes on the company's website."
    )
    return replace(marked, blocks=(*marked.blocks, note))


def footnote_column(story: Story) -> Story:
    """A narrow column between the labels and the amounts that holds letters of notes."""

    def add(table: Table) -> list[Table]:
        lines = [
            replace(line, cells=(f"({'abc'[place % 3]}" + ")" if place % 5 == 0 else "", *line.cells)) if line.cells else line
            for place, line in enumerate(table.lines)
        ]
        return [replace(table, heads=(Head("", "Notes"), *table.heads), lines=tuple(lines))]

    return _map_tables(story, add)


def change_column(story: Story) -> Story:
    """A column of the change in percent behind the first two."""

    def add(table: Table) -> list[Table]:
        if len(table.heads) < 2:
            return [table]
        lines = [replace(line, cells=(*line.cells[:2], _percent(line), *line.cells[2:])) if line.cells else line for line in table.lines]
        return [replace(table, heads=(*table.heads[:2], Head("", "Change"), *table.heads[2:]), lines=tuple(lines))]

    return _map_tables(story, add)


def _percent(line: Line) -> str:
    now, ago = (_number(cell) for cell in line.cells[:2])
    return f"{(now / ago - 1) * 100:.0f}%" if now is not None and ago else ""


def _number(cell: str) -> Decimal | None:
    digits = cell.strip("()").replace(",", "")
    return Decimal(digits) if digits.replace(".", "").isdigit() else None


def continued(story: Story) -> Story:
    """A statement that goes on after a page break under the same heads, marked as continued."""

    def cut(table: Table) -> list[Table]:
        half = len(table.lines) // 2
        half = next((i for i in range(half, len(table.lines)) if not table.lines[i].cells), half)
        titles = (table.titles[0], f"{table.titles[1]} (continued)", *table.titles[2:])
        return [replace(table, lines=table.lines[:half]), replace(table, titles=titles, lines=table.lines[half:])]

    return _map_tables(story, cut, ("income", "balance"))


def split_columns(story: Story) -> Story:
    """A statement whose year to date stands in a table of its own below that of the quarter."""

    def cut(table: Table) -> list[Table]:
        if len(table.heads) != 4:
            return [table]
        return [_keep_columns(table, slice(0, 2)), _keep_columns(table, slice(2, 4))]

    return _map_tables(story, cut)


def _keep_columns(table: Table, columns: slice) -> Table:
    lines = tuple(replace(line, cells=line.cells[columns]) if line.cells else line for line in table.lines)
    return replace(table, heads=table.heads[columns], lines=lines)


def noncontrolling(story: Story) -> Story:
    """Net income before and after what belongs to noncontrolling interests."""
    place = _find_row(story, "net_income")
    if place is None:
        return story
    index, row, keys = place
    table = story.blocks[index]
    assert isinstance(table, Table)
    values = [story.facts[key].value for key in keys]
    minority = [(abs(v) * Decimal("0.04")).quantize(Decimal(story.scale)) + story.scale for v in values]
    own = [v - m for v, m in zip(values, minority, strict=True)]
    net = table.lines[row].label
    lines = (
        print_line(f"Less: {net[0].lower() + net[1:]} attributable to noncontrolling interests", "money", minority, story.scale),
        print_line(f"{net} attributable to {story.short}", "money", own, story.scale, rule=True, sign=True),
    )
    changed = replace(table, lines=(*table.lines[: row + 1], *lines, *table.lines[row + 1 :]))
    facts = dict(story.facts)
    for key, value in zip(keys, own, strict=True):
        facts[Key("net_income_to_common", *key[1:])] = Fact(value, story.facts[key].step)
    return replace(story, blocks=(*story.blocks[:index], changed, *story.blocks[index + 1 :]), facts=facts)


def discontinued(story: Story) -> Story:
    """Earnings per share of continuing and discontinued operations above their total."""
    place = _find_row(story, "eps_basic")
    if place is None:
        return story
    index, row, _ = place
    table = story.blocks[index]
    assert isinstance(table, Table)
    lines = list(table.lines)
    for kind, at in (("diluted", row + 1), ("basic", row)):
        cells = [_number(cell) for cell in lines[at].cells]
        if any(cell is None for cell in cells) or any("(" in cell for cell in lines[at].cells):
            return story
        known = [cell for cell in cells if cell is not None]
        parts = (
            Line(f"{kind.title()}:", indent=1),
            print_line("Continuing operations", "per_share", [v + Decimal("0.03") for v in known], 1, 2, sign=True),
            print_line("Discontinued operations", "per_share", [Decimal("-0.03")] * len(known), 1, 2),
            replace(lines[at], label="Net income", indent=2, rule=True),
        )
        lines[at : at + 1] = parts
    changed = replace(table, lines=tuple(lines))
    return replace(story, blocks=(*story.blocks[:index], changed, *story.blocks[index + 1 :]))


def _find_row(story: Story, metric: str) -> tuple[int, int, list[Key]] | None:
    """Block, row and keys (one a column) of the row that prints a metric in a made income statement."""
    keys = [k for k in story.facts if k.metric == metric and k.basis == "gaap"]
    for index, block in enumerate(story.blocks):
        if isinstance(block, Table) and block.role == "income" and len(block.heads) == len(keys):
            unit = "per_share" if metric.startswith("eps") else "money"
            wanted = print_line("", unit, [story.facts[k].value for k in keys], story.scale).cells  # type: ignore[arg-type]
            row = next((i for i, line in enumerate(block.lines) if line.cells == wanted), None)
            if row is not None:
                return index, row, keys
    return None


CHANGED: Mapping[str, Change] = {
    change.__name__: change
    for change in (footnote_marks, footnote_column, change_column, continued, split_columns, noncontrolling, discontinued)
}
"""What is done to the statements, by name."""
