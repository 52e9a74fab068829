"""Libraries that not everybody needs: each belongs to an extra, and where it is missing one line says how to install it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ex99.errors import UserError

EXTRAS: dict[str, str] = {
    "altair": "plot",
    "datasette": "datasette",
    "distributed": "dask",
    "duckdb": "export",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "export",
    "vl_convert": "plot",
    "warcio": "warc",
}
"""Library -> the extra of ex99 that installs it."""


def import_or_say(library: str, instead: str = "") -> Any:
    """A library of an extra, or a UserError that says how to install it, and what does without it."""
    try:
        return import_module(library)
    except ImportError as error:
        advice = f"pip install 'ex99[{EXTRAS[library]}]'" + (f"; {instead}" if instead else "")
        raise UserError(f"{library.replace('_', '-')} is not installed", advice) from error
