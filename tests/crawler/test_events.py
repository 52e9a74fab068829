"""Events and reports travel as JSON, and a report knows its exit code."""

from __future__ import annotations

import json

import pytest

from ex99.crawler.events import OUTCOMES, Counts, CrawlEvent, CrawlReport, Loss


def test_an_event_survives_the_journey() -> None:
    event = CrawlEvent("paused", "words", Counts(listed=3, wanted=2), accession="x", seconds=1.5, rate=7.9, pause=3.0)
    assert CrawlEvent.from_json(json.loads(json.dumps(event.to_json()))) == event


def test_a_report_survives_the_journey() -> None:
    report = CrawlReport("finished", "words", Counts(failed=1), {"full": 2}, {"exhibit_99": 1}, (Loss("a", "b", "c"),), pauses=1, run=7)
    assert CrawlReport.from_json(json.loads(json.dumps(report.to_json()))) == report


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_exit_codes(outcome: str) -> None:
    expected = {"finished": 0, "refused": 2, "unreachable": 2}.get(outcome, 1)
    assert CrawlReport(outcome, "").exit_code == expected
    assert CrawlReport(outcome, "", losses=(Loss("a", "b", "c"),)).exit_code == max(expected, 1)
