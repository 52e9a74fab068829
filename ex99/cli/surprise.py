"""`ex99 surprise`: what was reported against what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import Archive, Csv, ExcelSafe, Json, Limit, choose_format
from ex99.cli.query import reading
from ex99.cli.tables import Column
from ex99.cli.words import exact_number, odd_unit
from ex99.errors import Losses, UserError
from ex99.metrics import check_metrics
from ex99.rows import Rows
from ex99.surprise.join import SurpriseRow


@command(
    "surprise",
    [
        "ex99 surprise AAPL                                   EPS against the same quarter a year before",
        "ex99 surprise --estimates mine.csv                   against your own estimates",
        "ex99 surprise --estimates mine.parquet --csv > s.csv  with acceptance times and trading sessions",
    ],
    panel="Read",
)
def surprise(
    *,
    companies: Annotated[
        list[str] | None, typer.Argument(metavar="[COMPANY]...", help="Tickers, CIKs or names.", show_default=False)
    ] = None,
    estimates: Annotated[
        Path | None,
        typer.Option("--estimates", "-e", metavar="FILE", help="CSV or Parquet: company, period, metric, value, as_of", show_default=False),
    ] = None,
    metric: Annotated[str, typer.Option("--metric", "-m", metavar="METRIC", help="Of the companies named.")] = "eps_diluted",
    json: Json = False,
    csv: Csv = False,
    excel_safe: ExcelSafe = False,
    limit: Limit = None,
    archive: Archive = None,
) -> None:
    """Compare first-reported figures with your estimates, or with the same quarter a year before, and say which session saw the release.

    Of several estimates those of the last day before the release count, by their median. The standardised surprise is the error over the
    standard deviation of up to eight earlier errors of the same kind. Estimates that meet no reported figure are listed (exit code 1).
    """
    form = choose_format(json, csv, excel_safe)
    (name,) = check_metrics([metric])
    if not companies and estimates is None:
        raise UserError("a surprise needs a company or a file of estimates", "for example: ex99 surprise AAPL, or --estimates mine.csv")
    from ex99.surprise import find_surprises, read_estimates

    with reading(archive) as opened:
        lines = [] if estimates is None else read_estimates(estimates)
        report = find_surprises(opened.storage, lines, companies or (), name)
    output.print_rows(Rows(lambda: report.rows, SurpriseRow), SURPRISES, form, limit=limit, nothing="no figure to compare")
    for loss in report.losses:
        output.note(f"{estimates}, line {loss.line}: {loss.reason}", style="yellow")
    if report.losses:
        raise Losses


SURPRISES: list[Column[SurpriseRow]] = [
    Column("company", lambda r: r.company or str(r.cik), hide="same", least=12),
    Column("metric", lambda r: r.metric if r.basis == "gaap" else f"{r.metric} ({r.basis})", hide="same"),
    Column("ended", lambda r: str(r.period_end)),
    Column("actual", lambda r: exact_number(r.actual, r.unit), justify="right"),
    Column("unit", lambda r: odd_unit(r.unit), style="dim", hide="empty"),
    Column("expected", lambda r: exact_number(r.expected, r.unit), justify="right"),
    Column("by", lambda r: r.model, style="dim"),
    Column("surprise", lambda r: exact_number(r.surprise, r.unit), justify="right"),
    Column("", lambda r: "" if r.relative is None else f"{r.relative:+.1%}", justify="right", hide="empty"),
    Column("standard", lambda r: "" if r.standardised is None else f"{r.standardised:+.2f}", justify="right", hide="empty"),
    Column("session", lambda r: (r.session or "").replace("_", " "), rank=1),
    Column("trading day", lambda r: str(r.trading_day or ""), rank=2),
    Column("accession", lambda r: r.accession, style="dim", rank=3),
]
