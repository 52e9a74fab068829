"""Every count of weeks and months through a column head and a sentence, in words and in digits; years of two digits."""

from __future__ import annotations

import pytest

from ex99.parsing import parse_release
from ex99.parsing.language.calendar_words import DURATION_OF_MONTHS, DURATION_OF_WEEKS, NUMBER_WORDS, parse_count, whole_year
from ex99.parsing.language.periods import read_head
from ex99.parsing.prose.period_phrases import find_phrases
from tests.parsing.pages import html_table, page

WORDS = {number: word for word, number in NUMBER_WORDS.items()}
COUNTS = [(n, "weeks", d) for n, d in DURATION_OF_WEEKS.items()] + [(n, "months", d) for n, d in DURATION_OF_MONTHS.items()]
_SPELLINGS = {n: tuple(dict.fromkeys((str(n), word, word.replace("-", " "), word.title()))) for n, word in WORDS.items()}
PRINTED = [(text, unit, d) for n, unit, d in COUNTS for text in _SPELLINGS[n]]


@pytest.mark.parametrize(("count", "unit", "duration"), PRINTED)
def test_every_count_over_a_column_and_in_a_sentence(count: str, unit: str, duration: str) -> None:
    assert read_head(f"{count} {unit.title()} Ended September 26, 2020").durations == (duration,)
    ended = f"for the {count} {unit} ended september 26, 2020".lower()
    assert [p.duration for p in find_phrases(ended, 0, len(ended))] == [duration]
    period = f"in the {count}-{unit[:-1]} period of 2020".lower()
    assert [p.duration for p in find_phrases(period, 0, len(period))] == [duration]


@pytest.mark.parametrize(("count", "unit", "duration"), [(c, u, d) for c, u, d in PRINTED if d != "year"])
def test_every_count_through_a_whole_release(count: str, unit: str, duration: str) -> None:
    ends = {"quarter": "March 28, 2020", "half": "June 27, 2020", "nine_months": "September 26, 2020"}
    quarter = {"quarter": "first", "half": "second", "nine_months": "third"}[duration]
    head = f"{count} Weeks Ended {ends[duration]}" if unit == "weeks" else f"{count} Months Ended {ends[duration]}"
    sentence = f"For the {count.lower()} {unit} ended {ends[duration]}, operating income was $55.0 million."
    rows = [
        ["", head],
        ["Net sales", "900,000"],
        ["Cost of sales", "600,000"],
        ["Income before income taxes", "50,000"],
        ["Net income", "40,000"],
        ["Diluted earnings per share", "0.40"],
    ]
    data = page(
        f"WIDGET WORKS REPORTS {quarter.upper()} QUARTER 2020 RESULTS", sentence, "STATEMENTS OF INCOME (in thousands)", html_table(rows)
    )
    found = {f.metric: f.duration for f in parse_release(data).figures}
    assert found["revenue"] == duration
    assert found["operating_income"] == duration


@pytest.mark.parametrize("text", ["three and nine months ended", "3 and 9 months ended", "thirteen and thirty-nine weeks ended"])
def test_two_counts_of_one_head(text: str) -> None:
    assert read_head(f"For the {text} September 26, 2020").durations == ("quarter", "nine_months")


@pytest.mark.parametrize(("text", "number"), [("28", 28), ("Twenty-Eight", 28), ("twenty eight", 28), ("few", None), ("²", None)])
def test_numbers(text: str, number: int | None) -> None:
    assert parse_count(text) == number


def test_number_words_are_whole() -> None:
    assert sorted(NUMBER_WORDS.values()) == list(range(1, 100))


@pytest.mark.parametrize(("digits", "year"), [("99", 1999), ("93", 1993), ("00", 2000), ("05", 2005), ("2019", 2019)])
def test_years_of_two_digits(digits: str, year: int) -> None:
    assert whole_year(digits) == year
    assert read_head(f"Q4'{digits}" if len(digits) == 2 else f"Q4 {digits}").years == (year,)
    assert [p.year for p in find_phrases(f"q4'{digits}", 0, 7)] == [year] or len(digits) == 4


def test_a_quarter_of_the_last_century_in_a_sentence() -> None:
    data = page("WIDGET WORKS REPORTS RESULTS FOR Q4'99", "TRENTON, Jan. 24, 2000 -- Widget Works said revenue for Q4'99 was $4.1 million.")
    assert [(f.metric, f.duration, str(f.period_end)) for f in parse_release(data).figures] == [("revenue", "quarter", "1999-12-31")]
