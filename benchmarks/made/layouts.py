"""Sets a composed release as an era would: typewriter text, dot leaders, a word processor's HTML, styled HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from benchmarks.made.model import Head, Line, Story, Table, Words

_WIDTH = 78
_RIGHT = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """How a release is set, and with which suffix. ``joined`` layouts keep "$", digits and ")" in one cell."""

    set_story: Callable[[Story], str]
    suffix: str


def set_story(story: Story, layout: str) -> bytes:
    """The release's bytes in one of LAYOUTS."""
    return LAYOUTS[layout].set_story(story).encode()


# ---------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class Typing:
    """How tables are typed: EDGAR's marks, dots up to the values, columns kept for labels, values in a wrapped label's first line."""

    marks: bool = False
    leaders: bool = False
    stub: int = 42
    hanging: bool = False


def _set_text(story: Story, typing: Typing) -> str:
    out: list[str] = []
    for block in story.blocks:
        if isinstance(block, Table):
            out += _text_table(block, typing)
        elif block.kind == "paragraph":
            out += textwrap.wrap(block.text, _WIDTH, initial_indent="     ")
        elif block.kind == "heading":
            out.append(block.text)
        else:
            out += [line.center(_WIDTH).rstrip() for line in textwrap.wrap(block.text, 64)]
        out.append("")
    return "\n".join(out) + "\n"


def _text_table(table: Table, typing: Typing) -> list[str]:
    heads = tuple(Head(h.top, h.own.replace(" Ended ", " Ended\n")) for h in table.heads)
    width = max(12, *(len(cell) + _RIGHT for line in table.lines for cell in line.cells), *(len(_last(h.own)) for h in heads))
    marks, stub, gap = typing.marks, typing.stub, "  "
    total = stub + len(table.heads) * (width + len(gap))
    out = ["<PAGE>" if marks else "", *(title.center(total).rstrip() for title in table.titles), ""]
    out += ["<TABLE>", "<CAPTION>"] if marks else []
    out += _text_heads(heads, stub, width)
    if marks:
        out.append("<S>".ljust(stub) + "".join(gap + "<C>".ljust(width) for _ in table.heads))
    for line in table.lines:
        lead = "  " * line.indent
        labels = textwrap.wrap(lead + line.label, stub - 2, subsequent_indent=lead + "  ", break_long_words=False) or [""]
        if not line.cells:
            out += labels
            continue
        if line.rule:
            out.append(" " * stub + "".join(gap + "-" * width for _ in table.heads))
        place = 0 if typing.hanging else -1
        labels[place] = (_filled(labels[place], typing) + "".join(gap + _text_cell(cell, line.sign, width) for cell in line.cells)).rstrip()
        out += labels
    return out + (["</TABLE>"] if marks else [])


def _filled(label: str, typing: Typing) -> str:
    """A label, with dots up to the values where the typist sets them."""
    return (f"{label} {'.' * (typing.stub - len(label) - 1)}" if typing.leaders and label else label).ljust(typing.stub)


def _last(own: str) -> str:
    """The longest line of a heading that is broken before its year."""
    return max(own.split("\n"), key=len)


def _text_heads(heads: tuple[Head, ...], stub: int, width: int) -> list[str]:
    out: list[str] = []
    groups = [(top, len(list(members))) for top, members in groupby(h.top for h in heads)]
    if any(top for top, _ in groups):
        depth = max(len(top.split("\n")) for top, _ in groups)
        for row in range(depth):
            texts = [(_sunk(top, depth)[row], count) for top, count in groups]
            out.append((" " * stub + "".join("  " + text.center(count * (width + 2) - 2) for text, count in texts)).rstrip())
        out.append((" " * stub + "".join("  " + "-" * (count * (width + 2) - 2) for _, count in groups)).rstrip())
    depth = max(len(h.own.split("\n")) for h in heads)
    out += [(" " * stub + "".join("  " + _sunk(h.own, depth)[row].center(width) for h in heads)).rstrip() for row in range(depth)]
    out.append((" " * stub + "".join("  " + "-" * width for _ in heads)).rstrip())
    return out


