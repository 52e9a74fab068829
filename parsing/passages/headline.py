"""The headline of a release and the subheads under it."""

from __future__ import annotations

from functools import lru_cache

from ex99.filings.release import Passage
from ex99.parsing.passages.dateline import DatelineFinding
from ex99.parsing.passages.headline_words import (
    ADDRESS,
    DAY,
    ENDED,
    FURNITURE,
    GAP,
    HALF_END,
    LABEL,
    LAST_MARK,
    NAME_END,
    NAMED,
    OFFICE,
    OPEN_END,
    OPEN_START,
    STREET,
    TITLED,
    TOPIC,
    VERB,
)
from ex99.parsing.passages.outline import Outline, Part

_HEAD_PARTS = 60
_MAX_WORDS = 60
_MIN_WORDS = 3
_SUBHEAD_WORDS = 25
_HEAD_WORDS = 3
_LONG_LINE = 50
_ADDRESS_WORDS = 8
_HALF_WORDS = 9
_LEAD_WORDS = 25
_OPENING_CHARS = 200


def find_headline(outline: Outline, dateline: DatelineFinding) -> tuple[str | None, list[Passage]]:
    """The headline with its lines joined, and its passage with those of the subheads under it; (None, []) where there is none."""
    candidates = _candidates(outline, dateline)
    opening = _opening(outline, dateline)
    chosen = _choose(candidates, opening)
    if chosen is None:
        return _buried(outline, dateline)
    lines = _joined(candidates, chosen, opening)
    label = LABEL.match(outline.text, lines[0].start, lines[-1].end)
    start = label.end() if label and lines[0].end - label.end() > 20 else lines[0].start
    headline = " ".join(outline.text[start : lines[-1].end].split()) if len(lines) == 1 else " ".join(p.words for p in lines)
    passages = [Passage("headline", outline.source(start, lines[-1].end))]
    for part in candidates[candidates.index(lines[-1]) + 1 :]:
        if part.word_count > _SUBHEAD_WORDS and part.words.endswith("."):
            break
        if is_subhead(part):
            passages.append(Passage("subhead", outline.source(part.start, part.end)))
    return headline, passages


def _buried(outline: Outline, dateline: DatelineFinding) -> tuple[str | None, list[Passage]]:
    """The headline in the midst of a part whose lines have run together: from the last address, number or mark to the dateline's place."""
    if dateline.passage is None or dateline.part is not None:
        return None, []
    end = dateline.passage.source.start
    start = max((m.end() for m in LAST_MARK.finditer(outline.text, 0, end)), default=None)
    words = "" if start is None else outline.text[start:end]
    start, words = (start or 0) + len(words) - len(words.lstrip()), words.lstrip()
    words = words[: cut.start()] if (cut := GAP.search(words.rstrip())) else words
    if not _MIN_WORDS <= len(words.split()) <= _MAX_WORDS or not VERB.search(words):
        return None, []
    return " ".join(words.split()), [Passage("headline", outline.source(start, start + len(words.strip())))]


def is_subhead(part: Part) -> bool:
    """Whether a line between headline and text is a subhead and no address or label."""
    return 4 <= part.word_count <= _MAX_WORDS and not _is_furniture(part) and not part.words.endswith(":")


def _candidates(outline: Outline, dateline: DatelineFinding) -> list[Part]:
    """The lines that stand above the release's text."""
    limit = dateline.part.index if dateline.part is not None else None
    placed = dateline.passage.source.start if dateline.passage is not None and limit is not None else -1
    parts: list[Part] = []
    last_table = 0
    for part in outline.parts[: limit if limit is not None else _HEAD_PARTS]:
        if not part.is_prose:
            if limit is None and parts:
                break
            last_table = len(parts)
            continue
        if limit is None and part.word_count > 45 and part.words.endswith("."):
            break
        if not part.start <= placed < part.end:
            parts.append(part)
    below = parts[last_table:]
    return below if any(VERB.search(part.words) and not _is_furniture(part) for part in below) else parts


def _opening(outline: Outline, dateline: DatelineFinding) -> str:
    """The first words of the release's text, in lower case: a line that they begin with is the company's name."""
    lead = dateline.part or next((p for p in outline.parts[:_HEAD_PARTS] if p.is_prose and p.word_count >= _LEAD_WORDS), None)
    if lead is None:
        return ""
    start = max(lead.start, dateline.text_start)
    return " ".join(outline.lower[start : start + _OPENING_CHARS].split()).lstrip(" -–—:.,()/")


def _choose(candidates: list[Part], opening: str) -> Part | None:
    """The first line that reads as a headline; lines set as headings come before plain ones, a name alone comes never."""
    eligible = [
        p
        for p in candidates
        if _has_length(p) and not _is_furniture(p) and p.kind != "list_item" and not _is_name(p) and not opening.startswith(p.lower)
    ]
    for wanted in (_reads_as_news, _has_topic, _is_styled, _is_short):
        found = next((p for p in eligible if wanted(p)), None)
        if found is not None:
            return found
    return None


