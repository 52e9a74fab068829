"""The style of today: div after div of styled spans, tables on a grid of spacer columns, an 8-K cover in inline XBRL."""

from __future__ import annotations

from html import escape
from itertools import groupby

from ex99.replica.compose.content import Column, Cover, Release, Row, Statement, print_value
from ex99.replica.compose.fiscal import spell

_NS = (
    'xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:dei="http://xbrl.sec.gov/dei/2023" '
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xml:lang="en-US"'
)
_PAD = "padding:2px 1pt;vertical-align:bottom"
_HIDDEN = '<td colspan="3" style="display:none"></td>'


def set_release(release: Release) -> str:
    """A release as HTML."""
    first, *rest = release.paragraphs
    parts = [
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">\n'
        f'<html><head><title>Document</title></head><body><div id="i{abs(release.day.toordinal()):x}_1"></div>',
        _div("Exhibit 99.1", "text-align:right", bold=True),
        _div(release.headline, "text-align:center;margin-top:12pt", bold=True, size=14),
    ]
    if release.subhead:
        parts.append(_div(release.subhead, "text-align:center", italic=True))
    lead = f"{_span(release.place, bold=True)}{_span(f' — {spell(release.day)} — {first}')}"
    parts.append(f'<div style="margin-top:9pt;text-align:justify">{lead}</div>')
    parts += [_div(text, "margin-top:9pt;text-align:justify") for text in rest]
    parts += [f'<div style="padding-left:36pt;text-indent:-18pt">{_span("•")}{_span(bullet)}</div>' for bullet in release.bullets]
    if release.outlook:
        parts.append(_div("Business Outlook", "margin-top:9pt", bold=True))
        parts += [_div(text, "margin-top:9pt;text-align:justify") for text in release.outlook]
    if release.call:
        parts += [_div("Conference Call", "margin-top:9pt", bold=True), _div(release.call, "margin-top:9pt")]
    parts += [_div(f"About {release.company}", "margin-top:9pt", bold=True), _div(release.about, "margin-top:9pt")]
    parts.append(_div("Forward-Looking Statements", "margin-top:9pt", bold=True))
    parts.append(_div(release.safe_harbor, "margin-top:9pt;text-align:justify"))
    parts += [_div("Investor Contact:", "margin-top:9pt", bold=True), *(_div(line, "") for line in release.contacts)]
    for statement in release.statements:
        parts.append('<div style="height:42.75pt;position:relative;width:100%"></div><hr style="page-break-after:always"/>')
        parts.append(_table(release.company, statement))
    return "".join(parts) + "</body></html>\n"


def set_cover(cover: Cover, *, inline: bool) -> str:
    """An 8-K's own document, in inline XBRL where asked."""

    def fact(name: str, text: str) -> str:
        shown = escape(text)
        return f'<ix:nonNumeric contextRef="c-1" name="dei:{name}" id="f-{name}">{shown}</ix:nonNumeric>' if inline else shown

    lines = [
        ("UNITED STATES", True),
        ("SECURITIES AND EXCHANGE COMMISSION", True),
        ("Washington, D.C. 20549", False),
    ]
    body = "".join(_div(text, "text-align:center", bold=bold) for text, bold in lines)
    bold = '<span style="font-weight:700">'
    facts = (
        f"{bold}FORM </span>{bold}{fact('DocumentType', cover.form)}</span>",
        f"<span>Date of Report (Date of earliest event reported): {fact('DocumentPeriodEndDate', spell(cover.day))}</span>",
        f"{bold}{fact('EntityRegistrantName', cover.company)}</span>",
        f"<span>Trading symbol: {fact('TradingSymbol', cover.ticker)} on {fact('SecurityExchangeName', cover.exchange)}</span>",
    )
    body += "".join(f'<div style="text-align:center">{line}</div>' for line in facts)
    for number, title, words in cover.items:
        body += _div(f"Item {number} {title}.", "margin-top:9pt", bold=True) + _div(words, "text-align:justify")
    body += "".join(_div(f"{number} {words}", "") for number, words in cover.exhibits)
    body += _div("SIGNATURE", "text-align:center", bold=True)
    body += _div(f"The registrant has had this report signed on its behalf. {cover.signer}", "")
    if not inline:
        return f"<html><head><title>{cover.form}</title></head><body>{body}</body></html>\n"
    head = f"<head><title>{cover.form}</title></head>"
    return f"<?xml version='1.0' encoding='ASCII'?>\n<html {_NS}>{head}<body>{_context(cover)}{body}</body></html>\n"


