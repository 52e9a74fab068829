"""`ex99 serve`: where it listens, and what it says where it cannot."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

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


@pytest.mark.parametrize(
    ("words", "listens", "called", "warned"),
    [
        (["--host", "0.0.0.0"], "0.0.0.0", {"127.0.0.1": 200, "localhost": 200, "rebound.example": 400}, True),
        (["--host", "0.0.0.0", "--name", "archive.lan"], "0.0.0.0", {"archive.lan": 200, "rebound.example": 400}, True),
        (["--host", "localhost"], "127.0.0.1", {"localhost": 200, "archive.lan": 400}, False),
    ],
)
@pytest.mark.parametrize("command", ["serve", "datasette"])
def test_elsewhere_only_where_it_is_told_to_and_with_a_warning(
    cli: Cli,
    filled: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    words: list[str],
    listens: str,
    called: dict[str, int],
    warned: bool,
) -> None:
    seen: list[tuple[str, dict[str, int]]] = []

    def look(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        client = TestClient(server.config.app)  # type: ignore[arg-type]
        seen.append((sockets[0].getsockname()[0], {name: client.get("/", headers={"Host": name}).status_code for name in called}))

    monkeypatch.setattr(uvicorn.Server, "run", look)
    ran = cli(command, "--archive", filled, "--port", "0", *words)
    assert ran.code == 0, ran.err
    assert seen == [(listens, called)]
    assert ("warning: whoever reaches" in ran.err) == warned


def test_an_address_of_another_machine_is_refused(cli: Cli, filled: Path) -> None:
    ran = cli("serve", "--archive", filled, "--host", "192.0.2.1")
    assert ran.code == 2
    assert ran.err.startswith("error: --host 192.0.2.1 is no address of this machine")


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
