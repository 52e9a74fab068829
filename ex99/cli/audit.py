"""`ex99 audit`: what of an archive one should look at by eye, without labels."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import FILTER, Archive, Csv, Json, Limit, Since, Until, choose_format
from ex99.cli.query import reading
from ex99.cli.tables import Column
from ex99.cli.words import duration_word, exact_number
from ex99.errors import Losses
from ex99.storage.audit import AUDIT_KINDS, AuditEntry

KINDS_HELP = f"{', '.join(AUDIT_KINDS)}; may be repeated (default: all)."


@command(
    "audit",
    [
        "ex99 audit",
        "ex99 audit AAPL MSFT --kind core_missing,differs",
        "ex99 audit --since 2020 --csv > look-at.csv",
        "ex99 audit --json | jq -r .kind | sort | uniq -c",
    ],
    panel="Look after",
)
def audit(
    *,
    companies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMPANY]...", help="Tickers, CIKs or names; all companies where none.", show_default=False),
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="WORD", help=KINDS_HELP, rich_help_panel=FILTER)] = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
    csv: Csv = False,
    limit: Limit = None,
    archive: Archive = None,
) -> None:
    """List what to look at by eye: releases that lack figures or contradict themselves, values that differ between releases, holes.

    Nothing is changed, and not every entry is a mistake. Exit code 1 where there is an entry, 0 where there is none.
    """
    form = choose_format(json, csv)
    with reading(archive) as opened:
        entries = opened.audit(companies or None, kind=kind, since=since, until=until)
        output.print_rows(entries, ENTRIES, form, limit=limit, nothing="nothing to look at")
        counts = Counter(entry.kind for entry in entries) if form is output.Format.PEOPLE else Counter()
        found = bool(counts) or (form is not output.Format.PEOPLE and bool(entries))
    for name, number in counts.items():
        output.note(f"{number:,} {name}: {AUDIT_KINDS[name]}")
    if found:
        raise Losses


ENTRIES: list[Column[AuditEntry]] = [
    Column("kind", lambda e: e.kind),
    Column("company", lambda e: e.company or str(e.cik or ""), hide="same", least=12),
    Column("filed", lambda e: str(e.filing_date or ""), style="dim"),
    Column("accession", lambda e: e.accession or "", style="dim", rank=1),
    Column("metric", lambda e: "" if e.metric is None else e.metric if e.basis == "gaap" else f"{e.metric} ({e.basis})", hide="empty"),
    Column("period", lambda e: duration_word(e.duration) if e.duration else "", hide="empty"),
    Column("ended", lambda e: str(e.period_end or ""), hide="empty"),
    Column("value", lambda e: exact_number(e.value, e.unit or ""), justify="right", hide="empty"),
    Column("other", lambda e: exact_number(e.other, e.unit or ""), justify="right", hide="empty"),
    Column("filed in", lambda e: e.other_accession or "", style="dim", rank=2, hide="empty"),
    Column("words", lambda e: e.words, least=20),
]
