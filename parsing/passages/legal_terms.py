"""The words of cautionary passages, after 15 U.S.C. 78u-5 (the safe harbor's own terms) and the formulas releases use for it."""

from __future__ import annotations

import re

# `Forward-Looking Statements`, `Safe Harbor Statement under the ... Act of 1995:`, `Cautionary Note Regarding ...`
HEADING = re.compile(
    r"(?:(?:\W|\d|a |the ){0,4})?(?:special |important |general )?(?:cautionary|caution\b|forward(?:- ?| )looking|[\"“']?safe[- ]harbor"
    r"|disclosure notice|private securities litigation|"
    r"risk factors?$|risk factors? (?:and|that|which|regarding)|(?:special |important |legal )?(?:note|notes|notice|notices|information"
    r"|statement|statements|disclosure|disclaimer|disclosures|comment|cautions?|language|legend)"
    r" (?:regarding|on|about|concerning|as to|relating to|of|with respect to) (?:the )?(?:forward|certain forward|future)|disclaimer"
    r"|forward and cautionary|information (?:regarding|concerning|about) forward|"
    r"risks and uncertainties|legal (?:notice|disclaimer)|statements? (?:regarding|about|concerning) forward)",
    re.IGNORECASE,
)

# A sentence with one of these opens or makes a cautionary passage.
SEED = re.compile(
    r"forward(?:- ?| )looking[\"”'’,]{0,3} (?:and cautionary )?(?:statements?|information|comments?|remarks?|in nature|within|as |projected"
    r"|expectations)|"
    r"(?:is|are|be|being|considered|deemed|constitute|or) [\"“'‘]?forward(?:- ?| )looking"
    r"|private securities (?:litigation )?(?:litigation )?reform act|"
    r"[\"“]?safe[- ]harbor[\"”]? (?:statement|provision|protection|for forward|under|from|created|contained|of the)|"
    r"(?:except for|other than|apart from|with the exception of) (?:the )?(?:statements of )?(?:historical|factual)|"
    r"not (?:statements of |purely |strictly |based on )?(?:historical|statements of historical) (?:facts?|information|in nature)|"
    r"other than (?:statements of )?historical fact|statements? (?:\w+ ){0,5}that looks? forward",
)
# Words that must stand near a SEED for it to be the law's and not a mention.
CAUTION = re.compile(
    r"contain|include|constitut|considered|deemed|regard(?:ed|ing)|meaning of|defined|identif|made (?:herein|in|pursuant|under|by)"
    r"|pursuant to|statements in this|statements (?:made|contained)|subject to|"
    r"(?:is|are|be) [\"“'‘]?forward|represent|involve|risks?\b|uncertaint|differ|caution|reliance|undertake|obligation|update"
    r"|speak only|based (?:up)?on|the foregoing|qualif|assumptions|these statements",
)
# A sentence that only points at the passage: `see "Forward-Looking Statements" below`.
POINTER = re.compile(
    r"(?:see|under|refer to|described (?:in|under)|read|in|entitled|captioned?|titled|headings?|discussed (?:in|under)"
    r"|section) (?:the )?(?:section |sections |caption |heading |captioned |entitled |titled |headings ){0,4}"
    r"(?:of )?[\"“'‘](?:\w+ ){0,4}(?:note |statement |statements )?(?:\w+ ){0,3}(?:forward|cautionary|safe harbor|risk)",
)
# A legal sentence that is one even without the words above: two of these in one sentence make a seed.
RISK = re.compile(
    r"actual (?:future )?(?:results|events|performance|outcomes)[\w\s,()]{0,60}?(?:differ|vary)|differ (?:materially|significantly"
    r"|substantially)|risks and uncertainties|cause[sd]? actual|"
    r"known and unknown|could cause|uncertainties that|material(?:ly)? differen",
)

# Sentences that carry a passage on once it has begun.
CONTINUES = re.compile(
    r"forward(?:- ?| )looking|actual (?:results|events|outcomes|performance)|differ (?:materially|significantly)|risk factors?|risks\b"
    r"|uncertaint|undertakes? (?:no|any)|not undertake|obligation to|"
    r"(?:assumes?|accepts?) no|no (?:duty|intention|intent|obligation)|disclaim|speaks? only|as of (?:the date|today|their)|reliance"
    r"|cautioned|cautionary|caution\b"
    r"|such (?:factors|statements|risks|forward|expectations|differences)|these (?:factors|statements|risks|forward|expectations"
    r"|and other)|"
    r"(?:important|following|other|key|various|certain|additional|those|many|numerous|several) (?:\w+ )?factors|factors (?:that|which"
    r"|include|include[ds]?|are|set|described|discussed|listed|could|may|such)|could (?:cause|affect|adversely|materially"
    r"|have a material|also|result|differ|be|impact)|"
    r"could cause|safe[- ]harbor|litigation reform|securities (?:act|exchange act|and exchange)|forms? (?:10-?[kq]|8-?k|20-?f|6-?k|s-1)"
    r"|\bsec\b|annual report|sec filings|filed with|filings with|new information|future events|"
    r"similar (?:expressions|words|terms|terminology|meaning|import)|words (?:such|like|or|and|of)|identified by|expressed or implied"
    r"|guarantees?|assumptions|no assurance|not (?:be )?(?:place|rely|assured)|can be no|"
    r"beyond (?:our|the company|its|their)|from time to time|may not (?:be|occur|prove)|readers|investors (?:are|should|and others)"
    r"|historical (?:fact|information)|qualified in|you should|"
    r"based (?:up)?on (?:management|current|our|the company|certain|information|the beliefs|assumptions|estimates)|we cannot"
    r"|cannot (?:be|predict|guarantee|assure)|impossible to predict|not possible to|negative (?:of|or)|projections?|expectations|"
    r"estimates? (?:and|or) (?:assumptions|forecasts|projections)|prospective|predict|adversely|changes in|ability to|failure to|impact of",
)
# Sentences in the same paragraph or the next that are no part of it.
ALIEN = re.compile(
    r"non-gaap|registered (?:trade|service)|trademarks?|generally accepted accounting principles|supplemental information|^about |"
    r"conference call|web ?cast|for (?:more|further|additional) information[, ](?:about|on|please|contact|visit)(?!.{0,30}(?:risk"
    r"|factor|uncertaint))|to learn more|\bcontacts?:|^source:|nyse:|nasdaq:|"
    r"reconciliations?|is a (?:leading|global|world|provider)|headquartered|accompanying (?:tables|financial|notes)|tables? (?:follow"
    r"|to follow|attached)|\bin millions|unaudited|all rights reserved",
)
# A heading or line after which no cautionary passage goes on.
STOP_LINE = re.compile(
    r"(?:about\b|contacts?\b|(?:media|investors?|analysts?|press|company|for|financial|corporate)\b.{0,30}(?:contacts?|inquiries"
    r"|relations|information)|non-?gaap|use of|reconciliation|conference call|web ?cast|"
    r"(?:condensed |unaudited |selected )*(?:consolidated|financial)|supplement|statements? of|balance sheet|segment|results of|summary"
    r"|table|schedule|notes? to|appendix|source|trademarks?|investor|media|"
    r"additional information|where to find|no offer|participants in|basis of|definitions?|end notes?|footnotes|exhibit|dividend|"
    r"earnings|overview|outlook|guidance|key |#|-\s?(?:30|more|end|tables))",
    re.IGNORECASE,
)
