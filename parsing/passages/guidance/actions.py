"""What a sentence or a table's heading does with guidance: raises, lowers, reaffirms, withdraws or introduces it."""

from __future__ import annotations

import re

from ex99.parsing.passages.rules import WordRule, read_rules
from ex99.parsing.rules import fires

# The first that matches beside a word for guidance; the note is the action.
ACTIONS: tuple[WordRule, ...] = read_rules(
    r"""
action.withdrawn : withdrawn
  + acme is withdrawing its full year guidance
  - acme raises its guidance
  \b(?:withdr(?:aw|ew)\w*|suspend\w*|discontinu\w*|rescind\w*|no longer (?:providing|valid))\b

action.reaffirmed : reaffirmed
  + acme reaffirms its outlook
  - acme raises its outlook
  \b(?:re-?affirm\w*|reiterat\w*|re-?confirm\w*|maintain(?:s|ed|ing)?|unchanged|confirm(?:s|ed|ing))\b

action.raised : raised
  + acme raises its guidance
  - acme expects sales to increase
  \b(?:rais(?:e|es|ed|ing)|increas(?:es|ed|ing) (?:its|our|the|full|guidance|fiscal|\d{4})|lift(?:s|ed|ing)|upward
  |boost(?:s|ed|ing) (?:its|our))\b

action.lowered : lowered
  + acme lowers its outlook
  - acme expects lower costs
  \b(?:lower(?:s|ed|ing) (?:its|our|the|full|fiscal|guidance|\d{4})|reduc(?:es|ed|ing) (?:its|our|the|full|fiscal|\d{4})
  |cut(?:s|ting)? (?:its|our)|downward)\b

action.initiated : initiated
  + acme introduces guidance for 2005
  - acme issues shares
  \b(?:initiat(?:es|ed|ing)|introduc(?:es|ed|ing)|issu(?:es|ed|ing) (?:its |our )?(?:initial|first)|establish(?:es|ed|ing) (?:its|our)?)\b
"""
)
_COMPILED = tuple((rule.id, rule.note, re.compile(rule.pattern)) for rule in ACTIONS)
# `outlook`, `range`: what these verbs must be about
_NOUN = re.compile(r"guidance|outlook|forecast|targets?|estimates?|expectations?|range|budget|goal")
_NEAR = 60


def read_action(lower: str) -> str | None:
    """What a sentence, in lower case, does with guidance; None where it does not say."""
    for rule_id, action, pattern in _COMPILED:
        match = pattern.search(lower)
        if match and _NOUN.search(lower, max(0, match.start() - _NEAR), match.end() + _NEAR) and fires(rule_id):
            return action
    return None
