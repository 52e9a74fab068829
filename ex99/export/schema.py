"""The tables and columns of exports as JSON Schema, from the records that the rows are made of."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from ex99 import __version__
from ex99.export.arrow import DUCKDB_TYPES, SCHEMA
from ex99.export.columns import ColumnDef, list_columns
from ex99.export.dictionary import explain_columns
from ex99.export.meanings import TABLES as MEANINGS
from ex99.export.meanings import UNITS
from ex99.export.tables import TABLES, Table
from ex99.filings.fields import Field, list_flat_fields

_TYPES: dict[type, dict[str, str]] = {
    dt.datetime: {"type": "string", "format": "date-time"},
    dt.date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
}
"""A column's kind -> how JSON lines hold it: decimals are texts, so that every digit stays."""


def describe_schema(tables: Collection[str] = ()) -> dict[str, Any]:
    """All tables, or some, as one JSON Schema (2020-12): ``$defs`` has an object a table, which a line of its JSON lines fulfils.

    Each column has its type, whether it may be absent (null), its unit where it has one, its words where these are closed, its meaning,
    and its type in DuckDB.
    """
    wanted = [table for table in TABLES.values() if not tables or table.name in tables]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The tables that `ex99 export` writes",
        "$comment": f"ex99 {__version__}",
        "version": SCHEMA,
        "$defs": {table.name: _describe_table(table) for table in wanted},
    }


def _describe_table(table: Table) -> dict[str, Any]:
    described, pairs = {}, _list_fields(table)
    meanings = explain_columns(table.name, [column for column, _ in pairs])
    for column, field in pairs:
        told: dict[str, Any] = {"description": meanings[column.name], **_TYPES[column.kind], "duckdb": DUCKDB_TYPES[column.kind]}
        if may_be_absent(field):
            told["type"] = [told["type"], "null"]
        if field.words:
            told["enum"] = [*field.words, *([None] if field.optional else [])]
        if column.name in UNITS:
            told["unit"] = UNITS[column.name]
        described[column.name] = told
    return {
        "description": MEANINGS[table.name],
        "type": "object",
        "properties": described,
        "required": list(described),
        "additionalProperties": False,
    }


def _list_fields(table: Table) -> list[tuple[ColumnDef, Field]]:
    """The columns of a table, each with the field of its record that it shows."""
    fields = {name: field for name, field, _ in list_flat_fields(table.row_type)}
    return [(column, fields[column.name]) for column in list_columns(table.row_type, table.left_out)]


def may_be_absent(field: Field) -> bool:
    """Whether a column may be NULL; of joined words none is an empty text."""
    return field.optional and not field.many


def digest_columns() -> str:
    """What the version of the schema stands for, as 16 hex digits: each table's columns, their types, and whether they may be absent."""
    return hashlib.sha256(json.dumps(list(_list_facts())).encode()).hexdigest()[:16]


def _list_facts() -> Iterator[tuple[str, ...]]:
    for table in TABLES.values():
        for column, field in _list_fields(table):
            yield table.name, column.name, column.kind.__name__, str(may_be_absent(field))
