"""Say of each figure what supports it and what contradicts it, and grade it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ex99.filings.release import Figure, Source
from ex99.parsing.candidates import Candidate
from ex99.parsing.proof.contradictions import find_contradicted
from ex99.parsing.proof.grading import grade_figure
from ex99.parsing.proof.identities import judge_figures
from ex99.parsing.proof.lines import Ledger
from ex99.parsing.prose.candidate import ProseCandidate
from ex99.parsing.tables.section import TableSection

_DIGITS = re.compile(r"\d+")
# "Net loss", "Loss from operations", and neither "Net income (loss)" nor "Loss (gain)"
_LOSS = re.compile(r"\bloss(?:es)?\b", re.IGNORECASE)
_GAIN = re.compile(r"\b(?:income|earnings|profit|gain)s?\b", re.IGNORECASE)
_SIGNED = frozenset({"operating_income", "pretax_income", "net_income", "net_income_to_common", "eps_basic", "eps_diluted"})


def prove_figures(
    figures: Sequence[Figure], candidates: Sequence[Candidate], prose: Sequence[ProseCandidate], sections: Sequence[TableSection]
) -> tuple[Figure, ...]:
    """The figures with support and grade: ``candidates`` and ``prose`` are all that was read, ``sections`` the tables that were read."""
    proofs: dict[int, dict[str, None]] = {id(f): {} for f in figures}
    grids = [section.grid for section in sections]
    unscaled = {section.grid.table.ordinal for section in sections if section.doubtful is not None}
    places = {(c.figure.source.start, c.figure.metric): c.place for c in candidates}
    for figure in figures:
        code: str = places.get((figure.source.start, figure.metric), "prose" if figure.source.table is None else "highlights")
        proofs[id(figure)][code] = None
        proofs[id(figure)].update(dict.fromkeys((*_judge_mentions(figure), *_judge_sign(figure))))
        if figure.source.table in unscaled and not _is_scale_confirmed(figure):
            proofs[id(figure)]["scale_taken"] = None
    used = {source.table for f in figures for source in _money_places(f)}
    for figure, code in _judge_lines(figures, Ledger({id(g): g for g in grids if g.table.ordinal in used}.values())):
        proofs[id(figure)][code] = None
    for verdict in judge_figures(figures):
        proofs[id(verdict.figure)][verdict.code] = None
    for figure in find_contradicted(figures, candidates, prose):
        proofs[id(figure)]["against_mention"] = None
    return tuple(replace(f, support=tuple(proofs[id(f)]), grade=grade_figure(f, frozenset(proofs[id(f)]))) for f in figures)


def _judge_mentions(figure: Figure) -> Iterator[str]:
    """Whether other tables or sentences print the same digits, or the value rounded."""
    own = _digits(figure.source.text)
    for mention in figure.mentions:
        if mention.table is None or mention.table != figure.source.table:
            yield "mention_exact" if _digits(mention.text) == own else "mention_rounded"


def _is_scale_confirmed(figure: Figure) -> bool:
    """Whether the scale of a figure is no question, or a sentence gives its size."""
    return "/" in figure.unit or any(mention.table is None for mention in figure.mentions)


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text)).strip("0")


def _judge_sign(figure: Figure) -> Iterator[str]:
    """Whether a row's words say loss, and its value does too."""
    words = (figure.source.row or "").rpartition(" > ")[2]
    if figure.metric in _SIGNED and figure.value and _LOSS.search(words) and not _GAIN.search(words):
        yield "sign" if figure.value < 0 else "against_sign"


def _judge_lines(figures: Sequence[Figure], ledger: Ledger) -> Iterator[tuple[Figure, str]]:
    """Which figures are made of the lines above them, and which are parts of a line that is."""
    by_row: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    spots = []
    for figure in figures:
        for source in _money_places(figure):
            place = ledger.find(source.start)
            if place is not None:
                by_row[place[:2]].append(figure)
                spots.append((figure, place))
    for figure, place in spots:
        formulas, failing = ledger.prove_row(place)
        if place.column in failing:
            yield figure, "against_sum"
        elif formulas:
            yield figure, "sum_of_lines"
        for formula in formulas:
            yield from ((part, "part_of_sum") for part in by_row.get((place.section, formula.first), ()))


def _money_places(figure: Figure) -> Iterator[Source]:
    if "/" not in figure.unit and figure.unit != "shares":
        yield from (source for source in (figure.source, *figure.mentions) if source.table is not None)
