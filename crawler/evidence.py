"""Signs, as data, by which a paper shows that it is a press release, or another kind of paper.

Each sign is sought in the first characters of a document's paragraphs (blank-line separated, one line each) or in its SGML description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.plain_text import read_plain_text

HEAD = 6000
"""Characters of a document that are looked at."""
RELEASE_SCORE = 3
"""From this score on a paper reads as a press release."""
OTHER_PAPER_SCORE = -3
"""From this score down a paper is certainly another one."""

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase that speaks for (weight above 0) or against a press release, and within how many characters it must stand."""

    name: str
    weight: int
    within: int
    pattern: re.Pattern[str]


def _sign(name: str, weight: int, within: int, pattern: str) -> Sign:
    return Sign(name, weight, within, re.compile(pattern, re.IGNORECASE))


TEXT_SIGNS: tuple[Sign, ...] = (
    # FOR IMMEDIATE RELEASE
    _sign("marked for release", 4, 2500, r"\b(?:for\s+)?immediate\s+release\b|\bfor\s+release\s+(?:at|on|after|upon)?\s*\d"),
    # Press Release / NEWS RELEASE as a line of its own
    _sign("headed as a release", 3, 1500, r"(?:^|\n)[^\w\n]*(?:press|news|earnings|media)\s*(?:release|bulletin)s?\b[^\n]{0,80}(?:\n|$)|(?:^|\n)N\s?E\s?W\s?S\s*(?:\n|$)"),
    # SPRINGFIELD, Ill., Jan. 5 /PRNewswire/ --     (BUSINESS WIRE)
    _sign("a newswire", 4, HEAD, r"/\s?PR\s?Newswire|\bbusiness\s?wire\b|\bglobe\s?newswire\b|\bmarket\s?wired?\b|\bprime\s?newswire\b|\baccesswire\b|\bbw\s?healthwire\b|\bccnmatthews\b|\bnewsfile\b"),
    # SPRINGFIELD, Illinois - May 4, 2010 -    Springfield, IL (August 10, 1995) --
    Sign("a dateline", 3, 5000, re.compile(
        r"(?:^|\n)[^\w\n]{0,4}[A-Z][A-Za-z.,'&/ \-]{2,60}?[ .,(\-\u2013\u2014/]{1,8}" + _MONTH
        + r"\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s?\d{4})?\s?[)\]]?\s?(?:-|\u2013|\u2014|\.\.|/|:|\u2012|\u2015)"
        r"|(?:^|\n)[^\w\n]{0,4}[A-Z][A-Za-z.,'& \-]{2,60}?[ .,]{0,3}\(\s?" + _MONTH + r"\s\d{1,2},?\s?\d{4}\s?\)", re.IGNORECASE)),
    # today announced; reported today; announced earlier today
    _sign("words of announcing", 2, HEAD, r"\btoday\W{1,3}(?:\w+\W{1,3}){0,4}?(?:announc|report|said|releas|declar|confirm|issu|provid|updat|post|unveil|disclos)"
          r"|\b(?:announc|report|releas|declar|disclos|stat)ed\s(?:\w+\s){0,3}?today\b|\bsaid\stoday\b"),
    # Example Corp. Reports Third Quarter Results, near the top
    _sign("a headline", 2, 900, r"\b(?:reports?|announces?|posts?|declares?|completes?|acquires?|names?|appoints?|elects?|updates?|provides?|agrees?|achieves?|sets?|delivers?"
          r"|raises?|reaffirms?|to\s+acquire|to\s+merge)\s[^\n]{4,}|\b(?:quarter|year)\b[^\n]{0,40}\bresults\b"),
    # Contact: Jane Roe, Investor Relations
    _sign("a contact", 1, HEAD, r"\b(?:contacts?\s?(?::|\n)|investor\s+(?:relations\s+)?contact|media\s+(?:relations\s+)?contact|for\s+(?:further|more|additional)\s+information,?\s+(?:please\s+)?contact)"),
    # (NYSE: XYZ)
    _sign("a ticker", 1, HEAD, r"\((?:the\s)?(?:NYSE|NASDAQ|AMEX|OTC|TSX)[^)\n]{0,30}[:\-]\s?[A-Z.]{1,6}\s?[),;]"),
)

