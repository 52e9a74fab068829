"""Where and when a release says it was issued: "DAYTON, Ohio--(BUSINESS WIRE)--November 3, 2004--"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ex99.filings.release import Dateline, Passage
from ex99.parsing.language.dates import PrintedDate, find_dates
from ex99.parsing.passages.outline import Outline, Part
from ex99.parsing.passages.release_date import complete_date, find_closing_date, find_lone_date, find_todays_date

_HEAD_PARTS = 120
_DATE_REACH = 190
_PLACE_CHARS = 95
_LONG_PART = 120
_BURIED_REACH = 3_000
_FEWEST_WORDS = 7
_LONGEST_ALONE = 14

NEWSWIRES: dict[str, str] = {
    "business wire": "Business Wire",
    "businesswire": "Business Wire",
    "prnewswire": "PR Newswire",
    "pr newswire": "PR Newswire",
    "globe newswire": "GlobeNewswire",
    "globenewswire": "GlobeNewswire",
    "marketwired": "Marketwired",
    "marketwire": "Marketwire",
    "market wire": "Marketwire",
    "primezone": "PrimeZone",
    "prime newswire": "PrimeNewswire",
    "accesswire": "Accesswire",
    "internet wire": "Internet Wire",
    "ccnmatthews": "CCNMatthews",
    "cnw": "Canada Newswire",
    "newsfile": "Newsfile",
    "first call": "First Call",
    "dow jones": "Dow Jones",
    "bw healthwire": "Business Wire",
    "ap": "AP",
}
# `(BUSINESS WIRE)`, `/PRNewswire-FirstCall/`
_WIRE = re.compile(
    r"[(/]\s{0,2}([A-Za-z][A-Za-z -]{1,40}?)(?:\s?[-–,/](?:FirstCall|First Call|USNewswire"
    r"|Asia)[^)/]{0,20})?(?:\svia [\w ]{1,30})?\s{0,2}[)/]"
)
# `--(Marketwire - `: a newswire in the bracket that holds the date
_OPEN_WIRE = re.compile(r"[-–—\s]{0,4}[(/]\s?([A-Za-z][A-Za-z ]{1,30}?)\s{0,2}[-–—,]{1,2}\s{0,2}$")
# `- GLOBE NEWSWIRE -`: a newswire without brackets
_BARE_WIRE = re.compile(
    r"[-–—\s,]{1,4}\b(?:GLOBE NEWSWIRE|GlobeNewswire|BUSINESS WIRE|PR ?NEWSWIRE|PRNewswire|ACCESSWIRE|MARKETWIRE"
    r"|Marketwired)\b",
    re.IGNORECASE,
)
# `Dayton,`, `CALIF.`, `d'Alene`, `of`: a word that a place can have
_PLACE_WORD = re.compile(
    r"[A-Z\u00c0-\u00dd][\w.'\u2019\u00c0-\u00ff-]{0,24}[,.;/]{0,3}|(?:of|and|the|de|la|du|on|upon"
    r"|d[\u2019'][A-Z]\w{1,20}|&|/),?"
)
# `(Nasdaq: ACM)`
_MARKET = re.compile(r"\b(?:NYSE|NASDAQ|OTC)\b", re.IGNORECASE)
# `FOR IMMEDIATE RELEASE: DAYTON`: a label before the place; `DAYTON, Ohio, Monday`: a weekday behind it
_LABEL = re.compile(r"^(?:for immediate release|news release|press release)[\s:,-]*", re.IGNORECASE)
_WEEKDAY = re.compile(r"[\s,(]{1,3}(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
# `Calif` at the end of a place: an abbreviation
_SHORT_END = re.compile(r"\b[A-Z][\w.]{0,5}$")
# ` - FORT WAYNE, IN - Acme`: a place behind the date
_PLACE_AFTER = re.compile(
    r"[\s)]{0,4}(?:--?"
    r"|[\u2012-\u2015,/])\s{0,4}(?P<place>[A-Z][\w.'\u2019 ]{1,30},\s?[A-Z][\w. ]{1,20}?)\s{0,3}(?:--?|[\u2012-\u2015/(])"
)
# `Fresno, California. Acme`: a place closed by a stop before the name
_STOPPED_PLACE = re.compile(r"[A-Z][\w.'\u2019 ]{1,30},\s{1,3}[A-Z][\w]{1,14}(?: [A-Z][a-z]{2,12})?\.(?=\s{1,3}[A-Z])")
# ` --`, ` - `, `—`, `...`: what parts a place from the text behind it
_DASH = re.compile(
    r"\s{0,4}(?:--|[\u2012-\u2015\u2212]|\s-\s|-\s|-(?=[(/])|(?<=[A-Z]{3})-(?=[A-Z])|\.{3}|\u2026|:(?=\s)|[\x96\x97]"
    r"|/(?=/?\s?PR))"
)
# `the fiscal quarter ended`: words that a place never has
_NO_PLACE = re.compile(
    r"^(?:on|in|the(?! (?:woodlands|hague|dalles|villages|colony)\b)|at|during|as|for|this|effective|since|by|dated?"
    r"|of)\b|\b(?:ended|quarter|results|report\w*|announc\w*|release|inc|corp|company"
    r"|contact|exhibit|fiscal|year|page|note|table)\b",
    re.IGNORECASE,
)
# ` today`, ` announced`, ` reported`: what a release's first sentence does
FIRST_SENTENCE = re.compile(
    r"\b(?:today|announce[ds]?|announcing|report(?:s|ed|ing)|releas(?:es|ed)|said|declared|introduced|unveiled|named|completed|stated"
    r"|posted|"
    r"earned|earns|achieved|recorded|delivered|generated|expects|plans|agreed|received|entered|won|priced|increased|rose|declined|fell|"
    r"provided|confirmed|commented|appointed|elected|signed|issued|filed|launched|updated|was|were|has|have|will|is)\b"
)


@dataclass(frozen=True, slots=True)
class DatelineFinding:
    """A dateline, the part it stands in (None where only a date was found), and where the release's first sentence begins."""

    dateline: Dateline
    passage: Passage | None
    part: Part | None
    text_start: int


