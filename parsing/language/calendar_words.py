"""The words by which releases count time: number words, ordinals, and how long so many weeks or months are."""

from __future__ import annotations

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

NUMBER_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{ten: 10 * number for number, ten in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10 * number + digit for number, ten in enumerate(_TENS, 2) for digit, one in enumerate(_ONES[:9], 1)},
}
"""1 to 99 in words."""
ORDINALS: dict[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
"""The quarters of a year in words."""
DURATION_OF_MONTHS: dict[int, str] = {3: "quarter", 6: "half", 9: "nine_months", 12: "year"}
DURATION_OF_WEEKS: dict[int, str] = {
    **dict.fromkeys((11, 12, 13, 14, 16, 17), "quarter"),
    **dict.fromkeys((24, 25, 26, 27, 28), "half"),
    **dict.fromkeys((36, 37, 39, 40), "nine_months"),
    **dict.fromkeys((52, 53), "year"),
}
"""Retailers' and restaurants' quarters: 13 weeks or 14, or three of 12 and one of 16 or 17."""

COUNTS = frozenset(DURATION_OF_MONTHS) | frozenset(DURATION_OF_WEEKS)
"""Every count of weeks or months that a report covers."""


def _spelled(counts: frozenset[int]) -> str:
    """The words of counts as a pattern, longest first: "twenty-eight", "twenty eight"."""
    named = sorted((word for word, number in NUMBER_WORDS.items() if number in counts), key=len, reverse=True)
    return "|".join(word.replace("-", r"[-\s]?") for word in named)


COUNT = rf"(?:{_spelled(COUNTS)}|\d{{1,2}})"
"""A pattern of a count of weeks or months in lower case."""
COUNT_OF_WEEKS = rf"(?:{_spelled(frozenset(DURATION_OF_WEEKS))}|{'|'.join(map(str, DURATION_OF_WEEKS))})"
ORDINAL = "(?:" + "|".join(ORDINALS) + ")"

_BY_LETTERS = {word.replace("-", ""): number for word, number in NUMBER_WORDS.items()}


def parse_count(printed: str) -> int | None:
    """A whole number in digits or words, in any case: "28", "twenty-eight", "Twenty eight"; None for anything else."""
    letters = "".join(printed.lower().replace("-", "").split())
    return int(letters) if letters.isdigit() and letters.isascii() else _BY_LETTERS.get(letters)


def count_duration(count: str, unit: str) -> str | None:
    """The duration of so many months or weeks: "three", "mos." -> quarter; None for counts that reports do not use."""
    durations = DURATION_OF_WEEKS if unit.lower().startswith("w") else DURATION_OF_MONTHS
    return durations.get(parse_count(count) or 0)


def whole_year(digits: str) -> int:
    """The year that two or four digits mean: "99" -> 1999, "05" -> 2005; EDGAR's filings begin in the nineties."""
    year = int(digits)
    return year if year > 99 else 1900 + year if year >= 80 else 2000 + year
