"""What the folder holds: every submission's facts, by accession, by filer and by day, found by reading headers only."""

from __future__ import annotations

import datetime as dt
import logging
import mmap
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ex99.filings.filing import NEW_YORK
from ex99.filings.forms import NEW_ITEMS_SINCE
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.replica.items import find_text_items, read_header_items, sort_items
from ex99.replica.sgml import Party, SgmlError, find_line, open_map, read_header, unescape

_log = logging.getLogger(__name__)


Part = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StoredFiling:
    """One submission of the folder. ``acceptance`` is aware (New York) or None; ``items`` are numbers, sorted as strings."""

    path: Path
    size: int
    accession: AccessionNumber
    form: str
    filed: dt.date
    acceptance: dt.datetime | None
    period: dt.date | None
    items: tuple[str, ...]
    listed_items: tuple[str, ...]
    """The items that the submissions file gives: none for some filings that have them."""
    parties: tuple[Party, ...]
    primary_document: str | None
    primary_description: str | None
    is_xbrl: bool
    is_inline: bool

    @property
    def moment(self) -> dt.datetime:
        """The acceptance, or midnight of the filing date where no time is known."""
        return self.acceptance or dt.datetime.combine(self.filed, dt.time(), NEW_YORK)

    @property
    def ciks(self) -> tuple[Cik, ...]:
        """The CIKs of all parties, each once."""
        return tuple(dict.fromkeys(party.cik for party in self.parties if party.cik is not None))

    def party(self, cik: Cik) -> Party:
        """The party with a CIK; KeyError where the filing has none."""
        for party in self.parties:
            if party.cik == cik:
                return party
        raise KeyError(cik)


class Catalog:
    """All submissions of a folder. ``scan`` may be called again and takes what is new."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.skipped: dict[Path, str] = {}
        self.by_accession: dict[AccessionNumber, StoredFiling] = {}
        self._known: set[Path] = set()
        self._shared: dict[Part, Part] = {}
        self._sorted()

    def scan(self) -> int:
        """Read the headers of all *.txt below the folder that are not yet known; returns how many filings were added."""
        added = 0
        for path in sorted(self.folder.rglob("*.txt")):
            if path in self._known:
                continue
            self._known.add(path)
            try:
                filing = read_filing(path)
            except (ValueError, OSError) as error:
                self.skipped[path] = str(error)
                _log.warning("passed over %s: %s", path, error)
                continue
            if filing.accession not in self.by_accession:
                self.by_accession[filing.accession] = replace(filing, parties=tuple(map(self._share, filing.parties)))
                added += 1
        self._sorted()
        return added

    def _share(self, party: Party) -> Party:
        """A party whose parts are the ones already held, where there are equal ones: a filer's address is kept once."""
        company, business, mail = (self._shared.setdefault(part, part) for part in (party.company, party.business, party.mail))
        return replace(party, company=company, business=business, mail=mail)

    def _sorted(self) -> None:
        newest_first = sorted(self.by_accession.values(), key=lambda f: (f.filed, f.moment, f.accession), reverse=True)
        self.filings: list[StoredFiling] = newest_first
        by_cik: dict[Cik, list[StoredFiling]] = defaultdict(list)
        by_day: dict[dt.date, list[StoredFiling]] = defaultdict(list)
        for filing in newest_first:
            by_day[filing.filed].append(filing)
            for cik in filing.ciks:
                by_cik[cik].append(filing)
        self.by_cik, self.by_day = dict(by_cik), dict(by_day)

    def days(self, year: int, quarter: int) -> list[dt.date]:
        """The days of a quarter on which something was filed, in order."""
        return sorted(d for d in self.by_day if d.year == year and (d.month + 2) // 3 == quarter)

    def filed_between(self, days: Iterable[dt.date]) -> Iterator[tuple[StoredFiling, Party]]:
        """Every filing of the days, once for each of its filers, as the indexes list them."""
        for day in days:
            for filing in self.by_day[day]:
                for cik in filing.ciks:
                    yield filing, filing.party(cik)


def read_filing(path: Path) -> StoredFiling:
    """Read one submission's facts; raises SgmlError where it is no submission or lacks what a listing needs."""
    with open_map(path) as data:
        header = read_header(data)
        values = header.values
        filed = _day(values.get("FILED AS OF DATE")) or _day(header.disseminated)
        if filed is None:
            raise SgmlError("no filing date in the header")
        parties = tuple(party for party in header.parties if party.cik is not None)
        if not parties:
            raise SgmlError("no filer in the header")
        tags, primary = _read_primary(data, header.pem)
        items = read_header_items(header.items, filed)
        if not all(header.items):
            items = sort_items((*items, *find_text_items(primary, filed)))
        blank = not any(header.items) and filed >= NEW_ITEMS_SINCE
        xbrl = data.find(b"<TYPE>EX-101") >= 0
        return StoredFiling(
            path,
            len(data),
            AccessionNumber.parse(values["ACCESSION NUMBER"]),
            values.get("CONFORMED SUBMISSION TYPE", ""),
            filed,
            _instant(values.get("ACCEPTANCE-DATETIME")),
            _day(values.get("CONFORMED PERIOD OF REPORT")),
            items,
            () if blank else items,
            parties,
            tags.get("FILENAME"),
            tags.get("DESCRIPTION"),
            xbrl,
            xbrl and b"<XBRL>" in primary[:40],
        )


def _read_primary(data: mmap.mmap, pem: bool) -> tuple[dict[str, str], bytes]:
    """The tags of the first document and the head of its text."""
    start = find_line(data, b"<DOCUMENT>", 0)
    if start < 0:
        return {}, b""
    stop = find_line(data, b"<DOCUMENT>", start + 10)
    head = data[start : min(len(data) if stop < 0 else stop, start + 64 * 1024)]
    tag_text, _, text = head.partition(b"<TEXT>")
    tags = dict(re.findall(rb"<(FILENAME|DESCRIPTION)>([^\r\n]*)", tag_text))
    return {k.decode(): v.decode("latin-1").strip() for k, v in tags.items()}, (unescape(text) if pem else text).lstrip()


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.datetime.strptime(text or "", "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _instant(text: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(text or "", "%Y%m%d%H%M%S").replace(tzinfo=NEW_YORK)
    except ValueError:
        return None