def _sunk(text: str, depth: int) -> list[str]:
    """A heading's lines, filled up from above to a depth."""
    lines = text.split("\n")
    return [""] * (depth - len(lines)) + lines


def _text_cell(text: str, sign: bool, width: int) -> str:
    """Right-aligned, with one column kept for the closing parenthesis."""
    money = split_cell(text, sign)[0]
    text = text if text.endswith((")", "%")) else text + " "
    return money + text.rjust(width - len(money))


# ---------------------------------------------------------------- HTML


def _set_html(story: Story, draw_words: Callable[[Words], str], draw_table: Callable[[Table], str], page: tuple[str, str]) -> str:
    blocks = (draw_table(block) if isinstance(block, Table) else draw_words(block) for block in story.blocks)
    return page[0] + "\n".join(blocks) + page[1]


def _old_words(words: Words) -> str:
    text = escape(words.text, quote=False)
    if words.kind == "paragraph":
        return f'<P><FONT FACE="Times New Roman" SIZE="2">{text}</FONT></P>'
    align = "LEFT" if words.kind == "heading" else "CENTER"
    return f'<P ALIGN="{align}"><FONT FACE="Times New Roman" SIZE="3"><B>{text}</B></FONT></P>'


def _old_table(table: Table) -> str:
    titles = "<BR>".join(f'<FONT SIZE="2"><B>{escape(t)}</B></FONT>' for t in table.titles)
    rows = [f'<P ALIGN="CENTER">{titles}</P><TABLE BORDER="0" CELLSPACING="0" CELLPADDING="0" WIDTH="100%">']
    for heads in _head_rows(table.heads):
        cells = "".join(
            f'<TD>&nbsp;</TD><TD COLSPAN="{4 * span - 1}" ALIGN="CENTER"><B>{_broken(text, "<BR>")}</B></TD>' for text, span in heads
        )
        rows.append(f'<TR VALIGN="BOTTOM"><TD>&nbsp;</TD>{cells}</TR>')
    for line in table.lines:
        row = f'<TD><P STYLE="margin-left:{10 + 10 * line.indent}px; text-indent:-10px">{escape(line.label)}</P></TD>'
        for cell in line.cells or [""] * len(table.heads):
            sign, body, tail = split_cell(cell, line.sign)
            row += f'<TD>&nbsp;</TD><TD>{sign or "&nbsp;"}</TD><TD ALIGN="RIGHT">{body or "&nbsp;"}</TD><TD>{tail or "&nbsp;"}</TD>'
        rows.append(f'<TR VALIGN="BOTTOM">{row}</TR>')
        if line.rule:
            rows.append("<TR><TD>&nbsp;</TD>" + '<TD>&nbsp;</TD><TD COLSPAN="3"><HR NOSHADE SIZE="1"></TD>' * len(table.heads) + "</TR>")
    return "\n".join([*rows, "</TABLE>"])


def _span(text: str, *, bold: bool = False) -> str:
    body = escape(text, quote=False).replace("\n", "<br/>").replace("-" if text == "-" else "\0", "&#8212;")
    return f"<span style=\"color:#000000;font-family:'Arial',sans-serif;font-size:10pt;font-weight:{700 if bold else 400}\">{body}</span>"


def _new_words(words: Words) -> str:
    align = {"paragraph": "justify", "heading": "left"}.get(words.kind, "center")
    return f'<div style="margin-top:9pt;text-align:{align}">{_span(words.text, bold=words.kind != "paragraph")}</div>'


