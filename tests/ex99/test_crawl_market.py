"""The whole market by the indexes, and the latest filings by the feed."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ex99.crawl import CrawlError, CrawlStop, crawl, crawl_market, follow_latest, read_last_look, run_spider
from ex99.crawler.events import CrawlEvent
from ex99.filings.filing import NEW_YORK
from ex99.replica.faults import FaultPlan
from ex99.replica.server import Replica, start_replica
from tests.crawler.little_filings import QUIZZAXA, WOMBOLT, accession_of, write_filing, write_filings
from tests.ex99.crawling import make_settings, read_damage, read_states


def today() -> dt.date:
    """The day in New York as a test runs: a suite may run past midnight."""
    return dt.datetime.now(NEW_YORK).date()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "filings"
    write_filings(folder, 10)
    write_filings(folder, 5, first=100, ciks=(WOMBOLT,))
    write_filing(folder, 200, ciks=(WOMBOLT, QUIZZAXA))
    return folder


@pytest.fixture
def replica(folder: Path) -> Iterator[Replica]:
    with start_replica(folder) as replica:
        yield replica


def test_a_span_of_days_is_read_from_the_indexes(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    since, until = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    report = crawl_market(settings, since, until)
    # nothing was filed in the fourth quarter, so the replica has no index of it; of EDGAR that would be a loss
    assert [(loss.subject, loss.code) for loss in report.losses] == [("full-index/2020/QTR4/master.gz", "absent")]
    assert report.requests == {"index": 4, "full": 16}
    assert set(read_states(settings).values()) == {"archived"}
    assert read_damage(settings) == []
    again = crawl_market(settings, since, until)
    assert again.requests == {"index": 4}
    assert again.counts.known == 17


def test_it_is_narrowed_by_days_companies_and_industries(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    few = crawl_market(settings, dt.date(2020, 1, 3), dt.date(2020, 1, 5))
    assert few.requests == {"index": 1, "full": 3}
    theirs = crawl_market(settings, dt.date(2020, 4, 1), dt.date(2020, 6, 30), companies=[WOMBOLT])
    assert theirs.requests == {"index": 1, "full": 5}
    other = make_settings(tmp_path / "other", replica)
    none = crawl_market(other, dt.date(2020, 1, 1), dt.date(2020, 3, 31), sics=["9999"])
    assert none.requests == {"index": 1, "submissions": 1}
    theirs = crawl_market(other, dt.date(2020, 1, 1), dt.date(2020, 3, 31), sics=["3829"])
    assert theirs.requests == {"index": 1, "submissions": 1, "full": 10}
    again = crawl_market(other, dt.date(2020, 1, 1), dt.date(2020, 3, 31), sics=["3829"])
    assert again.requests == {"index": 1}  # what the archive knows of a company's industry is not asked for again


def test_what_a_company_crawl_left_out_the_market_takes_in(replica: Replica, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, replica)
    assert crawl(settings, [QUIZZAXA], until=dt.date(2020, 1, 4)).counts.archived == 3
    assert sorted(read_states(settings).values()) == ["archived"] * 3 + ["outside"] * 8
    crawl_market(settings, dt.date(2020, 1, 6), dt.date(2020, 1, 8), companies=[QUIZZAXA])
    assert sorted(read_states(settings).values()) == ["archived"] * 6 + ["outside"] * 5


def test_days_without_an_index_are_no_errors(folder: Path, tmp_path: Path) -> None:
    new = {write_filing(folder, 300, day=today() - dt.timedelta(days=days)) for days in (3,)}
    with start_replica(folder) as replica:
        settings = make_settings(tmp_path, replica)
        report = crawl_market(settings, today() - dt.timedelta(days=10))
    assert report.complete, report.losses
    weekend = (today() - dt.timedelta(days=3)).weekday() >= 5
    assert read_states(settings) == ({} if weekend else dict.fromkeys(new, "archived"))


def test_a_broken_index_is_a_loss(folder: Path, tmp_path: Path) -> None:
    with start_replica(folder, faults=FaultPlan(scripted=(("full-index", "html", 0),))) as replica:
        report = crawl_market(make_settings(tmp_path, replica, retries=1), dt.date(2020, 1, 1), dt.date(2020, 3, 31))
    assert [(loss.subject, loss.code) for loss in report.losses] == [("full-index/2020/QTR1/master.gz", "wrong_kind")]
    assert report.exit_code == 1


def test_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match="is later than"):
        crawl_market(make_settings(tmp_path, requests_per_second=8), dt.date(2021, 1, 1), dt.date(2020, 1, 1))


def test_the_latest_filings_are_archived_as_they_appear(folder: Path, tmp_path: Path) -> None:
    first = [write_filing(folder, number, day=today()) for number in (301, 302)]
    appeared = threading.Event()
    seen: list[str | None] = []
    fresh: list[str] = []
    with start_replica(folder) as replica:
        settings = make_settings(tmp_path, replica)

        def on_event(event: CrawlEvent) -> None:
            if event.kind == "archived":
                seen.append(event.accession)
                if len(seen) == len(first):
                    fresh.append(write_filing(folder, 400, day=today()))
                    replica.rescan()
                elif fresh and event.accession == fresh[0]:
                    appeared.set()

        report = follow_latest(settings, every=5, hours=7 / 3600, on_event=on_event)
    assert report.complete, report.losses
    assert appeared.is_set()
    # filings of 2020, which the feed lists too, are not what is followed
    assert sorted(map(str, seen)) == sorted([*first, *fresh])
    assert report.requests["full"] == 3
    assert report.requests["feed"] <= 3
    assert set(read_states(settings).values()) == {"archived"}


def test_following_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    yesterday = max(day for day in (today() - dt.timedelta(days=n) for n in range(1, 4)) if day.weekday() < 5)
    write_filing(folder, 301, day=today())
    with start_replica(folder) as replica:
        settings = make_settings(tmp_path, replica)
        assert follow_latest(settings, hours=0).counts.archived == 1
        assert read_last_look(settings, {"companies": "", "sics": "", "items": "", "forms": ""}) == today()
        assert read_last_look(settings, {"companies": f"{WOMBOLT};", "sics": "", "items": "", "forms": ""}) is None
        write_filing(folder, 302, day=yesterday)
        write_filing(folder, 303, day=yesterday, ciks=(WOMBOLT,))
        replica.rescan()
        replica.reset()
        # the feed is down: the index of the day has it
        replica.set_faults(FaultPlan(scripted=(("browse-edgar", "unavailable", 0),)))
        narrow = make_settings(tmp_path, replica, retries=0)
        report = follow_latest(narrow, since=yesterday, hours=0, companies=[QUIZZAXA])
    assert report.counts.archived == 1
    assert report.requests["index"] >= 1
    assert read_states(settings) == {accession_of(301): "archived", accession_of(302): "archived"}


def test_the_latest_of_an_industry(folder: Path, tmp_path: Path) -> None:
    write_filing(folder, 301, day=today())
    with start_replica(folder) as replica:
        settings = make_settings(tmp_path, replica)
        none = follow_latest(settings, hours=0, sics=["9999"])
        assert (none.requests["feed"], none.requests["submissions"], none.counts.archived) == (1, 1, 0)
        assert follow_latest(settings, hours=0, sics=["3829"]).counts.archived == 1


def test_a_crawl_that_fetches_nothing_ends_when_it_is_done(replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = make_settings(tmp_path, replica)
    days = dt.date(2020, 1, 1), dt.date(2020, 9, 30)
    assert crawl_market(settings, *days).complete
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nif 'ex99.crawl_process' in sys.orig_argv:\n"
        "    from scrapy.core.engine import ExecutionEngine\n    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 3600.0\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    stop = CrawlStop()
    timer = threading.Timer(60, stop.ask)
    timer.start()
    arguments = {"since": f"{days[0]}", "until": f"{days[1]}"}
    report = run_spider(settings, "market", arguments, stop=stop)
    timer.cancel()
    assert report.outcome == "finished"
    assert report.counts.archived == 0
