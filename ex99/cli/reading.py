"""`ex99 status`, `ex99 show` and `ex99 search`: what the archive holds, one release, and words in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.blocks import print_hits
from ex99.cli.layout import lay_out
from ex99.cli.options import Archive, Company, Csv, ExcelSafe, Json, Since, Until, choose_format
from ex99.cli.query import Kind, reading
from ex99.cli.summary import print_figures
from ex99.cli.tables import Column, print_table
from ex99.cli.words import clock, count_of
from ex99.crawler.events import FAULT_CODES
from ex99.filings.filing import CHOICE_REASONS
from ex99.showing import Mark, ShownRelease, read_shown_release
from ex99.storage.rows import CompanyStatus, Status

_MARK_STYLES: dict[str, str] = {
    "safe_harbor": "italic",
    "statement": "underline",
    "guidance": "bold white on magenta",
    "mention": "black on cyan",
    "figure": "bold black on green",
}
_LEGEND: dict[str, str] = {
    "figure": "figure",
    "mention": "said again",
    "guidance": "outlook",
    "statement": "forward-looking",
    "safe_harbor": "safe harbor",
}
_SAID: dict[str, str] = {
    "labels": "{...}: what the words before it were read as, how sure (A, B or C), and what confirms it",
    "figures": "<- ...: what was read from the figures of the line",
}
COMPANIES: list[Column[CompanyStatus]] = [
    Column("cik", lambda r: str(r.cik), justify="right"),
    Column("company", lambda r: r.name, least=10),
    Column("filings", lambda r: f"{r.filings:,}", justify="right"),
    Column("archived", lambda r: f"{r.archived:,}", justify="right"),
    Column("no release", lambda r: f"{r.no_release:,}", justify="right"),
    Column("failed", lambda r: f"{r.failed:,}", justify="right"),
    Column("to fetch", lambda r: f"{r.listed:,}", justify="right"),
    Column("outside", lambda r: f"{r.outside:,}", justify="right"),
    Column("paper", lambda r: f"{r.paper:,}" if r.paper else "", justify="right", hide="empty"),
]
_STATE_WORDS: dict[str, str] = {
    "archived": "archived with a press release",
    "no_release": "archived, without a press release",
    "failed": "failed; `ex99 crawl --retry-failed` tries again",
    "listed": "still to fetch; the same `ex99 crawl` once more takes them",
    "outside": "outside the filter; `ex99 crawl` without it, or with a wider one, takes them",
    "paper": "on paper: EDGAR has no bytes of them",
}


@command("status", ["ex99 status", "ex99 status --json"], panel="Read")
def status(json: Json = False, archive: Archive = None) -> None:
    """Account for every filing that the archive knows: archived, without a release, failed (and why), still to fetch, outside a filter."""
    with reading(archive) as opened:
        told = opened.status()
        if json:
            output.print_json(told)
        else:
            _print_status(told)


def _describe_reason(code: str) -> str:
    return {**CHOICE_REASONS, **FAULT_CODES}.get(code, code)


def _print_status(told: Status) -> None:
    out = output.stdout()
    out.print(Text(f"{count_of(told.filings, 'filing')} of {count_of(told.companies, 'company', 'companies')}", style="bold"))
    for state, words in _STATE_WORDS.items():
        if number := told.count(state):
            out.print(Text(f"  {number:>8,}  {words}"), soft_wrap=True)
            reasons = [line for line in told.states if line.state == state and line.reason]
            for line in sorted(reasons, key=lambda line: -line.filings):
                out.print(Text(f"  {line.filings:>10,}  {_describe_reason(line.reason or '')}", style="dim"), soft_wrap=True)
    out.print(Text(f"{count_of(told.releases, 'press release')}", style="bold"))
    parts = [(told.parsed, "parsed"), (told.unparsed, "not yet parsed; `ex99 reparse` does"), (told.parse_errors, "could not be parsed")]
    for number, words in parts:
        if number:
            out.print(Text(f"  {number:>8,}  {words}"), soft_wrap=True)
    for code, number in told.error_codes:
        out.print(Text(f"  {number:>10,}  {code}", style="dim"), soft_wrap=True)
    if told.stale:
        out.print(Text(f"  {told.stale:>8,}  by another parser version; `ex99 reparse --diff` renews them", style="yellow"), soft_wrap=True)
    out.print(Text(f"{count_of(told.figures, 'figure')}", style="bold"))
    if not told.filings:
        output.note("the archive is empty: `ex99 crawl` and `ex99 import` fill it")
    if told.by_company:
        out.print()
        print_table(out, COMPANIES, told.by_company)


@command(
    "show",
    [
        "ex99 show 0000320193-24-000005             the release, its figures marked",
        "ex99 show AAPL                             a company's latest one; an address at EDGAR does as well",
        "ex99 show 0000320193-24-000005 --labels    figures named behind their words, also without colours",
        "ex99 show 0000320193-24-000005 --figures | less -S",
        "ex99 show 0000320193-24-000005 --exhibit 99.2   another document of the filing; `ex99 query documents` lists them",
    ],
    panel="Read",
)
def show(
    accession: Annotated[
        str, typer.Argument(metavar="ACCESSION", help="The filing's accession number or address, or a company for its latest release.")
    ],
    labels: Annotated[
        bool, typer.Option("--labels", metavar=" ", help="Name every figure behind its words: $4.1 million{revenue quarter 2005-09-30}.")
    ] = False,
    figures: Annotated[
        bool, typer.Option("--figures", metavar=" ", help="Name the figures at the end of the line that they were read from.")
    ] = False,
    exhibit: Annotated[
        str,
        typer.Option("--exhibit", metavar="WORD", help="Of several releases the second (2); or any document: 99.2, 8-K, its file's name."),
    ] = "1",
    archive: Archive = None,
) -> None:
    """Show a filing's press release with its figures highlighted where they were read, its tables aligned, and list the figures below."""
    with reading(archive) as opened:
        shown = read_shown_release(opened.storage, accession, exhibit)
    out = output.stdout()
    filing, document = shown.filing, shown.document
    items = f", items {', '.join(filing.items)}" if filing.items else ""
    out.print(Text(f"{filing.company or ''}  {filing.form} filed {filing.filing_date}{items}".strip(), style="bold"), soft_wrap=True)
    accepted = f", accepted {clock(filing.acceptance)}" if filing.acceptance else ""
    out.print(Text(f"{filing.accession} {document.type} {document.filename or ''}{accepted}", style="dim"), soft_wrap=True)
    if out.is_terminal:
        out.print(Text("  ").join(Text(words, style=_MARK_STYLES[role]) for role, words in _LEGEND.items()))
    for said, meaning in _SAID.items():
        if {"labels": labels, "figures": figures}[said]:
            output.note(meaning)
    out.print()
    out.print(mark_text(shown, labels=labels, figures=figures), soft_wrap=True)
    print_figures(shown.figures)
    if shown.release is None:
        output.note("not parsed for figures; `ex99 reparse --exhibits 99,8-K` reads such documents")
    for warning in shown.release.warnings if shown.release else ():
        out.print(Text.assemble((f"{warning.code}: ", "yellow"), warning.message), soft_wrap=True)
    if shown.others:
        other = int(exhibit) % (shown.others + 1) + 1 if exhibit.isdecimal() else 1
        output.note(f"this filing has {count_of(shown.others, 'further press release')}; --exhibit {other} shows another")


