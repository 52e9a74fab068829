"""The one writer: everything that changes an archive goes through here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from ex99.filings.chunks import chunks
from ex99.filings.filing import WHOLE_STATES, Filer, Listing, Submission
from ex99.filings.filing import Filing as FilingFacts
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.release import ParseError, PressRelease
from ex99.filings.served import Served
from ex99.storage import filing_writer, release_writer, run_writer, served_writer
from ex99.storage.archive import Archive
from ex99.storage.company_writer import replace_tickers, save_companies
from ex99.storage.engine import describe
from ex99.storage.filing_queries import read_next_filings
from ex99.storage.filters import FilingFilter
from ex99.storage.inserts import with_retries
from ex99.storage.models import Company, Filing
from ex99.storage.served_queries import read_last_answers

T = TypeVar("T")
NEEDS_NO_FETCHING = (*WHOLE_STATES, "paper")


class Writer:
    """Writes into an archive, each call in one transaction of its own; safe to use from several threads and processes at once.

    Every call is idempotent. A PostgreSQL connection that is lost is waited for and the call's transaction made again. A write that the
    database refuses, or a blob that cannot be written, raises ArchiveError and leaves no row.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._versions: dict[int, str] = {}

    def start_crawl(self, spider: str, arguments: Mapping[str, object]) -> int:
        """Note that a crawl (or an import) begins; returns the run's id."""
        return self._write(lambda connection: run_writer.start_crawl(connection, spider, arguments))

    def finish_crawl(self, run: int, outcome: str, stats: Mapping[str, object]) -> None:
        """Note how a crawl ended ("finished", "interrupted" ...) and its counts; refreshes the planner's statistics."""
        self._write(lambda connection: run_writer.finish_crawl(connection, run, outcome, stats))
        self._write(run_writer.refresh_statistics)

    def save_listing(self, listing: Listing, run: int | None = None, states: Mapping[AccessionNumber, str] | None = None) -> None:
        """Save a company's filing history; what a submission's header told better stays.

        ``states`` says of filings that they are "listed" (still to fetch), "outside" the crawl's filter or on "paper"; what is archived
        stays so. Of the others, new ones are "listed" and known ones stay where they stand.
        """
        self._write(lambda connection: filing_writer.save_listing(connection, listing, run, states or {}))

    def save_company(self, filer: Filer, as_of: dt.date) -> None:
        """Save what a source of a day tells of a company, its tickers and former names."""

        def save(connection: Connection) -> None:
            save_companies(connection, [filer], as_of)
            replace_tickers(connection, filer)

        self._write(save)

    def save_submission(self, submission: Submission, run: int | None = None, digest: str | None = None) -> bool:
        """Save a submission: its blobs first, then every row in one transaction; saving it again changes nothing.

        One that differs from what is archived becomes a further version, and the earlier one stays readable beside it
        (storage.served_queries); returns whether that is so. ``digest`` is the sha256 of its file where it is imported as one.

        The filing becomes "archived" where a release was chosen, else "no_release" with the choice's reason and note. Raises ValueError
        where a chosen document has no bytes.
        """
        return bool(self.save_submissions([submission], run, digest))

    def save_submissions(
        self, submissions: Sequence[Submission], run: int | None = None, digest: str | None = None
    ) -> list[AccessionNumber]:
        """Save several submissions at once: the blobs of all, then the rows of all in one transaction; returns those that changed.

        Much faster than one by one. Where one of them cannot be saved, none is.
        """
        # in one order for all, so that two crawls that save the same filings do not wait for each other's locks
        ordered = sorted(submissions, key=lambda submission: submission.filing.accession)
        stored = filing_writer.put_blobs(self._archive.blobs, ordered)

        def save(connection: Connection) -> list[AccessionNumber]:
            filing_writer.save_filers(connection, ordered)
            changed = []
            for turn in _turns(ordered):
                of_turn = [ordered[place] for place in turn]
                changed += filing_writer.save_submissions(connection, of_turn, [stored[place] for place in turn], run, digest)
            return changed

        return self._write(save)

    def save_unchanged(self, accession: AccessionNumber, answer: Served) -> bool:
        """Note an answer by which EDGAR still has what is archived of a filing (status 304); False where nothing is archived of it."""
        return self._write(lambda connection: served_writer.save_unchanged(connection, accession, answer))

    def last_answers(self, accessions: Iterable[AccessionNumber]) -> dict[AccessionNumber, tuple[Served, ...]]:
        """The answers in which these filings came, and those that confirmed them since, in order; what to ask conditionally by."""
        asked = [str(accession) for accession in accessions]

        def read(connection: Connection) -> dict[AccessionNumber, tuple[Served, ...]]:
            found: dict[AccessionNumber, tuple[Served, ...]] = {}
            for chunk in chunks(asked):
                found |= read_last_answers(connection, chunk)
            return found

        return self._read(read)

    def save_failure(self, accession: AccessionNumber, code: str, message: str, run: int | None = None) -> bool:
        """Note that a listed filing could not be fetched or read; False where no such filing is listed. An archived one stays archived."""
        return self._write(lambda connection: filing_writer.save_failure(connection, accession, code, message, run))

    def archived(self, accessions: Iterable[AccessionNumber]) -> set[AccessionNumber]:
        """Those of these filings that need no fetching any more (archived, or known to hold no release)."""
        asked = [str(accession) for accession in accessions]

        def read(connection: Connection) -> set[AccessionNumber]:
            found: set[AccessionNumber] = set()
            for chunk in chunks(asked):
                query = select(Filing.accession).where(Filing.accession.in_(chunk), Filing.state.in_(NEEDS_NO_FETCHING))
                found.update(AccessionNumber(accession) for accession in connection.scalars(query))
            return found

        return self._read(read)

    def list_archived(self, since: dt.date | None, until: dt.date | None, ciks: Collection[Cik], after: str) -> list[FilingFacts]:
        """The next few hundred archived filings after an accession number, filed between two days; for who goes through all of them."""
        where = FilingFilter(since=since, until=until, ciks=ciks, states=WHOLE_STATES)
        with self._archive.connect() as connection:
            return read_next_filings(connection, where, after)

    def industries(self, ciks: Iterable[Cik]) -> dict[Cik, str]:
        """The industry codes (SIC) of those of these companies of which one is known."""
        asked = [int(cik) for cik in ciks]

        def read(connection: Connection) -> dict[Cik, str]:
            found: dict[Cik, str] = {}
            for chunk in chunks(asked):
                query = select(Company.cik, Company.sic).where(Company.cik.in_(chunk), Company.sic.is_not(None))
                found.update((Cik(row.cik), row.sic) for row in connection.execute(query))
            return found

        return self._read(read)

    def start_parse(self, parser_version: str) -> int:
        """Note that a run of the parser begins; returns the run's id."""
        run = self._write(lambda connection: run_writer.start_parse(connection, parser_version))
        self._versions[run] = parser_version
        return run

    def finish_parse(self, run: int, stats: Mapping[str, object]) -> None:
        """Note a parser run's counts and that it is over; refreshes the planner's statistics."""
        self._write(lambda connection: run_writer.finish_parse(connection, run, stats))
        self._write(run_writer.refresh_statistics)

    def save_release(self, document_id: int, result: PressRelease | ParseError, parse_run: int) -> None:
        """Save what the parser made of a document and make it the current result; the same version's earlier result is replaced."""
        self.save_releases([(document_id, result)], parse_run)

    def save_releases(self, results: Iterable[tuple[int, PressRelease | ParseError]], parse_run: int) -> int:
        """Save many results in one transaction (faster than one by one; some 100 at a time); returns how many.

        Raises ValueError for an unknown document or run and for a release of another parser version than the run's.
        """
        batch = list(results)
        if parse_run not in self._versions:
            self._versions[parse_run] = self._read(lambda connection: run_writer.read_parser_version(connection, parse_run))
        version = self._versions[parse_run]
        self._write(lambda connection: release_writer.save_releases(connection, batch, parse_run, version))
        return len(batch)

    def _read(self, work: Callable[[Connection], T]) -> T:
        def once() -> T:
            with self._archive.engine.connect() as connection:
                return work(connection)

        return with_retries(once, describe(self._archive.engine))

    def _write(self, work: Callable[[Connection], T]) -> T:
        def once() -> T:
            with self._archive.begin() as connection:
                return work(connection)

        return with_retries(once, describe(self._archive.engine))


def _turns(submissions: Sequence[Submission]) -> list[list[int]]:
    """The places of submissions in groups, each of which holds a filing once: all in one, but for a filing that comes several times."""
    turns: list[list[int]] = []
    seen: Counter[AccessionNumber] = Counter()
    for place, submission in enumerate(submissions):
        turn = seen[submission.filing.accession]
        seen[submission.filing.accession] += 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(place)
    return turns
