"""What the fake answers, right and wrong: the pages by path, and the faults that spoil them."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from email.utils import format_datetime

from tests.fake_edgar.papers import COMPANIES, Paper


@dataclass(frozen=True)
class Answer:
    """An answer; ``end`` is "keep", "cut" (half the body, then the end of the connection), "reset" or "stall"."""

    status: int
    kind: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    end: str = "keep"


def make_listing(papers: Sequence[Paper], cik: int, page: int) -> dict[str, bytes]:
    """A company's submissions file and its overflow pages, by name."""
    own = sorted((paper for paper in papers if cik in paper.ciks), key=lambda paper: (paper.day, paper.number), reverse=True)
    pages = [own[:page], *(own[at : at + 2 * page] for at in range(page, len(own), 2 * page))]
    names = [f"CIK{cik:010d}-submissions-{number:03d}.json" for number in range(1, len(pages))]
    files = [
        {"name": name, "filingCount": len(part), "filingFrom": f"{part[-1].day}", "filingTo": f"{part[0].day}"}
        for name, part in zip(names, pages[1:], strict=True)
    ]
    company = {
        "cik": f"{cik:010d}",
        "name": COMPANIES[cik],
        "sic": "2082",
        "tickers": ["FNWH"] if cik % 2 else [],
        "exchanges": ["Nasdaq"] if cik % 2 else [],
        "fiscalYearEnd": "0630",
        "stateOfIncorporation": "DE",
        "formerNames": [],
        "filings": {"recent": _columns(pages[0]), "files": files},
    }
    made = {f"CIK{cik:010d}.json": json.dumps(company).encode()}
    return made | {name: json.dumps(_columns(part)).encode() for name, part in zip(names, pages[1:], strict=True)}


def _columns(papers: Sequence[Paper]) -> dict[str, list[object]]:
    return {
        "accessionNumber": [paper.accession for paper in papers],
        "filingDate": [f"{paper.day}" for paper in papers],
        "reportDate": [f"{paper.day}" for paper in papers],
        "acceptanceDateTime": [f"{paper.day}T16:10:05.000Z" for paper in papers],
        "form": [paper.form for paper in papers],
        "items": [",".join(paper.items) for paper in papers],
        "core_type": [paper.form for paper in papers],
        "size": [len(paper.full()) for paper in papers],
        "primaryDocument": ["" if paper.era == "pem" else paper.documents()[0][1] for paper in papers],
    }


def make_site(papers: Sequence[Paper], page: int) -> dict[str, Answer]:
    """Every address with its answer."""
    tickers = {"0": {"cik_str": 9_998_001, "ticker": "FNWH", "title": "Fenwhistle Breweries Inc"}}
    site = {"/files/company_tickers.json": Answer(200, "application/json", json.dumps(tickers).encode())}
    for cik in COMPANIES:
        site |= {
            f"/submissions/{name}": Answer(200, "application/json", body, {"cache-control": "max-age=0, no-cache, no-store"})
            for name, body in make_listing(papers, cik, page).items()
        }
    for paper in papers:
        stamp = format_datetime(dt.datetime.combine(paper.day, dt.time(21, 10, 5), dt.UTC), usegmt=True)
        full = paper.full()
        marks = {"last-modified": stamp, "etag": f'"{hashlib.md5(full, usedforsecurity=False).hexdigest()}-gzip"'}
        for cik in paper.ciks:
            folder = f"/Archives/edgar/data/{cik}"
            inside = f"{folder}/{paper.accession.replace('-', '')}/"
            site[f"{folder}/{paper.accession}.txt"] = Answer(200, "text/plain", full, marks)
            site[f"{inside}{paper.accession}-index-headers.html"] = Answer(200, "text/html", paper.headers_page())
            for place, (_, name, _) in enumerate(paper.documents(), 1):
                site[f"{inside}{name}"] = Answer(200, "text/html", paper.alone(place), {"last-modified": stamp})
    return site | make_indexes(papers)


