"""The first page: what the archive holds, its latest releases, its companies; and the search."""

from __future__ import annotations

from ex99.storage.archive import Archive
from ex99.storage.filters import ReleaseFilter
from ex99.storage.queries import find_companies, list_companies, list_releases, read_status, search_releases
from ex99.storage.rows import CompanyRow
from ex99.viewer.asking import Answer, Asked

_LATEST = 20
_MOST_COMPANIES = 500
_HITS = 50


def show_start(archive: Archive, _: Asked) -> Answer:
    """What the archive holds, in numbers; its latest releases; its companies."""
    status = read_status(archive)
    latest = list(list_releases(archive, newest_first=True, limit=_LATEST)) if status.releases else []
    companies = sorted(list_companies(archive), key=lambda company: -company.filings)
    counts = {
        "companies": status.companies,
        "filings": status.filings,
        "releases": status.releases,
        "parsed": status.parsed,
        "unparsed": status.unparsed,
        "parse_errors": status.parse_errors,
        "figures": status.figures,
        "documents": status.documents,
    }
    rows = [
        {
            "cik": row.cik,
            "name": row.name,
            "tickers": " ".join(symbol for symbol, _ in row.tickers),
            "sic": row.sic,
            "state": row.state,
            "filings": row.filings,
        }
        for row in companies
    ]
    data = {"counts": counts, "states": status.states, "latest": latest, "companies": rows}
    return Answer("start.html", data, rows, {"companies": companies[:_MOST_COMPANIES], "more": len(companies) - _MOST_COMPANIES})


def show_search(archive: Archive, asked: Asked) -> Answer:
    """Companies whose ticker, CIK or name is asked for, and releases that hold all the words, best first."""
    words = asked.word("q")
    where = ReleaseFilter(since=asked.day("since"), until=asked.day("until"))
    hits = search_releases(archive, words, where, limit=_HITS) if words else []
    companies: list[CompanyRow] = find_companies(archive, words) if words else []
    rows = [
        {
            "accession": hit.accession,
            "company": hit.company,
            "filing_date": hit.filing_date,
            "kind": hit.kind,
            "headline": hit.headline,
            "snippet": hit.snippet,
        }
        for hit in hits
    ]
    return Answer("search.html", {"q": words, "companies": companies, "hits": hits}, rows)
