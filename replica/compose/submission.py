"""Puts documents together as a full submission: header, SGML wrappers, privacy-enhanced mail, uuencoded pictures."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ex99.filings.forms import NEW_ITEMS, NEW_ITEMS_SINCE, OLD_ITEMS
from ex99.filings.identifiers import AccessionNumber
from ex99.replica.compose.company import Company

_DASH = re.compile(rb"^-", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One document: TYPE, text, FILENAME and DESCRIPTION where it has them; ``xbrl`` puts it in an <XBRL> wrapper."""

    type: str
    text: str
    filename: str | None = None
    description: str | None = None
    xbrl: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """A submission's header facts. ``accepted`` is New York's clock; ``named_items`` are the ITEM INFORMATION lines."""

    accession: AccessionNumber
    form: str
    filed: dt.date
    accepted: dt.datetime
    period: dt.date
    named_items: tuple[str, ...]
    filers: tuple[Company, ...]


def title_of(item: str, filed: dt.date) -> str:
    """An item's title as headers of its day write it."""
    if filed < NEW_ITEMS_SINCE:
        title = OLD_ITEMS[item]
        return title if item in ("9", "12") else title.capitalize().replace("registrant", "registrant")
    return NEW_ITEMS[item]


def make_submission(envelope: Envelope, parts: Sequence[Part]) -> bytes:
    """The full submission; what it has and lacks follows the day it was filed on."""
    header = _header(envelope, len(parts))
    documents = "".join(_wrap(part, number) for number, part in enumerate(parts, 1))
    text = f"{header}{documents}</SEC-DOCUMENT>\n".encode("latin-1", "replace")
    return _armour(text, envelope) if envelope.filed.year < 2011 else text


def encode_picture(name: str, data: bytes) -> str:
    """Bytes as a uuencoded document's text."""
    lines = [binascii.b2a_uu(data[at : at + 45]).decode() for at in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def _header(envelope: Envelope, count: int) -> str:
    stamp, day = f"{envelope.filed:%Y%m%d}", envelope.filed
    lines = [f"<SEC-DOCUMENT>{envelope.accession}.txt : {stamp}", f"<SEC-HEADER>{envelope.accession}.hdr.sgml : {stamp}"]
    if day.year > 2002:
        lines.append(f"<ACCEPTANCE-DATETIME>{envelope.accepted:%Y%m%d%H%M%S}")
    lines += [
        f"ACCESSION NUMBER:\t\t{envelope.accession}",
        f"CONFORMED SUBMISSION TYPE:\t{envelope.form}",
        f"PUBLIC DOCUMENT COUNT:\t\t{count}",
        f"CONFORMED PERIOD OF REPORT:\t{envelope.period:%Y%m%d}",
        *(f"ITEM INFORMATION:\t\t{name}" for name in envelope.named_items),
        f"FILED AS OF DATE:\t\t{stamp}",
    ]
    if day.year > 2002:
        lines.append(f"DATE AS OF CHANGE:\t\t{stamp}")
    film = int(envelope.accession.compact[-9:]) % 10**8
    for number, company in enumerate(envelope.filers):
        lines += _filer(company, envelope.form, day, film + number)
    return "\n".join([*lines, "</SEC-HEADER>"]) + "\n"


def _filer(company: Company, form: str, day: dt.date, film: int) -> list[str]:
    year_end = f"{company.calendar.end(day.year, 4):%m%d}"
    file_number = f"{'000' if company.exchange == 'Nasdaq' else '001'}-{company.cik % 100_000:05d}"
    return [
        "",
        "FILER:",
        "",
        "\tCOMPANY DATA:\t",
        f"\t\tCOMPANY CONFORMED NAME:\t\t\t{company.conformed}",
        f"\t\tCENTRAL INDEX KEY:\t\t\t{company.cik:010d}",
        f"\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\t{company.sic_words} [{company.sic}]",
        f"\t\tIRS NUMBER:\t\t\t\t{company.cik % 10**9:09d}",
        "\t\tSTATE OF INCORPORATION:\t\t\tDE",
        f"\t\tFISCAL YEAR END:\t\t\t{year_end}",
        "",
        "\tFILING VALUES:",
        f"\t\tFORM TYPE:\t\t{form}",
        "\t\tSEC ACT:\t\t1934 Act",
        f"\t\tSEC FILE NUMBER:\t{file_number}",
        f"\t\tFILM NUMBER:\t\t{film:08d}",
        *(
            line
            for kind in ("BUSINESS ADDRESS", "MAIL ADDRESS")
            for line in (
                "",
                f"\t{kind}:\t",
                f"\t\tSTREET 1:\t\t{company.cik % 900 + 100} FOUNDRY LANE",
                f"\t\tCITY:\t\t\t{company.city}",
                f"\t\tSTATE:\t\t\t{company.state}",
                "\t\tZIP:\t\t\t00000",
                *(["\t\tBUSINESS PHONE:\t\t5550100142"] if kind == "BUSINESS ADDRESS" else []),
            )
        ),
    ]


def _wrap(part: Part, number: int) -> str:
    tags = [f"<TYPE>{part.type}", f"<SEQUENCE>{number}"]
    tags += [f"<FILENAME>{part.filename}"] if part.filename else []
    tags += [f"<DESCRIPTION>{part.description}"] if part.description else []
    text = f"<XBRL>\n{part.text}</XBRL>\n" if part.xbrl else part.text
    return "<DOCUMENT>\n" + "\n".join(tags) + f"\n<TEXT>\n{text}</TEXT>\n</DOCUMENT>\n"


def _armour(text: bytes, envelope: Envelope) -> bytes:
    """Privacy-enhanced mail round a submission: keys of no meaning, and "- " before each line that begins with a dash."""
    dice = random.Random(f"mail {envelope.accession}")  # noqa: S311 - repeatable, nothing secret
    key = base64.b64encode(dice.randbytes(90)).decode()
    mark = base64.b64encode(dice.randbytes(64)).decode()
    head = (
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\nOriginator-Name: webmaster@www.sec.gov\n"
        f"Originator-Key-Asymmetric:\n {key[:64]}\n {key[64:]}\nMIC-Info: RSA-MD5,RSA,\n {mark[:64]}\n {mark[64:]}\n\n"
    )
    return head.encode() + _DASH.sub(b"- -", text) + b"-----END PRIVACY-ENHANCED MESSAGE-----\n"
