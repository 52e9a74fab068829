"""The crawl service against a replica: complete, idempotent, sparing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from ex99.crawl import CrawlError, crawl
from ex99.crawler.events import CrawlEvent
from ex99.replica.faults import FaultPlan
from ex99.replica.server import Replica, start_replica
from ex99.settings.settings import Settings
from tests.crawler.little_filings import QUIZZAXA, WOMBOLT, write_filing, write_filings
from tests.ex99.crawling import make_settings, read_damage, read_states

COUNT = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filings")
    write_filings(folder, COUNT)
    write_filing(folder, 500, ciks=(WOMBOLT, QUIZZAXA))
    write_filing(folder, 501, ciks=(WOMBOLT,), form="8-K/A")
    return folder


@pytest.fixture(scope="module")
def shared_replica(folder: Path) -> Iterator[Replica]:
    with start_replica(folder, page_size=10) as replica:
        yield replica


@pytest.fixture
def replica(shared_replica: Replica) -> Replica:
    shared_replica.reset()
    return shared_replica


def test_a_clean_crawl_and_a_second_one(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    events: list[CrawlEvent] = []
    report = crawl(settings, [QUIZZAXA, WOMBOLT], on_event=events.append)
    assert report.outcome == "finished", report.message
    assert report.exit_code == 0
    counts = report.counts
    # the filing of both companies is listed by each, and fetched once
    assert (counts.companies, counts.listed, counts.wanted, counts.archived, counts.failed) == (2, COUNT + 3, COUNT + 2, COUNT + 2, 0)
    assert counts.listed == counts.outside + counts.known + counts.elsewhere + counts.nothing_to_fetch + counts.wanted
    assert report.requests == {"submissions": 2, "overflow": 2, "full": COUNT + 2}
    assert replica.stats()["requests"] == counts.requests == COUNT + 6
    assert sum(report.choices.values()) == COUNT + 2
    assert set(read_states(settings).values()) == {"archived"}
    assert read_damage(settings) == []
    assert [event.kind for event in events].count("archived") == COUNT + 2
    assert {event.kind for event in events} >= {"started", "listed", "finished"}
    assert events[-1].counts == counts

    replica.reset()
    again = crawl(settings, [QUIZZAXA, WOMBOLT])
    assert again.requests == {"submissions": 2, "overflow": 2}
    assert again.counts.known == COUNT + 3
    assert again.counts.wanted == 0
    assert replica.stats()["kinds"] == {"submissions": 2, "overflow": 2}
    assert again.run != report.run


def test_a_ticker_costs_one_request_more(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    report = crawl(settings, ["wombolt holdings"], forms=["8-K/A"])
    assert report.requests == {"tickers": 1, "submissions": 1, "full": 1}
    assert report.counts.outside == 1


def test_dates_spare_overflow_pages_and_leave_the_rest_listed(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    report = crawl(settings, [QUIZZAXA], since=dt.date(2020, 1, 29), until=dt.date(2020, 1, 30))
    assert report.counts.archived == 2
    assert report.counts.outside == report.counts.listed - 2
    assert sorted(set(read_states(settings).values())) == ["archived", "outside"]
    wider = crawl(settings, [QUIZZAXA], since=dt.date(2020, 1, 28))
    assert wider.counts.archived == wider.counts.wanted == 3
    assert sum(state == "archived" for state in read_states(settings).values()) == 5
    narrower = crawl(settings, [QUIZZAXA], since=dt.date(2020, 1, 30))
    assert narrower.counts.wanted == 0
    assert sum(state == "archived" for state in read_states(settings).values()) == 5


def test_an_unknown_ticker_is_one_line_with_candidates_and_no_request_more(replica: Replica, tmp_path: Path) -> None:
    report = crawl(make_settings(tmp_path, replica), ["QUIZZAXA INSTRUMENT"])
    assert report.outcome == "refused"
    assert report.exit_code == 2
    assert "no company has the ticker or name 'QUIZZAXA INSTRUMENT': did you mean" in report.message
    assert "QUIZZAXA INSTRUMENTS" in report.message
    assert "\n" not in report.message
    assert replica.stats()["requests"] == 1


def test_a_cik_that_edgar_does_not_know_is_a_loss_and_the_others_are_crawled(replica: Replica, tmp_path: Path) -> None:
    report = crawl(make_settings(tmp_path, replica, retries=0), [7_777_777, WOMBOLT])
    assert report.outcome == "finished"
    assert report.exit_code == 1
    assert [(loss.subject, loss.code) for loss in report.losses] == [("7777777", "absent")]
    assert report.counts.archived == 2


@pytest.mark.parametrize(
    ("companies", "more", "words"),
    [
        (["12345678901"], {}, "is no CIK"),
        (["0"], {}, "is no CIK"),
        ([], {}, "name at least one company"),
        (["QZXA"], {"items": ["22"]}, "is no item of Form 8-K"),
        (["QZXA"], {"forms": ["10-K"]}, "is not of the 8-K family"),
        (["QZXA"], {"since": dt.date(2021, 1, 1), "until": dt.date(2020, 1, 1)}, "is later than"),
    ],
)
def test_wrong_use_is_seen_before_anything_is_asked(tmp_path: Path, companies: list[str], more: dict[str, object], words: str) -> None:
    with pytest.raises(CrawlError, match=words):
        crawl(make_settings(tmp_path, requests_per_second=8), companies, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("agent", [None, "ex99", "Mozilla/5.0"])
def test_against_the_sec_nothing_starts_without_a_contact(tmp_path: Path, agent: str | None) -> None:
    with pytest.raises(CrawlError, match="EX99_USER_AGENT"):
        crawl(Settings(archive=tmp_path, user_agent=agent), ["AAPL"])


def test_against_the_sec_no_rate_above_its_limit_starts(tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match="10 requests a second"):
        crawl(Settings(archive=tmp_path, user_agent="A b@example.com", requests_per_second=12), ["AAPL"])


def test_an_unreachable_host_is_one_line(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    settings = make_settings(tmp_path, www_url=nowhere, data_url=nowhere, efts_url=nowhere)
    report = crawl(settings, [QUIZZAXA])
    assert report.outcome == "unreachable"
    assert report.exit_code == 2
    assert report.message.startswith("cannot reach 127.0.0.1:9: Connection was refused")
    assert report.requests == {"submissions": 2}
    assert "\n" not in report.message


def test_an_archive_that_cannot_be_made_is_one_line(replica: Replica, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    report = crawl(make_settings(tmp_path, replica, archive=tmp_path / "file" / "archive"), [QUIZZAXA])
    assert report.outcome == "refused"
    assert report.exit_code == 2
    assert "\n" not in report.message
    assert replica.stats()["requests"] == 0


def test_a_budget_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CrawlError, match="set EX99_STATE_FOLDER"):
        crawl(make_settings(tmp_path, state_folder=tmp_path / "file" / "state", requests_per_second=8), [QUIZZAXA])


def test_large_filings_are_fetched_in_parts(tmp_path: Path) -> None:
    folder = tmp_path / "filings"
    folder.mkdir()
    large = write_filing(folder, 1, picture=200_000)
    write_filing(folder, 2)
    with start_replica(folder) as replica:
        settings = make_settings(tmp_path, replica, full_submission_limit=50_000)
        report = crawl(settings, [QUIZZAXA])
    assert report.requests == {"submissions": 1, "headers": 1, "document": 2, "full": 1}
    assert report.complete, report.losses
    assert read_states(settings)[large] == "archived"
    assert report.choices == {"exhibit_99": 2}
    assert read_damage(settings) == []


def test_a_large_filing_without_index_headers_is_told_by_its_index_page(tmp_path: Path) -> None:
    folder = tmp_path / "filings"
    folder.mkdir()
    large = write_filing(folder, 1, picture=200_000)
    with start_replica(folder, faults=FaultPlan(scripted=(("index-headers", "no_such_key", 0),))) as replica:
        settings = make_settings(tmp_path, replica, full_submission_limit=50_000)
        report = crawl(settings, [QUIZZAXA])
    assert report.complete, report.losses
    assert report.requests == {"submissions": 1, "headers": 2, "index_page": 1, "document": 2}
    assert read_states(settings) == {large: "archived"}


def test_on_event_that_raises_ends_the_crawl(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica, requests_per_second=20)

    def refuse(event: CrawlEvent) -> None:
        raise LookupError(event.kind)

    with pytest.raises(LookupError, match="started"):
        crawl(settings, [QUIZZAXA], on_event=refuse)
    assert read_damage(settings) == []
