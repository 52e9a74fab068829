"""Each stage of table reading by itself, with its reason; and that a stage that fails costs its table alone."""

import pytest

from ex99.parsing import parse_release
from ex99.parsing.language.labels import read_label
from ex99.parsing.tables import sections
from ex99.parsing.tables.cells import HeadedRows, RowKind, read_sections
from ex99.parsing.tables.columns import ColumnKind, read_column_head
from ex99.parsing.tables.grid import read_grid
from ex99.parsing.tables.sections import read_tables
from ex99.parsing.tables.statements import Role, tell_role
from tests.parsing.pages import figures_of, html_table, page, read_page

INCOME = [
    ["", "Three Months Ended March 31, 2020", "Three Months Ended March 31, 2019"],
    ["Revenue", "100,000", "90,000"],
    ["Operating expenses", "110,000", "80,000"],
    ["Net income (loss)", "(10,000)", "9,000"],
]
BALANCE = [
    ["", "March 31, 2020", "December 31, 2019"],
    ["Total assets", "500,000", "480,000"],
    ["Total liabilities", "300,000", "290,000"],
    ["Total stockholders' equity", "200,000", "190,000"],
]
OPERATIONS = ("CONSOLIDATED STATEMENTS OF OPERATIONS", "(in thousands)")
SHEETS = ("CONSOLIDATED BALANCE SHEETS", "(in thousands)")


def test_the_grid_tells_columns_and_the_cells_tell_rows():
    grid = read_grid(read_page(html_table([*INCOME, ["Six Months Ended June 30, 2020"], ["Revenue", "1", "2"]])).tables[0])
    assert grid is not None
    assert len(grid.columns) == 2
    [section] = grid.sections
    assert [cell.text for cell in section.heads[0]] == [INCOME[0][1], INCOME[0][2]]
    assert [row.label for row in section.rows][2:] == ["Net income (loss)", "Six Months Ended June 30, 2020", "Revenue"]
    assert [row.is_heading for row in section.rows][2:] == [False, True, False]


def test_a_row_is_told_by_weighed_evidence(monkeypatch):
    """Another scorer can stand behind the same function: here one that takes every row of words for a heading."""
    table = read_page(html_table(INCOME)).tables[0]
    grid = read_grid(table)
    assert grid is not None
    parsed = [[] if n == 0 else list(row.values.values()) for n, row in enumerate([None, *grid.sections[0].rows])]
    monkeypatch.setattr("ex99.parsing.tables.cells.tell_row", lambda _words, _section, *, in_head: RowKind.HEADING)
    [section] = read_sections(table, parsed, grid.columns)
    assert isinstance(section, HeadedRows)
    assert section.heads == []
    assert section.rows[0].is_heading


@pytest.mark.parametrize(
    ("levels", "kind", "reason"),
    [
        (("Three Months Ended", "March 31, 2020"), ColumnKind.PERIOD, "nothing speaks against a period"),
        (("2020 compared with 2019",), ColumnKind.CHANGE, "its header compares"),
        (("Adjustments",), ColumnKind.CHANGE, "its header names a change, an adjustment or an outlook"),
        (("Predecessor", "January 1 to May 5, 2020"), ColumnKind.PART, "a company before or after its reorganization"),
    ],
)
def test_a_column_says_what_it_is_for_and_why(levels, kind, reason):
    head = read_column_head(levels)
    assert (head.kind.answer, head.kind.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("title", "labels", "role", "reason"),
    [
        ("", ["Total assets", "Total liabilities", "Retained earnings"], Role.BALANCE, "assets, liabilities and equity"),
        ("Statements of operations", ["Revenue", "Cost of sales", "Net loss"], Role.INCOME, "revenue, expenses and income"),
        ("Outlook for 2021", ["Revenue"], Role.GUIDANCE, "its title looks ahead"),
        ("Results by segment", ["Widgets", "Gadgets"], Role.SEGMENT, "its title names parts"),
        ("", ["Widgets"], Role.OTHER, ""),
    ],
)
def test_a_table_says_what_it_is_and_why(title, labels, role, reason):
    verdict = tell_role(title, [read_label(label) for label in labels])
    assert (verdict.answer, verdict.reason) == (role, reason)


def test_a_section_gives_its_reasons():
    [section], _ = read_tables(read_page(*OPERATIONS, html_table(INCOME)))
    assert section.reasons == ("income: revenue, expenses and income",)
    assert [reading.metric for _, reading in section.readings] == ["revenue", "net_income"]


@pytest.mark.parametrize("stage", ["read_grid", "read_column_head", "read_rows", "section_readings"])
def test_a_table_that_raises_costs_that_table_alone(monkeypatch, stage):
    real = getattr(sections, stage)
    calls = []

    def fails_first(*args, **kwargs):
        calls.append(args)
        if len(calls) == 1:
            raise IndexError("tuple index out of range")
        return real(*args, **kwargs)

    monkeypatch.setattr(sections, stage, fails_first)
    release = parse_release(page("Widget Works reports its first quarter", *OPERATIONS, html_table(INCOME), *SHEETS, html_table(BALANCE)))
    assert {f.metric for f in release.figures} == {"total_assets", "total_liabilities", "equity"}
    [failed] = [w for w in release.warnings if w.code == "table_failed"]
    assert failed.message.startswith("table 0 (characters ")
    assert "IndexError" in failed.message


def test_figures_that_cannot_be_made_cost_their_table_alone(monkeypatch):
    def fails(self, reading, *_args, **_kwargs):
        raise ZeroDivisionError(reading.metric)

    monkeypatch.setattr("ex99.parsing.tables.values.FigureMaker.make", fails)
    release = parse_release(page(*OPERATIONS, html_table(INCOME)))
    assert [w.code for w in release.warnings if w.code == "table_failed"] == ["table_failed"]


def test_a_statement_whose_columns_cannot_be_dated_warns():
    undated = [["", "Current", "Previous"], *INCOME[1:]]
    release = parse_release(page("Widget Works", *OPERATIONS, html_table(undated)))
    assert release.figures == ()
    [warning] = [w for w in release.warnings if w.code == "columns_undated"]
    assert "table 0 (income)" in warning.message
    assert "Current; Previous" in warning.message


def test_columns_of_losses_keep_their_sign_in_a_table_on_its_side():
    rows = [
        ["", "Net loss", "Loss per share"],
        ["Quarter ended March 31, 2020", "$10,000", "$0.50"],
        ["Quarter ended March 31, 2019", "$9,000", "$0.45"],
    ]
    found = figures_of(page("SUMMARY", "(in thousands, except per share data)", html_table(rows)))
    assert found[("net_income", "gaap", "quarter", "2020-03-31")] == "-10000000"
    assert found[("eps_diluted", "gaap", "quarter", "2020-03-31")] == "-0.50"


def test_signs_of_a_column_of_losses_are_taken_as_printed():
    rows = [
        ["", "Net loss", "Loss per share"],
        ["Quarter ended March 31, 2020", "$(10,000)", "$(0.50)"],
        ["Quarter ended March 31, 2019", "$9,000", "$0.45"],
    ]
    found = figures_of(page("SUMMARY", "(in thousands, except per share data)", html_table(rows)))
    assert found[("net_income", "gaap", "quarter", "2020-03-31")] == "-10000000"
    assert found[("net_income", "gaap", "quarter", "2019-03-31")] == "9000000"
