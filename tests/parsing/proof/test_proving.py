"""Support and grade of whole releases' figures."""

import pytest

from ex99.filings.proof import AGAINST, DOUBTS, SUPPORT, passes
from ex99.filings.release import GRADES, Figure
from ex99.parsing import parse_release
from ex99.parsing.proof.grading import TABLE, find_row
from tests.parsing.exhibits import PROSE_ONLY, STATEMENT


def _find(data: bytes, metric: str, duration: str = "quarter", year: int = 2017) -> Figure:
    figures = parse_release(data).figures
    return next(f for f in figures if (f.metric, f.duration) == (metric, duration) and f.period_end and f.period_end.year == year)


def test_a_statement_that_adds_up_supports_its_lines() -> None:
    revenue = _find(STATEMENT, "revenue")
    assert revenue.support == ("statement", "mention_rounded", "part_of_sum", "gross")
    assert revenue.grade == "A"
    assert "sum_of_lines" in _find(STATEMENT, "gross_profit").support


def test_sentences_alone_are_the_rest() -> None:
    figure = _find(PROSE_ONLY, "net_income", year=2007)
    assert (figure.support[0], figure.grade) == ("prose", "C")


def test_a_figure_against_its_statement_is_no_a() -> None:
    wrong = STATEMENT.replace(b"<td>178,892</td><td>556,650</td>", b"<td>178,892</td><td>566,650</td>")
    figure = _find(wrong, "gross_profit", "nine_months")
    assert "against_sum" in figure.support
    assert figure.grade == "C"
    assert "against_sum" not in _find(wrong, "gross_profit").support


def test_a_sentence_that_says_otherwise_speaks_against_a_figure() -> None:
    said = STATEMENT.replace(
        b"Net revenue for the third quarter was $412.3 million", b"Net revenue for the third quarter was $418.3 million"
    )
    figure = _find(said, "revenue")
    assert "against_mention" in figure.support
    assert figure.grade == "B"


def test_a_scale_that_its_table_does_not_state_keeps_a_figure_from_a() -> None:
    figures = parse_release(STATEMENT.replace(b"<br>(in thousands, except per share data)", b"")).figures
    doubted = {f.metric: f for f in figures if "scale_taken" in f.support}
    assert {"gross_profit", "operating_income"} <= doubted.keys()
    assert "A" not in {f.grade for f in doubted.values()}
    assert "scale_taken" not in _find(STATEMENT, "gross_profit").support


def test_words_of_loss_and_the_sign_agree() -> None:
    lost = STATEMENT.replace(b"<td>Net income</td><td>$46,615</td>", b"<td>Net loss</td><td>$(46,615)</td>")
    assert "sign" in _find(lost, "net_income").support


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.words)
def test_rows_name_known_grades_and_codes_and_contradictions_are_never_a(row) -> None:  # type: ignore[no-untyped-def]
    assert row.grade in GRADES
    assert set().union(*row.needs) <= SUPPORT.keys() | AGAINST.keys() | DOUBTS.keys()
    for code in (*AGAINST, *DOUBTS):
        place = find_row("revenue", "gaap", frozenset({"statement", "part_of_sum", "mention_exact", code}))
        assert TABLE[place].grade != "A"


def test_at_least_a_grade() -> None:
    assert [passes(grade, "B") for grade in ("A", "B", "C", None)] == [True, True, False, False]
    assert passes(None, None)
