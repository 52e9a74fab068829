"""The process that a crawl runs in: the job comes as a JSON line on stdin, events and the report go as JSON lines to stdout.

A process of its own, because Twisted's reactor runs once in a process and takes its main thread and signals: so archive.crawl() can
be called twice, from a thread, and from a notebook that has an event loop already.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

import scrapy.core.downloader.handlers.http11  # noqa: F401 - here, since it looks through the whole stack, which is short here
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from ex99.crawler.events import CrawlEvent, CrawlReport
from ex99.crawler.logs import open_log
from ex99.crawler.watch import crawl_event, read_watch
from ex99.filings.secrecy import redact
from ex99.settings.scrapy_settings import build_scrapy_settings
from ex99.settings.settings import Settings

SWITCH_SECONDS = 0.0005
"""How long a thread that reads or archives keeps the interpreter from the event loop, which has a request to send (Python's own: 5 ms)."""


class _Lines:
    """The parent's end of the talk."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def event(self, event: CrawlEvent) -> None:
        self._send({"event": event.to_json()})

    def report(self, report: CrawlReport) -> None:
        self._send({"report": report.to_json()})

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._stream.write(json.dumps(message).encode() + b"\n")
            self._stream.flush()
        except BrokenPipeError:
            pass  # the parent is gone; its end of stdin tells so too, and the crawl is being stopped


def _take_stdout() -> BinaryIO:
    """Keep stdout for the lines: whatever else writes there goes to stderr."""
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return stream


def _stop_with_parent(over: threading.Event) -> None:
    """Wait for the end of stdin, that is of the parent, and stop as after a Ctrl-C."""
    while os.read(0, 4096):  # not sys.stdin: a daemon thread inside its lock aborts the interpreter's end
        pass
    if not over.is_set():
        os.kill(os.getpid(), signal.SIGINT)


def _freeze() -> None:
    """What is loaded stays: the collector need not go through it every time, which held up the event loop for a tenth of a second."""
    gc.freeze()


def _run(job: dict[str, Any], lines: _Lines) -> CrawlReport:
    settings = Settings(**job["settings"])
    process = AsyncCrawlerProcess(build_scrapy_settings(settings) | {"LOG_LEVEL": "WARNING"})
    # Scrapy tells of every request and item, at a level that nobody hears: not even a record is made of it.
    logging.getLogger("scrapy").setLevel(logging.INFO)
    logging.getLogger("ex99.crawler").setLevel(logging.DEBUG if job["log_file"] else logging.WARNING)
    if job["log_file"]:
        logging.getLogger().addHandler(open_log(Path(job["log_file"])))
    crawler: Crawler = process.create_crawler(job["spider"])
    crawler.signals.connect(lines.event, signal=crawl_event)
    over = threading.Event()
    parent = threading.Thread(target=_stop_with_parent, args=(over,), daemon=True, name="parent")
    crawler.signals.connect(parent.start, signal=signals.spider_opened, weak=False)  # not before Scrapy minds the signal
    crawler.signals.connect(_freeze, signal=signals.spider_opened, weak=False)
    task = process.crawl(crawler, **job["arguments"])
    process.start()
    over.set()
    if task.done() and not task.cancelled() and (error := task.exception()):
        return CrawlReport("crashed", redact(f"{type(error).__name__}: {error}"))
    return read_watch(crawler).close()


def main() -> int:
    """Run the job that stdin brings."""
    sys.setswitchinterval(SWITCH_SECONDS)
    lines = _Lines(_take_stdout())
    report = _run(json.loads(sys.stdin.buffer.readline()), lines)
    lines.report(report)
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
