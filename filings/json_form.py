"""The JSON form of a parse: one object with plain values, as `ex99 parse --json` prints it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from ex99.filings.fields import list_fields, list_shown_fields
from ex99.filings.release import Passage, PressRelease

_OF_STATEMENTS = ("quantitative", "horizon")


def release_to_json(release: PressRelease, file: str, *, why: bool = False) -> dict[str, Any]:
    """A PressRelease as a JSON-ready dict: dates as ISO strings, decimals as plain strings, absent as null; with ``why`` the rules' ids."""
    record = {
        "file": file,
        "parser_version": release.parser_version,
        "exhibit": {"sha256": release.sha256, "media_type": release.media_type},
        "kind": release.kind,
        "headline": release.headline,
        "dateline": {"place": release.dateline.place, "date": release.dateline.date},
        "company": {
            "name": release.company_name,
            "tickers": [{"exchange": t.exchange, "symbol": t.symbol} for t in release.tickers],
        },
        "fiscal_period": release.fiscal_period,
        "figures": release.figures,
        "guidance": release.guidance,
        "forward_looking": [_passage(p, why=why) for p in release.forward_looking],
        "contacts": [_passage(p, why=why) for p in release.passages if p.kind == "contact"],
        "warnings": release.warnings,
    }
    return {**jsonable(record, why=why), **({"rules": list(release.rules)} if why else {})}


class Failure(Protocol):
    """Why a file gave no release: a ParseError, or that the file could not be had."""

    code: str
    message: str


def error_to_json(error: Failure, file: str) -> dict[str, Any]:
    """An error as the object that stands in the place of a release."""
    return {"file": file, "error": {"code": error.code, "message": error.message}}


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point: 4100000, 0.47."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def jsonable(value: Any, *, why: bool = False) -> Any:
    """A value as JSON can hold it: dates as ISO strings, decimals as plain strings, records as objects, tuples as arrays.

    Fields that are shown on request alone (the ids of rules) are in it with ``why``.
    """
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return _container(value, why=why)


def _container(value: Any, *, why: bool) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = list_fields(type(value)) if why else list_shown_fields(type(value))
        return {field.name: jsonable(getattr(value, field.name), why=why) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): jsonable(inner, why=why) for key, inner in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [jsonable(inner, why=why) for inner in value]
    return str(value)


def _passage(passage: Passage, *, why: bool) -> dict[str, Any]:
    """A passage without what is told of statements alone."""
    record: dict[str, Any] = jsonable(passage, why=why)
    return record if passage.kind == "statement" else {k: v for k, v in record.items() if k not in _OF_STATEMENTS}
