"""`ex99 export --append`: an export kept up to date, from the archive only the companies that changed since the last time.

What a company's rows are made of is told by one fingerprint a company (ex99.storage.fingerprints). The export keeps those of the moment
that it shows; where one differs, the company's rows are read anew and take the place of the old ones.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ex99 import __version__
from ex99.errors import UserError
from ex99.export.arrow import SCHEMA
from ex99.export.columns import ColumnDef, list_columns
from ex99.export.tables import Selection, Table
from ex99.storage.archive import Archive
from ex99.storage.fingerprints import NOBODY, read_fingerprints
from ex99.storage.schema import HEAD

_COMPANIES = 200
"""Companies that are asked for at once."""
_ANEW = "--overwrite makes it anew; or name another place"


@dataclass(frozen=True, slots=True)
class State:
    """What an export says of itself: its schema, its tables, the filing dates it is of, and its companies' fingerprints by CIK."""

    schema: int
    tables: tuple[str, ...]
    since: str | None
    until: str | None
    written: str
    companies: Mapping[int, str]

    def to_json(self) -> str:
        """As JSON, which from_json reads."""
        return json.dumps(dataclasses.asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str, place: Path) -> State:
        """UserError where the text is none, or of another schema."""
        try:
            told = json.loads(text)
            schema, companies = int(told["schema"]), {int(cik): str(words) for cik, words in told["companies"].items()}
            state = cls(schema, tuple(told["tables"]), told["since"], told["until"], told["written"], companies)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UserError(f"what {place} says of itself cannot be read", _ANEW) from None
        if schema != SCHEMA:
            raise UserError(f"{place} has the schema {schema}, and this ex99 ({__version__}) writes {SCHEMA}", _ANEW)
        return state


@dataclass(frozen=True, slots=True)
class Kept:
    """A table as it stands now: its place and rows, how many of them were read from the archive, and how many decimals did not fit."""

    place: Path
    rows: int
    read: int
    misfits: int


class Target(Protocol):
    """An export that is kept; what is put into it is seen when it is committed, all at once."""

    place: Path
    state: State | None
    """What it says of itself; None where there is nothing yet."""

    def put(self, table: Table, columns: Sequence[ColumnDef], changed: Collection[int] | None, rows: Iterable[Any]) -> Kept:
        """Take rows in the place of all rows of the changed companies (of all companies, for None)."""

    def commit(self, state: State, facts: Mapping[str, str]) -> list[Path]:
        """Make all of it what is seen; returns the data dictionary's files, where it has some."""


def append_changes(
    archive: Archive, opened: AbstractContextManager[Target], wanted: Sequence[Table], chosen: Selection, facts: Mapping[str, str]
) -> tuple[dict[str, Kept], list[Path], int]:
    """Bring an export up to date: its tables, its dictionary's files, and how many companies changed (0: nothing was touched)."""
    if chosen.ciks:
        raise UserError("--append keeps an export of all companies", "leave out --company, or export those without --append")
    with opened as target, archive.snapshot() as moment:
        before = target.state
        _check(before, wanted, chosen, target.place)
        now = read_fingerprints(moment, f"{__version__} {HEAD}")
        known = before.companies if before else {}
        changed = {cik for cik in now.keys() | known.keys() if now.get(cik) != known.get(cik)}
        if before and not changed:
            return {}, [], 0
        every = before is None or changed >= now.keys()
        kept = {}
        for table in wanted:
            rows = table.read(moment, chosen) if every else _read(table, moment, chosen, sorted(changed))
            kept[table.name] = target.put(table, list_columns(table.row_type, table.left_out), None if every else changed, rows)
        written = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        names = tuple(table.name for table in wanted)
        return kept, target.commit(State(SCHEMA, names, _say(chosen.since), _say(chosen.until), written, now), facts), len(changed)


def _read(table: Table, archive: Archive, chosen: Selection, changed: Sequence[int]) -> Iterator[Any]:
    """The rows of changed companies; of a filing of several companies the first has the rows, as in the whole table."""
    for start in range(0, len(changed), _COMPANIES):
        batch = frozenset(changed[start : start + _COMPANIES])
        for row in table.read(archive, dataclasses.replace(chosen, ciks=batch)):
            if row.cik in batch:
                yield row
    if NOBODY in changed:
        yield from (row for row in table.read(archive, chosen) if row.cik is None)


def _check(before: State | None, wanted: Sequence[Table], chosen: Selection, place: Path) -> None:
    if before is None:
        return
    tables = [table.name for table in wanted]
    asked = (sorted(tables), _say(chosen.since), _say(chosen.until))
    if asked != (sorted(before.tables), before.since, before.until):
        days = f", filed since {before.since or 'the beginning'} until {before.until or 'today'}" if before.since or before.until else ""
        raise UserError(f"{place} is kept with the tables {', '.join(before.tables)}{days}", f"ask for the same; or {_ANEW}")


def _say(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
