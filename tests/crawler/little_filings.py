"""Small fictitious submissions for the crawl's tests: what matters here is how they are fetched, not what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

QUIZZAXA = 9_999_001
WOMBOLT = 9_999_002

_HEADER = """<SEC-DOCUMENT>{accession}.txt : {day}
<SEC-HEADER>{accession}.hdr.sgml : {day}
<ACCEPTANCE-DATETIME>{day}161500
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t{form}
PUBLIC DOCUMENT COUNT:\t\t2
CONFORMED PERIOD OF REPORT:\t{day}
ITEM INFORMATION:\t\tResults of Operations and Financial Condition
ITEM INFORMATION:\t\tFinancial Statements and Exhibits
FILED AS OF DATE:\t\t{day}
DATE AS OF CHANGE:\t\t{day}
{filers}</SEC-HEADER>
"""
_FILER = """
FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\t{name}
\t\tCENTRAL INDEX KEY:\t\t\t{cik:010d}
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tINSTRUMENTS [3829]
\t\tSTATE OF INCORPORATION:\t\t\tDE
\t\tFISCAL YEAR END:\t\t\t1231

\tFILING VALUES:
\t\tFORM TYPE:\t\t{form}
\t\tSEC ACT:\t\t1934 Act
\t\tSEC FILE NUMBER:\t001-99999
\t\tFILM NUMBER:\t\t{film}
"""
_DOCUMENT = """<DOCUMENT>
<TYPE>{type}
<SEQUENCE>{sequence}
<FILENAME>{filename}
<DESCRIPTION>{type}
<TEXT>
{text}
</TEXT>
</DOCUMENT>
"""
_COVER = "<html><body><p>FORM 8-K</p><p>Item 2.02 Results of Operations and Financial Condition.</p></body></html>"
_RELEASE = """<html><body><p>FOR IMMEDIATE RELEASE</p><p>{name} Reports Results</p>
<p>SPRINGFIELD, {place} - {day} - {name} today announced revenue of ${number}.1 million for the quarter.</p>
<p>Contact: Pat Example, 555-0100</p></body></html>"""

NAMES = {QUIZZAXA: "QUIZZAXA INSTRUMENTS INC", WOMBOLT: "WOMBOLT HOLDINGS CORP"}


def accession_of(number: int, year: int = 2020) -> str:
    return f"0009999000-{year % 100:02d}-{number:06d}"


def write_filing(
    folder: Path, number: int, *, ciks: Sequence[int] = (QUIZZAXA,), form: str = "8-K", picture: int = 0, day: dt.date | None = None
) -> str:
    """Write one filing, of a day of 2020 that its number decides, and return its accession number, with a graphic of ``picture`` bytes."""
    day = day or dt.date(2020, 1, 1) + dt.timedelta(days=number % 360)
    accession = accession_of(number)
    name = NAMES[ciks[0]]
    filers = "".join(_FILER.format(name=NAMES[cik], cik=cik, form=form, film=20000000 + number) for cik in ciks)
    release = _RELEASE.format(name=name, place="Ill.", day=f"{day:%B %d, %Y}", number=number)
    documents = [(form, "form8k.htm", _COVER), ("EX-99.1", f"q{number}ex991.htm", release)]
    if picture:
        lines = "\n".join("M" + "9" * 60 for _ in range(picture // 62))
        documents.append(("GRAPHIC", "logo.jpg", f"begin 644 logo.jpg\n{lines}\n`\nend"))
    parts = [
        _DOCUMENT.format(type=kind, sequence=place, filename=filename, text=text)
        for place, (kind, filename, text) in enumerate(documents, 1)
    ]
    header = _HEADER.format(accession=accession, day=f"{day:%Y%m%d}", form=form, filers=filers)
    (folder / f"{accession}.txt").write_text(header + "".join(parts) + "</SEC-DOCUMENT>\n")
    return accession


def write_filings(folder: Path, count: int, *, first: int = 1, ciks: Sequence[int] = (QUIZZAXA,)) -> list[str]:
    """Write so many filings; returns their accession numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_filing(folder, number, ciks=ciks) for number in range(first, first + count)]
