"""The headline of a release and the subheads under it."""

from __future__ import annotations

import re

from ex99.filings.release import Passage
from ex99.parsing.passages.dateline import DatelineFinding
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

# What headlines do: "Acme Reports Third Quarter Results", "ACME TO ACQUIRE ..."; the verbs are those of newswire headlines.
_VERB = re.compile(
    r"\b(?:reports?|reported|announc(?:es?|ed|ing)|declares?|names?|appoints?|elects?|completes?|acquires?|to (?:acquire|present|host"
    r"|report|webcast|restate|"
    r"combine|merge|sell|buy|expand|significantly|be|offer|close|join|build|participate|release|hold|announce|postpone|purchase|retire"
    r"|issue|redeem|become)|"
    r"agrees?|enters?|signs?|launch(?:es)?|introduc(?:es?|ing)|unveils?|provides?|updates?|issues?|posts?|achieves?|delivers?|expects?"
    r"|raises?|lowers?|"
    r"reaffirms?|withdraws?|increases?|sells?|receives?|files?|prices?|closes|approves?|authorizes?|responds?|comments?|confirms?"
    r"|drives?|fuels?|"
    r"becomes?|sets?|schedules?|wins?|awarded|joins?|retires?|resigns?|elected|appointed|returns?|grows?|grew|rises?|rose|earns?|earned"
    r"|records?|"
    r"exceeds?|beats?|more than|doubles?|extends?|opens?|expands?|adopts?|amends?|initiates?|plans?|enhances?|strengthens?|accelerates?"
    r"|continues?|"
    r"evolv(?:es|ing)|releases?|hosts?|teams?|partners?|selects?|chooses?|begins?|starts?|ends?|suspends?|resumes?|restates?|postpones?"
    r"|discloses?|"
    r"bolstered|boosts?|lifts?|shows?|marks?|settles?|reach(?:es)?|takes?|makes?|invests?|welcomes?|promotes?|succeeds?|steps?"
    r"|transitions?|"
    r"publishes|recommends?|charges|suffers?|reveals?|votes?|votes? to|rejects?|terminates?|spins?|offers?|secures?|obtains?|commences?"
    r"|concludes?|finalizes?|submits?|invites?|"
    r"remains?|pursues?|proposes?|discusses|outlines?|affirms?|revises?|considers?|explores?|retains?|engages?|hires?|forms|creates?"
    r"|establishes|consolidates?|restructures?|reorganizes?|discontinues?|divests?|regains?|redeems?|refinances?|reduces?|adds"
    r"|grants?|seeks?|warns?|sees|swings|tops|"
    r"actions|following)\b",
    re.IGNORECASE,
)
# `Third Quarter Results`: what headlines without a verb are about
_TOPIC = re.compile(
    r"\b(?:results|earnings|sales|revenues?|net income|quarter|fiscal|dividend|guidance|outlook|acquisition|merger|agreement|offering"
    r"|repurchase|"
    r"buyback|profit|production|deliveries|update|letter to shareholders|shareholder letter|executive|officer|director|board|settlement"
    r"|year[- ]end|"
    r"investor|annual|restructuring|statement|notes|debentures|financing|notice|redemption|supplement(?:al)?|letter)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
# Lines above a headline that are none.
_FURNITURE = re.compile(
    r"^[(\[*\u2013\u2014-]{0,3}\s?(?:exhibit(?:\s{1,3}\(?[\d.]{1,6}\)?)?(?:\s{1,3}to\b.*)?$|ex-?99[.\d]{0,4}$|\[?logo\]?"
    r"|for (?:immediate )?(?:release|issue)|(?:\w+\s){1,2}release$"
    r"|(?:[\w&.'\u2019-]+\s){1,4}(?:press|news|media)\s(?:release|announcement|information)$"
    r"|dear\s|to\s(?:our|my|the|all)\s(?:fellow\s)?(?:share|stock|unit)holders|fellow\s(?:share|stock)holders"
    r"|(?:\(\d\)\s?)?(?:adjusted\s[\w ]{2,40}|non-gaap\s[\w ]{2,40})\s(?:is|are)\sa?\s?non-gaap|non-gaap\s(?:financial\s)?measures?\b"
    r"|(?:news|press|earnings|media|corporate)\s?(?:release|news|information|communications)s?\b(?!.*\b(?:reports|announces)\b)|news$|"
    r"immediate release|contacts?\b|(?:media|investor|press|company|analyst|financial|corporate|public|for)\s(?:and media |& media "
    r"|relations |inquiries|contacts?|information|more|further|additional)|"
    r"investors?(?:\s?/\s?media)?:?$|media:?$|page \d|table of contents|not for |news from|at the company|company contact|from:|date:"
    r"|release date|subject:|source:|"
    r"(?:nyse|nasdaq|amex|otc|tsx|ticker|symbol|stock symbol)\b|www\.|http|phone|tel\b|tel:|fax|e-?mail|p\.?o\.? box|embargo"
    r"|filed (?:by|pursuant)|\(?(?:unaudited|in (?:thousands|millions))|"
    r"summary$|highlights$|(?!.*\b(?:postpones?|delays?|sets?|schedules?)\b)(?:[\w-]{1,9}\s){0,4}(?:earnings|results) release$"
    r"|news summary|financial news$|conference call|webcast"
    r"|listen|dial|(?:[a-z]\s){4,20}[a-z]$|suite\s|(?:\w+\s)?headquarters\b"
    r"|(?:\w{3,6}day,?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2},?\s\d{4}$)",
    re.IGNORECASE,
)
# `(315) 332-4262`, `ir@acme.example`, `acme.jpg`, `www.acme.example`
_ADDRESS = re.compile(
    r"\(?\b\d{3}\)?[\s./-]{1,3}\d{3}[\s./-]{1,2}\d{4}\b|[\w.-]{1,40}@[\w-]{1,40}\.|\bwww\.|\bhttps?:|\.(?:jpe?g|gif"
    r"|png|htm)\b|\b\d{5}(?:-\d{4})?$"
)
# `300 Perimeter Park Drive, Suite A`, `One Riverfront Plaza`: a street
_STREET = re.compile(
    r"(?:\d{1,5}[a-z]?|one|two|three|four|five)\s(?:[\w.'-]+\s){0,4}(?:street|avenue|drive|road|boulevard|parkway|lane"
    r"|plaza|highway|way|place|court|circle|square|center|st|ave|dr|rd|blvd|pkwy|hwy)\b\.?(?:$|,|\s(?:suite|floor|[ns][ew]?\b|north|south|east"
    r"|west))",
    re.IGNORECASE,
)
# `Vice President, Investor Relations`: a person's office
_TITLED = re.compile(
    r"\b(?:chief (?:financial|executive|operating)|vice president|investor relations|president and|director of"
    r"|treasurer|controller|cfo|ceo)\b",
    re.IGNORECASE,
)
# `Acme Corp.`, `The Acme Company, Inc.`: a line that is a company's name alone
_NAME_END = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|company|co|ltd|limited|llc|l\.p|lp|plc|group|holdings|bancorp|n\.v"
    r"|s\.a)\.?(?:\s?\(.{0,30}\))?$",
    re.IGNORECASE,
)
# a line that goes on in the next one: "... THE WALTZ COMPANY REPORTS", "... Net Earnings,"
_OPEN_END = re.compile(
    r"(?:[,;&–—:-]|\b(?:and|or|of|for|the|to|in|on|with|by|at|its|an?|from|as|reports?|announces?|ended|provides"
    r"|quarter|year|fiscal|record|net|first|second|third|fourth|financial|preliminary|full|acquires?|names|appoints|declares|completes"
    r"|launches|introduces|signs|elects|receives))$",
    re.IGNORECASE,
)
# a line broken before its noun: "... ANNOUNCES EXERCISE OF OVER-ALLOTMENT", "... Announces New $200 Million"
_HALF_END = re.compile(
    r"\b(?:million|billion|new|senior|over-allotment|strategic|chief|vice|executive|quarterly|annual|definitive"
    r"|operating|(?:provides|raises|lowers|(?:re)?affirms|updates|increases|revises|announces|introduces) (?:19|20)\d\d)$",
    re.IGNORECASE,
)
# a line that continues the one before: "AND DECLARES QUARTERLY DIVIDEND", "of $3.2 million"
_OPEN_START = re.compile(
    r"(?:AND|OR|OF|FOR|TO|IN|ON|WITH|BY|AT|FROM|AS|AMID|AMIDST|DESPITE|And|Of|For|To|By|From"
    r"|[a-z]{1,15}(?![A-Z]))\b|&"
)
# `Acme Names Jane Doe`: a line that a person's office goes on; `Executive Vice President`: the office
_NAMED = re.compile(r"\b(?:names|appoints|elects|promotes|hires)\s(?:[A-Z][\w.\u2019'-]*\s?){2,5}$", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:as\s|to\s|its\s|new\s)?(?:(?:executive|senior|group|co-?)\s?)?(?:vice\s|chair|chief\s|president|director|treasurer|general\scounsel"
    r"|controller|ceo\b|cfo\b|coo\b)",
    re.IGNORECASE,
)
# `... for the Quarter Ended`, and the day below
_ENDED = re.compile(r"\b(?:ended|ending|dated|of|on|effective)$", re.IGNORECASE)
_DAY = re.compile(rf"{_MONTH}\s\d{{1,2}},?\s\d{{4}}", re.IGNORECASE)
# `Exhibit 99.1 Acme Reports ...`, `March 22, 1994 ACME ...`: a label run into the headline
_LABEL = re.compile(
    rf"(?:exhibit\s{{1,9}}99(?:\.\d{{1,2}})?\s{{1,99}}|{_MONTH}\s\d{{1,2}},\s\d{{4}}\s{{1,99}}|"
    r"(?:for immediate release|news release"
    r"|press release)\s{0,9}[:–—-]?\s{1,99}|(?:subject|re):\s{1,99})",
    re.IGNORECASE,
)


