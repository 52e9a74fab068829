"""The style of about 2003 to 2010: a word processor's HTML with font tags, hard spaces, nested tables, and cells that split
the dollar sign and the closing parenthesis from their number."""

from __future__ import annotations

from html import escape
from itertools import groupby

from ex99.replica.compose.content import Column, Cover, Release, Row, Statement, print_value
from ex99.replica.compose.fiscal import spell

_FONT = '<FONT FACE="Times New Roman" SIZE="2">'
_SPACER = '<TD WIDTH="1%">&nbsp;</TD>'


def set_release(release: Release) -> str:
    """A release as HTML."""
    first, *rest = release.paragraphs
    parts = [
        f'<HTML>\n<HEAD>\n<TITLE>{escape(release.headline)}</TITLE>\n</HEAD>\n<BODY BGCOLOR="WHITE">\n',
        _p(f"<B>{_FONT}Exhibit 99.1</FONT></B>", "RIGHT", raw=True),
        _p(f"<B>{_FONT}FOR IMMEDIATE RELEASE</FONT></B>", "LEFT", raw=True),
        _contacts(release),
        _p(f'<FONT FACE="Times New Roman" SIZE="3"><B>{escape(release.headline)}</B></FONT>', "CENTER", raw=True),
    ]
    if release.subhead:
        parts.append(_p(f"{_FONT}<I>{escape(release.subhead)}</I></FONT>", "CENTER", raw=True))
    lead = f"{_FONT}<B>{escape(release.place)}</B>&nbsp;&#150; {escape(spell(release.day))} &#150; {escape(first)}</FONT>"
    parts.append(_p(lead, "JUSTIFY", raw=True))
    parts += [_p(text) for text in rest]
    if release.bullets:
        parts.append("<UL>\n" + "".join(f"<LI>{_FONT}{escape(bullet)}</FONT></LI>\n" for bullet in release.bullets) + "</UL>\n")
    if release.outlook:
        parts.append(_p(f"{_FONT}<B>Outlook</B></FONT>", raw=True))
        parts += [_p(text) for text in release.outlook]
    if release.call:
        parts.append(_p(release.call))
    parts += [_p(f"{_FONT}<B>About {escape(release.company)}</B></FONT>", raw=True), _p(release.about), _p(release.safe_harbor)]
    for statement in release.statements:
        parts += ['<HR SIZE="3" WIDTH="100%" NOSHADE STYLE="page-break-before:always">\n', _table(release.company, statement)]
    parts.append(_p(f"{_FONT}# # #</FONT>", "CENTER", raw=True) + "</BODY>\n</HTML>\n")
    return "".join(parts)


def set_cover(cover: Cover) -> str:
    """An 8-K's own document as HTML."""
    heads = ("UNITED STATES", "SECURITIES AND EXCHANGE COMMISSION", "Washington, D.C. 20549", f"FORM {cover.form}", "CURRENT REPORT")
    parts = [f"<HTML>\n<HEAD>\n<TITLE>Form {cover.form}</TITLE>\n</HEAD>\n<BODY>\n"]
    parts += [_p(f"{_FONT}<B>{head}</B></FONT>", "CENTER", raw=True) for head in heads]
    parts.append(_p(f"{_FONT}Date of Report (Date of earliest event reported): <B>{spell(cover.day)}</B></FONT>", "CENTER", raw=True))
    name = f"{_FONT}<B>{escape(cover.company)}</B><BR>(Exact name of registrant as specified in its charter)</FONT>"
    parts.append(_p(name, "CENTER", raw=True))
    for number, title, words in cover.items:
        parts += [_p(f"{_FONT}<B>Item&nbsp;{number}&nbsp;&nbsp;{escape(title)}.</B></FONT>", raw=True), _p(words)]
    for number, words in cover.exhibits:
        parts.append(_p(f"{number}  {words}"))
    parts += [_p("SIGNATURE", "CENTER"), _p(f"The registrant has had this report signed on its behalf. {cover.signer}")]
    parts.append("</BODY>\n</HTML>\n")
    return "".join(parts)


def _p(text: str, align: str = "JUSTIFY", *, raw: bool = False) -> str:
    return f'<P ALIGN="{align}">{text if raw else f"{_FONT}{escape(text)}</FONT>"}</P>\n'


def _contacts(release: Release) -> str:
    lines = "<BR>".join(escape(line) for line in release.contacts)
    return f'<TABLE WIDTH="100%" BORDER="0"><TR><TD VALIGN="TOP">{_FONT}Contact:</FONT></TD><TD>{_FONT}{lines}</FONT></TD></TR></TABLE>\n'


def _table(company: str, statement: Statement) -> str:
    head = "<BR>\n".join((f"<B>{escape(company)}</B>", f"<B>{escape(statement.title)}</B>", escape(statement.note), "(Unaudited)"))
    rows = [*_header(statement.columns), *map(_row, statement.rows)]
    inner = '<TABLE CELLSPACING="0" CELLPADDING="0" BORDER="0" WIDTH="100%">\n' + "".join(rows) + "</TABLE>\n"
    return (
        f'<P ALIGN="CENTER">{_FONT}{head}</FONT></P>\n<TABLE WIDTH="100%" BORDER="0" CELLPADDING="0"><TR><TD>\n{inner}</TD></TR></TABLE>\n'
    )


def _header(columns: tuple[Column, ...]) -> list[str]:
    spans, days = [], []
    for words, group in groupby(columns, key=lambda c: c.words):
        members = list(group)
        across = 4 * len(members) - 1
        line = f"<B>{words}</B>" if words else "&nbsp;"
        spans.append(f'{_SPACER}<TD COLSPAN="{across}" ALIGN="CENTER" NOWRAP>{_FONT}{line}</FONT><HR SIZE="1" NOSHADE></TD>')
        named = (f"{c.end:%B}&nbsp;{c.end.day},<BR>{c.end.year}" for c in members)
        days += [f'{_SPACER}<TD COLSPAN="3" ALIGN="CENTER" NOWRAP>{_FONT}<B>{day}</B></FONT></TD>' for day in named]
    blank = '<TD WIDTH="60%">&nbsp;</TD>'
    rows = [f'<TR VALIGN="BOTTOM">{blank}{"".join(days)}</TR>\n']
    return [f'<TR VALIGN="BOTTOM">{blank}{"".join(spans)}</TR>\n', *rows] if columns[0].words else rows


def _row(row: Row) -> str:
    indent = "&nbsp;" * (3 * row.indent)
    label = f"<B>{escape(row.label)}</B>" if row.kind == "heading" else escape(row.label)
    cells = []
    for value in row.values:
        text = print_value(row, value, negative=("(", "")).replace("--", "&#151;")
        close = ")" if value is not None and value < 0 else "&nbsp;"
        dollar = "$" if row.dollar and text else "&nbsp;"
        rule = ' STYLE="border-top:1px solid black"' if row.total else ""
        cells.append(
            f'{_SPACER}<TD WIDTH="1%" ALIGN="LEFT">{_FONT}{dollar}</FONT></TD>'
            f'<TD WIDTH="8%" ALIGN="RIGHT"{rule} NOWRAP>{_FONT}{text}</FONT></TD>'
            f'<TD WIDTH="1%" NOWRAP>{_FONT}{close}</FONT></TD>'
        )
    return f'<TR VALIGN="BOTTOM"><TD>{_FONT}{indent}{label}</FONT></TD>{"".join(cells)}</TR>\n'
