"""What kind of release it is, told by its headline, its first sentences and whether it holds figures of a period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ex99.parsing.document import Document
from ex99.parsing.passages.dateline import DatelineFinding
from ex99.parsing.passages.kind_rules import KIND_RULES
from ex99.parsing.passages.outline import Outline
from ex99.parsing.passages.statements import is_contract
from ex99.parsing.rules import fires, rule

_COMPILED = tuple((row.id, kind, re.compile(row.pattern), int(weight)) for row in KIND_RULES for kind, weight in [row.note.split()])
KIND_OF = {rule_id: kind for rule_id, kind, _, _ in _COMPILED}
"""The kind that each rule of words speaks for."""
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
# `Final Results of Exchange Offer`, `Voting Results`, `Positive Phase 3 Results`: results that are none of a period
_OTHER_RESULTS = re.compile(
    r"\bresults? (?:of|from|for|in) .{0,60}\b(?:offers?|offering|tender|solicitation|auction|meeting|vote|election|stud(?:y|ies)|trials?"
    r"|test|phase|survey|drilling)\b"
    r"|\b(?:voting|tender|offer|election|drill(?:ing)?|trial|study|clinical|phase \w+|top-?line|test|exploration) results\b"
    r"|\bresults\b.{0,40}\b(?:annual|special|general) meeting\b"
)
# `Preliminary`, `Pre-Announces`: results that are not yet final
_PRELIMINARY = re.compile(r"\bpreliminary\b|\bpre-?announc")
_RESULTS_KINDS = {"results", "preliminary_results"}


BY_FIGURES = rule("kind.figures", "a dateline, an income statement and its figures make results, whatever the headline says")
BY_BOTH = rule("kind.figures_and_words", "figures and words of results make results")
A_CONTRACT = rule("kind.contract", "a document without a dateline in the words of contracts is an agreement, or something else")
A_DECK = rule("kind.slides", "a document without a dateline or statements that is pages of slides is a presentation")
OTHER_RESULTS = rule(
    "kind.other_results", "results of a meeting, an offer or a trial, and notices of results, are none of a period", leaves_out=True
)
WITHOUT_FIGURES = rule("kind.without_figures", "a headline's results without figures weigh half", leaves_out=True)


def rank_kinds(headline: str, lead: str, *, has_figures: bool) -> dict[str, int]:
    """The weight of each kind that headline, lead (the first paragraph) and figures speak for."""
    scores: dict[str, int] = {}
    for rule_id, kind, pattern, weight in _COMPILED:
        score = (_HEADLINE * weight if pattern.search(headline) else 0) + (weight // 2 if pattern.search(lead) else 0)
        if score and fires(rule_id):
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
    if not evidence.has_dateline and evidence.contract and A_CONTRACT():
        return "agreement" if "agreement" in evidence.headline or "agreement" in evidence.lead else "other"
    if not evidence.has_dateline and evidence.slides and not evidence.has_statements and A_DECK():
        return "presentation"
    reports = has_figures and evidence.has_statements
    results = "preliminary_results" if _PRELIMINARY.search(evidence.headline) else "results"
    if reports and evidence.has_dateline and BY_FIGURES():
        return results
    scores = rank_kinds(evidence.headline, evidence.lead, has_figures=reports)
    others = _OTHER_RESULTS.search(evidence.headline) is not None and not reports
    if (others or (_NOTICE.search(evidence.headline) and not evidence.has_statements)) and OTHER_RESULTS():
        for kind in _RESULTS_KINDS:
            scores.pop(kind, None)
    if reports and scores.get("results", 0) > _FIGURES_WEIGHT * _HEADLINE and BY_BOTH():
        return results
    if not has_figures and WITHOUT_FIGURES():
        told = scores.pop("results", 0)
        if told >= _TOLD_BY_HEADLINE:
            scores["results"] = told // 2
    return max(scores, key=lambda k: scores[k]) if any(scores.values()) else "other"
