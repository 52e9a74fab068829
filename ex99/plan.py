"""What a crawl of the market or of some companies will take, before it is begun, by index files on disk and the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ex99.companies import CompanyWord, find_company, split_companies
from ex99.crawler.errors import PageError
from ex99.crawler.filters import WantedFilings
from ex99.crawler.index_files import list_companies
from ex99.crawler.index_plan import FIRST_DAY, IndexFile, plan_indexes
from ex99.errors import UserError
from ex99.filings.filing import WHOLE_STATES
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.footprint import list_industries, read_footprint
from ex99.storage.queries import find_companies, list_filings

MEASURED = 200
"""Archived filings from which on the archive's own sizes are taken for those to come."""
BLOB_BYTES, DATABASE_BYTES = 21_000, 35_000
"""Bytes a filing takes, packed and in the database, where the archive is too small to tell: measured on 438 filings of 1994-2026."""
PACKED = 12
"""How many times as long documents are as served than as they are kept (zstd): 11 to 14 on the same filings."""
_NAMES = tuple(f"{kind}{ending}" for kind in ("master", "company", "form") for ending in (".gz", ".idx"))


@dataclass(slots=True)
class Year:
    """A year's filings as far as they are known: those that are archived, on paper (nothing to fetch), and to fetch."""

    year: int
    filings: int = 0
    archived: int = 0
    paper: int = 0
    to_fetch: int = 0
    indexes: int = 0
    """Index files that list the year's filings."""
    at_hand: int = 0
    """Among them those that are on disk."""


@dataclass(slots=True)
class Plan:
    """What a crawl takes. ``hours`` are at ``rate`` requests a second; bytes are of what is to be fetched."""

    since: dt.date
    until: dt.date
    sics: tuple[str, ...]
    years: list[Year] = field(default_factory=list)
    unknown_companies: int = 0
    """With ``sics``: companies that file in the time and whose industry the archive does not know; each costs one request."""
    listings: int = 0
    """Companies that are named: the history of each is one request, in place of the index files."""
    unlisted: list[str] = field(default_factory=list)
    """Among them those of whose filings nothing is known yet, neither by the archive nor by an index file at hand."""
    requests: int = 0
    rate: float = 0
    hours: float = 0
    blob_bytes: int = 0
    database_bytes: int = 0
    measured: bool = False
    """Whether the bytes a filing takes are this archive's own."""
    faults: list[str] = field(default_factory=list)
    """Index files at hand that cannot be read, and why."""

    @property
    def missing(self) -> int:
        """Index files that are not at hand: of their days only what the archive lists is counted."""
        return sum(year.indexes - year.at_hand for year in self.years)


def make_plan(
    archive: Archive | None,
    since: dt.date,
    until: dt.date,
    *,
    today: dt.date,
    rate: float,
    companies: Sequence[CompanyWord] = (),
    sics: Collection[str] = (),
    indexes: Path | None = None,
) -> Plan:
    """Plan a crawl of all that was filed between two days, of the companies that are named, of some industries or of all.

    Companies are named by ticker, CIK or name; one that cannot be told yet is among the plan's ``unlisted``. ``indexes`` is a folder
    of EDGAR's index files as in EDGAR's own tree (full-index/2024/QTR1/master.gz, or another kind or .idx).
    Raises UserError where the days are none.
    """
    first, last = max(since, FIRST_DAY), min(until, today)
    if first > last:
        raise UserError(f"no day lies between {first} and {last}", "--since must be before --until, and not in the future")
    plan = Plan(first, last, tuple(sorted(sics)), rate=rate)
    asked = _tell_companies(archive, companies)
    plan.listings = len(asked)
    wanted = frozenset(cik for cik in asked.values() if cik is not None) if companies else None
    listed: set[int] = set()
    known = {} if archive is None else list_industries(archive)
    unknown: set[int] = set()
    for year in range(first.year, last.year + 1):
        days = (max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31)))
        files = list(plan_indexes(*days, today))
        at_hand = [(file, path) for file in files if (path := find_index(indexes, file)) is not None]
        found = _choose(_join(archive, at_hand, days, plan), wanted)
        listed.update(*(filing.ciks for filing in found.values()))
        counts = Year(year, indexes=len(at_hand if companies else files), at_hand=len(at_hand))
        _count_filings(counts, found, plan.sics, known, unknown)
        plan.years.append(counts)
    plan.unknown_companies = len(unknown)
    plan.unlisted = [word for word, cik in asked.items() if cik not in listed and not _has_filings(archive, cik)]
    plan.requests = sum(year.to_fetch for year in plan.years) + plan.missing + plan.listings + plan.unknown_companies
    plan.hours = round(plan.requests / rate / 3600, 2)
    _weigh(plan, archive)
    return plan


