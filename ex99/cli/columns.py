"""The columns of the tables for people: what is shown of each kind of row."""

from __future__ import annotations

from rich.text import Text

from ex99.cli.tables import Column
from ex99.cli.words import clip, duration_word, exact_number, odd_unit
from ex99.filings.filing import FILING_STATES
from ex99.storage.rows import DocumentRow, FigureRow, FilingRow, GuidanceRow, ReleaseRow

_STATE_STYLES: dict[str, str] = {
    "archived": "green", "no_release": "dim", "failed": "red", "listed": "yellow", "outside": "dim", "paper": "dim"
}  # fmt: skip


def _state(row: FilingRow) -> Text:
    return Text(row.state, style=_STATE_STYLES.get(row.state, ""))


def _why(row: FilingRow) -> str:
    return "" if row.state == "archived" else row.note or row.reason or FILING_STATES[row.state]


def _basis(metric: str, basis: str) -> str:
    return metric if basis == "gaap" else f"{metric} ({basis})"


def _period(row: ReleaseRow) -> str:
    if row.fiscal_quarter:
        return f"Q{row.fiscal_quarter} {row.fiscal_year or ''}".strip()
    return str(row.fiscal_year or "")


def _heading(row: ReleaseRow) -> Text:
    if row.error_code is not None:
        return Text(f"{row.error_message} ({row.error_code})", style="red")
    return Text(clip(row.headline or "", 120))


def _range(row: GuidanceRow) -> str:
    low, high = exact_number(row.low, row.unit), exact_number(row.high, row.unit)
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"at least {low}" if low else f"up to {high}" if high else ""


FILINGS: list[Column[FilingRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("accession", lambda r: r.accession),
    Column("form", lambda r: r.form),
    Column("items", lambda r: ",".join(r.items), least=9, rank=2),
    Column("company", lambda r: r.company, least=14, rank=3, hide="same"),
    Column("state", _state),
    Column("why", _why, style="dim", least=14, rank=1, hide="empty"),
]
DOCUMENTS: list[Column[DocumentRow]] = [
    Column("accession", lambda r: r.accession),
    Column("no", lambda r: f"#{r.sequence}", justify="right"),
    Column("type", lambda r: r.type),
    Column("file", lambda r: r.filename, least=12),
    Column("description", lambda r: clip(r.description or "", 60), least=12, rank=2, hide="empty"),
    Column("bytes", lambda r: f"{r.size:,}", justify="right", rank=1),
    Column("kept", lambda r: "yes" if r.sha256 else "no"),
    Column("release", lambda r: "" if r.rank is None else str(r.rank + 1), justify="right", hide="empty"),
]
RELEASES: list[Column[ReleaseRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("accession", lambda r: r.accession),
    Column("company", lambda r: r.company or r.printed_company, least=14, rank=3, hide="same"),
    Column("kind", lambda r: r.kind, rank=1),
    Column("period", _period),
    Column("figures", lambda r: f"{r.figures:,}", justify="right", rank=2),
    Column("headline", _heading, least=20),
]
FIGURES: list[Column[FigureRow]] = [
    Column("filed", lambda r: str(r.filing_date), rank=1),
    Column("company", lambda r: r.company, least=14, rank=2, hide="same"),
    Column("metric", lambda r: _basis(r.metric, r.basis), least=16),
    Column("duration", lambda r: duration_word(r.duration)),
    Column("ended", lambda r: str(r.period_end) if r.period_end else "?"),
    Column("value", lambda r: exact_number(r.value, r.unit), justify="right"),
    Column("unit", lambda r: odd_unit(r.unit), style="dim", hide="empty"),
    Column("grade", lambda r: r.grade, hide="empty", rank=3),
    Column("words", lambda r: clip(_words(r), 60), style="dim", least=16),
]
GUIDANCE: list[Column[GuidanceRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("company", lambda r: r.company, least=14, rank=1, hide="same"),
    Column("metric", lambda r: clip(_basis(r.metric, r.basis), 40), least=16),
    Column("for", lambda r: clip(r.period or "", 30), least=10),
    Column("outlook", _range, justify="right"),
    Column("unit", lambda r: r.unit, style="dim"),
    Column("action", lambda r: r.action, rank=2, hide="empty"),
]


def _words(row: FigureRow) -> str:
    """The words of a figure, with its row's label where it stands in a table: "Net sales | 4,085"."""
    label = (row.source.row or "").rsplit(" > ", 1)[-1]
    return f"{label} | {row.source.text}" if label else row.source.text
