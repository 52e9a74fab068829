"""Which document of a filing is its press release, by SGML type, items, description and content, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ex99.crawler.evidence import Reading, read_evidence
from ex99.crawler.inside import cut_release
from ex99.filings.exhibits import ExhibitType, parse_exhibit_type
from ex99.filings.filing import CHOICE_REASONS, FetchedDocument, Filing, FilingDocument, ReleaseChoice
from ex99.filings.forms import RESULTS_ITEMS, is_8k_family

INSIDE_SEQUENCE = 9000
"""Added to the sequence of the 8-K document to number the part of it that is the release; EDGAR's own numbers stay far below."""
INSIDE_TYPE = "EX-99 (inside 8-K)"
"""Type of that part, so that every reader of types finds it among the exhibits 99."""

# Exhibits that are contracts, charters, consents and certificates by the exhibit table of Regulation S-K: never searched for a release.
NO_RELEASE_EXHIBITS: frozenset[int] = frozenset(
    {
        1,
        2,
        3,
        4,
        5,
        7,
        8,
        9,
        10,
        11,
        12,
        14,
        16,
        18,
        21,
        22,
        23,
        24,
        25,
        31,
        32,
        33,
        34,
        35,
        95,
        97,
        101,
        104,
    }
)
RESULTS_SCORE = 2
"""Weight of signs that is enough for the first exhibit 99 under a results item, if it tells of results."""
# Items under which a company tells the public something; a lone exhibit 99 under one of them is taken even if its words are unusual.
ANNOUNCING_ITEMS: frozenset[str] = frozenset(
    {
        "2.02",
        "7.01",
        "8.01",
        "5.02",
        "2.01",
        "1.01",
        "1.02",
        "1.05",
        "2.05",
        "2.06",
        "4.02",
        "5",
        "9",
        "12",
    }
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: FilingDocument
    reading: Reading | None


def choose_release(filing: Filing, documents: tuple[FetchedDocument, ...]) -> ReleaseChoice:
    """The sequences of the filing's releases, best first, with a reason of CHOICE_REASONS.

    For "inside_8k" the one sequence is that of the 8-K document itself; set_apart_release then makes the part a document.
    Documents without content count as binary.
    """
    if not documents:
        return _choice((), "header_only")
    exhibits = _read_exhibits(documents, lambda number: number == 99)
    releases = [c for c in exhibits if _is_release(c, filing, c is exhibits[0])]
    if releases:
        return _choice(_in_order(filing, releases), "exhibit_99", _signs(releases))
    if lone := _lone_exhibit(filing, exhibits):
        return _choice((lone.document.sequence,), "exhibit_99_only", f"{lone.document.type} under item {_items(filing)}")
    others = [
        c
        for c in _read_exhibits(documents, lambda number: number != 99 and number not in NO_RELEASE_EXHIBITS)
        if c.reading is not None and c.reading.is_release
    ]
    if others:
        return _choice(_in_order(filing, others), "other_exhibit", _signs(others))
    inside = next((d for d in documents if is_8k_family(d.document.type) and d.content and cut_release(d.content) is not None), None)
    if inside is not None:
        return _choice((inside.document.sequence,), "inside_8k", f"document {inside.document.sequence} goes on with it")
    return _without_release(exhibits)


def set_apart_release(
    documents: tuple[FetchedDocument, ...],
    choice: ReleaseChoice,
) -> tuple[tuple[FetchedDocument, ...], ReleaseChoice]:
    """Where the release stands inside the 8-K: append that part as a document of its own and point the choice at it.

    The part has type INSIDE_TYPE, sequence INSIDE_SEQUENCE plus the 8-K's, ``part_of`` the 8-K's sequence, and as content the
    8-K's own bytes from the release's start on. Every other choice comes back unchanged.
    """
    if choice.reason != "inside_8k":
        return documents, choice
    (sequence,) = choice.sequences
    whole = next(d for d in documents if d.document.sequence == sequence)
    part = cut_release(whole.content or b"") or b""
    document = FilingDocument(
        sequence=INSIDE_SEQUENCE + sequence,
        type=INSIDE_TYPE,
        description="Press release inside the 8-K document",
        size=len(part),
        part_of=sequence,
    )
    return (*documents, FetchedDocument(document, part)), replace(choice, sequences=(document.sequence,))


def _read_exhibits(documents: tuple[FetchedDocument, ...], wanted: Callable[[int], bool]) -> list[_Candidate]:
    found = []
    for fetched in documents:
        exhibit = parse_exhibit_type(fetched.document.type)
        if exhibit is not None and wanted(exhibit.number):
            reading = None if fetched.content is None else read_evidence(fetched.content, fetched.document.description)
            found.append(_Candidate(fetched.document, reading))
    return found


def _in_order(filing: Filing, releases: list[_Candidate]) -> tuple[int, ...]:
    """Best first: under a results item the release that tells results; then by exhibit number and sequence."""
    results = _has_results_item(filing)

    def rank(candidate: _Candidate) -> tuple[bool, ExhibitType, int]:
        tells = candidate.reading is not None and candidate.reading.tells_results
        exhibit = parse_exhibit_type(candidate.document.type) or ExhibitType(99)
        return (results and not tells, exhibit, candidate.document.sequence)

    return tuple(c.document.sequence for c in sorted(releases, key=rank))


def _has_results_item(filing: Filing) -> bool:
    return any(item.number in RESULTS_ITEMS for item in filing.items)


def _is_release(candidate: _Candidate, filing: Filing, first: bool) -> bool:
    """By its signs; the first exhibit 99 under a results item also without dateline and newswire, if it tells of results."""
    reading = candidate.reading
    if reading is None or reading.is_release:
        return reading is not None
    return first and _has_results_item(filing) and reading.has_words and reading.tells_results and reading.score >= RESULTS_SCORE


def _lone_exhibit(filing: Filing, exhibits: list[_Candidate]) -> _Candidate | None:
    """The one exhibit 99 with words that is not plainly another paper, under an item that announces."""
    readable = [c for c in exhibits if c.reading is not None and c.reading.has_words]
    open_ones = [c for c in readable if c.reading is not None and not c.reading.is_other_paper]
    announces = not filing.items or any(item.number in ANNOUNCING_ITEMS for item in filing.items)
    first = open_ones[0] if announces and open_ones else None
    if first is None or (len(open_ones) > 1 and first is not readable[0]):
        return None
    return first


def _without_release(exhibits: list[_Candidate]) -> ReleaseChoice:
    if not exhibits:
        return _choice((), "no_exhibit_99")
    readable = [c for c in exhibits if c.reading is not None and c.reading.has_words]
    if not readable:
        return _choice((), "not_text", ", ".join(c.document.type for c in exhibits))
    return _choice((), "exhibit_not_release", _signs(readable))


def _signs(candidates: list[_Candidate]) -> str:
    """ "EX-99.1: a dateline, a contact; EX-99.2: a contract"."""
    return "; ".join(
        f"{c.document.type}: {', '.join(c.reading.names) if c.reading and c.reading.names else 'no sign of a release'}" for c in candidates
    )


def _items(filing: Filing) -> str:
    return ", ".join(item.number for item in filing.items) or "unknown"


def _choice(sequences: tuple[int, ...], reason: str, detail: str = "") -> ReleaseChoice:
    note = CHOICE_REASONS[reason]
    return ReleaseChoice(sequences, reason, f"{note} ({detail})" if detail else note)
