"""Exhibit types: the many spellings that filers give them in SGML, brought to one; and how each kind of document is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from ex99.filings.forms import is_8k_family

# EX-99, EX-99.1, EX-99.01, EX-99.(A), EX-99.4(A), EX-99.(Q3), EX-99.1 CHARTER
_TYPE = re.compile(r"EX-(?P<number>\d+)(?:\.(?P<part>\d+))?\.?(?P<rest>(?:\([A-Z0-9]+\))*)(?:\s.*)?", re.IGNORECASE)

# 99  or  99.2  or  10.1(A)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:\([A-Z0-9]+\))*")


@dataclass(frozen=True, slots=True, order=True)
class ExhibitType:
    """An exhibit's number in the exhibit table of Regulation S-K (99), its part (1; 0 where none is given) and what follows ("(A)")."""

    number: int
    part: int = 0
    rest: str = ""

    def __str__(self) -> str:
        part = f".{self.part}" if self.part else ""
        dot = "." if self.rest and not self.part else ""
        return f"EX-{self.number}{part}{dot}{self.rest}"


def parse_exhibit_type(text: str) -> ExhibitType | None:
    """Read an SGML TYPE such as "EX-99.01"; None where it is no exhibit ("8-K", "GRAPHIC")."""
    match = _TYPE.fullmatch(text.strip())
    if match is None:
        return None
    return ExhibitType(int(match["number"]), int(match["part"] or 0), match["rest"].upper())


def read_document_type(word: str) -> str:
    """A document's type as the SGML names it, of what a person writes: "99.2", "ex-99.02" and "Exhibit 99.2" are EX-99.2, "8-k" is 8-K."""
    upper = word.strip().upper().removeprefix("EXHIBIT").strip()
    exhibit = parse_exhibit_type(f"EX-{upper}" if upper[:1].isdigit() and _NUMBER.fullmatch(upper) else upper)
    return upper if exhibit is None else str(exhibit)


PIPELINES: dict[str, str] = {
    "release": "a press release: all that it says",
    "supplement": "another exhibit 99 of the filing, such as financial tables: its figures alone",
    "body": "the 8-K itself: the figures of its results item alone",
}
"""The kinds of documents that the parser has a way of its own for."""
RELEASE, SUPPLEMENT, BODY = PIPELINES
SUPPLEMENTS = (99,)
"""The numbers of the exhibits whose figures are read; one more is one more number here."""
# 99.2 | 99
_EXHIBIT_WORD = re.compile(rf"(?:EX-)?(?P<number>{'|'.join(map(str, SUPPLEMENTS))})(?:\.(?P<part>\d+))?", re.IGNORECASE)
_RELEASE = (99, 1)


def kind_of_document(document_type: str, *, chosen: bool) -> str | None:
    """The pipeline of a document of a filing, by whether it was chosen as a press release, and by its type; None for other documents."""
    if chosen:
        return RELEASE
    exhibit = parse_exhibit_type(document_type)
    if exhibit is not None:
        return SUPPLEMENT if exhibit.number in SUPPLEMENTS else None
    return BODY if is_8k_family(document_type) else None


@dataclass(frozen=True, slots=True)
class WantedExhibits:
    """Which documents of a filing are parsed: its press releases always, further exhibits by number and part, its 8-K document.

    ``parts`` are those of exhibits 99.2, 99.3 ...: (99, 2), (99, 3); (99, None) means any.
    """

    parts: frozenset[tuple[int, int | None]] = frozenset()
    body: bool = False

    @classmethod
    def parse(cls, words: str | Iterable[str]) -> Self:
        """Read "99.1,99.2": 99.1 is the press release, whatever its number, 99 every exhibit 99, 8-K the form; ValueError for others."""
        parts: set[tuple[int, int | None]] = set()
        body = False
        for word in words.split(",") if isinstance(words, str) else words:
            match = _EXHIBIT_WORD.fullmatch(word.strip())
            if match is None and not is_8k_family(word):
                raise ValueError(f"{word.strip()!r} is no exhibit that ex99 parses: expected 99.1, 99.2 ..., 99 for all of them, or 8-K")
            body = body or match is None
            if match is not None:
                parts.add((int(match["number"]), None if match["part"] is None else int(match["part"])))
        return cls(frozenset(parts - {_RELEASE}), body)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the exhibits among which the wanted ones are."""
        return frozenset(number for number, _ in self.parts)

    def kind_of(self, document_type: str, *, chosen: bool) -> str | None:
        """The pipeline of a document, None where it is not to be parsed."""
        kind = kind_of_document(document_type, chosen=chosen)
        if kind == BODY:
            return BODY if self.body else None
        if kind == SUPPLEMENT:
            exhibit = parse_exhibit_type(document_type)
            return SUPPLEMENT if exhibit and self.parts & {(exhibit.number, None), (exhibit.number, exhibit.part)} else None
        return kind


RELEASES_ALONE = WantedExhibits()
