"""A manifest: a table with tabs of bare exhibits that lie in folders, each with the facts that its own bytes do not tell."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ex99.errors import UserError
from ex99.filings.exhibits import parse_exhibit_type
from ex99.filings.forms import Item, find_item, is_8k_family
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.importing.bare import ExhibitFacts
from ex99.importing.report import Skip, SkipError, describe

COLUMNS = ("path", "cik", "filed", "accession", "type", "items", "form", "company")
"""The columns that a manifest may have; the first three it must have, and the others may be left out or blank."""
_NEEDED = COLUMNS[:3]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a manifest: the exhibit's file and its facts."""

    path: Path
    facts: ExhibitFacts


def read_manifest(path: Path, *, follow_links: bool = False) -> Iterator[list[Listed] | Skip]:
    """The exhibits that a manifest lists, those of one accession number together in its order; a bad line comes as a Skip.

    Paths are relative to the manifest's folder, and lead out of it only with ``follow_links``. Raises UserError
    where the file is no manifest.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _read_rows(path, csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE), follow_links)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}", "name a table with tabs") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path} is no table with tabs: {error}", "it must be text in UTF-8") from None


def _read_rows(path: Path, rows: csv.DictReader[str], follow_links: bool) -> Iterator[list[Listed] | Skip]:
    names = [name.strip().lower() for name in rows.fieldnames or ()]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UserError(f"{path} has no column {missing[0]!r}", f"its first line names its columns, with tabs between: {' '.join(COLUMNS)}")
    rows.fieldnames = names
    groups: dict[object, list[Listed]] = defaultdict(list)
    for row in rows:
        place = f"{path}:{rows.line_num}"
        try:
            listed = _read_row(path.parent, {name: (row.get(name) or "").strip() for name in COLUMNS})
            if not follow_links and not listed.path.resolve().is_relative_to(path.parent.resolve()):
                raise SkipError("outside", f"{row['path']} lies outside the manifest's folder; --follow-links takes it along")
        except Exception as error:  # noqa: BLE001 - one bad line must not cost the others
            yield describe(place, error)
            continue
        groups[listed.facts.accession or place].append(listed)
    yield from map(_check_group, groups.values())


def _check_group(group: list[Listed]) -> list[Listed] | Skip:
    """The exhibits of one filing, or a Skip where their lines tell two things of it."""
    told = {(listed.facts.cik, listed.facts.filed, listed.facts.form, listed.facts.items) for listed in group}
    if len(told) > 1:
        return Skip(str(group[0].path), "contradiction", f"its lines tell {len(told)} different things of {group[0].facts.accession}")
    return group


def _read_row(folder: Path, row: dict[str, str]) -> Listed:
    if not row["path"]:
        raise SkipError("bad_facts", "the line names no path")
    try:
        filed = dt.date.fromisoformat(row["filed"])
    except ValueError:
        raise SkipError("bad_facts", f"{row['filed']!r} is no date: expected YYYY-MM-DD") from None
    form, kind = row["form"].upper() or "8-K", row["type"].upper() or "EX-99.1"
    if not is_8k_family(form):
        raise SkipError("other_form", f"a {form} is no 8-K")
    if parse_exhibit_type(kind) is None:
        raise SkipError("bad_facts", f"{row['type']!r} is no exhibit type: it looks like EX-99.1")
    accession = AccessionNumber.parse(row["accession"]) if row["accession"] else None
    items = tuple(_read_items(row["items"].replace(",", " ").split(), filed))
    return Listed(folder / row["path"], ExhibitFacts(Cik.parse(row["cik"]), filed, form, accession, items, row["company"] or None, kind))


def _read_items(words: Iterable[str], filed: dt.date) -> Iterator[Item]:
    for word in words:
        item = find_item(word, filed)
        if item is None:
            raise SkipError("bad_facts", f"{word!r} is no item of an 8-K of that day: items look like 2.02; before August 2004 like 12")
        yield item
