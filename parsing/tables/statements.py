"""Which statement a table is: told by its title and by the rows it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from ex99.parsing.language.labels import Label
from ex99.parsing.scoring import Evidence, Verdict, speaks_for, weigh

# of titles in lower case: reconciliation of gaap to non-gaap | non-gaap financial measures
_RECONCILIATION = re.compile(
    r"reconcil|non[\s-]?gaap|adjusted|pro\s?forma|supplemental\s+non|core\s+(?:earnings|operating)|operating\s+earnings|ebitda"
    r"|free\s+cash\s+flow"
)
_SEGMENT = re.compile(
    r"segment|by\s+(?:region|geograph|product|business|operat|division|category|reportable)|geographic|business\s+unit"
    r"|operating\s+divisions|disaggregat|by\s+type|product\s+line"
    r"|divisional|lines?\s+of\s+business|reporting\s+units?|store\s+(?:count|data)|operating\s+statistics|per\s+unit\b"
)
_STATEMENT = re.compile(
    r"statements?\s+of\s+(?:consolidated\s+)?(?:condensed\s+)?(?:\w+\s+)?(?:operations|income|earnings|loss|comprehensive"
    r"|net\s+income|profit)|income\s+statements?|statements?\s+of\s+(?:\w+\s+){0,4}(?:operations|income|earnings|loss)"
    r"|consolidated\s+(?:condensed\s+)?(?:results|income|earnings)\b|operating\s+results|results\s+of\s+operations|profit\s+and\s+loss"
)
_BALANCE = re.compile(r"balance\s+sheets?|statements?\s+of\s+(?:consolidated\s+)?(?:financial\s+(?:position|condition)|condition)")
_CASH_FLOWS = re.compile(r"statements?\s+of\s+(?:\w+\s+){0,2}cash\s+flows?", re.IGNORECASE)
_HIGHLIGHTS = re.compile(
    r"highlights|summary|selected|at\s+a\s+glance|key\s+(?:metrics|figures)|overview|snapshot|financial\s+data|results\s+summary"
)
_GUIDANCE = re.compile(r"\b(?:guidance|outlook|forecast|projected|expected\s+results|expectations)\b")
_AVERAGE = re.compile(
    r"average\s+balance|yields?\s|net\s+interest\s+(?:margin|spread)\s+(?:analysis|table)|rate\s*+/?\s*+volume|average\s+daily"
)


class Role(StrEnum):
    """What a table is for; figures of the first three are the statements' own."""

    INCOME = "income"
    BALANCE = "balance"
    CASH_FLOW = "cash_flow"
    HIGHLIGHTS = "highlights"
    RECONCILIATION = "reconciliation"
    SEGMENT = "segment"
    GUIDANCE = "guidance"
    AVERAGES = "averages"
    OTHER = "other"


STATEMENTS = frozenset((Role.INCOME, Role.BALANCE, Role.CASH_FLOW))

_BY_NAME = re.compile(r"statements?\s+of\s|income\s+statements?")
_TITLES = {
    "guidance": _GUIDANCE,
    "averages": _AVERAGE,
    "cash flow": _CASH_FLOWS,
    "balance": _BALANCE,
    "segment": _SEGMENT,
    "reconciling": _RECONCILIATION,
    "surely reconciling": re.compile(r"reconcil|non[\s-]?gaap|pro\s?forma"),
    "statement": _STATEMENT,
    "named": _BY_NAME,
    "highlights": _HIGHLIGHTS,
}
_EARNINGS = re.compile(r"\bincome\b|\beps\b")
_INCOME_MARKS = (
    re.compile(
        r"(?:total |net |operating )*(?:revenues?|sales)(?: net)?|(?:total )?interest income|net interest income|(?:total )?premiums.*"
        r"|net premiums.*"
    ),
    re.compile(
        r"(?:cost of .*|(?:total )?(?:operating )?(?:costs? and )?expenses.*|provision for .*(?:tax|loss|credit).*"
        r"|selling general and administrative.*|salaries.*|interest expense.*|depreciation.*|income tax.*"
        r"|(?:total )?non ?interest expense)"
    ),
    re.compile(r"(?:consolidated )?net income.*|income before .*|(?:income|income) for the .*"),
)
_BALANCE_MARKS = (
    re.compile(r"total assets|assets"),
    re.compile(r"total (?:current )?liabilities|total liabilities and .*|(?:total )?deposits"),
    re.compile(r"total .*equity|.*holders equity|total liabilities and .*|retained income|accumulated deficit|common stock.*"),
)
_CASH_MARKS = (
    re.compile(r".*operating activities.*|.*from operations"),
    re.compile(r".*investing activities.*"),
    re.compile(r".*financing activities.*"),
)

