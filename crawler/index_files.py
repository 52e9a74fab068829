"""The filings of an index file, by company, read within bounds whatever the file holds."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ex99.crawler.errors import PageError
from ex99.crawler.filters import WantedFilings
from ex99.crawler.index_plan import IndexFile
from ex99.crawler.indexes import IndexEntry, read_index
from ex99.filings.filing import Filer, Filing, Listing
from ex99.filings.forms import is_8k_family
from ex99.filings.identifiers import AccessionNumber, Cik

INDEX_LIMIT = 512 * 2**20
"""Bytes that an index may unpack to; the largest quarters have some 40 MB."""

_GZIP_MAGIC = b"\x1f\x8b"


class _Bounded(io.RawIOBase):
    """A stream that ends in an error once it has given INDEX_LIMIT bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = INDEX_LIMIT

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer came with 3.12
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise PageError("bad_shape", f"the index unpacks to more than {INDEX_LIMIT:,} bytes")
        buffer[: len(data)] = data
        return len(data)


def list_companies(
    body: bytes, file: IndexFile, wanted: WantedFilings, ciks: frozenset[Cik], odd: list[str] | None = None
) -> list[Listing]:
    """The wanted filings of an index file, a Listing a company; ``ciks`` narrows to these companies unless it is empty.

    A filing of several companies stands in each one's rows, and names them all. Torn rows are told of in ``odd``. Raises PageError.
    """
    try:
        return _group(entry for entry in _read(body, odd) if _is_wanted(entry, file, ciks) and wanted.accepts(_make_filing(entry, ())))
    except (OSError, EOFError, zlib.error) as error:
        raise PageError("bad_shape", f"the index cannot be unpacked: {error}") from error


def _read(body: bytes, odd: list[str] | None) -> Iterator[IndexEntry]:
    packed = body[:2] == _GZIP_MAGIC
    stream = gzip.GzipFile(fileobj=io.BytesIO(body)) if packed else io.BytesIO(body)
    return read_index(io.BufferedReader(_Bounded(stream), 2**16), odd)  # type: ignore[arg-type]  # a GzipFile reads as any BinaryIO does


def _is_wanted(entry: IndexEntry, file: IndexFile, ciks: frozenset[Cik]) -> bool:
    # A daily index lists what was disseminated that day, filed perhaps a day before; a quarterly one is narrowed by filing date.
    in_time = file.daily or file.since <= entry.filing_date <= file.until
    return in_time and is_8k_family(entry.form) and (not ciks or entry.cik in ciks)


def _group(entries: Iterable[IndexEntry]) -> list[Listing]:
    rows = list(entries)
    filers: dict[AccessionNumber, dict[Cik, None]] = {}
    for entry in rows:
        filers.setdefault(entry.accession, {})[entry.cik] = None
    companies: dict[Cik, tuple[str, dict[AccessionNumber, Filing]]] = {}
    for entry in rows:
        _, filings = companies.setdefault(entry.cik, (entry.company, {}))
        filings.setdefault(entry.accession, _make_filing(entry, tuple(filers[entry.accession])))
    return [Listing(Filer(cik, name), tuple(filings.values())) for cik, (name, filings) in companies.items()]


def _make_filing(entry: IndexEntry, filers: tuple[Cik, ...]) -> Filing:
    return Filing(entry.accession, entry.form, entry.filing_date, filers or (entry.cik,))
