"""Find the fiscal quarter that a release reports: from its headline, its first paragraphs and the columns of its statements."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ex99.filings.fiscal import Calendar, same_end
from ex99.parsing.document import Document
from ex99.parsing.language.calendar_words import COUNT_OF_WEEKS
from ex99.parsing.language.dates import find_dates
from ex99.parsing.language.screened import needed_words
from ex99.parsing.prose import lexicon
from ex99.parsing.prose.period_phrases import PeriodPhrase, find_phrases
from ex99.parsing.rules import rule
from ex99.parsing.tables.dating import EARLY
from ex99.parsing.tables.figures import ToldColumns
from ex99.parsing.tolerances import TOLERANCES

# 13 weeks ended | thirty-nine weeks
_WEEKS = re.compile(rf"\b{COUNT_OF_WEEKS}[\s-]weeks?\b")
_WEEK = re.compile("|".join(needed_words(_WEEKS.pattern) or ()))
_FROM_DURATION = {"half": 2, "nine_months": 3, "year": 4}

OF_PERIOD = "joining.period."
"""What the ids of the rules begin with that choose the reported period."""
# How the quarter is told.
IN_HEADLINE = rule("joining.period.headline", "the quarter that the headline names")
YEAR_TO_DATE = rule("joining.period.year_to_date", "the quarter that a column of the year to date tells")
IN_COLUMN = rule("joining.period.named_column", "the quarter that a column names without a day")
IN_LEAD = rule("joining.period.lead", "the quarter that the first paragraphs name")
YEAR_END = rule("joining.period.year_end", "the quarter counted from the month that a fiscal year ends in, or the calendar's")
YEAR_ALONE = rule("joining.period.year_alone", "a year alone is reported")
OUTLOOK = rule("joining.period.outlook", "a quarter that a sentence on what is to come names", leaves_out=True)
YEAR_ENDED = rule("joining.period.year_ended", "another quarter than the last, named where a year has just ended", leaves_out=True)
# How its end is told.
COLUMN_END = rule("joining.period.column_end", "the end of the latest column that fits the named year")
PRINTED_END = rule("joining.period.printed_end", "the end that headline or first paragraphs print")
BALANCE_END = rule("joining.period.balance_end", "the latest balance's day ends years without days")
CALENDAR_END = rule("joining.period.calendar_end", "the calendar quarter's end in the weeks before the release")
# How the fiscal year is named.
YEAR_IN_COLUMN = rule("joining.period.year_in_column", "the year that the latest column of years names")
YEAR_BEFORE = rule("joining.period.year_before", "the year after the one that the same quarter is compared with")
YEAR_IN_HEADLINE = rule("joining.period.year_in_headline", "the year that the headline names")
YEAR_IN_LEAD = rule("joining.period.year_in_lead", "the year that the first paragraphs name, where it ends in January or February")
YEAR_OF_WEEKS = rule("joining.period.year_of_weeks", "retailers' year is called after the one that most of it lies in")
CLOSING_YEAR = rule("joining.period.closing_year", "the calendar year that the fiscal year ends in")


@dataclass(slots=True)
class PeriodEvidence:
    """What a release says of its period, the most telling place first."""

    headline: list[PeriodPhrase] = field(default_factory=list)
    lead: list[PeriodPhrase] = field(default_factory=list)
    columns: set[tuple[str, dt.date]] = field(default_factory=set)
    named_columns: frozenset[tuple[int, int]] = frozenset()
    """(fiscal year, quarter) of columns that name their quarter and print no day."""
    named_years: frozenset[int] = frozenset()
    """Fiscal years of columns of years that print no day."""
    ends: frozenset[dt.date] = frozenset()
    """Days on which something ended that is not said to be a quarter or a year: those of balances, else those that the headline prints."""
    issued: dt.date | None = None
    weeks: bool = False
    """Whether the release counts its periods in weeks, as retailers do."""

    @property
    def phrases(self) -> list[PeriodPhrase]:
        """Headline first."""
        return [*self.headline, *self.lead]


def _counts_weeks(lower: str) -> bool:
    """Looked for around the plain word, which is far faster than the whole phrase over the text."""
    return any(_WEEKS.search(lower, max(0, m.start() - TOLERANCES.before_weeks), m.end() + 1) for m in _WEEK.finditer(lower))


def gather_evidence(document: Document, headline: tuple[int, int] | None, issued: dt.date | None, columns: ToldColumns) -> PeriodEvidence:
    """Collect period phrases of headline and lead, and what the statements' columns tell."""
    evidence = PeriodEvidence(named_columns=columns.quarters, named_years=columns.years, issued=issued, weeks=_counts_weeks(document.lower))
    evidence.columns = {(duration, end) for duration, end in columns.flows if duration != "instant"}
    evidence.ends = columns.instants or (_ends_in(document.lower[slice(*headline)]) if headline is not None else frozenset())
    if headline is not None:
        evidence.headline = list(_phrases(document.lower, *headline))
    read = 0
    prose = [b for b in document.blocks if b.kind not in ("table", "page_break")]
    start = 0 if headline is None else headline[1]
    ahead: list[PeriodPhrase] = []
    for block in [b for b in prose if b.start >= start][: TOLERANCES.lead_blocks]:
        for phrase in _phrases(document.lower, block.start, min(block.end, block.start + TOLERANCES.lead)):
            (ahead if _is_outlook(document.lower, block.start, phrase) else evidence.lead).append(phrase)
        read += block.end - block.start
        if read > TOLERANCES.lead:
            break
    if not any(p.quarter is not None or p.date is not None for p in evidence.phrases):
        evidence.lead += ahead
    return evidence


