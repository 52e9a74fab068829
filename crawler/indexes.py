"""EDGAR's index files: master, form and company .idx, quarterly and daily, as streaming iterators.

The head of such a file has a varying number of lines and, in daily company files, a header row broken in two: rows begin after the line
of dashes. Overlong names shift the rest of a row, so rows of fixed width are read from the right. Bytes are Latin-1: some quarters are not
UTF-8.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ex99.crawler.errors import PageError
from ex99.crawler.header import parse_day
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError

_DASHES = re.compile(r"-{20,}\s*")
# 1000001     2021-02-05  edgar/data/1000001/0001000001-21-000001.txt
_TAIL = re.compile(r"(?<=\s)(?P<cik>\d{1,10})\s{1,40}(?P<day>\d{4}-?\d{2}-?\d{2})\s{1,40}(?P<path>edgar/data/\S+)\Z")
_HEAD_LINES = 40
"""Lines within which the line of dashes stands."""
_FORM_WIDTH = 12
_COMPANY_WIDTH = 62
_CIK_COLUMN = 74
"""Column at which form and company files put the CIK, unless an overlong name moves it."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One row: a filing under one of its filers (a filing of several filers has a row for each). ``path`` is relative to /Archives/."""

    cik: Cik
    company: str
    form: str
    filing_date: dt.date
    path: str
    accession: AccessionNumber


def read_index(stream: BinaryIO, odd: list[str] | None = None) -> Iterator[IndexEntry]:
    """The rows of an .idx file (unpacked), one after the other; raises PageError for a file without its line of dashes or a torn row.

    With ``odd`` torn rows are told of there instead, and the others are read all the same; a file without any other is an error still.
    """
    lines, any_row = iter(stream), False
    read_row = _choose_layout(_read_head(lines))
    for number, raw in enumerate(lines, start=1):
        line = raw.decode("latin-1").rstrip()
        if line and not _DASHES.fullmatch(line):
            try:
                entry = _read_entry(read_row(line), number)
            except PageError as error:
                if odd is None:
                    raise
                odd.append(error.message)
            else:
                any_row = True
                yield entry
    if odd and not any_row:
        raise PageError("bad_shape", odd[0])


def _read_head(lines: Iterable[bytes]) -> str:
    head = ""
    for number, raw in enumerate(lines):
        line = raw.decode("latin-1")
        if _DASHES.fullmatch(line):
            return head
        if number > _HEAD_LINES:
            break
        head += line
    if not head.strip():
        raise PageError("empty", "the index is empty")
    raise PageError("bad_shape", "no line of dashes at the head of the index")


def _choose_layout(head: str) -> Callable[[str], tuple[str, ...]]:
    """By the header row: CIK|Company Name|..., or Form Type first, or Company Name first."""
    row = [line for line in head.splitlines() if "Form Type" in line]
    if not row:
        raise PageError("bad_shape", "the index has no header row with 'Form Type'")
    if "|" in row[-1]:
        return _split_bars
    return _split_form if row[-1].startswith("Form Type") else _split_company


def _split_bars(line: str) -> tuple[str, ...]:
    cik, _, rest = line.partition("|")
    return (cik, *rest.rsplit("|", 3))


def _split_form(line: str) -> tuple[str, ...]:
    head, _, tail = _split_right(line)
    return tail[0], head[_FORM_WIDTH:].strip(), head[:_FORM_WIDTH].strip(), *tail[1:]


def _split_company(line: str) -> tuple[str, ...]:
    head, shift, tail = _split_right(line)
    return tail[0], head[: _COMPANY_WIDTH + shift].strip(), head[_COMPANY_WIDTH + shift :].strip(), *tail[1:]


def _split_right(line: str) -> tuple[str, int, tuple[str, str, str]]:
    """(what stands before the CIK, by how much an overlong name shifts it, (CIK, date, path)); empty strings for a torn row."""
    match = _TAIL.search(line)
    if match is None:
        return line, 0, ("", "", "")
    return line[: match.start()], max(0, match.start() - _CIK_COLUMN), (match["cik"], match["day"], match["path"])


def _read_entry(fields: tuple[str, ...], number: int) -> IndexEntry:
    try:
        cik, company, form, day, path = fields
        filed, accession = parse_day(day), AccessionNumber.find_in(path)
        if filed is None or accession is None or not form:
            raise ValueError("a field is missing")
        return IndexEntry(Cik.parse(cik), company, form, filed, path, accession)
    except (ValueError, IdentifierError) as error:
        raise PageError("bad_shape", f"row {number} of the index cannot be read: {error}") from error
