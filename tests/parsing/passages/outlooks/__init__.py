"""Made outlooks of fictitious companies with what they guide, in the wordings of real ones, and how a reading compares with it.

A file holds outlooks: "=== " and a name, the release (its headline first; "## " before a heading, "* " before a list item, "|" between
cells), "---", and a line for each range that it guides: metric | basis | period | low | high | unit. "-" is an open bound, "*" anything,
"~" before a metric that its words are among those of the name read, "? " before a line a range that may be left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ex99.filings.release import Guidance
from ex99.parsing.passages import PassageFindings, find_passages
from ex99.parsing.reading import read_document

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Wanted:
    """One range that an outlook guides, as its line prints it."""

    metric: str
    basis: str
    period: str
    low: str
    high: str
    unit: str
    optional: bool

    def bounds_match(self, found: Guidance) -> bool:
        """Whether both bounds agree in size and are open where they are to be."""
        return all(
            (have is None) == (want == "-") and (have is None or abs(have) == abs(Decimal(want)))
            for want, have in sorted_pairs((self.low, self.high), (found.low, found.high))
        )

    def names(self, metric: str) -> bool:
        """Whether a metric is the one meant; of "~occupancy" only that the word occurs in it."""
        if self.metric.startswith("~"):
            return set(self.metric[1:].split()) <= set(metric.split())
        return self.metric in {metric, "*"}

    def matches(self, found: Guidance) -> bool:
        """Whether a reading has the same bounds, unit, metric, basis and period."""
        period = " ".join((found.period or "").lower().replace("-", " ").split())
        wanted = self.period.lower().replace("-", " ")
        return (
            self.bounds_match(found)
            and self.names(found.metric)
            and self.basis in {found.basis, "*"}
            and self.unit in {found.unit, "*"}
            and (wanted == "*" or wanted in period)
        )


def sorted_pairs(wanted: tuple[str, str], found: tuple[Decimal | None, Decimal | None]) -> list[tuple[str, Decimal | None]]:
    """The bounds to compare, smaller sizes first where both are told: a loss printed "$22 to $19 million" is -22 to -19."""
    low, high = found
    if "-" in wanted or low is None or high is None:
        return list(zip(wanted, found, strict=True))
    return list(zip(sorted(wanted, key=lambda w: abs(Decimal(w))), sorted([abs(low), abs(high)]), strict=True))


@dataclass(frozen=True, slots=True)
class Outlook:
    """A made release and what it guides."""

    name: str
    lines: tuple[str, ...]
    wanted: tuple[Wanted, ...]

    @property
    def page(self) -> bytes:
        """The release as an HTML page."""
        return f"<html><body>{''.join(_markup(self.lines))}</body></html>".encode()

    @property
    def split_page(self) -> bytes:
        """The same page as word processors set it: "$", ")" and "%" and the bounds of ranges in cells of their own."""
        return f"<html><body>{''.join(_markup(self.lines, _split_cells))}</body></html>".encode()

    def read(self) -> PassageFindings:
        """What the passages of the release are read as."""
        return find_passages(read_document(self.page))

    def read_split(self) -> PassageFindings:
        """The same of the page with split cells."""
        return find_passages(read_document(self.split_page))

    def compare(self, found: tuple[Guidance, ...]) -> tuple[list[Wanted], list[Guidance]]:
        """What was missed, and what was read that the outlook does not say."""
        left = list(found)
        missed: list[Wanted] = []
        for wanted in self.wanted:
            match = next((g for g in left if wanted.matches(g)), None)
            if match is not None:
                left.remove(match)
            elif not wanted.optional:
                missed.append(wanted)
        optional = [w for w in self.wanted if w.optional]
        return missed, [g for g in left if not any(w.bounds_match(g) for w in optional)]


def list_outlooks(file: str) -> list[Outlook]:
    """The outlooks of a file of this folder."""
    outlooks = []
    for piece in (FOLDER / file).read_text(encoding="utf-8").split("=== ")[1:]:
        body, _, truth = piece.partition("\n---\n")
        name, *lines = body.splitlines()
        outlooks.append(Outlook(name, tuple(line for line in lines if line), tuple(_wanted(t) for t in truth.splitlines() if t.strip())))
    return outlooks


def _wanted(line: str) -> Wanted:
    metric, basis, period, low, high, unit = (field.strip() for field in line.removeprefix("? ").split("|"))
    return Wanted(metric, basis, period, low, high, unit, line.startswith("? "))


# `$(1.5)`, `(43)%`, `$10 - $12 million`: what is split, at its groups
_SPLIT = (
    re.compile(r"(\$)(\(?[\d.,]+)(\)?)"),
    re.compile(r"(\(?[\d.]+)(\)?%)"),
    re.compile(r"(\$?[\d.,]+%?) (-|to) (\$?[\d.,]+%?(?: (?:million|billion))?)"),
)


def _plain_cells(row: str) -> str:
    return "".join(f"<td>{cell.strip()}</td>" for cell in row.strip().strip("|").split("|"))


def _split_cells(row: str) -> str:
    label, *values = (cell.strip() for cell in row.strip().strip("|").split("|"))
    cells = [f'<td colspan="3">{label}</td>']
    for value in values:
        match = next((m for pattern in _SPLIT if (m := pattern.fullmatch(value))), None)
        parts = match.groups() if match else (value,)
        cells += [f"<td>{part}</td>" for part in parts[:-1]]
        cells.append(f'<td colspan="{4 - len(parts)}">{parts[-1]}</td><td></td>')
    return "".join(cells)


def _markup(lines: tuple[str, ...], cells: Callable[[str], str] = _plain_cells) -> list[str]:
    out = [f'<p align="center"><b>{html.escape(lines[0])}</b></p>']
    for line in lines[1:]:
        words = html.escape(line)
        if line.startswith("|"):
            row = f"<tr>{cells(words)}</tr>"
            out[-1:] = [f"{out[-1][:-8]}{row}</table>"] if out[-1].startswith("<table") else [out[-1], f"<table>{row}</table>"]
        elif line.startswith("## "):
            out.append(f"<p><b>{words[3:]}</b></p>")
        else:
            out.append(f"<ul><li>{words[2:]}</li></ul>" if line.startswith("* ") else f"<p>{words}</p>")
    return out
