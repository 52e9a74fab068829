"""Companies named on the command line and in a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ex99.companies import split_companies
from ex99.errors import UserError


def read_companies(words: Sequence[str] | None, file: Path | None) -> list[str]:
    """The companies of the command line (AAPL,MSFT is two) and those of a file: one a line, a "#" begins a comment; "-" reads stdin."""
    names = [str(word) for word in split_companies(words or ())]
    if file is None:
        return names
    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8", errors="replace")
    listed = [line.partition("#")[0].strip() for line in text.splitlines()]
    listed = [line for line in listed if line]
    if not listed:
        raise UserError(f"{file} names no company", "expected a ticker, a CIK or a name a line")
    return names + listed