def _ends_in(lower: str) -> frozenset[dt.date]:
    """The days on which a text says that something ended: "for the period ended February 6, 2022"."""
    return frozenset(d.date for d in find_dates(lower) if d.date is not None and lower[: d.start].rstrip().endswith(("ended", "ending")))


def _is_outlook(lower: str, start: int, phrase: PeriodPhrase) -> bool:
    """Whether a quarter's sentence speaks of what is to come: "expects revenues of $310,000 for the first quarter"."""
    sentence = lower[max(start, lower.rfind(". ", start, phrase.start) + 1) : phrase.start]
    return phrase.quarter is not None and bool(lexicon.COMING.search(sentence) or lexicon.EXPECTED.search(sentence)) and OUTLOOK()


def _phrases(lower: str, start: int, end: int) -> Iterator[PeriodPhrase]:
    return (phrase for phrase in find_phrases(lower, start, end) if phrase.relation is None)


def find_calendar(evidence: PeriodEvidence) -> tuple[Calendar | None, bool]:
    """(calendar, year_only): the reported quarter, or None where the release does not tell it; year_only where just a year is reported."""
    quarter = IN_HEADLINE.take(_headline_quarter(evidence)) or YEAR_TO_DATE.take(_quarter_of_columns(evidence, _column_end(evidence, None)))
    quarter = quarter or IN_COLUMN.take(_named_column(evidence)[1]) or IN_LEAD.take(_lead_quarter(evidence))
    end = COLUMN_END.take(_column_end(evidence, quarter)) or PRINTED_END.take(_printed_end(evidence, quarter))
    end = end or BALANCE_END.take(_end_of_years(evidence))
    year_only = _is_year_only(evidence, quarter) and YEAR_ALONE()
    if quarter is None:
        quarter = 4 if year_only else YEAR_TO_DATE.take(_quarter_of_columns(evidence, end))
        quarter = quarter or YEAR_END.take(_quarter_of_year_end(evidence, end))
    if end is None:
        end = CALENDAR_END.take(_assumed_end(evidence, quarter, year_only=year_only))
    if end is None or quarter is None:
        return None, False
    known = tuple(sorted({e for _, e in evidence.columns} | (evidence.ends if evidence.named_years else frozenset())))
    return Calendar(_fiscal_year(evidence, end, quarter), quarter, end, known), year_only


def _headline_quarter(evidence: PeriodEvidence) -> int | None:
    return next((p.quarter for p in evidence.headline if p.quarter is not None), None)


def _lead_quarter(evidence: PeriodEvidence) -> int | None:
    """The quarter that the first paragraphs name; where a year has just ended no other than the last one is reported."""
    named = [p for p in evidence.lead if p.quarter is not None]
    quarter = _most_telling(named) if named else None
    return None if quarter not in (None, 4) and _has_year_ended(evidence) and YEAR_ENDED() else quarter


