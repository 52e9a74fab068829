"""A value of a table made a figure: sign, scale, unit and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ex99.filings.fiscal import Calendar
from ex99.filings.metrics import DURATIONS, METRICS
from ex99.filings.release import Figure, Source
from ex99.parsing.candidates import Candidate, Place
from ex99.parsing.document import Cell, Document
from ex99.parsing.language.amounts import Amount, Scale, parse_scale
from ex99.parsing.language.currencies import CODES, settle_currency
from ex99.parsing.rules import joined, mark, rule, since
from ex99.parsing.tables.dating import ColumnPeriod
from ex99.parsing.tables.readings import Reading
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tolerances import TOLERANCES

DOUBTFUL = 0.5
_ONE, _CENT = Decimal(1), Decimal("0.01")
_TO_DATE = {1: "quarter", 2: "half", 3: "nine_months", 4: "year"}
_YEAR_END = 4
_LAST_QUARTERS = {"half": 2, "nine_months": 3, "year": 4}


LOSS = rule("tables.values.loss", "a value under words of loss whose line prints no negative amount is negative")
PER_SHARE_COLUMN = rule("tables.values.per_share_column", "net income in a column of amounts a share is earnings per share")
HEAD_BASIS = rule("tables.values.head_basis", "the column's header states the basis")
CENTS = rule("tables.values.cents", "an amount marked as cents")
ROW_SCALE = rule("tables.values.row_scale", "the row states a scale of its own")
TO_DATE = rule("tables.values.to_date", "how long a column to date lasts, by the fiscal calendar")
CALENDAR_END = rule("tables.values.calendar_end", "the end of a fiscal quarter or year that a column names, by the fiscal calendar")
OTHER_MARK = rule("tables.values.other_mark", "an amount marked as percent or points where the metric is none", leaves_out=True)


@dataclass(frozen=True, slots=True)
class FigureMaker:
    """What all figures of a section share: the document, the place, the scale of share counts, the currency."""

    document: Document
    section: TableSection
    place: Place
    share_scale: Decimal | None
    marks: Mapping[int | None, str]
    """The one currency that marks mean: of the amounts of a column, under None of all of the section."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that told the section and the ends of its columns; ``count_rules`` those that told the scale of its share counts."""
    count_rules: tuple[str, ...] = ()

    def make(
        self, reading: Reading, period: ColumnPeriod, row: BodyRow, column: int, line: Iterable[Amount] | None = None
    ) -> Candidate | None:
        """The figure that a cell reports, None where period, unit or scale are not told or do not fit the metric.

        ``line`` are the amounts under the words that name the metric: the row's own, if not given.
        """
        start = mark()
        cell, amount = row.grid.values[column]
        marks = (None, "%") if reading.unit == "percent" else (None, "¢")
        if period.end is None or (amount.mark not in marks and OTHER_MARK()) or (amount.nil and reading.metric != "dividends_per_share"):
            return None
        head = self.section.heads[column]
        placed = _in_column(reading, per_share=head.per_share)
        if placed is None or (placed.unit == "per_share" and not _is_per_share(amount)):
            return None
        basis = head.basis if head.basis and placed.basis == "gaap" and HEAD_BASIS() else placed.basis
        metric = "net_income" if basis == "nongaap" and placed.metric == "net_income_to_common" else placed.metric
        duration = "instant" if METRICS[metric].instant else period.duration
        if basis not in METRICS[metric].bases or duration not in DURATIONS or (duration == "instant" and not METRICS[metric].instant):
            return None
        line = [a for _, a in row.grid.values.values()] if line is None else line
        factor = self._factor(amount, placed, row)
        if factor is None or duration is None:
            return None
        value = -amount.value if placed.loss and not any(a.negative for a in line) and LOSS() else amount.value
        figure = Figure(
            metric, basis, duration, period.end, _SIGNS[METRICS[metric].sign](value, row) * factor,
            self._unit(placed.unit, amount, column), comparative=False, source=self._source(row, cell, column),
            precision=_ONE.scaleb(-amount.decimals) * factor, qualifier=placed.qualifier,
            rules=self._told_by(placed, since(start)),
        )  # fmt: skip
        return Candidate(figure, self._place(basis), self._confidence(placed, amount, row), placed.rank)

    def _told_by(self, reading: Reading, last: tuple[str, ...]) -> tuple[str, ...]:
        """The rules of a figure: those of its section, of the scale of counts, of its row, and the last ones."""
        return joined(self.rules, self.count_rules if reading.unit == "shares" else (), reading.rules, last)

    def _confidence(self, reading: Reading, amount: Amount, row: BodyRow) -> float:
        """Lower for money whose scale is only taken over from other tables, and that is printed with decimals, as millions are."""
        sure = self.section.doubtful is None or reading.unit != "money" or amount.decimals == 0 or parse_scale(row.grid.label) is not None
        return 1.0 if sure else DOUBTFUL

    def _place(self, basis: str) -> Place:
        """Adjusted measures have their reconciliation for a statement: it prints them whole, highlights round them."""
        if basis == "nongaap":
            return "statement" if self.place == "reconciliation" else "highlights"
        return self.place

    def _factor(self, amount: Amount, reading: Reading, row: BodyRow) -> Decimal | None:
        """What one of the printed number is in units: 1000 in thousands, 0.01 in cents; None where nothing tells or it does not fit."""
        if reading.unit == "percent":
            return _ONE if _is_percentage(amount) else None
        if reading.unit == "count":
            own = parse_scale(row.grid.label)
            factor = _ONE if own is None else own.money
            return factor if _is_count(amount, factor) and (own is None or ROW_SCALE()) else None
        if reading.unit == "per_share":
            return _CENT if amount.mark == "¢" and CENTS() else _ONE
        if reading.unit == "shares":
            return self.share_scale
        scale: Scale | None = ROW_SCALE.take(parse_scale(row.grid.label)) or self.section.scale
        return None if scale is None else scale.money

    def _unit(self, kind: str, amount: Amount, column: int) -> str:
        """The currency by the column's head, the amount's mark, the caption, the marks of the column's and the section's other amounts."""
        if kind not in ("money", "per_share"):
            return kind
        caption = None if self.section.scale is None else self.section.scale.currency
        head = self.section.heads[column].currency
        currency = settle_currency(head, amount.currency, caption, self.marks.get(column), self.marks.get(None))
        return f"{currency}/share" if kind == "per_share" else currency

    def _source(self, row: BodyRow, cell: Cell, column: int) -> Source:
        text = self.document.text[cell.start : cell.end]
        return Source(cell.start, cell.end, text, self.section.grid.table.ordinal, row.path, self.section.heads[column].text or None)


