"""The words of forward-looking statements, and the words that speak against them, as tables of (name, pattern, source).

Sources, by the names used in the third column. The terms are theirs; the grammar around them (who expects, in which tense) is this table's.
    Li 2010        F. Li, "The Information Content of Forward-Looking Statements in Corporate Filings", Journal of Accounting Research 48(5):
                   modals (will, should, could, may, might), verbs (expect, anticipate, believe, plan, hope, intend, seek, project, forecast),
                   nouns (objective, goal); sentences whose "expected", "anticipated" ... follow was, were, had are left out.
    Muslu 2015     Muslu, Radhakrishnan, Subramanyam, Lim, "Forward-Looking MD&A Disclosures and the Information Environment", Management
                   Science 61(5): aim, assume, commit, estimate, foresee, target; "next / coming / upcoming / following" before a period; future.
    Bozanic 2018   Bozanic, Roulstone, Van Buskirk, "Management earnings forecasts and other forward-looking statements", Journal of
                   Accounting and Economics 65(1): outlook, guidance, forecast and their verbs; quantitative (a number and a period) against qualitative.
    releases       idioms of press releases that those lists, made for annual reports, do not have.
"""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A pattern over lower-case words with single spaces, and where it comes from."""

    name: str
    pattern: str
    source: str


# A sentence with one of these looks ahead, unless a VETO speaks against it.
STRONG: tuple[Term, ...] = (
    Term("expect", r"(?<!than )(?<!to )\bexpect(?:s|ing)?\b(?! more\b)", "Li 2010"),
    Term("to_expect", r"\bcontinues? to expect\b", "releases"),
    Term("is_expected", r"(?:\b(?:is|are|be|been|now|currently|still|which|that|and|also|generally)|^|[,;(:–—-]) ?(?:not )?(?:now |currently |also |still |generally )?(?:expected|anticipated|projected|estimated|forecasted|forecast|targeted|scheduled|slated|poised|intended|planned|predicted)\b(?: (?:to|that|in|for|at|by|on|effect|impact|completion|closing)\b| \w{3,12} \w{1,12})", "Li 2010"),
    Term("expected_noun", r"\b(?:the|our|its|an?|current|to|of|in|from|includes?|including|reflects?|reflecting|no) (?:currently )?(?:expected|anticipated|projected|forecasted|targeted) (?!by\b|in\b|results? of operations\b)[a-z-]{3,}", "Muslu 2015"),
    Term("anticipate", r"\banticipat(?:es?|ing)\b", "Li 2010"),
    Term("intend", r"\bintends?\b(?! as\b)|\bintention(?:s)? (?:to|of)\b|\bintent to\b", "Li 2010"),
    Term("plan", r"\b(?:plans?|planning) to\b|\bplans (?:for|on|call)\b|\b(?:we|company|management) (?:is|are) planning\b|\bplanned (?:for|to)\b", "Li 2010"),
    Term("project", r"\b(?:we|company|corporation|management|it|also|currently|now) (?:projects?|forecasts?|foresees?|predicts?|estimates? (?:that|it|the|to))\b|\b(?:projecting|forecasting|foreseeing)\b|\bprojections? (?:for|of|is|are|call)", "Li 2010"),
    Term("target", r"\b(?:we|company|corporation|management|it|also|currently|now|[a-z]+'s|is|are) (?:targets?|targeting|aims?|aiming)\b|^targeting\b|, targeting\b|\btargets (?:a|an|revenue|net|earnings|gross|sales|to|of|assume|factor|for)\b|\btargeted (?:non|gaap|net|range|at|to)\b|\baims? to\b|\baiming (?:to|for)\b", "Muslu 2015"),
    Term("will", r"\bwill(?! be (?:held|hosted|available|archived|posted|accessible|broadcast|webcast|filed)\b)\b", "Li 2010"),
    Term("contraction", r"\b(?:we|it|they|that|there|this|you|i)(?:'|’| )ll\b", "Li 2010"),
    Term("going_to", r"\b(?:is|are|'re|’re|'m|’m|not|really) going to (?!the\b)", "releases"),
    Term("should", r"\bshould(?! (?:be read|be considered|not be (?:considered|relied|construed|viewed)|read|review|refer|consider|note|not place|dial|call|visit|contact|log|go|access|listen)\b)\b", "Li 2010"),
    Term("would_expect", r"\bwould (?:expect|anticipate|be|have|result|require|allow|enable|increase|reduce|provide)\b(?! been\b)", "Li 2010"),
    Term("future_possibility", r"\b(?:may|might|could) (?:not |also |be |have |need |result |continue |require |include |lead |cause |increase |decrease |impact |update |incur |affect |experience |potentially )", "Li 2010"),
    Term("outlook", r"\b(?:outlook|guidance)\b", "Bozanic 2018"),
    Term("looking_ahead", r"\blook(?:ing|s)? (?:ahead|forward|out|to (?:the )?(?:\d{4}|fiscal|next|second|third|fourth|first|future|remainder|balance|rest|emerge|build|continue|expand|grow))\b|\bas we (?:look|move|head|enter|turn|go)\b|\b(?:we|it|company) (?:now )?(?:enters?|heads?|looks?) (?:into|to) (?:the )?(?:\d{4}|fiscal|next|new|second|third|fourth|first|future|remainder|balance|rest|year|holiday)\b", "releases"),
    Term("on_track", r"\bon (?:track|course|schedule|pace|target) (?:to|for|with|and)\b|\bremains? on track\b", "releases"),
    Term("confident", r"\b(?:confident|optimistic|bullish|hopeful|excited about (?:the|our) (?:future|opportunit|prospect|potential|year|long|growth)|encouraged about|positive about the future)\b|\bconfidence (?:in|that|we|about|for)\b|\boptimism\b", "Bozanic 2018"),
    Term("positioned", r"\b(?:well|strongly|better|uniquely|best|ideally|favorably|perfectly|solidly|well[- ]|is|are|remains?|remain) ?-?positioned (?:to|for|as|under|in|with|financially|strategically)\b|\bpositions? (?:us|the company|it|our company|[a-z]+) (?:well |strongly |favorably |uniquely |for |to )|\bin a (?:strong|good|great|better|solid|excellent|unique|favorable) position (?:to|for)\b|\bpoised (?:to|for)\b|\bset(?:s|ting)? (?:us|the company) up\b|\bwell[- ]prepared to\b", "releases"),
    Term("committed", r"\b(?:remain|remains|are|is|am|continue to be|deeply|fully|firmly) (?:deeply |fully |firmly |fully |strongly )?(?:committed|focused|dedicated) (?:to|on)\b", "Muslu 2015"),
    Term("continue_to", r"\b(?:we|company|i|management) (?:also |will |plan to |intend to |expect to )?(?:continue|continues) to (?:expect|believe|see|anticipate|execute|invest|focus|look|work|drive|pursue|monitor|evaluate|explore|seek|build|expand|prioritize|grow|target|assess|review|manage|plan|progress)\b|\bas we continue to (?:execute|grow|invest|build|expand|drive)\b|\bwhile continuing to\b", "releases"),
    Term("believe_future", r"\b(?:believes?|believing|thinks?|feels?|hopes?|assumes?|assuming) (?:that )?(?:[\w'’,-]+ ){0,12}(?:can|could|will|would|should|may|might|future|growth|continue|continues|potential|opportunit\w+|positioned|ahead|long[- ]term|sustainable|likely|next|going|upcoming|coming|improve|remain)\b", "Li 2010"),
    Term("hope", r"\bhopes? (?:to|that)\b|\bassum(?:e|es|ing) (?:current|no|that|share|a|an|approximately|the)\b|\bcurrently assume\b", "Muslu 2015"),
    Term("seek", r"\b(?:we|company|management|will|is|are|and|also|to) (?:seek|seeks|seeking|strive|strives|striving) (?:to|for|a|an|additional)\b", "Li 2010"),
    Term("goal", r"\b(?:our|its|company's|company’s|a|the|with the|long-term|term) (?:\w+ )?(?:goals?|objectives?|targets?|aspiration|ambition|mission|priorit(?:y|ies)) (?:is|are|remains?|of|for|to|in|by|continue)\b|\bcommitment to (?!excellence\b)\w+ing\b", "Li 2010"),
    Term("period_ahead", r"\b(?:next|coming|upcoming|following) (?:several |few |two |three |four |five |\d+ )?(?:fiscal |calendar )?(?:year|years|quarter|quarters|month|months|season|decade|weeks|phase|generation)\b(?! (?:ended|to \$|generation))|\b(?:later|early|late|end of|remainder of|rest of|balance of) (?:this|the|next) (?:fiscal |calendar )?(?:year|quarter|month)\b", "Muslu 2015"),
    Term("ahead", r"\b(?:the|that|lies?|lie|opportunit(?:y|ies)|what['’ ]s|year|years|quarters|months|journey|uncertain times?|challenges|road|period|work|lot|growth) ahead\b(?! of\b)|\bgoing forward\b|\bmoving forward\b|\bin the (?:near |foreseeable |not[- ]too[- ]distant |very near |immediate )?(?:future|near[- ]term|longer? term|years to come|quarters to come)\b|\b(?:years|quarters|months|generations) to come\b|\bfor the (?:foreseeable|near) \w+\b|\blong[- ]term (?:growth|prospects|potential|success|value creation|opportunit)", "Muslu 2015"),
    Term("likely", r"\b(?:is|are|will|would|most|more) (?:un)?likely to\b|\blikely (?:to|need|be|cause|result|continue|increase|remain)\b|\bpotentially\b", "releases"),
    Term("payable", r"\b(?:is|are|be) payable (?:on|in|by)\b|^payable on\b|\bdividend of [^.]{1,90}\bpayable (?:on|in)\b|\bto be paid\b|\bto be (?:completed|built|launched|opened|announced|issued|held|released|delivered|implemented|determined|recorded|recognized|funded|closed)\b", "releases"),
    Term("prospects", r"\b(?:future|growth|long-term|business|strong) (?:prospects|opportunit(?:y|ies)|potential|pipeline)\b|\bbright future\b|\btoward(?:s)? (?:achieving|completing|our|the goal)\b|\bsetting us up\b|\bworking (?:to|toward|towards)\b|\bevaluating (?:\w+ ){0,3}(?:alternatives|options|opportunities)\b", "releases"),
    Term("plans_noun", r"\b(?:has|have|our|its|announced) plans (?:to|for)\b|\bexecuting (?:on |against )?(?:our|plans|the)\b|\bplan to\b", "Li 2010"),
    Term("subject_to", r"\b(?:is|are|remains?) subject to (?:\w+ ){0,4}(?:approval|approvals|closing conditions|conditions|determination)\b", "releases"),
    Term("anticipation", r"\b(?:currently|now|conservatively) (?:expects?|estimates?|projects?|anticipates?|targets?|forecasts?|believes?|plans?)\b|\b(?:company|we|management) (?:estimates?|targets?)\b", "Bozanic 2018"),
)

# A sentence with one of these does not look ahead, or is no statement of the company's: legal words, calls, accounting, comparisons.
VETO: tuple[Term, ...] = (
    Term("legal", r"forward[- ]looking (?:statement|information|comment|remark)|\bsafe harbor\b|undertakes? no|does not undertake|disclaims? any|litigation reform act|risks and uncertainties|actual results (?:may|could|might|to|will)|form (?:10-?[kq]|8-?k|20-?f|s-4|s-3)\b|\bprospectus\b|securities act of 1933|offer to (?:sell|buy)|proxy statement|(?:incorporated|included) by reference|\bshould (?:not )?be (?:read|considered|relied)|should not (?:rely|place|consider|be)|undue reliance|no assurance|\bhereof\b|\bhereto\b|\bherein\b|\btherein\b|\bhereunder\b|\bherewith\b", "Li 2010"),
    Term("call", r"conference call|web ?cast|\breplay\b|\bdial\b|dial-?in|toll[- ]free|\bpass ?code\b|conference id|\blisten\b|audio|question[- ]and[- ]answer|q&a|earnings call|(?:will|to) (?:be )?(?:host|hold|discuss|present|participat|speak|post|file|issue a press release|report (?:its |their )?(?:financial |first|second|third|fourth))|investor relations|\bwww\.|http|telephone|(?:invest|ir)\.\w+\.com|\bpress release (?:and|is|will|may)\b(?! announcing)|investor day|slide presentation|supplemental (?:materials|slides|presentation)", "releases"),
    Term("measure", r"non-gaap (?:financial )?(?:measure|information|result|adjust|presentation|disclosure)s?|\bgaap\b.{0,80}\b(?:useful|supplement|comparab|substitute|alternative to)|useful (?:to|information|measure|for|in|supplement|because|metric|tool)|\bmeaningful (?:to|information|supplement|comparison|measure|understanding|insight)|meaningfully|better understanding|helpful (?:to|in)|supplemental (?:measure|information|disclosure)|(?:is|are) (?:defined|calculated|computed|determined) (?:as|by)|\bdefines?\b|enables? (?:investors|readers|comparison)|assists? (?:investors|readers|management)|allows? (?:investors|readers|management|for comparison)|performance measures?\b|reconcil|similarly titled|managements? (?:uses?|believes)[^.]{0,60}\b(?:measure|metric|ebitda|ffo)|evaluat(?:e|es|ing) (?:our |its |the |operating |financial )*(?:performance|operating results)|\bwe use\b|comparab(?:le|ility) (?:to|of|between|with) (?:other|period|prior)|(?:other|peer) companies|excludes? (?:the|these|such|certain)|excluded from|items? (?:that|which) (?:are|is|may|management)|\bwe exclude|management exclude|cash settled|pro forma (?:information|results)|ongoing operat", "releases"),
    Term("past_expectation", r"\b(?:was|were|had|had been) (?:previously |originally |initially )?(?:expected|anticipated|projected|forecasted|forecast|planned|targeted|estimated|believed|scheduled)\b|\b(?:than|exceed(?:ed|ing|s)?|met|meeting|above|below|ahead of|beat|surpass(?:ed|ing)?|in line with|consistent with|compared (?:to|with)|within|at the (?:high|low|upper|top|mid)[- ]?\w* ?end of|outperform\w*|versus|toward the \w+ end of|well above|per) (?:\w+(?:'s|’s| s)? ){0,6}(?:expect\w*|anticipat\w*|plan(?:ned)?|guidance|forecasts?|projections?|estimates|target(?:ed)?|outlook)\b|\bas (?:expected|anticipated|planned|previously)\b|\bexpected (?:by analysts|losses)\b|consensus|\bexpected credit loss", "Li 2010"),
    Term("boilerplate", r"registered trademark|trademarks? of|all rights reserved|for more information|for (?:further|additional) information|visit(?:ing)? (?:us|our|the|www)|\bis headquartered\b|is a (?:leading|global|world|diversified|national|premier)|(?:nyse|nasdaq)[^.]{0,20}:|is (?:one of )?the (?:world|nation|largest|leading)['’ ]?s?|safe, reliable|member fdic|equal housing", "releases"),
)
