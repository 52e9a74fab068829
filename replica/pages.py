"""The pages that EDGAR makes of a submission: index page, index-headers, .hdr.sgml, index.json, folder listing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape

from ex99.filings.forms import find_item
from ex99.replica import bodies
from ex99.replica.catalog import StoredFiling
from ex99.replica.reply import http_date
from ex99.replica.sgml import DocumentSpan, Header, Party

_COLUMNS = (
    '<th scope="col" style="width: 5%;"><acronym title="Sequence Number">Seq</acronym></th>\n',
    '<th scope="col" style="width: 40%;">Description</th>\n',
    '<th scope="col" style="width: 20%;">Document</th>\n',
    '<th scope="col" style="width: 10%;">Type</th>\n',
    '<th scope="col">Size</th>\n',
)
_DATA_FILE = re.compile(r"EX-10[01]\b|XML$|ZIP$|EXCEL$|JSON$", re.IGNORECASE)
_TAGS = {
    "COMPANY CONFORMED NAME": "CONFORMED-NAME",
    "CENTRAL INDEX KEY": "CIK",
    "ORGANIZATION NAME": "ORGANIZATION-NAME",
    "IRS NUMBER": "IRS-NUMBER",
    "EIN": "IRS-NUMBER",
    "STATE OF INCORPORATION": "STATE-OF-INCORPORATION",
    "FISCAL YEAR END": "FISCAL-YEAR-END",
    "FORM TYPE": "FORM-TYPE",
    "SEC ACT": "ACT",
    "SEC FILE NUMBER": "FILE-NUMBER",
    "FILM NUMBER": "FILM-NUMBER",
    "STREET 1": "STREET1",
    "STREET 2": "STREET2",
    "CITY": "CITY",
    "STATE": "STATE",
    "ZIP": "ZIP",
    "BUSINESS PHONE": "PHONE",
}
"""Keys of the text form of a header, and their tags in .hdr.sgml."""


def index_page(filing: StoredFiling, header: Header, spans: Sequence[DocumentSpan]) -> bytes:
    """The filing's index page: its facts, its document tables, one block a filer. Every link goes to the lowest CIK."""
    cik = min(filing.ciks)
    folder = f"/Archives/{filing.accession.folder_path(cik)}" if filing.filed.year > 1999 else f"/Archives/edgar/data/{cik}/"
    files = [s for s in spans if not _DATA_FILE.match(s.type)]
    data = [s for s in spans if _DATA_FILE.match(s.type) and (s.type.startswith("EX-") or (s.description or "").startswith("EXTRACTED"))]
    parts = [
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n'
        f'<meta http-equiv="Last-Modified" content="{http_date(filing.moment)}" />\n'
        f"<title>EDGAR Filing Documents for {filing.accession}</title>\n</head>\n<body>\n"
        '<div id="contentDiv">\n<!-- START FILING DIV -->\n<div class="formDiv">\n   <div id="formHeader">\n'
        f'      <div id="formName">\n         <strong>Form {escape(filing.form)}</strong> - Current report: \n      </div>\n'
        '      <div id="secNum">\n         <strong><acronym title="Securities and Exchange Commission">SEC</acronym> Accession '
        f'<acronym title="Number">No.</acronym></strong> {filing.accession}\n      </div>\n   </div>\n   <div class="formContent">\n',
        *_facts(filing, header),
        '      <div style="clear:both"></div>\n<!-- END FILING DIV -->\n<!-- START DOCUMENT DIV -->\n  </div>\n    </div>\n',
        *_table("Document Format Files", folder, files, filing, whole=True),
        *(_table("Data Files", folder, data, filing, whole=False) if data else ()),
        "<!-- END DOCUMENT DIV -->\n<!-- START FILER DIV -->\n",
        *map(_filer, filing.parties),
        "<!-- END FILER DIV -->\n</div>\n</body>\n</html>\n",
    ]
    return "".join(parts).encode("ascii", "xmlcharrefreplace")


def _facts(filing: StoredFiling, header: Header) -> Iterator[str]:
    yield _group(
        ("Filing Date", filing.filed.isoformat()),
        ("Accepted", f"{filing.moment:%Y-%m-%d %H:%M:%S}"),
        ("Documents", header.values.get("PUBLIC DOCUMENT COUNT", "")),
    )
    if filing.period:
        yield _group(("Period of Report", filing.period.isoformat()))
    if filing.items:
        items = ("Items", "".join(f"Item {number}: {escape(_title(number, filing))}<br />" for number in filing.items))
        sros = header.values.get("SROS")
        yield _group(items, ("SROs", escape(sros))) if sros else _group(items)


def _title(number: str, filing: StoredFiling) -> str:
    item = find_item(number, filing.filed)
    return item.title if item else ""


