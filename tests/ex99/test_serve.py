"""`ex99 serve`: where it listens, and what it says where it cannot."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import uvicorn

from tests.ex99.conftest import Cli


@pytest.fixture
def filled(cli: Cli, submissions: Path, surroundings: Path) -> Path:
    assert cli("import", submissions, "--archive", "archive").code == 0
    return surroundings / "archive"


def test_it_listens_on_this_machine_alone(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[tuple[str, int]] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: places.extend(one.getsockname() for one in sockets))
    ran = cli("serve", "--archive", filled, "--port", "0")
    assert ran.code == 0
    ((host, port),) = places
    assert host == "127.0.0.1"
    assert f"http://127.0.0.1:{port}" in ran.err


def test_a_taken_port_and_a_missing_archive(cli: Cli, filled: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = cli("serve", "--archive", filled, "--port", port)
    assert ran.code == 2
    assert f"port {port} cannot be had" in ran.err
    assert "--port 0" in ran.err
    missing = cli("serve", "--archive", "nowhere")
    assert missing.code == 2
    assert "there is no archive" in missing.err