def _in_column(reading: Reading, *, per_share: bool) -> Reading | None:
    """What a row reports in a column of amounts a share: net income becomes earnings per share, other money nothing."""
    if not per_share or reading.unit == "per_share":
        return reading
    if reading.metric in ("net_income", "net_income_to_common") and PER_SHARE_COLUMN():
        return replace(reading, metric="eps_diluted", unit="per_share")
    return None


def find_marks(section: TableSection) -> dict[int | None, str]:
    """The one currency that marks mean in each column, and under None in the whole section; no entry where they mean none or several."""
    found: dict[int | None, set[str]] = defaultdict(set)
    for row in section.rows:
        for index, (_, amount) in row.grid.values.items():
            if amount.currency in CODES:
                found[index].add(amount.currency)
                found[None].add(amount.currency)
    return {index: next(iter(codes)) for index, codes in found.items() if len(codes) == 1}


# a charge for taxes is above zero, also under a label that names the benefit: "Income tax benefit (expense)"
_SIGNS: dict[str, Callable[[Decimal, BodyRow], Decimal]] = {
    "printed": lambda value, row: value,
    "cost": lambda value, row: abs(value),
    "tax": lambda value, row: -value if "benefit" in row.label.text else value,
}


def _is_percentage(amount: Amount) -> bool:
    return (amount.mark == "%" or amount.decimals > 0) and abs(amount.value) <= TOLERANCES.most_percent


def _is_count(amount: Amount, factor: Decimal) -> bool:
    """Whether an amount, of which one is so many, can be a count of people or things: whole, above zero and no money."""
    return amount.currency is None and amount.value > 0 and amount.value * factor % 1 == 0 and (amount.decimals == 0 or factor > 1)


def _is_per_share(amount: Amount) -> bool:
    return amount.nil or (amount.decimals >= 1 and abs(amount.value) < TOLERANCES.largest_per_share) or amount.mark == "¢"


def with_calendar(period: ColumnPeriod, calendar: Calendar | None) -> ColumnPeriod:
    """The column's end told by the company's fiscal calendar, where the header names only a fiscal quarter or year; how long to date."""
    if calendar is None or (period.end is None and period.year is None):
        return period
    if period.duration == "to_date" and TO_DATE():
        end = period.end or calendar.quarter_end(period.year or 0, calendar.quarter)
        return period._replace(duration=_TO_DATE[calendar.fiscal_quarter(end)[1]], end=end)
    quarter = period.quarter or _LAST_QUARTERS.get(period.duration or "")
    if quarter is None and period.duration == "instant" and calendar.quarter == _YEAR_END:
        quarter = _YEAR_END
    if period.end is not None or period.year is None or quarter is None or not CALENDAR_END():
        return period
    return period._replace(end=calendar.quarter_end(period.year, quarter))
