"""Progress: a bar in a terminal, now and then a line elsewhere, on stderr alone."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from ex99.cli import output, progress
from ex99.cli.progress import CrawlWatch, Watch
from ex99.crawler.events import Counts, CrawlEvent

EVENTS = [
    CrawlEvent("listed", "Wexcombe: 120 filings", Counts(wanted=120)),
    CrawlEvent("archived", "one more", Counts(wanted=120, archived=40, failed=1), rate=7.9, eta=100),
    CrawlEvent("paused", "EDGAR asks for rest", Counts(wanted=120, archived=40, failed=1), rate=7.9, pause=582),
    CrawlEvent("paused", "EDGAR asks for rest", Counts(wanted=120, archived=40, failed=1), rate=7.9, pause=581),
    CrawlEvent("resumed", "on it goes", Counts(wanted=120, archived=40, failed=1), rate=7.9),
    CrawlEvent("notice", "something to know", Counts(wanted=120, archived=41, failed=1), rate=7.9),
]


def test_a_pipe_gets_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with CrawlWatch() as watch:
        for event in EVENTS:
            watch.on_event(event)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["EDGAR asks for rest", "on it goes", "something to know"]


def test_a_long_run_says_where_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_LINE_SECONDS", 0.0)
    with CrawlWatch() as watch:
        watch.on_event(EVENTS[1])
    with Watch("importing") as other:
        other.update(3, None, tail="a.txt")
    assert capsys.readouterr().err.splitlines() == [
        "fetching: 41 of 120 7.9 requests/s, 1 min 40 s left, 1 failed",
        "importing: 3 a.txt",
    ]


def test_a_terminal_gets_a_bar_and_a_countdown(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)
    monkeypatch.setattr(output, "stderr", lambda: console)
    seen = []
    with CrawlWatch() as watch:
        for event in EVENTS:
            watch.on_event(event)
            watch._bar.refresh()  # type: ignore[union-attr]
            seen.append(console.file.getvalue())  # type: ignore[attr-defined]
    assert "41/120" in seen[1]
    assert "7.9 requests/s, 1 min 40 s left, 1 failed" in seen[1]
    assert "resting, 9 min 42 s left" in seen[2]
    assert "resting, 9 min 41 s left" in seen[3]
    assert seen[-1].count("EDGAR asks for rest") == 1