def _new_table(table: Table, *, joined: bool = False) -> str:
    out = [f'<div style="text-align:center">{_span(title, bold=True)}</div>' for title in table.titles]
    out.append('<div><table style="border-collapse:collapse;display:inline-table;width:100.000%">')
    gap = '<td colspan="3" style="padding:0 1pt"></td>'
    for heads in _head_rows(table.heads):
        style = "border-bottom:1pt solid #000;padding:2px 1pt;text-align:center"
        cells = gap.join(f'<td colspan="{6 * span - 3}" style="{style}">{_span(text, bold=True)}</td>' for text, span in heads)
        out.append(f"<tr>{gap}{cells}</tr>")
    for line in table.lines:
        pad = f"padding-left:{6.75 + 9 * line.indent}pt;text-indent:-6.75pt"
        row = f'<td colspan="3" style="text-align:left"><div style="{pad}">{_span(line.label)}</div></td>'
        row += gap.join(_new_cell(cell, line, joined=joined) for cell in line.cells or [""] * len(table.heads))
        out.append(f"<tr>{row}</tr>")
    return "".join([*out, "</table></div>"])


def _new_cell(cell: str, line: Line, *, joined: bool) -> str:
    sign, body, tail = split_cell(cell, line.sign)
    edge = "border-top:1pt solid #000;" if line.rule else ""
    if joined or not sign:
        text = f"{sign}{body}{tail if joined else ''}"
        return f'<td colspan="2" style="{edge}text-align:right">{_span(text)}</td><td style="{edge}">{_span("" if joined else tail)}</td>'
    return (
        f'<td style="{edge}">{_span(sign)}</td><td style="{edge}text-align:right">{_span(body)}</td><td style="{edge}">{_span(tail)}</td>'
    )


def _head_rows(heads: tuple[Head, ...]) -> list[list[tuple[str, int]]]:
    """Rows of (text, columns spanned): the shared line, where there is one, and each column's own, where there is one."""
    tops = [(top, len(list(members))) for top, members in groupby(h.top for h in heads)]
    rows = [tops] if any(top for top, _ in tops) else []
    return rows + ([[(h.own, 1) for h in heads]] if any(h.own for h in heads) else [])


def split_cell(cell: str, sign: bool) -> tuple[str, str, str]:
    """(currency sign, digits, what closes them): "(1,234)" is ("$", "(1,234", ")")."""
    if not any(c.isdigit() for c in cell):
        return "", cell, ""
    money = "$" if sign and not cell.endswith("%") else ""
    return (money, cell[:-1], cell[-1]) if cell.endswith((")", "%")) else (money, cell, "")


def _broken(text: str, by: str) -> str:
    return escape(text).replace("\n", by)


_OLD_PAGE = (
    '<HTML><HEAD><TITLE>Press Release</TITLE></HEAD><BODY BGCOLOR="#FFFFFF">\n<P ALIGN="RIGHT"><B>Exhibit 99.1</B></P>\n',
    "\n</BODY></HTML>\n",
)
_NEW_PAGE = ('<html><head><title>Document</title></head><body><div style="text-align:right">Exhibit 99.1</div>', "</body></html>\n")

LAYOUTS: Mapping[str, Layout] = {
    "typewriter": Layout(lambda s: _set_text(s, Typing(marks=True)), "txt"),
    "leaders": Layout(lambda s: _set_text(s, Typing(leaders=True)), "txt"),
    "narrow": Layout(lambda s: _set_text(s, Typing(stub=27)), "txt"),
    "hanging": Layout(lambda s: _set_text(s, Typing(marks=True, stub=30, hanging=True)), "txt"),
    "preformatted": Layout(lambda s: f"<HTML><BODY><PRE>{escape(_set_text(s, Typing(stub=36)), quote=False)}</PRE></BODY></HTML>", "htm"),
    "wordprocessor": Layout(lambda s: _set_html(s, _old_words, _old_table, _OLD_PAGE), "htm"),
    "styled": Layout(lambda s: _set_html(s, _new_words, _new_table, _NEW_PAGE), "htm"),
    "joined": Layout(lambda s: _set_html(s, _new_words, lambda t: _new_table(t, joined=True), _NEW_PAGE), "htm"),
}
"""Layouts by name; "joined" is the styled one with sign, digits and parenthesis in one cell, the first five are typed."""


def list_layouts() -> Iterable[str]:
    """The names of all layouts."""
    return LAYOUTS
