"""The company that issues a release, and its ticker symbols, as the release's first sentences print them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ex99.filings.release import Ticker
from ex99.parsing.passages.dateline import DatelineFinding
from ex99.parsing.passages.outline import Outline

EXCHANGES: dict[str, str] = {
    "nyse": "NYSE",
    "new york stock exchange": "NYSE",
    "nasdaq": "NASDAQ",
    "nasdaq/nms": "NASDAQ",
    "nasdaq/nm": "NASDAQ",
    "nasdaq nm": "NASDAQ",
    "nasdaq nnm": "NASDAQ",
    "nasdaq-nnm": "NASDAQ",
    "nasdaq gm": "NASDAQ",
    "nasdaq gs": "NASDAQ",
    "nasdaq cm": "NASDAQ",
    "nasdaqgs": "NASDAQ",
    "nasdaqgm": "NASDAQ",
    "nasdaqcm": "NASDAQ",
    "nasdaq global select": "NASDAQ",
    "nasdaq global select market": "NASDAQ",
    "nasdaq global market": "NASDAQ",
    "nasdaq national market": "NASDAQ",
    "nasdaq capital market": "NASDAQ",
    "nasdaq stock market": "NASDAQ",
    "amex": "AMEX",
    "american stock exchange": "AMEX",
    "nyse american": "NYSE American",
    "nyse amex": "NYSE American",
    "nyse mkt": "NYSE American",
    "nyse arca": "NYSE Arca",
    "otc": "OTC",
    "otcbb": "OTC",
    "otc bb": "OTC",
    "otcqx": "OTC",
    "otcqb": "OTC",
    "otc bulletin board": "OTC",
    "otc markets": "OTC",
    "otc pink": "OTC",
    "pink sheets": "OTC",
    "tsx": "TSX",
    "toronto stock exchange": "TSX",
    "tse": "TSE",
    "tsx-v": "TSX Venture",
    "lse": "LSE",
    "euronext": "Euronext",
    "asx": "ASX",
    "bse": "BSE",
    "cboe": "Cboe",
    "pacific exchange": "Pacific Exchange",
    "pcx": "Pacific Exchange",
    "chicago stock exchange": "Chicago Stock Exchange",
    "phlx": "Philadelphia Stock Exchange",
}
_NAMES = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s{1,3}") for name in EXCHANGES), key=len, reverse=True))
_SYMBOL = r"[\"\u201c\u2018']?[A-Z][A-Z0-9]{0,5}(?:[./-][A-Z]{1,3})?\b[\"\u201d\u2019']?"
# `(NYSE: ACM)`, `(Nasdaq: "ACME")`, `NYSE symbol: ACM`, `(NYSE/TSX: ACM, ACM.A)`
_TICKER = re.compile(
    rf"(?P<exchange>\b(?:{_NAMES})(?:\s{{0,2}}(?:/|,|and|&)\s{{0,2}}(?:{_NAMES}))?)(?:\s{{1,3}}(?:ticker|stock"
    rf"|trading)?\s{{0,2}}symbols?)?[\s\u00ae:-]{{0,3}}"
    rf"(?::|\bsymbols?|\bunder|-(?=\s?[A-Z]{{1,5}}\)))[\s\u00ae:]{{0,3}}"
    rf"(?P<symbols>{_SYMBOL}(?:\s{{0,2}}(?:,|;|and|&)\s{{0,2}}{_SYMBOL}(?!\s?:)){{0,3}})",
    re.IGNORECASE,
)
# `(ACME:Nasdaq)`: a symbol before its market
_REVERSED = re.compile(rf"\((?P<symbol>[A-Z]{{1,5}})\s?:\s?(?P<exchange>(?i:{_NAMES}))\)")
# `ACM`, `ACM.A`: one symbol among several
_ONE_SYMBOL = re.compile(r"(?<![a-z])[A-Z][A-Z0-9]{0,5}(?:[./-][A-Z]{1,3})?(?![a-z])")
# `(ACME.OB)`, `(ACMEQ.PK)`: a symbol whose suffix names its market
_SUFFIXED = re.compile(r"\((?P<symbol>[A-Z]{3,5})\.(?P<market>OB|PK|O|N|TO)\)")
_SUFFIX_EXCHANGE = {"OB": "OTC", "PK": "OTC", "O": "NASDAQ", "N": "NYSE", "TO": "TSX"}
# `Acme Electronics Corp.` at the start of the first sentence
_NAME = re.compile(
    r"(?:the\s{1,3}|The\s{1,3})?(?:[A-Z\u00c0-\u00dd0-9][\w.'\u2019&!+\u00c0-\u00ff-]{0,30}|&|of|and|the|for|de|du|e\.l\.f\."
    r"|[a-z]{1,2}[A-Z]\w{1,20}|plc)"
    r"(?:,?\s{1,3}(?:[A-Z\u00c0-\u00dd0-9][\w.'\u2019&!+\u00c0-\u00ff-]{0,30}|&|of|and|the|for|de|du|plc|\(USA\)|/[A-Z]{2}/))*"
)
# ` today announced`, ` (NYSE`, `, a maker of`: what stands behind a name
_NAME_END = re.compile(
    r"[,;:]?\s{0,3}(?:today|\(|announce|report|said|has|have|is|will|released|a\b|an\b|the\b|one\b|and its\b|today"
    r"|announce|declare|,|®|™|\.|(?:completed|entered|introduced|issued|filed|named|appointed|released|posted|plans|expects|unveiled"
    r"|launched|signed|agreed|was|were|and)\b|$)",
    re.IGNORECASE,
)
# `For the third quarter`, `Net sales`: openings that are no name
_NOT_NAME = re.compile(
    r"^(?:for|in|on|today|net|revenue|the company|we|our|this|it|sales|earnings|results"
    r"|(?:first|second|third|fourth)(?: |-)(?:quarter|half|fiscal|nine|six|three))\b",
    re.IGNORECASE,
)
_SEARCH_CHARS = 9_000
# words of the exchanges' names, to look no further elsewhere
_MARKETS = (
    "nyse",
    "nasdaq",
    "stock exchange",
    "amex",
    "otc",
    "tsx",
    "(tse",
    "pink sheets",
    "euronext",
    "pacific exchange",
    "(lse",
    "(asx",
    "bse:",
    "cboe",
    "pcx:",
    "phlx",
)
_NAME_CHARS = 30
_SENTENCE_CHARS = 400
_NAME_WINDOW = 160
_ABOUT_WORDS = 8
_OFFICE_CHARS = 16
_LONGEST = 80
_NO_PART = (
    # `Acme-Registered Trademark-`, `Acme®`
    re.compile(r"-Registered Trademark-?|[\u00ae\u2122]"),
    # `Acme and`, `and Acme`
    re.compile(r"(?:,?\s(?:and|of|the|for|a))+$|^(?:and|of|for)\s"),
    # `John Roe, Chairman of the Board of Acme`
    re.compile(r"^.{3,60}?,\s(?:the\s)?(?:Chairman|President|Chief)\b.{0,60}?\sof\s(?:the\s)?(?=[A-Z])(?!Board\b|Directors\b)"),
    # `The Board of Directors of Acme`, `DAYTON, OH. The Board of Directors of Acme`
    re.compile(r"^.{0,60}?\bBoard of (?:Directors|Trustees) of (?:the )?", re.IGNORECASE),
    # `Atlanta-based Acme`, `Acme's Board of Directors`
    re.compile(r"^\w+-based\s|(?:'s|\u2019s)?\s(?:Board of Directors|Board)$"),
    # `Acme's`
    re.compile(r"['\u2019]s?$"),
)
# `Page 1`, `April 29, 2020`: what only looks like a name
_DATED = re.compile(r"\b(?:19|20)\d\d\b|^Selected\b|^Page \d")
# `NYSE/TSX`, `Nasdaq and OTC`: two markets of one ticker
_TWO_MARKETS = re.compile(r"\s?[/,&]\s?|\sand\s")
# `) (NASDAQ: ACM) - `: a ticker between date and name
_ASIDE = re.compile(r"[\s)\].,:–—-]{0,12}\([^()]{0,60}\)")
# `California. `: the end of a sentence before the name, not of an abbreviation in it
_STOP = re.compile(r".*[a-z]{4}\.\s", re.DOTALL)
# `, Chairman and`: what follows a person's name
_OFFICE = re.compile(r",\s{1,3}(?:the\s)?(?:chair|president|chief|ceo|vice|director|executive|founder)", re.IGNORECASE)
# ` -- Today `, `— `: what stands before a sentence's first name
_TODAY = re.compile(r"[^A-Za-z0-9]*+(?:Today,?\s++)?")
_TICKER_CHARS = 130


def find_tickers(outline: Outline) -> tuple[Ticker, ...]:
    """The symbols printed near the top of the release with their exchanges; each once, in order."""
    head = outline.text[:_SEARCH_CHARS]
    found: dict[str, Ticker] = {}
    for match in _ticker_matches(outline, 0, _SEARCH_CHARS):
        printed = " ".join(match["exchange"].lower().split())
        exchange = EXCHANGES.get(printed) or EXCHANGES.get(_TWO_MARKETS.split(printed)[0], match["exchange"])
        for symbol in _ONE_SYMBOL.findall(match["symbols"]):
            if symbol not in {"AND"}:
                found.setdefault(symbol, Ticker(symbol, exchange))
    for match in _REVERSED.finditer(head):
        found.setdefault(match["symbol"], Ticker(match["symbol"], EXCHANGES[" ".join(match["exchange"].lower().split())]))
    for match in _SUFFIXED.finditer(head):
        found.setdefault(match["symbol"], Ticker(match["symbol"], _SUFFIX_EXCHANGE[match["market"]]))
    return tuple(found.values())[:6]


def _ticker_matches(outline: Outline, start: int, end: int) -> list[re.Match[str]]:
    """The exchanges with symbols in a stretch of text, looked for around the exchanges' names alone."""
    matches: list[re.Match[str]] = []
    places = sorted(place for word in _MARKETS for place in _places(outline.lower, word, start, end))
    for place in places:
        if matches and place < matches[-1].end():
            continue
        begin = max(start, place - _NAME_CHARS, matches[-1].end() if matches else 0)
        match = _TICKER.search(outline.text, begin, min(end, place + _TICKER_CHARS))
        if match is not None:
            matches.append(match)
    return matches


