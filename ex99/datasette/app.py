"""The archive in Datasette, read-only: views with numbers, labels, search, links to the viewer and to EDGAR, and questions ready to ask.

Datasette does the serving. What is told it of tables and columns comes from the records that they are made of; what a series is, a
restatement, or an outlook beside what came of it, the archive's own code tells, as functions of SQL (``ex99_series`` ...).
https://docs.datasette.io/en/stable/internals.html
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database

from ex99.companies import find_company
from ex99.datasette.telling import NAME, describe_archive
from ex99.errors import UserError
from ex99.export.rows import list_changes
from ex99.filings.identifiers import EDGAR, IdentifierError
from ex99.filings.json_form import jsonable
from ex99.flat import flatten_row
from ex99.metrics import check_metrics
from ex99.series import read_company_series
from ex99.storage.archive import Archive
from ex99.storage.engine import read_only_address, sqlite_file
from ex99.storage.search import parse_words, to_fts5
from ex99.storage.views import View, list_views
from ex99.viewer import ADDRESS
from ex99.viewer.asking import Asked, PageError
from ex99.viewer.pages.across import show_guidance

_SETTINGS = {"sql_time_limit_ms": 5000, "max_returned_rows": 5000, "allow_download": False}


class ReadOnlyArchive(Database):  # type: ignore[misc, unused-ignore]
    """An archive's SQLite file for Datasette: opened to read alone, with views and functions that each connection has of its own."""

    def __init__(self, owner: Datasette, file: Path, views: Mapping[str, View], functions: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(owner, path=str(file), is_mutable=True)
        self._views, self._functions = views, functions

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection that can write nothing; there is none that can."""
        if write:
            raise PermissionError("the archive is served to read alone")
        connection = sqlite3.connect(read_only_address(Path(self.path)), uri=True, check_same_thread=False)
        for name, function in self._functions.items():
            connection.create_function(name, -1, function)
        for view in self._views.values():
            connection.execute(view.statement)
        connection.execute("PRAGMA query_only = ON")
        self._all_file_connections.append(connection)
        return connection

    async def view_names(self) -> list[str]:
        """The views, which SQLite lists among what is temporary."""
        return list(self._views)

    async def get_view_definition(self, view: str) -> str | None:
        """The statement that made a view."""
        return self._views[view].statement if view in self._views else None


def build_datasette(archive: Archive, *, viewer: str = ADDRESS) -> Datasette:
    """Datasette over an open archive, as the database ``archive``; UserError for one that is not in SQLite."""
    file = sqlite_file(archive.engine)
    if file is None:
        raise UserError("Datasette reads SQLite, and this archive is in PostgreSQL", "`ex99 db copy` copies it into a SQLite archive")
    from datasette import handle_exception  # not before Datasette itself, whose plugin it is

    handle_exception.rich = None  # with it a mistyped query fills the terminal with the variables of twenty functions
    address = viewer.rstrip("/")
    views = list_views(address, EDGAR)
    served = Datasette([], metadata=describe_archive(views, address), settings=_SETTINGS, memory=False)
    served.remove_database("_memory")
    served.add_database(ReadOnlyArchive(served, file, views, list_functions(archive)), name=NAME)
    return served


def list_functions(archive: Archive) -> dict[str, Callable[..., Any]]:
    """Functions of SQL by name: what the archive itself says, a list of rows as JSON; of a company that it does not know nothing."""

    def cik(company: Any) -> int | None:
        return int(find_company(archive, str(company)).cik)

    def series(company: Any, metric: str, basis: Any = "", duration: Any = "", vintage: Any = "") -> str:
        asked: dict[str, Any] = {"basis": basis or None, "duration": duration or None, "vintage": vintage or "latest"}
        return _say(read_company_series(archive, str(company), metric, **asked))

    def restatements(company: Any, metric: str = "") -> str:
        found = find_company(archive, str(company))
        return _say(list_changes(archive, [found.cik], metrics=check_metrics([metric] if metric else [])))

    def guidance(company: Any) -> str:
        return json.dumps(jsonable(show_guidance(archive, Asked({}, {"company": [str(cik(company))]})).rows))

    def match(words: Any) -> str:
        terms = parse_words(str(words))
        return '""' if all(term.excluded for term in terms) else to_fts5(terms)

    told: dict[str, Callable[..., Any]] = {"cik": cik, "series": series, "restatements": restatements, "guidance": guidance, "match": match}
    return {f"ex99_{name}": _or_nothing(function) for name, function in told.items()}


def _or_nothing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which of words that mean nothing says nothing: a form that is not filled in is no error."""

    def call(*words: Any) -> Any:
        try:
            return function(*words)
        except (UserError, IdentifierError, PageError):
            return None

    return call


def _say(rows: Iterable[Any]) -> str:
    return json.dumps([jsonable(flatten_row(row)) for row in rows])
