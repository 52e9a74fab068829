"""The one writer: everything that changes an archive goes through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from filings.filing import Listing, Submission
from filings.identifiers import AccessionNumber, Cik
from filings.release import ParseError, PressRelease
from storage.archive import Archive


class Writer:
    """Writes into an archive, each call in one transaction of its own; safe to use from several threads and processes at once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def start_crawl(self, spider: str, arguments: Mapping[str, object]) -> int:
        """Note that a crawl begins; returns the run's id."""
        raise NotImplementedError

    def finish_crawl(self, run: int, outcome: str, stats: Mapping[str, object]) -> None:
        """Note how a crawl ended ("finished", "interrupted" ...) and its counts."""
        raise NotImplementedError

    def save_listing(self, listing: Listing, run: int | None = None) -> None:
        """Save a company's filing history; what a submission's header told better stays."""
        raise NotImplementedError

    def save_submission(self, submission: Submission, run: int | None = None) -> None:
        """Save a submission: its blobs first, then every row in one transaction; saving it again changes nothing."""
        raise NotImplementedError

    def save_failure(self, accession: AccessionNumber, code: str, message: str, run: int | None = None) -> bool:
        """Note that a listed filing could not be fetched or read; False where no such filing is listed. An archived one stays archived."""
        raise NotImplementedError

    def archived(self, ciks: Iterable[Cik]) -> set[AccessionNumber]:
        """The filings of these companies that need no fetching any more (archived, or known to hold no release)."""
        raise NotImplementedError

    def start_parse(self, parser_version: str) -> int:
        """Note that a run of the parser begins; returns the run's id."""
        raise NotImplementedError

    def finish_parse(self, run: int, stats: Mapping[str, object]) -> None:
        """Note a parser run's counts and that it is over."""
        raise NotImplementedError

    def save_release(self, document_id: int, result: PressRelease | ParseError, parse_run: int) -> None:
        """Save what the parser made of a document and make it the current result; the same version's earlier result is replaced."""
        raise NotImplementedError

    def save_releases(self, results: Iterable[tuple[int, PressRelease | ParseError]], parse_run: int) -> int:
        """Save many results in one transaction (faster than one by one); returns how many."""
        raise NotImplementedError
