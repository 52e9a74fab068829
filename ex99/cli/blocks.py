"""Rows whose point is a stretch of text, for people: a line that says where it stands, and the text below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from rich.text import Text

from ex99.cli import output
from ex99.storage.rows import PassageRow, SearchHit

T = TypeVar("T")
_WIDE = 100


def print_passages(rows: Iterable[PassageRow], limit: int | None) -> None:
    """Print passages one below the other."""
    for row in _limited(rows, limit, "no passages: nothing fits these filters"):
        facts = [str(row.filing_date), row.accession, row.company or "", f"{row.source.start}-{row.source.end}"]
        kind = row.kind.replace("_", " ") + (", with numbers" if row.quantitative else "") + (f", {row.horizon}" if row.horizon else "")
        _print_block(Text.assemble((f"{kind}  ", "bold"), ("  ".join(filter(None, facts)), "dim")), Text(" ".join(row.source.text.split())))


def print_hits(rows: Iterable[SearchHit], nothing: str) -> None:
    """Print what a search found, the words looked for in bold."""
    for row in _limited(rows, 0, nothing):
        facts = [str(row.filing_date), row.accession, row.company or "", (row.kind or "").replace("_", " ")]
        heading = Text.assemble((" ".join((row.headline or "").split()), "bold"), "\n", ("  ".join(filter(None, facts)), "dim"))
        _print_block(heading, mark_snippet(row.snippet))


def mark_snippet(snippet: str) -> Text:
    """A snippet whose [found words] are bold, without the brackets in a terminal that shows it."""
    text = Text()
    for number, part in enumerate(" ".join(snippet.split()).split("[")):
        found, bracket, rest = part.partition("]")
        if number and bracket:
            text.append(found, style="bold yellow")
            text.append(rest)
        else:
            text.append(("[" if number else "") + part)
    return text


def _limited(rows: Iterable[T], limit: int | None, nothing: str) -> Iterator[T]:
    iterator = iter(rows)
    count = 0
    for row in islice(iterator, output.FIRST if limit is None else limit or None):
        count += 1
        yield row
    if not count:
        output.note(nothing, "yellow")
    elif limit is None and next(iterator, None) is not None:
        output.note(f"the first {output.FIRST}; --limit 0 shows all")


def _print_block(heading: Text, body: Text) -> None:
    out = output.stdout()
    out.print(heading, soft_wrap=not out.is_terminal)
    for line in body.wrap(out, min(out.width, _WIDE) - 2):
        line.rstrip()
        out.print(Text("  ").append_text(line), soft_wrap=True)
    out.print()
