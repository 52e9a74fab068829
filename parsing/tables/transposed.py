"""Tables on their side: a column for each metric, a row for each basis or period ("Reported (GAAP)", "Comparable (Non-GAAP)")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ex99.parsing.language import phrases
from ex99.parsing.language.labels import read_label, without_basis
from ex99.parsing.tables.columns import ColumnPeriod, period_of_text
from ex99.parsing.tables.matching import money_metrics
from ex99.parsing.tables.reading import TableSection
from ex99.parsing.tables.readings import Reading
from ex99.parsing.tables.rows import BodyRow

_FEWEST_METRICS = 2


@dataclass(frozen=True, slots=True)
class CrossReading:
    """A value of a table on its side: what it reports, for which period, in which row and column."""

    reading: Reading
    period: ColumnPeriod
    row: BodyRow
    column: int


def read_transposed(section: TableSection) -> Iterator[CrossReading]:
    """Every value under a column that names a metric, in rows that name a basis or a period; none for tables that stand upright."""
    metrics = {i: found for i, head in enumerate(section.heads) if head.words and (found := _metric_of(head.words))}
    if len({metric for metric, _, _ in metrics.values()}) < _FEWEST_METRICS:
        return
    for row in section.rows:
        own = period_of_text(row.grid.label)
        basis = row.label.basis
        if own is None and basis is None:
            continue
        for index, (metric, unit, loss) in metrics.items():
            period = own or section.raw_periods[index]
            if index not in row.grid.values or period is None:
                continue
            reading = _reading(metric, unit, basis or "gaap")
            if reading is not None:
                yield CrossReading(replace(reading, loss=loss), period, row, index)


def _metric_of(words: str) -> tuple[str, str, bool] | None:
    """(metric, unit, whether it is named a loss) that a column's words name."""
    label = read_label(words)
    text = without_basis(label.text)
    if label.shares:
        return None
    if label.per_share:
        kinds = phrases.share_kinds(text)
        if phrases.is_component(text) or ("income" not in text and "eps" not in text):
            return None
        return ("eps_basic" if kinds == ("basic",) else "eps_diluted"), "per_share", label.loss
    found = money_metrics(text)
    return (found[0][0], "money", label.loss) if found else None


def _reading(metric: str, unit: str, basis: str) -> Reading | None:
    if basis == "gaap":
        return Reading(metric, "gaap", unit, 0)
    if unit == "per_share":
        return Reading("eps_diluted", "nongaap", unit, 0) if metric == "eps_diluted" else None
    if metric in ("net_income", "net_income_to_common"):
        return Reading("net_income", "nongaap", unit, 0)
    return Reading(metric, "nongaap", unit, 0) if metric == "operating_income" else None
