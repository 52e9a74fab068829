"""What speaks for a kind of release, as rows: the note is the kind and the weight, doubled in a headline, halved in the first paragraph."""

from __future__ import annotations

from ex99.parsing.passages.rules import WordRule, read_rules

# Several rules may speak; the heaviest kind wins.
KIND_RULES: tuple[WordRule, ...] = read_rules(
    r"""
kind.results.reports : results 5
  + acme reports third quarter results
  - acme opens a plant
  \b(?:report(?:s|ed|ing)?|announc\w+|posts?|releases?|delivers?|achieves?|records?|provides?)\b.{0,90}\b(?:results|earnings
  |net income|net loss|profit|eps)\b

kind.results.period : results 5
  + third quarter net income up 4%
  - acme moves in the third quarter
  \b(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter|q[1-4]|[1-4]q\d\d|year[- ]end|full[ -]year|fiscal(?: year)? \d{4}
  |annual|three months|six months|nine months)\b.{0,80}\b(?:results|earnings|net income|revenues?|profit|sales|income|loss|eps
  |net earnings|performance|growth)\b

kind.results.told : results 4
  + record revenue for fiscal 2004
  - record date set
  \b(?:results|earnings|net income|record (?:revenue|earnings|sales|profit)|revenue|profits?)\b.{0,60}\b(?:(?:first|second|third
  |fourth)[ -]quarter|q[1-4]|year[- ]end|full[ -]year|fiscal|the quarter|\d{4})\b

kind.results.named : results 4
  + quarterly results
  - quarterly dividend
  \b(?:quarterly|financial|operating|annual) results\b|\bearnings (?:release|per share|of \$|increase|rise|up|grow)
  |\bshareholder letter|\bletter to shareholders

kind.preliminary : preliminary_results 8
  + acme reports preliminary second quarter results
  - acme reports results
  \bpreliminary\b(?! traffic).{0,60}\b(?:results|revenue|earnings|sales|financial)|\bexpects to report\b|\bpre-?announce

kind.sales_update : sales_update 7
  + acme stores reports november sales
  - acme reports results
  \b(?:january|february|march|april|may|june|july|august|september|october|november|december|holiday
  |monthly)\b.{0,25}\bsales\b(?! of)(?!.{0,40}\bearnings)|\bsales results for (?:the )?(?:month|four|five|\w+ month)
  |\bproduction(?: and|,| &) deliver|\bvehicle deliveries\b|\bmonthly (?:traffic|operating|sales)
  |\bassets under management\b(?!.{0,40}\b(?:results|earnings))|\bproduction (?:volumes?|results)\b
  |\breports? .{0,30}\bproduction\b(?!.{0,40}\b(?:results|earnings|income))|\bholiday sales\b|\btraffic (?:results|statistics)
  |\bpreliminary traffic\b|\b(?:january|february|march|april|may|june|july|august|september|october|november
  |december)(?: \d{4})? traffic
  |\breports? (?:\w+ ){0,2}sales of\b(?!.{0,160}\b(?:results|earnings|income|loss|eps|per share)\b)
  |\b(?:quarter|quarterly|monthly) deliveries|\bsame[- ]store sales\b(?!.{0,60}quarter)

kind.guidance : guidance 6
  + acme raises outlook
  - acme raises prices
  \b(?:provides?|issues?|updates?|raises?|lowers?|(?:re)?affirms?|revises?|withdraws?|suspends?|discontinues?|announces?|reiterates?
  |increases?|confirms?|narrows?|sets?|adjusts?)\b.{0,60}\b(?:guidance|outlook|forecast|estimates?|earnings expectations
  |financial targets|expectations|capital (?:budget|program|plan)|\d{4} budget)\b|\b(?:expects|sees|anticipates
  |warns)\b.{0,60}\b(?:earnings|sales|revenues?|results|profit|loss)\b|\bupdate (?:on|for|to) (?:its |the )?(?:first|second|third
  |fourth|current|full)|\bcomments? on (?:[\w'’]+ ){0,5}(?:estimates|expectations|forecasts?)\b|\bbelow (?:expectations|estimates
  |guidance|forecasts?)\b|\bguidance\b.{0,30}\b(?:update|for|call)\b|\bprofit warning|\bnarrows? .{0,40}\brange\b|\bwill (?:fall|be
  |come in) (?:\w+ )?(?:short|below|lower|less)\b|\bwarns\b|\bmid-?quarter update\b|\bestablish\w* .{0,20}\bguidance\b
  |\b(?:earnings|modell?ing) considerations\b

kind.acquisition : acquisition 6
  + acme to acquire widget works
  - acme reports segment results
  \b(?:acqui(?:re|res|red|ring|sition|sitions)|merge[rs]?|to merge|merging|tender offer|to purchase .{0,60}(?:business|company
  |division)|takeover|business combination|to combine|divest\w*|complet\w+ (?:the )?(?:sale|investment)|sale of (?:its|the
  |substantially)|sells? (?:its|.{0,40}(?:business|division|unit|subsidiary))|to (?:sell|buy) .{0,60}|spin-?off|joint venture|buyout
  |definitive agreement|unsolicited (?:proposal|offer|bid)|proposal to acquire|acquisition proposal|hsr|hart-scott\S*)\b

kind.management : management_change 6
  + acme names jane doe president
  - acme names a ship
  \b(?:appoint(?:s|ed|ment|ments)?|names?|named|elects?|elected|election|promot(?:es|ed)|resign(?:s|ed|ation)?|retire(?:s|ments?|d)?
  |promotion|expanded roles?|steps? down|succeeds?|successor|succession|joins?|hires?|departs?|departure|transition)\b.{0,90}\b(?:ceo
  |cfo|coo|cto|chief|president|director|directors|board|chair|chairman|chairwoman|officer|executive|executives|ceos|treasurer
  |general counsel|leadership|counsel|controller|vice)\b|\b(?:ceo|cfo|chief \w+ officer|president|director|chairman
  |executive)\b.{0,60}\b(?:appoint|resign|retire|step|succeed|depart|transition|to leave|to join)|\b(?:leadership|management|executive
  |board|organizational) (?:changes?|transition|appointments?|team|structure|succession)\b|\b(?:ceo|executive|leadership|management
  |chairman) succession\b|\b(?:chairman|president|ceo|founder|director) (?:dies|passes)\b|\b(?:death|passing) of\b|\bnew (?:ceo|cfo
  |chief|president|director|chairman)\b|\bnew responsibilities\b|\bsenior leaders\b|\bto (?:the )?board of directors\b
  |\bdirector nominee

kind.dividend : dividend 6
  + acme declares dividend
  - acme declares victory
  \b(?:declar\w+|announc\w+|increas\w+|rais\w+|approv\w+|pays?|initiat\w+)\b.{0,60}\b(?:dividends?|distributions?)\b
  |\bdividend (?:declar|increase|payment)|\bquarterly (?:cash )?(?:dividend|distribution)|\bstock split\b|\b(?:special dividend
  |dividend record date|record date for)\b

kind.buyback : buyback 7
  + acme announces share repurchase
  - acme purchases a mill
  \b(?:share|stock|unit)s? (?:re-?purchase|buy-?back)|\brepurchase (?:of|program|plan|authoriz|up to|\$)|\bbuy-?back\b
  |\bcapital return\b|\bto repurchase\b|\breturn of capital\b|\bdutch auction\b

kind.buyback.tender : buyback 9
  + acme announces final results of its tender offer for its common shares
  - acme announces results of its tender offer for its notes
  \b(?:self-?tender|dutch auction)\b|\btender offer\b.{0,40}\b(?:its|own) (?:\w+ )?(?:shares|stock|units)\b

kind.financing : financing 6
  + acme prices notes offering
  - acme raises prices
  \b(?:rights offering|exchange offers?|consent solicitation)\b|\b(?:pric(?:es|ing|ed)|offer(?:s|ing|ings)|clos(?:es|ing|ed)
  |complet\w+|issu(?:es|ed|ance|ing)|launch\w*|commenc\w*|plac(?:es|ement)|sells?|redeem\w*|redemption|tender
  |exchange)\b.{0,70}\b(?:notes?|debentures?|bonds?|offering|placement|credit facility|preferred|common stock|convertible|debt
  |securities|senior|subordinated|ipo|units|term loan|equity)\b|\b(?:credit (?:facility|agreement)|private placement|public offering
  |refinanc\w+|term loan|financing|recapitaliz\w+|convertible (?:notes|debentures)|debt exchange)\b

kind.financing.debt : financing 8
  + acme announces tender offer for its notes
  - acme notes a rise in sales
  \btender (?:offers?|results)\b.{0,60}\b(?:notes|debentures|bonds|debt)\b|\b(?:notes|debentures|bonds)\b.{0,40}\btender offer\b
  |\bwaivers?\b.{0,30}\b(?:lenders?|banks?|covenants?)\b|\bforbearance\b

kind.legal : legal_regulatory 5
  + acme settles lawsuit
  - acme opens a plant
  \b(?:settle(?:s|d|ment)?|lawsuit|litigation|court|verdict|jury|sec (?:investigation|inquiry|staff|charges)|investigation
  |special committee|doj|ftc|fda (?:warning|complete response|letter|rejects?)|complete response letter|epa|stress test|antitrust
  |nasdaq (?:notice|notification|delist|determination|letter|staff|panel)|nyse (?:notice|notification)|delist\w*
  |listing (?:requirement|standard|notice|qualification|compliance)|non-?compliance|compliance with (?:nyse|nasdaq)|consent (?:order
  |decree)|subpoena|chapter 11|bankruptcy|regulatory (?:approval|update|clearance|settlement)|patent (?:infringement|suit|ruling)
  |appeals?|ruling|stock option (?:investigation|inquiry)|wells notice|public service commission|rate case)\b

kind.product : product 4
  + acme launches new line of mowers
  - acme opens a plant
  \b(?:launch(?:es|ed)?|introduc(?:es|ed|ing|tion)|unveil(?:s|ed)?|new (?:product|family of|line of|version of|platform|generation
  |service)|shipping|availability|phase (?:1|2|3|i|ii|iii)\b|clinical (?:trial|data|study)|study results|pivotal (?:study|trial)
  |updated data|primary endpoint|(?:new|interim|positive) data|trial|topline|top-line|data from|fda (?:approv\w+|clearance)
  |receives? .{0,30}approval|marketing authorization|orphan drug|fast track|(?:breakthrough|rmat) (?:therapy )?designation
  |\bind\b application|announces? availability|debuts?|vaccine|drug|chip|iphone|software|recall(?:s|ed|ing)?)\b

kind.agreement : agreement 4
  + acme signs supply agreement
  - acme opens a plant
  \b(?:agreement|contract|partnership|collaborat\w+|alliance|licens(?:e|es|ing)|partners? with|award(?:ed|s)?|memorandum|selected by
  |teams? (?:up )?with|deal with|supply)\b

kind.presentation : presentation 4
  + acme to present at conference
  - acme reports results
  \b(?:(?:date|timing) (?:of|for) .{0,40}(?:results|earnings|call)|investor (?:presentation|day|conference|meeting|update)
  |to (?:present|webcast|host|speak|participate) (?:at|in)|presentation|conference call (?:to|on|for)|to (?:announce|report|release
  |discuss|hold|host) .{0,60}(?:results|earnings|conference call|webcast)|schedules? .{0,60}(?:results|earnings|conference call
  |webcast)|slides?|supplement(?:al)?)\b

kind.other : other 5
  + acme announces restructuring
  - acme reports results
  \b(?:restructur\w+|vesting|stock options|business transition|layoffs?|work ?force|cost reduction|restate(?:s|d|ment|ments)?
  |restat\w+|delay(?:s|ed)?|postpone\w*|non-?reliance|late filing|strategic (?:review|update|alternatives|plan|actions)|cyber\w*
  |attack|security incident|name change|relocat\w+|fire|hurricane|strike|reorganiz\w+|transformation|plant clos\w+
  |to close .{0,40}(?:plants?|facilit\w+|stores?|offices?|mills?)|realign\w+|rights (?:plan|agreement)|voting results|(?:annual
  |special) (?:shareholders |stockholders )?meeting|segment (?:reporting|information)|(?:reporting|business|operating) segments
  |in (?:two|three|four|five) segments)\b
"""
)
