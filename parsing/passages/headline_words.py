"""The words of headlines and of the lines around them: what headlines do, what no headline is, where one goes on in the next line."""

from __future__ import annotations

import re

# What headlines do: "Acme Reports Third Quarter Results", "ACME TO ACQUIRE ..."; the verbs are those of newswire headlines.
VERB = re.compile(
    r"\b(?:reports?|reported|announc(?:es?|ed|ing)|declares?|names?|appoints?|elects?|completes?|acquires?|to (?:acquire|present|host"
    r"|report|webcast|restate|"
    r"combine|merge|sell|buy|expand|significantly|be|offer|close|join|build|participate|release|hold|announce|postpone|purchase|retire"
    r"|issue|redeem|become)|"
    r"agrees?|enters?|signs?|launch(?:es)?|introduc(?:es?|ing)|unveils?|provides?|updates?|issues?|posts?|achieves?|delivers?|expects?"
    r"|raises?|lowers?|"
    r"reaffirms?|withdraws?|increases?|sells?|receives?|files?|prices?|closes|approves?|authorizes?|responds?|comments?|confirms?"
    r"|drives?|fuels?|"
    r"becomes?|sets?|schedules?|wins?|awarded|joins?|retires?|resigns?|elected|appointed|returns?|grows?|grew|rises?|rose|earns?|earned"
    r"|records?|"
    r"exceeds?|beats?|more than|doubles?|extends?|opens?|expands?|adopts?|amends?|initiates?|plans?|enhances?|strengthens?|accelerates?"
    r"|continues?|"
    r"evolv(?:es|ing)|releases?|hosts?|teams?|partners?|selects?|chooses?|begins?|starts?|ends?|suspends?|resumes?|restates?|postpones?"
    r"|discloses?|"
    r"bolstered|boosts?|lifts?|shows?|marks|settles?|reach(?:es)?|takes?|makes?|invests?|welcomes?|promotes?|succeeds?|steps?"
    r"|transitions?|"
    r"publishes|recommends?|charges|suffers?|reveals?|votes?|votes? to|rejects?|terminates?|spins?|offers?|secures?|obtains?|commences?"
    r"|concludes?|finalizes?|submits?|invites?|"
    r"remains?|pursues?|proposes?|discusses|outlines?|affirms?|revises?|considers?|explores?|retains?|engages?|hires?|forms|creates?"
    r"|establishes|consolidates?|restructures?|reorganizes?|discontinues?|divests?|regains?|redeems?|refinances?|reduces?|adds"
    r"|grants|seeks?|warns?|sees|swings|tops|"
    r"actions|following)\b",
    re.IGNORECASE,
)
# `Third Quarter Results`: what headlines without a verb are about
TOPIC = re.compile(
    r"\b(?:results|earnings|sales|revenues?|net income|quarter|fiscal|dividend|guidance|outlook|acquisition|merger|agreement|offering"
    r"|repurchase|"
    r"buyback|profit|production|deliveries|update|letter to shareholders|shareholder letter|executive|officer|director|board|settlement"
    r"|year[- ]end|"
    r"investor|annual|restructuring|statement|notes|debentures|financing|notice|redemption|supplement(?:al)?|letter)\b",
    re.IGNORECASE,
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
# Lines above a headline that are none.
FURNITURE = re.compile(
    r"^[(\[*\u2013\u2014-]{0,3}\s?(?:exhibit(?:\s{1,3}\(?[\d.]{1,6}\)?)?(?:\s{1,3}to\b.*)?$|ex-?99[.\d]{0,4}$|\[?logo\]?"
    r"|for (?:immediate )?(?:release|issue)|(?:\w+\s){1,2}release$"
    r"|(?=(?:\S+\s){2,5}\S+$)(?:[\w&.'\u2019-]+\s){1,4}(?:press|news|media)\s(?:release|announcement|information)$"
    r"|dear\s|to\s(?:our|my|the|all)\s(?:fellow\s)?(?:share|stock|unit)holders|fellow\s(?:share|stock)holders"
    r"|(?:\(\d\)\s?)?(?:adjusted\s[\w ]{2,40}|non-gaap\s[\w ]{2,40})\s(?:is|are)\sa?\s?non-gaap|non-gaap\s(?:financial\s)?measures?\b"
    r"|(?:news|press|earnings|media|corporate)\s?(?:release|news|information|communications)s?\b(?!.*\b(?:reports|announces)\b)|news$|"
    r"immediate release|contacts?\b|(?:media|investor|press|company|analyst|financial|corporate|public|for)\s(?:and media |& media "
    r"|relations |inquiries|contacts?|information|more|further|additional)|"
    r"investors?(?:\s?/\s?media)?:?$|media:?$|page \d|table of contents|not for |news from|at the company|company contact|from:|date:"
    r"|release date|subject:|source:|"
    r"(?:nyse|nasdaq|amex|otc|tsx|ticker|symbol|stock symbol)\b|www\.|http|phone|tel\b|tel:|fax|e-?mail|p\.?o\.? box|embargo"
    r"|filed (?:by|pursuant)|\(?(?:unaudited|in (?:thousands|millions))|"
    r"summary$|highlights$|(?!.*\b(?:postpones?|delays?|sets?|schedules?)\b)(?:[\w-]{1,9}\s){0,4}(?:earnings|results) release$"
    r"|news summary|financial news$|conference call|webcast"
    r"|listen|dial|(?:[a-z]\s){4,20}[a-z]$|suite\s|(?:\w+\s)?headquarters\b"
    r"|(?:\w{3,6}day,?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2},?\s\d{4}$)",
    re.IGNORECASE,
)
# `(315) 332-4262`, `ir@acme.example`, `acme.jpg`, `www.acme.example`
ADDRESS = re.compile(
    r"\(?\b\d{3}\)?[\s./-]{1,3}\d{3}[\s./-]{1,2}\d{4}\b|[\w.-]{1,40}@[\w-]{1,40}\.|\bwww\.|\bhttps?:|\.(?:jpe?g|gif"
    r"|png|htm)\b|\b\d{5}(?:-\d{4})?$|,\s[A-Z]{2}\s{1,2}\d{5}\b"
)
# `300 Perimeter Park Drive, Suite A`, `One Riverfront Plaza`: a street
STREET = re.compile(
    r"(?:\d{1,5}[a-z]?|one|two|three|four|five)\s(?:[\w.'-]+\s){0,4}(?:street|avenue|drive|road|boulevard|parkway|lane"
    r"|plaza|highway|way|place|court|circle|square|center|st|ave|dr|rd|blvd|pkwy|hwy)\b\.?(?:$|,|\s(?:suite|floor|[ns][ew]?\b|north|south|east"
    r"|west))",
    re.IGNORECASE,
)
# `Vice President, Investor Relations`: a person's office
TITLED = re.compile(
    r"\b(?:chief (?:financial|executive|operating)|vice president|investor relations|president and|director of"
    r"|treasurer|controller|cfo|ceo)\b",
    re.IGNORECASE,
)
# `Acme Corp.`, `The Acme Company, Inc.`: a line that is a company's name alone
NAME_END = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|company|co|ltd|limited|llc|l\.p|lp|plc|group|holdings|bancorp|n\.v"
    r"|s\.a)\.?(?:\s?\(.{0,30}\))?$",
    re.IGNORECASE,
)
# a line that goes on in the next one: "... THE WALTZ COMPANY REPORTS", "... Net Earnings,"
OPEN_END = re.compile(
    r"(?:[,;&–—:-]|\b(?:and|or|of|for|the|to|in|on|with|by|at|its|an?|from|as|reports?|announces?|ended|provides"
    r"|quarter|year|fiscal|record|net|first|second|third|fourth|financial|preliminary|full|acquires?|names|appoints|declares|completes"
    r"|launches|introduces|signs|elects|receives))$",
    re.IGNORECASE,
)
# a line broken before its noun: "... EXERCISE OF OVER-ALLOTMENT", "... Announces New $200 Million", not "... Income of $2 Million"
HALF_END = re.compile(
    r"(?<!of )(?<![$\d.,])\$?\d[\d.,]*+\s(?:million|billion)$"
    r"|\b(?:new|senior|over-allotment|strategic|chief|vice|executive|quarterly|annual|definitive"
    r"|operating|(?:provides|raises|lowers|(?:re)?affirms|updates|increases|revises|announces|introduces) (?:19|20)\d\d)$",
    re.IGNORECASE,
)
# a line that continues the one before: "AND DECLARES QUARTERLY DIVIDEND", "of $3.2 million"
OPEN_START = re.compile(
    r"(?:AND|OR|OF|FOR|TO|IN|ON|WITH|BY|AT|FROM|AS|AMID|AMIDST|DESPITE|And|Of|For|To|By|From"
    r"|[a-z]{1,15}(?![A-Z]))\b|&"
)
# `Acme Names Jane Doe`: a line that a person's office goes on; `Executive Vice President`: the office
NAMED = re.compile(r"\b(?:names|appoints|elects|promotes|hires)\s(?:[A-Z][\w.\u2019'-]{0,40}+\s?){2,5}$", re.IGNORECASE)
OFFICE = re.compile(
    r"(?:as\s|to\s|its\s|new\s)?(?:(?:executive|senior|group|co-?)\s?)?(?:vice\s|chair|chief\s|president|director|treasurer|general\scounsel"
    r"|controller|ceo\b|cfo\b|coo\b)",
    re.IGNORECASE,
)
# `... for the Quarter Ended`, and the day below
ENDED = re.compile(r"\b(?:ended|ending|dated|of|on|effective)$", re.IGNORECASE)
DAY = re.compile(rf"{MONTH}\s\d{{1,2}},?\s\d{{4}}", re.IGNORECASE)
# `Exhibit 99.1 Acme Reports ...`, `March 22, 1994 ACME ...`: a label run into the headline
LABEL = re.compile(
    rf"(?:exhibit\s{{1,9}}99(?:\.\d{{1,2}})?\s{{1,99}}|{MONTH}\s\d{{1,2}},\s\d{{4}}\s{{1,99}}|"
    r"(?:for immediate release|news release"
    r"|press release)\s{0,9}[:–—-]?\s{1,99}|(?:subject|re):\s{1,99})",
    re.IGNORECASE,
)


# `212-555-7438`, `www.acme.example`, `IMMEDIATE RELEASE`: the last thing above a headline whose page was an image
LAST_MARK = re.compile(
    r"\(?\b\d{3}\)?[\s./-]{1,3}\d{3}[\s./-]{1,2}\d{4}\b|\S{1,40}@\S{3,40}|\b(?:www\.|https?:)\S{3,60}|\bimmediate\srelease\b:?",
    re.IGNORECASE,
)
# two spaces or a bullet: where a line ended once
GAP = re.compile(r"\s{2,}|\s[\u2022\u25aa\u00b7\uf0b7\uf0a7]\s")