# `212-555-7438`, `www.acme.example`, `IMMEDIATE RELEASE`: the last thing above a headline whose page was an image
_LAST_MARK = re.compile(
    r"\(?\b\d{3}\)?[\s./-]{1,3}\d{3}[\s./-]{1,2}\d{4}\b|\S{1,40}@\S{3,40}|\b(?:www\.|https?:)\S{3,60}|\bimmediate\srelease\b:?",
    re.IGNORECASE,
)
# two spaces or a bullet: where a line ended once
_GAP = re.compile(r"\s{2,}|\s[\u2022\u25aa\u00b7]\s")


def find_headline(outline: Outline, dateline: DatelineFinding) -> tuple[str | None, list[Passage]]:
    """The headline with its lines joined, and its passage with those of the subheads under it; (None, []) where there is none."""
    candidates = _candidates(outline, dateline)
    opening = _opening(outline, dateline)
    chosen = _choose(candidates, opening)
    if chosen is None:
        return _buried(outline, dateline)
    lines = _joined(candidates, chosen, opening)
    label = _LABEL.match(outline.text, lines[0].start, lines[-1].end)
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
    start = max((m.end() for m in _LAST_MARK.finditer(outline.text, 0, end)), default=None)
    words = outline.text[start:end] if start is not None else ""
    words = words[: cut.start()] if (cut := _GAP.search(words.strip())) else words
    if start is None or not _MIN_WORDS <= len(words.split()) <= _MAX_WORDS or not _VERB.search(words):
        return None, []
    start += len(words) - len(words.lstrip())
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
    return below if any(_VERB.search(part.words) and not _is_furniture(part) for part in below) else parts


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
    return _MIN_WORDS <= count <= _MAX_WORDS or (count == _MIN_WORDS - 1 and _VERB.search(part.words) is not None)