OTHER_SIGNS: tuple[Sign, ...] = (
    # AGREEMENT AND PLAN OF MERGER by and between
    _sign("a contract", -6, 1500, r"(?:^|\n)[^\n]{0,60}\b(?:agreement|indenture|amendment|lease|warrant|debenture|promissory note|guaranty|plan of (?:merger|reorganization))\b[^\n]{0,80}\n"
          r"(?s:.{0,900}?)\b(?:by\s+and\s+(?:between|among)|WHEREAS|hereinafter|dated\s+as\s+of|is\s+(?:made|entered\s+into)|table\s+of\s+contents)\b"),
    _sign("a contract", -4, HEAD, r"\bWHEREAS\b|\bNOW,?\s+THEREFORE\b|\bin\s+witness\s+whereof\b|\bhereinafter\s+referred\b"),
    # PROSPECTUS SUPPLEMENT
    _sign("a prospectus", -6, 1200, r"\bprospectus\s+supplement\b|(?:^|\n)[^\w\n]*prospectus\b"),
    # CHARTER OF THE AUDIT COMMITTEE; AMENDED AND RESTATED BYLAWS
    _sign("a charter or by-laws", -6, 500, r"\bcharter\s+of\s+the\b|\bcommittee\s+charter\b|\bby-?laws\b|\bcode\s+of\s+(?:business\s+)?(?:ethics|conduct)\b|\bdescription\s+of\s+(?:the\s+)?(?:common|capital)\s+stock\b"),
    # IN THE UNITED STATES BANKRUPTCY COURT
    _sign("a court's paper", -6, 1500, r"\bin\s+the\s+(?:united\s+states\s+)?(?:bankruptcy|district|chancery|superior)\s+court\b|\bunited\s+states\s+(?:bankruptcy|district)\s+court\b|\bplaintiffs?\b[^\n]{0,80}\n|\bit\s+is\s+(?:hereby\s+)?ordered\b"),
    # INDEPENDENT AUDITORS' REPORT; CONSOLIDATED BALANCE SHEETS at the very top
    _sign("financial statements", -4, 500, r"\b(?:independent|registered)\s+(?:public\s+)?(?:account(?:ants?|ing\s+firm)|auditors?)['\u2019]?s?\s+report\b|\breport\s+of\s+independent\b|\bconsolidated\s+balance\s+sheets?\b|\bpro\s+forma\s+(?:condensed|combined|consolidated|financial)\b|\bnotes\s+to\s+(?:the\s+)?(?:consolidated\s+)?financial\s+statements\b"),
    # Management's Discussion and Analysis, of a report that is revised
    _sign("part of a periodic report", -5, 700, r"\bmanagement['\u2019]?s\s+discussion\s+and\s+analysis\b|\bannual\s+report\s+on\s+form\s+10-K\b"),
    # This presentation contains; Supplemental Information; CFO Commentary; Unaudited Summary Data
    _sign("a presentation", -6, 1200, r"\bthis\s+presentation\b|\binvestor\s+(?:presentation|metrics|day)\b|\bearnings\s+presentation\b|\bslide\s+\d|\bpage\s+1\s[^\n]{0,80}\bpage\s+2\b|(?:^|\n)[^\w\n]*agenda\b"),
    _sign("a supplement", -6, 400, r"\bsupplement(?:al|ary)\s+(?:information|data|financial|operating|earnings|disclosure)|\bcfo\s+commentary\b|\b(?:unaudited\s+)?summary\s+data\b|\bfinancial\s+(?:highlights|overview)\s*\(|\bprepared\s+remarks\b|\bfact\s?(?:sheet|book)\b|\bto\s+assist\s+investors\b|\bdata\s+summary\b"),
    # Third Quarter 2010 Earnings Call Transcript
    _sign("a transcript", -6, 900, r"\b(?:call|conference)\s+transcript\b|\btranscript\s+of\b|\bedited\s+transcript\b"),
    # Gentlemen: Reference is made to ...
    _sign("a letter", -5, 1200, r"(?:^|\n)\s*(?:gentlemen|ladies\s+and\s+gentlemen|dear\s+(?:sirs?|mr|ms|board|members|fellow|share|stock|employees|all|team)[^\n]{0,40})\s?[:,]"),
    _sign("a consent or opinion", -6, 500, r"\bconsent\s+of\s+(?:independent|counsel)\b|\bopinion\s+of\s+counsel\b|\bwe\s+(?:hereby\s+)?consent\s+to\b"),
    _sign("questions and answers", -3, 800, r"\bfrequently\s+asked\s+questions\b|\bquestions?\s+(?:and|&)\s+answers?\b"),
)

