"""The columns of the tables for people: what is shown of each kind of row."""

from __future__ import annotations

from rich.text import Text

from ex99.cli.output import Column
from ex99.cli.words import clip, exact_number
from storage.rows import FigureRow, FilingRow, GuidanceRow, PassageRow, ReleaseRow, SearchHit

_STATE_STYLES: dict[str, str] = {"archived": "green", "no_release": "dim", "failed": "red", "listed": "yellow"}


def _state(row: FilingRow) -> Text:
    return Text(row.state, style=_STATE_STYLES.get(row.state, ""))


def _why(row: FilingRow) -> str:
    return "" if row.state == "archived" else row.note or row.reason or ""


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
    low, high = exact_number(row.low), exact_number(row.high)
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"at least {low}" if low else f"up to {high}" if high else ""


FILINGS: list[Column[FilingRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("accession", lambda r: r.accession),
    Column("form", lambda r: r.form),
    Column("items", lambda r: ",".join(r.items), flexible=True),
    Column("company", lambda r: clip(r.company or "", 28), flexible=True),
    Column("state", _state),
    Column("why", _why, style="dim", flexible=True),
]
RELEASES: list[Column[ReleaseRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("accession", lambda r: r.accession),
    Column("kind", lambda r: r.kind),
    Column("period", _period),
    Column("figures", lambda r: f"{r.figures:,}", justify="right"),
    Column("headline", _heading, flexible=True),
]
FIGURES: list[Column[FigureRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("metric", lambda r: _basis(r.metric, r.basis)),
    Column("duration", lambda r: r.duration),
    Column("ended", lambda r: str(r.period_end) if r.period_end else "?"),
    Column("value", lambda r: exact_number(r.value), justify="right"),
    Column("unit", lambda r: r.unit, style="dim"),
    Column("words", lambda r: clip(_words(r), 60), style="dim", flexible=True),
]
GUIDANCE: list[Column[GuidanceRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("company", lambda r: clip(r.company or "", 24), flexible=True),
    Column("metric", lambda r: clip(_basis(r.metric, r.basis), 40), flexible=True),
    Column("for", lambda r: clip(r.period or "", 30), flexible=True),
    Column("outlook", _range, justify="right"),
    Column("unit", lambda r: r.unit, style="dim"),
    Column("action", lambda r: r.action),
]
PASSAGES: list[Column[PassageRow]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("accession", lambda r: r.accession),
    Column("kind", lambda r: r.kind),
    Column("text", lambda r: " ".join(r.source.text.split()), flexible=True),
]
HITS: list[Column[SearchHit]] = [
    Column("filed", lambda r: str(r.filing_date)),
    Column("accession", lambda r: r.accession),
    Column("company", lambda r: clip(r.company or "", 24), flexible=True),
    Column("found", lambda r: _marked(r.snippet), flexible=True),
]


def _words(row: FigureRow) -> str:
    """The words of a figure, with its row's label where it stands in a table: "Net sales | 4,085"."""
    label = (row.source.row or "").rsplit(" > ", 1)[-1]
    return f"{label} | {row.source.text}" if label else row.source.text


def _marked(snippet: str) -> Text:
    """A snippet whose [found words] are bold."""
    text = Text()
    for number, part in enumerate(" ".join(snippet.split()).split("[")):
        found, bracket, rest = part.partition("]")
        if number and bracket:
            text.append(found, style="bold yellow")
            text.append(rest)
        else:
            text.append(("[" if number else "") + part)
    return text
