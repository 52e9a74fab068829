"""The ASGI application: manners first, then faults, then EDGAR's pages, and the control endpoint under /_replica/."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ex99.replica import bodies
from ex99.replica.archives import ARCHIVE_KINDS, Archives
from ex99.replica.catalog import Catalog
from ex99.replica.faults import FaultDice, FaultError, FaultPlan
from ex99.replica.feeds import Feeds, unavailable
from ex99.replica.indexes import Indexes
from ex99.replica.journal import Entry, Journal
from ex99.replica.listings import Listings
from ex99.replica.manners import Turnstile, has_contact
from ex99.replica.misbehave import misbehave
from ex99.replica.options import ReplicaOptions
from ex99.replica.reply import Compressed, Reply, is_unchanged, send_reply

_UNCACHED = (("cache-control", "max-age=0, no-cache, no-store"), ("pragma", "no-cache"), ("access-control-allow-origin", "*"))
_KEPT_BYTES = 128 * 2**20
_ROBOTS = b"User-agent: *\nAllow: /\n"


class ReplicaApp:
    """EDGAR's three hosts on one port."""

    def __init__(self, options: ReplicaOptions) -> None:
        self.options = options
        self.journal = Journal()
        self.turnstile = Turnstile(options.rate, options.block_seconds)
        self.dice = FaultDice(options.faults)
        self.catalog = Catalog(options.folder)
        self.cache = Compressed()
        self._made: dict[str, tuple[str, Reply | None]] = {}
        self._control = make_control(self)
        self.scan()

    def scan(self) -> int:
        """Take in what is new in the folder; returns how many filings were added."""
        added = self.catalog.scan()
        self._archives = Archives(self.catalog)
        self._listings = Listings(self.catalog, self.options)
        self._indexes = Indexes(self.catalog)
        self._feeds = Feeds(self.catalog, self._listings)
        self.cache.clear()
        self._made.clear()
        self._made_bytes = 0
        return added

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if scope["path"].startswith("/_replica/"):
            await self._control(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        query = scope["query_string"].decode("latin-1")
        path = f"{scope['path']}?{query}" if query else scope["path"]
        now = self.journal.now()
        kind, reply = "other", None
        entry = self.journal.add(kind, path, now)
        refused = self._refusal(entry, headers, now)
        if refused is not None:
            entry.kind = kind_of(scope["path"], query)
            await self._send(send, refused, entry, scope, headers)
            return
        fault = self.dice.draw(path)
        kind, reply = self._resolve(scope["path"], path, query, headers)
        entry.kind = kind
        answer = reply or _missing(scope["path"])
        if fault == "block":
            self.turnstile.begin_block(now)
            entry.fault, answer = fault, self._block_page()
        elif fault is not None:
            entry.fault = fault
            if await misbehave(fault, self.dice.plan, answer, headers, entry, receive=receive, send=send):
                return
        await self._send(send, answer, entry, scope, headers)

    def _refusal(self, entry: Entry, headers: dict[str, str], now: float) -> Reply | None:
        age = self.turnstile.pass_request(now)
        if age is not None:
            entry.block_age = age
            return self._block_page()
        if self.options.require_contact and not has_contact(headers.get("user-agent", "")):
            return Reply(bodies.undeclared_page(time.time()), "text/html", 403)
        return None

    def _block_page(self) -> Reply:
        return Reply(bodies.block_page(time.time()), "text/html", self.options.block_status)

    async def _send(self, send: Send, reply: Reply, entry: Entry, scope: Scope, headers: dict[str, str]) -> None:
        if is_unchanged(reply, headers):
            reply = replace(reply, body=b"", status=304)
        entry.status = reply.status
        accepted = headers.get("accept-encoding", "")
        entry.bytes = await send_reply(send, reply, head=scope["method"] == "HEAD", accepted=accepted, cache=self.cache)

    def _resolve(self, path: str, full: str, query: str, headers: dict[str, str]) -> tuple[str, Reply | None]:
        kind = kind_of(path, query)
        if kind in ("getcurrent", "getcompany"):
            host = f"http://{headers.get('host', 'localhost')}"
            return self._kept(f"{host}{full}", lambda: self._feeds.resolve(dict(parse_qsl(query)), host))
        if path.startswith("/Archives/edgar/data/"):
            return self._archives.resolve(path[21:])
        if path.startswith(("/Archives/edgar/full-index/", "/Archives/edgar/daily-index/")):
            return self._kept(path, lambda: self._indexes.resolve(path[16:]))
        if path.startswith("/submissions/"):
            return self._kept(path, lambda: (kind, _json(self._listings.submissions(path[13:]), path, _UNCACHED)))
        if kind == "tickers":
            return self._kept(path, lambda: (kind, _json(self._listings.tickers(path), path)))
        return kind, Reply(_ROBOTS, "text/plain") if path == "/robots.txt" else None

    def _kept(self, key: str, make: Any) -> tuple[str, Reply | None]:
        """A rendered listing, made once; the oldest are dropped when all of them take more than _KEPT_BYTES."""
        if key not in self._made:
            self._made[key] = made = make()
            self._made_bytes += _weight(made)
            while self._made_bytes > _KEPT_BYTES and len(self._made) > 1:
                self._made_bytes -= _weight(self._made.pop(next(iter(self._made))))
        return self._made[key]


def _weight(made: tuple[str, Reply | None]) -> int:
    return 500 + (made[1].size if made[1] else 0)


def kind_of(path: str, query: str = "") -> str:
    """What a path asks for, by its form alone."""
    name = path.rpartition("/")[2]
    if path.startswith("/submissions/"):
        return "overflow" if "-submissions-" in name else "submissions"
    if path.startswith("/Archives/edgar/"):
        return _archive_kind(path, name)
    if path == "/cgi-bin/browse-edgar":
        return "getcurrent" if "action=getcurrent" in query else "getcompany"
    return {"company_tickers.json": "tickers", "company_tickers_exchange.json": "tickers", "robots.txt": "robots"}.get(name, "other")


def _archive_kind(path: str, name: str) -> str:
    if path.startswith("/Archives/edgar/full-index"):
        return "full_index"
    if path.startswith("/Archives/edgar/daily-index"):
        return "daily_index"
    for end, kind in ARCHIVE_KINDS:
        if name.endswith(end):
            return kind
    if name.endswith(".txt") and name[:10].isdigit() and name[10:11] == "-":
        return "submission"
    return {"": "folder", "index.json": "index_json"}.get(name, "document")


def _json(body: bytes | None, key: str, headers: tuple[tuple[str, str], ...] = ()) -> Reply | None:
    return None if body is None else Reply(body, "application/json", headers=headers, key=key)


def _missing(path: str) -> Reply:
    """What EDGAR answers for a key that does not exist: 403 under /Archives, 404 on data.sec.gov, the 503 page elsewhere."""
    if path.startswith("/Archives/"):
        return Reply(bodies.access_denied(path), "application/xml", 403, headers=(("server", "Apache"),))
    if path.startswith(("/submissions/", "/api/")):
        return Reply(bodies.no_such_key(path.lstrip("/")), "application/xml", 404, headers=_UNCACHED)
    return replace(unavailable(), status=404)


def make_control(replica: ReplicaApp) -> ASGIApp:
    """The control endpoint: stats, log, reset, rescan and settings, for tests and benchmarks; it counts in no limit."""

    async def stats(request: Request) -> Response:
        grace = float(request.query_params.get("grace", "1"))
        now = replica.journal.now()
        more = {
            "now": now,
            "blocks": replica.turnstile.blocks,
            "block_remaining": replica.turnstile.remaining(now),
            "filings": len(replica.catalog.filings),
            "filers": len(replica.catalog.by_cik),
            "skipped": len(replica.catalog.skipped),
        }
        return JSONResponse({**replica.journal.summary(grace), **more})

    async def log(_: Request) -> Response:
        return JSONResponse(replica.journal.log())

    async def reset(_: Request) -> Response:
        replica.journal.reset()
        replica.turnstile.lift()
        replica.turnstile.blocks = 0
        replica.dice = FaultDice(replica.dice.plan)
        return JSONResponse({"reset": True})

    async def rescan(_: Request) -> Response:
        return JSONResponse({"added": replica.scan()})

    async def settings(request: Request) -> Response:
        wanted: dict[str, Any] = json.loads(await request.body())
        if "rate" in wanted:
            replica.turnstile.rate = wanted["rate"]
        if "block_seconds" in wanted:
            replica.turnstile.block_seconds = float(wanted["block_seconds"])
        if "faults" in wanted:
            try:
                replica.dice = FaultDice(FaultPlan.from_json(wanted["faults"] or {}))
            except FaultError as error:
                raise HTTPException(400, str(error)) from None
        return JSONResponse({"set": sorted(wanted)})

    return Starlette(
        routes=[
            Route("/_replica/stats", stats),
            Route("/_replica/log", log),
            Route("/_replica/reset", reset, methods=["POST"]),
            Route("/_replica/rescan", rescan, methods=["POST"]),
            Route("/_replica/settings", settings, methods=["POST"]),
        ]
    )
