"""A press release: the exhibit as filed with what was read from it marked, the inspector beside it, and other parser versions' results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ex99.filings.identifiers import EDGAR, AccessionNumber, IdentifierError
from ex99.filings.release import ParseError
from ex99.parsing.reading import read_document
from ex99.parsing.reading.annotate import Annotated, annotate
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.queries import (
    list_figures,
    list_filings,
    list_guidance,
    list_parser_versions,
    list_passages,
    list_releases,
    read_document_bytes,
)
from ex99.storage.rows import FigureRow, FilingRow, GuidanceRow, PassageRow, ReleaseRow
from ex99.viewer.asking import Answer, Asked, PageError
from ex99.viewer.cleaning import clean_page
from ex99.viewer.marks import KINDS, SHOWN_AT_FIRST, mark_release
from ex99.viewer.pages.company import explain_state

_KEPT = 16
_SURE = ("grade", "precision", "support")
"""What newer archives say of a figure besides its value."""


def show_release(archive: Archive, asked: Asked) -> Answer:
    """The inspector and the frame around the marked page."""
    filing, releases, number = find_release(archive, asked)
    release = releases[number - 1]
    figures, guidance, passages = _read(archive, release)
    rows = [_figure_row(figure) for figure in figures]
    data = {"filing": filing, "release": release, "figures": figures, "guidance": guidance, "passages": passages}
    shown = {
        "groups": _group(figures),
        "others": [(n, one) for n, one in enumerate(releases, 1) if n != number],
        "number": number,
        "kinds": KINDS,
        "shown": SHOWN_AT_FIRST,
        "edgar": _edgar_address(filing),
        "versions": _changes(archive, release, figures),
        "sure": {figure.position: _sure(figure) for figure in figures},
    }
    return Answer("release.html", data, rows, shown)


def show_page(archive: Archive, asked: Asked) -> Annotated:
    """The exhibit itself, marked and clean, for the frame."""
    _, releases, number = find_release(archive, asked)
    release = releases[number - 1]
    figures, guidance, passages = _read(archive, release)
    return _mark(archive, release, figures, guidance, passages)


def find_release(archive: Archive, asked: Asked) -> tuple[FilingRow, list[ReleaseRow], int]:
    """The filing, its press releases, and the number (from 1) of the one that is asked for; PageError that says why there is none."""
    try:
        accession = AccessionNumber.parse(asked.path["accession"])
    except IdentifierError as error:
        raise PageError(404, str(error), "an accession number looks like 0001234567-24-000123") from None
    filing = next(list_filings(archive, FilingFilter(accessions=[accession])), None)
    if filing is None:
        raise PageError(404, f"the archive holds no filing {accession}", "`ex99 query filings` lists what it holds")
    releases = list(list_releases(archive, ReleaseFilter(accessions=[accession])))
    if not releases:
        hint = "`ex99 reparse` parses what is archived" if filing.state == "archived" else "`ex99 crawl` fetches what is still to fetch"
        raise PageError(404, f"{accession} has no press release to show: {explain_state(filing)}", hint)
    number = asked.path.get("document", 1)
    if not 1 <= number <= len(releases):
        raise PageError(404, f"{accession} has no press release number {number}", f"it has {len(releases)}")
    return filing, releases, number


def _read(archive: Archive, release: ReleaseRow) -> tuple[list[FigureRow], list[GuidanceRow], list[PassageRow]]:
    wanted = [release.document_id]
    return (
        list(list_figures(archive, FigureFilter(document_ids=wanted), mentions=True)),
        list(list_guidance(archive, FigureFilter(document_ids=wanted))),
        list(list_passages(archive, PassageFilter(document_ids=wanted))),
    )


def _mark(
    archive: Archive, release: ReleaseRow, figures: list[FigureRow], guidance: list[GuidanceRow], passages: list[PassageRow]
) -> Annotated:
    data = read_document_bytes(archive, release.document_id)
    try:
        document = read_document(data)
    except ParseError as error:
        raise PageError(422, f"the exhibit cannot be shown: {error.message}", "`ex99 export` writes its bytes to a file") from None
    marked = annotate(data, mark_release(document, figures, guidance, passages), document)
    return Annotated(_clean(marked.html), marked.missing)


@lru_cache(maxsize=_KEPT)
def _clean(html: str) -> str:
    return clean_page(html)


def _group(figures: Sequence[FigureRow]) -> list[tuple[tuple[str, str], list[FigureRow]]]:
    """Figures by metric and basis, in the order of the release; in each the newest period first."""
    groups: dict[tuple[str, str], list[FigureRow]] = defaultdict(list)
    for figure in figures:
        groups[figure.metric, figure.basis].append(figure)
    return [(key, sorted(group, key=lambda f: (str(f.period_end or ""), f.duration), reverse=True)) for key, group in groups.items()]


def _figure_row(figure: FigureRow) -> dict[str, Any]:
    return {
        "position": figure.position,
        "metric": figure.metric,
        "basis": figure.basis,
        "duration": figure.duration,
        "period_end": figure.period_end,
        "value": figure.value,
        "unit": figure.unit,
        "comparative": figure.comparative,
        "qualifier": figure.qualifier,
        "start": figure.source.start,
        "end": figure.source.end,
        "words": figure.source.text,
        "row": figure.source.row,
        "column": figure.source.column,
        "mentions": len(figure.mentions),
        **{name: value for name, value in _sure(figure).items() if name != "support"},
    }


def _sure(figure: FigureRow) -> dict[str, Any]:
    """How sure the parser is of a figure and how exact it is printed, where the archive says it."""
    return {name: value for name in _SURE if (value := getattr(figure, name, None))}


def _changes(archive: Archive, release: ReleaseRow, figures: Sequence[FigureRow]) -> list[tuple[str, list[FigureRow], list[FigureRow]]]:
    """(parser version, figures that it alone has, figures that it lacks) for each other version that read this document otherwise."""
    changes = []
    for version, _ in list_parser_versions(archive):
        if version == release.parser_version:
            continue
        where = FigureFilter(document_ids=[release.document_id], parser_version=version)
        others = list(list_figures(archive, where))
        here, there = {_what(figure) for figure in figures}, {_what(figure) for figure in others}
        gone, come = [f for f in others if _what(f) not in here], [f for f in figures if _what(f) not in there]
        if others and (gone or come):
            changes.append((version, gone, come))
    return changes


def _what(figure: FigureRow) -> tuple[object, ...]:
    return figure.metric, figure.basis, figure.duration, figure.period_end, figure.value, figure.qualifier


def _edgar_address(filing: FilingRow) -> str:
    return f"{EDGAR}{filing.accession.folder_path(filing.ciks[0])}{filing.accession}-index.htm" if filing.ciks else EDGAR
