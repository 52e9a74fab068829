"""EDGAR's daily feed archives, YYYYMMDD.nc.tar.gz, made of the submissions of a folder.

A member ACCESSION.nc has the submission's documents as they stand in its .txt, never dash-escaped, after a header in tags that
<SUBMISSION> opens; the acceptance time is not among them. A day is the day of filing.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from ex99.replica.catalog import Catalog, StoredFiling
from ex99.replica.pages import header_lines
from ex99.replica.sgml import open_map, read_documents, read_header, unescape


def write_daily_feeds(filings: Path, folder: Path) -> Iterator[Path]:
    """Write one archive for each day on which submissions of a folder were filed, oldest first; yields each as it is whole."""
    catalog = Catalog(filings)
    catalog.scan()
    folder.mkdir(parents=True, exist_ok=True)
    for day, filed in sorted(catalog.by_day.items()):
        path = folder / f"{day:%Y%m%d}.nc.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for filing in sorted(filed, key=lambda filing: filing.accession):
                content = feed_member(filing)
                entry = tarfile.TarInfo(f"{filing.accession}.nc")
                entry.size, entry.mtime = len(content), int(filing.moment.timestamp())
                archive.addfile(entry, io.BytesIO(content))
        yield path


def feed_member(filing: StoredFiling) -> bytes:
    """A submission as the feed has it."""
    with open_map(filing.path) as data:
        header = read_header(data)
        documents = [data[span.start : span.end] for span in read_documents(data)]
    head = "\n".join(["<SUBMISSION>", *header_lines(filing, header), ""]).encode("latin-1", "replace")
    body = b"".join((unescape(document) if header.pem else document).rstrip(b"\r\n") + b"\n" for document in documents)
    return head + body + b"</SUBMISSION>\n"
