"""`ex99 why`: from a number straight to its words, its page at EDGAR, and what else is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from ex99.asking import read_day
from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import Archive, Json
from ex99.cli.query import Basis, Duration, reading
from ex99.cli.words import clip, duration_word, exact_number
from ex99.filings.values import same_value
from ex99.showing import Reason, read_reasons

_CONTEXT = 160


@command(
    "why",
    [
        "ex99 why AAPL revenue                             the latest release's quarter",
        "ex99 why 0000320193-24-000005 eps_diluted         of one filing",
        "ex99 why AAPL net_income --period 2010-03-27      what every release said of a period",
    ],
    panel="Read",
)
def why(
    *,
    word: Annotated[str, typer.Argument(metavar="ACCESSION|COMPANY", help="A filing, or a company for its latest release.")],
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="revenue, eps_diluted ...")],
    period: Annotated[
        str | None, typer.Option("--period", "-p", metavar="DATE", help="The period's last day; else all that the release reports.")
    ] = None,
    basis: Basis = None,
    duration: Duration = None,
    json: Json = False,
    archive: Archive = None,
) -> None:
    """Say where a figure comes from: its words and row, its page at EDGAR, further mentions, and what other releases say of the period.

    With a company and a period, the release that reported the period first; else the company's latest release of that metric.
    """
    with reading(archive) as opened:
        end = read_day(period, "--period", last=True)
        reasons = read_reasons(opened.storage, word, metric, period_end=end, basis=basis, duration=duration)
    if json:
        for reason in reasons:
            output.print_json(reason)
        return
    print_reasons(reasons)


def print_reasons(reasons: Sequence[Reason]) -> None:
    """Print where figures come from, one below the other."""
    out = output.stdout()
    for number, reason in enumerate(reasons):
        figure, source = reason.figure, reason.figure.source
        if number:
            out.print()
        name = figure.metric if figure.basis == "gaap" else f"{figure.metric} ({figure.basis})"
        value = f"{exact_number(figure.value, figure.unit)} {figure.unit}"
        out.print(Text(f"{name}, {duration_word(figure.duration)} ended {figure.period_end or '?'}: {value}", style="bold"), soft_wrap=True)
        filed = f"{figure.company or ''} {figure.form} filed {figure.filing_date}, {figure.accession}"
        out.print(Text(f"  {filed}", style="dim"), soft_wrap=True)
        out.print(Text(f"  {reason.url}", style="dim"), soft_wrap=True)
        place = [f"table {source.table}" if source.table is not None else "the text", source.row or "", source.column or ""]
        _say("read from", " | ".join(part for part in place if part))
        _say("words", mark_words(reason.context, source.text))
        if figure.precision is not None:
            _say("exact to", exact_number(figure.precision, figure.unit))
        if figure.grade or figure.support:
            _say("grade", " ".join(part for part in (figure.grade or "", ", ".join(figure.support)) if part))
        if figure.rules:
            _say("rules", ", ".join(figure.rules))
        if figure.qualifier:
            _say("qualifier", figure.qualifier)
        for mention in reason.mentions:
            _say("also", mark_words(mention.context, mention.text))
        for other in reason.others:
            said = f"{exact_number(other.value, other.unit)} {other.unit} ({clip(other.source.text, 40)})"
            _say(f"{other.filing_date}", f"{said}, {other.accession}{'' if same_value(figure, other) else ' differs'}")


def mark_words(context: str, words: str) -> Text:
    """A line of the release with the figure's words marked; of a long line the part around them."""
    wanted = " ".join(words.split())
    at = max(context.find(wanted), 0)
    start = max(0, at - _CONTEXT // 2) if len(context) > _CONTEXT else 0
    start = context.rfind(" ", 0, start) + 1 if start else 0
    text = Text(("… " if start else "") + clip(context[start:], _CONTEXT))
    text.highlight_words([wanted], "bold black on green")
    return text


def _say(label: str, words: str | Text) -> None:
    if words:
        output.stdout().print(Text.assemble((f"  {label:<11}", "dim"), words), soft_wrap=True)
