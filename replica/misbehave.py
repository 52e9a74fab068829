"""Sends the faulty answers."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import time
import zlib
from dataclasses import replace
from email.utils import formatdate
from typing import Any

from starlette.types import Receive, Send

from ex99.replica import bodies
from ex99.replica.drift import DRIFTS, drift
from ex99.replica.faults import FaultPlan
from ex99.replica.feeds import unavailable
from ex99.replica.journal import Entry
from ex99.replica.reply import Reply, head_fields, wants_gzip


async def misbehave(
    fault: str,
    plan: FaultPlan,
    reply: Reply,
    headers: dict[str, str],
    entry: Entry,
    *,
    receive: Receive,
    send: Send,
) -> bool:
    """Answer a request with a fault; False where the true reply may still be sent."""
    page = _page(fault, entry.path, plan)
    if page is not None:
        await _whole(send, page, entry)
        return True
    if fault in DRIFTS:
        drifted = drift(fault, reply)
        await _whole(send, drifted, entry)
        return True
    if fault == "stall":
        await _wait_for_end(receive, plan.stall_seconds)
    if fault in ("reset", "stall"):
        abort(send)
    elif fault == "bomb":
        await _bomb(send, plan.bomb_bytes, entry)
    elif fault == "endless":
        await _endless(receive, send, plan.bomb_bytes, entry)
    elif fault in ("truncated", "cut", "slow"):
        await _spoil(fault, plan, reply, entry, gzipped=wants_gzip(reply, headers.get("accept-encoding", "")), send=send)
    return True


def abort(send: Send) -> None:
    """Reset a request's connection. Uvicorn's ``send`` is a method of the request's cycle, which knows its transport."""
    transport = _transport(send)
    sock = transport.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _transport(send: Send) -> Any:
    transport: Any = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the server does not show its transport")
    return transport


def _page(fault: str, path: str, plan: FaultPlan) -> Reply | None:
    key = path.partition("?")[0]
    pages = {
        "unavailable": unavailable(),
        "retry_after": replace(unavailable(), headers=(("retry-after", str(plan.retry_seconds)),)),
        "retry_at": replace(unavailable(), headers=(("retry-after", formatdate(time.time() + plan.retry_seconds, usegmt=True)),)),
        "denied": Reply(bodies.denied_page(), "text/html", 403),
        "undeclared": Reply(bodies.undeclared_page(time.time()), "text/html", 403),
        "access_denied": Reply(bodies.access_denied(key), "application/xml", 403),
        "no_such_key": Reply(bodies.no_such_key(key.lstrip("/")), "application/xml", 404),
        "empty": Reply(b"", "text/plain"),
        "html": Reply(bodies.stray_page(), "text/html"),
        "redirect": Reply(b"", "text/html", 302, headers=(("location", f"{plan.redirect_to}{key}"),)),
    }
    return pages.get(fault)


async def _whole(send: Send, reply: Reply, entry: Entry) -> None:
    body = reply.read()
    entry.status, entry.bytes = reply.status, len(body)
    await send({"type": "http.response.start", "status": reply.status, "headers": head_fields(reply, len(body), False)})
    await send({"type": "http.response.body", "body": body})


async def _spoil(fault: str, plan: FaultPlan, reply: Reply, entry: Entry, *, gzipped: bool, send: Send) -> None:
    body = gzip.compress(reply.read(), 1, mtime=0) if gzipped else reply.read()
    half = body[: len(body) // 2]
    entry.status = reply.status
    length = len(half) if fault == "truncated" else len(body)
    await send({"type": "http.response.start", "status": reply.status, "headers": head_fields(reply, length, gzipped)})
    if fault == "slow":
        step = max(1, len(body) // 20)
        for at in range(0, len(body), step):
            entry.bytes += len(body[at : at + step])
            await send({"type": "http.response.body", "body": body[at : at + step], "more_body": True})
            await asyncio.sleep(plan.slow_seconds / 20)
        await send({"type": "http.response.body", "body": b""})
        return
    entry.bytes = len(half)
    await send({"type": "http.response.body", "body": half, "more_body": fault == "cut"})
    if fault == "cut":
        await asyncio.sleep(0.05)
        _transport(send).close()


async def _bomb(send: Send, size: int, entry: Entry) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    reply = Reply(b"", "text/plain")
    entry.status = 200
    await send({"type": "http.response.start", "status": 200, "headers": head_fields(reply, None, True)})
    block = bytes(2**20)
    for _ in range(max(1, size // len(block))):
        data = packer.compress(block)
        entry.bytes += len(data)
        if data:
            await send({"type": "http.response.body", "body": data, "more_body": True})
        await asyncio.sleep(0)
    await send({"type": "http.response.body", "body": packer.flush()})


async def _endless(receive: Receive, send: Send, size: int, entry: Entry) -> None:
    entry.status = 200
    await send({"type": "http.response.start", "status": 200, "headers": head_fields(Reply(b"", "text/plain"), None, False)})
    listening = asyncio.ensure_future(_wait_for_end(receive, 3600))
    block = b"<SEC-DOCUMENT>" + b"x" * 2**18
    while entry.bytes < size and not listening.done():
        entry.bytes += len(block)
        await send({"type": "http.response.body", "body": block, "more_body": True})
        await asyncio.sleep(0)
    listening.cancel()
    await send({"type": "http.response.body", "body": b""})


async def _wait_for_end(receive: Receive, seconds: float) -> None:
    """Wait for so long, or until the client hangs up."""

    async def disconnected() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(disconnected(), seconds)
    except TimeoutError:
        return