def _tell_companies(archive: Archive | None, words: Sequence[CompanyWord]) -> dict[str, int | None]:
    """The CIK of each company that is named, None for one that only EDGAR can tell."""
    return {str(word): _tell_company(archive, str(word)) for word in split_companies(words)}


def _tell_company(archive: Archive | None, word: str) -> int | None:
    if word.isdigit():
        return int(Cik.parse(word))
    try:
        return None if archive is None else int(find_company(archive, word).cik)
    except UserError:
        return None


def _has_filings(archive: Archive | None, cik: int | None) -> bool:
    return archive is not None and cik is not None and any(row.filings for row in find_companies(archive, str(cik)))


@dataclass(slots=True)
class _Known:
    """What is known of a filing: its companies, and where it stands in the archive (None: not in it)."""

    ciks: set[int]
    state: str | None = None


def _join(
    archive: Archive | None, at_hand: Iterable[tuple[IndexFile, Path]], days: tuple[dt.date, dt.date], plan: Plan
) -> dict[AccessionNumber, _Known]:
    """The filings of a year, by accession number, from the index files at hand and from the archive."""
    found: dict[AccessionNumber, _Known] = {}
    for file, path in at_hand:
        try:
            for listing in list_companies(path.read_bytes(), file, WantedFilings(*days), frozenset()):
                for filing in listing.filings:
                    found.setdefault(filing.accession, _Known(set())).ciks.update(map(int, filing.filers))
        except (PageError, OSError) as error:
            plan.faults.append(f"{path}: {error}")
    if archive is not None:
        for row in list_filings(archive, FilingFilter(since=days[0], until=days[1])):
            told = found.setdefault(row.accession, _Known(set()))
            told.ciks.update(map(int, row.ciks))
            told.state = row.state
    return found


def _choose(found: dict[AccessionNumber, _Known], wanted: Collection[int] | None) -> dict[AccessionNumber, _Known]:
    """The filings of the companies that are wanted, or of all."""
    return found if wanted is None else {accession: filing for accession, filing in found.items() if not filing.ciks.isdisjoint(wanted)}


def find_index(folder: Path | None, file: IndexFile) -> Path | None:
    """Where an index file lies in a folder, itself or one of the same days in another order; None where none does."""
    if folder is None:
        return None
    place = folder / file.path
    names = (place.name, f"{place.name}.gz") if file.daily else _NAMES
    return next((path for name in names if (path := place.parent / name).is_file()), None)


def _count_filings(
    counts: Year, found: dict[AccessionNumber, _Known], sics: tuple[str, ...], known: dict[int, str], unknown: set[int]
) -> None:
    """Count a year's filings, of ``sics`` alone where there are any; adds the companies whose industry is not known to ``unknown``."""
    for filing in found.values():
        if sics and not any(known.get(cik) in sics for cik in filing.ciks):
            unknown.update(cik for cik in filing.ciks if cik not in known)
            continue
        counts.filings += 1
        counts.archived += filing.state in WHOLE_STATES
        counts.paper += filing.state == "paper"
    counts.to_fetch = counts.filings - counts.archived - counts.paper


def _weigh(plan: Plan, archive: Archive | None) -> None:
    footprint = None if archive is None else read_footprint(archive)
    blob, database = float(BLOB_BYTES), float(DATABASE_BYTES)
    if footprint is not None and footprint.filings >= MEASURED:
        plan.measured = True
        blob, database = footprint.document_bytes / PACKED / footprint.filings, footprint.database_bytes / footprint.filings
    to_fetch = sum(year.to_fetch for year in plan.years)
    plan.blob_bytes, plan.database_bytes = round(blob * to_fetch), round(database * to_fetch)
