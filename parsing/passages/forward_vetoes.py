"""The words that speak against a forward-looking statement, and those that mark a document as a contract or plan.

A hard veto drops the sentence: the law's own words, conference calls, definitions of measures, accounting, notices. A weak one drops it
unless a firm term stands beside it: comparisons with what had been expected (Li 2010 leaves those out), boilerplate.
"""

from __future__ import annotations

from ex99.parsing.passages.rules import WordRule, read_vetoes

HARD_VETOES: tuple[WordRule, ...] = read_vetoes(
    r"""
fls.not.legal
  + the company undertakes no obligation to update
  - the company expects sales of $4 million
  = should consult | forward-looking statement | forward looking statement | forward-looking information | forward-looking comment
  = forward-looking remark | safe harbor | undertakes no | assumes no obligation | assume no obligation | assumes no duty | no duty to
  = no obligation to | undertake no | does not undertake | disclaims any | disclaim any | litigation reform act
  = risks and uncertainties | prospectus | securities act of 1933 | offer to sell | offer to buy | offers to sell | proxy statement
  = incorporated by reference | included by reference | undue reliance | no assurance | _hereof | _hereto | _herein | _therein
  = _thereof | _hereunder | _herewith | actual results may | actual results could | actual results might | actual results to_
  = actual results will | should not be read | should be read | should be considered | should not be considered | should be construed
  = should not be construed | should be viewed | should not be viewed | should not rely | should rely | should not place | should read
  = should review | should refer | should consider | should note | should dial | should call | should visit | should contact
  = should log | should not be relied | any future update of | should go to | should access | should listen | should look
  = should be deemed

fls.not.form :  : form 10 | forms 10 | form 8-k | form 20 | form s-
  + as described in our annual report on form 10-k for the year
  - the company intends to file a form s-3
  ^(?!.*\b(?:expects?|intends?|plans?) to file\b).*(?:in|our|its|with|under|company['’]s|subsequent|recent
  |on) (?:\w+ ){0,3}forms? (?:10-?[kq]|8-?k|20-?f|s-4|s-3)\b(?!.{0,3}$)

fls.not.call
  + acme will host a conference call
  - we expect to call the notes in may
  = conference call | webcast | web cast | replay | dial-in | dial in | _dial_ | toll-free | toll free | passcode | pass code
  = conference id | _listen_ | _audio_ | question-and-answer | question and answer | q&a | earnings call | investor relations | www.
  = http: | https: | telephone | investor day | slide presentation | supplemental materials | supplemental slides
  = supplemental presentation | release will be available | will host | to host | will post | to post | will furnish | to furnish
  = participate in the call | speak at | present at | phone recording | analyst call | will discuss earnings

fls.not.announcement :  : hold discuss release report announce issue file available
  + acme will release its third quarter results
  - acme will release the hold on its shipments
  (?:will|to) (?:be )?(?:hold|discuss|release|report|announce|issue) (?:a |an |its |our |their |the |first|second|third|fourth
  |financial|results|quarterly|fiscal |press release|complete ){1,4}(?:\w+[- ]){0,4}(?:call|meeting|results|earnings|conference
  |presentation)\b|available (?:on|at|through) (?:the|our|its) (?:company['’]s )?(?:web ?site|investor)|(?:results|earnings
  |data) .{0,60}will be (?:announced|released|reported|published|filed|included)\b

fls.not.measure
  + we believe non-gaap measures are useful to investors
  - we expect adjusted ebitda of $4 million
  = non-gaap financial measure | non-gaap measure | non-gaap financial information | non-gaap information | non-gaap results are
  = non-gaap adjustment | non-gaap presentation | non-gaap disclosure | non-gaap financial result | useful to | useful information
  = useful measure | useful for | useful in | useful supplement | useful because | useful metric | useful tool | meaningful to_
  = meaningful information | meaningful supplement | meaningful comparison | meaningful measure | meaningful understanding
  = meaningful insight | meaningfully | better understanding | helpful to | helpful in | supplemental measure
  = supplemental information | supplemental disclosure | performance measure | reconcil | similarly titled | may not be comparable
  = differ from other companies | should not be regarded | not comparable to | exchange rates assumed | _we use_ | peer companies
  = we exclude | management exclude | management uses | ongoing operat | _defines_ | _define_ | enables investors | enable investors
  = assists investors | analytical tool | indication of future | in isolation | may obscure | not expect to recur
  = not expected to recur | indicative of | tax rate also | long-term non-gaap tax rate | projected non-gaap tax rate
  = assist investors | allows investors | allow investors | allows management | is calculated | are calculated | is computed
  = are computed | is defined as | are defined as

fls.not.definition :  : management evaluat comparab exclud item
  + management believes that this measure is relevant
  - management believes that sales will rise
  managements? (?:believes?)[^.]{0,60}\b(?:measure|metric|ebitda|ffo)|evaluat(?:e|es|ing) (?:our |its |the |operating |financial )+
  (?:performance
  |operating results)|comparab(?:le|ility) (?:of|between|with) (?:other|period|prior)|excludes? (?:the|these|such|certain) (?:impact
  |effect|items)|items? (?:that|which) (?:are|is|may|management)

fls.not.accounting
  + the company recognizes revenue over the economic lives
  - the company will record a charge of $4 million
  = recognizes revenue | recognize revenue | recognizes the revenue | recognizes expense | recognize compensation | economic lives
  = straight-line | accordance with gaap | accordance with u.s. gaap | accordance with generally | critical accounting
  = accounting polic | new accounting standard | _fasb | statement of financial accounting | fair value is determined
  = deferred for recognition | fair value of | intent to sell impair | intent-to-sell | net realizable value | carrying amount
  = carrying value | is estimated using | are estimated by management | is determined using | amortization rates | recognized using
  = various covenants | restrictive covenants

fls.not.notice
  + totals may not add due to rounding
  - we expect sales to rise
  = due to rounding | not add up | not sum_ | not foot | not add precisely | these items are uncertain | presented below | shown below
  = set forth below | summarized below | provided below | listed below | is included below | found elsewhere | not intended to
  = severely adverse | supervisory | stress test | for illustrative | without unreasonable effort | unaudited | subject to revision
  = subject to adjustment | subject to change for | may not equal | may not total | not be additive | aggregate to totals
  = in all cases

fls.not.document :  : this_ | table | see_
  + this earnings release may include discussion of studies
  - this plan will lower costs
  this (?:earnings |press |news )?(?:release|document|presentation|report) (?:may|should|is|will|also|does)
  |\btables?\b.{0,20}\b(?:shows?|presents?|summariz\w+|provides?|sets? forth|details?|reflects?)\b|(?:^|\(|please )see (?:the|our|page
  |note|exhibit|appendix|section|attached)

fls.not.disclosure
  + references to reserves may include amounts
  - we expect proved results
  = regulation fd | regulation fair disclosure | sec filings | sec definitions | sec rules | on edgar | proved reserves | bylaws
  = options under the | option under the | stock option plan | applications include | references to_ | reference to average

fls.not.left_out :  : guidance outlook metric
  + these charges are not included in its guidance
  - the charge is included in its guidance
  not (?:\w+ )?(?:included|incorporated|reflected) in (?:[\w'’]+ ){0,3}(?:guidance|outlook)|\bmetrics?\b.{0,60}\b(?:provide|represent
  |intended|insight|defin)
"""
)
WEAK_VETOES: tuple[WordRule, ...] = read_vetoes(
    r"""
fls.not.footnote :  : represent exclude include reflect consist
  + (2) represents the effect of the change assuming that it had been made a year before
  - the outlook includes a gain
  ^(?:\(\w{1,2}\) ?)?(?:represents|excludes|includes|consists of)\b

fls.not.told :  : previously announced | outlined | _ago
  + we also previously announced our intent to sell the unit
  - acme announced plans to close a mill
  \bpreviously announced (?:its|our|the company['’]s|plans|an?)\s|\b(?:year|years|months) ago,? (?:we|the company)\b

fls.not.past :  : expect anticipat project forecast plan target estimat believed scheduled intended guidance outlook previously
  : consensus
  + earnings were better than expected
  - earnings are expected to rise
  \b(?:was|were|had|had been) (?:previously |originally |initially )?(?:expected|anticipated|projected|forecasted|forecast|planned
  |targeted|estimated|believed|scheduled|intended)\b|\b(?:than|exceed(?:ed|ing|s)?|met|meeting|above|below|ahead of|beat|surpass(?:ed
  |ing)?|in line with|consistent with|under|compared (?:to|with)|within|(?:high|low|upper|lower|top|bottom|mid)[- ]?\w*(?: end)? of
  |outperform\w*|versus) (?:[\w'’-]+ ){0,4}(?:expect\w*|anticipat\w*|plan(?:ned)?|guidance|forecasts?|projections?|estimates
  |target(?:ed)?|outlook)\b|\bas (?:expected|anticipated|planned|previously)\b|\bexpected (?:by analysts|losses)\b|consensus
  |\bexpected credit loss|\bforecasts? (?:that|which) (?:was|were)\b|\bestimates? that .{0,90}\b(?:was|were)\b|\btargets? (?:was
  |were)\b

fls.not.boilerplate
  + acme is a leading provider of gears
  - acme expects to lead its market
  = registered trademark | trademarks of | trademark of | all rights reserved | for more information | for further information
  = for additional information | is headquartered | is a leading | is a global | is a world | is a diversified | is a national
  = is a premier | is a provider | is an leading | is one of the world | is one of the nation | is the world | is the nation
  = is the leading | safe, reliable | member fdic | equal housing | (nyse | (nasdaq | visit us | visit our | visit the
"""
)

# Words of contracts, plans and prospectuses: a document thick with them is no press release and states nothing.
CONTRACT_WORDS = (
    " shall ",
    "hereof",
    "herein",
    "hereunder",
    "thereof",
    "whereas,",
    "hereto",
    "pursuant to section",
    "indenture",
    "witnesseth",
    "prospectus",
)