def _group(*pairs: tuple[str, str]) -> str:
    inner = "".join(f'         <div class="infoHead">{head}</div>\n         <div class="info">{value}</div>\n' for head, value in pairs)
    return f'      <div class="formGrouping">\n{inner}      </div>\n'


def _table(caption: str, folder: str, spans: Sequence[DocumentSpan], filing: StoredFiling, *, whole: bool) -> Iterator[str]:
    yield (
        '<div class="formDiv">\n   <div style="padding: 0px 0px 4px 0px; font-size: 12px;">\n'
        f'      <p>{caption}</p>\n      <table class="tableFile" summary="{caption}">\n         <tr>\n'
    )
    yield from (f"            {column}" for column in _COLUMNS)
    yield "         </tr>\n"
    rows = [
        (s.sequence, escape(s.description or ""), _link(folder, s, filing), escape(s.type), str(s.text_end - s.text_start)) for s in spans
    ]
    if whole:
        name = f"{filing.accession}.txt"
        rows.append(("&nbsp;", "Complete submission text file", f'<a href="{folder}{name}">{name}</a>', "&nbsp;", str(filing.size)))
    for number, row in enumerate(rows):
        yield '         <tr class="evenRow">\n' if number % 2 else "         <tr>\n"
        yield "".join(f'            <td scope="row">{cell}</td>\n' for cell in row) + "         </tr>\n"
    yield "      </table>\t\n   </div>\n</div>\n"


def _link(folder: str, span: DocumentSpan, filing: StoredFiling) -> str:
    """A document's link; without a file name it is the folder's, with no text, and an inline XBRL one goes through the viewer."""
    name = escape(span.filename or "")
    if filing.is_inline and span.sequence == "1":
        return f'<a href="/ix?doc={folder}{name}">{name}</a> &nbsp;&nbsp;<span style="color: green">iXBRL</span>'
    return f'<a href="{folder}{name}">{name}</a>'


def _filer(party: Party) -> str:
    company, values = dict(party.company), dict(party.values)
    cik = party.cik.padded if party.cik else ""
    role = "Filer" if party.role == "FILER" else party.role.title()
    sic = re.search(r"(.*?)\s*\[?(\d{4})", company.get("STANDARD INDUSTRIAL CLASSIFICATION", ""))
    return (
        f'<div class="filerDiv">\n{_mailer("Mailing", party.mail)}{_mailer("Business", party.business)}<div class="companyInfo">\n'
        f'  <span class="companyName">{escape(company.get("COMPANY CONFORMED NAME", ""))} ({role})\n'
        f' <acronym title="Central Index Key">CIK</acronym>: <a href="/cgi-bin/browse-edgar?CIK={cik}&amp;action=getcompany">{cik} '
        "(see all company filings)</a></span>\n"
        '<p class="identInfo"><acronym title="Internal Revenue Service Number">EIN.</acronym>: '
        f"<strong>{company.get('IRS NUMBER') or company.get('EIN', '')}</strong> | State of Incorp.: "
        f"<strong>{company.get('STATE OF INCORPORATION', '')}</strong> | Fiscal Year End: "
        f"<strong>{company.get('FISCAL YEAR END', '')}</strong><br />Type: <strong>{escape(values.get('FORM TYPE', ''))}</strong>"
        f" | File No.: <strong>{values.get('SEC FILE NUMBER', '')}</strong> | Film No.: <strong>{values.get('FILM NUMBER', '')}</strong>"
        f'<br /><acronym title="Standard Industrial Code">SIC</acronym>: <b>{sic[2] if sic else ""}</b> '
        f"{escape(sic[1].title()) if sic else ''}</p>\n"
        '</div>\n<div class="clear"></div>\n</div>\n'
    )


def _mailer(kind: str, part: tuple[tuple[str, str], ...]) -> str:
    spans = "".join(f'      <span class="mailerAddress">{escape(value)}</span>\n' for _, value in part if value)
    return f'   <div class="mailer">{kind} Address\n{spans}   </div>\n'


def header_sgml(filing: StoredFiling, header: Header) -> bytes:
    """The tagged form of a header, .hdr.sgml."""
    lines = [f"<SEC-HEADER>{filing.accession}.hdr.sgml : {header.disseminated or f'{filing.filed:%Y%m%d}'}"]
    if "ACCEPTANCE-DATETIME" in header.values:
        lines.append(f"<ACCEPTANCE-DATETIME>{header.values['ACCEPTANCE-DATETIME']}")
    return ("\n".join([*lines, *header_lines(filing, header), "</SEC-HEADER>"]) + "\n").encode("latin-1", "replace")


