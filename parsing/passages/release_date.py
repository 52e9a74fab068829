"""When a release was issued where its dateline does not say: a date that stands alone above it, today's date, the year of a day."""

from __future__ import annotations

import datetime as dt
import re

from ex99.parsing.language.dates import find_dates, make_date
from ex99.parsing.passages.outline import Outline, Part

# `For Immediate Release: May 3, 2004  web: ...`: a line whose date is the release's
_RELEASE_LINE = re.compile(r"for (?:immediate )?release|release date|dated?:")
# `Release Date: April 28, 2020`, `News Release | January 14, 2022`, `Friday, May 2, 2003`: words that may stand beside a date alone
_DATE_LABEL = re.compile(
    r"(?:for|immediate|release|released?|date[ds]?|on|news|press|embargoed|until|financial|earnings|of|the|a\.?m\.?|p\.?m\.?|at|et|est"
    r"|edt|ct|pt|eastern|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}:\d\d|time|contact[s:]*|exhibit|99(?:\.\d{1,2})?|issue|issued|after|market"
    r"|close|web|[^\w\s]{1,3})",
    re.IGNORECASE,
)
# `today, October 11, 2024`: a date that the text calls today's
_TODAY = re.compile(r"(?:today|this morning|this afternoon)[,(]?\s{0,3}\(?(?:(?:mon|tues|wednes|thurs|fri)day,?\s{1,3})?")
# `Contact: A. Marsh          `: what parts a column of a letterhead from the one beside it
_GAP_BEFORE = re.compile(r"(?:^|\n|[ \xa0]{4}|\t)[ \xa0\t]{0,80}$")
# the end of its line, or a gap
_GAP_AFTER = re.compile(r"[ \xa0]{0,3}(?:$|\n|\t|[ \xa0]{4})")
_LETTERHEAD_WORDS = 60
_TODAY_CHARS = 60_000
_TODAY_REACH = 40
_DATE_WORDS = 3


def find_lone_date(outline: Outline, limit: int) -> tuple[dt.date | None, Part | None]:
    """A date of the lines above the text that stands alone, or with words of release alone."""
    for part in outline.parts[: limit + 1]:
        if not part.is_prose or part.word_count > 14:
            continue
        for date in find_dates(part.lower):
            others = (part.words[: date.start] + " " + part.words[date.end :]).split()
            if date.date and all(_DATE_LABEL.fullmatch(w.strip(",.:;|()-–—")) or not w.strip(",.:;|()-–—") for w in others):
                return date.date, part
    for part in outline.parts[: limit + 1]:
        if part.is_prose and part.word_count <= 25 and _RELEASE_LINE.search(part.lower):
            released = next((d for d in find_dates(part.lower) if d.date), None)
            if released is not None:
                return released.date, part
    return _date_of_letterhead(outline, limit)


def _date_of_letterhead(outline: Outline, limit: int) -> tuple[dt.date | None, Part | None]:
    """A date in a column of its own above the text: nothing beside it, or only across a wide gap."""
    for part in outline.parts[: limit + 1]:
        if not part.is_prose or part.word_count > _LETTERHEAD_WORDS:
            continue
        for date in find_dates(outline.lower, part.start, part.end):
            before, after = outline.text[part.start : date.start], outline.text[date.end : part.end]
            if date.date is not None and _GAP_BEFORE.search(before) and _GAP_AFTER.match(after):
                return date.date, part
    return None, None


def find_closing_date(outline: Outline) -> dt.date | None:
    """The date that is a paragraph of its own below the text, where the release has none above it."""
    for part in reversed(outline.parts):
        date = next(find_dates(part.lower), None) if part.is_prose and part.word_count <= _DATE_WORDS else None
        if date is not None and date.date is not None and date.start == 0 and date.end == len(part.words.rstrip(".")):
            return date.date
    return None


def find_todays_date(outline: Outline) -> dt.date | None:
    """The date that the text calls today's."""
    for today in _TODAY.finditer(outline.lower, 0, _TODAY_CHARS):
        found = next(find_dates(outline.lower, today.end(), today.end() + _TODAY_REACH), None)
        if found is not None and found.date is not None and found.start == today.end():
            return found.date
    return None


def complete_date(outline: Outline, dateline: str) -> dt.date | None:
    """A dateline's month and day with the year of the same day printed elsewhere, else of the latest year that the release prints."""
    partial = next(find_dates(dateline.lower()), None)
    if partial is None:
        return None
    dates = [d.date for d in find_dates(outline.lower, 0, 100_000) if d.date]
    same = [d for d in dates if (d.month, d.day) == (partial.month, partial.day)]
    if same:
        return max(same)
    candidates = [c for year in sorted({d.year for d in dates}) if (c := make_date(year, partial.month, partial.day))]
    past = [d for d in dates if any(abs((c - d).days) < 200 for c in candidates)]
    if not past:
        return None
    median = sorted(past)[len(past) // 2]
    return min(candidates, key=lambda c: abs((c - median).days))
