"""The rows of a section that report metrics, those of the wrong statement left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ex99.filings.metrics import METRICS
from ex99.parsing.language.labels import read_label, without_basis
from ex99.parsing.rules import joined, mark, rule, since
from ex99.parsing.tables.captions import Caption
from ex99.parsing.tables.matching import cash_flow_metrics, instant_metrics, money_metrics
from ex99.parsing.tables.readings import Reading, read_metrics
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tables.statements import Role
from ex99.parsing.tolerances import TOLERANCES

# Acme Widgets net income | 4X Widgets net loss
_NAMED_INCOME = re.compile(r"([A-Z\d][\w.&'’!-]{1,20}(?: [A-Z\d][\w.&'’!-]{1,20}){0,3}) (?i:net income|net earnings)(?: \(loss\))?")
# income before taxes | federal income tax; not: realized gains after income tax
_TAX = re.compile(r"\bbefore (?:income )?tax|(?<!after )(?<!net of )\b(?:income tax|taxes on income)")
# revenues from services | net patient revenue
_SALES = re.compile(r"\b(?:revenues?|sales)\b")
_COSTS = re.compile(r"\b(?:costs?|expenses?)\b")
# what a statement lists below its only line of revenue
_SPENDING = re.compile(r"\b(?:costs?|expenses?|research|selling|administrative|salaries|compensation|labor|purchased|fuel)\b")
# less promotional allowances | provision for doubtful accounts
_ALLOWANCES = re.compile(r"\ballowances?\b|\bprovision for (?:doubtful|bad)\b")
# Reconciliation of cash, cash equivalents and restricted cash to the consolidated balance sheets
_TIES_OUT = re.compile(r"\breconcil.*\bbalance sheet", re.IGNORECASE | re.DOTALL)
# average balances | averages for the quarter | average: heading what is no balance of a day
_AVERAGES = (r"\baverage balance|\bbalance sheet averages?\b|^(?:daily |quarterly )?averages?(?: for .*)?$",)
# product sales net | voyage revenues | collaboration revenue
_KIND_OF_REVENUE = re.compile(r"(?!(?:total )?(?:cost|deferred|interest|other))(?:[a-z]+ ){1,4}(?:revenues?|sales)(?: net)?")
# total voyage revenues | total contract revenue
_TOTAL_OF_A_KIND = re.compile(r"total .*")
_NO_NAMES = frozenset((
    "adjusted", "core", "total", "consolidated", "segment", "non-gaap", "gaap", "operating", "tangible", "comprehensive", "distributable",
    "taxable", "u.s.", "us", "international", "domestic", "bank", "reported", "normalized", "underlying", "pro", "forma", "cash",
    "statutory",
    "estimated", "annualized", "quarterly", "annual", "ordinary", "net", "less", "plus", "add",
))  # fmt: skip


TIES_OUT = rule("tables.rows.ties_out", "cash under a heading that reconciles a cash flow statement to the balance sheet")
BALANCE_LINE = rule("tables.rows.balance_line", "a row of a balance sheet that a metric's record words")
CASH_FLOW_LINE = rule("tables.rows.cash_flow_line", "a row of a cash flow statement that a metric's record words")
OTHER_STATEMENT = rule("tables.rows.other_statement", "a row of a balance or of cash flows among highlights or in a reconciliation")
IS_UNDER = rule("tables.rows.never_under", "a heading makes the row a part of something else", leaves_out=True)
AFTER_TAX = rule(
    "tables.rows.after_tax", "operating income that only realized gains part from net income is an insurer's adjusted net income"
)
BEFORE_ALLOWANCES = rule("tables.rows.before_allowances", "revenue before allowances or bad debts above net revenue", leaves_out=True)
WHOLE_INCOME = rule("tables.rows.whole_income", "beside net income including others' interests the plain one is what is left")
FIRST_LINE = rule("tables.rows.first_line", "the first line, of sales and above costs, of a statement without total revenue")
TOTAL_OF_KIND = rule("tables.rows.total_of_kind", "the one total among the lines of a statement's only kinds of revenue")
INVESTMENT_INCOME = rule("tables.rows.investment_income", "the total of a fund's investment income is its revenue")
ONLY_LINE = rule("tables.rows.only_line", "the one kind of revenue that a statement begins with is all of it")
NAMED_INCOME = rule("tables.rows.named_income", "net income under the company's own name")
UNMARKED_SHARES = rule(
    "tables.rows.unmarked_shares", "a lone row of average shares counts for both kinds, as an earnings per share of no kind does"
)
UNNAMED_TOTAL = rule("tables.rows.unnamed_total", "the largest value that a balance sheet prints twice without a label is its total assets")
INSURERS_OWN = rule(
    "tables.rows.insurers_own", "operating income beside operating income a share is an insurer's own measure", leaves_out=True
)
IN_BOTH_COLUMNS = rule("tables.rows.in_both_columns", "operating income with a column of amounts a share is adjusted net income")


def section_readings(section: TableSection, lead: str = "") -> list[tuple[BodyRow, Reading]]:
    """Every row of a section that reports a metric, in order; ``lead`` is the release's first words, which name the company.

    Beside "operating income per share" an operating income is an insurer's own measure after tax, not the statement's line; in a
    table with a column of amounts a share it is its adjusted net income.
    """
    readings = [(row, reading) for row in section.rows for reading in _of_row(row, section, lead)]
    if section.role is Role.BALANCE:
        return _with_unnamed_total(section, readings)
    readings = _with_whole_income(_without_gross(section, _after_tax(section, readings)))
    if section.role is Role.INCOME and not any(reading.metric == "revenue" for _, reading in readings):
        readings = _with_only_line(section, readings)
    operating = any(r.metric == "operating_income" for _, r in readings)
    if operating and any(head.per_share for head in section.heads) and IN_BOTH_COLUMNS():
        told = (IN_BOTH_COLUMNS.id,)
        readings = [
            (row, replace(r, metric="net_income", basis="nongaap", rules=joined(r.rules, told)) if r.metric == "operating_income" else r)
            for row, r in readings
        ]
    elif operating and _has_operating_per_share(section) and INSURERS_OWN():
        readings = [(row, r) for row, r in readings if r.metric != "operating_income"]
    return _with_first_line(section, _with_unmarked_shares(readings))


def _has_operating_per_share(section: TableSection) -> bool:
    return any(row.label.per_share and row.label.text.startswith("operating income") for row in section.rows)


def _of_row(row: BodyRow, section: TableSection, lead: str) -> list[Reading]:
    """What a row reports, each reading with the rules that made it."""
    start = mark()
    found = _readings(row, section) or NAMED_INCOME.only(_named_income(row, lead))
    return [replace(reading, rules=told) for told in [since(start)] for reading in found] if found else found


def _after_tax(section: TableSection, readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """An operating income that only realized gains part from net income is an insurer's adjusted net income."""
    places = {id(row): position for position, row in enumerate(section.rows)}
    ends = [places[id(row)] for row, r in readings if r.metric == "net_income" and r.basis == "gaap"]
    realized = [i for i, row in enumerate(section.rows) if "realized" in row.label.text]
    taxes = [i for i, row in enumerate(section.rows) if _TAX.search(row.label.text)]
    changed = []
    for row, reading in readings:
        place = places[id(row)]
        adjusted = (
            reading.metric == "operating_income"
            and any(_lies_between(realized, *span) and not _lies_between(taxes, *span) for span in _spans(ends, place))
            and AFTER_TAX()
        )
        changed.append((row, _as_adjusted(reading) if adjusted else reading))
    return changed


