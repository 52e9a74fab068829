"""Writing crawl runs and parse runs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from ex99.storage.models import Base, CrawlRun, ParseRun

_SAMPLED_ROWS = 2000
"""Rows of an index that SQLite looks at for its statistics, so that they take no time."""


def start_crawl(connection: Connection, spider: str, arguments: Mapping[str, object]) -> int:
    """Insert a crawl run and return its id."""
    values = {"spider": spider, "arguments": _as_json(arguments), "started": _now()}
    return connection.execute(insert(CrawlRun).values(values).returning(CrawlRun.id)).scalar_one()


def finish_crawl(connection: Connection, run: int, outcome: str, stats: Mapping[str, object]) -> None:
    """Close a crawl run with its outcome and counts."""
    connection.execute(update(CrawlRun).where(CrawlRun.id == run).values(finished=_now(), outcome=outcome, stats=_as_json(stats)))


def start_parse(connection: Connection, parser_version: str) -> int:
    """Insert a parse run and return its id."""
    values = {"parser_version": parser_version, "started": _now()}
    return connection.execute(insert(ParseRun).values(values).returning(ParseRun.id)).scalar_one()


def finish_parse(connection: Connection, run: int, stats: Mapping[str, object]) -> None:
    """Close a parse run with its counts."""
    connection.execute(update(ParseRun).where(ParseRun.id == run).values(finished=_now(), stats=_as_json(stats)))


def refresh_statistics(connection: Connection) -> None:
    """Tell the database how its tables are filled: without that SQLite never learns it, and takes a wrong way into a large archive."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {_SAMPLED_ROWS}")
        connection.exec_driver_sql("ANALYZE")
    else:
        connection.exec_driver_sql(f"ANALYZE {', '.join(table.name for table in Base.metadata.sorted_tables)}")


def read_parser_version(connection: Connection, run: int) -> str:
    """The parser version of a run; ValueError where there is no such run."""
    version = connection.scalar(select(ParseRun.parser_version).where(ParseRun.id == run))
    if version is None:
        raise ValueError(f"there is no parse run {run}")
    return version


def _as_json(values: Mapping[str, object]) -> str:
    """Compact JSON with sorted keys; what JSON does not know (dates, paths, ids) is kept as its text."""
    return json.dumps(dict(values), default=str, sort_keys=True, ensure_ascii=False)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
