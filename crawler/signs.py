"""Signs, as data, by which a paper shows that it is a press release or another kind of paper.

A phrase is a regular expression without capitals' difference; a sign is found if one of its phrases stands within the first characters
of the text (paragraphs are lines there: blank lines separate them, single line ends have become spaces) or in the SGML description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 6000
"""Characters of a document that are looked at."""

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_LINE_START = r"(?:^|\n)[^\w\n]{0,40}"
_AGREEMENT = r"\b(?:agreement|indenture|amendment|lease|warrant|debenture|promissory note|guaranty|plan of (?:merger|reorganization))\b"
_PARTIES = r"\b(?:by\s+and\s+(?:between|among)|WHEREAS|hereinafter|dated\s+as\s+of|is\s+(?:made|entered\s+into)|table\s+of\s+contents)\b"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that speaks for (weight above 0) or against a press release, and within how many characters it must stand."""

    name: str
    weight: int
    within: int
    pattern: re.Pattern[str]
    words: tuple[str, ...] = ()
    """Lower-case words of which each phrase has some: a text without any is passed over without a search. None: always searched."""

    def stands_in(self, text: str, lowered: str) -> bool:
        """Whether one of the phrases is found in a text; ``lowered`` is the same in lower case, with one space where several are."""
        if self.words and not any(word in lowered for word in self.words):
            return False
        return self.pattern.search(text, 0, self.within) is not None


def _sign(name: str, weight: int, within: int, *phrases: str, words: tuple[str, ...] = ()) -> Sign:
    return Sign(name, weight, within, re.compile("|".join(phrases), re.IGNORECASE), words)


RELEASE_SIGNS: tuple[Sign, ...] = (
    _sign(
        "marked for release",
        4,
        2500,
        r"\b(?:for\s+)?immediate\s+release\b",  # FOR IMMEDIATE RELEASE
        r"\bfor\s+release\s+(?:at|on|after|upon)?\s*\d",  # FOR RELEASE AT 4:05 P.M.
        words=("immediate release", "for release"),
    ),
    _sign(
        "headed as a release",
        3,
        1500,
        _LINE_START + r"(?:press|news|earnings|media)\s*(?:release|bulletin)s?\b[^\n]{0,80}(?:\n|$)",  # Press Release
        r"(?:^|\n)N\s?E\s?W\s?S\s*(?:\n|$)",  # N E W S
    ),
    _sign(
        "a newswire",
        4,
        HEAD,
        r"/\s?PR\s?Newswire",
        r"\bbusiness\s?wire\b",
        r"\bglobe\s?newswire\b",
        r"\bmarket\s?wired?\b",
        r"\bprime\s?newswire\b",
        r"\baccesswire\b",
        r"\bbw\s?healthwire\b",
        r"\bccnmatthews\b",
        r"\bnewsfile\b",
        words=("wire", "ccnmatthews", "newsfile"),
    ),
    _sign(
        "a dateline",
        3,
        5000,
        # SPRINGFIELD, Illinois - May 4, 2010 -    Springfield, IL, May 4, 2010...
        r"(?:^|\n)[^\w\n]{0,4}[A-Z][A-Za-z.,'&/ \-]{2,60}?[ .,(\-\u2013\u2014/]{1,8}"
        + _MONTH
        + r"\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s?\d{4})?\s?[)\]]?\s?(?:-|\u2012|\u2013|\u2014|\u2015|\.\.|/|:)",
        # Springfield, IL (August 10, 1995)
        r"(?:^|\n)[^\w\n]{0,4}[A-Z][A-Za-z.,'& \-]{2,60}?[ .,]{0,3}\(\s?" + _MONTH + r"\s\d{1,2},?\s?\d{4}\s?\)",
    ),
    _sign(
        "words of announcing",
        2,
        HEAD,
        # today announced; Today, Example (NYSE: EX) and Other announced
        r"\btoday\W{1,3}(?:\w+\W{1,3}){0,4}?(?:announc|report|said|releas|declar|confirm|issu|provid|updat|post|unveil|disclos)",
        r"\b(?:announc|report|releas|declar|disclos|stat)ed\s(?:\w+\s){0,3}?today\b",
        r"\bsaid\stoday\b",
    ),
    _sign(
        "a headline",
        2,
        900,
        # Example Corp. Reports Third Quarter Results
        r"\b(?:reports?|announces?|posts?|declares?|completes?|acquires?|names?|appoints?|elects?|updates?|provides?|agrees?)\s[^\n]{4}",
        r"\b(?:achieves?|sets?|delivers?|raises?|reaffirms?|to\s+acquire|to\s+merge)\s[^\n]{4}",
        r"\b(?:quarter|year)\b[^\n]{0,40}\bresults\b",
    ),
    _sign(
        "a contact",
        1,
        HEAD,
        r"\bcontacts?\s?(?::|\n)",
        r"\b(?:investor|media)\s+(?:relations\s+)?contact",
        r"\bfor\s+(?:further|more|additional)\s+information,?\s+(?:please\s+)?contact",
    ),
    _sign("a ticker", 1, HEAD, r"\((?:the\s)?(?:NYSE|NASDAQ|AMEX|OTC|TSX)[^)\n]{0,30}[:\-]\s?[A-Z.]{1,6}\s?[),;]"),  # (NYSE: XYZ)
)

