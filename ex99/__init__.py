"""The front door: command line and Python API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Archive", "ExhibitFacts", "ParseError", "Rows", "UserError", "__version__", "open_archive", "parse", "parse_many"]

if TYPE_CHECKING:
    from ex99.alone import parse, parse_many
    from ex99.api import Archive, open_archive
    from ex99.errors import UserError
    from ex99.filings.release import ParseError
    from ex99.importing import ExhibitFacts
    from ex99.rows import Rows

_HOMES: dict[str, str] = {
    "Archive": "ex99.api",
    "open_archive": "ex99.api",
    "UserError": "ex99.errors",
    "ExhibitFacts": "ex99.importing",
    "ParseError": "ex99.filings.release",
    "Rows": "ex99.rows",
    "parse": "ex99.alone",
    "parse_many": "ex99.alone",
}


def __getattr__(name: str) -> Any:
    """The API's names, imported when they are first asked for, so that a parser process need not load the database's libraries."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'ex99' has no attribute {name!r}")