def _places(text: str, word: str, start: int, end: int) -> Iterator[int]:
    at = text.find(word, start, end)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word), end)


def find_company_name(outline: Outline, dateline: DatelineFinding) -> str | None:
    """The name that the first sentence begins with, else the one before a ticker, in an "About" heading or on a line, else None."""
    text = outline.text
    placed = dateline.text_start > 0
    start = dateline.text_start
    end = dateline.part.end if dateline.part is not None else min(len(text), start + _SEARCH_CHARS)
    if placed:
        aside = _ASIDE.match(text, start, end)
        start = aside.end() if aside else start
        name = _name_at(text, start, end)
        if name:
            return name
    for begin, stop in ((start, min(end, start + _SENTENCE_CHARS)), (0, _SEARCH_CHARS)):
        for match in [*_ticker_matches(outline, begin, stop), *_SUFFIXED.finditer(text, begin, stop)]:
            name = _name_before(text, match.start(), begin)
            if name:
                return name
    return _about_name(outline) or _legal_name(outline)


def _name_at(text: str, start: int, end: int) -> str | None:
    """The name that stands at the start of a sentence, or after its opening phrase ("In a joint statement, Acme Corp. ...")."""
    for _ in range(2):
        opening = _TODAY.match(text, start, end)
        start = end if opening is None else opening.end()
        match = _NAME.match(text, start, min(end, start + 120))
        if match is None:
            return None
        if not _NOT_NAME.match(match.group()):
            follows = _NAME_END.match(text, match.end(), match.end() + 40) and not _OFFICE.search(text, start, match.end() + _OFFICE_CHARS)
            return _clean(match.group()) if follows else None
        comma = text.find(",", start, min(end, start + 90))
        if comma < 0:
            return None
        start = comma + 1
    return None


