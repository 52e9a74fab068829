"""Which statement a table is: told by its title and by the rows it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from ex99.parsing.language.labels import Label

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


_BY_NAME = re.compile(r"statements?\s+of\s|income\s+statements?")
_EARNINGS = re.compile(r"\bincome\b|\beps\b")
_SURELY_RECONCILING = re.compile(r"reconcil|non[\s-]?gaap|pro\s?forma")
_ALL = 3
"""Marks of a statement: all of them make it sure."""
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


def tell_role(title: str, labels: Sequence[Label]) -> Role:
    """The role of a table, or of a section of one, from its title and its rows' plain labels; the first rule that holds decides."""
    title = title.lower()
    texts = [label.text for label in labels]
    cash, balance, income = (_hits(marks, texts) for marks in (_CASH_MARKS, _BALANCE_MARKS, _INCOME_MARKS))
    statement = _STATEMENT.search(title) is not None
    highlights = _HIGHLIGHTS.search(title) is not None
    reconciling = _RECONCILIATION.search(title) is not None and not (statement and not _SURELY_RECONCILING.search(title))
    telling = statement or any(label.per_share for label in labels)
    earning = any(_EARNINGS.search(label.text) for label in labels if label.per_share)
    rules = (
        (Role.GUIDANCE, _GUIDANCE.search(title) is not None and not statement),
        (Role.AVERAGES, _AVERAGE.search(title) is not None),
        (Role.CASH_FLOW, cash == _ALL or (cash > 0 and not earning and _CASH_FLOWS.search(title) is not None)),
        (Role.BALANCE, income < _ALL and not earning and (balance == _ALL or (balance > 0 and _BALANCE.search(title) is not None))),
        (Role.SEGMENT, _SEGMENT.search(title) is not None and not statement),
        (Role.RECONCILIATION, reconciling),
        (Role.HIGHLIGHTS, income == _ALL and (balance >= _ALL - 1 or highlights or not telling)),
        (Role.INCOME, income == _ALL or (income == _ALL - 1 and not highlights and _BY_NAME.search(title) is not None)),
        (Role.HIGHLIGHTS, highlights),
        (Role.INCOME, income == _ALL - 1 and statement and any(label.per_share for label in labels)),
    )
    return next((role for role, holds in rules if holds), Role.OTHER)


def is_income_statement(labels: Iterable[Label]) -> bool:
    """Whether rows run from revenue over expenses to net income."""
    return _hits(_INCOME_MARKS, [label.text for label in labels]) == _ALL


def _hits(marks: tuple[re.Pattern[str], ...], texts: list[str]) -> int:
    return sum(1 for mark in marks if any(mark.fullmatch(text) for text in texts))
