"""A real S3 server on loopback (moto's), and a proxy before it that spoils what it is told to."""

from __future__ import annotations

import http.client
import logging
import os
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest

KEY_ID, SECRET = "AKIAQUIZZAXA", "hunter2xSecret"
_serial = count(1)
_ERROR = "<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message><AWSAccessKeyId>{key}</AWSAccessKeyId></Error>"
ANSWERS = {
    "error": (500, "InternalError", "We encountered an internal error"),
    "slow_down": (503, "SlowDown", "Please reduce your request rate"),
    "denied": (403, "AccessDenied", "Access Denied"),
}
"""Faults that answer in the store's place: status, code, message."""
Spoil = Callable[[str, str], str | None]
"""What befalls a request, by its method and path: a key of ANSWERS, "truncated", "cut", "lost", "reset", or nothing."""


class Proxy(ThreadingHTTPServer):
    """Passes requests on to the server; ``spoil`` says which fault a request meets."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.spoil: Spoil = lambda method, path: None
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.faults: Counter[str] = Counter()
        self.busiest = 0
        self._inside = 0
        self._lock = threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that one side has left is what the tests are about."""

    @contextmanager
    def note(self, handler: _Handler) -> Iterator[str | None]:
        """Count a request in and out; gives its fault."""
        with self._lock:
            self.seen.append((handler.command, handler.path, dict(handler.headers.items())))
            self._inside += 1
            self.busiest = max(self.busiest, self._inside)
            fault = self.spoil(handler.command, handler.path)
            if fault is not None:
                self.faults[fault] += 1
        try:
            yield fault
        finally:
            with self._lock:
                self._inside -= 1


Answer = tuple[int, list[tuple[str, str]], bytes]


class _Handler(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: Any) -> None:
        pass

    def _pass(self) -> None:
        answer: Answer | None = None
        with self.server.note(self) as fault:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if fault in ANSWERS:
                status, code, message = ANSWERS[fault]
                answer = (status, [], _ERROR.format(code=code, message=message, key=KEY_ID).encode())
            elif fault == "cut":
                self._send_half(body)
            elif fault != "reset":
                answer = self._ask(body)
        if answer is None or fault == "lost":
            self._leave()
        else:
            self._answer(*answer, cut=fault == "truncated")

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _pass  # noqa: N815

    def _ask(self, body: bytes) -> Answer:
        connection = http.client.HTTPConnection(self.server.target)
        connection.request(self.command, self.path, body, dict(self.headers.items()))
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        return response.status, response.getheaders(), answer

    def _send_half(self, body: bytes) -> None:
        """The request with its whole length told and half of it sent."""
        host, port = self.server.target.split(":")
        head = f"{self.command} {self.path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        with socket.create_connection((host, int(port))) as sink:
            sink.sendall(head.encode() + b"\r\n" + body[: len(body) // 2])

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes, *, cut: bool = False) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                self.send_header(name, value)
        length = next((value for name, value in headers if name.lower() == "content-length"), None) if self.command == "HEAD" else None
        self.send_header("Content-Length", length or str(len(body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self._leave()

    def _leave(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def start_s3() -> Iterator[Proxy]:
    """The server and the proxy before it; a session's."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    proxy = Proxy(f"{host}:{port}")
    threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        server.stop()


def make_bucket(proxy: Proxy, patch: pytest.MonkeyPatch) -> str:
    """A new bucket, and the variables that lead to it through a proxy without faults; returns its name."""
    proxy.spoil = lambda method, path: None
    proxy.seen.clear()
    proxy.faults.clear()
    proxy.busiest = 0
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        patch.delenv(name)
    variables = {
        "AWS_ACCESS_KEY_ID": KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": proxy.url,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in variables.items():
        patch.setenv(name, value)
    bucket = f"ex99-test-{os.getpid()}-{next(_serial)}"
    connection = http.client.HTTPConnection(urlsplit(proxy.url).netloc)
    connection.request("PUT", f"/{bucket}")
    assert connection.getresponse().status == 200
    connection.close()
    proxy.seen.clear()
    return bucket
