"""`ex99 crawl` and `ex99 demo` over HTTP, against a replica; and what a user can do wrong."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ex99.api import open_archive
from ex99.filings.filing import FILING_STATES
from ex99.replica.faults import FaultPlan
from ex99.replica.server import Replica, start_replica
from ex99.settings import Settings
from tests.ex99.conftest import CIK, TICKER, Cli

ROOT = Path(__file__).parents[2]


@pytest.fixture
def replica(submissions: Path, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    with start_replica(submissions) as started:
        for name, value in {
            "EX99_WWW_URL": started.url, "EX99_DATA_URL": started.url, "EX99_EFTS_URL": started.url,
            "EX99_USER_AGENT": "Pat Example pat@example.com", "EX99_REQUESTS_PER_SECOND": "200",
            "EX99_STATE_FOLDER": str(surroundings / "state"), "EX99_RETRY_WAIT": "0.01",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        yield started


def test_a_crawl_and_the_same_again(cli: Cli, replica: Replica, submissions: Path) -> None:
    count = len(list(submissions.rglob("*.txt")))
    first = cli("crawl", TICKER)
    assert first.code == 0, first.err
    assert first.out.startswith(f"{count} filings archived\n")
    assert "releases parsed" in first.out
    assert f"{count} full" in first.out
    again = cli("crawl", str(CIK))
    assert again.code == 0
    assert again.out.startswith(f"nothing to fetch: {count} filings archived already\n")
    assert "full" not in again.out
    told = json.loads(cli("crawl", TICKER, "--json").out)
    assert (told["outcome"], told["counts"]["known"], told["parse"]["parsed"]) == ("finished", count, 0)


def test_filters_reach_the_crawl(cli: Cli, replica: Replica) -> None:
    told = json.loads(cli("crawl", TICKER, "--since", "2008", "--until", "2008-06", "--items", "2.02", "--no-parse", "--json").out)
    assert told["counts"]["archived"] == 2
    assert told["counts"]["outside"] > 2
    assert told["parse"] is None
    assert "not yet parsed" in cli("status").out


def test_status_accounts_for_every_filing_that_edgar_lists(
    cli: Cli, replica: Replica, submissions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EX99_RETRIES", "0")
    broken = sorted(path.stem for path in submissions.rglob("*.txt") if "-08-" in path.stem)[0]
    replica.set_faults(FaultPlan(scripted=((broken, "unavailable", 0),)))
    ran = cli("crawl", TICKER, "--since", "2008", "--no-parse")
    assert ran.code == 1
    assert f"lost  {broken}" in ran.err
    told = json.loads(cli("status", "--json").out)
    states: Counter[str] = Counter()
    for line in told["states"]:
        states[line["state"]] += line["filings"]
    count = len(list(submissions.rglob("*.txt")))
    assert sum(states.values()) == told["filings"] == count
    assert states["failed"] == 1
    assert states["outside"] == sum("-07-" in path.stem for path in submissions.rglob("*.txt"))
    assert states["listed"] == 0
    assert states["archived"] > 0
    assert {state: told["by_company"][0][state] for state in FILING_STATES} == {state: states[state] for state in FILING_STATES}
    said = cli("status").out
    assert "EDGAR's page for outages" in said
    assert "outside the filter; `ex99 crawl` without it" in said
    assert "still to fetch" not in said
    replica.set_faults(None)
    assert cli("crawl", "--retry-failed", "--no-parse").code == 0
    assert cli("crawl", "--retry-failed").out.startswith("nothing to fetch: no filing failed before\n")
    after = {line["state"]: line["filings"] for line in json.loads(cli("status", "--json").out)["states"]}
    assert "failed" not in after
    assert after["outside"] == states["outside"]  # a crawl of single filings says nothing of the others
    left_out = json.loads(cli("query", "filings", "--state", "outside", "--json").out.splitlines()[0])
    assert "is outside the filter" in cli("show", left_out["accession"]).err
    assert cli("crawl", TICKER, "--no-parse").code == 0
    assert "outside" not in cli("status").out.split("\n\n")[0]


def test_python_crawls_too(replica: Replica, surroundings: Path) -> None:
    with open_archive() as archive:
        heard: list[str] = []
        report = archive.crawl(TICKER, since="2008-07", on_event=lambda event: heard.append(event.kind))
        assert report.complete
        assert "archived" in heard
        assert len(archive.filings(states="archived")) + len(archive.filings(states="no_release")) == report.counts.archived
        assert archive.figures().first() is not None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["NOSUCH"], "no company has the ticker or name 'NOSUCH'"),
        (["12345678901"], "'12345678901' is no CIK"),
        (["--since", "tomorrow", TICKER], "--since 'tomorrow' is no date"),
        (["--items", "99.9", TICKER], "'99.9'"),
        ([], "name at least one company"),
        ([""], ""),
    ],
)
def test_wrong_use(cli: Cli, replica: Replica, arguments: list[str], message: str) -> None:
    ran = cli("crawl", *arguments)
    assert ran.code == 2
    assert ran.err.startswith("error: ")
    assert message in ran.err
    assert len(ran.err.splitlines()) <= 2
    assert "Traceback" not in ran.err


def test_a_contact_is_needed(cli: Cli, surroundings: Path) -> None:
    ran = cli("crawl", TICKER)
    assert ran.code == 2
    assert "EX99_USER_AGENT" in ran.err
    assert not Path("ex99-archive").exists()


def test_an_unreachable_host(cli: Cli, replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EX99_WWW_URL", "EX99_DATA_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("EX99_RETRIES", "1")
    ran = cli("crawl", str(CIK))
    assert ran.code == 2
    assert "unreachable: cannot reach 127.0.0.1:9" in ran.err


def test_one_dead_ticker_of_a_list_costs_itself(cli: Cli, replica: Replica, surroundings: Path) -> None:
    Path("mine.txt").write_text(f'ticker,name\n{TICKER},"Wexcombe, Inc."\nGONEX  # delisted\n')
    ran = cli("crawl", "--companies", "mine.txt", "--no-parse", "--log-json", "crawl.jsonl")
    assert ran.code == 1
    assert "lost  GONEX: no company has the ticker or name 'GONEX'" in ran.err
    assert cli("status").out.count("archived")
    lines = [json.loads(line) for line in Path("crawl.jsonl").read_text().splitlines()]
    assert [line["level"] for line in lines if "GONEX" in line["message"]] == ["ERROR"]
    alone = cli("crawl", "GONEX")
    assert alone.code == 2


def test_the_demo_and_again(cli: Cli, surroundings: Path) -> None:
    started = time.monotonic()
    first = cli("demo")
    assert first.code == 0, first.err
    assert time.monotonic() - started < 60
    assert re.search(r"^60 filings archived$", first.out, re.MULTILINE)
    assert "revenue by quarter, latest vintage" in first.out
    rows = re.findall(r"^20\d\d-\d\d-\d\d  Q\d 20\d\d", first.out, re.MULTILINE)
    assert len(rows) >= 40
    assert "million USD" in first.out
    again = cli("demo")
    assert again.code == 0
    assert "nothing to fetch: 60 filings archived already" in again.out
    assert not re.search(r"\d+ full", again.out)
    assert cli("verify", "--archive", "demo-archive").out == "all is well\n"
    assert cli("query", "releases", "--archive", "demo-archive").code == 0


def interrupt(arguments: list[str], folder: Path, ready: str, number: signal.Signals = signal.SIGINT) -> subprocess.CompletedProcess[str]:
    """Start a command, send it Ctrl-C (or another signal) as soon as a file matching ``ready`` is there, and wait for its end."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, "-m", "ex99", *arguments], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not any(folder.glob(ready)) and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    child.send_signal(number)
    out, err = child.communicate(timeout=600)
    return subprocess.CompletedProcess(arguments, child.returncode, out, err)


