"""Sentences whose amounts are none of the company's outlook, as a table: dividends, offerings, contracts, others' estimates."""

from __future__ import annotations

import re
from typing import NamedTuple


class AmountVeto(NamedTuple):
    """A pattern over lower-case words, tried where one of its ``stems`` occurs; ``example`` is a sentence that it drops, ``counter`` one
    that it leaves.
    """

    id: str
    example: str
    counter: str
    stems: tuple[str, ...]
    pattern: str


AMOUNT_VETOES: tuple[AmountVeto, ...] = (
    AmountVeto(
        "guidance.dividend",
        "the board expects to pay a dividend of $.20 per share",
        "acme expects to pay $20 million of taxes",
        ("dividend",),
        r"\bdividends?\b.{0,80}\b(?:payable|pay|paid|declar|per share|increase)|\b(?:payable|pay|paid|declar\w{0,8}) .{0,60}\bdividends?\b",
    ),
    AmountVeto(
        "guidance.notes",
        "acme expects to sell $200 million aggregate principal amount of notes",
        "acme expects interest on its notes to be $20 million",
        ("principal", "notes due", "conversion price"),
        r"(?:aggregate )?principal amount|\bnotes due\b|conversion price",
    ),
    AmountVeto(
        "guidance.deal_price",
        "acme expects to pay total consideration of $90 million",
        "acme expects to spend $90 million on plants",
        ("purchase price", "consideration", "per share in", "warrant"),
        r"purchase price|(?:cash|total|aggregate|purchase) consideration|per share in (?:cash|stock)\b|warrants?\b",
    ),
    AmountVeto(
        "guidance.authorization",
        "the board authorized the repurchase of up to $50 million of shares, expected to end in may",
        "acme expects to repurchase $50 million of shares",
        ("authoriz", "record date"),
        r"authoriz\w{1,8}.{0,60}(?:repurchase|buy-?back)|(?:repurchase|buy-?back)\w{0,8}.{0,40}authoriz|record date",
    ),
    AmountVeto(
        "guidance.credit",
        "acme expects to sign a credit facility of $75 million",
        "acme expects credit losses of $75 million",
        ("line of credit", "credit facility"),
        r"line of credit|credit facility",
    ),
    AmountVeto(
        "guidance.contract",
        "the contract is expected to generate $90 million",
        "acme expects contract revenue of $90 million",
        ("contract", "order", "award", "agreement", "settlement", "milestone", "eligible"),
        r"contract (?:valued|worth)|\b(?:contract|order|award|agreement) .{0,40}\b(?:generate|bring|contribute)\b|\bsettlement\b"
        r"|\beligible (?:to receive|for)\b|\b(?:up to|potential) .{0,40}\bmilestones?\b",
    ),
    AmountVeto(
        "guidance.industry",
        "industry sales are expected to grow 2% to 3%",
        "acme, which leads its industry, expects sales of $3 million",
        ("industry", "market"),
        r"\bindustry (?:sales|revenues?|shipments|volumes?)\b|\b(?:addressable|worldwide|global|total) market\b",
    ),
    AmountVeto(
        "guidance.backlog",
        "the backlog of $212 million is expected to be shipped",
        "acme expects orders of $212 million",
        ("backlog",),
        r"\bbacklog (?:of|was|is|at|totaled|expected)\b|in backlog\b",
    ),
)
_COMPILED = tuple((veto.stems, re.compile(veto.pattern)) for veto in AMOUNT_VETOES)


def speaks_of_other(lower: str) -> bool:
    """Whether a sentence in lower case speaks of amounts that are not the company's outlook."""
    return any([stem for stem in stems if stem in lower] and pattern.search(lower) for stems, pattern in _COMPILED)
