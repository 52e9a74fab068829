"""The lines of typewriter text: what each one is (data, header, ruler, words), and the cells it falls into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ex99.parsing.language.currencies import MARK, SIGNS

LineKind = Literal["blank", "ruler", "data", "header", "words", "page"]

# "$ (4,327)", "(0.47)", "12.5%", "---", "N/A", "$  -"
VALUE = re.compile(
    rf"(?:{MARK}\s{{0,14}})?[(\[]?\s?[-–+]?(?:\$\s{{0,14}})?(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\.\d+)\s?[)\]]?\s?%?\)?(?![\w.,/-])"
    rf"|(?:{MARK}\s{{0,14}})?(?:-{{1,5}}|[–—]{{1,2}})%?(?=\s|$)|(?:N/?A|N/?M|n/?a|n/?m|nm|NIL|nil)(?=\s|$)"
)
_PARTS_VALUES = frozenset(f" ({SIGNS}")
_OPENS_VALUE = frozenset(f"{SIGNS}(-0123456789.–—")
# "- - - - -", "=======  =======", "_____"
_RULER = re.compile(r"(?=[\s\-=_*]+$).*?(?:--|==|__|[-=] [-=] )")
_GAP = re.compile(r"\s{2,}|\.{3,}\s*|(?:\s\.){3,}\s*")
_WIDE_GAP = re.compile(r"\S\s{3,}\S")
_YEAR = re.compile(r"(?:19|20)\d\d\*?$")
# "(1)" beside "(unaudited)" in a header
_MARK = re.compile(r"\(\w\)$")
_NOTE = re.compile(r"(?:\([a-z0-9*]{1,2}\)|(?<!\w)[a-z0-9*]{1,2}\)|\*{1,3})\s*$")
# Three Months Ended | June 30, | 2003 | Quarter | As of | Year to date
PERIOD_WORDS = re.compile(
    r"\b(?:months?|weeks?|quarters?|years?|ended|ending|as of|year-to-date|(?:19|20)\d\d|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?"
    r"|apr(?:il)?|may"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|unaudited|actual|pro forma|change|q[1-4]|[1-4]q"
    r"|for the \d\d|\d{1,2}/\d{1,2}/\d{2,4})\b",
    re.IGNORECASE,
)
# Jun 30, | June 30, 2003 | 2002 | 9/30/01
_HEADER_DATE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2},?(?:\s\d{4})?\*?\s?|(?:19|20)\d\d\*?\s?"
    r"|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\s?",
    re.IGNORECASE,
)
# Three Months Ended June 30, | Thirteen weeks ended | Year Ended December 31, 2003
_SPANNER = re.compile(
    r"(?:for\s(?:the\s)?)?(?:[a-z]+(?:-[a-z]+)?[\s-](?:months?|weeks?)|quarters?|(?:fiscal\s)?years?)\s(?:ended|ending)"
    r"(?:\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2},?)?(?:\s(?:19|20)\d\d)?\s{0,40}",
    re.IGNORECASE,
)
_LONGEST_HEADERS = 200
# what stands side by side in a line of headers
_HEADER_PART = re.compile(
    rf"{_SPANNER.pattern}|{_HEADER_DATE.pattern}|(?:first|second|third|fourth|1st|2nd|3rd|4th)\s(?:quarter|qtr\.?)\s{{0,40}}|first\s(?:six|nine)\smonths\s{{0,40}}|(?:total|%?\s?change)\s{{0,40}}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line between two gaps: line[start:end]."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line, what it is, and for data its label (None where it has none) and values."""

    text: str
    kind: LineKind
    indent: int
    label: Piece | None = None
    values: tuple[Piece, ...] = ()

    @property
    def words(self) -> str:
        """The line without its margins."""
        return self.text.strip()


