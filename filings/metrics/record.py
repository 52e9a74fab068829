"""What a metric is and how it is told, as one record; patterns, prefilters and docs/metrics.md are made from the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GAAP, NONGAAP, BOTH = ("gaap",), ("nongaap",), ("gaap", "nongaap")

Unit = Literal["money", "per_share", "shares", "percent", "count"]
Statement = Literal["income", "balance", "cash_flow"]
Sign = Literal["printed", "cost", "tax"]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a sentence that name a metric: a pattern over lower case, whose blanks stand for white space of any kind."""

    pattern: str
    sign: int = 1
    """-1 where the words name a loss or an outflow."""
    generic: bool = False
    """Whether it is a plain word ("earnings") that says little by itself."""
    verb: bool = False
    """Whether it is a verb, whose subject may stand before it."""
    basis: Literal["nongaap"] | None = None
    """The basis that the words themselves tell."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the vocabulary.

    Labels are plain labels as parsing.language.labels makes them: in lower case, without notes, "loss" and "profit" as "income",
    "stockholders'" as "holders". All patterns are regular expressions.
    """

    name: str
    unit: Unit
    instant: bool
    """Whether it is measured on a day, not over a period."""
    bases: tuple[str, ...]
    meaning: str
    statement: Statement = "income"
    """Where its rows stand; "income" means every table that is neither a balance sheet nor a cash flow statement."""
    rows: tuple[str, ...] = ()
    """Patterns of whole labels, the best first: totals before their components, the plain line before the qualified one."""
    flow_rows: tuple[str, ...] = ()
    """Patterns of the rows of cash flow statements that give it too."""
    never: tuple[str, ...] = ()
    """Patterns that no label of the metric holds."""
    never_under: tuple[str, ...] = ()
    """Patterns of headings under which its rows are parts of something else."""
    whole: bool = False
    """Whether its rows are a part's under a heading that names one ("Homebuilding:")."""
    in_statement: bool = False
    """Whether its rows are read in a statement alone, not in highlights, reconciliations and other tables."""
    sign: Sign = "printed"
    """"cost": an amount spent, positive however the statement prints it; "tax": positive where it is a charge."""
    prose: tuple[Said, ...] = ()
    per_share: str | None = None
    """What an amount a share is under the words of ``prose``: a metric, or "eps" for both kinds of earnings per share."""
    guidance: tuple[str, ...] = ()
    """Patterns of the words that name it in an outlook."""
    guided_per_share: str = ""
    """What an amount a share is under these words."""
    guided_percent: str = ""
    """What a percentage is under these words: "revenue growth"."""
    adds_up: tuple[str, ...] = ()
    """The metrics that it is the sum of, "-" before those that are taken off."""
    examples: tuple[str, ...] = ()
    """Labels that print it; each pattern of ``rows`` has one."""
    counter_examples: tuple[str, ...] = ()
    """Labels that look like it and are something else."""
