"""The marks beside values in tables: what each letter means, said once, and explained below each table that shows one."""

from __future__ import annotations

from typing import Protocol

from rich.text import Text

from ex99.cli import output
from ex99.storage.splits import IMPLAUSIBLE

MARKS: dict[str, tuple[str, str]] = {
    "d": ("yellow", "derived from longer periods"),
    "r": ("magenta", "restated since first reported"),
    "!": ("bold red", "restated to a multiple, which is implausible: `ex99 why` shows the words of both"),
    "c": ("cyan", "from a later release's comparative: the release that announced it is not in the archive"),
    "~": ("cyan", "printed less exactly than most of the series"),
    "conflict": ("yellow", "one filing or one day gives two values; the note says which counts"),
    "split": ("", "share counts moved by the same ratio; nothing is adjusted unless asked"),
    IMPLAUSIBLE: ("bold red", "a value became a multiple of itself without a split: one of the two may be misread, look at both"),
}
"""Mark -> (style, meaning), in the order in which they are explained."""


class Marked(Protocol):
    """A point of a series, as far as its marks go."""

    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def restated(self) -> bool: ...  # noqa: D102
    @property
    def note(self) -> str | None: ...  # noqa: D102
    @property
    def as_comparative(self) -> bool: ...  # noqa: D102
    @property
    def rounded(self) -> bool: ...  # noqa: D102


def list_marks(point: Marked) -> str:
    """The letters of a point's marks."""
    return choose_letters(point.status, point.restated, point.note, point.as_comparative, rounded=point.rounded)


def choose_letters(
    status: str | None, restated: bool | None, note: str | None, as_comparative: bool | None, *, rounded: bool = False
) -> str:
    """The letters of what a value is: derived, restated (implausibly), from a comparative, rounded."""
    letter = "!" if (note or "").startswith(IMPLAUSIBLE) else "r"
    told = (("d", status == "derived"), (letter, restated), ("c", as_comparative), ("~", rounded))
    return "".join(mark for mark, holds in told if holds)


class Legend:
    """Collects the marks that a table shows, to explain these below it."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def mark(self, letters: str) -> Text:
        """Letters of MARKS, each in its style."""
        self.seen.update(letters)
        return Text.assemble(*((letter, MARKS[letter][0]) for letter in letters))

    def beside(self, value: str, letters: str) -> Text:
        """A value with its marks behind it; alone where it has none."""
        return Text.assemble(value, " ", self.mark(letters)) if letters else Text(value)

    def word(self, text: str | None) -> Text:
        """A text that may begin with a word of MARKS: "split 7:1"."""
        told = next((word for word in MARKS if len(word) > 1 and (text or "").startswith(word)), None)
        self.seen.update([told] if told else [])
        return Text(text or "", style=MARKS[told][0] if told else "")

    def explain(self) -> None:
        """Say on stderr what the marks mean that were shown; nothing where there were none."""
        for letter, (_, meaning) in MARKS.items():
            if letter in self.seen:
                output.note(f"{letter}: {meaning}")