def find_dateline(outline: Outline) -> DatelineFinding:
    """The dateline: a place and a date at the start of the first paragraph, or a date that stands alone above it, or today's date."""
    placed: DatelineFinding | None = None
    for part in outline.parts[:_HEAD_PARTS]:
        if part.is_prose and (found := _read_part(outline, part)) is not None:
            placed = found
            break
    placed = placed or _buried(outline)
    date = placed.dateline.date if placed else None
    if date is None:
        limit = placed.part.index if placed and placed.part else _first_prose(outline)
        date, lone = find_lone_date(outline, limit)
        date = date or find_todays_date(outline) or _completed(outline, placed) or find_closing_date(outline)
        if placed is None:
            passage = Passage("dateline", outline.source(lone.start, lone.end)) if lone else None
            return DatelineFinding(Dateline(None, date), passage, None, 0)
        old = placed.dateline
        return DatelineFinding(Dateline(old.place, date, old.newswire), placed.passage, placed.part, placed.text_start)
    assert placed is not None
    return placed


def _read_part(outline: Outline, part: Part) -> DatelineFinding | None:
    """The dateline at a part's start, or None."""
    if part.word_count < _FEWEST_WORDS:
        return _alone(outline, part)
    reach = min(part.end, part.start + _DATE_REACH)
    first = next(find_dates(outline.lower, part.start, reach), None)
    if first is not None:
        found = _with_date(outline, part, first) or _alone(outline, part)
        if found is not None:
            return found
    return _without_date(outline, part, reach)