def _has_year_ended(evidence: PeriodEvidence) -> bool:
    """Whether all columns, or without them the latest period printed with its end, are of a year."""
    if evidence.columns:
        return all(duration == "year" for duration, _ in evidence.columns)
    ends = [(p.date, p.duration) for p in evidence.phrases if p.date is not None and p.duration not in (None, "instant")]
    if not ends:
        return False
    latest, duration = max(ends)
    return duration == "year" and (evidence.issued is None or evidence.issued - TOLERANCES.latest_release <= latest <= evidence.issued)


def _most_telling(named: Sequence[PeriodPhrase]) -> int | None:
    """The quarter that is named with its end, else the first one named."""
    dated = next((p.quarter for p in named if p.date is not None), None)
    return dated or named[0].quarter


def _named_column(evidence: PeriodEvidence) -> tuple[int | None, int | None]:
    """(fiscal year, quarter) of the latest column that names its quarter; (None, None) where none does."""
    return max(evidence.named_columns, default=(None, None))


def _column_end(evidence: PeriodEvidence, quarter: int | None) -> dt.date | None:
    """The latest end of a quarter's column that fits the headline's year; of a longer column where there is no quarter."""
    ends = [e for d, e in evidence.columns if d == "quarter"] or [e for _, e in evidence.columns]
    years = _named_years(evidence.headline, quarter) if quarter else set()
    fitting = [e for e in ends if quarter and years and years & _names_of_year(e, quarter)]
    if fitting and not (evidence.issued is not None and any(e <= evidence.issued for e in fitting)):
        return max(fitting)
    if evidence.issued is not None:
        past = [e for e in ends if e <= evidence.issued]
        ends = past or ends
    return max(ends, default=None)


def _printed_end(evidence: PeriodEvidence, quarter: int | None) -> dt.date | None:
    """The end that headline or lead print with the quarter, or the latest end of a quarter or year they print."""
    for phrase in evidence.phrases:
        if phrase.date is not None and phrase.quarter is not None and phrase.quarter == quarter:
            return phrase.date
    dates = [p.date for p in evidence.phrases if p.date is not None and p.duration not in (None, "instant")]
    if evidence.issued is not None:
        dates = [d for d in dates if evidence.issued - TOLERANCES.latest_release <= d <= evidence.issued]
    if quarter is None or quarter == 4:
        return max(dates, default=None)
    return max((p.date for p in evidence.phrases if p.date in dates and p.date and p.duration != "year"), default=None)


def _is_year_only(evidence: PeriodEvidence, quarter: int | None) -> bool:
    if evidence.columns:
        return all(duration == "year" for duration, _ in evidence.columns) and _lead_quarter(evidence) is None
    if any(p.duration == "quarter" and (p.date is not None or p in evidence.headline) for p in evidence.phrases):
        return False
    return quarter is None and (bool(evidence.named_years) or any(p.duration == "year" for p in evidence.phrases))


def _end_of_years(evidence: PeriodEvidence) -> dt.date | None:
    """The latest balance's day, where columns of years without days can end on it: in the latest year, or early in the next one."""
    end = max((e for e in evidence.ends if evidence.issued is None or e <= evidence.issued), default=None)
    if end is None or not evidence.named_years:
        return None
    latest = max(evidence.named_years)
    return end if end.year == latest or (end.year == latest + 1 and end.month <= EARLY) else None


def _quarter_of_columns(evidence: PeriodEvidence, end: dt.date | None) -> int | None:
    """The quarter that a year-to-date column with the same end tells."""
    if end is None:
        return None
    found = {_FROM_DURATION[d] for d, e in evidence.columns if d in _FROM_DURATION and same_end(e, end)}
    year_alone = found == {4} and all(duration == "year" for duration, _ in evidence.columns)
    return None if year_alone else max(found, default=None)


def _quarter_of_year_end(evidence: PeriodEvidence, end: dt.date | None) -> int | None:
    """The quarter told by a fiscal year's end that the document prints; by the calendar year where it prints none."""
    if end is None:
        return None
    year_ends = [p.date for p in evidence.phrases if p.duration == "year" and p.date is not None]
    year_ends += [e for d, e in evidence.columns if d == "year"]
    last_month = _month(year_ends[0]) if year_ends else 12
    months = (_month(end) - last_month) % 12
    return {0: 4, 3: 1, 6: 2, 9: 3}.get(months)


