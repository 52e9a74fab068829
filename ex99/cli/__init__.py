"""The command line: `ex99`, one module a command or a group of them."""

from ex99.cli import crawl, demo, importing, keeping, parse, query, reading, reparse, replica, series
from ex99.cli.app import app, main, run

__all__ = ["app", "crawl", "demo", "importing", "keeping", "main", "parse", "query", "reading", "reparse", "replica", "run", "series"]
