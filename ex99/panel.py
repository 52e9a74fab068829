"""Panels as rows: one a company and period, and for each metric what was first said, what holds now, when, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, make_dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ex99.asking import Day, Words, as_words, read_day, read_range
from ex99.companies import Companies, find_ciks, find_company, list_named
from ex99.errors import UserError
from ex99.filings.identifiers import IdentifierError
from ex99.filings.metrics import METRICS
from ex99.metrics import check_basis, check_duration, check_metrics, default_basis
from ex99.rows import Rows
from ex99.storage.archive import Archive
from ex99.storage.panel import MetricKey, PanelCell, PanelFilter, list_panel
from ex99.storage.panel import PanelRow as StoredRow

PERIOD_FIELDS: dict[str, Any] = {
    "cik": int,
    "company": str | None,
    "tickers": tuple[str, ...],
    "period_end": dt.date,
    "duration": str,
    "fiscal_year": int | None,
    "fiscal_quarter": int | None,
    "calendar_quarter": str,
    "filing_date": dt.date,
    "acceptance": dt.datetime | None,
    "accession": str,
    "form": str,
    "as_comparative": bool,
}
"""What each row says of its period."""
METRIC_FIELDS: dict[str, Any] = {
    "": Decimal | None,
    "_first": Decimal | None,
    "_comparative": Decimal | None,
    "_unit": str | None,
    "_status": str | None,
    "_restated": bool | None,
    "_note": str | None,
    "_as_comparative": bool | None,
    "_acceptance": dt.datetime | None,
    "_accession": str | None,
    "_first_acceptance": dt.datetime | None,
    "_first_accession": str | None,
}
"""What each row says of a metric: the metric's name with these endings."""


def read_panel(
    archive: Archive,
    metrics: Words,
    *,
    company: Companies = None,
    duration: str = "quarter",
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
) -> Rows[Any]:
    """The panel of these metrics ("eps_diluted", "eps_diluted:nongaap"), of all companies where none is named; rows stream.

    ``since`` and ``until`` bound the end of the period. Raises UserError for unknown words.
    """
    keys = check_keys(as_words(metrics))
    chosen = check_duration(duration)
    if chosen != "instant" and all(METRICS[key.metric].instant for key in keys):
        chosen = chosen if chosen != "quarter" else "instant"
    if chosen == "instant" and not all(METRICS[key.metric].instant for key in keys):
        raise UserError("a panel of instants has balance sheet metrics alone", "leave --duration out: they join the quarters they end")
    first, last = read_range(since, until)
    where = PanelFilter(
        metrics=keys,
        duration=chosen,
        ciks=find_ciks(archive, company),
        period_from=first,
        period_until=last,
        as_of=read_day(as_of, "--as-of", last=True),
    )
    row_type = make_row_type(tuple(keys))
    return Rows(lambda: _flatten(list_panel(archive, where), row_type), row_type)


def check_keys(words: Sequence[str]) -> list[MetricKey]:
    """Metrics with their bases, each once; raises UserError for unknown ones and for none."""
    keys: list[MetricKey] = []
    for word in words:
        name, _, basis = word.partition(":")
        (metric,) = check_metrics([name])
        chosen = check_basis(basis) if basis else default_basis(metric)
        if chosen not in METRICS[metric].bases:
            raise UserError(f"{metric} has no {chosen} basis", f"its basis is {' or '.join(METRICS[metric].bases)}")
        keys.append(MetricKey(metric, chosen))
    if not keys:
        raise UserError("a panel needs metrics", "for example: --metrics revenue,net_income,eps_diluted")
    return list(dict.fromkeys(keys))


def column_of(key: MetricKey) -> str:
    """The name of a metric's column: eps_diluted, and eps_diluted_nongaap where it is not the metric's usual basis."""
    return key.metric if key.basis == default_basis(key.metric) else f"{key.metric}_{key.basis}"


@lru_cache(maxsize=64)
def make_row_type(keys: tuple[MetricKey, ...]) -> type:
    """The row class of a panel of these metrics: PERIOD_FIELDS, then METRIC_FIELDS of each."""
    fields: list[tuple[str, Any]] = list(PERIOD_FIELDS.items())
    for key in keys:
        fields += [(column_of(key) + ending, kind) for ending, kind in METRIC_FIELDS.items()]
    typed = [(name, kind, field()) for name, kind in fields]
    return make_dataclass("PanelRow", typed, frozen=True, slots=True, namespace={"__doc__": "One company's period."})


def _flatten(rows: Iterable[StoredRow], row_type: type) -> Iterator[Any]:
    for row in rows:
        announced = row.announced
        values: list[Any] = [int(row.cik), row.company, row.tickers, row.period_end, row.duration, row.fiscal_year, row.fiscal_quarter]
        values += [row.calendar_quarter, announced.filing_date, announced.acceptance, announced.accession, announced.form]
        values.append(announced.comparative)
        for cell in row.cells:
            values += _cell_values(cell)
        yield row_type(*values)


def _cell_values(cell: PanelCell | None) -> list[Any]:
    if cell is None:
        return [None] * len(METRIC_FIELDS)
    first, latest, before = cell.first, cell.latest, cell.comparative
    values: list[Any] = [latest.value, first.value, before.value if before else None, latest.unit, latest.status]
    values += [cell.restated, cell.note, first.vintage.comparative]
    values += [latest.vintage.acceptance, latest.vintage.accession, first.vintage.acceptance, first.vintage.accession]
    return values


def read_company_list(archive: Archive, text: str) -> tuple[list[int], list[str]]:
    """The CIKs that a list names (companies.list_named), and what is wrong with each other line."""
    ciks: list[int] = []
    wrong: list[str] = []
    for number, word in list_named(text):
        try:
            ciks.append(int(find_company(archive, word).cik))
        except (UserError, IdentifierError) as error:
            wrong.append(f"line {number}: {error}")
    return list(dict.fromkeys(ciks)), wrong