def _month(day: dt.date) -> int:
    """The month whose end is nearest: a week calendar's 2 July belongs to June."""
    return day.month if day.day > 10 else (day.month - 2) % 12 + 1


def _assumed_end(evidence: PeriodEvidence, quarter: int | None, *, year_only: bool) -> dt.date | None:
    """A calendar year's quarter end: where the release came out in the weeks after it, or has no date and names the year.

    A year that is reported alone is the one that it is called: "fiscal year 2007", told in May, did not end in December 2006.
    """
    if quarter is None:
        return None
    if evidence.issued is None:
        years = _named_years(evidence.headline, quarter) or ({year} if (year := _named_column(evidence)[0]) else set())
        return _month_end(max(years), 3 * quarter) if years else None
    named = _named_years(evidence.phrases, quarter) if year_only else set()
    ends = [_month_end(year, 3 * quarter) for year in (evidence.issued.year, evidence.issued.year - 1) if not named or year in named]
    return next((end for end in ends if dt.timedelta(0) < evidence.issued - end <= TOLERANCES.latest_release), None)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


def _named_years(phrases: Sequence[PeriodPhrase], quarter: int) -> set[int]:
    """The fiscal years that phrases name together with the quarter, or by themselves where it is the fourth."""
    return {
        p.year for p in phrases if p.year is not None and (p.quarter == quarter or (quarter == 4 and p.duration == "year" and not p.bare))
    }


def _fiscal_year(evidence: PeriodEvidence, end: dt.date, quarter: int) -> int:
    """The named fiscal year where it fits the end, else the calendar year in which the fiscal year ends.

    Years that end in January or February are named after either calendar year, so the document's word decides there; where it has none,
    a company that counts in weeks names the year after the one in which most of it lies.
    """
    closing, early = _closing_year(end, quarter)
    latest = max(evidence.named_years, default=None)
    year = YEAR_IN_COLUMN.take(latest if quarter == 4 and latest in (closing, closing - 1) else None)
    if year is None and early and _is_year_after_compared(evidence, closing - 1, quarter) and YEAR_BEFORE():
        year = closing - 1
    near = {y for y in _named_years(evidence.headline, quarter) if abs(y - closing) <= 1}
    year = year or YEAR_IN_HEADLINE.take(closing if closing in near else max(near, default=None))
    if year is None and early:
        year = _year_of_lead(evidence, closing, quarter)
    return year or (closing if CLOSING_YEAR() else end.year)


def _is_year_after_compared(evidence: PeriodEvidence, year: int, quarter: int) -> bool:
    """Whether the first paragraphs name the same quarter of the year before, and not of the year."""
    compared = {p.year for p in evidence.lead if p.year is not None and p.quarter == quarter}
    return year - 1 in compared and year not in compared


def _year_of_lead(evidence: PeriodEvidence, closing: int, quarter: int) -> int | None:
    """A year that ends in January or February, as the first paragraphs name it; as retailers do, where they name none."""
    latest = max((y for y in _named_years(evidence.lead, quarter) if y <= closing), default=None)
    if latest is None:
        return YEAR_OF_WEEKS.take(closing - 1 if evidence.weeks else None)
    return YEAR_IN_LEAD.take(latest if latest >= closing - 1 else None)


def _closing_year(end: dt.date, quarter: int) -> tuple[int, bool]:
    """(the calendar year in which the fiscal year of a quarter ends, whether it ends in January or February)."""
    months = _month(end) + 3 * (4 - quarter)
    year = end.year - (1 if end.month == 1 and end.day <= 10 else 0) + (months - 1) // 12
    return year, (months - 1) % 12 + 1 in (1, 2)


def _names_of_year(end: dt.date, quarter: int) -> set[int]:
    """The years after which the fiscal year of a quarter may be named: one that ends in January or February has two."""
    closing, early = _closing_year(end, quarter)
    return {closing, closing - 1} if early else {closing}


def default_period(evidence: PeriodEvidence, calendar: Calendar, *, year_only: bool) -> tuple[str, dt.date]:
    """The period of a sentence that names none: the year where the headline names a year and no quarter, else the quarter."""
    named = {p.duration for p in evidence.headline}
    year = year_only or (calendar.quarter == 4 and "year" in named and "quarter" not in named)
    return "year" if year else "quarter", calendar.end
