"""`ex99 query`: filings, documents, releases, figures, guidance and passages, by filters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import typer

from ex99.api import Archive as OpenArchive
from ex99.cli import output
from ex99.cli.app import app, command, list_examples
from ex99.cli.blocks import print_passages
from ex99.cli.columns import DOCUMENTS, FIGURES, FILINGS, GUIDANCE, RELEASES
from ex99.cli.filters import with_filters
from ex99.cli.options import FILTER, Archive, Csv, ExcelSafe, Json, Limit, choose_format, load_settings
from ex99.cli.tables import Column
from ex99.opening import open_storage
from ex99.questions import DocumentQuestion, FigureQuestion, FilingQuestion, GuidanceQuestion, PassageQuestion, ReleaseQuestion
from ex99.rows import Rows

T = TypeVar("T")

query = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
app.add_typer(
    query,
    name="query",
    rich_help_panel="Read",
    help="Ask the archive for filings, documents, releases, figures, guidance or passages: a table, --json or --csv.",
    epilog=list_examples(
        ["ex99 query figures --company AAPL --metric revenue --since 2020", "ex99 query passages --kind safe_harbor --json"]
    ),
)

Metric = Annotated[
    list[str] | None,
    typer.Option("--metric", "-m", metavar="WORD", help="revenue, net_income, eps_diluted ...; may be repeated.", rich_help_panel=FILTER),
]
Basis = Annotated[str | None, typer.Option("--basis", metavar="WORD", help="gaap or nongaap.", rich_help_panel=FILTER)]
Duration = Annotated[
    str | None,
    typer.Option("--duration", "-d", metavar="WORD", help="quarter, half, nine_months, year or instant.", rich_help_panel=FILTER),
]
Kind = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="WORD", help="Kind of release: results, guidance, acquisition ...", rich_help_panel=FILTER),
]


@contextmanager
def reading(archive: Any) -> Iterator[OpenArchive]:
    """The archive, opened for reading; a missing one is an error."""
    settings = load_settings(archive)
    with OpenArchive(open_storage(settings, create=False), settings) as opened:
        yield opened


def _show(rows: Rows[T], columns: list[Column[T]], form: output.Format, limit: int | None, what: str) -> None:
    output.print_rows(rows, columns, form, limit=limit, nothing=f"no {what}: nothing fits these filters")


@command(
    "filings",
    [
        "ex99 query filings --company AAPL --items 2.02",
        "ex99 query filings --state failed              what could not be fetched, and why",
        "ex99 query filings --since 2024 --csv > filings.csv",
    ],
    panel="Read",
    group=query,
)
@with_filters(FilingQuestion)
def filings(
    *, json: Json = False, csv: Csv = False, excel_safe: ExcelSafe = False, limit: Limit = None, archive: Archive = None, **asked: Any
) -> None:
    """List filings and where each stands: archived, without a release (and why), failed (and why), still to fetch, outside the filter."""
    with reading(archive) as opened:
        _show(opened.filings(**asked), FILINGS, choose_format(json, csv, excel_safe), limit, "filings")


@command(
    "documents",
    [
        "ex99 query documents --accession 0000320193-24-000005",
        "ex99 query documents --company AAPL --type 99.2 --since 2020    supplements and presentations",
    ],
    panel="Read",
    group=query,
)
@with_filters(DocumentQuestion)
def documents(
    *, json: Json = False, csv: Csv = False, excel_safe: ExcelSafe = False, limit: Limit = None, archive: Archive = None, **asked: Any
) -> None:
    """List the documents of filings: the 8-K and every exhibit, whether its bytes are kept, and which place it has as a press release."""
    with reading(archive) as opened:
        _show(opened.documents(**asked), DOCUMENTS, choose_format(json, csv, excel_safe), limit, "documents")


@command(
    "releases",
    [
        "ex99 query releases --company AAPL --kind results",
        "ex99 query releases --contains acquisition --since 2020",
        "ex99 query releases --errors                    what could not be parsed, and why",
    ],
    panel="Read",
    group=query,
)
@with_filters(ReleaseQuestion)
def releases(
    *, json: Json = False, csv: Csv = False, excel_safe: ExcelSafe = False, limit: Limit = None, archive: Archive = None, **asked: Any
) -> None:
    """List press releases as they were read: kind, headline, fiscal period, number of figures. --contains looks in the headline."""
    with reading(archive) as opened:
        _show(opened.releases(**asked), RELEASES, choose_format(json, csv, excel_safe), limit, "releases")


@command(
    "figures",
    [
        "ex99 query figures --company AAPL --metric revenue --duration quarter",
        "ex99 query figures --accession 0000320193-24-000005       every figure of one filing",
        "ex99 query figures --metric eps_diluted --basis nongaap --since 2024 --csv > eps.csv",
    ],
    panel="Read",
    group=query,
)
@with_filters(FigureQuestion)
def figures(
    *, json: Json = False, csv: Csv = False, excel_safe: ExcelSafe = False, limit: Limit = None, archive: Archive = None, **asked: Any
) -> None:
    """List reported figures, each with the words it was read from. --contains looks in these words."""
    with reading(archive) as opened:
        form = choose_format(json, csv, excel_safe)
        _show(opened.figures(mentions=form is output.Format.JSON, **asked), FIGURES, form, limit, "figures")


@command(
    "guidance",
    [
        "ex99 query guidance --company AAPL --since 2023",
        "ex99 query guidance --metric revenue --json",
    ],
    panel="Read",
    group=query,
)
@with_filters(GuidanceQuestion)
def guidance(
    *, json: Json = False, csv: Csv = False, excel_safe: ExcelSafe = False, limit: Limit = None, archive: Archive = None, **asked: Any
) -> None:
    """List numeric outlooks: low and high, for which period, raised or lowered where the release says so."""
    with reading(archive) as opened:
        _show(opened.guidance(**asked), GUIDANCE, choose_format(json, csv, excel_safe), limit, "guidance")


@command(
    "passages",
    [
        "ex99 query passages --company 49728 --kind safe_harbor",
        "ex99 query passages --kind statement --quantitative --since 2024",
    ],
    panel="Read",
    group=query,
)
@with_filters(PassageQuestion)
def passages(
    *, json: Json = False, csv: Csv = False, excel_safe: ExcelSafe = False, limit: Limit = None, archive: Archive = None, **asked: Any
) -> None:
    """List passages: safe harbors, forward-looking statements, headlines, contacts."""
    with reading(archive) as opened:
        rows, form = opened.passages(**asked), choose_format(json, csv, excel_safe)
        if form is output.Format.PEOPLE:
            print_passages(rows, limit)
        else:
            output.print_rows(rows, [], form, limit=limit, nothing="")
