"""The rows of a section with the headings above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ex99.parsing.language import phrases
from ex99.parsing.language.labels import Label, read_label
from ex99.parsing.rules import rule
from ex99.parsing.tables.cells import GridRow
from ex99.parsing.tables.matching import cash_flow_metrics, instant_metrics, money_metrics
from ex99.parsing.tolerances import TOLERANCES

_OPEN_ENDS = (
    " and", " of", " to", " in", " per", " for", " from", " or", " the", ",", " before", " after", " by", " attributable", " available",
)  # fmt: skip
"""How a label ends that goes on in the row below."""
# GAAP net income (loss) and GAAP diluted earnings (loss) per share
_BOTH = re.compile(r"(.{0,60}\b(?:income|earnings|loss)\b.{0,10}?)\s(?:and|/)\s.{0,40}\bper\s(?:diluted\s|common\s)?share", re.IGNORECASE)


TOTAL_OF_HEADING = rule("tables.rows.total_of_heading", "a row called total is the total of the heading above it")
NAMED_BY_SUM = rule("tables.rows.named_by_sum", "a row without a label whose values are the sums of the rows under a heading is its total")
SECOND_LINE = rule("tables.rows.second_line", "a label that says nothing alone goes on with the words of the row above")
INCOME_OF_BOTH = rule("tables.rows.income_of_both", "a row of income and income a share is one of income where columns are of both")


class BodyRow(NamedTuple):
    """A row of values: its label, the headings it is indented under (``parents``), and the last heading above it whatever its indent."""

    grid: GridRow
    label: Label
    parents: tuple[Label, ...]
    heading: Label | None
    path: str

    @property
    def per_share_values(self) -> bool:
        """Whether most of the row's values look like per-share figures (two decimals or more), and none is large."""
        amounts = [a for _, a in self.grid.values.values() if a.plain and not a.nil]
        fitting = sum(1 for a in amounts if a.decimals >= 2)
        return fitting * 2 > len(amounts) and all(abs(a.value) < TOLERANCES.largest_per_share_row for a in amounts)

    @property
    def count_values(self) -> bool:
        """Whether the row's values are all too large and too round for amounts a share, as share counts are."""
        return self.large_values and all(a.decimals <= 1 for _, a in self.grid.values.values())

    @property
    def in_money(self) -> bool:
        """Whether a value carries the mark of a currency, as no count does."""
        return any(amount.currency is not None for _, amount in self.grid.values.values())

    @property
    def large_values(self) -> bool:
        """Whether all values are larger than most amounts a share, as counts in millions are ("118.847")."""
        return all(a.value >= TOLERANCES.smallest_count for _, a in self.grid.values.values() if a.plain and not a.nil)


def read_rows(rows: Sequence[GridRow], title: str | None = None) -> list[BodyRow]:
    """Body rows with their headings; a heading ends where another stands at its indent or further out.

    ``title`` stands for a heading until the table has one of its own.
    """
    stack: list[tuple[int, str]] = []
    last = title
    above: list[str] = []
    body: list[BodyRow] = []
    for row in rows:
        indent = row.row.indent
        if row.is_heading:
            if len(row.label) > TOLERANCES.longest_heading or not row.label:
                continue
            above = [*above[1 - TOLERANCES.most_label_lines :], row.label]
            kinds = phrases.share_kinds(row.label.lower())
            while stack and stack[-1][0] >= indent and not (kinds and _heads_shares(stack[-1][1])):
                stack.pop()
            stack.append((indent, row.label))
            last = row.label
            continue
        while stack and stack[-1][0] > indent:
            stack.pop()
        top = stack[-1] if stack else None
        if top is not None and top[0] == indent and phrases.share_kinds(top[1].lower()):
            parents = [text for _, text in stack]
        else:
            parents = [text for level, text in stack if level < indent]
        label = row.label or _name_of_total(row, last, body)
        if last is not None and label.lower().rstrip(" :") in ("total", "totals") and TOTAL_OF_HEADING():
            label = f"Total {last.rstrip(' :')}"
        elif above and (lines := _lines_above(above, label)) and SECOND_LINE():
            label, parents = " ".join((*lines, label)), _without(parents, lines)
        above = []
        path = " > ".join([*parents, label]) if label else " > ".join(parents or ([last] if last else []))
        body.append(BodyRow(row, read_label(label), tuple(read_label(p) for p in parents), read_label(last) if last else None, path))
    return body


