"""Writing an archive as one WARC 1.1 file: for each version of a submission a record that describes it, then its header and documents.

Every record is named by EDGAR's own address and carries its sha256. What EDGAR's answer was (time, status, header fields, digests) stands
in the describing record: the answers' bodies are not kept whole, so none is made up as a record of type "response".
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import mimetypes
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ex99 import __version__
from ex99.errors import UserError, writing_to
from ex99.extras import import_or_say
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.storage.filters import FilingFilter
from ex99.storage.served_queries import KeptFiling, Version, list_filers, list_kept_filings
from ex99.warc.records import describe_company, describe_version

ENDINGS = (".warc", ".warc.gz")
_EDGAR = "https://www.sec.gov"


@dataclass(slots=True)
class WarcReport:
    """What was written: filings, versions of them, records in all; filings left out because their bytes are damaged, with the reason."""

    path: Path
    filings: int = 0
    versions: int = 0
    records: int = 0
    lost: list[tuple[str, str]] = field(default_factory=list)


def export_warc(
    archive: Archive,
    path: Path,
    where: FilingFilter | None = None,
    *,
    overwrite: bool = False,
    on_filing: Callable[[int], None] | None = None,
) -> WarcReport:
    """Write the archived filings (or those of a filter) to a .warc or .warc.gz file; it stands in its place when it is whole.

    Raises UserError for another ending, a file that exists, and where warcio is missing.
    """
    if not path.name.lower().endswith(ENDINGS):
        raise UserError(f"{path.name} is no name of a WARC file", f"endings: {', '.join(ENDINGS)}")
    if path.exists() and not overwrite:
        raise UserError(f"{path} exists", "name another place, or give --overwrite")
    path.parent.mkdir(parents=True, exist_ok=True)
    report = WarcReport(path)
    with tempfile.TemporaryDirectory(prefix=".ex99-export-", dir=path.parent) as scratch:
        part = Path(scratch) / path.name
        with writing_to(path), part.open("wb") as file, archive.snapshot() as moment:
            writer = _Writer(file, gzip=path.name.lower().endswith(".gz"), report=report)
            writer.write_info(path.name)
            for filer, as_of in list_filers(moment, tuple(where.ciks) if where else ()):
                writer.write_json(f"{_EDGAR}/cgi-bin/browse-edgar?action=getcompany&CIK={filer.cik.padded}", describe_company(filer, as_of))
            for kept in list_kept_filings(moment, where):
                _write_filing(moment, writer, kept)
                if on_filing is not None:
                    on_filing(report.filings)
        part.replace(path)
    return report


def _write_filing(archive: Archive, writer: _Writer, kept: KeptFiling) -> None:
    report = writer.report
    try:
        contents = [dict(_read_contents(archive, version)) for version in kept.versions]
    except ArchiveError as error:
        report.lost.append((kept.filing.accession, str(error)))
        return
    for version, bytes_of in zip(kept.versions, contents, strict=True):
        writer.write_version(kept, version, bytes_of)
        report.versions += 1
    report.filings += 1


def _read_contents(archive: Archive, version: Version) -> Iterator[tuple[str, bytes]]:
    for sha256 in (version.header_sha256, *(one.sha256 for one in version.documents)):
        if sha256 is not None:
            yield sha256, archive.blobs.read(sha256)


class _Writer:
    """Records into a file."""

    def __init__(self, file: Any, *, gzip: bool, report: WarcReport) -> None:
        import_or_say("warcio")
        library = import_module("warcio.warcwriter")
        self._writer = library.WARCWriter(file, gzip=gzip, warc_version="1.1")
        self.report = report

    def write_info(self, name: str) -> None:
        """The record that begins a file: by whom it is and what it is like."""
        about = {
            "software": f"ex99 {__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": "press releases that companies furnished to the SEC with Form 8-K; each submission is described by a record of "
            "type metadata, and its header and text documents follow as resources",
        }
        self._write(self._writer.create_warcinfo_record(name, about))

    def write_json(self, uri: str, told: dict[str, Any], when: dt.datetime | None = None) -> str:
        """A record that describes something; returns its id."""
        content = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        return self._write_content(uri, "application/json", content, when)

    def write_version(self, kept: KeptFiling, version: Version, contents: dict[str, bytes]) -> None:
        """A version of a submission: its description, its header, its documents."""
        filing = kept.filing
        cik = filing.filers[0] if filing.filers else 0
        folder = f"{_EDGAR}/Archives/{filing.accession.folder_path(cik)}"
        when = version.served[0].asked if version.served else version.kept
        about = self.write_json(f"{_EDGAR}/Archives/{filing.accession.flat_path(cik)}", describe_version(kept, version), when)
        named = [(f"{filing.accession}.hdr.sgml", "text/plain", version.header_sha256)]
        for one in version.documents:
            if one.sha256 is not None:
                name = one.document.filename or f"document-{one.document.sequence}.txt"
                named.append((name, mimetypes.guess_type(name)[0] or "text/plain", one.sha256))
        for name, kind, sha256 in named:
            self._write_content(folder + quote(name), kind, contents[sha256], when, about)

    def _write_content(self, uri: str, media_type: str, content: bytes, when: dt.datetime | None, about: str | None = None) -> str:
        """A record: metadata, or where it belongs to what the record ``about`` describes a resource; returns its id."""
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        headers = {"WARC-Block-Digest": digest, "WARC-Payload-Digest": digest}
        if about is not None:
            headers["WARC-Concurrent-To"] = about
        if when is not None:
            headers["WARC-Date"] = when.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        kind = "resource" if about else "metadata"
        payload = {"payload": BytesIO(content), "length": len(content), "warc_content_type": media_type, "warc_headers_dict": headers}
        record = self._writer.create_warc_record(uri, kind, **payload)
        self._write(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def _write(self, record: Any) -> None:
        self._writer.write_record(record)
        self.report.records += 1
