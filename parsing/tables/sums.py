"""Readings that the arithmetic of a statement tells where labels do not: what adds up is a part, a whole, or what is left of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from ex99.parsing.language import phrases
from ex99.parsing.rules import joined, rule
from ex99.parsing.tables.readings import Reading
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tables.statements import Role
from ex99.parsing.tolerances import TOLERANCES

ReadRows = list[tuple[BodyRow, Reading]]
_SURE = -1
"""The rank of a reading that sums prove."""
# noncontrolling interests | minority interest in net income of subsidiaries
_OTHERS = re.compile(r"\b(?:non ?controlling|minority)\b")
# net income before noncontrolling interests | equity including noncontrolling interests: the whole, not the others' part
_WHOLE = re.compile(r"\b(?:before|including|includes|and|total|after)\b")
_OWN_EQUITY = re.compile(r"\b(?:equity|deficit|deficiency|investment|capital)\b")
_NET_INCOME = re.compile(r"\bnet income\b")
_INCOME = re.compile(r"\bincome\b")
_PARTED = frozenset(("revenue", "gross_profit", "operating_income", "pretax_income", "cost_of_revenue"))
# costs and expenses | other income | results of operations: headings over lines of the whole company
_WHOLES = re.compile(
    r"\b(?:revenues?|sales|income|expenses?|costs?|operati\w+|consolidated|results|statements?|total|net|months|weeks|quarter|year|data|gaap"
    r"|taxes|earnings|loss|gains?)\b"
)
_BUSINESS = re.compile(r"(?:total )?(?:revenues?|sales|expenses|costs and expenses|operating income|pre ?tax income)")
_DISCONTINUED = re.compile(r"\bdiscontinued\b")


OWN_EQUITY = rule("tables.sums.own_equity", "the company's own equity and the others' interests add up to the total")
BARE_ASSETS = rule("tables.sums.bare_assets", 'all assets where two totals called "Total" are the same')
PART_OF_ASSETS = rule("tables.sums.part_of_assets", "of two lines of total assets the smaller one", leaves_out=True)
PART_OF_BUSINESS = rule("tables.sums.part_of_business", "lines under the headings of two businesses", leaves_out=True)
PART_OF_REVENUE = rule("tables.sums.part_of_revenue", "a line of revenue that another one adds up from", leaves_out=True)
BARE_REVENUE = rule("tables.sums.bare_revenue", 'the first total called "Total", where it less the second is the income')
LAST_OF_EQUAL = rule("tables.sums.last_of_equal", "of two lines of equity with one label the first is a subtotal", leaves_out=True)
INCOME_OF_OWNERS = rule("tables.sums.income_of_owners", "net income before and after the others' part, by the sum of the three lines")
WHOLE_EPS = rule(
    "tables.sums.whole_eps", "earnings per share of all operations, where those of continuing and discontinued ones stand above"
)
PART_OF_COUNT = rule("tables.sums.part_of_count", "a count that is only what dilution adds to another", leaves_out=True)
BASIC_COUNT = rule(
    "tables.sums.basic_count", "under a heading that says diluted, the smaller of two counts, without a kind, is the basic one"
)


def told_by_sums(section: TableSection, readings: ReadRows) -> ReadRows:
    """The readings of a section, corrected and completed by what its lines add up to."""
    if section.role is Role.BALANCE:
        return _totals_first(_last_of_equal(_own_equity(section, _all_assets(section, readings))))
    if section.role in (Role.INCOME, Role.HIGHLIGHTS):
        readings = _income_of_owners(section, _without_parts(section.rows, _whole_revenue(section, readings)))
    return _counts_of_both(_whole_eps(section, readings))


def _values(row: BodyRow) -> dict[int, Decimal]:
    return {index: amount.value for index, (_, amount) in row.grid.values.items() if amount.plain}


def _adds_up(parts: Sequence[BodyRow], whole: BodyRow, slack: Decimal, signs: Sequence[int] = ()) -> bool:
    """Whether rows sum to another in every column of it, and no part is nothing throughout."""
    total, values = _values(whole), [_values(part) for part in parts]
    if not total or any(not any(part.values()) for part in values):
        return False
    weights = signs or [1] * len(parts)
    return all(
        abs(sum(sign * part.get(index, Decimal(0)) for sign, part in zip(weights, values, strict=True)) - value) <= slack
        for index, value in total.items()
    )


def _own_equity(section: TableSection, readings: ReadRows) -> ReadRows:
    """The company's own equity where others' interests stand between it and the total: the two add up to that."""
    rows = section.rows
    totals = {id(row) for row, reading in readings if reading.metric == "equity"}
    for end, whole in enumerate(rows):
        if id(whole) not in totals:
            continue
        near = rows[max(0, end - TOLERANCES.lines_of_equity) : end]
        for others in near:
            if not _is_of_others(others.label.text):
                continue
            for own in near:
                if (
                    own is not others
                    and _OWN_EQUITY.search(own.label.text)
                    and _adds_up((own, others), whole, TOLERANCES.last_digit)
                    and OWN_EQUITY()
                ):
                    kept = [(row, r) for row, r in readings if r.metric != "equity" or row is not own]
                    return [*kept, (own, Reading("equity", "gaap", "money", _SURE, rules=(OWN_EQUITY.id,)))]
    return readings


def _is_of_others(text: str) -> bool:
    """Whether a line is what others hold; "total equity including noncontrolling interests" is too, and adds up to nothing."""
    return _OTHERS.search(text) is not None and (not text.startswith("total") or text.endswith(("interest", "interests")))


def _all_assets(section: TableSection, readings: ReadRows) -> ReadRows:
    """Of lines of total assets the largest is that of all; where none is named, the first of two bare totals that are the same."""
    named = [row for row, r in readings if r.metric == "total_assets"]
    if named:
        whole = max(named, key=lambda row: max(_values(row).values(), default=Decimal(0)))
        return [(row, r) for row, r in readings if r.metric != "total_assets" or row is whole or not PART_OF_ASSETS()]
    bare = [row for row in section.rows if row.grid.label.lower().strip(" :.") == "total"]
    first = next((one for one, other in combinations(bare, 2) if _values(one) and _values(one) == _values(other)), None)
    if first is None or not BARE_ASSETS():
        return readings
    return [*readings, (first, Reading("total_assets", "gaap", "money", _SURE, rules=(BARE_ASSETS.id,)))]


def _last_of_equal(readings: ReadRows) -> ReadRows:
    """Of two lines of equity with one label the first is a subtotal, before treasury stock or what else is taken off."""
    last = {row.label.text: row for row, reading in readings if reading.metric == "equity"}
    return [(row, r) for row, r in readings if r.metric != "equity" or last[row.label.text] is row or not LAST_OF_EQUAL()]


def _totals_first(readings: ReadRows) -> ReadRows:
    """Cash named a total goes before a part of it that bears the same name."""
    totals = [row for row, r in readings if r.metric == "cash" and row.label.text.startswith("total ")]
    return [(row, r) for row, r in readings if r.metric != "cash" or not totals or row in totals]


def _is_of_business(heading: str, label: str) -> bool:
    """Whether a line under a heading shows that this is a business of its own: "Revenues" or "Homebuilding pretax income"."""
    if _WHOLES.search(heading):
        return False
    return _BUSINESS.fullmatch(label) is not None or (label.startswith(f"{heading} ") and _INCOME.search(label) is not None)


def _without_parts(rows: Sequence[BodyRow], readings: ReadRows) -> ReadRows:
    """Lines under headings of their own ("Homebuilding:", "Financial services:") are of parts, none is of the whole.

    Two such headings are over lines of one metric each, or over what a business has: revenues, expenses, an income of its name.
    """
    headings: dict[str, set[str]] = {}
    for row, reading in readings:
        if reading.metric in _PARTED and row.parents and not _WHOLES.search(row.parents[0].text):
            headings.setdefault(reading.metric, set()).add(row.parents[0].text)
    businesses = {row.parents[0].text for row in rows if row.parents and _is_of_business(row.parents[0].text, row.label.text)}
    of_parts = set().union(*(names for names in (*headings.values(), businesses) if len(names) > 1))
    kept = [(row, r) for row, r in readings if r.metric not in _PARTED or not row.parents or row.parents[0].text not in of_parts]
    return kept if len(kept) < len(readings) and PART_OF_BUSINESS() else readings


def _whole_revenue(section: TableSection, readings: ReadRows) -> ReadRows:
    """Of lines that all may be the revenue, that which the others add up to; where none is named, a bare total less which one is income."""
    named = [row for row, r in readings if r.metric == "revenue" and r.basis == "gaap"]
    if not named:
        return readings if any(r.metric == "net_interest_income" for _, r in readings) else _of_bare_total(section, readings)
    parts = _parts_of_revenue(section.rows, named)
    if not parts or not PART_OF_REVENUE():
        return readings
    return [(row, r) for row, r in readings if r.metric != "revenue" or id(row) not in parts]


def _parts_of_revenue(rows: Sequence[BodyRow], named: Sequence[BodyRow]) -> set[int]:
    """The lines of revenue that add up to a later one with the lines between, by their identity."""
    places = {id(row): position for position, row in enumerate(rows)}
    pairs = ((one, places[id(one)], other, places[id(other)]) for one, other in combinations(named, 2))
    return {
        id(one)
        for one, start, other, end in pairs
        if 1 < end - start <= TOLERANCES.lines_of_revenue and _adds_up(rows[start:end], other, TOLERANCES.last_digit)
    }


def _of_bare_total(section: TableSection, readings: ReadRows) -> ReadRows:
    """The revenue of a statement whose totals are called "Total": the first one, where it less the second is the income before taxes."""
    totals = [row for row in section.rows if row.grid.label.lower().strip(" :") in ("total", "totals")]
    results = [row for row, r in readings if r.metric in ("operating_income", "pretax_income") and r.basis == "gaap"]
    if len(totals) > 1 and any(_adds_up(totals[:2], one, TOLERANCES.last_digit, (1, -1)) for one in results) and BARE_REVENUE():
        return [*readings, (totals[0], Reading("revenue", "gaap", "money", _SURE, rules=(BARE_REVENUE.id,)))]
    return readings


def _income_of_owners(section: TableSection, readings: ReadRows) -> ReadRows:
    """Net income before and after what belongs to others, by the sum of the three lines, whatever the two are called."""
    for before, others, after in _income_of_others(section.rows):
        consolidated = [r for row, r in readings if row is before and r.metric == "net_income" and r.basis == "gaap"]
        if (not consolidated and not _NET_INCOME.search(before.label.text)) or not INCOME_OF_OWNERS():
            continue
        kept = [
            (row, r)
            for row, r in readings
            if r.basis != "gaap" or r.metric not in ("net_income", "net_income_to_common") or not _repeats(row, (before, others, after))
        ]
        told = (INCOME_OF_OWNERS.id,)
        own = (after, Reading("net_income_to_common", "gaap", "money", _SURE, loss=after.label.loss, rules=told))
        return [*kept, (before, Reading("net_income", "gaap", "money", _SURE, loss=before.label.loss, rules=told)), own]
    return readings


def _repeats(row: BodyRow, lines: Sequence[BodyRow]) -> bool:
    """Whether a row is one of some lines, or prints the values of one again."""
    return any(row is line or _values(row) == _values(line) for line in lines)


def _income_of_others(rows: Sequence[BodyRow]) -> Iterator[tuple[BodyRow, BodyRow, BodyRow]]:
    """(income, others' part of it, what is left) of lines that follow each other."""
    for before, others, after in zip(rows, rows[1:], rows[2:], strict=False):
        text = others.label.text
        if not _OTHERS.search(text) or _WHOLE.search(text) or any(row.label.per_share or row.label.basis for row in (before, after)):
            continue
        if not _INCOME.search(before.label.text) or not _INCOME.search(after.label.text) or _OTHERS.search(after.label.text):
            continue
        if any(_adds_up((before, others), after, TOLERANCES.last_digit, (1, sign)) for sign in (-1, 1)):
            yield before, others, after


def _whole_eps(section: TableSection, readings: ReadRows) -> ReadRows:
    """Earnings per share of all operations, where those of continuing and of discontinued ones stand above and add up to them."""
    continuing = [(row, r) for row, r in readings if r.unit == "per_share" and r.qualifier == "continuing operations"]
    if not continuing:
        return readings
    places = {id(row): position for position, row in enumerate(section.rows)}
    for row, reading in continuing:
        near = section.rows[places[id(row)] + 1 : places[id(row)] + 1 + TOLERANCES.lines_of_eps]
        below = [one for one in near if one.parents == row.parents]
        parts = next((part for part in below if _DISCONTINUED.search(part.label.text) and any(_values(part).values())), None)
        if parts is None or not WHOLE_EPS():
            continue
        readings = [(other, r) for other, r in readings if other is not row or r is not reading]
        after = below[below.index(parts) + 1 :]
        whole = next((one for one in after if _adds_up((row, parts), one, TOLERANCES.cents_of_sum)), None)
        if whole is not None and not any(other is whole and r.metric == reading.metric for other, r in readings):
            kinds = phrases.share_kinds(whole.label.text)
            if not kinds or reading.metric.removeprefix("eps_") in kinds:
                readings = [*readings, (whole, replace(reading, rank=_SURE, qualifier=None, rules=joined(reading.rules, (WHOLE_EPS.id,))))]
    return readings


def _counts_of_both(readings: ReadRows) -> ReadRows:
    """Under a heading that says diluted, the count without dilution is the basic one; where that stands elsewhere it is none of its own."""
    basic = next((row for row, r in readings if r.metric == "shares_basic" and r.qualifier is None), None)
    if basic is not None:
        readings = [(row, r) for row, r in readings if r.metric != "shares_diluted" or not (_is_part(row, basic) and PART_OF_COUNT())]
    diluted = [(row, r) for row, r in readings if r.metric == "shares_diluted" and r.basis == "gaap" and r.qualifier is None]
    if len({id(row) for row, _ in diluted}) != 2:
        return readings
    (first, _), (second, _) = diluted[0], diluted[-1]
    plain = [row for row in (first, second) if not phrases.share_kinds(row.label.text)]
    small = first if _is_less(first, second) else second if _is_less(second, first) else None
    if small is None or not any(row is small for row in plain) or not BASIC_COUNT():
        return readings
    kept = [(row, r) for row, r in readings if row is not small or r.metric != "shares_diluted"]
    return kept if basic is not None else [*kept, (small, Reading("shares_basic", "gaap", "shares", 0, rules=(BASIC_COUNT.id,)))]


def _is_part(row: BodyRow, whole: BodyRow) -> bool:
    """Whether a count is only what is added to another: dilution adds less than there is."""
    pairs = list(_shared(row, whole))
    return bool(pairs) and all(part * 2 < value for part, value in pairs)


def _is_less(one: BodyRow, other: BodyRow) -> bool:
    pairs = list(_shared(one, other))
    return bool(pairs) and all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)


def _shared(one: BodyRow, other: BodyRow) -> Iterable[tuple[Decimal, Decimal]]:
    values = _values(other)
    return ((value, values[index]) for index, value in _values(one).items() if index in values)