def test_ctrl_c_during_a_crawl(cli: Cli, replica: Replica, submissions: Path, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EX99_REQUESTS_PER_SECOND", "2")  # so that it is not over before a busy machine sends the signal
    done = interrupt(["crawl", TICKER], surroundings, "ex99-archive/blobs/*/*")
    assert done.returncode == 130, done.stderr
    assert "stopped; what was done so far is kept, and the same command does the rest" in done.stderr
    assert "Traceback" not in done.stderr
    assert cli("verify").code == 0
    monkeypatch.setenv("EX99_REQUESTS_PER_SECOND", "200")
    assert cli("crawl", TICKER).code == 0
    with open_archive() as archive:
        assert len(archive.filings()) == len(list(submissions.rglob("*.txt")))


def test_ctrl_c_during_an_import(cli: Cli, submissions: Path, surroundings: Path) -> None:
    done = interrupt(["import", str(submissions)], surroundings, "ex99-archive/blobs/*/*")
    assert done.returncode in (0, 130), done.stderr
    assert "Traceback" not in done.stderr
    assert cli("verify").code == 0
    assert cli("import", submissions).code == 0
    with open_archive() as archive:
        assert len(archive.filings()) == len(list(submissions.rglob("*.txt")))
        assert archive.reparse().parsed == 0


def test_the_demo_needs_no_settings_of_the_user(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ex99.demo import make_settings

    monkeypatch.setenv("EX99_DATABASE_URL", "postgresql+psycopg://elsewhere/x")
    monkeypatch.setenv("EX99_BLOB_URL", "s3://elsewhere")
    made = make_settings(surroundings / "demo-archive", "http://127.0.0.1:8099")
    assert isinstance(made, Settings)
    assert made.resolved_database_url.startswith("sqlite:///")
    assert made.asks_sec is False
    assert made.has_contact


def test_sigterm_says_what_ctrl_c_says(replica: Replica, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EX99_REQUESTS_PER_SECOND", "2")
    done = interrupt(["crawl", TICKER], surroundings, "ex99-archive/blobs/*/*", signal.SIGTERM)
    assert done.returncode == 130, done.stderr
    assert "the same command does the rest" in done.stderr
    assert "Traceback" not in done.stderr
