"""Whose release is it: the company's name as a release prints it, against the company that it was archived for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.names import is_same_company
from ex99.storage.archive import Archive
from ex99.storage.filters import ReleaseFilter
from ex99.storage.queries import list_releases, read_company
from ex99.storage.rows import CompanyRow

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class OtherName:
    """A release that prints another company's name than that of the company it was archived for."""

    accession: AccessionNumber
    cik: Cik
    company: str
    printed: str


def find_other_names(archive: Archive, accessions: Sequence[AccessionNumber]) -> Iterator[OtherName]:
    """The parsed releases of some filings whose printed company is, by its name, none of the filing's, present or former."""
    known: dict[Cik, CompanyRow | None] = {}
    for start in range(0, len(accessions), _AT_ONCE):
        for row in list_releases(archive, ReleaseFilter(accessions=accessions[start : start + _AT_ONCE])):
            companies = [company for cik in row.ciks if (company := _find(archive, cik, known)) is not None]
            names = [name for company in companies for name in (company.name, *company.former_names) if name]
            if row.printed_company and names and not any(is_same_company(row.printed_company, name) for name in names):
                yield OtherName(row.accession, companies[0].cik, names[0], row.printed_company)


def _find(archive: Archive, cik: Cik, known: dict[Cik, CompanyRow | None]) -> CompanyRow | None:
    """The company of a CIK if it has a name, looked up once."""
    if cik not in known:
        known[cik] = found if (found := read_company(archive, cik)) is not None and found.name else None
    return known[cik]
