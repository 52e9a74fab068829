"""What surrounds a section of a table: what is said of its period, how it goes on with the section above, scale, basis, title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ex99.parsing.language.amounts import Scale, parse_scale
from ex99.parsing.language.basis_words import nongaap_words
from ex99.parsing.language.labels import Label, read_label
from ex99.parsing.language.periods import HeadPeriod, read_head
from ex99.parsing.scoring import Evidence, Verdict, features_of, speaks_for, weigh
from ex99.parsing.tables.captions import Caption, find_scale
from ex99.parsing.tables.cells import HeadedRows
from ex99.parsing.tables.columns import ColumnHead
from ex99.parsing.tables.dating import ColumnPeriod
from ex99.parsing.tables.grid import Grid
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tables.statements import Role, is_income_statement
from ex99.parsing.tolerances import TOLERANCES

_NONGAAP_TITLE = nongaap_words("title")
# reconciliation of gaap to adjusted income | (as adjusted - see note)
_RECONCILES = re.compile(r"reconcil|\bto\b|\bas\sadjusted\W{1,5}see\snote", re.IGNORECASE)
# for the quarter ended June 30, 2003 | three months to 30 June 2010
_ENDS = re.compile(r"\bend(?:ed|ing|s)?\b|\b(?:months|quarter|year|weeks|half)\s+to\b", re.IGNORECASE)
_CONTINUED = re.compile(r"continued|concluded|\bcont'?d", re.IGNORECASE)


class Link(StrEnum):
    """What a section takes from the one above it."""

    NOTHING = "nothing"
    COLUMNS = "columns"
    DAYS = "days"


# bare: no header names a period; alike: as many columns as above; first: of its table; own_days: what surrounds it names a day or year;
# repeats: the headers of the section above; undated: these tell no end; titled: the caption says more than that the table goes on
EVIDENCE: tuple[Evidence[Link], ...] = (
    speaks_for(Link.COLUMNS, 3, "a table without headers or days, with the columns of the one above", "bare alike first", "own_days"),
    speaks_for(Link.DAYS, 2, "the headers of the section above, which is dated", "repeats undated", "titled"),
)

NO_LINK = Verdict(Link.NOTHING, 0, "")


@dataclass(frozen=True, slots=True)
class Context:
    """A section's scale and basis; ``reasons`` say how role and scale were told."""

    scale: Scale | None
    basis: str | None
    reasons: tuple[str, ...] = ()


def read_context(
    caption: Caption, title: str, section: HeadedRows, *, role: Verdict[Role], labels: Sequence[Label], heads: Sequence[ColumnHead],
    above: TableSection | None,
) -> Context:  # fmt: skip
    """In what a section's values are counted, and on which basis; ``above`` is the section whose scale holds where it states none."""
    words = [cell.text for cells in section.heads for cell in cells]
    scale = find_scale(caption, words, [row.label for row in section.rows if row.is_heading])
    reasons = [f"{role.answer}: {role.reason}"] if role.reason else []
    if scale is None and above is not None:
        scale = above.scale
        reasons.append("scale: that of the section above")
    return Context(scale, "nongaap" if _is_adjusted(title, labels, heads) else None, tuple(reasons))


def _is_adjusted(title: str, labels: Iterable[Label], heads: Iterable[ColumnHead]) -> bool:
    """Whether a whole income statement is of adjusted figures."""
    if not _NONGAAP_TITLE.search(title) or _RECONCILES.search(title) or any(head.basis for head in heads):
        return False
    return is_income_statement(labels)


def said_of_period(section: HeadedRows, caption: Caption) -> HeadPeriod:
    """What stubs and caption say of the period; each part from the nearest place that says it."""
    sources = [
        read_head(" ".join(section.stubs)),
        read_head(" ".join(caption.inside)),
        *(_told(text) for text in (*reversed(caption.above), caption.lead)),
    ]
    quarter = next((s.quarter for s in sources if s.quarter is not None), None)
    return HeadPeriod(
        durations=next((s.durations for s in sources if s.durations), ()),
        dates=next((s.dates for s in sources if s.dates), ()),
        month_days=next((s.month_days for s in sources if s.month_days), ()),
        years=next((s.years for s in sources if s.years), ()),
        quarter=quarter,
        instant=any(s.instant for s in sources),
    )


def _told(text: str) -> HeadPeriod:
    """What a text above a table says of its period; a lone day is the release's, unless the text says that something ended on it.

    "December 31, 2021 and 2020" is no lone day.
    """
    head = read_head(text)
    if (
        len(head.dates) > 1
        or any(year != head.dates[0].year for year in head.years if head.dates)
        or not (head.dates or head.month_days)
        or head.instant
        or _ENDS.search(text)
    ):
        return head
    return replace(head, dates=(), month_days=())


def has_no_heads(grid: Grid, heads: Sequence[ColumnHead], above: TableSection | None) -> bool:
    """Whether a section names no periods over its columns: no headers at all, or a typewritten table right under another's columns."""
    return all(head.text == "" for head in heads) or (above is not None and _stands_under(grid, heads, above.grid))


def tell_link(
    heads: Sequence[ColumnHead], periods: Sequence[ColumnPeriod | None], said: HeadPeriod, above: TableSection,
    *, bare: bool, first: bool, titled: bool,
) -> Verdict[Link]:  # fmt: skip
    """What a section takes from the one above: its columns, only their days, or nothing."""
    features = features_of((
        ("bare", bare),
        ("alike", len(above.heads) == len(heads)),
        ("first", first),
        ("own_days", said.dates or said.month_days or said.years),
        ("repeats", tuple(heads) == above.heads),
        ("undated", all(period is None or period.end is None for period in periods)),
        ("titled", titled),
    ))  # fmt: skip
    return weigh(features, EVIDENCE, Link.NOTHING)


def _stands_under(grid: Grid, heads: Sequence[ColumnHead], above: Grid) -> bool:
    """Whether a typewritten table without periods of its own stands in the columns of the table above it, as after a page's end."""
    if not (grid.table.typewritten and above.table.typewritten) or len(grid.columns) != len(above.columns):
        return False
    if any(head.period.dates or head.period.years or head.period.month_days for head in heads):
        return False
    return all(abs(one.right - other.right) <= TOLERANCES.same_place for one, other in zip(grid.columns, above.columns, strict=True))


def is_titled(caption: Caption) -> bool:
    """Whether a caption says more than that the table goes on, in which periods and in which unit."""
    inside = [text for text in caption.inside if read_head(text).empty and parse_scale(text) is None and not _heads_rows(text)]
    return any(not _CONTINUED.search(text) and len(text) > TOLERANCES.shortest_title for text in (*caption.above, *inside))


def _heads_rows(text: str) -> bool:
    """Whether words are a heading between rows ("Earnings per share", "Expenses:") and no title."""
    label = read_label(text)
    return label.per_share or label.shares or text.endswith(":")


def per_share_title(section: HeadedRows, caption: Caption) -> str | None:
    """Words over the labels or a title such as "Earnings per share", which head rows that do not say so themselves."""
    titles = (*section.stubs[-1:], *(*caption.inside, *caption.above)[-1:])
    return next((title for title in titles if _is_per_share(title)), None)


def _is_per_share(title: str) -> bool:
    plain = "except" not in title.lower() and len(title) <= TOLERANCES.longest_per_share_title
    return plain and parse_scale(title) is None and read_label(title).per_share
