"""What can speak for a figure and against it, and the grades that follow."""

from __future__ import annotations

SUPPORT: dict[str, str] = {
    "statement": "it stands in a primary statement (an adjusted measure: in its reconciliation)",
    "highlights": "it stands in a table of highlights, a supplement or another summary",
    "reconciliation": "it stands in a reconciliation of another measure",
    "prose": "only sentences report it",
    "mention_exact": "another table or sentence prints the same digits",
    "mention_rounded": "another table or sentence prints it rounded",
    "sum_of_lines": "the lines above it in its column add up to it, in every column of its row",
    "part_of_sum": "a later line is reached from it by the lines between, in every column",
    "balance": "total assets are liabilities and equity",
    "gross": "gross profit is revenue less its cost",
    "tax": "net income is pretax income less tax",
    "eps_shares": "net income over shares is earnings per share",
    "year_to_date": "the quarters add up to the longer period",
    "sign": "it is negative and its words say loss",
}
"""Codes of what confirms a figure, and where it stands."""

AGAINST: dict[str, str] = {
    "against_sum": "the lines above add up to the row in its other columns and not in its own",
    "against_balance": "liabilities and equity exceed total assets",
    "against_eps": "net income over shares is not earnings per share",
    "against_dilution": "dilution would add to earnings per share or take from the share count",
    "against_mention": "another table or sentence gives another value for it",
    "against_sign": "its words say loss and it is positive",
}
"""Codes of what contradicts it; a figure with one of them is never graded A. Net income to common, which may have two lines, is not held
against its other one."""


DOUBTS: dict[str, str] = {
    "scale_taken": "its table states no scale: that of other tables was taken, or none, and no sentence confirms it",
}
"""Codes of what no arithmetic can tell: all lines of a table misread by a thousand still add up. Such a figure is never graded A."""


def passes(grade: str | None, least: str | None) -> bool:
    """Whether a grade is at least as sure as ``least``; a figure that was not graded passes only where nothing is asked."""
    return least is None or (grade is not None and grade <= least)
