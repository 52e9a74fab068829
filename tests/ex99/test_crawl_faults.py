"""What EDGAR's bad days do to a crawl: nothing lost, nothing twice, nothing archived that is not a filing, no request during a block."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ex99.crawl import crawl
from ex99.crawler.events import CrawlEvent
from ex99.replica.faults import FaultPlan
from ex99.replica.server import start_replica
from tests.crawler.little_filings import QUIZZAXA, accession_of, write_filing, write_filings
from tests.ex99.crawling import busiest_second, make_settings, read_damage, read_grants, read_states

EVERY_FAULT = {
    "unavailable": 0.03,
    "retry_after": 0.02,
    "retry_at": 0.02,
    "denied": 0.02,
    "twice": 0.02,
    "access_denied": 0.02,
    "no_such_key": 0.02,
    "empty": 0.05,
    "html": 0.03,
    "truncated": 0.05,
    "cut": 0.05,
    "reset": 0.05,
    "redirect": 0.03,
}


def test_the_end_of_a_crawl_among_faults_is_that_of_a_clean_one(tmp_path: Path) -> None:
    accessions = write_filings(tmp_path / "filings", 60)
    drifts = (("submissions-001", "half_rows", 1), (r"CIK\d+\.json", "other_company", 1))
    plan = FaultPlan(EVERY_FAULT, seed=7, at_most=1, retry_seconds=1, scripted=drifts)
    with start_replica(tmp_path / "filings", faults=plan, page_size=30) as replica:
        settings = make_settings(tmp_path, replica)
        report = crawl(settings, [QUIZZAXA])
        assert report.complete, report.losses
        faults = replica.stats()["faults"]
        assert len(faults) >= 7
        assert report.retries == sum(faults.values())
        # every request is one filing or page, or the repetition of one that met a fault; a redirect is followed to our own refusal
        assert report.counts.requests == 60 + 2 + report.retries
    assert read_states(settings) == dict.fromkeys(accessions, "archived")
    assert read_damage(settings) == []


@pytest.mark.parametrize("status", [403, 429])
def test_no_request_is_made_during_a_block(tmp_path: Path, status: int) -> None:
    write_filings(tmp_path / "filings", 12)
    plan = FaultPlan(scripted=((accession_of(6), "block", 1),))
    with start_replica(tmp_path / "filings", faults=plan, rate=1000, block_seconds=1.0, block_status=status) as replica:
        settings = make_settings(tmp_path, replica, requests_per_second=10, block_pause=1.3)
        events: list[CrawlEvent] = []
        report = crawl(settings, [QUIZZAXA], on_event=events.append)
        stats = replica.stats(grace=0.3)
    assert report.complete, report.losses
    assert report.pauses == 1
    assert 1.2 < report.paused_seconds < 3
    assert stats["blocks"] == 1
    assert stats["after_grace"] == 0  # the grace is for a request that went out before the block page had come in
    assert stats["requests"] == 12 + 1 + 1 + stats["during_block"]
    pauses = [event.pause for event in events if event.kind == "paused"]
    assert pauses == sorted((pause for pause in pauses if pause is not None), reverse=True)
    assert len(pauses) >= 2
    assert [event.kind for event in events].count("resumed") == 1


def test_another_process_respects_the_mark(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", 6)
    plan = FaultPlan(scripted=(("submissions", "block", 1),))
    with start_replica(tmp_path / "filings", faults=plan, block_seconds=0.5, rate=1000) as replica:
        one = make_settings(tmp_path, replica, archive=tmp_path / "one", block_pause=1.5)
        other = make_settings(tmp_path, replica, archive=tmp_path / "other", block_pause=1.5)
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(crawl, one, [QUIZZAXA])
            while not replica.log():
                time.sleep(0.05)
            second = pool.submit(crawl, other, [QUIZZAXA])
        assert first.result().complete
        assert second.result().complete
        assert replica.stats(grace=0.3)["after_grace"] == 0


def test_block_after_block_ends_the_crawl_with_advice(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", 3)
    plan = FaultPlan(scripted=((accession_of(2), "block", 0),))
    with start_replica(tmp_path / "filings", faults=plan, block_seconds=0.05, rate=1000) as replica:
        report = crawl(make_settings(tmp_path, replica, block_pause=0.2), [QUIZZAXA])
        assert 3 < replica.stats()["blocks"] < 7
    assert report.outcome == "blocked"
    assert report.exit_code == 1
    assert "no other program of this network" in report.message


def test_the_page_for_undeclared_tools_stops_everything(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", 20)
    with start_replica(tmp_path / "filings", faults=FaultPlan(scripted=(("Archives", "undeclared", 0),))) as replica:
        settings = make_settings(tmp_path, replica, requests_per_second=20)
        report = crawl(settings, [QUIZZAXA])
        assert replica.stats()["requests"] <= 3
    assert report.outcome == "undeclared"
    assert "set EX99_USER_AGENT" in report.message
    assert "archived" not in read_states(settings).values()


LASTING = {
    "no_such_key": ("absent", 2),
    "access_denied": ("absent", 2),
    "unavailable": ("unavailable", 3),
    "empty": ("empty", 3),
    "html": ("wrong_kind", 3),
    "truncated": ("truncated", 3),
    "cut": ("truncated", 3),
    "reset": ("unreachable", 3),
    "redirect": ("wrong_kind", 3),
    "twice": ("unreadable", 2),
}
"""Fault -> the code of the loss, and the requests made before it is one, with two retries."""


def test_what_does_not_mend_is_failed_with_its_reason_and_taken_next_time(tmp_path: Path) -> None:
    accessions = write_filings(tmp_path / "filings", len(LASTING) + 2)
    hit = dict(zip(LASTING, accessions, strict=False))
    plan = FaultPlan(scripted=tuple((accession, fault, 0) for fault, accession in hit.items()))
    with start_replica(tmp_path / "filings", faults=plan) as replica:
        settings = make_settings(tmp_path, replica, retries=2)
        report = crawl(settings, [QUIZZAXA])
        assert {loss.subject: loss.code for loss in report.losses} == {hit[fault]: code for fault, (code, _) in LASTING.items()}
        assert report.outcome == "finished"
        assert report.exit_code == 1
        assert report.counts.failed == len(LASTING)
        paths = [entry["path"] for entry in replica.log()]
        assert {fault: sum(accession in path for path in paths) for fault, accession in hit.items()} == {
            fault: requests for fault, (_, requests) in LASTING.items()
        }
        assert read_states(settings) == dict.fromkeys(accessions, "archived") | dict.fromkeys(hit.values(), "failed")
        replica.set_faults(None)
        replica.reset()
        again = crawl(settings, [], retry_failed=True)
        assert again.complete, again.losses
        assert again.requests == {"submissions": 1, "full": len(LASTING)}
    assert read_states(settings) == dict.fromkeys(accessions, "archived")
    assert crawl(settings, [], retry_failed=True).message == "no filing failed before"


def test_bombs_are_refused_within_bounds(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", 2)
    plan = FaultPlan(scripted=((accession_of(2), "bomb", 0), (accession_of(2).replace("-", ""), "bomb", 0)), bomb_bytes=50_000_000)
    with start_replica(tmp_path / "filings", faults=plan) as replica:
        settings = make_settings(tmp_path, replica, full_submission_limit=2**20)
        report = crawl(settings, [QUIZZAXA])
    assert [(loss.subject, loss.code) for loss in report.losses] == [(accession_of(2), "too_large")]
    assert report.counts.archived == 1


def test_a_body_larger_than_its_listed_size_is_taken_in_parts(tmp_path: Path) -> None:
    folder = tmp_path / "filings"
    folder.mkdir()
    write_filing(folder, 1)
    plan = FaultPlan(scripted=((r"data/\d+/" + accession_of(1), "bomb", 0),), bomb_bytes=50_000_000)
    with start_replica(folder, faults=plan) as replica:
        report = crawl(make_settings(tmp_path, replica, full_submission_limit=2**20), [QUIZZAXA])
    assert report.complete, report.losses
    assert report.requests == {"submissions": 1, "full": 1, "headers": 1, "document": 2}


def test_a_stalled_answer_is_given_up_in_time(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", 2)
    plan = FaultPlan(scripted=((accession_of(2), "stall", 1),), stall_seconds=1.0)
    with start_replica(tmp_path / "filings", faults=plan) as replica:
        assert crawl(make_settings(tmp_path, replica), [QUIZZAXA]).complete


def test_a_broken_history_is_a_loss_of_the_company(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", 12)
    with start_replica(tmp_path / "filings", page_size=4, faults=FaultPlan(scripted=(("submissions-001", "unavailable", 0),))) as replica:
        report = crawl(make_settings(tmp_path, replica, retries=1), [QUIZZAXA])
    assert [(loss.subject, loss.code) for loss in report.losses] == [(str(QUIZZAXA), "unavailable")]
    assert report.counts.archived == 4
    assert report.exit_code == 1


def test_two_crawls_at_once_keep_the_budget_together(tmp_path: Path) -> None:
    accessions = write_filings(tmp_path / "filings", 30)
    with start_replica(tmp_path / "filings") as replica:
        settings = make_settings(tmp_path, replica, requests_per_second=20)
        with ThreadPoolExecutor(2) as pool:
            jobs = [pool.submit(crawl, settings, [QUIZZAXA], log_file=tmp_path / "logs" / f"{number}.jsonl") for number in range(2)]
            reports = [job.result() for job in jobs]
        assert all(report.complete for report in reports), [report.losses for report in reports]
        grants = read_grants(tmp_path / "logs")
        assert len(grants) == replica.stats()["requests"]
    assert busiest_second(grants) <= 20
    assert read_states(settings) == dict.fromkeys(accessions, "archived")
    assert read_damage(settings) == []
