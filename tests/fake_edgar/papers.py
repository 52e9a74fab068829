"""Fictitious filings in the dialects of three eras, as bytes: full submissions, single documents, index-headers pages."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass

COMPANIES = {9_998_001: "FENWHISTLE BREWERIES INC /DE/", 9_998_002: "OSTRELLA CAPITAL & TRUST CO"}
FENWHISTLE, OSTRELLA = COMPANIES

ITEMS = {"2.02": "Results of Operations and Financial Condition", "9.01": "Financial Statements and Exhibits", "5": "Other events"}

PEM = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR
Originator-Name: webmaster@www.sec.gov
MIC-Info: RSA-MD5,RSA,
 AAAA

"""
RELEASE = """<html><body>
<p>FOR IMMEDIATE RELEASE</p>
<p><b>{name} Announces Quarter</b></p>
<p>LEEDS, Mass., {day} -- {name} today announced net sales of ${number},250 for the quarter.</p>
<p>Contact: J. Doe, 555-0199</p>
</body></html>
"""
INLINE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:dei="http://xbrl.sec.gov/dei/2023">
<body><div style="display:none"><ix:header><ix:hidden>
<ix:nonNumeric name="dei:EntityCentralIndexKey" contextRef="c">{cik:010d}</ix:nonNumeric></ix:hidden></ix:header></div>
<p><ix:nonNumeric name="dei:DocumentType" contextRef="c">{form}</ix:nonNumeric></p><p>Item 2.02 Results of Operations.</p></body></html>
"""


@dataclass(frozen=True)
class Paper:
    """One filing; ``era`` is "pem" (no file names, blank items), "plain" or "inline" (its 8-K is bare inline XBRL)."""

    number: int
    day: dt.date
    ciks: tuple[int, ...] = (FENWHISTLE,)
    form: str = "8-K"
    era: str = "plain"
    padding: int = 0

    @property
    def accession(self) -> str:
        return f"0009998000-{self.day:%y}-{self.number:06d}"

    @property
    def items(self) -> tuple[str, ...]:
        return () if self.era == "pem" else ("2.02", "9.01")

    def documents(self) -> list[tuple[str, str, bytes]]:
        """(type, file name, bytes) of each document."""
        cover = INLINE if self.era == "inline" else "<html><body><p>FORM {form}</p><p>Item 2.02 Results of Operations.</p></body></html>\n"
        if self.era == "pem":
            cover = "FORM {form}\n\nITEM 5.  OTHER EVENTS\n\nThe company issued a release.\n- -------\n"
        release = RELEASE.format(name=COMPANIES[self.ciks[0]].title(), day=f"{self.day:%B %d, %Y}", number=self.number)
        release += f"<!-- {'.' * self.padding} -->\n" if self.padding else ""
        first = cover.format(form=self.form, cik=self.ciks[0])
        return [(self.form, f"fw{self.number}8k.htm", first.encode()), ("EX-99.1", f"fw{self.number}ex99.htm", release.encode())]

    def wrapped(self, sequence: int) -> bytes:
        """A document as it stands in the full submission."""
        kind, filename, body = self.documents()[sequence - 1]
        name = b"" if self.era == "pem" else f"<FILENAME>{filename}\n".encode()
        return b"<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n%s<TEXT>\n%s</TEXT>\n</DOCUMENT>\n" % (kind.encode(), sequence, name, body)

    def alone(self, sequence: int) -> bytes:
        """A document as its own address serves it: wrapped, but for inline XBRL."""
        body = self.documents()[sequence - 1][2]
        return body if body.startswith(b"<?xml") else self.wrapped(sequence)

    def header(self) -> str:
        """The header in its dialect of lines."""
        day = f"{self.day:%Y%m%d}"
        accepted = f"<ACCEPTANCE-DATETIME>{day}161005\n" if self.day.year > 2002 else ""
        items = "".join(f"ITEM INFORMATION:\t\t{ITEMS[item]}\n" for item in self.items) or "ITEM INFORMATION:\t\t\n"
        filers = "".join(
            f"\nFILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t{COMPANIES[cik]}\n\t\tCENTRAL INDEX KEY:\t\t\t{cik:010d}\n"
            f"\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tMALT BEVERAGES [2082]\n\t\tSTATE OF INCORPORATION:\t\t\tDE\n"
            f"\t\tFISCAL YEAR END:\t\t\t0630\n"
            for cik in self.ciks
        )
        return (
            f"<SEC-HEADER>{self.accession}.hdr.sgml : {day}\n{accepted}ACCESSION NUMBER:\t\t{self.accession}\n"
            f"CONFORMED SUBMISSION TYPE:\t{self.form}\nPUBLIC DOCUMENT COUNT:\t\t{len(self.documents())}\n"
            f"CONFORMED PERIOD OF REPORT:\t{day}\n{items}FILED AS OF DATE:\t\t{day}\nDATE AS OF CHANGE:\t\t{day}\n{filers}</SEC-HEADER>\n"
        )

    def full(self) -> bytes:
        """The full submission."""
        documents = b"\n".join(self.wrapped(sequence) for sequence in (1, 2))
        text = f"<SEC-DOCUMENT>{self.accession}.txt : {self.day:%Y%m%d}\n{self.header()}".encode() + documents + b"</SEC-DOCUMENT>\n"
        return PEM.encode() + text + b"-----END PRIVACY-ENHANCED MESSAGE-----\n" if self.era == "pem" else text

    def headers_page(self) -> bytes:
        """The -index-headers page: the header in a comment, and below it with the documents' types, escaped."""
        rows = "".join(
            html.escape(f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{place}\n<FILENAME>{name}\n", quote=False)
            + f'&lt;TEXT&gt;\n<a href="{name}">Document {place} - file: {name}</a><br>\n&lt;/DOCUMENT&gt;\n'
            for place, (kind, name, _) in enumerate(self.documents(), 1)
        )
        listing = html.escape(f"<SEC-DOCUMENT>{self.accession}-index.html : {self.day:%Y%m%d}\n{self.header()}", quote=False)
        return (
            f"<HTML>\n<HEAD>\n<TITLE>SEC EDGAR Submission {self.accession}</TITLE>\n<!--\n{self.header()}-->\n</HEAD>\n<BODY>\n"
            f"<PRE>{listing}{rows}&lt;/SEC-DOCUMENT&gt;\n</PRE></BODY>\n</HTML>\n"
        ).encode()


def make_papers(count: int) -> list[Paper]:
    """So many filings of Fenwhistle from 1999 on, in every era, some with a co-registrant, an amendment, or a longer release."""
    papers = []
    for number in range(1, count + 1):
        day = dt.date(1999, 3, 1) + dt.timedelta(days=round(number * 9_000 / count))
        era = "pem" if day.year < 2001 else "inline" if day.year > 2018 else "plain"
        ciks = (OSTRELLA, FENWHISTLE) if number % 11 == 0 else (FENWHISTLE,)
        papers.append(Paper(number, day, ciks, "8-K/A" if number % 13 == 0 else "8-K", era, 8_000 if number % 7 == 0 else 0))
    return papers
