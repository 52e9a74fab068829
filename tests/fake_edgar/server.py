"""The fake's HTTP/1.1, its manners and its journal."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from functools import partial
from typing import Any

from tests.fake_edgar.answers import BLOCK, FAULTS, UNDECLARED, Answer, make_site, missing
from tests.fake_edgar.papers import Paper

REASONS = {200: "OK", 302: "Found", 304: "Not Modified", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests", 503: "Unavailable"}


@dataclass(frozen=True)
class Seen:
    """A request as the server met it; ``at`` is the server's clock in seconds."""

    at: float
    path: str
    status: int
    fault: str | None
    blocked_since: float | None


@dataclass(frozen=True)
class Plan:
    """Shares of requests that meet a fault, at most ``at_most`` a path; and (pattern, fault, how many times; 0 always) by path."""

    shares: dict[str, float] = field(default_factory=dict)
    scripted: tuple[tuple[str, str, int], ...] = ()
    seed: int = 0
    at_most: int = 1


class FakeEdgar:
    """A running fake: ``plan`` may be changed at any time, ``seen`` is its journal."""

    def __init__(self, papers: Sequence[Paper], *, page: int = 1000, rate: float = 1000, block_seconds: float = 1.0) -> None:
        self.site = make_site(papers, page)
        self.rate, self.block_seconds = rate, block_seconds
        self.plan = Plan()
        self.seen: list[Seen] = []
        self.turns: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        self._recent: deque[float] = deque()
        self._block_began = self._block_ends = -1.0
        self.blocks = 0
        self.url = ""

    # What the tests of the matrix ask of a replica too -----------------------------------------------------------------

    def set_faults(self, plan: Any | None) -> None:
        """Meet requests with the faults of a plan from now on."""
        self.plan = Plan() if plan is None else Plan(dict(plan.shares), plan.scripted, plan.seed, plan.at_most or 1)
        self.turns.clear()
        self.met.clear()

    def reset(self) -> None:
        """Forget the journal and lift a block."""
        self.seen.clear()
        self._block_ends = -1.0
        self.blocks = 0

    def stats(self, grace: float = 0.0) -> dict[str, Any]:
        """Counts of the journal; "after_grace" are requests that came into a block later than so many seconds after it began."""
        return {
            "requests": len(self.seen),
            "blocks": self.blocks,
            "after_grace": sum(seen.blocked_since is not None and seen.blocked_since > grace for seen in self.seen),
            "faults": Counter(seen.fault for seen in self.seen if seen.fault),
            "kinds": {"submission": sum(bool(re.search(r"/\d{10}-\d\d-\d{6}\.txt$", seen.path)) for seen in self.seen)},
        }

    # One request ---------------------------------------------------------------------------------------------------------

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """The answer to a request that has just come in, noted in the journal."""
        now = time.monotonic()
        since = self._count(now)
        fault = None
        if not re.search(r"\S+@\S+\.\S+", headers.get("user-agent", "")):
            answer = UNDECLARED
        elif since is not None:
            answer = BLOCK
        else:
            fault = self._draw(path)
            answer = self.site.get(path) or missing(path)
            if fault == "block":
                self._begin_block(now)
                answer = BLOCK
            elif fault is not None:
                answer = FAULTS[fault](answer)
            elif self._is_known(answer, headers):
                answer = replace(answer, status=304, body=b"")
        self.seen.append(Seen(now, path, answer.status, fault, since))
        return answer

    def _count(self, now: float) -> float | None:
        """Seconds since a block began; None where there is none. A request in a block makes it last anew."""
        if now < self._block_ends:
            self._block_ends = now + self.block_seconds
            return now - self._block_began
        self._recent.append(now)
        while self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) > self.rate:
            self._begin_block(now)
            return 0.0
        return None

    def _begin_block(self, now: float) -> None:
        self.blocks += 1
        self._block_began, self._block_ends = now, now + self.block_seconds
        self._recent.clear()

    def _draw(self, path: str) -> str | None:
        turn = self.turns[path]
        self.turns[path] += 1
        for pattern, fault, times in self.plan.scripted:
            if re.search(pattern, path) and (times == 0 or turn < times):
                return fault
        if self.met[path] >= self.plan.at_most:
            return None
        point = random.Random(f"{self.plan.seed}/{path}/{turn}").random()
        for fault, share in self.plan.shares.items():
            point -= share
            if point < 0:
                self.met[path] += 1
                return fault
        return None

    @staticmethod
    def _is_known(answer: Answer, headers: dict[str, str]) -> bool:
        etag, since = headers.get("if-none-match"), headers.get("if-modified-since")
        if etag is not None:
            return answer.headers.get("etag") == etag
        return since is not None and answer.headers.get("last-modified") == since

    # HTTP ----------------------------------------------------------------------------------------------------------------

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError), closing(writer):
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
                answer = self.answer(lines[0].split(" ")[1], headers)
                if not await self._send(writer, answer, "gzip" in headers.get("accept-encoding", "")):
                    break

    async def _send(self, writer: asyncio.StreamWriter, answer: Answer, packs: bool) -> bool:
        """Send an answer; whether the connection goes on."""
        if answer.end == "reset":
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            return False
        packed = packs and len(answer.body) > 300 and not answer.kind.startswith("binary")
        body = gzip.compress(answer.body, 1, mtime=0) if packed else answer.body
        fields = {
            "date": formatdate(usegmt=True),
            "server": "Apache",
            "content-type": answer.kind,
            "vary": "Accept-Encoding",
        } | answer.headers
        fields |= {"content-encoding": "gzip"} if packed else {}
        if answer.status != 304:
            fields["content-length"] = str(len(body))
        head = f"HTTP/1.1 {answer.status} {REASONS[answer.status]}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        writer.write(head.encode("latin-1") + b"\r\n" + (body[: len(body) // 2] if answer.end == "cut" else body))
        await writer.drain()
        return answer.end == "keep"


@contextmanager
def start_fake(papers: Sequence[Paper], **options: Any) -> Iterator[FakeEdgar]:
    """A fake on a port of this machine, in a thread with an event loop of its own."""
    fake = FakeEdgar(papers, **options)
    ready = threading.Event()
    end: list[Callable[[], object]] = []

    async def run() -> None:
        over = asyncio.Event()
        end.append(partial(asyncio.get_running_loop().call_soon_threadsafe, over.set))
        server = await asyncio.start_server(fake.serve, "127.0.0.1", 0, limit=2**16)
        fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        async with server:
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="fake EDGAR", daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield fake
    finally:
        end[0]()
        thread.join(10)
