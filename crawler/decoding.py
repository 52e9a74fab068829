"""The downloader middleware that asks for gzip and unpacks it, whole and within bounds."""

from __future__ import annotations

import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from ex99.crawler.faults import FetchFault
from ex99.crawler.proof import note_wire
from ex99.crawler.watch import read_watch

_GZIP = 16 + zlib.MAX_WBITS
_MOST_MEMBERS = 16


class DecodingMiddleware:
    """Asks for gzip; a body that breaks off or unpacks beyond DOWNLOAD_MAXSIZE is marked as such, never passed on in part.

    What comes out is a plain Response, bytes and no text: EDGAR declares no charset, Scrapy would guess one over every byte (a third of a
    crawl's computing), and decoding is the readers' task.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._watch = read_watch(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes its middlewares."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Declare what can be unpacked."""
        request.headers.setdefault("Accept-Encoding", "gzip")

    def process_response(self, request: Request, response: Response) -> Response:
        """Unpack; what goes wrong is noted as request.meta["ex99_fault"], for AnswerMiddleware to judge."""
        self._watch.received(len(response.body))
        note_wire(request, response)
        encodings = [value.strip().lower() for line in response.headers.getlist("Content-Encoding") for value in line.split(b",")]
        encodings = [value for value in encodings if value and value != b"identity"]
        request.meta.pop(FAULT, None)
        body = response.body
        if encodings:
            try:
                body = _unpack(body, encodings, self._limit)
            except FetchFault as fault:
                request.meta[FAULT] = fault
                body = b""
        response.headers.pop("Content-Encoding", None)
        plain = Response(response.url, response.status, None, body, response.flags, request, protocol=response.protocol)
        plain.headers = response.headers
        return plain


FAULT = "ex99_fault"
"""Key of Request.meta: the FetchFault that unpacking met."""


def _unpack(body: bytes, encodings: list[bytes], limit: int) -> bytes:
    if encodings not in ([b"gzip"], [b"x-gzip"]):
        raise FetchFault("wrong_kind", f"an encoding that was not asked for: {b', '.join(encodings).decode('latin-1')[:40]}")
    return gunzip(body, limit)


def gunzip(body: bytes, limit: int) -> bytes:
    """Unpack a gzip body of one or more members; raises FetchFault where it is broken, breaks off, or gives more than ``limit`` bytes."""
    parts: list[bytes] = []
    room = limit
    for _ in range(_MOST_MEMBERS):
        unpacker = zlib.decompressobj(_GZIP)
        try:
            parts.append(unpacker.decompress(body, room + 1))
        except zlib.error as error:
            raise FetchFault("truncated", f"a gzip body that cannot be unpacked ({error})") from error
        room -= len(parts[-1])
        if room < 0:
            raise FetchFault("too_large", f"a gzip body that unpacks to more than {limit:,} bytes")
        if not unpacker.eof:
            raise FetchFault("truncated", "a gzip body that breaks off")
        body = unpacker.unused_data
        if not body:
            return b"".join(parts)
    raise FetchFault("truncated", f"a gzip body of more than {_MOST_MEMBERS} members")
