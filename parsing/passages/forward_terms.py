"""The words of forward-looking statements, as a table of terms with their sources; the words against them are in forward_vetoes.

Sources, by the names used in the last column. The terms are theirs; the grammar around them (who expects, in which tense) is this table's.
    Li 2010        F. Li, "The Information Content of Forward-Looking Statements in Corporate Filings", Journal of Accounting Research 48(5):
                   modals (will, should, could, may, might), verbs (expect, anticipate, believe, plan, hope, intend, seek, project, forecast),
                   nouns (objective, goal); sentences whose "expected", "anticipated" ... follow was, were, had are left out.
    Muslu 2015     Muslu, Radhakrishnan, Subramanyam, Lim, "Forward-Looking MD&A Disclosures and the Information Environment", Management
                   Science 61(5): aim, assume, commit, estimate, foresee, target; "next / coming / upcoming" before a period; future.
    Bozanic 2018   Bozanic, Roulstone, Van Buskirk, "Management earnings forecasts and other forward-looking statements", Journal of
                   Accounting and Economics 65(1): outlook, guidance, forecast and their verbs; quantitative (a number and a period) against qualitative.
    releases       idioms of press releases that those lists, made for annual reports, do not have.
"""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A pattern over lower-case words with single spaces.

    ``words`` are single words of which one must occur for the pattern to be tried at all; ``firm`` terms outweigh weak vetoes;
    ``example`` is a sentence that the pattern must find.
    """

    name: str
    words: tuple[str, ...]
    pattern: str
    example: str
    source: str
    firm: bool = False


_WHO = r"(?:we|company|corporation|management|it|firm|bank|also|currently|now|still|further|continues? to|[a-z]+['’]s)"
_NEXT = r"(?:next|coming|upcoming)"
_COUNT = r"(?:several |few |two |three |four |five |\d+ )?"

# Cheap and frequent ones first: the first that matches decides.
TERMS: tuple[Term, ...] = (
    Term("will", ("will",), r"\bwill\b(?! be (?:held|hosted|available|archived|posted|accessible|broadcast|webcast|filed)\b)", "she will join the board", "Li 2010"),
    Term("expect", ("expect", "expects", "expecting"), r"(?<!than )(?<!to )\bexpect(?:s|ing)?\b", "acme, which expects to grow, ...", "Li 2010"),
    Term("should", ("should",), r"\bshould\b(?! have\b)", "gross margin should remain in that range", "Li 2010"),
    Term("anticipate", ("anticipate", "anticipates", "anticipating"), r"\banticipat(?:e|es|ing)\b", "antero, anticipating lower prices, ...", "Li 2010"),
    Term("intend", ("intend", "intends", "intention", "intentions", "intent"), r"\bintends?\b(?! as\b)|\bintentions? (?:to|of)\b|\bintent to\b", "the company intends to operate both hotels", "Li 2010"),
    Term("plan", ("plan", "plans", "planning", "planned"), r"\b(?:plans?|planning) to\b|\bplans (?:for|on|call)\b|\b(?:has|have|our|its|announced) plans (?:to|for)\b|\b(?:is|are) planning\b",
         "we plan to open twelve stores", "Li 2010", True),
    Term("may", ("may", "might", "could"), r"\b(?:may|might|could) (?:not |also )?(?:be |have |need |result |continue |require |include |lead |cause |increase |decrease |impact |update |incur |affect |experience |potentially )",
         "such charges may result in changes", "Li 2010"),
    Term("expected_noun", ("expected", "anticipated", "projected", "forecasted", "planned"),
         r"\b(?:the|our|its|an?|of|in|from|includes?|including|reflects?|reflecting|no) (?:currently )?(?:expected|anticipated|projected|forecasted|planned) (?!by\b|in\b|credit\b|results? of operations\b)[a-z-]{3,}",
         "to capitalize on the expected growth", "Muslu 2015"),
    Term("on_track", ("track", "course", "schedule", "pace", "target"), r"\bon (?:track|course|schedule|pace|target) (?:to|for|with|and)\b|\bremains? on track\b", "we are on track to save $5 million", "releases", True),
    Term("contraction", ("we'll", "we’ll", "it'll", "it’ll", "they'll", "they’ll", "you'll", "you’ll", "that'll", "that’ll", "i'll", "i’ll"), r"\b(?:we|it|they|that|there|this|you|i)['’]ll\b", "we'll see growth", "Li 2010"),
    Term("going_to", ("going",), r"\b(?:is|are|['’]re|['’]m|not|really) going to (?!the\b)", "we're going to weather this storm", "releases"),
    Term("estimate", ("estimate", "estimates"), rf"\b{_WHO} estimates? (?:that|it|the|to|a|an)\b", "we estimate that charges will end", "Muslu 2015"),
    Term("goal", ("goal", "goals", "objective", "objectives", "target", "targets", "aspiration", "ambition", "priority", "priorities"), r"\b(?:our|its|company['’]s|a|the|term) (?:[\w-]+ ){0,2}(?:goals?|objectives?|targets?|aspiration|ambition|priorit(?:y|ies)) (?:is|are|remains?|of|for|to|in|by)\b|\btargets for\b",
         "reiterating its goal of an 8 percent margin", "Li 2010"),
    Term("likely", ("likely", "unlikely", "potential", "potentially"), r"\b(?:is|are|will|would|most|more) (?:un)?likely to\b|\blikely (?:to|need|be|cause|result|continue|increase|remain)\b|\bpotentially\b|\bpotential (?:to|for)\b", "sales are likely to recover", "releases"),
    Term("committed", ("committed", "focused", "dedicated", "commitment"), r"\b(?:remain|remains|are|is|am|continue to be|stay) (?:deeply |fully |firmly |strongly |also |highly )?(?:committed to|focused on)\b|\b(?:remains?|stay) dedicated to\b|\bcommitment to (?!excellence\b)\w+ing\b",
         "we remain committed to our dividend", "Muslu 2015"),
    Term("confident", ("confident", "confidence", "optimistic", "optimism", "bullish", "hopeful", "excited", "encouraged", "positive"),
         r"\b(?:is|are|am|remain|remains|feel|feels|very|more|highly|cautiously|extremely|quite|['’]re|['’]m) (?:confident|optimistic|bullish|hopeful)\b|\bexcited about (?:the|our) (?:future|opportunit|prospect|potential|year|long|growth)|"
         r"\b(?:encouraged|positive) about the future\b|\bconfidence that\b|\b(?:have|has|our|continued|increased|full|us the|the company|utmost|strong|great) confidence (?:in (?!our board|us)|about|for|we)|\b(?:with|our|cautious) optimism\b",
         "we are confident in our pipeline", "Bozanic 2018"),
    Term("outlook", ("outlook", "guidance"), r"\b(?:(?<!economic )outlook|(?<!strategic )(?<!technical )(?<!regulatory )guidance)\b(?! (?:to|from|issued by|published) (?:the|our|its))", "the company raised its outlook", "Bozanic 2018"),
    Term("hope", ("hope", "hopes", "assume", "assumes", "assuming"), r"\bhopes? (?:to|that)\b|\bassum(?:e|es|ing) (?:current|no|that|share|a|an|approximately|the)\b", "the outlook assumes no repurchases", "Muslu 2015"),
    Term("would", ("would",), r"\bwould (?:expect|anticipate|continue|likely)\b(?! been\b)", "we would expect an improvement", "Li 2010"),
    Term("seek", ("seek", "seeks", "seeking", "strive", "strives", "striving"), r"\b(?:we|company|management|will|is|are|and|also|to) (?:seek|seeks|seeking|strive|strives|striving) (?:to|for|a|an|additional)\b", "the company will seek a partner", "Li 2010"),
    Term("execute", ("executing", "plan"), r"\bexecuting (?:on |against )?(?:our|plans|the|its)\b|\bexecuting plans\b|\bplan to (?:deliver|reduce|achieve|save)\b", "we are executing plans that lower costs", "releases"),
    Term("subject_to", ("subject",), r"\b(?:is|are|remains?) subject to (?:\w+ ){0,4}(?:approvals?|closing conditions|conditions|determination)\b", "the sale is subject to regulatory approval", "releases"),
    Term("period_ahead", ("next", "coming", "upcoming", "later", "early", "late", "remainder", "rest", "balance"),
         rf"\b{_NEXT} {_COUNT}(?:fiscal |calendar )?(?:year|years|quarter|quarters|month|months|season|decade|weeks|phase)\b|\b(?:later|early|late|remainder of|rest of|balance of) (?:this|the|next|in the) (?:fiscal |calendar )?(?:year|quarter|month)\b",
         "new products coming later this year", "Muslu 2015"),
    Term("payable", ("payable", "paid", "completed", "built", "launched", "opened", "issued", "released", "delivered", "implemented", "determined", "recorded", "recognized", "funded", "closed", "amortized"), r"\b(?:is|are|be) payable (?:on|in|by)\b(?! demand)|^payable on\b|\bdividend of [^.]{1,90}\bpayable (?:on|in)\b|\bto be (?:paid|completed|built|launched|opened|issued|released|delivered|implemented|determined|recorded|recognized|funded|closed|amortized)\b",
         "the dividend is payable on may 1", "releases"),
    Term("positioned", ("positioned", "well-positioned", "well-prepared", "position", "positions", "poised", "set", "sets", "setting", "prepared"),
         r"\b(?:well|strongly|better|uniquely|best|ideally|favorably|perfectly|solidly|is|are|remains?) ?-?positioned,? (?:to|for|as|under|in|with|financially|strategically)\b|\bpositions? (?:us|the company|it|our company|[a-z]+) (?:well |strongly |favorably |uniquely |for |to )|"
         r"\bin an? (?:strong|good|great|better|solid|excellent|unique|favorable|continued) position (?:to|for|of)\b|\bpoised (?:to|for)\b|\bset(?:s|ting)? (?:us|the company) up\b|\b(?:well[- ]|are |is )prepared to\b|\b(?:is|are) set to\b|\bsetting us up\b",
         "the company is well positioned to grow", "releases"),
    Term("continue_to", ("continue", "continues", "continuing"), r"\b(?:we|company|i|management) (?:also |will |plan to |intend to |expect to )?continues? to (?:expect|believe|see|anticipate|execute|invest|focus|look|work|drive|pursue|monitor|evaluate|explore|seek|build|expand|prioritize|grow|target|assess|review|manage|plan|progress)\b|"
         r"\bwhile continuing to\b", "the company continues to evaluate its options", "releases"),
    Term("prospects", ("prospects", "opportunity", "opportunities", "potential", "future", "long-term", "toward", "towards", "working", "evaluating"),
         r"\b(?:future|long-term) (?:prospects|opportunit(?:y|ies)|potential)\b|\b(?:growth|business|strong) prospects\b|\bbright future\b|\btowards? (?:achieving|completing|our|the goal)\b|\bworking (?:\w+ ){0,3}(?:to|toward|towards) (?!support|help|with)|\bevaluating (?:\w+ ){0,3}(?:alternatives|options|opportunities)\b",
         "working with advisors to evaluate options", "releases"),
    Term("ahead", ("ahead", "forward", "future", "near", "near-term", "term", "come", "foreseeable", "long", "long-term", "growth"),
         r"\b(?:the|that|lies?|lie|opportunit(?:y|ies)|what['’ ]s|years?|quarters|months|journey|times?|challenges|road|period|work|lot|growth) ahead\b(?! of\b)|\b(?:going|moving) forward\b|"
         r"\bin the (?:near |foreseeable |not[- ]too[- ]distant |very near |immediate )?(?:future|near[- ]term|longer? term)\b|\b(?:years|quarters|months|generations|time) to come\b|\bfor the (?:foreseeable|near) \w+\b|\blong[- ]term (?:growth|prospects|potential|success|value creation|opportunit)|\bfuture growth\b",
         "we are ready for the road ahead", "Muslu 2015"),
    Term("looking_ahead", ("look", "looks", "looking", "move", "head", "enter", "turn", "go", "enters", "heads", "entering"),
         r"\blook(?:ing|s)? (?:ahead|forward|out|to (?:the )?(?:\d{4}|fiscal|next|second|third|fourth|first|future|remainder|balance|rest|emerge|build|continue|expand|grow))\b|\bas we (?:look|move|head|enter|turn|go)\b|"
         r"\b(?:we|it|company) (?:now )?(?:enters?|heads?|looks?) (?:into|to) (?:the )?(?:\d{4}|fiscal|next|new|second|third|fourth|first|future|remainder|balance|rest|year|holiday)\b|['’]re entering\b",
         "looking ahead to the first quarter", "releases"),
    Term("believe", ("believe", "believes", "believing", "think", "thinks", "feel", "feels", "hope", "hopes", "assume", "assumes", "assuming"), r"\b(?:believes?|believing|thinks?|feels?|hopes?|assumes?|assuming) (?:that )?(?:[\w'’,()&%$.-]+ ){0,14}?(?:can|could|will|would|should|may|might|future|growth|continue|continues|potential|opportunit\w+|positioned|ahead|long[- ]term|sustainable|likely|next|going|upcoming|coming|improve|remain)\b",
         "we believe the momentum will continue", "Li 2010"),
    Term("is_expected", ("expected", "anticipated", "projected", "estimated", "forecasted", "forecast", "targeted", "scheduled", "slated", "planned"),
         r"\b(?=[eapfts])(?<!was )(?<!were )(?<!had )(?<!been )(?<!as )(?<!than )(?:expected|anticipated|projected|forecast|targeted|scheduled|slated|planned) (?:to|that|for|in the range|by the end)\b|"
         r"\b(?:is|are|be) (?:not |now |currently |also |still |generally |each )*(?:expected|anticipated|projected|estimated|forecasted|forecast|targeted(?! at [a-z])|scheduled|slated|planned)\b",
         "gross margin is expected to be 37 percent", "Li 2010", True),
    Term("expects", ("expect", "expects"), rf"\b{_WHO} (?:do(?:es)? not |generally )?expects?\b(?! more\b)", "the company expects revenue of $4 million", "Li 2010", True),
    Term("anticipates", ("anticipate", "anticipates"), rf"\b{_WHO} (?:do(?:es)? not )?anticipates?\b", "management anticipates an improvement", "Li 2010", True),
    Term("project", ("project", "projects", "forecast", "forecasts", "foresee", "foresees", "predict", "predicts", "projecting", "forecasting", "foreseeing", "projection", "projections"), rf"\b{_WHO} (?:projects|forecasts?|foresees?|predicts?)\b(?! (?:are|is|in|of|and)\b)|\bwe project\b|(?:^|\bis |\bare |, )(?:projecting|forecasting)\b|\bprojections? (?:for|is|are|call)\b",
         "the company forecasts sales of 12,000 units", "Li 2010"),
    Term("target", ("target", "targets", "targeting", "targeted", "aim", "aims", "aiming"), rf"\b{_WHO} (?:targets?|aims?)\b|\b(?:we|it|company|is|are|continues|^) ?(?:targeting|aiming) (?:to|for|a|an|proceeds|at|approximately|\$|\d)|^targeting\b|, targeting (?:a|an|proceeds|\$|\d)|\b[a-z]+ targets (?:a|an|revenue|net|earnings|gross|sales|to|assume|factor)\b|\btargeted (?:non|gaap|net|range|at)\b|\baims? to\b|\baiming to\b|^target (?:\w+ ){0,2}(?:growth|of|a|an)\b",
         "acme targets revenue in a range of $185 million to $215 million", "Muslu 2015"),
)
