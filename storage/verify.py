"""Looking an archive over for damage: blobs without rows, rows without blobs, results without their filing's bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storage.archive import Archive

DAMAGE: dict[str, str] = {
    "orphan_blob": "a blob that no row refers to (left by a crash; harmless)",
    "missing_blob": "a row refers to a blob that is not in the store",
    "corrupt_blob": "a blob whose bytes do not match its name",
    "no_documents": "an archived filing without documents",
    "no_release_bytes": "a chosen press release whose bytes are not kept",
    "no_filer": "a filing without a filer",
    "two_current": "a document with results of which none, or more than one, is current",
    "search_index": "a current release that the search index does not hold",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``kind`` is a key of DAMAGE, ``subject`` the blob or accession number."""

    kind: str
    subject: str
    message: str

    @property
    def harmless(self) -> bool:
        """Whether nothing is lost by it."""
        return self.kind == "orphan_blob"


def find_damage(archive: Archive, *, blobs: bool = True) -> Iterator[Finding]:
    """Every finding; with ``blobs`` false the blobs' bytes are not read, only the rows compared."""
    raise NotImplementedError
