"""The data dictionary beside an export: a page for people, and a Frictionless data package for programs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ex99.export.columns import ColumnDef
from ex99.export.meanings import TABLES, explain_column
from ex99.filings.metrics import METRICS

_TYPES: dict[type, tuple[str, str]] = {
    dt.datetime: ("datetime", "time with its zone"),
    dt.date: ("date", "date"),
    Decimal: ("number", "exact decimal"),
    bool: ("boolean", "true or false"),
    int: ("integer", "integer"),
    float: ("number", "floating point"),
    str: ("string", "text"),
}
"""A column's kind -> its type in a Table Schema, and in words."""


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """One exported table: its name, where it is (a file, or the database's file), its columns and how many rows it has."""

    name: str
    path: str
    columns: Sequence[ColumnDef]
    rows: int


def explain_columns(table: str, columns: Sequence[ColumnDef]) -> dict[str, str]:
    """Each column's meaning."""
    return {column.name: explain_column(table, column.name) for column in columns}


def write_dictionary(tables: Sequence[DescribedTable], page: Path, package: Path, facts: Mapping[str, str]) -> None:
    """Write both forms; ``facts`` say where the data come from (versions, filters, the day)."""
    page.write_text(_page(tables, facts), encoding="utf-8")
    record = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "ex99-export", **_package(tables, facts)}
    package.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _page(tables: Sequence[DescribedTable], facts: Mapping[str, str]) -> str:
    lines = ["# Data dictionary", "", *(f"* {name}: {value}" for name, value in facts.items()), ""]
    for table in tables:
        lines += [f"## {table.name}", "", f"{TABLES[table.name]} {table.rows:,} rows in `{table.path}`.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        meanings = explain_columns(table.name, table.columns)
        lines += [f"| `{c.name}` | {_TYPES[c.kind][1]} | {meanings[c.name]} |" for c in table.columns] + [""]
    lines += ["## Metrics", "", "| metric | unit | bases | meaning |", "|---|---|---|---|"]
    units = {"money": "currency", "per_share": "currency/share"}
    lines += [f"| `{m.name}` | {units.get(m.unit, m.unit)} | {', '.join(m.bases)} | {m.meaning} |" for m in METRICS.values()]
    lines += ["", "An absent value is NULL, in CSV an empty cell; it is never 0 or a guess. Amounts are in units, not in thousands.", ""]
    return "\n".join(lines)


def _package(tables: Sequence[DescribedTable], facts: Mapping[str, str]) -> dict[str, Any]:
    resources = []
    for table in tables:
        meanings = explain_columns(table.name, table.columns)
        fields = [{"name": c.name, "type": _TYPES[c.kind][0], "description": meanings[c.name]} for c in table.columns]
        resources.append(
            {
                "name": table.name,
                "path": table.path,
                "format": Path(table.path).suffix.lstrip("."),
                "description": TABLES[table.name],
                "rows": table.rows,
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    return {"ex99": dict(facts), "resources": resources}
