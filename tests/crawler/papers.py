"""Fictitious papers of EDGAR in every dialect, put together from small parts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ACCESSION = "0009990001-24-000017"
RELEASE = (
    "FOR IMMEDIATE RELEASE\n\nContact: Pat Example, Investor Relations, 555-0100\n\nTUMBLEWICK CORP. REPORTS THIRD QUARTER RESULTS\n\n"
    "SPRINGFIELD, Ill., October 21, 2024 - Tumblewick Corp. (NYSE: TWK) today reported net sales of $4.1 million for the third quarter,\n"
    "compared with $3.9 million in the third quarter of last year.\n- - - -\n"
)
CONTRACT = (
    "SUPPLY AGREEMENT\n\nThis Supply Agreement is made and entered into as of May 3, 2024, by and between Tumblewick Corp. and\n"
    "Grummet Ltd.\n\nWHEREAS, the parties wish to do business; NOW, THEREFORE, they agree as follows.\n"
)
COVER = "FORM 8-K\n\nItem 2.02 Results of Operations and Financial Condition.\n\nSIGNATURES\n"
UUENCODED = "begin 644 logo.jpg\nM" + "5" * 60 + "\n`\nend\n"


def header(
    *,
    form: str = "8-K",
    filed: str = "20241021",
    accession: str = ACCESSION,
    accepted: str | None = "20241021161502",
    items: tuple[str, ...] = ("Results of Operations and Financial Condition", "Financial Statements and Exhibits"),
    blocks: tuple[str, ...] = (),
    kind: str = "SEC",
) -> str:
    """A header of "KEY: value" lines, up to and with its closing tag."""
    lines = [f"<{kind}-HEADER>{accession}.hdr.sgml : {filed}"]
    lines += [f"<ACCEPTANCE-DATETIME>{accepted}"] if accepted else []
    lines += [f"ACCESSION NUMBER:\t\t{accession}", f"CONFORMED SUBMISSION TYPE:\t{form}", "PUBLIC DOCUMENT COUNT:\t\t2"]
    lines += [f"CONFORMED PERIOD OF REPORT:\t{filed}", *(f"ITEM INFORMATION:\t\t{item}" for item in items), f"FILED AS OF DATE:\t\t{filed}"]
    return "\n".join(lines) + "\n\n" + ("\n".join(blocks) or company()) + f"</{kind}-HEADER>\n"


def company(name: str = "TUMBLEWICK CORP", cik: int = 9990001, role: str = "FILER", former: tuple[tuple[str, str], ...] = ()) -> str:
    """A block of a header that names a company."""
    lines = [f"{role}:", "", "\tCOMPANY DATA:\t", f"\t\tCOMPANY CONFORMED NAME:\t\t\t{name}", f"\t\tCENTRAL INDEX KEY:\t\t\t{cik:010d}"]
    lines += ["\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tINSTRUMENTS [3829]", "\t\tSTATE OF INCORPORATION:\t\t\tDE"]
    lines += ["\t\tFISCAL YEAR END:\t\t\t1231", "", "\tFILING VALUES:", "\t\tFORM TYPE:\t\t8-K", ""]
    for old, until in former:
        lines += ["\tFORMER COMPANY:\t", f"\t\tFORMER CONFORMED NAME:\t{old}", f"\t\tDATE OF NAME CHANGE:\t{until}", ""]
    return "\n".join(lines) + "\n"


def document(
    kind: str,
    text: str,
    sequence: int | str = 1,
    filename: str | None = "paper.txt",
    description: str | None = None,
) -> str:
    """A document in its SGML wrapper."""
    fields = [f"<TYPE>{kind}", f"<SEQUENCE>{sequence}"]
    fields += [f"<FILENAME>{filename}"] if filename else []
    fields += [f"<DESCRIPTION>{description}"] if description else []
    return "<DOCUMENT>\n" + "\n".join(fields) + f"\n<TEXT>\n{text}</TEXT>\n</DOCUMENT>\n"


def submission(*documents: str, head: str | None = None, kind: str = "SEC", armoured: bool = False) -> bytes:
    """A full submission; armoured, every line that begins with "-" comes dash-escaped, as PEM wants it."""
    head = header(kind=kind) if head is None else head
    if armoured:
        documents = tuple("".join(("- " if line.startswith("-") else "") + line for line in d.splitlines(keepends=True)) for d in documents)
    body = f"<{kind}-DOCUMENT>{ACCESSION}.txt : 20241021\n{head}{''.join(documents)}</{kind}-DOCUMENT>\n"
    if armoured:
        key = " MFgwCgYEVQgBAQICAf8DSgAwRwJAW2sNKK9AVtBzYZmr6aGjlWyK3XmZv3dTINen"
        lines = ("-----BEGIN PRIVACY-ENHANCED MESSAGE-----", "Proc-Type: 2001,MIC-CLEAR", "Originator-Key-Asymmetric:", key, "", body)
        body = "\n".join(lines) + "-----END PRIVACY-ENHANCED MESSAGE-----\n"
    return body.encode("latin-1")


def corpus(*parts: str) -> Path:
    """A folder of the reference corpus; the test is skipped where EX99_CORPUS does not name it."""
    root = os.environ.get("EX99_CORPUS")
    if not root:
        pytest.skip("EX99_CORPUS is not set")
    return Path(root).joinpath(*parts)