def _has_length(part: Part) -> bool:
    count = part.word_count
    return _MIN_WORDS <= count <= _MAX_WORDS or (count == _MIN_WORDS - 1 and VERB.search(part.words) is not None)


def _reads_as_news(part: Part) -> bool:
    if not _closed_well(part.words):
        return False
    return bool(VERB.search(part.words)) or (_is_styled(part) and part.word_count >= 5 and part.kind != "cell")


def _has_topic(part: Part) -> bool:
    return bool(TOPIC.search(part.words)) and _closed_well(part.words)


def _is_styled(part: Part) -> bool:
    return part.bold or part.centered or part.kind == "heading" or part.words.isupper()


def _is_short(part: Part) -> bool:
    return part.word_count <= _SUBHEAD_WORDS and _closed_well(part.words)


def _is_name(part: Part) -> bool:
    """Whether a line is a company's name alone."""
    return bool(NAME_END.search(part.words.rstrip())) and (part.word_count <= 4 or not VERB.search(part.words))


def _closed_well(words: str) -> bool:
    """Whether a line ends as headlines do: without a full stop, unless it is an abbreviation's."""
    return not words.endswith((".", ":")) or bool(NAME_END.search(words))


def _is_furniture(part: Part) -> bool:
    return _is_furniture_line(part.words)


@lru_cache(maxsize=256)
def _is_furniture_line(line: str) -> bool:
    """Whether a line is a label, an address, a street or a person's office; the same lines are asked about several times."""
    words = LABEL.sub("", line, count=1)
    if words.count(" ") < 4:
        words = line
    if FURNITURE.match(words) or ADDRESS.search(words) or STREET.match(words):
        return True
    return bool(TITLED.search(words)) and not VERB.search(words) and ("," in words or line.count(" ") < _ADDRESS_WORDS)


def _joined(candidates: list[Part], chosen: Part, opening: str) -> list[Part]:
    """The chosen line with the lines before and after it that belong to the same headline."""
    at = candidates.index(chosen)
    lines = [chosen]
    for part in candidates[at + 1 : at + 5]:
        if part.index == lines[-1].index + 1 and _completes(lines[-1].words, part.words):
            lines.append(part)
            continue
        if _is_furniture(part) or part.index != lines[-1].index + 1 or part.kind == "list_item" or part.word_count > 30:
            break
        if not (OPEN_END.search(lines[-1].words) or OPEN_START.match(part.words)) and not _is_rest(lines[-1], part):
            break
        lines.append(part)
    for part in reversed(candidates[max(0, at - 2) : at]):
        if _is_furniture(part) or part.index != lines[0].index - 1 or not _same_style(part, lines[0]):
            break
        named = NAME_END.search(part.words) or opening.startswith(part.lower)
        if not (named and VERB.match(lines[0].words)) and not OPEN_END.search(part.words) and not OPEN_START.match(lines[0].words):
            break
        lines.insert(0, part)
    return lines


def _completes(line: str, following: str) -> bool:
    """Whether a line that looks like an address or a date ends the headline above: a person's office, the day that a quarter ended."""
    return bool((NAMED.search(line) and OFFICE.match(following)) or (ENDED.search(line) and DAY.fullmatch(following)))


def _is_rest(line: Part, following: Part) -> bool:
    """Whether a line is the noun that the one above was broken before, or in capitals its short end, broken for its length."""
    return (
        _is_noun(line, following)
        or _is_second_half(line, following)
        or (
            line.words.isupper()
            and following.words.isupper()
            and line.bold == following.bold
            and following.word_count <= 5 < line.word_count
            and not VERB.search(following.words)
            and not TOPIC.search(following.words)
            and following.words[-1:].isalnum()
            and not any(c.isdigit() for c in following.words)
        )
    )


def _is_second_half(line: Part, following: Part) -> bool:
    """Whether a line set exactly like the long one above says nothing by itself: no verb, no figure, no stop."""
    return (
        _is_styled(line)
        and _same_style(line, following)
        and len(line.words) >= _LONG_LINE
        and following.words.isupper() == line.words.isupper()
        and VERB.search(following.words) is None
        and not any(c.isdigit() for c in following.words)
        and following.words[-1:].isalnum()
        and following.word_count <= _HALF_WORDS
    )


def _is_noun(line: Part, following: Part) -> bool:
    """Whether a line gives the noun that the one above was broken before."""
    head = " ".join(following.words.split()[:_HEAD_WORDS])
    return bool(HALF_END.search(line.words)) and not VERB.search(head) and following.words.isupper() == line.words.isupper()


def _same_style(one: Part, other: Part) -> bool:
    return one.bold == other.bold and one.centered == other.centered