def _name_before(text: str, at: int, begin: int) -> str | None:
    """The name before the bracket that a ticker stands in; brackets with the name's short forms stand between them."""
    opening = text.rfind("(", max(begin, at - 40), at + 1)
    piece = text[max(begin, opening - _NAME_WINDOW) : max(opening, begin)].rstrip()
    while piece.endswith(")") and "(" in piece:
        piece = piece[: piece.rfind("(")].rstrip()
    piece = piece[piece.rfind("\n\n") + 1 :].lstrip()
    stop = _STOP.match(piece)
    piece = piece[stop.end() :] if stop else piece
    last = None
    for match in _NAME.finditer(piece):
        if match.end() >= len(piece) - 2:
            last = match
    return _clean(last.group()) if last else None


# `Acme Electronics Corp.`: a line above the text that ends in a company's legal form
_LEGAL = re.compile(
    r"\b(?:Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|LLC|L\.P|plc|PLC|N\.V|S\.A|Bancorp)\b\.?", re.IGNORECASE
)


def _about_name(outline: Outline) -> str | None:
    """The name in a heading "About Acme"."""
    for part in outline.parts:
        if part.lower.startswith("about ") and part.is_prose and part.word_count <= _ABOUT_WORDS and not part.words.endswith("."):
            return _clean(part.words[6:])
    return None


def _legal_name(outline: Outline) -> str | None:
    for part in outline.parts[:40]:
        match = _LEGAL.search(part.words[:80]) if part.is_prose else None
        if match and match.start() > 2 and part.words[:1].isupper():
            name = part.words[: match.end()]
            if _NAME.fullmatch(name):
                return _clean(name)
    return None


def _clean(name: str) -> str | None:
    """A name without its marks and without what clings to it; None where it is none."""
    name = " ".join(name.split())
    for pattern in _NO_PART:
        name = pattern.sub("", name).strip(" ,;:-")
    if _NOT_NAME.match(name) or _DATED.search(name) or not 1 < len(name) <= _LONGEST:
        return None
    return name if any(c.isalpha() for c in name) else None
