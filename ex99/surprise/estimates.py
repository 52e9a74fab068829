"""The user's own estimates, from CSV or Parquet: one line a company, period, metric and forecast."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ex99.asking import read_day
from ex99.errors import UserError
from ex99.extras import import_or_say
from ex99.filings.metrics import METRICS
from ex99.metrics import check_basis, check_metrics, default_basis

COLUMNS: dict[str, str] = {
    "company": "ticker, CIK or name",
    "period": "the period's last day (2024-03-31), a fiscal quarter (2024Q1) or a fiscal year (FY2024)",
    "metric": "revenue, eps_diluted ...",
    "value": "in full units: 1250000000, not 1.25 billion",
    "as_of": "the day on which the estimate was known; may be empty",
    "basis": "gaap or nongaap; may be left out",
}
_NEEDED = ("company", "period", "metric", "value")
# 2024Q1 | 2024-Q1
_YEAR_QUARTER = re.compile(r"(?P<year>\d{4})[- ]?Q(?P<quarter>[1-4])", re.IGNORECASE)
# Q1 2024 | q1-2024
_QUARTER_YEAR = re.compile(r"Q(?P<quarter>[1-4])[- ]?(?P<year>\d{4})", re.IGNORECASE)
# FY2024 | 2024
_YEAR = re.compile(r"(?:FY)?[- ]?(?P<year>\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """Which period is meant: its last day, or the fiscal year and, of a quarter, its number."""

    end: dt.date | None = None
    year: int | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """One forecast; ``value`` in full units, ``as_of`` the day on which it was known, ``line`` its place in the file."""

    company: str
    period: Period
    metric: str
    basis: str
    value: Decimal
    as_of: dt.date | None
    line: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no estimate, and why."""

    line: int
    reason: str


def read_estimates(file: Path) -> Iterator[Estimate | BadLine]:
    """The estimates of a .csv or .parquet file, in its order; a line that makes no sense is a BadLine, a missing column an error."""
    for number, row in _read_rows(file):
        try:
            yield _read_estimate(number, row)
        except UserError as error:
            yield BadLine(number, error.message)


def parse_period(text: str) -> Period:
    """2024-03-31 as a last day, 2024Q1 or Q1 2024 as a fiscal quarter, FY2024 or 2024 as a fiscal year; UserError for anything else."""
    word = text.strip()
    for pattern in (_YEAR_QUARTER, _QUARTER_YEAR, _YEAR):
        if match := pattern.fullmatch(word):
            told = match.groupdict()
            return Period(None, int(told["year"]), int(told["quarter"]) if told.get("quarter") else None)
    try:
        return Period(dt.date.fromisoformat(word[:10]))
    except ValueError:
        raise UserError(f"{text!r} is no period", f"a period is {COLUMNS['period']}") from None


def _read_estimate(number: int, row: Mapping[str, Any]) -> Estimate:
    told = {name: "" if row.get(name) is None else str(row[name]).strip() for name in COLUMNS}
    for name in _NEEDED:
        if not told[name]:
            raise UserError(f"no {name}")
    (metric,) = check_metrics([told["metric"]])
    basis = check_basis(told["basis"]) if told["basis"] else default_basis(metric)
    if basis not in METRICS[metric].bases:
        raise UserError(f"{metric} has no {basis} basis")
    try:
        value = Decimal(told["value"].replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise UserError(f"{told['value']!r} is no number")
    as_of = read_day(told["as_of"][:10], "as_of", last=True) if told["as_of"] else None
    return Estimate(told["company"], parse_period(told["period"]), metric, basis, value, as_of, number)


def _read_rows(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(line number, row) pairs; the columns' names in any case."""
    if file.suffix.lower() == ".parquet":
        yield from _read_parquet(file)
        return
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            names = [name.strip().lower() for name in reader.fieldnames or ()]
            _check_columns(file, names)
            reader.fieldnames = names
            for row in reader:
                yield reader.line_num, row
    except (UnicodeDecodeError, csv.Error):
        raise UserError(f"{file} is no CSV in UTF-8", "save it as such, or give a .parquet file") from None


def _read_parquet(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    parquet = import_or_say("pyarrow.parquet", "a .csv file needs nothing")
    try:
        source = parquet.ParquetFile(file)
    except import_or_say("pyarrow").ArrowInvalid:
        raise UserError(f"{file} is no Parquet file", "give a .csv or a .parquet file") from None
    names = [name.strip().lower() for name in source.schema_arrow.names]
    _check_columns(file, names)
    number = 0
    for batch in source.iter_batches():
        for values in batch.to_pylist():
            number += 1
            yield number, dict(zip(names, values.values(), strict=True))


def _check_columns(file: Path, names: list[str]) -> None:
    if twice := [name for name in COLUMNS if names.count(name) > 1]:
        raise UserError(f"{file} has the column {twice[0]} twice", "leave one of them")
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UserError(
            f"{file} has no column {', '.join(missing)}", f"its columns are {', '.join(COLUMNS)}; as_of and basis may be left out"
        )
