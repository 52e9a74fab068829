"""An answer before it is sent: a body in memory or a slice of a file, with its headers; and how it is sent."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from starlette.types import Send

_CHUNK = 256 * 1024
_SMALL = 1024 * 1024
"""Bodies up to this size are sent in one piece."""
_INCOMPRESSIBLE = ("image/", "application/zip", "application/pdf", "binary/")


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes ``start`` to ``end`` of a file."""

    path: Path
    start: int
    end: int

    def read(self) -> bytes:
        """All of it."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, a quarter of a megabyte at a time."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            left = self.end - self.start
            while left > 0 and (chunk := file.read(min(_CHUNK, left))):
                left -= len(chunk)
                yield chunk


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. ``key`` names the body where it may be kept compressed; ``modified`` is aware."""

    body: bytes | Slice
    content_type: str
    status: int = 200
    etag: str | None = None
    modified: dt.datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    key: str | None = None

    @property
    def size(self) -> int:
        """Length of the body as it is."""
        return len(self.body) if isinstance(self.body, bytes) else self.body.end - self.body.start

    def read(self) -> bytes:
        """The whole body."""
        return self.body if isinstance(self.body, bytes) else self.body.read()


@dataclass(slots=True)
class Compressed:
    """Gzipped bodies by key, the least used dropped when they take more than ``limit`` bytes."""

    limit: int = 64 * 2**20
    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _total: int = 0

    def gzip(self, reply: Reply) -> bytes:
        """A reply's body, gzipped."""
        if reply.key is not None and reply.key in self._kept:
            self._kept.move_to_end(reply.key)
            return self._kept[reply.key]
        packed = gzip.compress(reply.read(), 1, mtime=0)
        if reply.key is not None and len(packed) < self.limit // 8:
            self._kept[reply.key] = packed
            self._total += len(packed)
            while self._total > self.limit:
                self._total -= len(self._kept.popitem(last=False)[1])
        return packed

    def clear(self) -> None:
        """Forget everything, as after a new scan."""
        self._kept.clear()
        self._total = 0


def http_date(moment: dt.datetime) -> str:
    """A moment as HTTP writes it."""
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)


def is_unchanged(reply: Reply, headers: dict[str, str]) -> bool:
    """Whether a conditional request may be answered with 304."""
    if reply.status != 200:
        return False
    if "if-none-match" in headers:
        return reply.etag is not None and any(tag.strip() in ("*", reply.etag) for tag in headers["if-none-match"].split(","))
    since = headers.get("if-modified-since")
    if not since or reply.modified is None:
        return False
    try:
        return reply.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


def wants_gzip(reply: Reply, accepted: str) -> bool:
    """Whether a reply is sent gzipped to a client that accepts these encodings."""
    return "gzip" in accepted and reply.size > 500 and not reply.content_type.startswith(_INCOMPRESSIBLE)


def head_fields(reply: Reply, length: int | None, gzipped: bool) -> list[tuple[bytes, bytes]]:
    """The header fields of a reply, as ASGI wants them."""
    fields = [("content-type", reply.content_type), *reply.headers]
    if length is not None:
        fields.append(("content-length", str(length)))
    if reply.etag is not None:
        fields.append(("etag", reply.etag))
    if reply.modified is not None:
        fields.append(("last-modified", http_date(reply.modified)))
    fields.append(("vary", "Accept-Encoding"))
    if gzipped:
        fields.append(("content-encoding", "gzip"))
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in fields]


async def send_reply(send: Send, reply: Reply, *, head: bool, accepted: str, cache: Compressed) -> int:
    """Send a reply, gzipped where the client takes it; returns the bytes of body sent."""
    gzipped = wants_gzip(reply, accepted)
    if reply.size <= _SMALL:
        body = cache.gzip(reply) if gzipped else reply.read()
        await send({"type": "http.response.start", "status": reply.status, "headers": head_fields(reply, len(body), gzipped)})
        await send({"type": "http.response.body", "body": b"" if head else body})
        return 0 if head else len(body)
    length = None if gzipped else reply.size
    await send({"type": "http.response.start", "status": reply.status, "headers": head_fields(reply, length, gzipped)})
    sent = 0
    if not head:
        async for chunk in _stream(reply, gzipped):
            sent += len(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return sent


async def _stream(reply: Reply, gzipped: bool) -> AsyncIterator[bytes]:
    pieces = reply.body.chunks() if isinstance(reply.body, Slice) else iter((reply.body,))
    packer = zlib.compressobj(1, zlib.DEFLATED, 31) if gzipped else None
    for piece in pieces:
        data = packer.compress(piece) if packer else piece
        if data:
            yield data
        await asyncio.sleep(0)
    if packer:
        yield packer.flush()
