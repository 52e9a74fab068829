"""The Python API: ``from ex99 import open_archive``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from ex99.asking import Day
from ex99.companies import Companies, CompanyWord, find_company
from ex99.filings.identifiers import AccessionNumber
from ex99.filling import FillingSteps
from ex99.history import HistoryQueries
from ex99.opening import open_storage
from ex99.parsing import PARSER_VERSION
from ex99.questions import DocumentQuestion, FigureQuestion, FilingQuestion, GuidanceQuestion, PassageQuestion, ReleaseQuestion, ask
from ex99.rows import Rows
from ex99.series import CompanySeries, read_company_series
from ex99.settings import Settings
from ex99.storage import queries
from ex99.storage.archive import Archive as StoredArchive
from ex99.storage.filters import DocumentFilter, FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.rows import CompanyRow, DocumentRow, FigureRow, FilingRow, GuidanceRow, PassageRow, ReleaseRow, SearchHit, Status, TextRow
from ex99.storage.served_queries import Version, list_versions
from ex99.storage.verify import Finding, find_damage

if TYPE_CHECKING:
    from ex99.repair import RepairReport


def open_archive(folder: str | os.PathLike[str] | None = None, *, create: bool = True, settings: Settings | None = None) -> Archive:
    """Open the archive in a folder (default: the one of EX99_* variables and ex99.toml); made at first use unless ``create`` is false.

    A folder that is named counts before EX99_DATABASE_URL and EX99_BLOB_URL.
    """
    if settings is None:
        settings = Settings().in_folder(None if folder is None else Path(folder))
    return Archive(open_storage(settings, create=create), settings)


class Archive(HistoryQueries, FillingSteps):
    """An open archive; a context manager.

    Filters are keywords: ``company`` is a ticker, CIK or name or a list of them; ``since`` and ``until`` are filing dates (a date, or
    text as 2024-06-30, 2024-06, 2024), both included; words that may be several can be given as a list. Queries answer lazily with Rows.
    """

    def __init__(self, storage: StoredArchive, settings: Settings) -> None:
        self.storage = storage
        self.settings = settings

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Archive({self.settings.resolved_database_url!r})"

    def close(self) -> None:
        """Give back the database connections."""
        self.storage.close()

    def companies(self) -> Rows[CompanyRow]:
        """Every company that the archive knows."""
        return Rows(lambda: queries.list_companies(self.storage), CompanyRow)

    def company(self, word: CompanyWord) -> CompanyRow:
        """The company that a ticker, CIK or name means; raises UserError for none or several."""
        return find_company(self.storage, word)

    def filings(self, company: Companies = None, *, limit: int | None = None, **asked: Unpack[FilingQuestion]) -> Rows[FilingRow]:
        """Filings in the order of their filing, whatever their state (filings.filing.FILING_STATES)."""
        where = ask(FilingFilter, FilingQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.list_filings(self.storage, where, limit=limit), FilingRow)

    def documents(self, company: Companies = None, *, limit: int | None = None, **asked: Unpack[DocumentQuestion]) -> Rows[DocumentRow]:
        """Documents of filings: the 8-K and every exhibit, chosen as a press release or not; ``type`` such as "99.2", "99" or "8-K"."""
        where = ask(DocumentFilter, DocumentQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.list_documents(self.storage, where, limit=limit), DocumentRow)

    def releases(self, company: Companies = None, *, limit: int | None = None, **asked: Unpack[ReleaseQuestion]) -> Rows[ReleaseRow]:
        """Press releases as the parser read them; ``errors=True`` gives those that it could not read."""
        where = ask(ReleaseFilter, ReleaseQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.list_releases(self.storage, where, limit=limit), ReleaseRow)

    def texts(self, company: Companies = None, *, limit: int | None = None, **asked: Unpack[ReleaseQuestion]) -> Rows[TextRow]:
        """The full text of each press release, with the facts of its filing."""
        where = ask(ReleaseFilter, ReleaseQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.list_texts(self.storage, where, limit=limit), TextRow)

    def figures(
        self, company: Companies = None, *, mentions: bool = False, limit: int | None = None, **asked: Unpack[FigureQuestion]
    ) -> Rows[FigureRow]:
        """Reported figures, each with the words it was read from; ``contains`` looks in those words."""
        where = ask(FigureFilter, FigureQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.list_figures(self.storage, where, mentions=mentions, limit=limit), FigureRow)

    def guidance(self, company: Companies = None, *, limit: int | None = None, **asked: Unpack[GuidanceQuestion]) -> Rows[GuidanceRow]:
        """Numeric outlooks; ``metric`` may also be a row's own words, as the release prints them."""
        where = ask(FigureFilter, GuidanceQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.list_guidance(self.storage, where, limit=limit), GuidanceRow)

    def passages(self, company: Companies = None, *, limit: int | None = None, **asked: Unpack[PassageQuestion]) -> Rows[PassageRow]:
        """Passages: safe harbors, forward-looking statements, contacts ...; ``kind`` is one of filings.release.PASSAGE_KINDS."""
        where = ask(PassageFilter, PassageQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.list_passages(self.storage, where, limit=limit), PassageRow)

    def series(
        self,
        company: CompanyWord,
        metric: str,
        *,
        basis: str | None = None,
        duration: str | None = None,
        vintage: str = "latest",
        as_of: Day = None,
        min_grade: str | None = None,
        split_adjusted: bool = False,
    ) -> CompanySeries:
        """A company's history of one metric: points with their vintages, gaps and restatements; on request in today's shares.

        ``min_grade`` leaves out figures that are less sure.
        """
        return read_company_series(
            self.storage,
            company,
            metric,
            basis=basis,
            duration=duration,
            vintage=vintage,
            as_of=as_of,
            min_grade=min_grade,
            split_adjusted=split_adjusted,
        )

    def search(self, words: str, company: Companies = None, *, limit: int = 20, **asked: Unpack[ReleaseQuestion]) -> Rows[SearchHit]:
        """Releases that hold all the words ("quoted phrase", -without, or), best first."""
        where = ask(ReleaseFilter, ReleaseQuestion, self.storage, {"company": company, **asked})
        return Rows(lambda: queries.search_releases(self.storage, words, where, limit=limit), SearchHit)

    def text(self, accession: str, exhibit: str | int = 1) -> str:
        """The canonical text of a filing's press release, into which every source's start and end point.

        ``exhibit`` 2 is the second of several; "99.2", "8-K", "#3" or a file name is any document of the filing.
        """
        from ex99.showing import read_shown_release

        return read_shown_release(self.storage, accession, exhibit).text

    def status(self) -> Status:
        """Counts that account for every filing."""
        return queries.read_status(self.storage, PARSER_VERSION)

    def verify(self, *, blobs: bool = True) -> Rows[Finding]:
        """What is damaged; no rows where all is well. Without ``blobs`` the bytes themselves are not read."""
        return Rows(lambda: find_damage(self.storage, blobs=blobs), Finding)

    def versions(self, accession: str | None = None) -> Rows[Version]:
        """What EDGAR served of filings (or of one): each version with its documents, and the answers that it came in."""
        where = FilingFilter(accessions=[AccessionNumber.parse(accession)] if accession else ())
        return Rows(lambda: list_versions(self.storage, where), Version)

    def repair(self) -> RepairReport:
        """Mend what verify finds; filings whose bytes are lost become failed ("damaged"), and a crawl or an import brings them again."""
        from ex99.repair import repair_archive

        return repair_archive(self.storage, workers=self.settings.parse_workers)
