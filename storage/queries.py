"""Reading an archive: streams of typed rows. Every function takes the archive first, then a filter of storage.filters."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from filings.identifiers import Cik
from storage.archive import Archive
from storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from storage.rows import (
    CompanyRow,
    DocumentRow,
    FigureRow,
    FilingRow,
    GuidanceRow,
    PassageRow,
    ReleaseDiff,
    ReleaseRow,
    RunRow,
    SearchHit,
    Status,
    WorkRow,
)


def list_companies(archive: Archive) -> Iterator[CompanyRow]:
    """Every company, by CIK."""
    raise NotImplementedError


def find_companies(archive: Archive, text: str) -> list[CompanyRow]:
    """Companies by CIK, ticker (exact, any case) or a part of their present or former name; the best match first, [] for none."""
    raise NotImplementedError


def list_filings(archive: Archive, where: FilingFilter | None = None, *, newest_first: bool = False, limit: int | None = None) -> Iterator[FilingRow]:
    """Filings in the order of their filing."""
    raise NotImplementedError


def list_documents(archive: Archive, where: FilingFilter | None = None) -> Iterator[DocumentRow]:
    """Documents by filing and sequence."""
    raise NotImplementedError


def list_documents_to_parse(
    archive: Archive, parser_version: str, *, all: bool = False, ciks: Collection[int] = ()  # noqa: A002
) -> Iterator[WorkRow]:
    """Press releases whose present bytes this parser version has not seen (with ``all``: every one). Results may be saved while this streams."""
    raise NotImplementedError


def count_documents_to_parse(archive: Archive, parser_version: str, *, all: bool = False, ciks: Collection[int] = ()) -> int:  # noqa: A002
    """How many documents list_documents_to_parse would give."""
    raise NotImplementedError


def read_document_bytes(archive: Archive, document_id: int) -> bytes:
    """The bytes of a document as served; raises ArchiveError where the archive does not keep them."""
    raise NotImplementedError


def read_header_bytes(archive: Archive, accession: str) -> bytes:
    """The SGML header of a filing as served; raises ArchiveError where the archive does not keep it."""
    raise NotImplementedError


def list_releases(archive: Archive, where: ReleaseFilter | None = None, *, newest_first: bool = False, limit: int | None = None) -> Iterator[ReleaseRow]:
    """Releases in the order of their filing."""
    raise NotImplementedError


def list_figures(archive: Archive, where: FigureFilter | None = None, *, mentions: bool = False, limit: int | None = None) -> Iterator[FigureRow]:
    """Figures in the order of their filing and position; with ``mentions`` the further places that report each."""
    raise NotImplementedError


def list_guidance(archive: Archive, where: FigureFilter | None = None, *, limit: int | None = None) -> Iterator[GuidanceRow]:
    """Guidance in the order of its filing and position."""
    raise NotImplementedError


def list_passages(archive: Archive, where: PassageFilter | None = None, *, limit: int | None = None) -> Iterator[PassageRow]:
    """Passages in the order of their filing and position."""
    raise NotImplementedError


def search_releases(archive: Archive, words: str, where: ReleaseFilter | None = None, *, limit: int = 20) -> list[SearchHit]:
    """Current releases that hold all the words ("quoted phrase", -without, or), best first."""
    raise NotImplementedError


def read_status(archive: Archive, parser_version: str | None = None, ciks: Collection[Cik] = ()) -> Status:
    """Counts that account for every filing."""
    raise NotImplementedError


def list_crawl_runs(archive: Archive, limit: int = 20) -> list[RunRow]:
    """The last crawl runs, newest first."""
    raise NotImplementedError


def list_parse_runs(archive: Archive, limit: int = 20) -> list[RunRow]:
    """The last parser runs, newest first."""
    raise NotImplementedError


def list_parser_versions(archive: Archive) -> list[tuple[str, int]]:
    """Parser versions that have results, in the order of their first run, with the count of results."""
    raise NotImplementedError


def compare_versions(archive: Archive, before: str, after: str, ciks: Collection[int] = ()) -> Iterator[ReleaseDiff]:
    """What changed between two parser versions, for each document that both have seen and that differs."""
    raise NotImplementedError
