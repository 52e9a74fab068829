"""What an answer of EDGAR means: by status, content type and the first bytes of its body together, never by the status alone.

A 403 may be the block page, the page for undeclared tools or a missing file; a 503 an outage or the end of a list; a 200 an error page or
nothing at all. Neither the block page nor the outage page carries Retry-After.
"""

from __future__ import annotations

import re
from enum import StrEnum

LOOKED_AT = 8192
"""Bytes of a body that a verdict needs."""


class Verdict(StrEnum):
    """What to do with an answer."""

    OK = "ok"
    """The body is of the kind that was asked for."""
    NOT_MODIFIED = "not_modified"
    """304: what the caller has is current."""
    BLOCKED = "blocked"
    """Too many requests (or a User-Agent that EDGAR takes for that): everything must rest, asking again prolongs it."""
    UNDECLARED = "undeclared"
    """The User-Agent declares no contact; no retry helps."""
    MISSING = "missing"
    """EDGAR has no such file."""
    UNAVAILABLE = "unavailable"
    """An outage, or the end of a list that pages (getcurrent past its 5,000th entry)."""
    EMPTY = "empty"
    """A good status with no body; never to be archived."""
    REFUSED = "refused"
    """A refusal that is none of EDGAR's own pages: the CDN's "Access Denied", a proxy's; this network may be blocked."""
    UNEXPECTED = "unexpected"
    """Anything else: a body of another kind than was asked for, a redirect, a status that EDGAR has not been seen to give."""


# Titles of EDGAR's own error pages; they come with 403, 429, 404, 503 and, through some proxies, with 200.
PAGE_TITLES: tuple[tuple[re.Pattern[bytes], Verdict], ...] = (
    (re.compile(rb"<title>[^<]{0,80}Undeclared Automated Tool", re.IGNORECASE), Verdict.UNDECLARED),
    (re.compile(rb"<title>[^<]{0,40}Request Rate Threshold Exceeded", re.IGNORECASE), Verdict.BLOCKED),
    (re.compile(rb"<title>[^<]{0,40}File Unavailable", re.IGNORECASE), Verdict.UNAVAILABLE),
)
# The object store's own errors, as XML: <Error><Code>AccessDenied</Code>
_STORE_ERROR = re.compile(rb"\A\s*(?:<\?xml[^>]{0,80}\?>\s*)?<Error>\s*<Code>(\w{1,40})</Code>", re.IGNORECASE)
STORE_CODES: dict[bytes, Verdict] = {
    b"accessdenied": Verdict.MISSING,
    b"nosuchkey": Verdict.MISSING,
    b"slowdown": Verdict.UNAVAILABLE,
    b"serviceunavailable": Verdict.UNAVAILABLE,
    b"internalerror": Verdict.UNAVAILABLE,
}
STATUSES: dict[int, Verdict] = {
    304: Verdict.NOT_MODIFIED,
    404: Verdict.MISSING,
    410: Verdict.MISSING,
    429: Verdict.BLOCKED,
    401: Verdict.REFUSED,
    403: Verdict.REFUSED,
}

# How the body of each kind of request begins.
KINDS: dict[str, re.Pattern[bytes]] = {
    # -----BEGIN PRIVACY-ENHANCED MESSAGE-----    <SEC-DOCUMENT>0000000001-24-000001.txt : 20240102
    "submission": re.compile(rb"-----BEGIN PRIVACY-ENHANCED MESSAGE-----|<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<SUBMISSION>", re.IGNORECASE),
    # {"cik":"0000000001"
    "json": re.compile(rb"\A(?:\xef\xbb\xbf)?\s*[{\[]"),
    # a document in its SGML wrapper (perhaps gone through an HTML parser), or bare inline XBRL
    "document": re.compile(rb"\A\s*(?:<html>\s*<body>\s*)?<document>|\bxmlns:(?:ix|dei|xbrli)\s*=|<xbrl\b", re.IGNORECASE),
    # -index-headers.html, .hdr.sgml: <SEC-HEADER>0000000001-24-000001.hdr.sgml : 20240102
    "headers": re.compile(rb"<(?:SEC|IMS)-HEADER>", re.IGNORECASE),
    # -index.htm: <div id="formName">
    "index_page": re.compile(rb"\bid=\"(?:formDiv|formName|secNum)\"", re.IGNORECASE),
    "feed": re.compile(rb"<(?:\?xml|feed)\b", re.IGNORECASE),
    # the head of an .idx, or gzip
    "index": re.compile(rb"\A(?:\x1f\x8b|\s*Description:)"),
}
# <title>Index of /Archives/edgar/data/..., <title>Directory List of: what a folder's address answers, with status 200
_FOLDER = re.compile(rb"<title>[^<]{0,20}(?:Index of|Directory List(?:ing)?)\b", re.IGNORECASE)


def classify_response(status: int, content_type: str | None, body: bytes, kind: str | None = None) -> Verdict:
    """Judge an answer by its status, Content-Type and the first LOOKED_AT bytes of its decoded body.

    ``kind`` is a key of KINDS: what was asked for. Without it any body that is no error page passes under status 200.
    """
    head = body[:LOOKED_AT]
    said = _read_error(head)
    if said is not None:
        return said
    if status in STATUSES:
        return STATUSES[status]
    if status >= 500:
        return Verdict.UNAVAILABLE
    if status != 200:
        return Verdict.UNEXPECTED
    if not head.strip():
        return Verdict.EMPTY
    return Verdict.OK if kind is None or _is_kind(kind, content_type or "", head) else Verdict.UNEXPECTED


def _read_error(head: bytes) -> Verdict | None:
    if (match := _STORE_ERROR.search(head)) is not None:
        return STORE_CODES.get(match[1].lower(), Verdict.UNEXPECTED)
    return next((verdict for title, verdict in PAGE_TITLES if title.search(head)), None)


def _is_kind(kind: str, content_type: str, head: bytes) -> bool:
    if kind == "submission" and "html" in content_type.lower():
        return False
    return KINDS[kind].search(head) is not None and _FOLDER.search(head) is None
