"""The words of forward-looking statements, as a table of terms with their sources; the words against them are in forward_vetoes.

Sources, by the names used in the table. The terms are theirs; the grammar around them (who expects, in which tense) is the table's own.
    Li 2010        F. Li, "The Information Content of Forward-Looking Statements in Corporate Filings", Journal of Accounting Research
                   48(5): modals (will, should, could, may, might), verbs (expect, anticipate, believe, plan, hope, intend, seek,
                   project, forecast), nouns (objective, goal); sentences whose "expected" ... follows was, were, had are left out.
    Muslu 2015     Muslu, Radhakrishnan, Subramanyam, Lim, "Forward-Looking MD&A Disclosures and the Information Environment",
                   Management Science 61(5): aim, assume, commit, estimate, foresee, target; next, coming, upcoming before a period.
    Bozanic 2018   Bozanic, Roulstone, Van Buskirk, "Management earnings forecasts and other forward-looking statements", Journal of
                   Accounting and Economics 65(1): outlook, guidance, forecast; statements with a number and a period against others.
    releases       idioms of press releases that those lists, made for annual reports, do not have.
"""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A pattern over lower-case words with single spaces.

    ``words`` are single words of which one must occur for the pattern to be tried at all; ``example`` is a sentence that it must find;
    ``firm`` terms outweigh weak vetoes.
    """

    name: str
    source: str
    example: str
    words: tuple[str, ...]
    pattern: str
    firm: bool = False


def _words(listing: str) -> tuple[str, ...]:
    return tuple(listing.split())


_WHO = r"(?:we|company|corporation|management|it|firm|bank|also|currently|now|still|further|continues? to|[a-z]+['’]s)"
_NEXT = r"(?:next|coming|upcoming)"
_SAID = (
    r"\b(?:is|are|be|has|have|remains?|assumes?|reflects?|includes?|excludes?|absorbs?|calls|takes|anticipates?|withdr(?:aw|ew)\w*"
    r"|(?:rais|lower|reaffirm|reiterat|maintain|increas|reduc|revis|narrow|introduc|initiat|suspend|discontinu|rescind|provid|announc|updat"
    r"|confirm|issu|cut)(?:e|es|s|ed|ing|ting)?)\b"
)
_COUNT = r"(?:several |few |two |three |four |five |\d+ )?"

# Cheap and frequent ones first: the first that matches decides.
TERMS: tuple[Term, ...] = (
    Term(
        "will",
        "Li 2010",
        "she will join the board",
        _words("will"),
        r"\bwill\b(?! be (?:held|hosted|available|archived|posted|accessible|broadcast|webcast|filed)\b)",
    ),
    Term(
        "expect",
        "Li 2010",
        "acme, which expects to grow, ...",
        _words("expect expects expecting"),
        r"(?<!than )(?<!to )\bexpect(?:s|ing)?\b",
    ),
    Term("should", "Li 2010", "gross margin should remain in that range", _words("should"), r"\bshould\b(?! have\b)"),
    Term(
        "anticipate",
        "Li 2010",
        "acme, anticipating lower prices, ...",
        _words("anticipate anticipates anticipating"),
        r"\banticipat(?:e|es|ing)\b",
    ),
    Term(
        "intend",
        "Li 2010",
        "the company intends to operate both hotels",
        _words("intend intends intention intentions intent"),
        r"\bintends?\b(?! as\b)|\bintentions? (?:to|of)\b"
        r"|\bintent to\b",
    ),
    Term(
        "plan",
        "Li 2010",
        "we plan to open twelve stores",
        _words("plan plans planning planned"),
        r"(?<!previously announced )\b(?:plans?|planning) to\b|\bplans (?:for|on|call)\b|\b(?:we|to) plan (?:for|on)\b"
        r"|\b(?:has|have|our|its"
        r"|announced) plans (?:to|for)\b|\b(?:is|are) planning\b",
        firm=True,
    ),
    Term(
        "may",
        "Li 2010",
        "rates may pressure margins",
        _words("may might could"),
        r"\b(?:may|might|could) (?:not |also |further |well |need to )?(?:result|lead|cause|pressure|slow|weigh|hurt|increase|decrease"
        r"|decline|continue|impact|affect|experience|incur|improve|potentially|need|recover|worsen|exceed|repurchase"
        r"|reach|accelerate|extend|add)\b",
    ),
    Term(
        "expected_noun",
        "Muslu 2015",
        "to capitalize on the expected growth",
        _words("expected anticipated projected forecasted planned"),
        r"^(?!.*\b(?:was|were|increased|decreased|rose|fell|declined|totaled)\b).*?"
        r"(?:\b(?:the|our|its|an?|of|in|from|includes?|including|reflects?|reflecting|no) (?:currently )?|^|^for [^,]{3,40}, )"
        r"(?:expected|anticipated|projected|forecasted|planned) (?!by\b|in\b|credit\b|results? of operations\b)[a-z-]{3,}",
    ),
    Term(
        "on_track",
        "releases",
        "we are on track to save $5 million",
        _words("track course schedule pace target"),
        r"(?<!was )(?<!were )(?<!been )\bon (?:track|course|schedule|pace|target) (?:to|for|with"
        r"|and)\b|\bremains? on track\b",
        firm=True,
    ),
    Term(
        "contraction",
        "Li 2010",
        "we'll see growth",
        _words("we'll we’ll it'll it’ll they'll they’ll you'll you’ll that'll that’ll i'll i’ll"),
        r"\b(?:we|it|they|that|there|this|you|i)['’]ll\b",
    ),
    Term(
        "going_to",
        "releases",
        "we're going to weather this storm",
        _words("going"),
        r"\b(?:is|are|['’]re|['’]m|not|really) going to (?!the\b)",
    ),
    Term(
        "estimate",
        "Muslu 2015",
        "we estimate that charges will end",
        _words("estimate estimates"),
        rf"\b{_WHO} estimates? (?:that|it|its|the|to|a|an|net|operating|earnings|revenues?|sales|full|fiscal|\d{{4}})\b"
        rf"|\b(?:its|our|the) (?:[\w-]+ ){{0,3}}estimates? (?:of|for)\b",
    ),
    Term(
        "expectation",
        "Bozanic 2018",
        "earnings expectations for the year remain in that range",
        _words("expectation expectations"),
        r"\bexpectations? (?:for|of|is|are|remains?|that)\b",
    ),
    Term(
        "goal",
        "Li 2010",
        "reiterating its goal of an 8 percent margin",
        _words("goal goals objective objectives target targets aspiration ambition priority priorities"),
        r"\b(?:our|its|company['’]s|a|the|term) (?:[\w-]+ ){0,2}(?:goals?|objectives?|targets?|aspiration|ambition|priorit(?:y"
        r"|ies)) (?:is|are|remains?|of|for|to|in|by)\b|\btargets for\b",
    ),
    Term(
        "likely",
        "releases",
        "sales are likely to recover",
        _words("likely unlikely potential potentially"),
        r"\b(?:is|are|will|would|most|more) (?:un)?likely to\b"
        r"|\blikely (?:to|need|be|cause|result|continue|increase|remain)\b|\bpotentially (?!dilutive)|\bpotential (?:to|for)\b",
    ),
    Term(
        "committed",
        "Muslu 2015",
        "we remain committed to our dividend",
        _words("committed focused dedicated commitment"),
        r"\b(?:remain|remains|are|is|am|continue to be"
        r"|stay) (?:deeply |fully |firmly |strongly |also |highly )?(?:committed to|focused on)\b|\b(?:remains?|stay) dedicated to\b",
    ),
    Term(
        "confident",
        "Bozanic 2018",
        "we are confident in our pipeline",
        _words("confident confidence optimistic optimism bullish hopeful excited encouraged positive"),
        r"\b(?:is|are|am|remain|remains|feel|feels|very|more|highly|cautiously|extremely|quite|['’]re|['’]m) (?:confident|optimistic"
        r"|bullish|hopeful)\b|\bexcited about (?:the|our) (?:future|opportunit|prospect|potential|year|long|growth)|"
        r"\b(?:encouraged|positive) about the future\b|\bconfidence that\b|\b(?:have|has|our|continued|increased|full|us the"
        r"|the company|utmost|strong|great) confidence (?:in (?!our board|us)|about|for|we)|\b(?:with|our|cautious) optimism\b",
    ),
    Term(
        "outlook",
        "Bozanic 2018",
        "the company raised its outlook",
        _words("outlook guidance forecast budget"),
        rf"^(?=.*(?:\d (?:million|billion|cents|percent|to)\b|[$%]|{_SAID})).*"
        r"(?:(?<!economic )\boutlook|\b(?:our|its|sales|earnings|revenue|production) forecast"
        r"|\b(?:capital|spending|\d{4}) budget (?:is|calls|of|includes)"
        r"|(?<!strategic )(?<!technical )(?<!regulatory )(?<!accounting )(?<!sec )(?<!fasb )\bguidance)\b"
        r"(?! (?:(?:to|from|issued by|published) (?:the|our|its)|published by|under|rates)\b)",
    ),
    Term(
        "hope",
        "Muslu 2015",
        "the outlook assumes no repurchases",
        _words("hope hopes assume assumes assuming"),
        r"\bhopes? (?:to|that)\b|\b(?:guidance|estimates?|forecasts?|projections?|expectations?|targets?|outlook) assumes?\b"
        r"|^(?=does not|.*(?:guidance|outlook|forecasts?|targets?|expect\w*|projections?|estimates?|\brange|\bwe|\bplan)\b).*"
        r"\bassum(?:e|es|ing) (?:current|no|that|share|a|an|approximately|the)\b",
    ),
    Term(
        "would", "Li 2010", "we would expect an improvement", _words("would"), r"\bwould (?:expect|anticipate|continue|likely)\b(?! been\b)"
    ),
    Term(
        "seek",
        "Li 2010",
        "the company will seek a partner",
        _words("seek seeks seeking strive strives striving"),
        r"\b(?:we|company|management|will|is|are|and|also"
        r"|to) (?:seek|seeks|seeking|strive|strives|striving) (?:to|for|a|an|additional)\b",
    ),
    Term(
        "execute",
        "releases",
        "we are executing plans that lower costs",
        _words("executing plan"),
        r"\bexecuting (?:on |against )?(?:our|plans|the|its)\b|\bexecuting plans\b"
        r"|\bplan to (?:deliver|reduce|achieve|save)\b",
    ),
    Term(
        "subject_to",
        "releases",
        "the sale is subject to regulatory approval",
        _words("subject"),
        r"\b(?:is|are|remains?) subject to (?:\w+ ){0,4}(?:approvals?|closing conditions|conditions"
        r"|determination)\b",
    ),
    Term(
        "period_ahead",
        "Muslu 2015",
        "new products coming later this year",
        _words("next coming upcoming later early late remainder rest balance"),
        rf"^(?!.*\b(?:was|were|had|totaled|secured|increased|decreased|rose|grew)\b).*(?:"
        rf"\b{_NEXT} {_COUNT}(?:fiscal |calendar )?(?:year|years|quarter|quarters|month|months|season|decade|weeks)\b|\b(?:later"
        rf"|early|late|remainder of|rest of|balance of) (?:this|the|next|in the) (?:fiscal |calendar )?(?:year|quarter|month)\b)",
    ),
    Term(
        "payable",
        "releases",
        "the dividend is payable on may 1",
        _words("payable"),
        r"\b(?:is|are|be) payable (?:on|in|by)\b(?! demand)|^payable on\b|\bdividend of .{1,90}\bpayable (?:on|in)\b",
    ),
    Term(
        "to_be_done",
        "releases",
        "the plant, to be completed in may",
        _words(
            "paid completed built launched opened issued released delivered implemented determined recorded recognized funded"
            " closed amortized"
        ),
        r"to be (?:paid|completed|built|launched|opened|issued|released|delivered|implemented|determined|recorded|recognized|funded|closed"
        r"|amortized)\b",
    ),
    Term(
        "positioned",
        "releases",
        "the company is well positioned to grow",
        _words("positioned well-positioned well-prepared position positions poised set sets setting prepared"),
        r"\b(?:well|strongly|better|uniquely|best|ideally|favorably|perfectly|solidly|is|are|remains?) ?-?positioned,? (?:to|for|as"
        r"|under|in|with|financially|strategically)\b|\bpositions? (?:us|the company|it|our company|[a-z]+) (?:well |strongly "
        r"|favorably |uniquely |for |to )|"
        r"\bin an? (?:strong|good|great|better|solid|excellent|unique|favorable|continued) position (?:to|for|of)\b|\bpoised (?:to"
        r"|for)\b|\bset(?:s|ting)? (?:us|the company) up\b|\b(?:well[- ]|are |is )prepared to\b|\b(?:is|are) set to\b"
        r"|\bsetting us up\b",
    ),
    Term(
        "continue_to",
        "releases",
        "the company continues to evaluate its options",
        _words("continue continues continuing"),
        r"\b(?:we|company|i|management) (?:also |will |plan to |intend to "
        r"|expect to )?continues? to (?:expect|believe|see|anticipate|execute|invest|focus|look|work|drive|pursue|monitor|evaluate"
        r"|explore|seek|expand|prioritize|grow|target|assess|review|manage|plan|progress)\b|"
        r"\bwhile continuing to\b",
    ),
    Term(
        "prospects",
        "releases",
        "working with advisors to evaluate options",
        _words("prospects opportunity opportunities potential future long-term toward towards working evaluating"),
        r"\b(?:future|long-term) (?:prospects|opportunit(?:y|ies)|potential)\b|\b(?:growth|business|strong) prospects\b"
        r"|\bbright future\b|\btowards? (?:achieving|completing|our|the goal)\b|\bworking (?:\w+ ){0,3}(?:to|toward"
        r"|towards) (?!support|help|with)|\bevaluating (?:\w+ ){0,3}(?:alternatives|options|opportunities)\b",
    ),
    Term(
        "ahead",
        "Muslu 2015",
        "we are ready for the road ahead",
        _words("ahead forward future near near-term term come foreseeable long long-term growth"),
        r"\b(?:the|that|lies?|lie|opportunit(?:y|ies)|what['’ ]s|years?|quarters|months|journey|times?|challenges|road|period|work"
        r"|lot"
        r"|growth) ahead\b(?! of\b)|\b(?:going|moving) forward\b|"
        r"\bin the (?:near |foreseeable |not[- ]too[- ]distant |very near |immediate )?(?:future|near[- ]term|longer? term)\b"
        r"|\b(?:years|quarters|months|generations|time) to come\b|\bfor the (?:foreseeable|near) \w+\b|\blong[- ]term (?:growth"
        r"|prospects|potential|success|value creation|opportunit)|\b(?:until|in) future (?:periods|quarters|years)\b|\bfuture growth\b",
    ),
    Term(
        "looking_ahead",
        "releases",
        "looking ahead to the first quarter",
        _words("look looks looking move head enter turn go enters heads entering see sees"),
        r"\b(?:we|company|management) (?:also |still )?looks? for\b"
        r"|\b(?:we|i|company|management) (?:also |still |continue to )?sees? .{0,90}\b(?:through|in|into|for|over) (?:the )?(?:second half"
        r"|back half|remainder|rest|year ahead|coming|next)\b"
        r"|\blook(?:ing|s)? (?:ahead|forward|out|to (?:the )?(?:\d{4}|fiscal|next|second|third|fourth|first|future|remainder|balance|rest"
        r"|emerge|build|continue|expand|grow))\b|\bas we (?:look|move|head|enter|turn|go)\b|"
        r"\b(?:we|it|company) (?:now )?(?:enters?|heads?|looks?) (?:into|to) (?:the )?(?:\d{4}|fiscal|next|new|second|third|fourth"
        r"|first|future|remainder|balance|rest|year|holiday)\b|['’]re entering\b",
    ),
    Term(
        "believe",
        "Li 2010",
        "we believe the momentum will continue",
        _words("believe believes believing think thinks feel feels hope hopes assume assumes assuming"),
        r"\b(?:believes?|believing|thinks?|feels?|hopes?|assumes?|assuming) (?:that )?(?:[\w'’,()&%$.-]+ ){0,14}?(?:can|could|will"
        r"|would|should|may|might|future|growth|"
        r"continue|continues|potential|opportunit\w+|positioned|ahead|long[- ]term|sustainable|likely|next|going|upcoming|coming"
        r"|improve|remain)\b",
    ),
    Term(
        "is_expected",
        "Li 2010",
        "gross margin is expected to be 37 percent",
        _words("expected anticipated projected estimated forecasted forecast targeted scheduled slated planned"),
        r"\b(?=[eapfts])(?<!was )(?<!were )(?<!had )(?<!been )(?<!as )(?<!than )(?<!originally )(?<!previously )"
        r"(?:(?:expected|anticipated|projected|scheduled|slated|planned) (?:to|that|for|in|during|by the end|later|next)"
        r"|targeted (?:to|by|in|during|later|next|for (?:the|completion|launch|release|opening|introduction|early|late|mid|\d)))\b|"
        r"\b(?:is|are|be) (?:not |now |currently |also |still |generally |each )*(?:expected|anticipated|projected|estimated"
        r"|forecasted|forecast|targeted(?! (?:at|for) [a-z])|scheduled|slated|planned)\b",
        firm=True,
    ),
    Term(
        "expects",
        "Li 2010",
        "the company expects revenue of $4 million",
        _words("expect expects"),
        rf"\b{_WHO} (?:do(?:es)? not |generally )?expects?\b(?! more\b)",
        firm=True,
    ),
    Term(
        "anticipates",
        "Li 2010",
        "management anticipates an improvement",
        _words("anticipate anticipates"),
        rf"\b{_WHO} (?:do(?:es)? not )?anticipates?\b",
        firm=True,
    ),
    Term(
        "will_compare",
        "releases",
        "third quarter earnings will be below expectations",
        _words("will"),
        r"\bwill (?:be|fall|come in|exceed|meet) (?:\w+ ){0,3}?(?:below|above|short|in line|lower|higher|within|expectations|guidance)\b",
        firm=True,
    ),
    Term("sees", "releases", "the company now sees revenue of $14 million", _words("sees"), r"\bnow sees\b", firm=True),
    Term(
        "project",
        "Li 2010",
        "the company forecasts sales of 12,000 units",
        _words(
            "project projects forecast forecasts foresee foresees predict predicts projecting forecasting foreseeing projection projections"
        ),
        rf"\b{_WHO} (?:projects|forecasts?|foresees?|predicts?)\b(?! (?:are|is|in|of|and)\b)|\bwe project\b|"
        r"\b[a-z]+ (?:projects|forecasts|foresees) (?:an?|net|revenues?|sales|earnings|full|first|second|third|fourth|that|its)\b|"
        r"(?:^|\bis |\bare |, )(?:projecting|forecasting)\b|\bprojections? (?:for|is|are|call)\b",
    ),
    Term(
        "target",
        "Muslu 2015",
        "acme targets revenue in a range of $185 million to $215 million",
        _words("target targets targeting targeted aim aims aiming"),
        rf"\b{_WHO} (?:targets?|aims?)\b|\b(?:we|it"
        rf"|company|is|are|continues|^) ?(?:targeting|aiming)\b|^targeting\b"
        rf"|, targeting (?:a|an|proceeds|\$|\d)|\b[a-z]+ targets (?:a|an|revenue|net|earnings|gross|sales|to|assume|factor)\b"
        rf"|\btargeted (?:non|gaap|net|range)\b|\baims? to\b|\baiming to\b|^target (?:\w+ ){0, 2}(?:growth|of|a|an)\b",
    ),
)
