"""What is kept of an answer as proof of what EDGAR served: noted before it is unpacked, complete when it has been judged."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from scrapy import Request
from scrapy.http import Response

from ex99.crawler.politeness import ASKED, KIND
from ex99.filings.served import KEPT_HEADERS, SERVED_PARTS, Served

WIRE = "ex99_wire"
"""Key of Request.meta: the _Wire of its answer."""


@dataclass(frozen=True, slots=True)
class _Wire:
    """An answer's body as it came, and its head."""

    body: bytes
    sha256: str
    headers: tuple[tuple[str, str], ...]


def note_wire(request: Request, response: Response) -> None:
    """Note an answer as it came over the wire, where its kind is one that is kept."""
    if request.meta.get(KIND) in SERVED_PARTS:
        told = ((name, response.headers.get(name)) for name in KEPT_HEADERS)
        headers = tuple((name, value.decode("latin-1")) for name, value in told if value is not None)
        request.meta[WIRE] = _Wire(response.body, _digest(response.body), headers)


def read_served(response: Response) -> Served:
    """The proof of an answer to a request of one of SERVED_PARTS."""
    request = response.request
    assert request is not None
    wire: _Wire = request.meta.pop(WIRE)
    same = wire.body == response.body
    return Served(
        part=request.meta[KIND],
        url=response.url,
        asked=request.meta.get(ASKED, dt.datetime.now(dt.UTC)),
        status=response.status,
        headers=wire.headers,
        body_sha256=wire.sha256,
        body_size=len(wire.body),
        content_sha256=wire.sha256 if same else _digest(response.body),
        content_size=len(response.body),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