def mark_text(shown: ShownRelease, *, labels: bool = False, figures: bool = False) -> Text:
    """The release's text laid out, its marked stretches styled, and with ``labels`` or ``figures`` named behind words or lines."""
    marks = list(shown.marks())
    named = [mark for mark in marks if mark.role in ("figure", "mention", "guidance")]

    def cut(start: int, end: int) -> Text:
        piece = Text(shown.text[start:end])
        for mark in marks:
            if mark.start < end and mark.end > start:
                piece.stylize(_MARK_STYLES[mark.role], max(mark.start - start, 0), mark.end - start)
        return _with_labels(piece, start, named) if labels else piece

    def note(start: int, end: int) -> Text:
        told: dict[str, list[str]] = {}
        for mark in named if figures else ():
            if start <= mark.start < end:
                what, _, when = mark.label.rpartition(" ")
                told.setdefault(what, []).append(when)
        words = "; ".join(f"{what} {', '.join(dict.fromkeys(ends))}" for what, ends in told.items())
        return Text(f"   <- {words}", style="dim") if told else Text()

    return lay_out(shown.text, shown.tables, cut, note)


def _with_labels(piece: Text, start: int, named: Sequence[Mark]) -> Text:
    ends: dict[int, list[str]] = {}
    for mark in named:
        if start < mark.end <= start + len(piece):
            ends.setdefault(mark.end - start, []).append(mark.label)
    labelled = Text()
    cuts = sorted(ends)
    for number, part in enumerate(piece.divide(cuts)):
        labelled.append_text(part)
        if number < len(cuts):
            labelled.append("{" + "; ".join(dict.fromkeys(ends[cuts[number]])) + "}", style="dim")
    return labelled


@command(
    "search",
    [
        'ex99 search "supply constraints"           both words',
        "ex99 search 'restat* liquidity'             any word that begins so",
        "ex99 search '\"record revenue\" -services'   a phrase, without a word",
        "ex99 search dividend --company AAPL --since 2020",
    ],
    panel="Read",
)
def search(
    *,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='Words that must all occur; "quoted phrase", -without, or, begin*.')],
    company: Company = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    csv: Csv = False,
    excel_safe: ExcelSafe = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="NUMBER", help="At most so many releases.")] = 20,
    archive: Archive = None,
) -> None:
    """Search the text of all press releases; the best match first."""
    with reading(archive) as opened:
        hits = opened.search(" ".join(words), company, since=since, until=until, kind=kind, limit=limit)
        form = choose_format(json, csv, excel_safe)
        if form is output.Format.PEOPLE:
            print_hits(hits, f"no release holds {' '.join(words)!r}")
        else:
            output.print_rows(hits, [], form, limit=0, nothing="")
