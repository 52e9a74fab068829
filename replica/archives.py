"""Resolves paths below /Archives/edgar/data: submissions, single documents, index pages, headers, folder listings."""

from __future__ import annotations

import binascii
import hashlib
import re
from functools import lru_cache
from pathlib import PurePosixPath

from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.replica import bodies, pages
from ex99.replica.catalog import Catalog, StoredFiling
from ex99.replica.reply import Reply, Slice
from ex99.replica.sgml import DocumentSpan, Header, open_map, read_documents, read_header, unescape

# 9000017/000900001724000005/a.htm     9000017/0009000017-24-000005.txt     9000017/
_PATH = re.compile(r"(?P<cik>\d{1,10})/(?:(?P<folder>\d{18})/(?P<name>[^/]*)|(?P<flat>\d{10}-\d\d-\d{6})(?P<end>\.txt|-index\.html?))?")
_TYPES = {
    ".txt": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".xml": "application/xml",
    ".xsd": "application/xml",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".sgml": "text/plain",
}
_STATIC = (("accept-ranges", "bytes"), ("x-amz-meta-mode", "33188"), ("x-amz-replication-status", "COMPLETED"))
# begin 644 name.jpg
_UUENCODED = re.compile(rb"\s*(?:<PDF>\s*)?begin \d{3,4} [^\n]*\n")
_BARE = re.compile(rb"\s*<(XBRL|XML)>\s*(.*?)\s*(?:</\1>)?\s*", re.DOTALL)


ARCHIVE_KINDS: tuple[tuple[str, str], ...] = (
    ("-index-headers.html", "index_headers"),
    ("-index.html", "index_page"),
    ("-index.htm", "index_page"),
    (".hdr.sgml", "header"),
)
"""How the names of EDGAR's own pages in a filing's folder end, and what kind of page each is."""


class Archives:
    """The filings' part of /Archives."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def resolve(self, rest: str) -> tuple[str, Reply | None]:
        """What kind of page a path below /Archives/edgar/data/ is, and the answer (None where there is no such key)."""
        match = _PATH.fullmatch(rest)
        if match is None:
            return "other", None
        cik = Cik(match["cik"]) if int(match["cik"]) else None
        if match["folder"] is None and match["flat"] is None:
            return "folder", self._company_folder(cik)
        filing = self._catalog.by_accession.get(AccessionNumber.parse(match["folder"] or match["flat"]))
        if filing is None or cik not in filing.ciks:
            return _kind_of(match), None
        if match["flat"]:
            return self._named(filing, f"{filing.accession}{match['end']}")
        return self._named(filing, match["name"])

    def _named(self, filing: StoredFiling, name: str) -> tuple[str, Reply | None]:
        if name == f"{filing.accession}.txt":
            return "submission", _static(filing, Slice(filing.path, 0, filing.size), "text/plain", etag=True)
        make = _MADE.get(name.removeprefix(str(filing.accession)))
        return make(filing, name) if make else ("document", self._document(filing, name))

    def _document(self, filing: StoredFiling, name: str) -> Reply | None:
        header, spans = _read(filing)
        span = next((s for s in spans if s.filename == name), None)
        if span is None:
            return None
        suffix = PurePosixPath(name).suffix.lower()
        content_type = _TYPES.get(suffix, "application/octet-stream")
        return _static(filing, document_bytes(filing, header, span), content_type, etag=suffix == ".txt")

    def _company_folder(self, cik: Cik | None) -> Reply | None:
        filings = self._catalog.by_cik.get(cik) if cik is not None else None
        if filings is None:
            return None
        name = f"/Archives/edgar/data/{cik}"
        rows = [(f"{name}/{f.accession.compact}", f.accession.compact) for f in filings]
        return Reply(bodies.directory_page(name, rows), "text/html", headers=(("cache-control", "no-cache"),))


def document_bytes(filing: StoredFiling, header: Header, span: DocumentSpan) -> bytes:
    """A document as EDGAR serves it alone: in its SGML wrapper; XBRL and XML bare; uuencoded ones decoded; never dash-escaped."""
    whole = Slice(filing.path, span.start, span.end).read()
    text = Slice(filing.path, span.text_start, span.text_end).read()
    if (armour := _UUENCODED.match(text)) is not None:
        return _decode_uu(text[armour.end() :])
    bare = _BARE.fullmatch(text)
    if bare is not None:
        return bare[2] + b"\n"
    return (unescape(whole) if header.pem else whole) + b"\n"


@lru_cache(maxsize=512)
def _read(filing: StoredFiling) -> tuple[Header, list[DocumentSpan]]:
    with open_map(filing.path) as data:
        return read_header(data), read_documents(data)


def _decode_uu(armour: bytes) -> bytes:
    out = bytearray()
    for line in armour.splitlines():
        if line.rstrip() in (b"end", b"", b"`"):
            if line.rstrip() == b"end":
                break
            continue
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            out += binascii.a2b_uu(line[:length].ljust(length, b" "))
    return bytes(out)


def _static(filing: StoredFiling, body: bytes | Slice, content_type: str, *, etag: bool = False) -> Reply:
    size = len(body) if isinstance(body, bytes) else body.end
    mark = hashlib.md5(f"{filing.path.stat().st_mtime_ns} {filing.accession} {size}".encode(), usedforsecurity=False).hexdigest()
    key = f"{filing.accession} {mark} {content_type} {size}" if isinstance(body, Slice) else None
    return Reply(body, content_type, etag=f'"{mark}-gzip"' if etag else None, modified=filing.moment, headers=_STATIC, key=key)


def _generated(filing: StoredFiling, body: bytes, content_type: str, name: str) -> Reply:
    return Reply(body, content_type, modified=filing.moment, headers=(("cache-control", "no-cache"),), key=f"{filing.accession}/{name}")


def _index_page(filing: StoredFiling, name: str) -> tuple[str, Reply]:
    return "index_page", _generated(filing, pages.index_page(filing, *_read(filing)), "text/html", name)


def _index_headers(filing: StoredFiling, _: str) -> tuple[str, Reply]:
    return "index_headers", _static(filing, pages.index_headers(filing, *_read(filing)), "text/html")


def _header(filing: StoredFiling, _: str) -> tuple[str, Reply]:
    return "header", _static(filing, pages.header_sgml(filing, _read(filing)[0]), "text/plain")


def _index_json(filing: StoredFiling, name: str) -> tuple[str, Reply]:
    return "index_json", _generated(filing, pages.index_json(filing, _read(filing)[1]), "application/json", name)


def _folder(filing: StoredFiling, name: str) -> tuple[str, Reply]:
    return "folder", _generated(filing, pages.folder_page(filing, _read(filing)[1]), "text/html", name)


_MADE = {
    "-index.htm": _index_page,
    "-index.html": _index_page,
    "-index-headers.html": _index_headers,
    ".hdr.sgml": _header,
    "index.json": _index_json,
    "": _folder,
}


def _kind_of(match: re.Match[str]) -> str:
    name = match["name"] if match["folder"] else f"{match['flat']}{match['end']}"
    if AccessionNumber.find_in(name) is None:
        return {"": "folder", "index.json": "index_json"}.get(name, "document")
    return next((kind for end, kind in (*ARCHIVE_KINDS, (".txt", "submission")) if name.endswith(end)), "document")