def _as_adjusted(reading: Reading) -> Reading:
    return replace(reading, metric="net_income", basis="nongaap", rank=1, rules=joined(reading.rules, (AFTER_TAX.id,)))


def _without_gross(section: TableSection, readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """Revenue before promotional allowances or bad debts is none where the statement goes on to net revenue."""
    places = {id(row): position for position, row in enumerate(section.rows)}
    nets = [places[id(row)] for row, r in readings if r.metric == "revenue" and row.label.text.startswith("net ")]
    if not nets:
        return readings
    allowances = [i for i, row in enumerate(section.rows) if _ALLOWANCES.search(row.label.text)]
    return [
        (row, r)
        for row, r in readings
        if r.metric != "revenue" or not (_lies_between(allowances, places[id(row)], nets[-1]) and BEFORE_ALLOWANCES())
    ]


def _spans(ends: Sequence[int], place: int) -> list[tuple[int, int]]:
    """From a place to the next of some (in rising order), and from the last of them before it."""
    index = bisect_right(ends, place)
    return [(place, end) for end in ends[index : index + 1]] + [(end, place) for end in ends[max(0, index - 1) : index]]


def _first_after(places: Sequence[int], start: int) -> int | None:
    """The first of some places (in rising order) that lies behind ``start``."""
    index = bisect_right(places, start)
    return places[index] if index < len(places) else None


def _lies_between(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of some places (in rising order) lies behind ``start`` and before ``end``."""
    first = _first_after(places, start)
    return first is not None and first < end


def _with_whole_income(readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """Beside "net income including noncontrolling interests" the plain net income is what is left for the company."""
    ranks = {r.rank for _, r in readings if r.metric == "net_income" and r.basis == "gaap"}
    if not {0, 1} <= ranks or not WHOLE_INCOME():
        return readings
    return [
        (
            row,
            replace(r, metric="net_income_to_common", rank=5, rules=joined(r.rules, (WHOLE_INCOME.id,)))
            if (r.metric, r.basis, r.rank) == ("net_income", "gaap", 1)
            else r,
        )
        for row, r in readings
    ]


def _with_first_line(section: TableSection, readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """The first line of an income statement without a line of total revenue, where it names sales and the next line costs."""
    if section.role is not Role.INCOME or len(section.rows) < TOLERANCES.fewest_lines:
        return readings
    if any(r.metric in ("revenue", "net_interest_income") for _, r in readings):
        return readings
    first, second = section.rows[0], section.rows[1]
    if _SALES.search(first.label.text) and _SPENDING.search(second.label.text) and not _COSTS.search(first.label.text) and FIRST_LINE():
        return [(first, Reading("revenue", "gaap", "money", 6, rules=(FIRST_LINE.id,))), *readings]
    return readings


def _readings(row: BodyRow, section: TableSection) -> list[Reading]:
    """What a row reports in a table of the section's role; some metrics are read in their own statement alone."""
    return [
        r
        for r in _of_role(row, section)
        if not (_is_under(row, r.metric, section.caption) and IS_UNDER())
        and (not METRICS[r.metric].in_statement or section.role == METRICS[r.metric].statement)
    ]


def _is_under(row: BodyRow, metric: str, caption: Caption) -> bool:
    """Whether a heading makes a row a part of something else: a breakdown of another cost, discontinued operations, averages of balances.

    Above the first heading, words that introduce the table do: "(1) Stock-based compensation was allocated as follows:".
    """
    patterns = (*METRICS[metric].never_under, *(_AVERAGES if METRICS[metric].instant else ()))
    headings = [label.text for label in (*row.parents, row.heading) if label is not None]
    if patterns and not headings:
        headings = [read_label(text).text for text in (*caption.above[-1:], caption.lead) if text.endswith(":")]
    return any(re.search(pattern, heading) for pattern in patterns for heading in headings)


def _of_role(row: BodyRow, section: TableSection) -> list[Reading]:
    text = row.label.text
    if section.role is Role.BALANCE:
        return BALANCE_LINE.only([Reading(m, "gaap", "money", r) for m, r in instant_metrics(text)])
    if section.role is Role.CASH_FLOW:
        if row.heading is not None and _TIES_OUT.search(row.path):
            return TIES_OUT.only([Reading(m, "gaap", "money", r) for m, r in instant_metrics(text) if m == "cash"])
        income = [Reading(m, "gaap", "money", r + 10, loss=row.label.loss) for m, r in money_metrics(text) if m == "net_income"]
        flows = [Reading(m, "gaap", "money", r + 10 * (m == "cash")) for m, r in cash_flow_metrics(without_basis(text))]
        return CASH_FLOW_LINE.only(income + flows)
    reconciling = section.role is Role.RECONCILIATION
    readings = read_metrics(row, section.basis, reconciling=reconciling)
    if not readings and row.label.basis != "nongaap":
        told = cash_flow_metrics(without_basis(text))
        other = told if reconciling or text == "equity" else (*instant_metrics(text), *told)
        readings = OTHER_STATEMENT.only([Reading(m, "gaap", "money", r) for m, r in other])
    return [r for r in readings if r.basis in METRICS[r.metric].bases or r.metric == "net_income_to_common"]


def _with_only_line(section: TableSection, readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """Revenue of a company with one kind of it: the statement's first row or the total of the first rows, no other like it below.

    Where there is no such row, the total of a fund's investment income.
    """
    lines = [row for row in section.rows if _KIND_OF_REVENUE.fullmatch(row.label.text)]
    totals = [row for row in lines if _TOTAL_OF_A_KIND.fullmatch(row.label.text)]
    if len(totals) == 1 and lines[-1] is totals[0] and TOTAL_OF_KIND():
        return [*readings, (totals[0], Reading("revenue", "gaap", "money", 7, rules=(TOTAL_OF_KIND.id,)))]
    if not lines:
        lines = [row for row in section.rows if row.label.text == "total investment income"]
        if len(lines) != 1 or not INVESTMENT_INCOME():
            return readings
        return [*readings, (lines[0], Reading("revenue", "gaap", "money", 9, rules=(INVESTMENT_INCOME.id,)))]
    if len(lines) != 1 or lines[0] is not section.rows[0] or not ONLY_LINE():
        return readings
    return [*readings, (lines[0], Reading("revenue", "gaap", "money", 8, rules=(ONLY_LINE.id,)))]


def _named_income(row: BodyRow, lead: str) -> list[Reading]:
    """Net income under the company's own name ("Acme net income"), where the release's first words bear that name."""
    match = _NAMED_INCOME.fullmatch(row.grid.label)
    if match is None or row.per_share_values or match[1] not in lead or set(match[1].lower().split()) & _NO_NAMES:
        return []
    return [Reading("net_income", "gaap", "money", 6)]


def _with_unmarked_shares(readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """A lone row of average shares, neither basic nor diluted by its words, counts for both as an EPS of no kind does."""
    kinds = {reading.metric for _, reading in readings if reading.unit == "shares"}
    unmarked = {r.metric for _, r in readings if r.qualifier in ("basic and diluted", "unmarked EPS") and r.basis == "gaap"}
    if kinds != {"shares_basic"} or not {"eps_basic", "eps_diluted"} <= unmarked or not UNMARKED_SHARES():
        return readings
    doubled = [
        (row, replace(r, metric="shares_diluted", qualifier="unmarked", rules=joined(r.rules, (UNMARKED_SHARES.id,))))
        for row, r in readings
        if r.metric == "shares_basic" and r.rank
    ]
    return readings + doubled


def _with_unnamed_total(section: TableSection, readings: list[tuple[BodyRow, Reading]]) -> list[tuple[BodyRow, Reading]]:
    """Total assets of a balance sheet that leaves its two totals without a label: the same largest values, printed twice."""
    if any(reading.metric == "total_assets" for _, reading in readings):
        return readings
    unnamed = [row for row in section.rows if not row.grid.label]
    sums = [tuple(sorted((i, a.value) for i, (_, a) in row.grid.values.items())) for row in unnamed]
    largest = max((abs(a.value) for row in section.rows for _, a in row.grid.values.values()), default=0)
    times = Counter(sums)
    for row, total in zip(unnamed, sums, strict=True):
        if times[total] >= 2 and any(abs(value) == largest for _, value in total) and UNNAMED_TOTAL():
            return [*readings, (row, Reading("total_assets", "gaap", "money", 3, "unlabelled total", rules=(UNNAMED_TOTAL.id,)))]
    return readings
