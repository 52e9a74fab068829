"""The words of forward-looking statements, as rows with their sources; the words against them are in forward_vetoes.

Sources, by the names used in the rows. The terms are theirs; the grammar around them (who expects, in which tense) is the rows' own.
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

from ex99.parsing.passages.rules import WordRule, read_rules

_WHO = r"(?:we|company|corporation|management|it|firm|bank|also|currently|now|still|further|continues? to|[a-z]+['’]s)"
_NEXT = r"(?:next|coming|upcoming)"
_SAID = (
    r"\b(?:is|are|be|has|have|remains?|assumes?|reflects?|includes?|excludes?|absorbs?|calls|takes|anticipates?"
    r"|withdr(?:aw|ew)\w*|(?:rais|lower|reaffirm|reiterat|maintain|increas|reduc|revis|narrow|introduc|initiat"
    r"|suspend|discontinu|rescind|provid|announc|updat|confirm|issu|cut)(?:e|es|s|ed|ing|ting)?)\b"
)
_COUNT = r"(?:several |few |two |three |four |five |\d+ )?"
_FRAGMENTS = {"who": _WHO, "next": _NEXT, "said": _SAID, "count": _COUNT}

# Cheap and frequent ones first: the first that matches decides.
TERMS: tuple[WordRule, ...] = read_rules(
    r"""
fls.will : Li 2010 : will
  + she will join the board
  - the webcast will be available on the web
  \bwill\b(?! be (?:held|hosted|available|archived|posted|accessible|broadcast|webcast|filed)\b)

fls.expect : Li 2010 : expect expects expecting
  + acme, which expects to grow, ...
  - more than expected
  (?<!than )(?<!to )\bexpect(?:s|ing)?\b

fls.should : Li 2010 : should
  + gross margin should remain in that range
  - sales should have risen
  \bshould\b(?! have\b)

fls.anticipate : Li 2010 : anticipate anticipates anticipating
  + acme, anticipating lower prices, ...
  - the anticipated charge
  \banticipat(?:e|es|ing)\b

fls.may : Li 2010 : may might could
  + rates may pressure margins
  - in may the mill was closed
  \b(?:may|might|could) (?:not |also |further |well |need to )?(?:result|lead|cause|pressure|slow|weigh|hurt|increase|decrease|decline
  |continue|impact|affect|experience|incur|improve|potentially|need|recover|worsen|exceed|repurchase|reach|accelerate|extend|add
  |narrow|widen|rise|fall|drop|grow|benefit|require|bring|remain|return|persist|become|delay|force|reduce|raise|limit|pursue|seek)\b
  |(?<!that )(?<!which )\b(?:may|might|could) be (?:made|repurchased|purchased|required|warranted|delayed)\b

fls.expected_noun : Muslu 2015 : expected anticipated projected forecasted planned
  + to capitalize on the expected growth
  - earnings increased despite the expected loss
  ^(?!.*\b(?:was|were|increased|decreased|rose|fell|declined|totaled)\b).*?(?:\b(?:the|our|its|an?|of|in|from|includes?|including
  |reflects?|reflecting|no) (?:currently )?|^|^for [^,]{3,40}, )(?:expected|anticipated|projected|forecasted|planned) (?!by\b|in\b
  |credit\b|results? of operations\b)[a-z-]{3,}

