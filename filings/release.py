"""What a press release says, each part with the words it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


class ParseError(Exception):
    """Bytes that cannot become a PressRelease; ``code`` names the reason (see PARSE_ERRORS), the message says it in words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[ParseError], tuple[str, str]]:
        return type(self), (self.code, self.message)


PARSE_ERRORS: dict[str, str] = {
    "empty": "no bytes, or no words in them",
    "pdf": "the exhibit is a PDF",
    "image": "the exhibit is an image",
    "binary": "the bytes are no text",
    "too_large": "the exhibit is larger than the parser accepts",
    "too_deep": "the markup is nested deeper than the parser accepts",
}

PARSE_WARNINGS: dict[str, str] = {
    "no_headline": "no line above the text reads as a headline",
    "no_dateline": "no place and date stand before the first sentence",
    "scale_unknown": "a table states no scale, and nothing else tells it: its money is left out",
    "scale_corrected": "sentences give a table's figures a thousand times as large or as small: they are put right",
    "columns_undated": "nothing tells the dates of a statement's columns: its figures are left out",
    "table_failed": "a table could not be read: its figures are left out, those of the others stand",
    "other_entity": "a table contradicts the statements (a segment, a subsidiary): it is left out",
    "tables_differ": "a line contradicts the one that is believed: it is left out",
    "prose_differs": "sentences contradict each other: the first one is kept",
    "check_failed": "a figure does not fit the others (earnings per share, parts and wholes, columns): it is left out",
}
"""The codes of a release's warnings: what was left out or doubted, and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the exhibit's canonical text: ``text`` is exactly ``canonical[start:end]``.

    Inside a table, ``table`` is its ordinal among the document's tables (from 0), ``row`` its row's full label with parents
    joined by " > ", ``column`` its column's header; all three are None in prose.
    """

    start: int
    end: int
    text: str
    table: int | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure. ``value`` is in units (dollars, not thousands); ``unit`` is USD, USD/share, shares, or another currency.

    ``period_end`` is None where the document does not let one determine it. ``comparative`` marks a figure of an earlier
    period shown beside the current one. ``qualifier`` says what the words said: "basic and diluted", "approximately", "unmarked EPS".
    ``mentions`` are the further places that report the same figure.
    """

    metric: str
    basis: str
    duration: str
    period_end: dt.date | None
    value: Decimal
    unit: str
    comparative: bool
    source: Source
    qualifier: str | None = None
    mentions: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """A numeric outlook of the company. ``low`` or ``high`` is None where the range is open ("at least", "up to"); a point has both.

    ``metric`` is one of the vocabulary or the row's own words in lower case; ``unit`` is USD, USD/share, percent, shares ...;
    ``period`` as printed; ``action`` one of initiated, raised, lowered, reaffirmed, withdrawn, or None.
    """

    metric: str
    basis: str
    period: str | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    source: Source
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the release with a role: one of PASSAGE_KINDS.

    ``quantitative`` and ``horizon`` are told for statements: whether a number and a period are named, and which period.
    """

    kind: str
    source: Source
    quantitative: bool | None = None
    horizon: str | None = None


PASSAGE_KINDS: tuple[str, ...] = ("safe_harbor", "statement", "headline", "subhead", "dateline", "about", "contact", "conference_call")
FORWARD_LOOKING_KINDS: tuple[str, ...] = ("safe_harbor", "statement")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when the release says it was issued."""

    place: str | None = None
    date: dt.date | None = None
    newswire: str | None = None


@dataclass(frozen=True, slots=True)
class Ticker:
    """A symbol as the release prints it, with its exchange where that is printed."""

    symbol: str
    exchange: str | None = None


@dataclass(frozen=True, slots=True)
class FiscalPeriod:
    """The most recent fiscal period that the release reports; ``quarter`` is None for a year-only release."""

    year: int | None = None
    quarter: int | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something the parser left out or doubts, with the reason."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class PressRelease:
    """A parsed exhibit. Everything positional refers to ``text``, the exhibit's canonical text."""

    parser_version: str
    sha256: str
    media_type: str
    kind: str
    text: str = field(repr=False)
    headline: str | None = None
    dateline: Dateline = Dateline()
    company_name: str | None = None
    tickers: tuple[Ticker, ...] = ()
    fiscal_period: FiscalPeriod = FiscalPeriod()
    figures: tuple[Figure, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()

    @property
    def forward_looking(self) -> tuple[Passage, ...]:
        """The safe-harbor passages and the forward-looking statements, in the order of the text."""
        return tuple(p for p in self.passages if p.kind in FORWARD_LOOKING_KINDS)