def read_line(text: str) -> Line:
    """Tell what a line is."""
    stripped = text.strip()
    indent = len(text) - len(text.lstrip())
    if not stripped:
        return Line(text, "blank", 0)
    if _RULER.match(stripped):
        return Line(text, "ruler", indent)
    data = _read_data(text, indent)
    if data is not None:
        return data
    if _WIDE_GAP.search(stripped) or _is_made_of_headers(stripped):
        return Line(text, "header", indent)
    return Line(text, "words", indent)


def _is_made_of_headers(text: str) -> bool:
    """Whether a text is several column headers and nothing else."""
    if len(text) >= _LONGEST_HEADERS or _HEADER_PART.match(text) is None:
        return False
    return len(_HEADER_PART.findall(text)) > 1 and not _HEADER_PART.sub("", text).strip()


def _read_data(text: str, indent: int) -> Line | None:
    """A label and values after a gap, or two values and more alone; None for anything else, and for rows of years."""
    end = len(text.rstrip())
    note = _NOTE.search(text) if text[end - 1] in ")*" else None
    for gap in _gaps(text, indent):
        values = _values(text, gap, end)
        if values is None and note is not None and note.start() > gap:
            values = _values(text, gap, note.start())
        if values is None:
            continue
        if _are_years(values) or (_MARK.match(values[0].text) and "audited" in text.lower()):
            return None
        label_end = len(text[:gap].rstrip(" ."))
        label = Piece(" ".join(text[indent:label_end].split()), indent, label_end) if gap > indent else None
        if label is None and (len(values) < 2 and indent < 20):
            return None
        return Line(text, "data", indent, label, tuple(values))
    return None


def _are_years(values: Sequence[Piece]) -> bool:
    """Whether values are a header's years, with note marks beside them or not."""
    return any(_YEAR.match(v.text) for v in values) and all(_YEAR.match(v.text) or _MARK.match(v.text) for v in values)


def _gaps(text: str, indent: int) -> list[int]:
    """Where values may start: the line's first word, and the first six places after a gap."""
    places = [indent] if text[indent : indent + 1] in _OPENS_VALUE else []
    for match in _GAP.finditer(text, indent):
        places.append(match.end())
        if len(places) > 6:
            break
    return places


def _values(text: str, start: int, end: int) -> list[Piece] | None:
    """The values that text[start:end] is made of, or None where something else stands among them."""
    values: list[Piece] = []
    position = start
    while position < end:
        if text[position] == " ":
            position += 1
            continue
        match = VALUE.match(text, position, end)
        if match is None or match.end() == position or len(values) >= 40:
            return None
        values.append(Piece(match.group().strip(), position, position + len(match.group().rstrip())))
        position = match.end()
        if position < end and text[position] not in _PARTS_VALUES and not text[position - 1].isspace():
            return None
    return values or None


def split_pieces(text: str) -> list[Piece]:
    """The words of a header line, cut at gaps of two blanks and more, and between dates and years that follow each other."""
    pieces = _split_gaps(text)
    return [part for piece in pieces for part in (_split_dates(text, piece) if len(piece.text) > 8 else [piece])]


def _split_dates(text: str, piece: Piece) -> list[Piece]:
    """A piece such as "Jun 30, Mar 31, Jun 30," or "2003 2002" cut into its headers, where it holds several and nothing else."""
    if not _is_made_of_headers(piece.text):
        return [piece]
    matches = _HEADER_PART.finditer(text, piece.start, piece.end)
    return [Piece(" ".join(m.group().split()), m.start(), m.start() + len(m.group().rstrip())) for m in matches]


def _split_gaps(text: str) -> list[Piece]:
    pieces = []
    position = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    for gap in re.finditer(r"\s{2,}", text[:end]):
        if gap.start() >= position and gap.end() > position and gap.start() > position:
            pieces.append(Piece(" ".join(text[position : gap.start()].split()), position, gap.start()))
        position = max(position, gap.end())
    if position < end:
        pieces.append(Piece(" ".join(text[position:end].split()), position, end))
    return pieces
