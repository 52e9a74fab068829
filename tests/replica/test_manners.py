"""A declared contact, a limit on the rate, and blocks that asking again prolongs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ex99.replica.compose import compose_trap, write_filings
from ex99.replica.manners import Turnstile, has_contact
from ex99.replica.server import start_replica
from tests.replica.conftest import Served, ask


@pytest.mark.parametrize("agent", ["Sample Company admin@example.com", "x/1.0 (mailto:a.b@c.co)"])
def test_contacts(agent: str) -> None:
    assert has_contact(agent)


@pytest.mark.parametrize("agent", ["", "python-requests/2.32", "Mozilla/5.0 (X11; Linux x86_64) Chrome/58", "someone@nowhere"])
def test_no_contacts(agent: str) -> None:
    assert not has_contact(agent)


def test_an_undeclared_agent_gets_the_403_page(served: Served) -> None:
    answer = served.get("/files/company_tickers.json", agent="python-requests/2.32")
    assert (answer.status, answer.headers["content-type"]) == (403, "text/html")
    assert "<title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title>" in answer.text


def test_no_more_than_the_rate_in_any_second() -> None:
    turnstile = Turnstile(3, block_seconds=10)
    assert [turnstile.pass_request(t) for t in (0.0, 0.3, 0.6, 1.0, 1.31)] == [None] * 5
    assert turnstile.pass_request(1.4) == 0.0
    assert turnstile.blocks == 1


def test_asking_again_prolongs_a_block() -> None:
    turnstile = Turnstile(1, block_seconds=10)
    turnstile.pass_request(0.0)
    assert turnstile.pass_request(0.1) == 0.0
    assert turnstile.remaining(0.1) == 10
    assert turnstile.pass_request(9.0) == pytest.approx(8.9)
    assert turnstile.remaining(9.0) == 10
    assert turnstile.pass_request(18.9) == pytest.approx(18.8)
    assert turnstile.pass_request(29.0) is None
    assert turnstile.blocks == 1


def test_without_a_rate_there_is_no_limit() -> None:
    turnstile = Turnstile(None, block_seconds=10)
    assert {turnstile.pass_request(n / 1000) for n in range(1000)} == {None}


@pytest.mark.parametrize("status", [403, 429])
def test_the_block_over_the_wire(tmp_path: Path, status: int) -> None:
    write_filings(tmp_path, [compose_trap("net_loss")])
    with start_replica(tmp_path, rate=5, block_seconds=0.5, block_status=status) as replica:
        answers = [ask(replica.url, "/files/company_tickers.json") for _ in range(8)]
        assert [a.status for a in answers] == [200] * 5 + [status] * 3
        assert "<title>SEC.gov | Request Rate Threshold Exceeded</title>" in answers[-1].text
        assert "You’ve Exceeded the SEC’s Traffic Limit" in answers[-1].body.decode()
        assert "retry-after" not in answers[-1].headers
        stats = replica.stats(grace=0.0)
        assert (stats["blocks"], stats["during_block"], stats["after_grace"]) == (1, 2, 2)
        assert replica.stats(grace=10)["after_grace"] == 0
        time.sleep(0.7)
        assert ask(replica.url, "/files/company_tickers.json").status == 200


def test_the_control_endpoint_counts_in_no_limit(tmp_path: Path) -> None:
    write_filings(tmp_path, [compose_trap("net_loss")])
    with start_replica(tmp_path, rate=2, block_seconds=60) as replica:
        for _ in range(6):
            assert replica.stats()["requests"] == 0
        for _ in range(3):
            ask(replica.url, "/x")
        assert replica.stats()["block_remaining"] > 50
        replica.reset()
        assert replica.stats()["requests"] == replica.stats()["block_remaining"] == 0
        replica.set_rate(None)
        assert {ask(replica.url, "/robots.txt").status for _ in range(9)} == {200}
