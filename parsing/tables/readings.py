"""The metrics that a row reports, with basis and unit, told by its label, its headings and the look of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ex99.filings.metrics import METRICS
from ex99.parsing.language import phrases
from ex99.parsing.language.labels import Label, read_label, without_basis
from ex99.parsing.rules import rule
from ex99.parsing.tables.dating import ColumnPeriod
from ex99.parsing.tables.matching import money_metrics, per_share_metrics
from ex99.parsing.tables.rows import BodyRow

_DIVIDENDS = re.compile(r"(?:cash |common )*dividends?(?: declared)?")
# headings under which revenue is the company's own; "Financial services:" heads a part of it
_WHOLES = (
    "revenue",
    "sales",
    "income",
    "cost",
    "expense",
    "operat",
    "consolidated",
    "results",
    "statement",
    "total",
    "net ",
    "months",
    "weeks",
    "quarter",
    "year",
    "data",
    "gaap",
)
_PARTS = ("discontinued", "average balance", "pro forma information", "effect", "adjustments", "reconciling items", "special items")


# basic | as reported | total | class a | shareholders: under a heading that names earnings per share, and no line of what it counts
_OF_WHOLE = re.compile(
    r"\b(?:basic|diluted|dilution|dilutive|primary|reported|gaap|adjusted|adj|core|normalized|underlying|comparable|pro ?forma|excluding"
    r"|total|net|class|common|ordinary|per|operations|as|shares?|ads|(?:share|stock|unit)?holders|units?|inc|corp(?:oration)?|company)\b|\bstock$|^$"
)
# per share - basic and diluted: earnings alone have both kinds
# Basic: | Diluted: over "Net income available to common shares 0.47"
_KIND_ALONE = re.compile(r"basic|(?:fully )?diluted|assuming dilution|basic and diluted")
# net operating income: earnings of its own kind, where it is an amount a share
_OPERATING = re.compile(r"(?:net |after tax )?operating (?:income|earnings)\b")
# earnings per share basic class b common | class a and class b
_LATER_CLASS, _FIRST_CLASS = re.compile(r"\bclass [b-z]\b"), re.compile(r"\bclass a\b")
_PER_SHARE_ALONE = re.compile(r"per (?:common )?share (?:basic(?: and diluted| diluted)?|diluted)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric that a row reports; ``unit`` is money, per_share or shares."""

    metric: str
    basis: str
    unit: str
    rank: int
    qualifier: str | None = None
    loss: bool = False
    rules: tuple[str, ...] = field(default=(), compare=False)
    """Ids of the rules that made it."""


@dataclass(frozen=True, slots=True)
class CrossReading:
    """A value of a table on its side: what it reports, for which period, in which row and column."""

    reading: Reading
    period: ColumnPeriod
    row: BodyRow
    column: int


SHARES = rule("tables.rows.shares", "a row of average shares, basic or diluted as the nearest label says")
OPERATING_SHARE = rule("tables.rows.operating_share", "operating income a share is the company's own measure of earnings")
PER_SHARE = rule("tables.rows.per_share", "a row of amounts a share: a metric's own, or earnings of the kind that the nearest label says")
MONEY = rule("tables.rows.income_line", "a row of an income statement that a metric's record words")
OF_OTHER_UNIT = rule("tables.rows.other_unit", "a row of percentages or counts that a metric's record words")
ADJUSTED = rule("tables.rows.adjusted", "a row that says of itself that it is adjusted, or leaves something out")
A_PART = rule("tables.rows.part", "a heading makes the row a part: discontinued operations, a segment, average balances", leaves_out=True)


def read_metrics(row: BodyRow, table_basis: str | None, *, reconciling: bool = False) -> list[Reading]:
    """Every metric that a row reports, empty where it reports none of the vocabulary.

    In a reconciliation a row without a basis of its own is the GAAP figure that it starts from, whatever heading it stands under.
    """
    basis = _basis(row, table_basis, reconciling=reconciling)
    lineage = (row.label, *reversed(row.parents), *((row.heading,) if row.heading is not None else ()))
    per_share, shares = _unit_of(row, lineage)
    if shares:
        return SHARES.only(_share_readings(row, lineage))
    if per_share:
        return PER_SHARE.only(_per_share_readings(row, lineage, _share_basis(row, basis)))
    beside = [Reading(m, METRICS[m].bases[0], METRICS[m].unit, r) for m, r in money_metrics(row.label.text) if METRICS[m].unit != "money"]
    if beside or row.label.basis == "nongaap":
        found = OF_OTHER_UNIT.only(beside) or ADJUSTED.only(nongaap_readings(row.label))
        return [r for r in found if not _is_excluded(row, r.metric)]
    text = without_basis(row.label.text) if row.label.basis else row.label.text
    found = [
        Reading(metric, _metric_basis(metric, basis), METRICS[metric].unit, rank, loss=row.label.loss)
        for metric, rank in money_metrics(text)
        if not _is_excluded(row, metric)
    ]
    return MONEY.only(found)


