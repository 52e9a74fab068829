"""`ex99 watch` and `ex99 crawl --market` against a replica."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ex99.api import open_archive
from ex99.crawler.events import CrawlEvent
from ex99.errors import UserError
from ex99.filings.filing import NEW_YORK
from ex99.filings.release import PressRelease
from ex99.replica.server import Replica, start_replica
from tests.crawler.little_filings import QUIZZAXA, WOMBOLT, accession_of, write_filing, write_filings
from tests.ex99.conftest import Cli


def today() -> dt.date:
    """The day in New York as a test runs: a suite may run past midnight."""
    return dt.datetime.now(NEW_YORK).date()


ROOT = Path(__file__).parents[2]
PATIENCE = 600
"""Seconds after which a process is taken to hang, however busy the machine is."""


@pytest.fixture
def replica(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    folder = surroundings / "filings"
    write_filings(folder, 3)
    write_filing(folder, 301, day=today())
    write_filing(folder, 302, day=today(), ciks=(WOMBOLT,))
    with start_replica(folder) as started:
        for name, value in {
            "EX99_WWW_URL": started.url, "EX99_DATA_URL": started.url, "EX99_EFTS_URL": started.url,
            "EX99_USER_AGENT": "Pat Example pat@example.com", "EX99_REQUESTS_PER_SECOND": "200",
            "EX99_STATE_FOLDER": str(surroundings / "state"), "EX99_RETRY_WAIT": "0.01",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        yield started


def test_new_releases_are_printed_as_lines(cli: Cli, replica: Replica, surroundings: Path) -> None:
    (surroundings / "mine.txt").write_text(f"{QUIZZAXA}  # the first\n\n")
    told = cli("watch", "--hours", "0", "--companies", "mine.txt", "--json", "--log-json", "log.jsonl")
    assert told.code == 0, told.err
    (line,) = [json.loads(line) for line in told.out.splitlines()]
    assert (line["accession"], line["ciks"], line["form"]) == (accession_of(301), [QUIZZAXA], "8-K")
    assert line["headline"] == "QUIZZAXA INSTRUMENTS INC Reports Results"
    assert {"kind", "fiscal_period", "figures", "acceptance", "items"} <= line.keys()
    logged = [json.loads(line) for line in Path("log.jsonl").read_text().splitlines()]
    assert {line.get("kind") for line in logged} >= {"started", "asked", "archived", "finished"}
    assert all({"time", "level", "message"} <= line.keys() for line in logged)
    again = cli("watch", "--hours", "0")
    assert again.code == 0
    (text,) = again.out.splitlines()
    assert "WOMBOLT HOLDINGS CORP" in text
    assert "WOMBOLT HOLDINGS CORP Reports Results" in text
    with open_archive() as archive:
        assert {row.accession for row in archive.releases()} == {accession_of(301), accession_of(302)}
        assert archive.reparse().parsed == 0


def test_what_an_earlier_watch_archived_and_did_not_parse_comes_first(cli: Cli, replica: Replica) -> None:
    assert cli("crawl", "--market", "--since", str(today()), "--no-parse").code == 0
    if today().weekday() >= 5:
        pytest.skip("no index at a weekend")
    told = cli("watch", "--hours", "0")
    assert len(told.out.splitlines()) == 2


def test_ctrl_c_is_how_it_ends(replica: Replica, surroundings: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "ex99", "watch", "--json"], cwd=surroundings, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert child.stdout is not None
    watchdog = threading.Timer(PATIENCE, child.kill)
    watchdog.start()
    seen = [json.loads(child.stdout.readline())["accession"] for _ in range(2)]
    write_filing(surroundings / "filings", 303, day=today())
    child.send_signal(signal.SIGTERM)
    out, err = child.communicate(timeout=PATIENCE)
    watchdog.cancel()
    assert child.returncode == 0, err
    assert out == ""
    assert "2 filings archived" in err
    assert "Traceback" not in err
    assert sorted(seen) == [accession_of(301), accession_of(302)]


def test_python_watches_too(replica: Replica, surroundings: Path) -> None:
    events: list[CrawlEvent] = []
    with open_archive() as archive:
        watch = archive.watch(QUIZZAXA, items="2.02", hours=0, on_event=events.append)
        (new,) = watch
        assert (new.filing.accession, new.document.type) == (accession_of(301), "EX-99.1")
        assert isinstance(new.result, PressRelease)
        assert watch.report is not None
        assert (watch.report.outcome, watch.report.counts.archived, watch.unparsed) == ("finished", 1, 0)
        assert {event.kind for event in events} >= {"started", "archived", "finished"}
        (other,) = archive.watch(hours=0)
        assert other.filing.ciks == (WOMBOLT,)


def test_leaving_the_loop_ends_the_watch(replica: Replica, surroundings: Path) -> None:
    with open_archive() as archive:
        watch = archive.watch()
        for new in watch:
            seen = [new.filing.accession]
            break
        assert watch.report is not None
        assert watch.report.outcome == "interrupted"
        seen += [new.filing.accession for new in archive.watch(hours=0)]
        assert sorted(seen) == [accession_of(301), accession_of(302)], "none twice, none passed over"


def test_a_watch_is_ended_from_another_thread_however_early(replica: Replica, surroundings: Path) -> None:
    with open_archive() as archive:
        watch = archive.watch(on_event=lambda event: watch.stop())
        assert len(list(watch)) <= 2
        assert watch.report is not None
        assert watch.report.outcome == "interrupted"


def test_ctrl_c_ends_the_loop(replica: Replica, surroundings: Path) -> None:
    script = surroundings / "script.py"
    script.write_text(
        "import os, signal, sys, threading\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell starts what runs beside it with SIGINT ignored
        "from ex99 import open_archive\n"
        "watch, main, seen = open_archive().watch(), threading.main_thread().ident, []\n"
        "def interrupt():\n"  # while a release is awaited: in the loop's body a Ctrl-C is the body's
        "    while sys._current_frames()[main].f_code.co_name != '_await_filing':\n"
        "        threading.Event().wait(0.01)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "for new in watch:\n"
        "    seen.append(new.filing.accession)\n"
        "    if len(seen) == 2:\n"
        "        threading.Thread(target=interrupt).start()\n"
        "print(*seen, watch.report.outcome)\n"
    )
    child = subprocess.Popen([sys.executable, script], env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, stdout=subprocess.PIPE)
    out, _ = child.communicate(timeout=PATIENCE)
    *seen, outcome = out.split()
    assert sorted(seen) == [accession_of(301), accession_of(302)]
    assert outcome == "interrupted"


def test_what_goes_wrong_in_a_watch_is_raised(replica: Replica, surroundings: Path) -> None:
    def refuse(event: CrawlEvent) -> None:
        raise LookupError(event.kind)

    with open_archive() as archive:
        with pytest.raises(UserError, match="'99'"):
            list(archive.watch(items="99"))
        with pytest.raises(LookupError, match="started"):
            list(archive.watch(on_event=refuse))


def test_python_crawls_the_market(replica: Replica, surroundings: Path) -> None:
    with open_archive() as archive:
        report = archive.crawl_market("2020-01", "2020-01", companies=[QUIZZAXA], forms="8-K")
        assert (report.outcome, report.counts.archived) == ("finished", 3)
        assert len(archive.releases()) == 3
        assert archive.crawl(retry_failed=True).message == "no filing failed before"
        for wrong, message in (({"since": None}, "needs a first day"), ({"since": "2021", "until": "2020"}, "lies before")):
            with pytest.raises(UserError, match=message):
                archive.crawl_market(**wrong)  # type: ignore[arg-type]


def test_the_market_by_the_command_line(cli: Cli, replica: Replica) -> None:
    told = json.loads(cli("crawl", "--market", "--since", "2020-01", "--until", "2020-01", "--sic", "3829", "--no-parse", "--json").out)
    assert (told["outcome"], told["counts"]["archived"]) == ("finished", 3)
    assert told["requests"] == {"index": 1, "submissions": 1, "full": 3}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["crawl", "--market"], "--market needs a first day"),
        (["crawl", "--market", "--since", "2020", "--items", "2.02"], "indexes list no items"),
        (["crawl", "--market", "--since", "2020", "--retry-failed"], "exclude each other"),
        (["crawl", "--sic", "3829", "AAPL"], "--sic narrows the whole market"),
        (["crawl", "--companies", "nowhere.txt"], "nowhere.txt"),
        (["watch", "--every", "1"], "--every"),
        (["watch", "--since", "soon"], "--since"),
        (["watch", "--items", "99"], "'99'"),
        (["watch", "12345678901"], "is no CIK"),
        (["watch", "NOPE"], "error: no company has the ticker or name 'NOPE'"),
    ],
)
def test_wrong_use(cli: Cli, replica: Replica, arguments: list[str], message: str) -> None:
    ran = cli(*arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.err.removeprefix("watching EDGAR, a look every 60 s; Ctrl-C ends it\n").startswith("error: ")
    assert "Traceback" not in ran.err
