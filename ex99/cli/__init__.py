"""The command line: `ex99`, one module a command or a group of them."""

from ex99.cli import (
    crawl,
    demo,
    export,
    importing,
    keeping,
    mcp,
    panel,
    parse,
    plot,
    query,
    reading,
    reparse,
    replica,
    restatements,
    series,
    watch,
)
from ex99.cli.app import app, main, run

__all__ = [
    "app",
    "crawl",
    "demo",
    "export",
    "importing",
    "keeping",
    "main",
    "mcp",
    "panel",
    "parse",
    "plot",
    "query",
    "reading",
    "reparse",
    "replica",
    "restatements",
    "run",
    "series",
    "watch",
]