def income_of_both(row: BodyRow) -> BodyRow:
    """A row of income and income a share ("Net income and diluted earnings per share") as one of income, where columns are of both."""
    both = _BOTH.match(row.grid.label) if row.label.per_share else None
    return row if both is None or not INCOME_OF_BOTH() else row._replace(label=read_label(both[1]))


def _lines_above(headings: Sequence[str], label: str) -> list[str]:
    """The headings right above a row, as many as are the first lines of its label: alone it says nothing, with them it names a metric.

    What begins with "Total" or ends openly heads no rows; it is the first line of a label in any case. What ends openly with a colon
    ("Net cash provided by (used in):") is that of a label that names a metric with it.
    """
    first = headings[-1].lower()
    heads = first.endswith(":")
    goes_on = read_label(first).text.endswith(_OPEN_ENDS) if heads else first.startswith("total ") or first.endswith(_OPEN_ENDS)
    if not label or (heads and not goes_on):
        return []
    if not goes_on and (phrases.share_kinds(label.lower()) or _names_metric(label)):
        return []
    for start in range(len(headings) - 1, -1, -1):
        lines = list(headings[start:])
        if lines[0].endswith(":") and len(lines) > 1:
            break
        if _completes(lines, label):
            return lines
    return [headings[-1]] if goes_on and not heads else []


def _without(parents: list[str], lines: Sequence[str]) -> list[str]:
    """Parents without those that are lines of the label below them."""
    return [parent for parent in parents if parent not in lines]


def _names_metric(label: str) -> bool:
    text = read_label(label).text
    return bool(money_metrics(text) or instant_metrics(text) or cash_flow_metrics(text))


def _ends_in_share(heading: str, label: str) -> bool:
    """Whether a label completes a heading to a line of earnings a share ("Diluted earnings per average common" over "share")."""
    whole = read_label(f"{heading} {label}")
    return whole.per_share and "income" in whole.text and not read_label(heading).per_share and not read_label(label).per_share


def _completes(lines: Sequence[str], label: str) -> bool:
    """Whether a label ends what lines begin: a metric's words, earnings a share, a count of shares whose last line is in lower case."""
    whole = " ".join((*lines, label))
    counts = label[:1].islower() and read_label(lines[0]).shares and read_label(whole).shares
    return counts or _names_metric(whole) or _ends_in_share(" ".join(lines), label)


def _name_of_total(row: GridRow, heading: str | None, above: Sequence[BodyRow]) -> str:
    """ "Total revenues" for a row without a label whose values are the sums of the rows under the heading "Revenues:", else ""."""
    if heading is None:
        return ""
    parts = []
    for body in reversed(above):
        if body.heading is None or body.heading is not read_label(heading) or not body.grid.label:
            break
        parts.append(body.grid.values)
    sums = {i: sum(v[i][1].value for v in parts if i in v) for i in row.values}
    adds_up = len(parts) >= 2 and all(abs(sums[i] - a.value) <= len(parts) for i, (_, a) in row.values.items() if a.plain)
    return f"Total {heading.rstrip(' :')}" if adds_up and NAMED_BY_SUM() else ""


def _heads_shares(text: str) -> bool:
    """Whether a heading names per-share figures or share counts without saying which kind."""
    label = read_label(text)
    return (label.per_share or label.shares) and not phrases.share_kinds(label.text)
