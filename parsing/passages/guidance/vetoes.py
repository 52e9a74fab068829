"""Sentences whose amounts are none of the company's outlook: dividends, offerings, contracts, others' estimates."""

from __future__ import annotations

import re

from ex99.parsing.passages.rules import WordRule, read_vetoes
from ex99.parsing.rules import fires

AMOUNT_VETOES: tuple[WordRule, ...] = read_vetoes(
    r"""
guidance.dividend :  : dividend
  + the board expects to pay a dividend of $.20 per share
  - acme expects to pay $20 million of taxes
  \bdividends?\b.{0,80}\b(?:payable|pay|paid|declar|per share|increase)|\b(?:payable|pay|paid|declar\w{0,8}) .{0,60}\bdividends?\b

guidance.notes :  : principal | notes due | conversion price
  + acme expects to sell $200 million aggregate principal amount of notes
  - acme expects interest on its notes to be $20 million
  (?:aggregate )?principal amount|\bnotes due\b|conversion price

guidance.deal_price :  : purchase price | consideration | per share in | warrant
  + acme expects to pay total consideration of $90 million
  - acme expects to spend $90 million on plants
  purchase price|(?:cash|total|aggregate|purchase) consideration|per share in (?:cash|stock)\b|warrants?\b

guidance.authorization :  : authoriz | record date
  + the board authorized the repurchase of up to $50 million of shares, expected to end in may
  - acme expects to repurchase $50 million of shares
  authoriz\w{1,8}.{0,60}(?:repurchase|buy-?back)|(?:repurchase|buy-?back)\w{0,8}.{0,40}authoriz|record date

guidance.credit :  : line of credit | credit facility
  + acme expects to sign a credit facility of $75 million
  - acme expects credit losses of $75 million
  line of credit|credit facility

guidance.contract :  : contract order award agreement settlement milestone eligible
  + the contract is expected to generate $90 million
  - acme expects contract revenue of $90 million
  contract (?:valued|worth)|\b(?:contract|order|award|agreement) .{0,40}\b(?:generate|bring|contribute)\b|\bsettlement\b
  |\beligible (?:to receive|for)\b|\b(?:up to|potential) .{0,40}\bmilestones?\b

guidance.industry :  : industry market
  + industry sales are expected to grow 2% to 3%
  - acme, which leads its industry, expects sales of $3 million
  \bindustry (?:sales|revenues?|shipments|volumes?)\b|\b(?:addressable|worldwide|global|total) market\b

guidance.against :  : compares
  + this result compares to our guidance of $.24 to $.30 per share
  - acme expects earnings of $.30 per share, which it compares with last year's
  ^\W*(?:this|these|that|(?:the )?results?)(?: [\w’'-]+){0,4} compares? (?:favorably )?(?:to|with)\b

guidance.backlog :  : backlog
  + the backlog of $212 million is expected to be shipped
  - acme expects orders of $212 million
  \bbacklog (?:of|was|is|at|totaled|expected)\b|in backlog\b
"""
)
_COMPILED = tuple((veto.id, veto.words, re.compile(veto.pattern)) for veto in AMOUNT_VETOES)


def speaks_of_other(lower: str) -> bool:
    """Whether a sentence in lower case speaks of amounts that are not the company's outlook."""
    return any([stem for stem in stems if stem in lower] and pattern.search(lower) and fires(veto) for veto, stems, pattern in _COMPILED)
