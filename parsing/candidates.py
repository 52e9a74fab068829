"""A figure as a table reports it, with the place it stands in, before mentions are joined and contradictions settled."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ex99.filings.release import Figure

Place = Literal["statement", "highlights", "reconciliation", "prose"]
PLACE_ORDER: tuple[Place, ...] = ("statement", "highlights", "reconciliation", "prose")


class Candidate(NamedTuple):
    """A figure, where it stands, and how sure its reading is (0 to 1); ``rank`` orders rows of one statement that report one metric."""

    figure: Figure
    place: Place
    confidence: float = 1.0
    rank: int = 0
