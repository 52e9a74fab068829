"""Exhibit types: the many spellings that filers give them in SGML, brought to one."""

from __future__ import annotations

import re
from dataclasses import dataclass

# EX-99, EX-99.1, EX-99.01, EX-99.(A), EX-99.4(A), EX-99.(Q3), EX-99.1 CHARTER
_TYPE = re.compile(r"EX-(?P<number>\d+)(?:\.(?P<part>\d+))?\.?(?P<rest>(?:\([A-Z0-9]+\))*)(?:\s.*)?", re.IGNORECASE)


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