def _reads_as_news(part: Part) -> bool:
    if not _closed_well(part.words):
        return False
    return bool(_VERB.search(part.words)) or (_is_styled(part) and part.word_count >= 5 and part.kind != "cell")


def _has_topic(part: Part) -> bool:
    return bool(_TOPIC.search(part.words)) and _closed_well(part.words)


def _is_styled(part: Part) -> bool:
    return part.bold or part.centered or part.kind == "heading" or part.words.isupper()


def _is_short(part: Part) -> bool:
    return part.word_count <= _SUBHEAD_WORDS and _closed_well(part.words)


def _is_name(part: Part) -> bool:
    """Whether a line is a company's name alone."""
    return bool(_NAME_END.search(part.words.rstrip())) and (part.word_count <= 4 or not _VERB.search(part.words))


def _closed_well(words: str) -> bool:
    """Whether a line ends as headlines do: without a full stop, unless it is an abbreviation's."""
    return not words.endswith((".", ":")) or bool(_NAME_END.search(words))


def _is_furniture(part: Part) -> bool:
    words = _LABEL.sub("", part.words, count=1)
    if words.count(" ") < 4:
        words = part.words
    if _FURNITURE.match(words) or _ADDRESS.search(words) or _STREET.match(words):
        return True
    return bool(_TITLED.search(words)) and not _VERB.search(words) and ("," in words or part.word_count <= _ADDRESS_WORDS)


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
        if not (_OPEN_END.search(lines[-1].words) or _OPEN_START.match(part.words)) and not _is_rest(lines[-1], part):
            break
        lines.append(part)
    for part in reversed(candidates[max(0, at - 2) : at]):
        if _is_furniture(part) or part.index != lines[0].index - 1 or not _same_style(part, lines[0]):
            break
        named = _NAME_END.search(part.words) or opening.startswith(part.lower)
        if not (named and _VERB.match(lines[0].words)) and not _OPEN_END.search(part.words) and not _OPEN_START.match(lines[0].words):
            break
        lines.insert(0, part)
    return lines


def _completes(line: str, following: str) -> bool:
    """Whether a line that looks like an address or a date ends the headline above: a person's office, the day that a quarter ended."""
    return bool((_NAMED.search(line) and _OFFICE.match(following)) or (_ENDED.search(line) and _DAY.fullmatch(following)))


def _is_rest(line: Part, following: Part) -> bool:
    """Whether a line is the noun that the one above was broken before, or in capitals its short end, broken for its length."""
    return (
        _is_noun(line, following)
        or _is_second_half(line, following)
        or (
            line.words.isupper()
            and following.words.isupper()
            and _same_style_or_caps(line, following)
            and following.word_count <= 5 < line.word_count
            and not _VERB.search(following.words)
            and not _TOPIC.search(following.words)
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
        and _VERB.search(following.words) is None
        and not any(c.isdigit() for c in following.words)
        and following.words[-1:].isalnum()
        and following.word_count <= _HALF_WORDS
    )


def _is_noun(line: Part, following: Part) -> bool:
    """Whether a line gives the noun that the one above was broken before."""
    head = " ".join(following.words.split()[:_HEAD_WORDS])
    return bool(_HALF_END.search(line.words)) and not _VERB.search(head) and following.words.isupper() == line.words.isupper()


def _same_style_or_caps(line: Part, following: Part) -> bool:
    return line.bold == following.bold


def _same_style(one: Part, other: Part) -> bool:
    return one.bold == other.bold and one.centered == other.centered
