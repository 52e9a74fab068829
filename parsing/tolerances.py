"""Every threshold of table reading and joining, in one record: what is near, what is long, what is plausible."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tolerances:
    """Thresholds by stage; lengths in characters, typewritten places in columns of a line, amounts in the unit that the name says."""

    # cells and rows
    longest_value: int = 40
    """No printed number is longer than this."""
    longest_without_digit: int = 8
    """A cell without a digit that is longer holds words."""
    longest_head: int = 120
    """A header names a period in fewer characters; longer ones are notes."""
    longest_period_heading: int = 60
    longest_heading: int = 160
    most_label_lines: int = 4
    """Headings right above a row that may be the first lines of its label."""
    """Longer rows without values are notes, not headings."""
    before_columns: int = 12
    """How far left of the first typewritten column a header may begin ..."""
    into_columns: int = 4
    """... or how far it must reach beyond that column's left edge."""
    # columns
    most_columns: int = 80
    """More columns of values than any statement has; such a table is not ordered, so that time stays in proportion to length."""
    same_edge: int = 2
    """Right edges of typewritten numbers of one column differ by less than three characters."""
    same_place: int = 3
    """Columns of two typewritten tables that go on in each other differ by no more."""
    numbers_in_labels: int = 2
    """A typewritten column left of the others with no more numbers is none, where ..."""
    numbers_of_column: int = 8
    """... the next one has so many."""
    widest_span: int = 8
    """Cells of more grid columns, and of three times the usual, do not make columns."""
    longest_note: int = 9
    # headers
    beside: int = 3
    """Characters that a header of an equal share of the columns may stand off these."""
    off_center: float = 0.45
    """How far off the middle of its columns a header may stand, as a part of the columns' distance."""
    off_share: float = 0.75
    """How differently headers may stand in equal shares of the columns, as a part of the columns' distance."""
    borrowed: int = 10
    """How far off a typewritten column the header may stand that it borrows."""
    longest_loose_head: int = 80
    longest_head_line: int = 160
    # captions
    longest_caption: int = 260
    longest_lead: int = 600
    shortest_sentence: int = 60
    most_caption_blocks: int = 7
    shortest_title: int = 12
    longest_per_share_title: int = 80
    before_tables: int = 3000
    """A release's first characters, which name the company."""
    fewest_metrics_across: int = 2
    """A table on its side names as many metrics in its headers."""
    # scale
    whole_units: int = 100_000
    """Numbers as large are whole units where no table states a scale, ..."""
    most_thousands: Decimal = Decimal(10**11)
    """... or that would be more money than this if they were thousands ..."""
    most_millions: Decimal = Decimal(6 * 10**12)
    """... or more than this if they were millions."""
    most_percent: int = 400
    """A column of percentages of revenue holds no larger number."""
    smallest_telling_eps: Decimal = Decimal("0.05")
    fewest_shares: Decimal = Decimal(200_000)
    most_shares: Decimal = Decimal(4 * 10**10)
    share_ratio: Decimal = Decimal("2.5")
    """How far net income over EPS may be from the share count that it tells the scale of."""
    whole_count: int = 10_000_000
    """A printed share count as large is in units, but for companies whose money is as much as ten billion shares go with."""
    smallest_count: int = 20
    largest_per_share: int = 10_000
    largest_per_share_row: int = 10_000
    # periods
    quarter_gap: tuple[int, int] = (80, 105)
    """Days between the ends of two quarters that follow each other."""
    year_gap: tuple[int, int] = (355, 375)
    """Days between the ends of two years that follow each other."""
    lead: int = 4000
    """Characters of a release in which it says what it reports, and ..."""
    lead_blocks: int = 40
    """... the paragraphs."""
    latest_release: dt.timedelta = dt.timedelta(days=150)
    """No release comes later after its period's end than this; annual reports of small companies come last."""
    before_weeks: int = 24
    """Characters before "weeks" in which their count stands."""
    # rows
    fewest_lines: int = 5
    """A statement has as many lines at least."""
    lines_of_equity: int = 5
    """So many lines above the total of equity the company's own equity and what others hold are looked for."""
    lines_of_eps: int = 4
    """Earnings per share of discontinued operations and of all stand within so many lines of those of continuing ones."""
    lines_of_revenue: int = 8
    """A total of revenue stands within so many lines of the part of it that bears its name."""
    last_digit: Decimal = Decimal("1.5")
    """How far rounded lines may miss their sum, in units of the last printed digit."""
    cents_of_sum: Decimal = Decimal("0.0105")
    # one company or several
    other_line: Decimal = Decimal("0.012")
    """Two lines of one company that bear one name differ by a smaller part of the larger; a segment's from the company's by more."""
    part_of_whole: Decimal = Decimal("1.1")
    """A whole is larger than its part by this factor at least."""
    # checks
    eps_slack: Decimal = Decimal("0.0105")
    """Two rounded cents: one of the printed figure, one of the income and share counts behind it."""
    tax_slack: Decimal = Decimal("0.02")
    """How far pretax income less tax may be from net income, as a part of pretax income."""
    eps_share: Decimal = Decimal("0.05")
    """Preferred dividends and participating securities move EPS by a few percent of itself."""
    one_cent: Decimal = Decimal("0.0101")
    column_ratio: int = 30
    """No company's revenue or share count differs by more between two columns of one table; a scale misread differs by a thousand."""
    largest_eps: int = 5000
    between_liabilities_and_equity: Decimal = Decimal("0.3")
    """What stands between liabilities and equity (minorities, mezzanine) is a smaller part of total assets."""

    most_lines: int = 100
    """Lines of one metric that are compared with each other, the best placed; no release has as many."""
    # proof
    rows_of_sum: int = 30
    """So many rows above a total may belong to it."""
    sure_digits: int = 4
    """A value of fewer digits may equal a sum by chance, where one column is all there is."""
    many_parts: int = 4
    """The roundings of as many parts may miss a sum by two of the last digit."""
    eps_proves: Decimal = Decimal("0.015")
    """Participating securities move earnings per share by a little more than rounding does, ..."""
    eps_contradicts: Decimal = Decimal("0.1")
    """... and by less than this part of it."""
    days_of_quarters: int = 12
    """How far off quarters of 91 days the end of an earlier quarter may lie."""


TOLERANCES = Tolerances()
