"""EDGAR in trouble, and answers that are not what they seem, at the independent fake: rest, list, lose nothing silently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ex99.crawl import crawl, follow_latest
from ex99.crawler.events import CrawlEvent
from tests.ex99.crawling import make_settings, read_contents, read_damage, read_states
from tests.fake_edgar.papers import FENWHISTLE, Paper, make_papers
from tests.fake_edgar.server import FakeEdgar, Plan, start_fake

COUNT = 60
PAPERS = make_papers(COUNT)


@pytest.fixture
def fake() -> Iterator[FakeEdgar]:
    with start_fake(PAPERS, page=COUNT // 3) as fake:
        yield fake


def test_a_clean_crawl_of_every_era(fake: FakeEdgar, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, fake)
    report = crawl(settings, [FENWHISTLE])
    assert report.complete, report.losses
    assert read_states(settings) == {paper.accession: "archived" for paper in PAPERS}
    assert len(fake.seen) == COUNT + 2
    assert read_damage(settings) == []


def test_in_parts_it_is_the_same(fake: FakeEdgar, tmp_path: Path) -> None:
    named = [paper for paper in PAPERS if paper.era != "pem"]
    long = sum(len(paper.full()) > 6_000 for paper in named)
    whole = make_settings(tmp_path / "whole", fake)
    parts = make_settings(tmp_path / "parts", fake, full_submission_limit=6_000)
    assert crawl(whole, [FENWHISTLE], since=named[0].day).complete
    report = crawl(parts, [FENWHISTLE], since=named[0].day)
    assert report.complete, report.losses
    assert report.requests["document"] == 2 * long > 0
    contents = read_contents(parts)
    assert {accession: contents[accession] for accession in contents if contents[accession][0] == "archived"} == {
        accession: found for accession, found in read_contents(whole).items() if found[0] == "archived"
    }


# The host ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["unavailable", "retry_after", "retry_at", "denied", "maintenance"])
def test_a_host_in_trouble_is_left_in_peace_and_the_crawl_stops_with_advice(
    fake: FakeEdgar, tmp_path: Path, fault: str, record_property: Callable[[str, object], None]
) -> None:
    fake.plan = Plan(scripted=(("Archives", fault, 0),))
    settings = make_settings(tmp_path, fake, trouble_pause=0.01)
    events: list[CrawlEvent] = []
    report = crawl(settings, [FENWHISTLE], on_event=events.append)
    assert report.outcome == "trouble"
    assert report.exit_code == 1
    assert "the same command" in report.message
    assert len(fake.seen) < 30
    assert set(read_states(settings).values()) == {"listed"}  # none of them is to blame
    assert [event for event in events if event.kind == "paused"]
    record_property("measured", f"{fault.replace('_', ' ')}: {len(fake.seen)} requests")


@pytest.mark.parametrize("fault", ["unavailable", "retry_after", "denied", "maintenance"])
def test_a_host_that_answers_nothing_well_from_the_start(fake: FakeEdgar, tmp_path: Path, fault: str) -> None:
    fake.plan = Plan(scripted=((".", fault, 0),))
    report = crawl(make_settings(tmp_path, fake, trouble_pause=0.01), [FENWHISTLE])
    assert report.outcome == "trouble"
    assert len(fake.seen) < 15
    assert report.losses == ()


def test_a_watch_waits_for_a_host_in_trouble_and_ends_in_its_time(fake: FakeEdgar, tmp_path: Path) -> None:
    fake.plan = Plan(scripted=((".", "unavailable", 0),))
    report = follow_latest(make_settings(tmp_path, fake, trouble_pause=0.001, retry_wait=0.01), hours=8 / 3600)
    assert report.outcome == "finished"
    assert report.pauses


def test_a_host_that_gets_well_is_asked_on(fake: FakeEdgar, tmp_path: Path) -> None:
    fake.plan = Plan(scripted=(("Archives", "retry_after", 1),))
    turns = 12
    plan = Plan(scripted=(("Archives", "unavailable", 0),))
    fake.plan = plan
    answer = fake.answer

    def count(path: str, headers: dict[str, str]):  # type: ignore[no-untyped-def]
        if len(fake.seen) > turns:
            fake.plan = Plan()
        return answer(path, headers)

    fake.answer = count  # type: ignore[method-assign]
    settings = make_settings(tmp_path, fake, trouble_pause=0.2)
    report = crawl(settings, [FENWHISTLE])
    assert report.complete, report.losses
    assert report.pauses
    assert len(fake.seen) < COUNT + 2 + turns + 8


@pytest.mark.parametrize("fault", ["retry_after", "retry_at"])
def test_retry_after_is_honoured(fake: FakeEdgar, tmp_path: Path, fault: str) -> None:
    fake.plan = Plan(scripted=((PAPERS[5].accession, fault, 1),))
    assert crawl(make_settings(tmp_path, fake, retry_wait=0.01), [FENWHISTLE]).complete
    asked = [seen.at for seen in fake.seen if PAPERS[5].accession in seen.path]
    assert asked[1] - asked[0] > 0.9


def test_single_filings_that_fail_do_not_stop_the_others(fake: FakeEdgar, tmp_path: Path) -> None:
    ill = {paper.accession for paper in PAPERS[::4]}
    fake.plan = Plan(scripted=(("|".join(ill), "unavailable", 0),))
    report = crawl(make_settings(tmp_path, fake, trouble_pause=0.05, retries=1), [FENWHISTLE])
    assert report.outcome == "finished"
    assert {loss.subject: loss.code for loss in report.losses} == dict.fromkeys(ill, "unavailable")
    assert report.counts.archived == COUNT - len(ill)


# What lists filings -------------------------------------------------------------------------------------------------------


def test_an_overflow_page_with_half_its_rows_is_asked_for_again(fake: FakeEdgar, tmp_path: Path) -> None:
    fake.plan = Plan(scripted=(("submissions-001", "half_rows", 1),))
    report = crawl(make_settings(tmp_path, fake), [FENWHISTLE])
    assert report.complete, report.losses
    assert report.counts.archived == COUNT


def test_an_overflow_page_that_stays_short_is_a_loss(fake: FakeEdgar, tmp_path: Path) -> None:
    fake.plan = Plan(scripted=(("submissions-001", "half_rows", 0),))
    report = crawl(make_settings(tmp_path, fake), [FENWHISTLE])
    assert [loss.subject for loss in report.losses] == [f"{FENWHISTLE}"]
    assert "lists 20 filings of 40" in report.losses[0].message
    assert report.counts.archived == COUNT - 20
    assert report.exit_code == 1


def test_another_companys_history_is_not_taken(fake: FakeEdgar, tmp_path: Path) -> None:
    fake.plan = Plan(scripted=((f"CIK{FENWHISTLE:010d}.json", "other_company", 0),))
    report = crawl(make_settings(tmp_path, fake), [FENWHISTLE])
    assert "is of CIK 9998777" in report.losses[0].message
    assert report.counts.listed == 0


def test_an_odd_row_is_a_loss_and_the_others_are_archived(fake: FakeEdgar, tmp_path: Path) -> None:
    fake.plan = Plan(scripted=((f"CIK{FENWHISTLE:010d}.json", "odd_row", 0),))
    report = crawl(make_settings(tmp_path, fake), [FENWHISTLE])
    assert [(loss.subject, loss.code) for loss in report.losses] == [(str(FENWHISTLE), "unreadable")]
    assert PAPERS[-1].accession in report.losses[0].message
    assert report.counts.archived == COUNT - 1


# What is archived must prove what it is -----------------------------------------------------------------------------------


def test_a_body_served_twice_doubles_nothing(fake: FakeEdgar, tmp_path: Path) -> None:
    twice, ever = PAPERS[3].accession, PAPERS[50].accession
    fake.plan = Plan(scripted=((twice, "twice", 1), (ever, "twice", 0)))
    settings = make_settings(tmp_path, fake)
    report = crawl(settings, [FENWHISTLE])
    assert [(loss.subject, loss.code) for loss in report.losses] == [(ever, "unreadable")]
    assert len(read_contents(settings)[twice]) == 3 + 2


@pytest.mark.parametrize("what", [r"8k\.htm", "index-headers"])
def test_a_maintenance_page_is_archived_as_nothing(tmp_path: Path, what: str) -> None:
    papers = [paper for paper in PAPERS if paper.era == "inline"][:3]
    with start_fake(papers) as fake:
        fake.plan = Plan(scripted=((what, "maintenance", 0),))
        settings = make_settings(tmp_path, fake, full_submission_limit=1_500, retries=1)
        report = crawl(settings, [FENWHISTLE])
    assert {loss.code for loss in report.losses} == {"wrong_kind"}
    # a host that answers so again and again is left in peace: what it was not asked for is still to fetch
    left = {"failed"} if report.outcome == "finished" else {"failed", "listed"}
    states = read_states(settings)
    assert set(states.values()) == left
    assert {accession for accession, state in states.items() if state == "failed"} == {loss.subject for loss in report.losses}
    assert len(states) == len(papers)


# Bugs of its own ----------------------------------------------------------------------------------------------------------

BROKEN = """
import os, sys
if "ex99.crawler.reading_process" in sys.orig_argv:
    from ex99.crawler import submission
    read = submission.read_submission
    def broken(stream):
        data = stream.read()
        if b"fw8ex99" in data:
            raise KeyError("a bug")
        if b"fw9ex99" in data:
            os._exit(9)
        stream.seek(0)
        return read(stream)
    submission.read_submission = broken
if "ex99.crawl_process" in sys.orig_argv:
    from ex99.crawler.spiders import edgar
    full = edgar.EdgarSpider.read_full
    async def broken(self, response, cik, filing):
        if response.url.endswith("-000010.txt"):
            raise KeyError("another")
        async for found in full(self, response, cik, filing):
            yield found
    edgar.EdgarSpider.read_full = broken
"""


def test_bugs_are_failures_like_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [Paper(number, PAPERS[40].day, era="plain") for number in range(7, 12)]
    (tmp_path / "sitecustomize.py").write_text(BROKEN)
    with start_fake(papers) as fake:
        settings = make_settings(tmp_path, fake)
        with monkeypatch.context() as patch:
            patch.syspath_prepend(str(tmp_path))
            report = crawl(settings, [FENWHISTLE])
        codes = {paper.accession: code for paper, code in zip(papers[1:4], ("bug", "crashed", "bug"), strict=True)}
        assert {loss.subject: loss.code for loss in report.losses} == codes
        assert report.exit_code == 1
        states = read_states(settings)
        assert {accession for accession, state in states.items() if state == "failed"} == set(codes)
        again = crawl(settings, [], retry_failed=True)
        assert again.complete, again.losses
        assert again.counts.archived == 3
