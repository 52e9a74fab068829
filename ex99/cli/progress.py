"""Progress on stderr: a bar in a terminal, now and then a line elsewhere; never in the way of the data."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn

from ex99.cli import output
from ex99.cli.words import count_of, span_of
from ex99.crawler.events import CrawlEvent
from ex99.filings.secrecy import redact

_LINE_SECONDS = 15.0
_SHOWN_AT_ONCE = frozenset({"notice", "paused", "resumed"})


class Watch:
    """A progress display; a context manager. In a terminal a bar, else a line every 15 seconds."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._console = output.stderr()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._said = time.monotonic()
        if self._console.is_terminal:
            self._bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TextColumn("{task.fields[tail]}", style="dim", markup=False),
                console=self._console,
                transient=True,
            )

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
            self._task = self._bar.add_task(self._doing, total=None, tail="")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, done: int, total: int | None, *, doing: str | None = None, tail: str = "") -> None:
        """Say how far the work is."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, description=doing or self._doing, tail=tail)
        elif time.monotonic() - self._said >= _LINE_SECONDS:
            self._said = time.monotonic()
            of = f" of {total:,}" if total else ""
            output.note(f"{doing or self._doing}: {done:,}{of} {tail}".rstrip())

    def say(self, text: str, style: str = "dim") -> None:
        """Print a line above the bar."""
        if self._bar is not None:
            self._bar.console.print(redact(text), style=style)
        else:
            output.note(text, style)


class CrawlWatch(Watch):
    """Progress of a crawl: filings fetched of those wanted, requests a second, time left, and the countdown while everything rests."""

    def __init__(self) -> None:
        super().__init__("asking EDGAR")
        self._paused = False

    def on_event(self, event: CrawlEvent) -> None:
        """Show one event."""
        counts = event.counts
        first_pause = event.kind == "paused" and not self._paused
        self._paused = event.kind == "paused"
        if event.kind in _SHOWN_AT_ONCE and (event.kind != "paused" or first_pause):
            self.say(event.message, "yellow" if event.kind == "paused" else "dim")
        doing = "fetching" if counts.wanted else "asking EDGAR"
        if event.kind == "paused" and event.pause is not None:
            doing = f"resting, {span_of(event.pause)} left"
        tail = f"{event.rate:.1f} requests/s" if event.rate else ""
        if event.eta:
            tail += f", {span_of(event.eta)} left"
        if counts.failed:
            tail += f", {count_of(counts.failed, 'failed', 'failed')}"
        self.update(counts.archived + counts.failed, counts.wanted or None, doing=doing, tail=tail)