_MARKS = {"income": _INCOME_MARKS, "balance": _BALANCE_MARKS, "cash": _CASH_MARKS}
"""By statement, the kinds of row that every one of its sort has; all three make it sure."""

# "segment_title": the title has the words; "2_income": rows of two of the three kinds that an income statement has
EVIDENCE: tuple[Evidence[Role], ...] = (
    speaks_for(Role.GUIDANCE, 100, "its title looks ahead", "guidance_title", "statement_title"),
    speaks_for(Role.AVERAGES, 90, "its title says averages", "averages_title"),
    speaks_for(Role.CASH_FLOW, 80, "cash flows of all three kinds", "3_cash"),
    speaks_for(Role.CASH_FLOW, 75, "its title, and a cash flow", "cash_flow_title 1_cash", "earnings_per_share"),
    speaks_for(Role.BALANCE, 70, "assets, liabilities and equity", "3_balance", "3_income earnings_per_share"),
    speaks_for(Role.BALANCE, 65, "its title, and a part of a balance", "balance_title 1_balance", "3_income earnings_per_share"),
    speaks_for(Role.INCOME, 61, "an income statement, titled by parts", "3_income earnings_per_share segment_title", "statement_title"),
    speaks_for(Role.SEGMENT, 60, "its title names parts", "segment_title", "statement_title"),
    speaks_for(Role.RECONCILIATION, 50, "its title names adjusted measures", "reconciling_title", "statement_title"),
    speaks_for(Role.RECONCILIATION, 50, "its title reconciles", "reconciling_title surely_reconciling_title statement_title"),
    speaks_for(Role.HIGHLIGHTS, 30, "an income statement and a balance in one", "3_income 2_balance"),
    speaks_for(Role.HIGHLIGHTS, 30, "an income statement among highlights", "3_income highlights_title"),
    speaks_for(Role.HIGHLIGHTS, 15, "the lines of an income statement alone", "3_income", "statement_title per_share"),
    speaks_for(Role.INCOME, 14, "revenue, expenses and income", "3_income"),
    speaks_for(Role.INCOME, 14, "its name, and two of revenue, expenses and income", "2_income named_title", "3_income highlights_title"),
    speaks_for(Role.HIGHLIGHTS, 10, "its title says highlights", "highlights_title"),
    speaks_for(Role.INCOME, 5, "its title, earnings per share, two of three", "2_income statement_title per_share", "3_income"),
)  # fmt: skip


def tell_role(title: str, labels: Sequence[Label]) -> Verdict[Role]:
    """The role of a table, or of a section of one, from its title and its rows' plain labels, with the reason."""
    return weigh(role_features(title.lower(), labels), EVIDENCE, Role.OTHER)


def role_features(title: str, labels: Sequence[Label]) -> frozenset[str]:
    """What a title in lower case and plain labels show: "balance title", "three income marks", "some cash marks" ..."""
    texts = [label.text for label in labels]
    found = {f"{name} title" for name, pattern in _TITLES.items() if pattern.search(title)}
    seen = _found_marks(texts)
    for name, marks in _MARKS.items():
        found |= {f"{least} {name}" for least in range(1, len(seen.intersection(marks)) + 1)}
    per_share = [label for label in labels if label.per_share]
    if per_share:
        found.add("per share")
    if any(_EARNINGS.search(label.text) for label in per_share):
        found.add("earnings per share")
    return frozenset(name.replace(" ", "_") for name in found)


def is_income_statement(labels: Iterable[Label]) -> bool:
    """Whether rows run from revenue over expenses to net income."""
    return _found_marks(label.text for label in labels).issuperset(_INCOME_MARKS)


@lru_cache(maxsize=8192)
def _marks_of(text: str) -> frozenset[re.Pattern[str]]:
    """The kinds of row that a plain label is; remembered, for the labels of a release repeat from table to table."""
    return frozenset(mark for marks in _MARKS.values() for mark in marks if mark.fullmatch(text) is not None)


def _found_marks(texts: Iterable[str]) -> set[re.Pattern[str]]:
    return set().union(*map(_marks_of, texts))
