"""The readers over every real sample: captured answers of EDGAR and the full submissions of the corpus."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ex99.crawler.errors import ListingError, PageError
from ex99.crawler.feeds import read_company_feed, read_current
from ex99.crawler.indexes import read_index
from ex99.crawler.listings import read_company_tickers, read_overflow, read_submissions
from ex99.crawler.pages import read_index_page
from ex99.crawler.responses import Verdict, classify_response
from ex99.crawler.submission import read_submission
from ex99.crawler.wrapped import read_index_headers, read_wrapped_document
from ex99.filings.filing import CHOICE_REASONS, Submission
from ex99.filings.identifiers import Cik
from tests.crawler.papers import corpus

pytestmark = pytest.mark.corpus

ERRORS = {"rate": Verdict.BLOCKED, "undeclared": Verdict.UNDECLARED, "304": Verdict.NOT_MODIFIED, "503": Verdict.UNAVAILABLE}
LIVED_WITH = {"edgartools-empty-form.idx"}


def samples(folder: str, *patterns: str) -> list[Path]:
    found = sorted(path for pattern in patterns for path in corpus("edgar", folder).glob(pattern) if path.name != "source.json")
    assert found
    return found


def read(path: Path) -> Submission:
    with path.open("rb") as stream:
        return read_submission(stream)


def rows(*kinds: str) -> Iterator[tuple[dict[str, str], Submission]]:
    with corpus("filings.tsv").open(newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if row["file"].startswith("filings/") and row["kind"] in kinds:
                yield row, read(corpus(row["file"]))


def chosen_types(submission: Submission) -> list[str]:
    types = {d.document.sequence: d.document.type for d in submission.documents}
    return [types[sequence] for sequence in submission.choice.sequences]


def test_every_submission_is_read() -> None:
    for path in (*sorted(corpus("filings").glob("*.txt")), *samples("archives_txt", "*/body.txt")):
        found = read(path)
        assert found.documents, path
        assert found.filing.filers, path
        assert found.choice.reason in CHOICE_REASONS
        primary = found.documents[0]
        assert primary.content is not None or not primary.document.type.startswith("8-K"), path
        assert all(d.content is None or len(d.content) == d.document.size for d in found.documents), path


def test_the_release_of_every_earnings_filing_is_chosen_first() -> None:
    wrong = [(row["slug"], chosen_types(found)) for row, found in rows("earnings") if chosen_types(found)[:1] != [row["exhibit_type"]]]
    assert wrong == []


def test_filings_without_exhibit_99_say_so() -> None:
    reasons = [found.choice.reason for _, found in rows("no exhibit 99")]
    assert len(reasons) >= 20
    assert set(reasons) <= {"no_exhibit_99", "inside_8k", "other_exhibit"}
    assert reasons.count("inside_8k") >= 4


def test_other_filings_are_chosen_or_told_why() -> None:
    for row, found in rows("other"):
        assert chosen_types(found) in ([], [row["exhibit_type"]]), row["slug"]
        assert bool(found.choice.sequences) == (found.choice.reason in {"exhibit_99", "exhibit_99_only"}), row["slug"]


def test_index_pages_agree_with_the_submissions_beside_them() -> None:
    for path in samples("filing_set", "*/*/*-index.html"):
        page, found = read_index_page(path.read_bytes()), read(path.with_name(path.name.replace("-index.html", ".txt"))).filing
        assert (page.filing.accession, page.filing.form, page.filing.filing_date) == (found.accession, found.form, found.filing_date)
        assert page.filing.acceptance == found.acceptance
        assert page.filing.period_of_report == found.period_of_report
        assert set(page.filing.filers) == set(found.filers)


def test_items_agree_with_the_index_pages() -> None:
    differing = 0
    for path in samples("filing_set", "*/*/*-index.html"):
        page, found = read_index_page(path.read_bytes()), read(path.with_name(path.name.replace("-index.html", ".txt"))).filing
        differing += page.filing.items != found.items
    assert differing <= 1  # one filer of 1998 heads its only section with another item than it declared


def test_index_pages_of_every_layout() -> None:
    for path in samples("filing_index_htm", "*/*.html"):
        page = read_index_page(path.read_bytes())
        assert page.filers, path
        assert page.documents, path


def test_index_headers_and_single_documents() -> None:
    for path in (*samples("index_headers", "*/*.html"), *samples("filing_set", "*/*/*.hdr.sgml")):
        assert read_index_headers(path.read_bytes()).filers, path
    accessions = ("-index.html", ".sgml")
    for path in samples("filing_set", "*/*/*"):
        if path.name.endswith(accessions) or path.stem == path.parent.name:
            continue
        single, whole = read_wrapped_document(path.read_bytes()), read(path.parent / f"{path.parent.name}.txt").documents[0]
        assert single.document.type == "8-K", path
        if single.document.filename is not None:
            assert single.content == whole.content, path


def test_submissions_files() -> None:
    for path in samples("submissions", "*/body.json"):
        data = path.read_bytes()
        try:
            found = read_submissions(data)
        except ListingError:
            assert "submissions-0" in path.parent.name, path
            assert read_overflow(data, Cik(1)).listed, path
            assert not read_overflow(data, Cik(1)).odd, path
            continue
        assert all(filing.filers == (found.filer.cik,) for filing in found.filings)
        if found.listed >= 1000:
            assert found.overflow, path
    for folder in ("company_tickers", "company_tickers_exchange"):
        for path in samples(folder, "*/*.json"):
            assert len(read_company_tickers(path.read_bytes())) > 9000


def test_indexes() -> None:
    for path in (*samples("full_index", "*/*idx*"), *samples("daily_index", "*/*.idx")):
        with path.open("rb") as stream:
            entries = list(read_index(stream))
        assert entries or path.parent.name in LIVED_WITH, path
        assert all(entry.form.strip() == entry.form and "  " not in entry.form for entry in entries)


def test_feeds() -> None:
    for path in samples("getcurrent_atom", "*/body.atom"):
        assert len(read_current(path.read_bytes())) >= 20
    codes = []
    for path in samples("browse_edgar_atom", "*/*"):
        try:
            assert read_company_feed(path.read_bytes()).filings, path
        except PageError as error:
            codes.append(error.code)
    assert codes.count("several_companies") == 3
    assert len(codes) <= 5


def test_errors() -> None:
    for folder in sorted(corpus("edgar", "errors").iterdir()):
        (body,) = (path for path in folder.iterdir() if path.name != "source.json")
        status = json.loads((folder / "source.json").read_text()).get("status", {}).get("code", 403)
        wanted = next((verdict for word, verdict in ERRORS.items() if word in folder.name), Verdict.MISSING)
        assert classify_response(status, "text/html", body.read_bytes()) is wanted, folder.name