def _alone(outline: Outline, part: Part) -> DatelineFinding | None:
    """A place and a date that are a paragraph of their own, right above the release's first sentence."""
    text = outline.text
    date = next(find_dates(outline.lower, part.start, part.end), None) if part.word_count <= _LONGEST_ALONE else None
    following = outline.parts[part.index + 1] if part.index + 1 < len(outline.parts) else None
    if date is None or date.date is None or following is None or not following.is_prose or following.word_count < _LONGEST_ALONE:
        return None
    place, wire = _place_and_wire(text[part.start : date.start])
    rest = text[date.end : part.end]
    wired = next((name for m in _WIRE.finditer(rest) if (name := _newswire(m.group(1)))), None)
    if place is None or not _known_place(place) or any(c.isalnum() for c in _BARE_WIRE.sub("", _WIRE.sub("", rest))):
        return None
    if not FIRST_SENTENCE.search(following.words[:600]):
        return None
    passage = Passage("dateline", outline.source(part.start, date.end))
    return DatelineFinding(Dateline(place, date.date, wire or wired), passage, following, following.start)


def _with_date(outline: Outline, part: Part, date: PrintedDate) -> DatelineFinding | None:
    text = outline.text
    before = text[part.start : date.start]
    place, wire = _place_and_wire(before)
    if place is None and any(c.isalnum() for c in _WIRE.sub("", before)):
        return None
    after = text[date.end : date.end + 60]
    wire_after = next((m for m in _WIRE.finditer(after) if _newswire(m.group(1))), None)
    wire = wire or (_newswire(wire_after.group(1)) if wire_after else None)
    separated = _DASH.match(after.lstrip(" )].,")) or wire_after or after.lstrip(" )].,(\n-")[:1].isupper()
    if not separated or not (wire or FIRST_SENTENCE.search(text[date.end : part.end][:600])):
        return None
    end = date.end
    if wire_after:
        end += wire_after.end()
    if place is None and (later := _PLACE_AFTER.match(text, date.end, part.end)) is not None:
        place, _ = _place_and_wire(later["place"])
        end = later.end("place") if place else end
    if text[end : end + 1] == ")" and "(" in text[part.start : end]:
        end += 1
    passage = Passage("dateline", outline.source(part.start, end))
    return DatelineFinding(Dateline(place, date.date, wire), passage, part, end)


def _without_date(outline: Outline, part: Part, reach: int) -> DatelineFinding | None:
    text = outline.text
    head = text[part.start : reach]
    dash = _DASH.search(head, 2, _PLACE_CHARS + 30)
    if dash is None:
        return _stopped(outline, part, head)
    wire_found = next((m for m in _WIRE.finditer(head, 0, 140) if _newswire(m.group(1))), None)
    place, wire = _place_and_wire(head[: dash.start()])
    rest = head[dash.end() :]
    if place is None or (not wire and wire_found is None and not _known_place(place)):
        return _stopped(outline, part, head)
    if not FIRST_SENTENCE.search(text[part.start + dash.end() : part.end][:600]) or not rest.lstrip(" -–—(/")[:1].isupper():
        return None
    end = part.start + dash.start()
    if wire_found is not None:
        wire = wire or _newswire(wire_found.group(1))
        end = max(end, part.start + wire_found.end())
    return DatelineFinding(Dateline(place, None, wire), Passage("dateline", outline.source(part.start, end)), part, end)


def _stopped(outline: Outline, part: Part, head: str) -> DatelineFinding | None:
    """A place that a stop parts from the company's name, where a ticker symbol follows the name."""
    match = _STOPPED_PLACE.match(head)
    if match is None or _MARKET.search(head) is None or _NO_PLACE.search(match.group()):
        return None
    end = part.start + match.end() - 1
    place = " ".join(match.group()[:-1].split())
    return DatelineFinding(Dateline(place), Passage("dateline", outline.source(part.start, end)), part, match.end() + part.start)


def _completed(outline: Outline, placed: DatelineFinding | None) -> dt.date | None:
    return None if placed is None or placed.passage is None else complete_date(outline, placed.passage.source.text)


