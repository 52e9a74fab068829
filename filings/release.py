"""What a press release says, each part with the words it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from ex99.filings.exhibits import RELEASE
from ex99.filings.fields import ON_REQUEST, OneOf
from ex99.filings.metrics import BASES, DURATIONS


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

    ``row`` is a table's row's full label with parents joined by " > "; ``table``, ``row`` and ``column`` are all None in prose.
    """

    start: Annotated[int, "where the words begin: characters into the release's canonical text (ex99 parse --text)"]
    end: Annotated[int, "where the words end, exclusive"]
    text: Annotated[str, "the words that the row was read from, exactly that slice of the text"]
    table: Annotated[int | None, "number of the table in the release, from 0; absent in prose"] = None
    row: Annotated[str | None, "label of the table's row"] = None
    column: Annotated[str | None, "heading of the table's column"] = None


GRADES: tuple[str, ...] = ("A", "B", "C")
"""How sure a figure is: A at least 99.8 % right, B at least 98 %, C the rest."""
Rules = Annotated[tuple[str, ...], "ids of the rules that made it", ON_REQUEST]


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure. ``value`` is in units (dollars, not thousands); ``unit`` is USD, USD/share, shares, or another currency.

    ``period_end`` is None where the document does not let one determine it. ``comparative`` marks a figure of an earlier
    period shown beside the current one. ``qualifier`` says what the words said: "basic and diluted", "approximately", "unmarked EPS".
    ``precision`` is 1000 for "4,085" in thousands, 100000 for "$4.1 million", 0.01 for an EPS. ``grade`` is None until measured.
    ``mentions`` are the further places that report the same figure.
    """

    metric: Annotated[str, "what is measured, a word of the vocabulary below"]
    basis: Annotated[str, "gaap or nongaap", OneOf(BASES)]
    duration: Annotated[str, "quarter, half, nine_months, year or instant; weeks are counted in (13 weeks are a quarter)", OneOf(DURATIONS)]
    period_end: Annotated[dt.date | None, "last day of the period, or the balance sheet's day"]
    value: Annotated[Decimal, "the amount in units (dollars, not thousands), exact; in points of the latest vintage"]
    unit: Annotated[str, "currency, currency/share, or shares"]
    precision: Annotated[Decimal | None, "how exact it is printed: the unit of its last digit, in the value's own unit"] = field(
        default=None, kw_only=True
    )
    comparative: Annotated[bool, "true for an earlier period shown beside the release's own"]
    qualifier: Annotated[
        str | None, "approximately, at_least ... where the release hedges; basic_and_diluted where one figure counts for both"
    ] = field(default=None, kw_only=True)
    grade: Annotated[str | None, "how sure it is: A, B or C; absent until measured"] = field(default=None, kw_only=True)
    support: Annotated[tuple[str, ...], "what confirms it, as short codes joined by '; '"] = field(default=(), kw_only=True)
    source: Source
    mentions: Annotated[tuple[Source, ...], "further places of the release that report the same figure, joined by '; '"] = ()
    rules: Rules = ()


GUIDANCE_ACTIONS: tuple[str, ...] = ("initiated", "raised", "lowered", "reaffirmed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Guidance:
    """A numeric outlook of the company. ``low`` or ``high`` is None where the range is open ("at least", "up to"); a point has both.

    ``metric`` is one of the vocabulary or the row's own words in lower case; ``unit`` is USD, USD/share, percent, shares ...
    """

    metric: Annotated[str, "what the outlook is of: a word of the vocabulary below, or the release's own words"]
    basis: Annotated[str, "gaap or nongaap", OneOf(BASES)]
    period: Annotated[str | None, "the period that the outlook is for, in the release's words"]
    low: Annotated[Decimal | None, "lower end of the outlook, absent where it is open"]
    high: Annotated[Decimal | None, "upper end of the outlook, absent where it is open"]
    unit: Annotated[str, "currency, currency/share, percent, or shares"]
    action: Annotated[str | None, "raised, lowered, reaffirmed ... where the release says so", OneOf(GUIDANCE_ACTIONS)] = field(
        default=None, kw_only=True
    )
    source: Source
    rules: Rules = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the release with a role: one of PASSAGE_KINDS.

    ``quantitative`` and ``horizon`` are told for statements: whether a number and a period are named, and which period.
    """

    kind: Annotated[str, "safe_harbor, statement (a forward-looking one), headline, subhead, dateline, about, contact or conference_call"]
    source: Source
    quantitative: Annotated[bool | None, "of forward-looking statements: whether they name a number"] = None
    horizon: Annotated[str | None, "of forward-looking statements: the time they speak of, in the release's words"] = None
    rules: Rules = ()


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
    rules: tuple[str, ...] = ()
    """Ids of the rules that told its kind and its fiscal period."""
    pipeline: str = RELEASE
    """How it was read, a key of PIPELINES; of what is no press release, figures alone are."""

    @property
    def forward_looking(self) -> tuple[Passage, ...]:
        """The safe-harbor passages and the forward-looking statements, in the order of the text."""
        return tuple(p for p in self.passages if p.kind in FORWARD_LOOKING_KINDS)
