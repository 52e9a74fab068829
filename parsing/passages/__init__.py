"""The words of a release beside its figures: headline, dateline, company, legal passages, statements, guidance, contacts, kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ex99.filings.release import Dateline, Guidance, ParseWarning, Passage, Ticker
from ex99.parsing.document import Document
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages.company import find_company_name, find_tickers
from ex99.parsing.passages.contacts import find_about, find_conference_calls, find_contacts
from ex99.parsing.passages.dateline import DatelineFinding, find_dateline
from ex99.parsing.passages.guidance import find_guidance
from ex99.parsing.passages.headline import find_headline
from ex99.parsing.passages.kind import KIND_OF, KindEvidence, decide_kind, gather_evidence
from ex99.parsing.passages.outline import Outline
from ex99.parsing.passages.safe_harbor import find_safe_harbors
from ex99.parsing.passages.statements import find_statements, is_contract, make_statement
from ex99.parsing.rules import Rule, joined, rule

_NO_DATELINE = Dateline()
_NO_EVIDENCE = KindEvidence()


HEADS = rule("passages.heads", "the lines above the text that read as headline and subheads")
DATELINE = rule("passages.dateline", "place and date before the first sentence")
SAFE_HARBOR = rule("passages.safe_harbor", "the legal passages on forward-looking statements")
ABOUT = rule("passages.about", "the paragraphs under about the company")
CONTACTS = rule("passages.contacts", "whom to call or write to")
CALLS = rule("passages.calls", "when and how a conference call can be heard")


@dataclass(frozen=True, slots=True)
class PassageFindings:
    """All that ``find_passages`` found; ``passages`` holds every span in the order of the text, the headline's and dateline's included."""

    headline: str | None = None
    dateline: Dateline = _NO_DATELINE
    company_name: str | None = None
    tickers: tuple[Ticker, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    evidence: KindEvidence = _NO_EVIDENCE

    @property
    def called(self) -> str | None:
        """The company's name with its ticker symbol, by which sentences call it too; one with another initial may be another company's."""
        own = [ticker.symbol for ticker in self.tickers[:1] if self.company_name and ticker.symbol[0] == self.company_name[0].upper()]
        return self.company_name and " ".join((self.company_name, *own))


def find_passages(document: Document) -> PassageFindings:
    """Find everything of a release that is not a figure."""
    outline = Outline(document)
    dateline = find_dateline(outline)
    headline, heads = find_headline(outline, dateline)
    legal = _by(SAFE_HARBOR, find_safe_harbors(outline))
    taken = _spans(legal)
    about = _by(ABOUT, find_about(outline, taken))
    contacts = _by(CONTACTS, find_contacts(outline, [*taken, *_spans(about)]))
    calls = _by(CALLS, find_conference_calls(outline, [*taken, *_spans(about)]))
    statements = find_statements(outline, [*taken, *_spans(about), *_spans(contacts)], -1 if dateline.part is None else dateline.part.index)
    statements = [_without_dateline(outline, s, dateline) for s in statements]
    heads = _by(HEADS, list(heads))
    placed = _by(DATELINE, [dateline.passage] if dateline.passage is not None else [])
    passages = sorted([*heads, *placed, *legal, *about, *contacts, *calls, *statements], key=lambda p: (p.source.start, p.source.end))
    return PassageFindings(
        headline=headline,
        dateline=dateline.dateline,
        company_name=find_company_name(outline, dateline),
        tickers=find_tickers(outline),
        guidance=()
        if is_contract(outline)
        else tuple(find_guidance(outline, [*taken, *_spans(about), *_spans(contacts), *_spans(calls)], headline)),
        passages=tuple(passages),
        warnings=tuple(_doubts(headline, dateline.dateline)),
        evidence=gather_evidence(outline, dateline, headline),
    )


def choose_kind(document: Document, findings: PassageFindings, *, has_figures: bool) -> str:
    """The kind of the release (one of filings.metrics.KINDS); ``has_figures`` tells whether figures of a fiscal period were found."""
    del document
    return decide_kind(findings.evidence, has_figures=has_figures)


def rules_of_kind(kind: str, told: tuple[str, ...]) -> tuple[str, ...]:
    """Of the rules that took effect while a kind was chosen those that speak for it."""
    return tuple(one for one in told if KIND_OF.get(one, kind) == kind)


def _by(named: Rule, passages: list[Passage]) -> list[Passage]:
    """Passages that a rule made."""
    return [replace(passage, rules=joined(passage.rules, (named.id,))) for passage in named.only(passages)]


def _without_dateline(outline: Outline, statement: Passage, dateline: DatelineFinding) -> Passage:
    """A statement that the release's first sentence is, from behind the dateline on."""
    start, end = statement.source.start, statement.source.end
    if dateline.passage is None or not start <= dateline.passage.source.start < dateline.passage.source.end < end:
        return statement
    start = dateline.passage.source.end
    while start < end and outline.text[start] in " \t\r\n-\u2010\u2011\u2012\u2013\u2014\u2015\u2026.,:)/":
        start += 1
    return replace(make_statement(outline, Span(start, end)), rules=statement.rules)


def _spans(passages: list[Passage]) -> list[Span]:
    return [Span(p.source.start, p.source.end) for p in passages]


def _doubts(headline: str | None, dateline: Dateline) -> list[ParseWarning]:
    doubts = []
    if headline is None:
        doubts.append(ParseWarning("no_headline", "could not find a headline above the text"))
    if dateline.date is None:
        doubts.append(
            ParseWarning(
                "no_dateline", "could not read the dateline: no place and date before the first sentence, and no date that stands alone"
            )
        )
    return doubts