OTHER_SIGNS: tuple[Sign, ...] = (
    # AGREEMENT AND PLAN OF MERGER by and between ...
    _sign(
        "a contract",
        -6,
        1500,
        r"(?:^|\n)[^\n]{0,60}" + _AGREEMENT + r"[^\n]{0,80}\n(?s:.{0,900}?)" + _PARTIES,
        words=(
            "by and between",
            "by and among",
            "whereas",
            "hereinafter",
            "dated as of",
            "is made",
            "is entered into",
            "table of contents",
        ),
    ),
    _sign(
        "terms of a contract",
        -4,
        HEAD,
        r"\bWHEREAS\b",
        r"\bNOW,?\s+THEREFORE\b",
        r"\bin\s+witness\s+whereof\b",
        r"\bhereinafter\s+referred\b",
        words=("whereas", "therefore", "whereof", "hereinafter"),
    ),
    _sign("a prospectus", -6, 1200, r"\bprospectus\s+supplement\b", _LINE_START + r"prospectus\b", words=("prospectus",)),
    _sign(
        "a charter or by-laws",
        -6,
        500,
        # AMENDED AND RESTATED BYLAWS, as a heading
        r"(?:^|\n)[^\n]{0,60}\b(?:charter\s+of\s+the|committee\s+charter|by-?laws)\b[^\n]{0,80}(?:\n|$)",
        r"(?:^|\n)[^\n]{0,60}\bcode\s+of\s+(?:business\s+)?(?:ethics|conduct)\b[^\n]{0,40}(?:\n|$)",
        r"\bdescription\s+of\s+(?:the\s+)?(?:common|capital)\s+stock\b",
        words=("charter of the", "committee charter", "bylaws", "by-laws", "code of", "description of"),
    ),
    _sign(
        "a court's paper",
        -6,
        1500,
        r"\bin\s+the\s+(?:united\s+states\s+)?(?:bankruptcy|district|chancery|superior)\s+court\b",
        r"\bunited\s+states\s+(?:bankruptcy|district)\s+court\b",
        r"\bit\s+is\s+(?:hereby\s+)?ordered\b",
        words=("court", "ordered"),
    ),
    _sign(
        "financial statements",
        -4,
        500,
        r"\b(?:independent|registered)\s+(?:public\s+)?(?:account(?:ants?|ing\s+firm)|auditors?)['\u2019]?s?['\u2019]?\s+report\b",
        r"\breport\s+of\s+independent\b",
        r"\bconsolidated\s+balance\s+sheets?\b",
        r"\bpro\s+forma\s+(?:condensed|combined|consolidated|financial)\b",
        r"\bnotes\s+to\s+(?:the\s+)?(?:consolidated\s+)?financial\s+statements\b",
        words=("independent", "registered", "balance sheet", "pro forma", "notes to"),
    ),
    _sign(
        "part of a periodic report",
        -5,
        700,
        r"\bmanagement['\u2019]?s\s+discussion\s+and\s+analysis\b",
        r"\bannual\s+report\s+on\s+form\s+10-K\b",
        words=("discussion and analysis", "annual report on form"),
    ),
    _sign(
        "a presentation",
        -6,
        1200,
        r"\bthis\s+presentation\b",
        r"\binvestor\s+(?:presentation|metrics|day)\b",
        r"\bearnings\s+presentation\b",
        r"\bslide\s+\d",
        r"\bpage\s+1\s[^\n]{0,80}\bpage\s+2\b",
        _LINE_START + r"agenda\b",
        words=("presentation", "investor metrics", "investor day", "slide", "page 1 ", "agenda"),
    ),
    _sign(
        "a supplement",
        -6,
        400,
        r"\bsupplement(?:al|ary)\s+(?:information|data|financial|operating|earnings|disclosure)",
        r"\bcfo\s+commentary\b",
        r"\b(?:unaudited\s+)?summary\s+data\b",
        r"\bfinancial\s+(?:highlights|overview)\s*\(",
        r"\bprepared\s+remarks\b",
        r"\bfact\s?(?:sheet|book)\b",
        r"\bto\s+assist\s+investors\b",
        r"\bdata\s+summary\b",
        words=(
            "supplement",
            "cfo commentary",
            "summary data",
            "data summary",
            "financial highlights",
            "financial overview",
            "remarks",
            "fact",
            "assist investors",
        ),
    ),
    _sign(
        "a transcript",
        -6,
        900,
        r"\b(?:call|conference)\s+transcript\b",
        r"\btranscript\s+of\b",
        r"\bedited\s+transcript\b",
        words=("transcript",),
    ),
    # Gentlemen: Reference is made to ...
    _sign(
        "a letter",
        -5,
        1200,
        r"(?:^|\n)\s{0,40}(?:ladies\s+and\s+)?gentlemen[^\n]{0,10}[:,]",
        r"(?:^|\n)\s{0,40}dear\s+(?:sirs?|mr|ms|board|members|fellow|share|stock|employees|all|team)\b[^\n]{0,40}[:,]",
        words=("gentlemen", "dear "),
    ),
    _sign(
        "a consent or opinion",
        -6,
        500,
        r"\bconsent\s+of\s+(?:independent|counsel)\b",
        r"\bopinion\s+of\s+counsel\b",
        r"\bwe\s+(?:hereby\s+)?consent\s+to\b",
        words=("consent", "opinion of counsel"),
    ),
    _sign(
        "questions and answers",
        -3,
        800,
        r"\bfrequently\s+asked\s+questions\b",
        r"\bquestions?\s+(?:and|&)\s+answers?\b",
        words=("question",),
    ),
)