def _context(cover: Cover) -> str:
    """The hidden header that inline XBRL opens with."""
    cik = f"{cover.cik:010d}"
    return (
        '<div style="display:none"><ix:header><ix:hidden><ix:nonNumeric contextRef="c-1" name="dei:EntityCentralIndexKey" id="f-1">'
        f'{cik}</ix:nonNumeric></ix:hidden><ix:resources><xbrli:context id="c-1"><xbrli:entity>'
        f'<xbrli:identifier scheme="http://www.sec.gov/CIK">{cik}</xbrli:identifier></xbrli:entity><xbrli:period>'
        f"<xbrli:startDate>{cover.day}</xbrli:startDate><xbrli:endDate>{cover.day}</xbrli:endDate></xbrli:period></xbrli:context>"
        "</ix:resources></ix:header></div>"
    )


def _span(text: str, *, bold: bool = False, italic: bool = False, size: int = 10) -> str:
    style = f"color:#000000;font-family:'Arial',sans-serif;font-size:{size}pt;font-weight:{700 if bold else 400};line-height:120%"
    return f'<span style="{style}{";font-style:italic" if italic else ""}">{_entities(text)}</span>'


def _entities(text: str) -> str:
    return escape(text, quote=False).replace('"', "&#34;").replace("'", "&#8217;").encode("ascii", "xmlcharrefreplace").decode()


def _div(text: str, style: str, *, bold: bool = False, italic: bool = False, size: int = 10) -> str:
    return f'<div style="{style}">{_span(text, bold=bold, italic=italic, size=size)}</div>'


def _table(company: str, statement: Statement) -> str:
    heads = "".join(_div(text, "text-align:center", bold=True) for text in (company, statement.title))
    heads += "".join(_div(text, "text-align:center") for text in (statement.note, "(Unaudited)"))
    count = len(statement.columns)
    widths = '<td style="width:1.0%"></td><td style="width:55%"></td><td style="width:0.1%"></td>'
    widths += "".join(f'<td style="width:{share}%"></td>' for share in (0.1, 0.5, 0.1, 1, 9, 0.1)) * count
    rows = [f"<tr>{widths}</tr>", *_header(statement.columns), *(_row(row, shade=n % 2 == 0) for n, row in enumerate(statement.rows))]
    style = "border-collapse:collapse;display:inline-table;margin-bottom:5pt;vertical-align:text-bottom;width:100.000%"
    return f'{heads}<div style="margin-top:6pt;text-align:justify"><table style="{style}">{"".join(rows)}</table></div>'


def _header(columns: tuple[Column, ...]) -> list[str]:
    spans, days = [], []
    gap = '<td colspan="3" style="padding:0 1pt"></td>'
    for words, group in groupby(columns, key=lambda c: c.words):
        members = list(group)
        style = f"border-bottom:1pt solid #000;{_PAD};text-align:center"
        spans.append(f'{gap}<td colspan="{6 * len(members) - 3}" style="{style}">{_span(words, bold=True, size=8)}</td>')
        days += [
            f'{gap}<td colspan="3" style="{style}">{_span(f"{c.end:%B} {c.end.day}, {c.end.year}", bold=True, size=8)}</td>'
            for c in members
        ]
    rows = [f"<tr>{gap}{''.join(days)}</tr>"]
    return [f"<tr>{gap}{''.join(spans)}{_HIDDEN}</tr>", *rows] if columns[0].words else rows


def _row(row: Row, *, shade: bool) -> str:
    fill = f"background-color:{'#cceeff' if shade else '#ffffff'};{_PAD}"
    gap = f'<td colspan="3" style="{fill};padding:0 1pt"></td>'
    indent = f";padding-left:{10 * row.indent + 1}pt" if row.indent else ""
    cells = f'<td colspan="3" style="{fill}{indent};text-align:left">{_span(row.label, bold=row.total and not row.indent)}</td>'
    for value in row.values:
        text = print_value(row, value, negative=("(", "")).replace("--", "—")
        close = _span(")") if value is not None and value < 0 else ""
        rule = ";border-top:1pt solid #000000" if row.total else ""
        if row.dollar and text:
            cells += f'{gap}<td style="{fill}{rule};text-align:left">{_span("$")}</td>'
            cells += f'<td style="{fill}{rule};text-align:right">{_span(text)}</td>'
        else:
            cells += f'{gap}<td colspan="2" style="{fill}{rule};text-align:right">{_span(text)}</td>'
        cells += f'<td style="{fill}{rule};text-align:right">{close}</td>'
    return f"<tr>{cells}</tr>"
