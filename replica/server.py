"""Runs a replica on a real server: in a thread of this process, or as a process of its own."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from ex99.replica.app import ReplicaApp
from ex99.replica.faults import FaultPlan
from ex99.replica.options import ReplicaOptions

_START_SECONDS = 120.0


class ReplicaError(RuntimeError):
    """A replica that did not start or did not answer its control endpoint."""


@dataclass(frozen=True, slots=True)
class Replica:
    """A running replica. ``url`` (http://127.0.0.1:PORT) stands for all three hosts of EDGAR."""

    url: str

    def stats(self, grace: float = 1.0) -> dict[str, Any]:
        """What was asked since the start or the last reset; see replica.journal.Journal.summary, plus blocks and filings."""
        return dict(self._ask("GET", f"/_replica/stats?grace={grace}"))

    def log(self) -> list[dict[str, Any]]:
        """Every request: time (seconds on the replica's clock), kind, path, status, bytes, fault, block_age."""
        return list(self._ask("GET", "/_replica/log"))

    def reset(self) -> None:
        """Forget the log, lift any block, start the fault dice anew."""
        self._ask("POST", "/_replica/reset")

    def rescan(self) -> int:
        """Take in submissions that were added to the folder; returns how many."""
        return int(self._ask("POST", "/_replica/rescan")["added"])

    def set_rate(self, rate: float | None, block_seconds: float | None = None) -> None:
        """Change the limit of requests a second (None: no limit) and the length of a block."""
        wanted: dict[str, Any] = {"rate": rate}
        if block_seconds is not None:
            wanted["block_seconds"] = block_seconds
        self._ask("POST", "/_replica/settings", wanted)

    def set_faults(self, plan: FaultPlan | None) -> None:
        """Inject other faults from now on (None: none)."""
        values = {f.name: getattr(plan, f.name) for f in fields(FaultPlan)} if plan else {}
        self._ask("POST", "/_replica/settings", {"faults": values})

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            connection.request(method, path, body=None if body is None else json.dumps(body))
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise ReplicaError(f"{path} answered {answer.status}: {text[:200].decode(errors='replace')}")
        return json.loads(text)


def make_server(app: ReplicaApp) -> uvicorn.Server:
    """A uvicorn server for an app, to be run on a socket: without access log, websockets or lifespan."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level=logging.CRITICAL,
        lifespan="off",
        ws="none",
        http="auto",
        server_header=False,
        timeout_keep_alive=60,
        backlog=512,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


@contextmanager
def start_replica(folder: Path | str, *, port: int = 0, process: bool = False, **options: Any) -> Iterator[Replica]:
    """Run a replica of a folder while the context lasts.

    ``options`` are the fields of ReplicaOptions; unlike there, no rate is kept unless one is given. With ``process`` it runs
    as a process of its own, so that it shares neither the interpreter nor its clock with what is measured.
    """
    options.setdefault("rate", None)
    settings = ReplicaOptions(Path(folder), **options)
    with _run_process(settings, port) if process else _run_thread(settings, port) as replica:
        yield replica


@contextmanager
def _run_thread(options: ReplicaOptions, port: int) -> Iterator[Replica]:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    server = make_server(ReplicaApp(options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, name="replica", daemon=True)
    thread.start()
    try:
        _wait(lambda: server.started, thread.is_alive)
        yield Replica(f"http://127.0.0.1:{sock.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        sock.close()


@contextmanager
def _run_process(options: ReplicaOptions, port: int) -> Iterator[Replica]:
    if not port:
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            port = sock.getsockname()[1]
    command = [sys.executable, "-m", "replica", "--filings", str(options.folder), "--port", str(port), "--quiet", "--options", "-"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own module
    replica = Replica(f"http://127.0.0.1:{port}")
    try:
        assert child.stdin is not None
        child.stdin.write(json.dumps(dump_options(options)).encode())
        child.stdin.close()
        _wait(lambda: _answers(replica), lambda: child.poll() is None)
        yield replica
    finally:
        child.terminate()
        child.wait(timeout=10)


def dump_options(options: ReplicaOptions) -> dict[str, Any]:
    """Options as a JSON-ready dict, which load_options reads."""
    values = {f.name: getattr(options, f.name) for f in fields(ReplicaOptions) if f.name not in ("folder", "faults", "company_tickers")}
    faults = {f.name: getattr(options.faults, f.name) for f in fields(FaultPlan)}
    tickers = str(options.company_tickers) if options.company_tickers else None
    return {**values, "folder": str(options.folder), "company_tickers": tickers, "faults": faults}


def load_options(values: dict[str, Any]) -> ReplicaOptions:
    """Options from the dict of dump_options."""
    tickers = Path(values["company_tickers"]) if values["company_tickers"] else None
    faults = FaultPlan.from_json(values["faults"])
    return ReplicaOptions(**{**values, "folder": Path(values["folder"]), "company_tickers": tickers, "faults": faults})


def _answers(replica: Replica) -> bool:
    try:
        replica.stats()
    except OSError:
        return False
    return True


def _wait(ready: Any, alive: Any) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready():
        if not alive() or time.monotonic() > deadline:
            raise ReplicaError("the replica did not start")
        time.sleep(0.02)
