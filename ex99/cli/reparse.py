"""`ex99 reparse`: stored exhibits through the parser again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import FILTER, OUTPUT, PARSING, Archive, Company, Exhibits, Json, load_settings
from ex99.cli.parsing_step import print_losses, run_parse_step
from ex99.cli.words import count_of, exact_number
from ex99.companies import find_ciks
from ex99.errors import Losses
from ex99.opening import open_storage
from ex99.reparse import ReparseReport
from ex99.storage.rows import FigureRow, ReleaseDiff


@command(
    "reparse",
    [
        "ex99 reparse                    what this parser version has not seen",
        "ex99 reparse --diff             and list what changed, gained, lost",
        "ex99 reparse --all --jobs 2     everything again",
        "ex99 reparse --scheduler tcp://HOST:8786   on your Dask cluster",
    ],
    panel="Fill",
)
def reparse(
    *,
    company: Company = None,
    everything: Annotated[
        bool, typer.Option("--all", metavar=" ", help="Everything, not only what is outdated.", rich_help_panel=FILTER)
    ] = False,
    failed: Annotated[
        bool, typer.Option("--failed", metavar=" ", help="Also those that killed the parser or ran out of time.", rich_help_panel=FILTER)
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", metavar=" ", help="List what changed, was gained and was lost against the result before.", rich_help_panel=OUTPUT
        ),
    ] = False,
    exhibits: Exhibits = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=0,
            metavar="NUMBER",
            help="Parser processes; 0 means one a core.",
            show_default=False,
            rich_help_panel=PARSING,
        ),
    ] = None,
    executor: Annotated[
        str,
        typer.Option(
            "--executor",
            metavar="processes|dask",
            help="Where to parse: processes of this machine (as always), or a Dask cluster, made on the spot without --scheduler.",
            show_default=False,
            rich_help_panel=PARSING,
        ),
    ] = "",
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler", metavar="ADDRESS", help="A Dask scheduler, such as tcp://HOST:8786.", show_default=False, rich_help_panel=PARSING
        ),
    ] = "",
    seconds: Annotated[
        float, typer.Option("--timeout", min=0.1, metavar="NUMBER", help="Seconds that one exhibit may take.", rich_help_panel=PARSING)
    ] = 60.0,
    json: Json = False,
    archive: Archive = None,
) -> None:
    """Parse the archived exhibits that the present parser version has not seen; nothing is fetched.

    Earlier versions' results are kept. An exhibit that crashes the parser or takes too long is listed, and the others are still done.
    """
    settings = load_settings(archive, exhibits)
    if jobs is not None:
        settings = settings.model_copy(update={"parse_workers": jobs})
    with open_storage(settings, create=False) as storage:
        ciks = find_ciks(storage, company)
        where = {"executor": executor, "scheduler": scheduler}
        report = run_parse_step(storage, settings, ciks=ciks, everything=everything, failed=failed, diff=diff, seconds=seconds, **where)
    if json:
        output.print_json(report)
    else:
        print_reparse_report(report, diff=diff)
    if report.losses:
        raise Losses


def print_reparse_report(report: ReparseReport, *, diff: bool) -> None:
    """Print how a parser run went, and with ``diff`` every change."""
    if not report.parsed and not report.losses and not report.elsewhere:
        output.stdout().print(Text(f"nothing to parse: every release has its result of parser version {report.version}"), soft_wrap=True)
        return
    print_losses(report)
    if diff:
        print_diffs(report.diffs)


def print_diffs(diffs: Sequence[ReleaseDiff]) -> None:
    """Print what changed, document by document, and the sum."""
    out = output.stdout()
    if not diffs:
        out.print("no differences")
        return
    for document in diffs:
        out.print(Text(document.accession, style="bold"))
        for name, old, new in document.fields:
            out.print(Text(f"  ~ {name}: {old or '(none)'} -> {new or '(none)'}", style="yellow"), soft_wrap=True)
        for change in document.changed:
            line = f"  ~ {_figure(change.before)} -> {exact_number(change.after.value, change.after.unit)}"
            out.print(Text(line, style="yellow"), soft_wrap=True)
        for figure in document.gained:
            out.print(Text(f"  + {_figure(figure)}", style="green"), soft_wrap=True)
        for figure in document.lost:
            out.print(Text(f"  - {_figure(figure)}", style="red"), soft_wrap=True)
    sums = [sum(len(part) for part in parts) for parts in zip(*((d.changed, d.gained, d.lost) for d in diffs), strict=True)]
    words = f"{sums[0]:,} changed, {sums[1]:,} gained, {sums[2]:,} lost in {count_of(len(diffs), 'release')}"
    out.print(Text(words, style="bold"), soft_wrap=True)


def _figure(row: FigureRow) -> str:
    basis = "" if row.basis == "gaap" else f" ({row.basis})"
    return f"{row.metric}{basis} {row.duration} {row.period_end or '?'}: {exact_number(row.value, row.unit)} {row.unit}"
