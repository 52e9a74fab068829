"""One composed release: a story, what competes with it, a layout; parsed and compared with what is true."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.made.competitors import ADDED
from benchmarks.made.industries import make_industry_story
from benchmarks.made.layouts import LAYOUTS, set_story
from benchmarks.made.model import Story, compare_figures
from benchmarks.made.stories import make_story
from benchmarks.made.table_changes import CHANGED
from ex99.filings.release import ParseError
from ex99.parsing import parse_release

CHANGES = {**ADDED, **CHANGED}
PLAIN_ONLY = frozenset({"noncontrolling", "discontinued"})
"""Changes that would contradict a real statement, or that of an industry."""


@dataclass(frozen=True, slots=True)
class Job:
    """A release to compose: from a seed, of a company of any trade or of an industry with statements of its own, or around a real story."""

    seed: int
    story: Story | None = None
    only: str | None = None
    """The one change to make, instead of those that the seed draws."""
    industry: bool = False

    @property
    def source(self) -> str:
        """Whose statements the release has: made, industry or real."""
        return "real" if self.story is not None else "industry" if self.industry else "made"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was composed and how its figures were read: ``found`` as compare_figures tells it."""

    name: str
    source: str
    seed: int
    layout: str
    found: dict[str, list[str]]


def choose_changes(dice: random.Random, *, plain: bool) -> list[str]:
    """Nothing, one competitor alone (half of the time), or three at once."""
    names = sorted(name for name in CHANGES if plain or name not in PLAIN_ONLY)
    fate = dice.random()
    return [] if fate < 0.1 else dice.sample(names, 1 if fate < 0.65 else 3)


def compose(story: Story, changes: Sequence[str]) -> Story:
    """The story with those changes, each drawn by the story's own dice; one that contradicts what is stated already is left out."""
    for name in changes:
        changed = CHANGES[name](story)
        if all(changed.facts[key] == fact for key, fact in story.facts.items()):
            story = changed
    return story


def compose_job(job: Job) -> tuple[str, str, Story]:
    """What competes, the layout, and the composed story."""
    source = job.source
    dice = random.Random(f"job {source} {job.seed}")
    changes = choose_changes(dice, plain=source == "made")
    changes = changes if job.only is None else [job.only]
    layout = dice.choice(sorted(LAYOUTS))
    base = job.story or (make_industry_story(job.seed) if source == "industry" else make_story(job.seed))
    story = compose(replace(base, dice=random.Random(f"changes {job.seed}")), changes)
    return "nothing" if not changes else changes[0] if len(changes) == 1 else "mixed", layout, story


def run_job(job: Job) -> Outcome:
    """Compose, set, parse and compare one release."""
    name, layout, story = compose_job(job)
    try:
        figures = parse_release(set_story(story, layout)).figures
    except ParseError:
        figures = ()
    found = compare_figures(story.facts, figures, story.unjudged)
    return Outcome(name, job.source, job.seed, layout, found)
