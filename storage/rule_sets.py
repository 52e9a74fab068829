"""Sets of rule ids: what made a result, each set written once and known by its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from ex99.filings.chunks import chunks
from ex99.filings.release import PressRelease
from ex99.storage.inserts import insert_new
from ex99.storage.models import RuleSet

_COLUMN = "rules"


@dataclass(frozen=True, slots=True)
class RuleSets:
    """The numbers of sets of rules."""

    numbers: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def numbered(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a row with the number of its rules in their place; None where it has none."""
        return {**values, _COLUMN: self.numbers.get(values[_COLUMN])} if _COLUMN in values else dict(values)


def number_rule_sets(connection: Connection, releases: Iterable[PressRelease]) -> RuleSets:
    """The numbers of all sets that releases carry; new ones are written."""
    wanted = {" ".join(rules): rules for release in releases for rules in _carried(release) if rules}
    known: dict[str, int] = {}
    for chunk in chunks(sorted(wanted)):
        query = select(RuleSet.rules, RuleSet.id).where(RuleSet.rules.in_(chunk))
        known |= {row.rules: row.id for row in connection.execute(query)}
        if missing := [joined for joined in chunk if joined not in known]:
            insert_new(connection, RuleSet, [{_COLUMN: joined} for joined in missing])
            known |= {row.rules: row.id for row in connection.execute(query)}
    return RuleSets({wanted[joined]: number for joined, number in known.items()})


def _carried(release: PressRelease) -> Iterator[tuple[str, ...]]:
    yield release.rules
    for parts in (release.figures, release.guidance, release.passages):
        yield from (part.rules for part in parts)
