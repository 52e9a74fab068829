"""What a request asks for, what a page answers, and the errors that are pages themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class PageError(Exception):
    """A page that cannot be given: the status, what is wrong, and what to do."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a request: ``path`` are those of its address, ``query`` those behind the question mark."""

    path: Mapping[str, Any]
    query: Mapping[str, Sequence[str]]

    def word(self, name: str) -> str:
        """The first value of a question, "" where it is not asked."""
        return next((value.strip() for value in self.query.get(name, ()) if value.strip()), "")

    def words(self, name: str) -> list[str]:
        """All values of a question, those that commas part as well."""
        return list(dict.fromkeys(part.strip() for value in self.query.get(name, ()) for part in value.split(",") if part.strip()))

    def day(self, name: str) -> dt.date | None:
        """The day that is asked for; PageError for what is none."""
        text = self.word(name)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise PageError(400, f"{text!r} is no day", f"write {name}=2024-06-30") from None

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of some words; PageError for another."""
        text = self.word(name) or default
        if text not in allowed:
            raise PageError(400, f"{text!r} is no {name}", f"it is one of {', '.join(allowed)}")
        return text


@dataclass(frozen=True, slots=True)
class Answer:
    """A page: its template, its data (what .json gives), and its rows where it is a table (what .csv gives).

    ``shown`` is for the template alone.
    """

    template: str
    data: dict[str, Any]
    rows: list[dict[str, Any]] | None = None
    shown: dict[str, Any] = field(default_factory=dict)
