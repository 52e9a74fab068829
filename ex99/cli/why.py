"""`ex99 parse --why`: each figure with how exact and how sure it is, what supports it, and the rules that made it."""

from __future__ import annotations

from rich.text import Text

from ex99.cli import output
from ex99.cli.tables import Column, print_table
from ex99.cli.words import clip, duration_word, exact_number
from ex99.filings.json_form import plain_decimal
from ex99.filings.release import Figure, Guidance, PressRelease
from ex99.parsing.joining.reported_period import OF_PERIOD


def print_reasons(release: PressRelease) -> None:
    """Print why each figure and outlook of a release is what it is."""
    out = output.stdout()
    for of, made in (("kind", release.kind), ("period", str(release.fiscal_period.end or ""))):
        told = [one for one in release.rules if one.startswith(OF_PERIOD) == (of == "period")]
        if told:
            out.print(Text.assemble((f"{of:<10}", "dim"), " ".join((made, *told))), soft_wrap=True)
    for columns, rows in ((FIGURES, release.figures), (OUTLOOKS, release.guidance)):
        if rows:
            out.print()
            print_table(out, columns, rows)  # type: ignore[misc]


FIGURES: list[Column[Figure]] = [
    Column("why", lambda f: f.metric if f.basis == "gaap" else f"{f.metric} ({f.basis})"),
    Column("period", lambda f: duration_word(f.duration)),
    Column("ended", lambda f: str(f.period_end or "?")),
    Column("value", lambda f: exact_number(f.value, f.unit), justify="right"),
    Column("to", lambda f: "" if f.precision is None else plain_decimal(f.precision), justify="right"),
    Column("grade", lambda f: f.grade, hide="empty"),
    Column("support", lambda f: " ".join(f.support), hide="empty"),
    Column("rules", lambda f: " ".join(f.rules), hide="empty"),
    Column("words", lambda f: clip(f.source.text, 40), style="dim", least=10, rank=1),
]
OUTLOOKS: list[Column[Guidance]] = [
    Column("why", lambda g: clip(g.metric, 40)),
    Column("for", lambda g: g.period, least=12),
    Column("rules", lambda g: " ".join(g.rules), hide="empty"),
    Column("words", lambda g: clip(g.source.text, 40), style="dim", least=10),
]
