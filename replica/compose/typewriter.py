"""The style of the 1990s: lines of a typewriter, <PAGE> marks, ASCII tables under <CAPTION>, <S> and <C>."""

from __future__ import annotations

import textwrap
from itertools import groupby

from ex99.replica.compose.content import Column, Cover, Release, Row, Statement, print_value
from ex99.replica.compose.fiscal import spell

_LABEL = 40
_WIDTH = 78


def set_release(release: Release) -> str:
    """A release as text."""
    blocks = [
        "<PAGE>\n" + f"{'EXHIBIT 99.1':>{_WIDTH}}",
        f"FOR IMMEDIATE RELEASE\n\nContact:  {release.contacts[0]}\n          {release.contacts[-1]}",
        "-" * _WIDTH,
        _centre(release.headline.upper()),
    ]
    if release.subhead:
        blocks.append(_centre(release.subhead))
    first, *rest = release.paragraphs
    blocks.append(_paragraph(f"{release.place}--{spell(release.day)}--{first}"))
    blocks += map(_paragraph, rest)
    blocks += [textwrap.fill(f"- {bullet}", _WIDTH, initial_indent="  ", subsequent_indent="    ") for bullet in release.bullets]
    blocks += map(_paragraph, release.outlook)
    if release.call:
        blocks.append(_paragraph(release.call))
    blocks += [_paragraph(release.about), _paragraph(release.safe_harbor)]
    blocks += [_table(release.company, statement, page) for page, statement in enumerate(release.statements, 2)]
    blocks.append(f"{'# # #':^{_WIDTH}}")
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def set_cover(cover: Cover) -> str:
    """An 8-K's own document as text."""
    rule = "-" * 60
    parts = [
        f"{'SECURITIES AND EXCHANGE COMMISSION':^{_WIDTH}}\n{'WASHINGTON, D.C. 20549':^{_WIDTH}}\n\n{f'FORM {cover.form}':^{_WIDTH}}\n\n"
        f"{'CURRENT REPORT':^{_WIDTH}}",
        f"{f'Date of Report (Date of earliest event reported): {spell(cover.day)}':^{_WIDTH}}",
        f"{cover.company.upper():^{_WIDTH}}\n{rule:^{_WIDTH}}\n{'(Exact name of registrant as specified in its charter)':^{_WIDTH}}",
        f"{cover.place:^{_WIDTH}}",
        "-" * _WIDTH,
    ]
    for number, title, words in cover.items:
        parts.append(f"Item {number}.  {title}\n\n{_paragraph(words)}")
    if cover.exhibits:
        parts.append("\n".join(f"          {number:<10}{words}" for number, words in cover.exhibits))
    parts.append(f"{'SIGNATURE':^{_WIDTH}}\n\n{_paragraph(f'The registrant has had this report signed on its behalf. {cover.signer}')}")
    return "\n\n".join(parts) + "\n"


def _table(company: str, statement: Statement, page: int) -> str:
    gap, width = 2, 13
    lines = [_centre(text) for text in (company.upper(), statement.title.upper(), statement.note, "(Unaudited)")]
    lines += ["", "<TABLE>", "<CAPTION>"]
    lines += _header(statement.columns, width, gap)
    lines.append(f"{'<S>':<{_LABEL}}" + "".join(f"{'':{gap}}{'<C>':<{width}}" for _ in statement.columns))
    for row in statement.rows:
        if row.total:
            lines.append(" " * _LABEL + "".join(f"{'':{gap}}{'-' * width}" for _ in statement.columns))
        lines += _row(row, width, gap)
    lines += [" " * _LABEL + "".join(f"{'':{gap}}{'=' * width}" for _ in statement.columns), "</TABLE>"]
    return f"<PAGE>\n{page:>{_WIDTH}}\n" + "\n".join(line.rstrip() for line in lines)


def _header(columns: tuple[Column, ...], width: int, gap: int) -> list[str]:
    """The period over its columns; below it the day once where the columns share it, else over each; then the years."""
    spans, days, rules = [], [], []
    for words, group in groupby(columns, key=lambda c: c.words):
        members = list(group)
        span = len(members) * (width + gap) - gap
        named = [f"{c.end:%B} {c.end.day}," for c in members]
        spans.append(f"{'':{gap}}{words:^{span}}")
        if len(set(named)) == 1:
            days.append(f"{'':{gap}}{named[0]:^{span}}")
        else:
            days += [f"{'':{gap}}{day:^{width}}" for day in named]
        rules.append(f"{'':{gap}}{'-' * span}")
    years = "".join(f"{'':{gap}}{c.end.year:^{width}}" for c in columns)
    lines = ["".join(spans), "".join(days), "".join(rules), years, "".join(f"{'':{gap}}{'-' * width}" for _ in columns)]
    return [" " * _LABEL + line for line in lines if line.strip()]


def _row(row: Row, width: int, gap: int) -> list[str]:
    label = textwrap.wrap(row.label, _LABEL - 2 * row.indent - 1, subsequent_indent="  ")
    label = [" " * (2 * row.indent) + line for line in label]
    cells = []
    for value in row.values:
        text = print_value(row, value)
        text += "" if text.endswith(")") else " "
        cells.append(f"${text:>{width - 1}}" if row.dollar and text.strip() else f"{text:>{width}}")
    return [*label[:-1], f"{label[-1]:<{_LABEL}}" + "".join(" " * gap + cell for cell in cells)]


def _paragraph(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="     ") if text else ""


def _centre(text: str) -> str:
    return "\n".join(f"{line:^{_WIDTH}}".rstrip() for line in textwrap.wrap(text, 60))
