"""Every fault, as a client meets it."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from pathlib import Path

import pytest

from ex99.replica.compose import ComposedFiling, compose_trap, write_filings
from ex99.replica.faults import FAULTS, FaultDice, FaultError, FaultPlan
from ex99.replica.server import Replica, start_replica
from tests.replica.conftest import Answer, ask


@pytest.fixture(scope="module")
def filing() -> ComposedFiling:
    return compose_trap("net_loss")


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory, filing: ComposedFiling) -> Iterator[Replica]:
    folder = tmp_path_factory.mktemp("faulty")
    write_filings(folder, [filing])
    with start_replica(folder, block_seconds=0.2) as running:
        yield running


def meet(replica: Replica, filing: ComposedFiling, fault: str, *, accept: str = "gzip", **plan: float) -> Answer:
    replica.set_faults(FaultPlan(scripted=(("data/", fault, 1),), **plan))  # type: ignore[arg-type]
    path = f"/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}"
    try:
        return ask(replica.url, path, Accept_Encoding=accept)
    finally:
        assert replica.stats()["faults"][fault] >= 1
        time.sleep(0.25 if fault == "block" else 0)
        assert ask(replica.url, path).body == filing.data


@pytest.mark.parametrize(
    ("fault", "status", "mark"),
    [
        ("unavailable", 503, "SEC.gov | File Unavailable"),
        ("undeclared", 403, "Undeclared Automated Tool"),
        ("block", 403, "Request Rate Threshold Exceeded"),
        ("access_denied", 403, "<Code>AccessDenied</Code>"),
        ("no_such_key", 404, "<Code>NoSuchKey</Code>"),
        ("html", 200, "<html>"),
        ("denied", 403, "<TITLE>Access Denied</TITLE>"),
    ],
)
def test_pages(replica: Replica, filing: ComposedFiling, fault: str, status: int, mark: str) -> None:
    answer = meet(replica, filing, fault)
    assert answer.status == status
    body = gzip.decompress(answer.body).decode() if "content-encoding" in answer.headers else answer.body.decode()
    assert mark in body


def test_empty(replica: Replica, filing: ComposedFiling) -> None:
    answer = meet(replica, filing, "empty")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "0")


def test_truncated_gzip_agrees_with_its_length(replica: Replica, filing: ComposedFiling) -> None:
    answer = meet(replica, filing, "truncated")
    assert int(answer.headers["content-length"]) == len(answer.body)
    with pytest.raises(EOFError):
        gzip.decompress(answer.body)
    packer = zlib.decompressobj(31)
    assert filing.data.startswith(packer.decompress(answer.body))


def test_truncated_without_gzip_is_half_a_file(replica: Replica, filing: ComposedFiling) -> None:
    answer = meet(replica, filing, "truncated", accept="identity")
    assert answer.body == filing.data[: len(filing.data) // 2]


def test_cut(replica: Replica, filing: ComposedFiling) -> None:
    with pytest.raises(IncompleteRead):
        meet(replica, filing, "cut")


def test_reset(replica: Replica, filing: ComposedFiling) -> None:
    with pytest.raises(ConnectionResetError):
        meet(replica, filing, "reset")


def test_stall(replica: Replica, filing: ComposedFiling) -> None:
    begin = time.monotonic()
    with pytest.raises((ConnectionResetError, RemoteDisconnected, HTTPException)):
        meet(replica, filing, "stall", stall_seconds=0.4)
    assert time.monotonic() - begin > 0.35


def test_slow(replica: Replica, filing: ComposedFiling) -> None:
    begin = time.monotonic()
    answer = meet(replica, filing, "slow", slow_seconds=0.4)
    assert gzip.decompress(answer.body) == filing.data
    assert time.monotonic() - begin > 0.3


def test_redirect(replica: Replica, filing: ComposedFiling) -> None:
    answer = meet(replica, filing, "redirect")
    assert answer.status == 302
    assert answer.headers["location"].startswith("https://elsewhere.example/")


def test_bomb(replica: Replica, filing: ComposedFiling) -> None:
    answer = meet(replica, filing, "bomb", bomb_bytes=32 * 2**20)
    assert len(answer.body) < 100_000
    assert len(gzip.decompress(answer.body)) == 32 * 2**20


def test_endless(replica: Replica, filing: ComposedFiling) -> None:
    answer = meet(replica, filing, "endless", bomb_bytes=2**20)
    assert answer.status == 200
    assert len(answer.body) >= 2**20
    assert answer.body.startswith(b"<SEC-DOCUMENT>")


def test_every_fault_has_a_test_here() -> None:
    source = Path(__file__).read_text()
    assert all(f'"{fault}"' in source for fault in FAULTS)


def test_shares_come_out_as_asked_and_alike_in_every_run() -> None:
    plan = FaultPlan({"reset": 0.1, "empty": 0.2}, seed=5)
    paths = [f"/Archives/{n}" for n in range(3000)]
    first, second = FaultDice(plan), FaultDice(plan)
    drawn = [first.draw(p) for p in paths]
    assert drawn == [second.draw(p) for p in reversed(paths)][::-1]
    assert drawn != [FaultDice(FaultPlan({"reset": 0.1, "empty": 0.2}, seed=6)).draw(p) for p in paths]
    counts = Counter(drawn)
    assert counts["reset"] == pytest.approx(300, abs=60)
    assert counts["empty"] == pytest.approx(600, abs=80)


def test_a_path_may_be_left_alone_after_a_while() -> None:
    dice = FaultDice(FaultPlan({"empty": 1.0}, at_most=2))
    assert [dice.draw("/a") for _ in range(4)] == ["empty", "empty", None, None]
    assert dice.draw("/b") == "empty"


def test_random_faults_may_be_kept_to_some_paths() -> None:
    dice = FaultDice(FaultPlan({"empty": 1.0}, paths=r"\.txt$"))
    assert dice.draw("/a.json") is None
    assert dice.draw("/a.txt") == "empty"


def test_scripts_run_before_the_dice() -> None:
    dice = FaultDice(FaultPlan(scripted=(("/a", "reset", 2), ("/c", "html", 0))))
    assert [dice.draw("/a") for _ in range(3)] == ["reset", "reset", None]
    assert [dice.draw("/c") for _ in range(5)] == ["html"] * 5
    assert dice.draw("/b") is None


def test_plans_are_read_from_the_command_line() -> None:
    plan = FaultPlan.parse("unavailable=0.02, reset=0.01,seed=7,stall_seconds=0.5,at_most=3")
    assert plan == FaultPlan({"unavailable": 0.02, "reset": 0.01}, seed=7, stall_seconds=0.5, at_most=3)
    assert FaultPlan.parse("") == FaultPlan()


@pytest.mark.parametrize("text", ["nonsense=0.1", "reset", "reset=much", "reset=0.9,empty=0.2", "reset=-0.1"])
def test_wrong_plans_are_refused(text: str) -> None:
    with pytest.raises(FaultError):
        FaultPlan.parse(text)


def test_retry_after_in_both_its_forms(replica: Replica, filing: ComposedFiling) -> None:
    assert meet(replica, filing, "retry_after", retry_seconds=7).headers["retry-after"] == "7"
    assert meet(replica, filing, "retry_at", retry_seconds=7).headers["retry-after"].endswith(" GMT")


def test_a_body_twice_over(replica: Replica, filing: ComposedFiling) -> None:
    assert meet(replica, filing, "twice", accept="identity").body == filing.data * 2


@pytest.mark.parametrize("fault", ["half_rows", "odd_row", "other_company"])
def test_listings_that_are_not_what_they_seem(replica: Replica, filing: ComposedFiling, fault: str) -> None:
    cik = filing.truth.ciks[0]
    right = json.loads(ask(replica.url, f"/submissions/{cik.submissions_name}").body)
    replica.set_faults(FaultPlan(scripted=(("submissions", fault, 1),)))
    wrong = json.loads(ask(replica.url, f"/submissions/{cik.submissions_name}").body)
    rows = right["filings"]["recent"]["filingDate"]
    found = wrong["filings"]["recent"]["filingDate"]
    assert (int(wrong["cik"]) != cik) == (fault == "other_company")
    assert found == {"half_rows": rows[: len(rows) // 2], "odd_row": ["", *rows[1:]], "other_company": rows}[fault]
