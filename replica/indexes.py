"""The quarterly and daily indexes: form, company and master, as fixed columns or bars, plain or gzipped."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import re

from ex99.filings.filing import NEW_YORK
from ex99.replica import bodies
from ex99.replica.catalog import Catalog
from ex99.replica.reply import Reply

# full-index/2004/QTR1/form.idx     daily-index/1996/QTR2/master.960503.idx.gz     daily-index/2018/QTR4/index.json
_PATH = re.compile(
    r"(?P<which>full|daily)-index/(?P<year>\d{4})/QTR(?P<quarter>[1-4])/"
    r"(?:(?P<kind>form|company|master)\.(?:(?P<day>\d{6}|\d{8})\.)?(?P<end>idx|gz|idx\.gz)|(?P<listing>|index\.json))"
)
_TITLES = {"form": " by Form Type", "company": " by Company Name", "master": ""}


class Indexes:
    """The indexes' part of /Archives/edgar."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def resolve(self, rest: str) -> tuple[str, Reply | None]:
        """The kind of index a path below /Archives/edgar/ names, and the answer (None where there is no such key)."""
        match = _PATH.fullmatch(rest)
        kind = "full_index" if rest.startswith("full") else "daily_index"
        if match is None:
            return kind, None
        days = self._catalog.days(int(match["year"]), int(match["quarter"]))
        if match["listing"] is not None:
            return kind, _listing(match, days) if days else None
        if match["which"] == "daily":
            days = [day for day in days if match["day"] and daily_name(day) == match["day"]]
        elif match["day"] or match["end"] == "idx.gz":
            return kind, None
        return kind, self._index(match, days) if days else None

    def _index(self, match: re.Match[str], days: list[dt.date]) -> Reply:
        daily = match["which"] == "daily"
        rows = [
            (f.form, dict(p.company).get("COMPANY CONFORMED NAME", ""), str(p.cik), f.filed, f.accession.flat_path(p.cik or 0))
            for f, p in self._catalog.filed_between(days)
        ]
        text = _head(match["kind"], days[-1], daily=daily) + "".join(_RENDER[match["kind"]](rows, daily))
        body = text.encode("latin-1", "replace")
        packed = match["end"] != "idx"
        if packed:
            body = gzip.compress(body, 6, mtime=0)
        mark = hashlib.md5(body, usedforsecurity=False).hexdigest()
        modified = dt.datetime.combine(days[-1], dt.time(22, 0), NEW_YORK)
        kind = "binary/octet-stream" if packed else "text/plain"
        return Reply(body, kind, etag=f'"{mark}"', modified=modified, headers=(("accept-ranges", "bytes"),), key=match[0])


def daily_name(day: dt.date) -> str:
    """How a daily index writes its day: MMDDYY until 1994, YYMMDD until March 1998, YYYYMMDD since."""
    if day.year < 1995:
        return day.strftime("%m%d%y")
    return day.strftime("%y%m%d" if day < dt.date(1998, 3, 31) else "%Y%m%d")


Row = tuple[str, str, str, dt.date, str]


def _head(kind: str, last: dt.date, *, daily: bool) -> str:
    what = "Daily" if daily else "Master"
    received = f"{last:%b} {last.day:2d}, {last.year}" if daily else f"{last:%B} {last.day}, {last.year}"
    lines = [
        f"Description:           {what} Index of EDGAR Dissemination Feed{_TITLES[kind]}",
        f"Last Data Received:    {received}",
        "Comments:              webmaster@sec.gov",
        "Anonymous FTP:         ftp://ftp.sec.gov/edgar/",
    ]
    if not daily:
        lines.append("Cloud HTTP:            https://www.sec.gov/Archives/")
    blank = [""] if daily and kind == "master" else [" " if daily else ""] * 4
    return "\n".join([*lines, *blank, ""])


def _form_rows(rows: list[Row], daily: bool) -> list[str]:
    head = f"{'Form Type':12}{'Company Name':62}{'CIK':12}{'Date Filed':12}File Name\n{'-' * 141}\n"
    return [head, *(_padded(f"{form:12}{name:62}{cik:12}{_date(d, daily):12}{path}", daily) for form, name, cik, d, path in sorted(rows))]


def _company_rows(rows: list[Row], daily: bool) -> list[str]:
    broken = "\n      " if daily else f"{'':9}"
    head = f"{'Company Name':62}{'Form Type':12}CIK{broken}{'Date Filed':12}File Name\n{'-' * (145 if daily else 141)}\n"
    ordered = sorted(rows, key=lambda row: (row[1].lower(), row[0], row[4]))
    return [head, *(_padded(f"{name:62}{form:12}{cik:12}{_date(d, daily):12}{path}", daily) for form, name, cik, d, path in ordered)]


def _master_rows(rows: list[Row], daily: bool) -> list[str]:
    head = f"CIK|Company Name|Form Type|Date Filed|{'File Name' if daily else 'Filename'}\n{'-' * 80}\n"
    ordered = sorted(rows, key=lambda row: (row[2], row[0], row[4]))
    return [head, *(f"{cik}|{name}|{form}|{_date(d, daily)}|{path}\n" for form, name, cik, d, path in ordered)]


_RENDER = {"form": _form_rows, "company": _company_rows, "master": _master_rows}


def _date(day: dt.date, daily: bool) -> str:
    return f"{day:%Y%m%d}" if daily else day.isoformat()


def _padded(line: str, daily: bool) -> str:
    return f"{line:150}\n" if daily else f"{line}\n"


def _listing(match: re.Match[str], days: list[dt.date]) -> Reply:
    folder = f"{match['which']}-index/{match['year']}/QTR{match['quarter']}/"
    if match["which"] == "daily":
        names = [f"{kind}.{daily_name(day)}.idx" for kind in _TITLES for day in days]
    else:
        names = [f"{kind}.{end}" for kind in _TITLES for end in ("gz", "idx")]
    if not match["listing"]:
        rows = [(name, name) for name in names]
        return Reply(bodies.directory_page(folder, rows), "text/html", headers=(("cache-control", "no-cache"),))
    stamp = f"{days[-1]:%m/%d/%Y} 10:00:00 PM"
    items = [{"last-modified": stamp, "name": name, "type": "file", "href": name, "size": ""} for name in names]
    body = {"directory": {"item": items, "name": folder, "parent-dir": "../"}}
    return Reply(json.dumps(body).encode(), "application/json", headers=(("cache-control", "no-cache"),))
