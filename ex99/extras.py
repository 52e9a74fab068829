"""Importing libraries of the extras: where one is missing, one line says how to install it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ex99.errors import UserError
from ex99.filings.extras import how_to_install


def import_or_say(library: str, instead: str = "") -> Any:
    """A library of an extra (or a module of one), or a UserError that says how to install it, and what does without it."""
    try:
        return import_module(library)
    except ImportError as error:
        advice = how_to_install(library) + (f"; {instead}" if instead else "")
        raise UserError(f"{library.partition('.')[0].replace('_', '-')} is not installed", advice) from error