DESCRIPTION_SIGNS: tuple[Sign, ...] = (
    _sign("described as a release", 4, 200, r"\b(?:press|news|earnings|media)\s*-?\s*release|\bannouncement\b|\brelease\s+dated\b"),
    _sign("described as a presentation", -6, 200, r"\bpresentation\b|\bslides?\b|\bcharts\b"),
    _sign("described as a contract", -6, 200, r"\bagreement\b|\bindenture\b|\bplan\s+of\b|\bcontract\b|\bcertificate\b|\bbylaws\b"),
    _sign("described as a prospectus", -6, 200, r"\bprospectus\b|\bpros\s+supp\b"),
    _sign("described as a supplement", -6, 200, r"\bsupplement|\bcommentary\b|\bdata\s+(?:sheet|summary)\b|\bschedules?\b|\btranscript\b|\bfact\s?(?:sheet|book)\b|\bremarks\b|\bscript\b"),
    _sign("described as financial statements", -4, 200, r"\bbalance\s+sheets?\b|\bfinancial\s+statements\b|\bpro\s*forma\b|\baudited\b"),
)

# What a release of results says near its top; tells the results apart from the dividend announced the same day.
RESULTS = re.compile(r"\b(?:quarter|year|fiscal|interim|months)\b[^\n]{0,80}\b(?:results|earnings|sales|revenues?|income|loss)\b"
                     r"|\b(?:results|earnings|sales|revenues?|net\s+income)\b[^\n]{0,80}\b(?:quarter|year|fiscal|months)\b", re.IGNORECASE)

_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the signs say of one document: the sum of their weights, their names, and whether it has words at all."""

    score: int
    names: tuple[str, ...]
    has_words: bool
    tells_results: bool

    @property
    def is_release(self) -> bool:
        """Whether the paper reads as a press release."""
        return self.has_words and self.score >= RELEASE_SCORE

    @property
    def is_other_paper(self) -> bool:
        """Whether the paper is certainly something else."""
        return self.score <= OTHER_PAPER_SCORE


def read_evidence(content: bytes, description: str | None = None) -> Reading:
    """Weigh the signs of a document's head and of its SGML description."""
    return weigh(read_plain_text(content, HEAD), description)


def weigh(text: str, description: str | None = None) -> Reading:
    """Weigh the signs of a text (its first HEAD characters) and of a description."""
    paragraphs = _LINE_END.sub(" ", text[:HEAD])
    score, names = 0, []
    for signs, subject in (((*TEXT_SIGNS, *OTHER_SIGNS), paragraphs), (DESCRIPTION_SIGNS, description or "")):
        for sign in signs:
            if sign.name not in names and sign.pattern.search(subject[: sign.within]):
                score += sign.weight
                names.append(sign.name)
    words = sum(c.isalpha() for c in text)
    return Reading(score, tuple(names), words >= MINIMUM_LETTERS, RESULTS.search(paragraphs[:1500]) is not None)


MINIMUM_LETTERS = 80
"""Letters below which a document has no words to speak of (a page that only shows an image)."""