def nongaap_readings(label: Label) -> list[Reading]:
    """The metrics of a money row that says of itself that it is adjusted, core, or leaves something out."""
    if "ebitda" in label.text:
        adjusted = "adjusted" in label.text or label.text.startswith("non gaap")
        if phrases.EBITDA.fullmatch(label.text) is None:
            return []
        return [Reading("adjusted_ebitda" if adjusted else "ebitda", "nongaap", "money", 0 if label.text.count("ebitda") == 1 else 1)]
    head, cut = phrases.cut_exclusions(label.text)
    text = without_basis(head)
    variant = 3 if cut and _says_adjusted(head) else 0
    if phrases.NOT_ADJUSTED.search(label.text):
        return []
    if phrases.ADJUSTED_INCOME.fullmatch(text):
        return [Reading("net_income", "nongaap", "money", variant, loss=label.loss)]
    own = [(m, r) for m, r in money_metrics(text) if "nongaap" in METRICS[m].bases and m != "net_income"]
    return [Reading(m, "nongaap", METRICS[m].unit, r + variant, loss=label.loss) for m, r in own]


def _says_adjusted(text: str) -> bool:
    return read_label(text).basis == "nongaap"


def _is_excluded(row: BodyRow, metric: str) -> bool:
    """Rows whose heading makes them a part: discontinued operations, a segment, average balances."""
    if METRICS[metric].whole and row.parents and not any(word in row.parents[-1].text for word in _WHOLES):
        return A_PART()
    return any(word in parent.text for parent in row.parents for word in _PARTS) and A_PART()


def _basis(row: BodyRow, table_basis: str | None, *, reconciling: bool) -> str:
    if row.label.basis is not None:
        return row.label.basis
    if not (reconciling and "income" in row.label.text):
        for label in reversed(row.parents):
            if label.basis is not None:
                return label.basis
        if row.heading is not None and row.heading.basis is not None and phrases.share_kinds(row.label.text):
            return row.heading.basis
    return table_basis or "gaap"


def _metric_basis(metric: str, basis: str) -> str:
    return METRICS[metric].bases[0] if len(METRICS[metric].bases) == 1 and basis == "gaap" else basis


def _unit_of(row: BodyRow, lineage: Sequence[Label]) -> tuple[bool, bool]:
    """(per_share, shares) of a row: its own words first, then its headings', then the look of its values."""
    counts = _are_counts(row, lineage)
    for label in lineage:
        if label.per_share and not counts:
            if label is row.label or row.per_share_values or label in row.parents:
                return row.per_share_values or label is row.label, False
            return False, False
        if label.shares:
            if label is row.label or not row.per_share_values or row.large_values:
                return False, label is row.label or counts or bool(phrases.share_kinds(row.label.text)) or label in row.parents
            return False, False
    if phrases.share_kinds(row.label.text) and len(row.label.text) < 30:
        return (True, False) if row.per_share_values else (False, not row.in_money)
    return row.per_share_values and _says_share(row), False


def _are_counts(row: BodyRow, lineage: Sequence[Label]) -> bool:
    """Whether values are share counts by their look, under headings of shares and of earnings a share."""
    if not row.count_values or not phrases.share_kinds(row.label.text):
        return False
    return any(label.per_share for label in lineage) and any(label.shares for label in lineage)


def _says_share(row: BodyRow) -> bool:
    """Whether a row of small amounts is one of amounts a share without the word: dividends, income under "Basic:"."""
    return _DIVIDENDS.fullmatch(row.label.text) is not None or any(_KIND_ALONE.fullmatch(parent.text) for parent in row.parents)