def make_indexes(papers: Sequence[Paper]) -> dict[str, Answer]:
    """The quarterly master indexes, packed."""
    quarters: dict[str, list[str]] = {}
    for paper in papers:
        for cik in paper.ciks:
            row = f"{cik}|{COMPANIES[cik]}|{paper.form}|{paper.day}|edgar/data/{cik}/{paper.accession}.txt"
            quarters.setdefault(f"{paper.day.year}/QTR{(paper.day.month + 2) // 3}", []).append(row)
    head = "Description:           Master Index of EDGAR Dissemination Feed\nAnonymous FTP:         ftp://ftp.sec.gov/edgar/\n \n \n \n"
    head += "CIK|Company Name|Form Type|Date Filed|Filename\n" + "-" * 80 + "\n"
    packed = {quarter: gzip.compress((head + "\n".join(rows) + "\n").encode(), mtime=0) for quarter, rows in quarters.items()}
    return {f"/Archives/edgar/full-index/{quarter}/master.gz": Answer(200, "binary/octet-stream", body) for quarter, body in packed.items()}


def page(title: str, status: int, **headers: str) -> Answer:
    """A page of HTML with a title."""
    text = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n<body><h1>{title}</h1><p>Please come back.</p></body></html>\n"
    return Answer(status, "text/html", text.encode(), headers)


def missing(path: str) -> Answer:
    """What the store says of an address that it has not."""
    code, status = ("AccessDenied", 403) if path.startswith("/Archives") else ("NoSuchKey", 404)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>x</Message><RequestId>R</RequestId></Error>'
    return Answer(status, "application/xml", text.encode())


BLOCK = page("SEC.gov | Request Rate Threshold Exceeded", 403)
UNDECLARED = page("SEC.gov | Your Request Originates from an Undeclared Automated Tool", 403)
_OUTAGE = page("SEC.gov | File Unavailable", 503)


def _later() -> str:
    return format_datetime(dt.datetime.fromtimestamp(int(time.time()) + 2, dt.UTC), usegmt=True)


def _edit(change: Callable[[dict[str, list[object]]], None]) -> Callable[[Answer], Answer]:
    """A fault that changes the columns of a submissions file or an overflow page."""

    def spoil(answer: Answer) -> Answer:
        if answer.kind != "application/json":
            return answer
        data = json.loads(answer.body)
        change(data["filings"]["recent"] if "filings" in data else data)
        return replace(answer, body=json.dumps(data).encode())

    return spoil


def _halve(columns: dict[str, list[object]]) -> None:
    for values in columns.values():
        del values[len(values) // 2 :]


def _spoil_row(columns: dict[str, list[object]]) -> None:
    columns["filingDate"][0] = ""
    columns["reportDate"][-1] = "9999-12-31"
    columns["items"].pop()


FAULTS: dict[str, Callable[[Answer], Answer]] = {
    "unavailable": lambda _: _OUTAGE,
    "retry_after": lambda _: replace(_OUTAGE, headers={"retry-after": "1"}),
    "retry_at": lambda _: replace(_OUTAGE, headers={"retry-after": _later()}),
    "denied": lambda _: page("Access Denied", 403),
    "maintenance": lambda _: page("SEC.gov | Scheduled Maintenance", 200),
    "access_denied": lambda _: missing("/Archives"),
    "no_such_key": lambda _: missing("/submissions"),
    "empty": lambda answer: replace(answer, body=b""),
    "html": lambda _: page("Welcome to the network", 200),
    "truncated": lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
    "cut": lambda answer: replace(answer, end="cut"),
    "reset": lambda answer: replace(answer, end="reset"),
    "redirect": lambda _: Answer(302, "text/html", b"", {"location": "https://portal.example/login"}),
    "twice": lambda answer: replace(answer, body=answer.body * 2),
    "half_rows": _edit(_halve),
    "odd_row": _edit(_spoil_row),
    "undeclared": lambda _: UNDECLARED,
    "other_company": lambda answer: replace(answer, body=re.sub(rb'"cik": "\d+"', b'"cik": "0009998777"', answer.body)),
}
"""Fault -> what it makes of the right answer. Besides, "block" begins a block."""
