"""What EDGAR served: one answer with its address, time and digests, kept with a filing as proof of what came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

SERVED_PARTS: dict[str, str] = {
    "full": "the full submission",
    "headers": "the -index-headers page of a filing that was fetched in parts",
    "index_page": "the index page, in the place of a header page that EDGAR lacks",
    "document": "one document of a filing that was fetched in parts",
}
"""What an answer brought of its filing."""

KEPT_HEADERS: tuple[str, ...] = ("date", "last-modified", "etag", "content-type", "content-encoding", "content-length")
"""The header fields that are kept, in this order: when it was sent, which version of the file it is, and how it was packed."""


@dataclass(frozen=True, slots=True)
class Served:
    """One answer of EDGAR that a filing was read from, or (status 304) that told that the filing is unchanged.

    Digests are sha256 in hexadecimal and sizes are bytes, of the body as it came over the wire (``body_*``, perhaps gzip) and unpacked
    (``content_*``): of the part "full" the latter is the digest of the whole submission.
    """

    part: str
    """A key of SERVED_PARTS."""
    url: str
    asked: dt.datetime
    """When the request went out; aware, UTC, by this machine's clock."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """(name in lower case, value as sent) pairs, those of KEPT_HEADERS that the answer had."""
    body_sha256: str
    body_size: int
    content_sha256: str
    content_size: int

    def header(self, name: str) -> str | None:
        """A header field's value by its name in lower case."""
        return dict(self.headers).get(name)
