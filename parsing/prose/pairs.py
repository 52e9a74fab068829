"""Amounts that answer the reported ones one by one: "sales of $2 million and EPS of $.10, compared to $1 million and $.08"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ex99.parsing.prose.tokens import Token
from ex99.parsing.prose.topics import Group
from ex99.parsing.rules import rule

PAIRED = rule("prose.pairs.paired", "a list compared with one of as many amounts gives the same metrics")
_LEAST = 1000
"""No amount a share is as much."""


def find_pairs(tokens: Sequence[Token], reported: Sequence[Group]) -> dict[int, Group]:
    """The reported amount that each amount of ``tokens`` answers, by the index of the latter; none where they are not alike one by one, or
    the words before them tell as much.
    """
    end = next((i for i, t in enumerate(tokens) if t.kind in ("metric", "relation", "break")), len(tokens))
    ahead = [i for i, t in enumerate(tokens[:end]) if t.amount is not None]
    pairs = dict(zip(ahead, reported, strict=False))
    alike = len(ahead) == len(reported) and all(_is_small(tokens[i]) == _is_small(group.token) for i, group in pairs.items())
    told = len({group.topic.phrase for group in reported}) == 1 and not any(_is_bare(tokens[i], group.token) for i, group in pairs.items())
    return pairs if alike and not told and PAIRED() else {}


def answer(like: Group, token: Token, index: int, segment: int) -> Group:
    """The group of an amount that answers a reported one: of its topic, and a share where that is."""
    if _is_bare(token, like.token) and token.amount is not None and like.token.amount is not None:
        token = token._replace(amount=replace(token.amount, per_share=True, mark=like.token.amount.mark))
    return Group(like.topic, token, index, segment, like.sure, rough=False)


def _is_small(token: Token) -> bool:
    """Whether an amount can only be one a share."""
    return token.amount is not None and (token.amount.per_share or token.amount.value < _LEAST)


def _is_bare(token: Token, fellow: Token) -> bool:
    """Whether an amount a share lacks the words that its fellow has: "$14.0 million, or $0.57"."""
    return fellow.amount is not None and token.amount is not None and fellow.amount.per_share and not token.amount.per_share
