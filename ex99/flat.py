"""Rows as flat cells: a dataclass as one dict of names and values, a value as a cell of CSV, for files and for the terminal alike."""

from __future__ import annotations

import dataclasses
from typing import Any

from ex99.filings.fields import list_shown_fields
from ex99.filings.json_form import jsonable


def flatten_row(row: Any) -> dict[str, Any]:
    """A row dataclass as one flat dict: a nested dataclass's fields are prefixed with its own field's name, tuples joined by "; "."""
    flat: dict[str, Any] = {}
    for field in list_shown_fields(type(row)):
        value = getattr(row, field.name)
        if field.many:
            flat[field.name] = "; ".join(join_words(part) for part in value)
        elif field.is_record:
            flat |= {f"{field.name}_{name}": inner for name, inner in flatten_row(value).items()}
        else:
            flat[field.name] = value
    return flat


def csv_value(value: Any) -> str:
    """A flat value as a CSV cell: absent is empty, dates are ISO, decimals plain, truth is true or false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    plain = jsonable(value)
    return plain if isinstance(plain, str) else str(plain)


def safe_csv_value(value: Any) -> str:
    """The same cell for spreadsheets, which take a text that begins with = + - @ for a formula: it gets an apostrophe before it.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    cell = csv_value(value)
    return f"'{cell}" if isinstance(value, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def join_words(value: Any) -> str:
    """A value, or a small dataclass's values, as words of one cell."""
    if dataclasses.is_dataclass(value):
        fields = [getattr(value, field.name) for field in dataclasses.fields(value)]
        return " ".join(csv_value(inner) for inner in fields if inner is not None)
    return csv_value(value)