def _share_readings(row: BodyRow, lineage: Sequence[Label]) -> list[Reading]:
    text = row.label.text
    if row.label.basis == "nongaap" and not text.startswith("adjusted weighted average"):
        return []
    if phrases.is_period_end_count(text) or any(phrases.is_period_end_count(p.text) for p in row.parents) or phrases.is_share_part(text):
        return []
    kinds = _kinds(lineage)
    joined = " ".join(label.text for label in lineage)
    if phrases.SHARE_COUNTS.search(joined) is None and not kinds:
        return []
    qualifier = "basic and diluted" if len(kinds) == 2 else None
    if not kinds:
        if "average" not in joined and "weighted" not in joined:
            return []
        return [Reading("shares_basic", "gaap", "shares", 5)]
    return [Reading(f"shares_{kind}", "gaap", "shares", 0, qualifier) for kind in kinds]


def _kinds(lineage: Sequence[Label]) -> tuple[str, ...]:
    """Basic, diluted or both, as the nearest label that says so says."""
    return next((kinds for label in lineage if (kinds := phrases.share_kinds(label.text))), ())


def _share_basis(row: BodyRow, basis: str) -> str:
    return "nongaap" if basis == "nongaap" or (_OPERATING.match(row.label.text) and OPERATING_SHARE()) else basis


def _per_share_readings(row: BodyRow, lineage: Sequence[Label], basis: str) -> list[Reading]:
    text = without_basis(row.label.text) if row.label.basis else row.label.text
    other = per_share_metrics(text) or per_share_metrics(f"{lineage[1].text} {text}" if len(lineage) > 1 else text)
    if other:
        plain = row.label.basis is None
        return [Reading(m, _metric_basis(m, basis), "per_share", r) for m, r in other if m != "ffo_per_share" or plain]
    own = phrases.cut_exclusions(row.label.text)[0] if basis == "nongaap" else row.label.text
    words = [own, *(label.text for label in row.parents)]
    words += _heading_of_kinds(row)
    continuing = any(phrases.is_continuing(w) for w in words)
    parts = [w.replace("continuing operations", "") for w in words] if continuing else words
    if any(phrases.is_component(without_basis(w)) for w in parts) or not _about_income(row, lineage, basis):
        return []
    kinds = _kinds(lineage)
    qualifier = "basic and diluted" if len(kinds) == 2 else "unmarked EPS" if not kinds else None
    if continuing:
        qualifier = "continuing operations"
    if basis == "nongaap":
        rank = (0 if "adjusted" in own else 1) + (3 if own != row.label.text and _says_adjusted(own) else 0)
        return [] if kinds == ("basic",) else [Reading("eps_diluted", basis, "per_share", rank, qualifier, row.label.loss)]
    rank = 20 * continuing + (0 if kinds else 5) + 10 * _is_of_later_class(words)
    return [Reading(f"eps_{kind}", basis, "per_share", rank, qualifier, row.label.loss) for kind in kinds or ("basic", "diluted")]


def _is_of_later_class(words: Sequence[str]) -> bool:
    """Whether a row, by its words or those of its headings, is of another class of stock than the first."""
    return any(_LATER_CLASS.search(text) and not _FIRST_CLASS.search(text) for text in words)


def _heading_of_kinds(row: BodyRow) -> list[str]:
    """The heading of a row that says basic or diluted and nothing of shares itself, where it stands under no other."""
    heading = row.heading
    if heading is None or not heading.per_share or row.parents or row.label.per_share or not phrases.share_kinds(row.label.text):
        return []
    return [heading.text]


def _is_bare_per_share(row: BodyRow, lineage: Sequence[Label]) -> bool:
    """Whether a row says no more than "per share" and, itself or by a heading, basic or diluted: that is of earnings."""
    if row.label.text in ("per share", "per common share"):
        return any(phrases.share_kinds(label.text) for label in row.parents)
    return _PER_SHARE_ALONE.fullmatch(row.label.text) is not None and not any("dividend" in label.text for label in lineage)


def _about_income(row: BodyRow, lineage: Sequence[Label], basis: str) -> bool:
    """Whether a per-share row is one of earnings: by its words or by those of its heading, which heads what is adjusted, too."""
    for label in lineage:
        text = label.text
        if "income" in text or "eps" in text.split() or "epsd" in text:
            return label is row.label or _OF_WHOLE.search(row.label.text) is not None
        if label is not row.label and label.per_share:
            return bool(phrases.share_kinds(row.label.text)) and "dividend" not in text
    if _is_bare_per_share(row, lineage):
        return True
    if row.label.text in ("basic", "diluted", "basic and diluted", "basic diluted"):
        return row.heading is None or not row.heading.shares
    return "class" in row.label.text and "stock" in row.label.text
