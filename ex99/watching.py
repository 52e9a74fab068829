"""Following what is filed: a crawl in a thread of its own, and its releases, parsed, in the hands of whoever waits for them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Generator
from itertools import chain
from queue import SimpleQueue
from typing import Any

from ex99.crawl import CrawlStop, OnEvent, follow_latest
from ex99.crawler.events import CrawlEvent, CrawlReport
from ex99.filings.filing import NEW_YORK
from ex99.following import FollowedRelease, ReleaseParser
from ex99.settings import Settings
from ex99.storage.archive import Archive


class Watch:
    """New press releases as they are filed: to iterate over it begins a watch, and each release comes as soon as it is archived, parsed.

    What an earlier watch archived and did not hand out comes first. The watch ends after the hours asked for, by Ctrl-C while a release
    is awaited, by ``stop()`` from another thread, and where the loop is left; then ``report`` says how it went.
    """

    def __init__(self, archive: Archive, settings: Settings, *, on_event: OnEvent | None = None, **asked: Any) -> None:
        """``asked`` are follow_latest's; ``on_event`` is called in the crawl's thread."""
        self.report: CrawlReport | None = None
        self.unparsed = 0
        """Releases of which the parser could make nothing."""
        self._archive = archive
        self._settings = settings
        self._on_event = on_event
        self._asked = asked
        self._stop = CrawlStop()
        self._archived: SimpleQueue[str | None] = SimpleQueue()
        self._error: BaseException | None = None

    def stop(self) -> None:
        """End the watch in good order; what is archived by then still comes."""
        self._stop.ask()

    def __iter__(self) -> Generator[FollowedRelease, None, None]:
        """Raises CrawlError on wrong use, and what ``on_event`` raised."""
        self._stop, self._archived, self._error = CrawlStop(), SimpleQueue(), None
        with ReleaseParser(self._archive) as parser:
            waiting = parser.list_waiting(self._asked.get("since") or dt.datetime.now(NEW_YORK).date() - dt.timedelta(days=1))
            thread = threading.Thread(target=self._crawl, name="watch")
            thread.start()
            try:
                for accession in chain(waiting, iter(self._await_filing, None)):
                    yield from parser.parse(accession)
                    self.unparsed = parser.errors
            finally:
                if thread.is_alive():
                    self._stop.ask()
                thread.join()
        if self._error is not None:
            raise self._error

    def _await_filing(self) -> str | None:
        while True:
            try:
                return self._archived.get()
            except KeyboardInterrupt:
                self._stop.ask()

    def _crawl(self) -> None:
        try:
            self.report = follow_latest(self._settings, on_event=self._hear, stop=self._stop, **self._asked)
        except BaseException as error:  # noqa: BLE001 - handed on to the thread that iterates
            self._error = error
        finally:
            self._archived.put(None)

    def _hear(self, event: CrawlEvent) -> None:
        if event.kind == "archived":
            self._archived.put(event.accession)
        if self._on_event is not None:
            self._on_event(event)
