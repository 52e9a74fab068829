"""What kind of release it is, told by its headline, its first sentences and whether it holds figures of a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ex99.parsing.document import Document
from ex99.parsing.passages.dateline import DatelineFinding
from ex99.parsing.passages.outline import Outline
from ex99.parsing.passages.statements import is_contract


class KindRule(NamedTuple):
    """Words (lower case, single spaces) that speak for a kind, with their weight in a headline and in the first paragraph."""

    kind: str
    pattern: str
    weight: int


# `Acme Reports Third Quarter Results` -> results; several rules may speak, the heaviest kind wins.
KIND_RULES: tuple[KindRule, ...] = (
    KindRule(
        "results",
        r"\b(?:report(?:s|ed|ing)?|announc\w+|posts?|releases?|delivers?|achieves?|records?"
        r"|provides?)\b.{0,90}\b(?:results|earnings|net income|net loss|profit|eps)\b",
        5,
    ),
    KindRule(
        "results",
        r"\b(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter|q[1-4]|[1-4]q\d\d|year[- ]end|full[ -]year"
        r"|fiscal(?: year)? \d{4}|annual|three months|six months|nine months)\b.{0,80}\b(?:results|earnings|net income|revenues?|profit"
        r"|sales|income|loss|eps|net earnings|performance|growth)\b",
        5,
    ),
    KindRule(
        "results",
        r"\b(?:results|earnings|net income|record (?:revenue|earnings|sales|profit)|revenue"
        r"|profits?)\b.{0,60}\b(?:(?:first|second|third|fourth)[ -]quarter|q[1-4]|year[- ]end|full[ -]year|fiscal|the quarter|\d{4})\b",
        4,
    ),
    KindRule(
        "results",
        r"\b(?:quarterly|financial|operating|annual) results\b|\bearnings (?:release|per share|of \$|increase|rise|up"
        r"|grow)|\bshareholder letter|\bletter to shareholders",
        4,
    ),
    KindRule(
        "preliminary_results",
        r"\bpreliminary\b.{0,60}\b(?:results|revenue|earnings|sales|financial)|\bexpects to report\b"
        r"|\bpre-?announce",
        8,
    ),
    KindRule(
        "sales_update",
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|holiday"
        r"|monthly)\b.{0,25}\bsales\b(?! of)(?!.{0,40}\bearnings)|\bsales results for (?:the )?(?:month|four|five|\w+ month)"
        r"|\bproduction(?: and|,| &) deliver|\bvehicle deliveries\b|\bmonthly (?:traffic|operating|sales)|\btraffic (?:results"
        r"|statistics)|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d{4})? traffic"
        r"|\b(?:quarter|quarterly|monthly) deliveries"
        r"|\bsame[- ]store sales\b(?!.{0,60}quarter)",
        7,
    ),
    KindRule(
        "guidance",
        r"\b(?:provides?|issues?|updates?|raises?|lowers?|(?:re)?affirms?|revises?|withdraws?|announces?|reiterates?"
        r"|increases?|confirms?|narrows?|sets?|adjusts?)\b.{0,60}\b(?:guidance|outlook|forecast|estimates?|earnings expectations"
        r"|financial targets|expectations|capital (?:budget|program|plan)|\d{4} budget)\b"
        r"|\b(?:expects|sees|anticipates|warns)\b.{0,60}\b(?:earnings|sales|revenues?"
        r"|results|profit|loss)\b"
        r"|\bupdate (?:on|for|to) (?:its |the )?(?:first|second|third|fourth|current|full)"
        r"|\bcomments? on (?:[\w'’]+ ){0,5}(?:estimates|expectations|forecasts?)\b"
        r"|\bbelow (?:expectations|estimates|guidance|forecasts?)\b|\bguidance\b.{0,30}\b(?:update|for|call)\b|\bprofit warning",
        6,
    ),
    KindRule(
        "acquisition",
        r"\b(?:acqui(?:re|res|red|ring|sition|sitions)|merge[rs]?|to merge|merging|tender offer"
        r"|to purchase .{0,60}(?:business|company|division)|takeover|business combination|to combine|divest\w*"
        r"|complet\w+ (?:the )?(?:sale|investment)|sale of (?:its|the|substantially)|sells? (?:its|.{0,40}(?:business|division|unit"
        r"|subsidiary))|to (?:sell|buy) .{0,60}|spin-?off|joint venture|buyout|definitive agreement"
        r"|unsolicited (?:proposal|offer|bid)|proposal to acquire|acquisition proposal|hsr|hart-scott\S*)\b",
        6,
    ),
    KindRule(
        "management_change",
        r"\b(?:appoint(?:s|ed|ment|ments)?|names?|named|elects?|elected|election|promot(?:es|ed)|resign(?:s"
        r"|ed|ation)?|retire(?:s|ment|d)?|steps? down|succeeds?|successor|succession|joins?|hires?|departs?|departure"
        r"|transition)\b.{0,90}\b(?:ceo|cfo|coo|cto|chief|president|director|directors|board|chair|chairman|chairwoman|officer"
        r"|executive|executives|treasurer|general counsel|leadership|counsel|controller|vice)\b|\b(?:ceo|cfo|chief \w+ officer"
        r"|president|director|chairman|executive)\b.{0,60}\b(?:appoint|resign|retire|step|succeed|depart|transition|to leave|to join)"
        r"|\b(?:leadership|management|executive|board|organizational) (?:changes?|transition|appointments?|team|structure|succession)\b"
        r"|\b(?:ceo|executive|leadership|management|chairman) succession\b|\b(?:chairman|president|ceo|founder|director) (?:dies|passes)\b"
        r"|\b(?:death|passing) of\b|\bnew (?:ceo|cfo|chief|president|director|chairman)\b|\bnew responsibilities\b|\bsenior leaders\b"
        r"|\bto (?:the )?board of directors\b|\bdirector nominee",
        6,
    ),
    KindRule(
        "dividend",
        r"\b(?:declar\w+|announc\w+|increas\w+|rais\w+|approv\w+|pays?|initiat\w+)\b.{0,60}\b(?:dividends?"
        r"|distributions?)\b|\bdividend (?:declar|increase|payment)|\bquarterly (?:cash )?(?:dividend|distribution)|\bstock split\b"
        r"|\b(?:special dividend|dividend record date|record date for)\b",
        6,
    ),
    KindRule(
        "buyback",
        r"\b(?:share|stock|unit)s? (?:re-?purchase|buy-?back)|\brepurchase (?:of|program|plan|authoriz|up to|\$)"
        r"|\bbuy-?back\b|\bcapital return\b|\bto repurchase\b|\breturn of capital\b|\bdutch auction\b",
        7,
    ),
    KindRule(
        "financing",
        r"\b(?:pric(?:es|ing|ed)|offer(?:s|ing|ings)|clos(?:es|ing|ed)|complet\w+|issu(?:es|ed|ance|ing)|launch\w*"
        r"|commenc\w*|plac(?:es"
        r"|ement)|sells?|redeem\w*|redemption|tender|exchange)\b.{0,70}\b(?:notes?|debentures?|bonds?|offering|placement"
        r"|credit facility|preferred|common stock|convertible|debt|securities|senior|subordinated|ipo|units|term loan|equity)\b"
        r"|\b(?:credit (?:facility|agreement)|private placement|public offering|refinanc\w+|term loan|financing|recapitaliz\w+"
        r"|convertible (?:notes|debentures)|debt exchange)\b",
        6,
    ),
    KindRule(
        "financing",
        r"\btender (?:offers?|results)\b.{0,60}\b(?:notes|debentures|bonds|debt)\b|\b(?:notes|debentures|bonds)\b.{0,40}"
        r"\btender offer\b|\bwaivers?\b.{0,30}\b(?:lenders?|banks?|covenants?)\b|\bforbearance\b",
        8,
    ),
    KindRule(
        "legal_regulatory",
        r"\b(?:settle(?:s|d|ment)?|lawsuit|litigation|court|verdict|jury|sec (?:investigation|inquiry|staff"
        r"|charges)|investigation|special committee|doj|ftc|fda (?:warning|complete response|letter|rejects?)"
        r"|complete response letter|epa|stress test|antitrust"
        r"|nasdaq (?:notice|notification|delist|determination|letter|staff|panel)|nyse (?:notice|notification)|delist\w*"
        r"|listing (?:requirement|standard|notice|qualification|compliance)|non-?compliance|compliance with (?:nyse"
        r"|nasdaq)|consent (?:order|decree)|subpoena"
        r"|chapter 11|bankruptcy|regulatory (?:approval|update|clearance|settlement)|patent (?:infringement|suit|ruling)|appeals?"
        r"|ruling|stock option (?:investigation|inquiry)|wells notice|public service commission|rate case)\b",
        5,
    ),
    KindRule(
        "product",
        r"\b(?:launch(?:es|ed)?|introduc(?:es|ed|ing|tion)|unveil(?:s|ed)?|new (?:product|family of|line of|version of"
        r"|platform|generation|service)|shipping|availability|phase (?:1|2|3|i|ii|iii)\b|clinical (?:trial|data|study)|study results"
        r"|trial|topline|top-line|data from|fda (?:approv\w+|clearance)|receives? .{0,30}approval"
        r"|marketing authorization|orphan drug|fast track|(?:breakthrough|rmat) (?:therapy )?designation|\bind\b application"
        r"|announces? availability|debuts?|vaccine|drug|chip|iphone|software|recall(?:s|ed|ing)?)\b",
        4,
    ),
    KindRule(
        "agreement",
        r"\b(?:agreement|contract|partnership|collaborat\w+|alliance|licens(?:e|es|ing)|partners? with|award(?:ed|s)?"
        r"|memorandum|selected by|teams? (?:up )?with|deal with|supply)\b",
        4,
    ),
    KindRule(
        "presentation",
        r"\b(?:date (?:of|for) .{0,40}(?:results|earnings|call)"
        r"|investor (?:presentation|day|conference|meeting|update)|to (?:present|webcast|host|speak"
        r"|participate) (?:at|in)|presentation|conference call (?:to|on|for)|to (?:announce|report|release|discuss|hold"
        r"|host) .{0,60}(?:results|earnings|conference call|webcast)|schedules? .{0,60}(?:results|earnings|conference call|webcast)"
        r"|annual (?:meeting|shareholders)|slides?|supplement(?:al)?)\b",
        4,
    ),
    KindRule(
        "other",
        r"\b(?:restructur\w+|vesting|stock options|business transition|layoffs?|work ?force|cost reduction|restate(?:s|d"
        r"|ment|ments)?|restat\w+|delay(?:s|ed)?|postpone\w*|non-?reliance|late filing|strategic (?:review|update|alternatives|plan"
        r"|actions)|cyber\w*|attack|security incident|name change|relocat\w+|fire|hurricane|strike|reorganiz\w+|transformation"
        r"|plant clos\w+|to close .{0,40}(?:plants?|facilit\w+|stores?|offices?|mills?)|realign\w+|rights (?:plan|agreement))\b",
        5,
    ),
)
_COMPILED = tuple((rule.kind, re.compile(rule.pattern), rule.weight) for rule in KIND_RULES)
_LEAD = 500
_OPENING = 100_000
_DECK_PAGES = 16
# Rows that an income statement has.
_INCOME_STATEMENT = ("net income", "net loss", "net (loss)", "net earnings", "income per", "earnings per", "loss per", "earnings before")
_FIGURES_WEIGHT = 4
_HEADLINE = 2
_TOLD_BY_HEADLINE = 5
_SLIDES = ("this presentation", "these slides", "presentation contains", "presentation includes", "presentation may contain")
# `... will announce its results on`, `date of its conference call`: a notice of results to come
_NOTICE = re.compile(
    r"\bto (?:announce|report|release|host|hold|discuss|webcast|postpone|present)\b.{0,80}\b(?:results|earnings|conference call"
    r"|webcast)|\b(?:sets?|schedules?|announces?) (?:the )?(?:date|timing)|\bschedules?\b.{0,60}\b(?:call|results|release|earnings)"
    r"|\bconference call (?:date|to)|\bdate (?:of|for) .{0,40}(?:results|earnings|call)|\bpostpone",
)
# `Preliminary`, `Pre-Announces`: results that are not yet final
_PRELIMINARY = re.compile(r"\bpreliminary\b|\bpre-?announc")
_RESULTS_KINDS = {"results", "preliminary_results"}


def rank_kinds(headline: str, lead: str, *, has_figures: bool) -> dict[str, int]:
    """The weight of each kind that headline, lead (the first paragraph) and figures speak for."""
    scores: dict[str, int] = {}
    for kind, pattern, weight in _COMPILED:
        score = (_HEADLINE * weight if pattern.search(headline) else 0) + (weight // 2 if pattern.search(lead) else 0)
        if score:
            scores[kind] = scores.get(kind, 0) + (score if kind not in scores else score // 3)
    if has_figures:
        scores["results"] = scores.get("results", 0) + _FIGURES_WEIGHT * _HEADLINE
    return scores


@dataclass(frozen=True, slots=True)
class KindEvidence:
    """What speaks for a kind: headline, subheads and first paragraph in lower case, and what the document is made of.

    ``has_statements`` tells whether an income statement is printed as a table; ``slides`` and ``contract`` whether its words are those.
    """

    headline: str = ""
    lead: str = ""
    has_dateline: bool = False
    has_statements: bool = False
    slides: bool = False
    contract: bool = False


def gather_evidence(outline: Outline, dateline: DatelineFinding, headline: str | None) -> KindEvidence:
    """Read off an outline what speaks for its kind."""
    lead_part = dateline.part or next((p for p in outline.parts if p.is_prose and p.word_count >= 25), None)
    return KindEvidence(
        headline=(headline or "").lower(),
        lead=lead_part.lower[:_LEAD] if lead_part else "",
        has_dateline=dateline.part is not None,
        has_statements=any(outline.lower.find(words, t.start, t.end) >= 0 for t in outline.document.tables for words in _INCOME_STATEMENT),
        slides=_is_deck(outline.document) or any(outline.lower.find(words, 0, _OPENING) >= 0 for words in _SLIDES),
        contract=is_contract(outline),
    )


def _is_deck(document: Document) -> bool:
    """Whether a document is pages of loose words, one block a page and no tables: slides that were images."""
    pages = sum(block.kind == "page_break" for block in document.blocks)
    return pages >= _DECK_PAGES and len(document.blocks) <= 2 * pages and not document.tables


def decide_kind(evidence: KindEvidence, *, has_figures: bool) -> str:
    """The kind of a release; ``has_figures``: figures of a fiscal period were found."""
    if not evidence.has_dateline and evidence.contract:
        return "agreement" if "agreement" in evidence.headline or "agreement" in evidence.lead else "other"
    if not evidence.has_dateline and evidence.slides and not evidence.has_statements:
        return "presentation"
    reports = has_figures and evidence.has_statements
    results = "preliminary_results" if _PRELIMINARY.search(evidence.headline) else "results"
    if reports and evidence.has_dateline:
        return results
    scores = rank_kinds(evidence.headline, evidence.lead, has_figures=reports)
    if _NOTICE.search(evidence.headline) and not evidence.has_statements:
        for kind in _RESULTS_KINDS:
            scores.pop(kind, None)
    if reports and scores.get("results", 0) > _FIGURES_WEIGHT * _HEADLINE:
        return results
    if not has_figures:
        told = scores.pop("results", 0)
        if told >= _TOLD_BY_HEADLINE:
            scores["results"] = told // 2
    return max(scores, key=lambda k: scores[k]) if any(scores.values()) else "other"
