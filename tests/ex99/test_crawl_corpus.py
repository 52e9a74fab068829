"""The crawl over real filings: every one archived, the releases that the corpus names chosen, no request too many."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from ex99.crawl import crawl
from ex99.crawler.listings import read_company_tickers
from ex99.filings.exhibits import parse_exhibit_type
from ex99.filings.identifiers import Cik
from ex99.replica.server import start_replica
from ex99.storage.archive import Archive
from ex99.storage.queries import list_documents
from tests.ex99.crawling import make_settings, read_damage, read_states

pytestmark = pytest.mark.corpus

HOW_MANY = 3
"""Companies that are crawled: those of which the corpus has most filings."""


@pytest.fixture(scope="module")
def corpus() -> Path:
    if "EX99_CORPUS" not in os.environ:
        pytest.skip("EX99_CORPUS names no corpus")
    return Path(os.environ["EX99_CORPUS"])


def read_rows(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "filings.tsv").open(newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["cik"]]


def test_three_companies_of_the_corpus(corpus: Path, tmp_path: Path) -> None:
    table = next(path for path in sorted((corpus / "edgar" / "company_tickers").rglob("*")) if path.is_file())
    counted = Counter(int(row["cik"]) for row in read_rows(corpus))
    ciks = [cik for cik, _ in counted.most_common(HOW_MANY)]
    tickers = {row.cik: row.ticker for row in reversed(read_company_tickers(table.read_bytes()))}
    companies = [tickers.get(Cik(cik), str(cik)) for cik in ciks]
    with start_replica(corpus / "filings", company_tickers=table, process=True) as replica:
        settings = make_settings(tmp_path, replica)
        report = crawl(settings, companies)
        assert report.complete, report.losses
        assert report.counts.companies == HOW_MANY
        assert report.requests == {"tickers": 1, "submissions": HOW_MANY, "full": report.counts.listed}
        states = read_states(settings)
        assert set(states.values()) <= {"archived", "no_release"}
        assert len(states) == report.counts.listed
        assert read_damage(settings) == []

        replica.reset()
        again = crawl(settings, companies)
        assert again.requests == {"tickers": 1, "submissions": HOW_MANY}
        assert replica.stats()["requests"] == HOW_MANY + 1

    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        best = {str(document.accession): document.type for document in list_documents(archive) if document.rank == 0}
    earnings = [row for row in read_rows(corpus) if int(row["cik"]) in ciks and row["kind"] == "earnings"]
    assert len(earnings) > 50
    assert {row["accession"] for row in earnings} <= states.keys()
    wrong = {
        row["accession"]: (row["exhibit_type"], best.get(row["accession"]))
        for row in earnings
        if parse_exhibit_type(best.get(row["accession"], "")) != parse_exhibit_type(row["exhibit_type"])
    }
    assert wrong == {}
