import datetime as dt
from decimal import Decimal

from ex99.filings.release import Figure, ParseWarning, Source
from ex99.parsing.candidates import Candidate, Place
from ex99.parsing.tables.consistency import keep_consistent

END = dt.date(2017, 9, 30)


def _candidate(value: str, table: int, place: Place = "statement", metric: str = "revenue") -> Candidate:
    source = Source(table * 100, table * 100 + 3, value, table, metric, "2017")
    return Candidate(Figure(metric, "gaap", "quarter", END, Decimal(value), "USD", False, source), place)


def _kept(candidates: list[Candidate], consolidated: frozenset[int] = frozenset()) -> tuple[set[int | None], list[ParseWarning]]:
    warnings: list[ParseWarning] = []
    return {c.figure.source.table for c in keep_consistent(candidates, warnings, consolidated)}, warnings


def test_a_table_that_contradicts_the_statement_is_left_out_with_a_warning() -> None:
    kept, warnings = _kept([_candidate("400", 1), _candidate("150", 2)])
    assert kept == {1}
    assert [w.code for w in warnings] == ["other_entity"]


def test_statements_come_before_highlights() -> None:
    assert _kept([_candidate("150", 1, "highlights"), _candidate("400", 2)])[0] == {2}


def test_a_consolidated_table_comes_before_a_segments_statement() -> None:
    assert _kept([_candidate("400", 1, "highlights"), _candidate("150", 2)], frozenset({1}))[0] == {1}


def test_a_larger_table_that_is_not_consolidated_changes_nothing() -> None:
    assert _kept([_candidate("400", 1, "highlights"), _candidate("150", 2)])[0] == {2}


def test_rounded_tables_agree() -> None:
    kept, warnings = _kept([_candidate("412318", 1), _candidate("412000", 2, "highlights")])
    assert kept == {1, 2}
    assert warnings == []