fls.contraction : Li 2010 : we'll we’ll it'll it’ll they'll they’ll you'll you’ll that'll that’ll i'll i’ll
  + we'll see growth
  - sales were well above those of last year
  \b(?:we|it|they|that|there|this|you|i)['’]ll\b

fls.going_to : releases : going
  + we're going to weather this storm
  - he was going to the office
  \b(?:is|are|['’]re|['’]m|not|really) going to (?!the\b)

fls.estimate : Muslu 2015 : estimate estimates
  + we estimate that charges will end
  - estimates of analysts
  \b<who> estimates? (?:that|it|its|the|to|a|an|net|operating|earnings|revenues?|sales|full|fiscal|\d{4})\b|\b(?:its|our
  |the) (?:[\w-]+ ){0,3}estimates? (?:of|for)\b

fls.expectation : Bozanic 2018 : expectation expectations
  + earnings expectations for the year remain in that range
  - results beat expectations
  \bexpectations? (?:for|of|is|are|remains?|that)\b

fls.goal : Li 2010 : goal goals objective objectives target targets aspiration ambition priority priorities
  + reiterating its goal of an 8 percent margin
  - the goal was met
  \b(?:our|its|company['’]s|a|the|term) (?:[\w-]+ ){0,2}(?:goals?|objectives?|targets?|aspiration|ambition|priorit(?:y|ies)) (?:is|are
  |remains?|of|for|to|in|by)\b|\btargets for\b

fls.likely : releases : likely unlikely potential potentially
  + sales are likely to recover
  - it was unlikely
  \b(?:is|are|will|would|most|more) (?:un)?likely to\b|\blikely (?:to|need|be|cause|result|continue|increase|remain)\b
  |\bpotentially (?!dilutive)|\bpotential (?:to|for)\b

fls.committed : Muslu 2015 : committed focused dedicated commitment
  + we remain committed to our dividend
  - the committed facility
  \b(?:remain|remains|are|is|am|continue to be|stay|[a-z]+['’]re) (?:deeply |fully |firmly |strongly |also |highly )?(?:committed to
  |focused on)\b|\b(?:remains?|stay) dedicated to\b

fls.confident : Bozanic 2018 : confident confidence optimistic optimism bullish hopeful excited encouraged positive
  + we are confident in our pipeline
  - confident customers bought more
  \b(?:is|are|am|remain|remains|feel|feels|very|more|highly|cautiously|extremely|quite|['’]re|['’]m) (?:confident|optimistic|bullish
  |hopeful)\b|\bexcited about (?:the|our) (?:future|opportunit|prospect|potential|year|long|growth)|\b(?:encouraged
  |positive) about the future\b|\bconfidence that\b|\b(?:have|has|our|continued|increased|full|us the|the company|utmost|strong
  |great) confidence (?:in (?!our board|us)|about|for|we)|\b(?:with|our|cautious) optimism\b

fls.feel_good : releases : feel feels
  + we feel good about where we are heading
  - the fabric feels good
  \bfeels? (?:very |really )?(?:good|great) about (?:where|the future|our|what|next)

fls.outlook : Bozanic 2018 : outlook guidance forecast budget
  + the company raised its outlook
  - guidance under the rule
  ^(?=.*(?:\d (?:million|billion|cents|percent|to)\b|[$%]|<said>)).*(?:(?<!economic )\boutlook|\b(?:our|its|sales|earnings|revenue
  |production) forecast|\b(?:capital|spending|\d{4}) budget (?:is|calls|of|includes)
  |(?<!strategic )(?<!technical )(?<!regulatory )(?<!accounting )(?<!sec )(?<!fasb )\bguidance)\b(?! (?:(?:to|from|issued by
  |published) (?:the|our|its)|published by|under|rates)\b)

fls.hope : Muslu 2015 : hope hopes assume assumes assuming
  + the outlook assumes no repurchases
  - hope valley mine
  \bhopes? (?:to|that)\b|\b(?:guidance|estimates?|forecasts?|projections?|expectations?|targets?|outlook) assumes?\b|^(?=does not
  |.*(?:guidance|outlook|forecasts?|targets?|expect\w*|projections?|estimates?|\brange|\bwe|\bplan)\b).*\bassum(?:e|es|ing) (?:current
  |no|that|share|a|an|approximately|the)\b

fls.would : Li 2010 : would
  + we would expect an improvement
  - it would have been lower
  \bwould (?:not )?(?:expect|anticipate|continue|likely|be surprised)\b(?! been\b)

fls.seek : Li 2010 : seek seeks seeking strive strives striving
  + the company will seek a partner
  - sought a partner
  \b(?:we|company|management|will|is|are|and|also|to) (?:seek|seeks|seeking|strive|strives|striving) (?:to|for|a|an|additional)\b

fls.execute : releases : executing plan
  + we are executing plans that lower costs
  - executed an agreement
  \bexecuting (?:on |against )?(?:our|plans|the|its)\b|\bexecuting plans\b|\bplan to (?:deliver|reduce|achieve|save)\b

fls.subject_to : releases : subject
  + the sale is subject to regulatory approval
  - revenue was subject to seasonal swings
  \b(?:is|are|remains?) subject to (?:\w+ ){0,4}(?:approvals?|closing conditions|conditions|determination)\b

fls.period_ahead : Muslu 2015 : next coming upcoming later early late remainder rest balance
  + new products coming later this year
  - next to the mill
  ^(?!.*\b(?:was|were|had|totaled|secured|increased|decreased|rose|grew)\b).*(?:\b<next> <count>(?:fiscal |calendar )?(?:year|years
  |quarter|quarters|month|months|season|decade|weeks)\b|\b(?:later|early|late|remainder of|rest of|balance of) (?:this|the|next
  |in the) (?:fiscal |calendar )?(?:year|quarter|month)\b)

fls.payable : releases : payable
  + the dividend is payable on may 1
  - accounts payable
  \b(?:is|are|be) payable (?:on|in|by)\b(?! demand)|^payable on\b|\bdividend of .{1,90}\bpayable (?:on|in)\b

fls.to_be_done : releases : paid completed built launched opened issued released delivered implemented determined recorded
  : recognized funded closed amortized
  + the plant, to be completed in may
  - to be or not to be
  to be (?:paid|completed|built|launched|opened|issued|released|delivered|implemented|determined|recorded|recognized|funded|closed
  |amortized)\b

fls.positioned : releases : positioned well-positioned well-prepared position positions poised set sets setting prepared
  + the company is well positioned to grow
  - the positions were cut
  \b(?:well|strongly|better|uniquely|best|ideally|favorably|perfectly|solidly|is|are|remains?) ?-?positioned,? (?:to|for|as|under|in
  |with|financially|strategically)\b|\bpositions? (?:us|the company|it|our company
  |[a-z]+) (?:well |strongly |favorably |uniquely |for |to )
  |\bin an? (?:strong|good|great|better|solid|excellent|unique|favorable|continued) position (?:to|for|of)\b|\bpoised (?:to|for)\b
  |\bset(?:s|ting)? (?:us|the company) up\b|\b(?:well[- ]|are |is )prepared to\b|\b(?:is|are) set to\b|\bsetting us up\b

fls.continue_to : releases : continue continues continuing
  + the company continues to evaluate its options
  - the decline continued
  \b(?:(?:we|i) (?:also )?continue|continues) to (?:expect|anticipate|pursue|monitor|evaluate|explore|seek|prioritize|target|assess
  |plan)\b|\bwhile continuing to\b

fls.path : releases : path runway room opportunity opportunities way designed
  + we see a clear path to margins of 20 percent
  - the company cleared the path
  \b(?:we|company|i|management|there) (?:also |still |continue to |now )?(?:sees?|have|has|is
  |are) (?:an? |the |many |considerable |significant )*
  (?:clear |long |significant |strong |substantial |great |considerable |ample |good |further |attractive )*(?:path
  |runway|room|opportunit(?:y|ies)) (?:to|for)\b|\b(?:is|are) designed to (?:save|reduce|improve|lower|generate|increase|accelerate
  |cut|deliver)\b

fls.prospects : releases : prospects opportunity opportunities potential future long-term toward towards working evaluating
  + working with advisors to evaluate options
  - a prospect list
  \b(?:future|long-term) (?:prospects|opportunit(?:y|ies)|potential)\b|\b(?:growth|business|strong) prospects\b|\bbright future\b
  |\btowards? (?:achieving|completing|our|the goal)\b|\bworking (?:\w+ ){0,3}(?:to|toward|towards) (?!support|help|with)
  |\bevaluating (?:\w+ ){0,3}(?:alternatives|options|opportunities)\b

fls.ahead : Muslu 2015 : ahead forward future near near-term term come foreseeable growth
  + we are ready for the road ahead
  - ahead of last year
  \b(?:the|that|lies?|lie|opportunit(?:y|ies)|what['’ ]s|years?|quarters|months|journey|times?|challenges|road|period|work|lot
  |growth) ahead\b(?! of\b)|\b(?:going|moving) forward\b|\bin the (?:near |foreseeable |not[- ]too[- ]distant |very near |immediate )?
  (?:future
  |near[- ]term|longer? term)\b|\b(?:years|quarters|months|generations|time|yet|still) to come\b|\bfor the (?:foreseeable|near) \w+\b
  |\b(?:until|in) future (?:periods|quarters|years)\b

fls.looking_ahead : releases : look looks looking move head heading enter turn go enters heads entering see sees
  + looking ahead to the first quarter
  - the board looked at the results
  \b(?:we|company|management) (?:also |still )?looks? for\b|\band look for (?:continued|further|more|another)\b|\b(?:we|i|company
  |management) (?:also |still |continue to )?sees? .{0,90}\b(?:through|in|into|for|over) (?:the )?(?:second half|back half|remainder
  |rest|year ahead|coming|next)\b|\blook(?:ing|s)? (?:ahead|forward|out|to (?:the )?(?:\d{4}|fiscal|next|second|third|fourth|first
  |future|remainder|balance|rest|emerge|build|continue|expand|grow))\b|\bas we (?:look|move|head|enter|turn|go)\b|\b(?:we|it
  |company) (?:now )?(?:enters?|heads?|looks?) (?:into|to) (?:the )?(?:\d{4}|fiscal|next|new|second|third|fourth|first|future
  |remainder|balance|rest|year|holiday)\b|['’]re entering\b|\bheading into (?:the|our|fiscal|\d)

fls.believe : Li 2010 : believe believes believing think thinks feel feels hope hopes assume assumes assuming
  + we believe the momentum will continue
  - we believe this is fair
  \b(?:believes?|believing|thinks?|feels?|hopes?|assumes?|assuming) (?:that )?(?:[\w'’,()&%$.-]+ ){0,14}?(?:can|could|will|would
  |should|may|might|future|continues?|ahead|sustainable|likely|next|going|upcoming|coming|improve)\b

fls.project : Li 2010 : project projects forecast forecasts foresee foresees predict predicts projecting forecasting foreseeing
  : projection projections
  + the company forecasts sales of 12,000 units
  - the project is large
  \b<who> (?:projects|forecasts?|foresees?|predicts?)\b(?! (?:are|is|in|of|and)\b)|\bwe project\b|\b[a-z]+ (?:projects|forecasts
  |foresees) (?:an?|net|revenues?|sales|earnings|full|first|second|third|fourth|that|its)\b|(?:^|\bis |\bare |, )(?:projecting
  |forecasting)\b|\bprojections? (?:for|is|are|call)\b

fls.target : Muslu 2015 : target targets targeting targeted aim aims aiming
  + acme targets revenue in a range of $185 million to $215 million
  - the target was missed
  \b<who> (?:targets?|aims?)\b|\b(?:we|it|company|is|are|continues|^) ?(?:targeting|aiming)\b|^targeting\b|, targeting (?:a|an
  |proceeds|\$|\d)|\b[a-z]+ targets (?:a|an|revenue|net|earnings|gross|sales|to|assume|factor)\b|\btargeted (?:non|gaap|net|range)\b
  |\baims? to\b|\baiming to\b|^target (?:\w+ )(0, 2)(?:growth|of|a|an)\b
""",
    **_FRAGMENTS,
)
# These outweigh a weak veto.
FIRM_TERMS: tuple[WordRule, ...] = read_rules(
    r"""
fls.plan : Li 2010 : plan plans planning planned
  + we plan to open twelve stores
  - the pension plan had assets of $4 million
  (?<!previously announced )\b(?:plans?|planning) to\b|\bplans (?:for|on|call)\b|\b(?:we|to) plan (?:for|on)\b|\b(?:has|have|our|its
  |announced) plans (?:to|for)\b|\b(?:is|are) planning\b

fls.intend : Li 2010 : intend intends intention intentions intent
  + the company intends to operate both hotels
  - it works as intended
  \bintends?\b(?! as\b)|\bintentions? (?:to|of)\b|\bintent to\b

fls.on_track : releases : track course schedule pace target
  + we are on track to save $5 million
  - the railway laid new track
  (?<!was )(?<!were )(?<!been )\bon (?:track|course|schedule|pace|target) (?:to|for|with|and)\b|\bremains? on track\b

fls.is_due : releases : due seen intended budgeted
  + capital spending is budgeted at $4 million
  - the decline was due to weather
  \b(?:is|are|be) (?:now |currently |also |still )*(?:budgeted|seen at|due (?:in|on|by)|intended to)\b

fls.is_expected : Li 2010 : expected anticipated projected estimated forecasted forecast targeted scheduled slated planned
  + gross margin is expected to be 37 percent
  - sales were expected to rise
  \b(?=[eapfts])(?<!was )(?<!were )(?<!had )(?<!been )(?<!as )(?<!than )(?<!originally )(?<!previously )(?:(?:expected|anticipated
  |projected|scheduled|slated|planned) (?:to|that|for|in|during|by the end|later|next)|targeted (?:to|by|in|during|later|next
  |for (?:the|completion|launch|release|opening|introduction|early|late|mid|\d)))\b|\b(?:is|are
  |be) (?:not |now |currently |also |still |generally |each )*(?:expected
  |anticipated|projected|estimated|forecasted|forecast|targeted(?! (?:at|for) [a-z])|scheduled|slated|planned)\b

fls.expects : Li 2010 : expect expects
  + the company expects revenue of $4 million
  - than analysts expect
  \b<who> (?:do(?:es)? not |generally )?expects?\b(?! more\b)

fls.anticipates : Li 2010 : anticipate anticipates
  + management anticipates an improvement
  - as anticipated
  \b<who> (?:do(?:es)? not )?anticipates?\b

fls.will_compare : releases : will
  + third quarter earnings will be below expectations
  - sales will rise
  \bwill (?:be|fall|come in|exceed|meet) (?:\w+ ){0,3}?(?:below|above|short|in line|lower|higher|within|expectations|guidance)\b

fls.sees : releases : sees
  + the company now sees revenue of $14 million
  - he sees patients
  \bnow sees\b
""",
    **_FRAGMENTS,
)