DESCRIPTION_SIGNS: tuple[Sign, ...] = (
    _sign("described as a release", 4, 200, r"\b(?:press|news|earnings|media)\s*-?\s*release", r"\bannouncement\b", r"\brelease\s+dated\b"),
    _sign("described as a presentation", -6, 200, r"\bpresentation\b", r"\bslides?\b", r"\bcharts\b"),
    _sign("described as a contract", -6, 200, r"\b(?:agreement|indenture|contract|certificate|by-?laws)\b", r"\bplan\s+of\b"),
    _sign("described as a prospectus", -6, 200, r"\bprospectus\b", r"\bpros\s+supp\b"),
    _sign(
        "described as a supplement",
        -6,
        200,
        r"\bsupplement",
        r"\bcommentary\b",
        r"\bdata\s+(?:sheet|summary)\b",
        r"\bschedules?\b",
        r"\btranscript\b",
        r"\bfact\s?(?:sheet|book)\b",
        r"\bremarks\b",
        r"\bscript\b",
    ),
    _sign(
        "described as financial statements",
        -4,
        200,
        r"\bbalance\s+sheets?\b",
        r"\bfinancial\s+statements\b",
        r"\bpro\s*forma\b",
        r"\baudited\b",
    ),
)

RESULTS = re.compile(
    r"\b(?:quarter|year|fiscal|interim|months)\b[^\n]{0,80}\b(?:results|earnings|sales|revenues?|income|loss)\b"
    r"|\b(?:results|earnings|sales|revenues?|net\s+income)\b[^\n]{0,80}\b(?:quarter|year|fiscal|months)\b",
    re.IGNORECASE,
)
"""What a release of results says near its top; tells it apart from the dividend announced the same day."""
