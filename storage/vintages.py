"""Vintages: what each release said of a period, in the order in which it became known, and where two of them disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ex99.filings.filing import NEW_YORK
from ex99.filings.identifiers import AccessionNumber
from ex99.filings.release import GRADES, Figure
from ex99.filings.values import precision_of, same_value

_SURE = frozenset(GRADES[:-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage(Figure):
    """One release's word on a period; ``period_end`` is as this release prints it, and never None."""

    period_end: dt.date
    accession: AccessionNumber
    form: str
    filing_date: dt.date
    acceptance: dt.datetime | None
    document_id: int
    rank: int
    """The document's place among the releases of its filing, 0 for the best."""
    sequence: int
    """The document's place in its filing."""
    release_id: int
    position: int

    @property
    def known_on(self) -> dt.date:
        """The New York day on which EDGAR published the release: what is accepted in the evening bears the next filing date."""
        return self.filing_date if self.acceptance is None else max(self.filing_date, self.acceptance.astimezone(NEW_YORK).date())

    @property
    def order(self) -> tuple[dt.datetime, bool, str, int, int, int]:
        """Sorts vintages by when they became known: acceptance (the end of the filing date where it is not known), amendments last."""
        moment = self.acceptance or dt.datetime.combine(self.filing_date, dt.time.max, NEW_YORK)
        return (moment, self.form.endswith("/A"), self.accession, self.rank, self.sequence, self.position)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that disagree within one filing or one day; ``taken`` is the one that the rule takes."""

    period_end: dt.date
    taken: Vintage
    other: Vintage
    rule: str


RULES: dict[str, str] = {
    "one_filing": "of one filing the best release counts, and there the figure that stands first",
    "one_day": "of one day the filing accepted last counts, an amendment after what it amends",
    "surer": "a figure of grade C counts only where no release gives a surer one that contradicts it",
}


def known_until(vintages: Iterable[Vintage], as_of: dt.date | None) -> list[Vintage]:
    """The vintages that EDGAR had published by the end of a day; all of them for None."""
    return [vintage for vintage in vintages if as_of is None or vintage.known_on <= as_of]


def differ(one: Vintage, other: Vintage) -> bool:
    """Whether two figures cannot be roundings of one value."""
    return one.unit != other.unit or not same_value(one, other)


def settle(vintages: Iterable[Vintage], period_end: dt.date) -> tuple[tuple[Vintage, ...], tuple[Conflict, ...]]:
    """The vintages of one period in their order, one a filing, and the conflicts that were settled on the way."""
    ordered = sorted(vintages, key=lambda vintage: vintage.order)
    conflicts: list[Conflict] = []
    by_filing: dict[str, list[Vintage]] = {}
    for vintage in ordered:
        by_filing.setdefault(vintage.accession, []).append(vintage)
    kept: list[Vintage] = []
    for said in by_filing.values():
        if len(said) == 1:
            kept += said
            continue
        best = min(said, key=lambda vintage: (vintage.rank, vintage.sequence, vintage.position))
        conflicts += [Conflict(period_end, best, other, "one_filing") for other in said if differ(best, other)]
        agreeing = [vintage for vintage in said if not differ(best, vintage)]
        kept.append(min(agreeing, key=lambda vintage: (precision_of(vintage), vintage.rank, vintage.sequence, vintage.position)))
    kept, of_days = _settle_days(sorted(kept, key=lambda vintage: vintage.order), period_end)
    kept, of_grades = _settle_grades(kept, period_end)
    return tuple(kept), tuple(conflicts + of_days + of_grades)


def _settle_grades(ordered: list[Vintage], period_end: dt.date) -> tuple[list[Vintage], list[Conflict]]:
    """A sentence's span taken for a year restates no statement: figures of grade C give way to surer ones that they contradict."""
    sure = [vintage for vintage in ordered if vintage.grade in _SURE]
    kept: list[Vintage] = []
    conflicts: list[Conflict] = []
    for vintage in ordered:
        if not sure or vintage.grade != GRADES[-1] or any(not differ(vintage, other) for other in sure):
            kept.append(vintage)
        else:
            conflicts.append(Conflict(period_end, sure[-1], vintage, "surer"))
    return kept, conflicts


def _settle_days(ordered: list[Vintage], period_end: dt.date) -> tuple[list[Vintage], list[Conflict]]:
    last_of_day = {vintage.filing_date: vintage for vintage in ordered}
    kept: list[Vintage] = []
    conflicts: list[Conflict] = []
    for vintage in ordered:
        last = last_of_day[vintage.filing_date]
        if differ(last, vintage):
            conflicts.append(Conflict(period_end, last, vintage, "one_day"))
        else:
            kept.append(vintage)
    return kept, conflicts


def group_by_word(vintages: Sequence[Vintage]) -> list[list[Vintage]]:
    """Vintages in runs that agree up to rounding: a new run begins where a release restates. Each is measured by the run's most precise."""
    runs: list[list[Vintage]] = []
    for vintage in vintages:
        if runs and not differ(most_precise(runs[-1]), vintage):
            runs[-1].append(vintage)
        else:
            runs.append([vintage])
    return runs


def most_precise(run: Sequence[Vintage]) -> Vintage:
    """The vintage printed with the finest digits, of several the newest."""
    return min(reversed(run), key=precision_of)


def first_precise(run: Sequence[Vintage]) -> Vintage:
    """The vintage printed with the finest digits, of several the one that came first."""
    return min(run, key=precision_of)
