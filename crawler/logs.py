"""A crawl's log for programs: one JSON object a line."""

from __future__ import annotations

import datetime as dt
import json
import logging
from pathlib import Path

from ex99.crawler.events import CrawlEvent
from ex99.filings.secrecy import redact

EVENT = "ex99_event"
"""Name under which a log record carries the CrawlEvent that it tells of."""
FACTS = "ex99_facts"
"""Name under which it carries other facts, by name."""


class JsonFormatter(logging.Formatter):
    """A record as {"time", "level", "logger", "message"}; where it tells of an event, also that one's kind, accession, counts ..."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": moment, "level": record.levelname, "logger": record.name, "message": redact(record.getMessage())}
        event = getattr(record, EVENT, None)
        if isinstance(event, CrawlEvent):
            line |= {name: value for name, value in event.to_json().items() if value is not None and name != "message"}
        line |= getattr(record, FACTS, {})
        if record.exc_info:
            line["error"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def open_log(path: Path) -> logging.Handler:
    """A handler that appends to a file: everything of the crawler's own, of others what is not mere debugging. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonFormatter())
    handler.addFilter(lambda record: record.levelno >= logging.INFO or record.name.startswith("ex99.crawler."))
    return handler