# `NEW YORK, `, `St. Louis, Mo. - `: a city right before a date, its first words only where they are those that cities begin with
_CITY_BEFORE = re.compile(
    r"(?<![\w.\u2019'-])(?P<place>(?:(?:New|San|Los|Las|Santa|Fort|Ft\.|St\.|Saint|El|La|Palo|Kansas|Oklahoma|Salt Lake|Mountain|Redwood"
    r"|Baton|Grand|West|East|North|South|Long|Port|Cedar|Overland|Boca|Virginia|Colorado|Des|Ann|Corpus|Sioux|Menlo|Beverly|Foster"
    r"|King of|High|Lake|Newport|Palm|Little|Green|White|Silver|Ponte Vedra|Winston) )?"
    r"[A-Z][A-Za-z.]{2,15}(?:, [A-Z][A-Za-z.]{1,14})?)(?:,|\s[-\u2013\u2014])\s{1,3}$",
)
_CITY_CAPITALS = re.compile(_CITY_BEFORE.pattern, re.IGNORECASE)


def _buried(outline: Outline) -> DatelineFinding | None:
    """A dateline in the midst of a long first part, as where a page was an image and its lines have run together."""
    part = next((p for p in outline.parts[:3] if p.is_prose and p.word_count >= _LONG_PART), None)
    if part is None:
        return None
    for date in find_dates(outline.lower, part.start, min(part.end, part.start + _BURIED_REACH)):
        city = _city_before(outline.text, max(part.start, date.start - 60), date.start)
        if date.date is not None and city is not None and _DASH.match(outline.text, date.end, date.end + 8):
            passage = Passage("dateline", outline.source(city.start("place"), date.end))
            return DatelineFinding(Dateline(city["place"], date.date), passage, None, date.end)
    return None


def _city_before(text: str, start: int, end: int) -> re.Match[str] | None:
    """The city that ends right before a date: in capitals where it is so printed, whatever stands before it."""
    shouted = _CITY_CAPITALS.search(text, start, end)
    if shouted is not None and shouted["place"].partition(",")[0].isupper():
        return shouted
    return _CITY_BEFORE.search(text, start, end)


def _place_and_wire(before: str) -> tuple[str | None, str | None]:
    """The place in the words before a date or dash, and the newswire among them."""
    wire = None
    for match in _WIRE.finditer(before):
        wire = wire or _newswire(match.group(1))
    opened = _OPEN_WIRE.search(before)
    if opened is not None and _newswire(opened.group(1)):
        wire, before = wire or _newswire(opened.group(1)), before[: opened.start()]
    bare_wire = _BARE_WIRE.search(before)
    if bare_wire is not None:
        wire = wire or _newswire(bare_wire.group().strip(" -–—,\n\t"))
        before = before[: bare_wire.start()] + " " + before[bare_wire.end() :]
    bare = " ".join(_WIRE.sub(" ", before).split()).strip(" -–—\u2015\u2212\x96\x97(/:,.*|\u2022[]")
    bare = _WEEKDAY.sub("", _LABEL.sub("", bare)).rstrip(" -–—,(")
    if not bare or len(bare) > _PLACE_CHARS or _NO_PLACE.search(bare) or not all(_PLACE_WORD.fullmatch(word) for word in bare.split()):
        return None, wire
    printed = before[before.find(bare[:1]) :]
    abbreviated = " ".join(printed.split()).startswith(bare + ".") and ".." not in printed and "," in bare and _SHORT_END.search(bare)
    return bare + "." if abbreviated else bare, wire


def _newswire(name: str) -> str | None:
    lower = " ".join(name.lower().replace("-", " ").split())
    return next((printed for key, printed in NEWSWIRES.items() if lower == key or (len(key) > 3 and lower.startswith(key))), None)


# `Dayton, Ohio`, `HOUSTON`: a comma, or a city in capitals
_COMMA_PLACE = re.compile(r"[A-Z][\w.'\u2019 \u00c0-\u00ff-]{1,40},\s{0,3}[A-Z][\w. \u00c0-\u00ff]{1,30}")


def _known_place(place: str) -> bool:
    return bool(_COMMA_PLACE.match(place)) or (
        len(place.split()) <= 3 and place.replace(" ", "").replace(".", "").isalpha() and place.isupper() and len(place) > 3
    )


def _first_prose(outline: Outline) -> int:
    """The index of the first paragraph of running text."""
    return next((p.index for p in outline.parts if p.is_prose and p.word_count >= 30 and FIRST_SENTENCE.search(p.lower)), 40)
