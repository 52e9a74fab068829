"""The calibration of grades: intervals, rows that lose their grade, companies held out."""

from benchmarks.grades import Judged, Share, grade_row, hold_out, measure_grades
from ex99.parsing.proof.grading import TABLE

SURE = next(place for place, row in enumerate(TABLE) if row.grade == "A")


def _judge(company: str, right: int, wrong: int = 0, row: int = SURE) -> list[Judged]:
    return [Judged(company, row, True)] * right + [Judged(company, row, False)] * wrong


def test_wilsons_interval_holds_the_share_and_narrows_with_more() -> None:
    low, high = Share(98, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.9300, 0.9945)
    assert Share(980, 1000).interval[0] > low
    assert Share(50, 50).interval[1] == 1.0
    assert Share(0, 0).interval == (0.0, 1.0)


def test_a_row_earns_what_its_figures_reach_unless_they_are_too_few() -> None:
    assert grade_row(SURE, _judge("x", 1000)) == "A"
    assert grade_row(SURE, _judge("x", 990, 10)) == "B"
    assert grade_row(SURE, _judge("x", 900, 100)) == "C"
    assert grade_row(SURE, _judge("x", 9, 1)) == "A"


def test_a_company_is_graded_by_the_others() -> None:
    good = [j for company in "abcdefghi" for j in _judge(company, 100)]
    bad = _judge("z", 60, 40)
    held = hold_out([*good, *bad])
    # where z is held out, the others still promise A, and its mistakes count against it; where it is among the others, the row falls
    assert held["A"].total > 0
    assert held["A"].right < held["A"].total
    assert held["C"].total > 0
    assert held["A"].total + held["B"].total + held["C"].total == len(good) + len(bad)


def test_what_is_pinned() -> None:
    values = measure_grades([j for company in "abcde" for j in _judge(company, 100)])
    assert values == {"grades.A.right": 1.0, "grades.B.right": 1.0, "grades.A.share": 1.0}
    assert measure_grades([]) == {}
