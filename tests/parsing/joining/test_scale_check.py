import datetime as dt
from decimal import Decimal

import pytest

from ex99.filings.release import Figure, Source
from ex99.parsing.joining.scale_check import correct_scale
from ex99.parsing.prose.candidate import ProseCandidate

END = dt.date(2017, 9, 30)


def _figure(metric: str, value: str, unit: str = "USD", table: int = 0) -> Figure:
    return Figure(metric, "gaap", "quarter", END, Decimal(value), unit, False, Source(900, 907, "412,318", table, metric, "2017"))


def _claim(value: str, step: str, metric: str = "revenue") -> ProseCandidate:
    return ProseCandidate(metric, "gaap", "quarter", END, Decimal(value), Decimal(step), "USD", False, Source(1, 2, ""), sure=True)


TABLE = [
    _figure("revenue", "412318000000"), _figure("eps_diluted", "1.12", "USD/share"), _figure("shares_diluted", "41620000000", "shares"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "printed"), [("412318000000", "1000"), ("412318", "0.001"), ("412.318", "0.000001")])
def test_a_table_that_sentences_contradict_by_a_power_is_put_right(read: str, printed: str) -> None:
    (figure,), warnings = correct_scale([_figure("revenue", read)], [_claim("412300000", "100000")])
    assert figure.value == 412_318_000
    assert [w.code for w in warnings] == ["scale_corrected"]


def test_share_counts_follow_and_per_share_amounts_stay() -> None:
    figures, _ = correct_scale(TABLE, [_claim("412300000", "100000")])
    assert [f.value for f in figures] == [412_318_000, Decimal("1.12"), 41_620_000]


def test_one_sentence_that_fits_keeps_the_scale() -> None:
    prose = [_claim("412300000", "100000"), _claim("412318000000", "1")]
    figures, warnings = correct_scale(TABLE, prose)
    assert figures == TABLE
    assert warnings == []


def test_other_tables_are_left_alone() -> None:
    other = _figure("net_income", "46615000", table=1)
    assert correct_scale([*TABLE, other], [_claim("412300000", "100000")])[0][-1] == other