def header_lines(filing: StoredFiling, header: Header) -> list[str]:
    """What the tagged forms of a header have in common, .hdr.sgml and the daily feed's .nc: from its accession number to its parties."""
    values, day = header.values, f"{filing.filed:%Y%m%d}"
    lines = [f"<ACCESSION-NUMBER>{filing.accession}", f"<TYPE>{filing.form}"]
    lines.append(f"<PUBLIC-DOCUMENT-COUNT>{values.get('PUBLIC DOCUMENT COUNT', '')}")
    if filing.period:
        lines.append(f"<PERIOD>{filing.period:%Y%m%d}")
    lines += [f"<ITEMS>{number}" for number in filing.items]
    lines += [f"<FILING-DATE>{day}", f"<DATE-OF-FILING-DATE-CHANGE>{values.get('DATE AS OF CHANGE', day)}"]
    for party in filing.parties:
        lines += _party_lines(party)
    return lines


def _party_lines(party: Party) -> Iterator[str]:
    role = party.role.replace(" ", "-")
    yield f"<{role}>"
    parts = (
        ("COMPANY-DATA", party.company),
        ("FILING-VALUES", party.values),
        ("BUSINESS-ADDRESS", party.business),
        ("MAIL-ADDRESS", party.mail),
    )
    for name, part in parts:
        if part:
            yield f"<{name}>"
            for key, value in part:
                yield from _tagged(key, value)
            yield f"</{name}>"
    for name, date in party.former:
        yield from ("<FORMER-COMPANY>", f"<FORMER-CONFORMED-NAME>{name}", f"<DATE-CHANGED>{date}", "</FORMER-COMPANY>")
    yield f"</{role}>"


def _tagged(key: str, value: str) -> Iterator[str]:
    if key == "STANDARD INDUSTRIAL CLASSIFICATION":
        code = re.search(r"\d{4}", value)
        yield f"<ASSIGNED-SIC>{code[0] if code else ''}"
    elif key == "SEC ACT":
        yield f"<ACT>{value[2:4] if len(value) > 4 else value}"
    elif key in _TAGS:
        yield f"<{_TAGS[key]}>{value}"


def index_headers(filing: StoredFiling, header: Header, spans: Sequence[DocumentSpan]) -> bytes:
    """The -index-headers.html page: the tagged header in a comment, the text header and every document's tags with a link."""
    tagged = header_sgml(filing, header).decode("latin-1")
    stamp = header.disseminated or f"{filing.filed:%Y%m%d}"
    begin = header.text.find("<SEC-HEADER>")
    text = header.text[max(begin, header.text.find("<IMS-HEADER>")) :].strip("\n")
    documents = []
    for number, span in enumerate(spans, 1):
        name = escape(span.filename or "")
        tags = [("TYPE", span.type), ("SEQUENCE", span.sequence), ("FILENAME", span.filename), ("DESCRIPTION", span.description)]
        lines = "".join(f"&lt;{tag}&gt;{escape(value)}\n" for tag, value in tags if value)
        documents.append(
            f'&lt;DOCUMENT&gt;\n{lines}&lt;TEXT&gt;\n<a href="{name}">Document {number} - file: {name}</a><br>\n&lt;/DOCUMENT&gt;\n'
        )
    page = (
        f"<HTML><HEAD><TITLE>SEC EDGAR Submission {filing.accession}</TITLE>\n<!--\n{tagged}-->\n</HEAD><BODY>\n"
        f"<PRE>&lt;SEC-DOCUMENT&gt;{filing.accession}-index.html : {stamp}\n{escape(text, quote=False)}\n"
        f"{''.join(documents)}&lt;/SEC-DOCUMENT&gt;</PRE></BODY></HTML>\n"
    )
    return page.encode("latin-1", "xmlcharrefreplace")


def index_json(filing: StoredFiling, spans: Sequence[DocumentSpan]) -> bytes:
    """The folder as index.json: names with icon types, sizes as strings (none for EDGAR's own pages), times in New York's clock."""
    stamp = f"{filing.moment:%Y-%m-%d %H:%M:%S}"
    own = [(f"{filing.accession}{end}", "text.gif", "") for end in ("-index-headers.html", "-index.html", ".txt")]
    named = [(s.filename, "image2.gif" if s.type == "GRAPHIC" else "text.gif", str(s.end - s.start)) for s in spans if s.filename]
    items = [{"last-modified": stamp, "name": name, "type": icon, "size": size} for name, icon, size in (*own, *named)]
    name = f"/Archives/{filing.accession.folder_path(min(filing.ciks))}".rstrip("/")
    return json.dumps({"directory": {"item": items, "name": name, "parent-dir": name.rpartition("/")[0]}}, indent=2).encode()


def folder_page(filing: StoredFiling, spans: Sequence[DocumentSpan]) -> bytes:
    """The folder as a directory listing, which is what the bare folder URL answers."""
    name = f"/Archives/{filing.accession.folder_path(min(filing.ciks))}".rstrip("/")
    own = (f"{filing.accession}{end}" for end in ("-index-headers.html", "-index.html", ".txt"))
    names = [*own, *(s.filename for s in spans if s.filename)]
    return bodies.directory_page(name, [(f"{name}/{file}", file) for file in names])
