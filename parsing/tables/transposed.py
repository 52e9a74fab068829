"""Tables on their side: a column for each metric, a row for each basis or period ("Reported (GAAP)", "Comparable (Non-GAAP)")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ex99.parsing.language import phrases
from ex99.parsing.language.labels import read_label, without_basis
from ex99.parsing.rules import joined, rule
from ex99.parsing.tables.dating import period_of_text
from ex99.parsing.tables.matching import money_metrics
from ex99.parsing.tables.readings import CrossReading, Reading
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tolerances import TOLERANCES

_ADJUSTED = {
    "net_income": "net_income", "net_income_to_common": "net_income", "operating_income": "operating_income", "eps_diluted": "eps_diluted",
}  # fmt: skip
"""Metrics that have an adjusted form, with its name."""


ACROSS = rule("tables.transposed.across", "a value under a column that names a metric, in a row that names a basis or a period")


def read_transposed(section: TableSection) -> Iterator[CrossReading]:
    """Every value under a column that names a metric, in rows that name a basis or a period; none for tables that stand upright."""
    metrics = {i: found for i, head in enumerate(section.heads) if head.words and (found := _metric_of(head.words))}
    if len({reading.metric for reading in metrics.values()}) < TOLERANCES.fewest_metrics_across:
        return
    for row in section.rows:
        own = period_of_text(row.grid.label)
        basis = row.label.basis
        if own is None and basis is None:
            continue
        for index, named in metrics.items():
            period = own or section.raw_periods[index]
            if index not in row.grid.values or period is None:
                continue
            reading = named if basis != "nongaap" else _adjusted(named)
            if reading is not None and ACROSS():
                yield CrossReading(replace(reading, rules=joined(reading.rules, (ACROSS.id,))), period, row, index)


def _metric_of(words: str) -> Reading | None:
    """The GAAP metric that a column's words name."""
    label = read_label(words)
    text = without_basis(label.text)
    if label.shares:
        return None
    if label.per_share:
        if phrases.is_component(text) or ("income" not in text and "eps" not in text):
            return None
        metric = "eps_basic" if phrases.share_kinds(text) == ("basic",) else "eps_diluted"
        return Reading(metric, "gaap", "per_share", 0, loss=label.loss)
    found = money_metrics(text)
    return Reading(found[0][0], "gaap", "money", 0, loss=label.loss) if found else None


def _adjusted(named: Reading) -> Reading | None:
    """What a column of a metric holds in a row of adjusted figures."""
    metric = _ADJUSTED.get(named.metric)
    return None if metric is None else replace(named, metric=metric, basis="nongaap")
