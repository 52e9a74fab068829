"""The words that speak against a forward-looking statement, and those that mark a document as a contract or plan.

A hard veto drops the sentence: the law's own words, conference calls, definitions of measures, accounting, notices. A weak one drops it
unless a firm term stands beside it: comparisons with what had been expected (Li 2010 leaves those out), boilerplate.
"""

from __future__ import annotations

from typing import NamedTuple


class Veto(NamedTuple):
    """A pattern over lower-case words with single spaces, and a sentence that it must find."""

    name: str
    pattern: str
    example: str
    hard: bool = True


VETOES: tuple[Veto, ...] = (
    Veto("legal", r"forward[- ]looking (?:statement|information|comment|remark)|\bsafe harbor\b|undertakes? no|does not undertake|disclaims? any|litigation reform act|risks and uncertainties|actual results (?:may|could|might|to|will)|"
         r"(?:in|our|its|with|under|company['’]s|subsequent|recent|on) (?:\w+ ){0,3}forms? (?:10-?[kq]|8-?k|20-?f|s-4|s-3)\b(?!.{0,3}$)|\bprospectus\b|securities act of 1933|offers? to (?:sell|buy)|proxy statement|(?:incorporated|included) by reference|"
         r"\bshould (?:not )?(?:be (?:read|considered|relied|construed|viewed)|rely|place|read|review|refer|consider|note|dial|call|visit|contact|log|go to|access|listen)|undue reliance|no assurance|\bhereof\b|\bhereto\b|\bherein\b|\btherein\b|\bthereof\b|\bhereunder\b|\bherewith\b",
         "the company undertakes no obligation to update"),
    Veto("call", r"conference call|web ?cast|\breplay\b|\bdial\b|dial-?in|toll[- ]free|\bpass ?code\b|conference id|\blisten\b|\baudio\b|question[- ]and[- ]answer|q&a|earnings call|"
         r"(?:will|to) (?:be )?(?:host|post|furnish|participate in|speak at|present at|(?:hold|discuss|release|report|announce|issue|file) (?:a |an |its |our |their |the |first|second|third|fourth|financial|results|quarterly|fiscal |press release|complete ){1,4}(?:\w+[- ]){0,4}(?:call|meeting|results|earnings|conference|presentation|form))\b|"
         r"investor relations|\bwww\.|https?:|telephone|investor day|slide presentation|supplemental (?:materials|slides|presentation)|\brelease will be available|available (?:on|at|through) (?:the|our|its) (?:company['’]s )?(?:web ?site|investor)",
         "acme will host a conference call"),
    Veto("measure", r"non-gaap (?:financial )?(?:measure|information|result|adjust|presentation|disclosure)s?|\bgaap\b.{0,80}\b(?:useful|supplement|comparab|substitute|alternative to)|useful (?:to|information|measure|for|in|supplement|because|metric|tool)|"
         r"\bmeaningful (?:to|information|supplement|comparison|measure|understanding|insight)|meaningfully|better understanding|helpful (?:to|in)|supplemental (?:measure|information|disclosure)|(?:is|are) (?:defined|calculated|computed) (?:as|by|using|based)|"
         r"\bdefines?\b|enables? (?:investors|readers|comparison)|assists? (?:investors|readers|management)|allows? (?:investors|readers|management|for comparison)|performance measures?\b|reconcil|similarly titled|"
         r"managements? (?:uses?|believes)[^.]{0,60}\b(?:measure|metric|ebitda|ffo)|evaluat(?:e|es|ing) (?:our |its |the |operating |financial )+(?:performance|operating results)|\bwe use\b|comparab(?:le|ility) (?:of|between|with) (?:other|period|prior)|"
         r"\bpeer companies|excludes? (?:the|these|such|certain) (?:impact|effect|items)|items? (?:that|which) (?:are|is|may|management)|\bwe exclude|management exclude|ongoing operat",
         "we believe non-gaap measures are useful to investors"),
    Veto("accounting", r"recognizes? (?:the )?(?:revenue|expense|compensation|related)|economic lives|straight-line|in accordance with (?:u\.s\. )?(?:gaap|generally)|critical accounting|accounting (?:policy|policies)|fair value (?:of|is|was) (?:determined|estimated|based|measured)|"
         r"asu \d|new accounting standard|\bfasb\b|statement (?:of financial accounting )?no\. \d",
         "gaap requires that it recognizes revenue over the economic lives"),
    Veto("notice", r"(?:may|might|will|do|does) not (?:add|sum|foot|total|equal|be additive)\b|due to rounding|not (?:add|sum) precisely|(?:presented|shown|set forth|summarized|included|provided|listed|found) (?:below|above|elsewhere)|these items are (?:uncertain|inherently)|"
         r"subject to change for (?:a variety|various|many)|subject to (?:revision|adjustment|completion of)|\bnot intended to\b|this (?:earnings |press |news )?(?:release|document|presentation|report) (?:may|should|is|will|also|does)|"
         r"(?:severely adverse|supervisory|stress test)|for illustrative|without unreasonable effort|\bunaudited\b|\btables?\b.{0,20}\b(?:shows?|presents?|summariz\w+|provides?|sets? forth|details?|reflects?)\b|(?:^|\(|please )see (?:the|our|page|note|exhibit|appendix|section|attached)",
         "totals may not add due to rounding"),
    Veto("disclosure", r"regulation (?:fd|fair disclosure)|\bsec (?:filings|definitions|rules)|\bon edgar\b|proved reserves|^references? to\b|\bmetrics?\b.{0,60}\b(?:provide|represent|intended|insight|defin)|"
         r"not (?:\w+ )?(?:included|incorporated|reflected) in (?:[\w'’]+ ){0,3}(?:guidance|outlook)|\bbylaws\b|options? under the|stock option plan|applications? include", "references to reserves may include amounts"),
    Veto("past", r"\b(?:was|were|had|had been) (?:previously |originally |initially )?(?:expected|anticipated|projected|forecasted|forecast|planned|targeted|estimated|believed|scheduled|intended)\b|"
         r"\b(?:than|exceed(?:ed|ing|s)?|met|meeting|above|below|ahead of|beat|surpass(?:ed|ing)?|in line with|consistent with|compared (?:to|with)|within|at the (?:high|low|upper|top|mid)[- ]?\w* ?end of|outperform\w*|versus) (?:[\w'’]+ ){0,4}(?:expect\w*|anticipat\w*|plan(?:ned)?|guidance|forecasts?|projections?|estimates|target(?:ed)?|outlook)\b|"
         r"\bas (?:expected|anticipated|planned|previously)\b|\bexpected (?:by analysts|losses)\b|consensus|\bexpected credit loss",
         "earnings were better than expected", False),
    Veto("boilerplate", r"registered trademark|trademarks? of|all rights reserved|for more information|for (?:further|additional) information|visit(?:ing)? (?:us|our|the|www)|\bis headquartered\b|is an? (?:leading|global|world|diversified|national|premier|provider)|(?:nyse|nasdaq)[^.]{0,20}:|"
         r"is (?:one of )?the (?:world|nation|largest \w+ (?:in|of)|leading)|safe, reliable|member fdic|equal housing",
         "acme is a leading provider of gears", False),
)

# Words of contracts, plans and prospectuses: a document thick with them is no press release and states nothing.
CONTRACT_WORDS = (" shall ", "hereof", "herein", "hereunder", "thereof", "whereas,", "hereto", "pursuant to section", "indenture", "witnesseth", "prospectus")
