"""What is fuzzed: each reader, the errors that it may raise, and the documents that its mutants are made of."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ex99.crawler.errors import ListingError, PageError, SubmissionError
from ex99.crawler.feeds import read_company_feed, read_current
from ex99.crawler.header import read_header
from ex99.crawler.indexes import read_index
from ex99.crawler.listings import read_company_tickers, read_overflow, read_submissions
from ex99.crawler.pages import read_index_page
from ex99.crawler.plain_text import decode
from ex99.crawler.responses import classify_response
from ex99.crawler.submission import read_submission
from ex99.crawler.wrapped import read_index_headers, read_wrapped_document
from ex99.filings.identifiers import Cik
from ex99.replica.compose import compose_company, compose_traps, write_filings
from ex99.replica.server import start_replica
from tests.parsing.test_robustness import check
from tests.replica.conftest import ask

FOUND = Path(__file__).parent / "seeds"
_LAYOUTS = Path(__file__).parents[1] / "parsing" / "layouts"
_LARGEST = 600_000
_CIK = 9_000_017
_YEAR = 2016


@dataclass(frozen=True, slots=True)
class Target:
    """A reader, the errors by which it may refuse, the replica's answers that it reads, and where real ones lie in the corpus."""

    read: Callable[[bytes], object]
    errors: tuple[type[Exception], ...]
    paths: tuple[str, ...] = ()
    real: tuple[str, ...] = ()


_INDEX = f"/Archives/edgar/full-index/{_YEAR}/QTR3/"
_CRAWLED = (ListingError, PageError, SubmissionError)
TARGETS: dict[str, Target] = {
    "parse": Target(check, (), real=("exhibits/*",)),
    "submission": Target(lambda data: read_submission(BytesIO(data)), _CRAWLED, real=("filings/*.txt", "edgar/archives_txt/*/body.txt")),
    "header": Target(lambda data: read_header(decode(data)), _CRAWLED),
    "document": Target(read_wrapped_document, _CRAWLED, real=("edgar/raw_documents/*/*",)),
    "index_headers": Target(read_index_headers, _CRAWLED, ("{folder}{accession}-index-headers.html",), ("edgar/index_headers/*/*",)),
    "index_page": Target(read_index_page, _CRAWLED, ("{folder}{accession}-index.htm",), ("edgar/filing_index_htm/*/*",)),
    "submissions": Target(read_submissions, _CRAWLED, (f"/submissions/CIK{_CIK:010d}.json",), ("edgar/submissions/*/*",)),
    "overflow": Target(lambda data: read_overflow(data, Cik(str(_CIK))), _CRAWLED, (f"/submissions/CIK{_CIK:010d}-submissions-001.json",)),
    "tickers": Target(read_company_tickers, _CRAWLED, ("/files/company_tickers.json",), ("edgar/company_tickers/*/*",)),
    "index": Target(
        lambda data: list(read_index(BytesIO(data))),
        _CRAWLED,
        tuple(f"{_INDEX}{name}.idx" for name in ("form", "company", "master")),
        ("edgar/full_index/*/*", "edgar/daily_index/*/*"),
    ),
    "current": Target(
        read_current, _CRAWLED, ("/cgi-bin/browse-edgar?action=getcurrent&type=8-K&output=atom",), ("edgar/getcurrent_atom/*/*",)
    ),
    "company_feed": Target(
        read_company_feed,
        _CRAWLED,
        (f"/cgi-bin/browse-edgar?action=getcompany&CIK={_CIK}&type=8-K&output=atom",),
        ("edgar/browse_edgar_atom/*/*",),
    ),
    "response": Target(lambda data: classify_response(200, "text/html", data), (), real=("edgar/errors/*/*",)),
}


def seeds() -> dict[str, list[bytes]]:
    """The documents of each target: fictitious ones, real ones where EX99_CORPUS names them, and what was found before."""
    made: dict[str, list[bytes]] = {name: [] for name in TARGETS}
    made["parse"] += [path.read_bytes() for path in sorted(_LAYOUTS.glob("*")) if path.suffix in (".htm", ".txt")]
    _add_served(made)
    corpus = os.environ.get("EX99_CORPUS")
    for name, target in TARGETS.items():
        if corpus:
            made[name] += list(_real(Path(corpus), target.real))
        made[name] += [path.read_bytes() for path in sorted((FOUND / name).glob("*"))]
    made["response"] += made["index_page"][:2]
    return made


def _real(corpus: Path, patterns: tuple[str, ...]) -> Iterator[bytes]:
    for pattern in patterns:
        for path in sorted(corpus.glob(pattern)):
            if path.is_file() and path.name != "source.json" and path.stat().st_size <= _LARGEST:
                yield path.read_bytes()


def _add_served(made: dict[str, list[bytes]]) -> None:
    """Add what a replica of composed filings answers."""
    company = compose_company("Brackenhurst Tools, Inc.", _CIK, "BRKN", _YEAR, _YEAR, seed=4)
    filings = [*company, *compose_traps()]
    bodies = [filing.data for filing in filings]
    made["submission"] += bodies
    made["header"] += [body[: body.find(b"</SEC-HEADER>") + 14] for body in bodies]
    made["document"] += [body[body.find(b"<DOCUMENT>") : body.find(b"</DOCUMENT>") + 12] for body in bodies]
    with tempfile.TemporaryDirectory() as folder:
        write_filings(Path(folder), filings)
        accession = company[0].truth.accession
        names = {"folder": f"/Archives/{accession.folder_path(_CIK)}", "accession": str(accession)}
        with start_replica(Path(folder), page_size=4) as replica:
            for name, target in TARGETS.items():
                made[name] += [ask(replica.url, path.format(**names)).body for path in target.paths]
