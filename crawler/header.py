"""The header of a filing, in both of its dialects: "COMPANY CONFORMED NAME:" lines and <CONFORMED-NAME> tags."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ex99.crawler.errors import SubmissionError
from ex99.filings.filing import NEW_YORK, Filer, FormerName
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError

# One name for what the two dialects call differently.
KEYS: dict[str, str] = {
    "ACCESSION NUMBER": "accession",
    "ACCESSION-NUMBER": "accession",
    "CONFORMED SUBMISSION TYPE": "form",
    "TYPE": "form",
    "CONFORMED PERIOD OF REPORT": "period",
    "PERIOD": "period",
    "ITEM INFORMATION": "item",
    "ITEMS": "item",
    "FILED AS OF DATE": "filed",
    "FILING-DATE": "filed",
    "ACCEPTANCE-DATETIME": "acceptance",
    "PUBLIC DOCUMENT COUNT": "count",
    "PUBLIC-DOCUMENT-COUNT": "count",
    "COMPANY CONFORMED NAME": "name",
    "CONFORMED-NAME": "name",
    "CENTRAL INDEX KEY": "cik",
    "CIK": "cik",
    "STANDARD INDUSTRIAL CLASSIFICATION": "sic",
    "ASSIGNED-SIC": "sic",
    "STATE OF INCORPORATION": "state",
    "STATE-OF-INCORPORATION": "state",
    "FISCAL YEAR END": "year_end",
    "FISCAL-YEAR-END": "year_end",
    "FORMER CONFORMED NAME": "former_name",
    "FORMER-CONFORMED-NAME": "former_name",
    "DATE OF NAME CHANGE": "former_until",
    "DATE-CHANGED": "former_until",
}

# The blocks that name a company, best first: who files, whom it concerns, who filed it for them.
ROLES: dict[str, int] = {
    "FILER": 0,
    "SUBJECT COMPANY": 1,
    "SUBJECT-COMPANY": 1,
    "ISSUER": 2,
    "FILED FOR": 3,
    "FILED-FOR": 3,
    "FILED BY": 4,
    "FILED-BY": 4,
    "REPORTING-OWNER": 5,
    "REPORTING OWNER": 5,
    "SERIAL COMPANY": 6,
    "SERIAL-COMPANY": 6,
}
_OWNER_RANK = 5

YEARS = range(1800, 2200)
"""Years of days that a header or listing can mean: companies were founded and renamed long ago."""

# "COMPANY CONFORMED NAME:\t\t\tEXAMPLE CORP"
_LINE = re.compile(r"(?P<indent>\s*)(?P<key>[A-Z][A-Z0-9 \-/&.]{1,60}):(?P<value>.*)")
# "<CONFORMED-NAME>EXAMPLE CORP", "<FILER>"
_TAG = re.compile(r"\s*<(?P<key>[A-Z][A-Z0-9\-]{1,60})>(?P<value>.*)", re.IGNORECASE)
# "SERVICES-PREPACKAGED SOFTWARE [7372]", "7372"
_SIC = re.compile(r"\[(\d{1,4})\]|\A\s*(\d{1,4})\s*\Z")
# <SEC-HEADER>0000000001-24-000001.hdr.sgml : 20240102
_FIRST_LINE = re.compile(r"<(?:SEC|IMS)-(?:HEADER|DOCUMENT)>(?P<name>\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of a filing's header; ``item_values`` are its item lines as printed, blank ones included."""

    accession: AccessionNumber
    form: str
    filing_date: dt.date
    filers: tuple[Filer, ...]
    acceptance: dt.datetime | None = None
    period_of_report: dt.date | None = None
    item_values: tuple[str, ...] = ()
    document_count: int | None = None


@dataclass(slots=True)
class _Block:
    rank: int
    facts: dict[str, str] = field(default_factory=dict)
    former: list[FormerName] = field(default_factory=list)


def read_header(text: str) -> Header:
    """Read the text of a header in either dialect; raises SubmissionError("bad_header") where a fact that must be there is not."""
    facts: dict[str, str] = {}
    items: list[str] = []
    blocks: list[_Block] = []
    for role, key, value in _read_lines(text):
        if role is not None:
            blocks.append(_Block(role))
        elif key == "item":
            items.append(value)
        elif key in ("former_name", "former_until") or (blocks and key in ("name", "cik", "sic", "state", "year_end")):
            _fill(blocks, key, value)
        else:
            facts.setdefault(key, value)
    filers = _read_filers(blocks)
    if not filers:
        raise SubmissionError("bad_header", "the header names no filer with a CIK")
    filed = parse_day(facts.get("filed", ""))
    if filed is None:
        raise SubmissionError("bad_header", f"the header's filing date is missing or malformed: {facts.get('filed', '')!r}")
    form = facts.get("form", "")
    if not form:
        raise SubmissionError("bad_header", "the header names no form")
    count = facts.get("count", "")
    return Header(
        accession=_read_accession(facts.get("accession", ""), text),
        form=form,
        filing_date=filed,
        filers=filers,
        acceptance=parse_acceptance(facts.get("acceptance", "")),
        period_of_report=parse_day(facts.get("period", "")),
        item_values=tuple(items),
        document_count=int(count) if count.isascii() and count.isdigit() and len(count) < 7 else None,
    )


def parse_day(text: str) -> dt.date | None:
    """A day written YYYYMMDD or YYYY-MM-DD, or None; also for a year that no filing can mean, which would overflow somewhere later on."""
    digits = text.strip().replace("-", "")
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if day.year in YEARS else None


def parse_acceptance(text: str) -> dt.datetime | None:
    """An acceptance time written YYYYMMDDHHMMSS or "YYYY-MM-DD HH:MM:SS", as New York time; None where no time of day is known."""
    digits = "".join(c for c in text if c in "0123456789")
    day = parse_day(digits[:8])
    if day is None or len(digits) != 14 or digits[8:] == "000000":
        return None
    try:
        clock = dt.time(int(digits[8:10]), int(digits[10:12]), int(digits[12:]))
    except ValueError:
        return None
    return dt.datetime.combine(day, clock, NEW_YORK)


def _read_lines(text: str) -> Iterator[tuple[int | None, str, str]]:
    """(rank of a role that begins, "", "") or (None, key, value) for every line that matters."""
    for line in text.splitlines():
        match = _TAG.fullmatch(line)
        if match is None:
            match = _LINE.fullmatch(line)
            if match is None:
                continue
        key, value = match["key"].upper().strip(), match["value"].strip()
        if key in ROLES and not value:
            yield ROLES[key], "", ""
        elif key in KEYS:
            yield None, KEYS[key], value


def _fill(blocks: list[_Block], key: str, value: str) -> None:
    if not blocks or not value:
        return
    block = blocks[-1]
    if key == "former_name":
        block.former.append(FormerName(value))
    elif key == "former_until":
        if block.former:
            block.former[-1] = FormerName(block.former[-1].name, parse_day(value))
    else:
        block.facts.setdefault(key, value)


def _read_filers(blocks: list[_Block]) -> tuple[Filer, ...]:
    """The companies in order of role, each CIK once; people (reporting owners) only where no company is named."""
    companies = [b for b in blocks if b.rank < _OWNER_RANK] or blocks
    found: dict[Cik, Filer] = {}
    for block in sorted(companies, key=lambda b: b.rank):
        try:
            cik = Cik.parse(block.facts.get("cik", ""))
        except IdentifierError:
            continue
        sic = _SIC.search(block.facts.get("sic", ""))
        found.setdefault(
            cik,
            Filer(
                cik=cik,
                name=block.facts.get("name", ""),
                sic=None if sic is None else sic[1] or sic[2],
                state=block.facts.get("state"),
                fiscal_year_end=block.facts.get("year_end"),
                former_names=tuple(block.former),
            ),
        )
    return tuple(found.values())


def _read_accession(value: str, text: str) -> AccessionNumber:
    first = _FIRST_LINE.search(text)
    found = AccessionNumber.find_in(value) or (AccessionNumber.find_in(first["name"]) if first else None)
    if found is None:
        raise SubmissionError("bad_header", "the header has no accession number")
    return found
