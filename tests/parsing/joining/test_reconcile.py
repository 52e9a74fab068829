import datetime as dt
from dataclasses import replace
from decimal import Decimal

from ex99.filings.fiscal import Calendar
from ex99.filings.release import Figure, Source
from ex99.parsing.joining.reconcile import reconcile
from ex99.parsing.prose.candidate import ProseCandidate

NOW, AGO = dt.date(2017, 9, 30), dt.date(2016, 9, 30)
CALENDAR = Calendar(2017, 3, NOW)
FIGURE = Figure(
    "revenue", "gaap", "quarter", NOW, Decimal(412_318_000), "USD", False, Source(900, 907, "412,318", 0, "Net revenue", "2017")
)
CLAIM = ProseCandidate(
    "revenue", "gaap", "quarter", NOW, Decimal("412.3e6"), Decimal("100000"), "USD", False, Source(10, 24,
    "$412.3 million"), sure=True, sentence=1
)  # fmt: skip


def test_prose_that_agrees_becomes_a_mention() -> None:
    (figure,) = reconcile([FIGURE], [CLAIM], CALENDAR).figures
    assert figure.value == 412_318_000
    assert figure.mentions == (CLAIM.source,)


def test_ends_within_days_are_one_period() -> None:
    (figure,) = reconcile([FIGURE], [replace(CLAIM, period_end=dt.date(2017, 10, 1))], CALENDAR).figures
    assert figure.period_end == NOW


def test_prose_that_disagrees_with_a_statement_is_dropped() -> None:
    (figure,) = reconcile([FIGURE], [replace(CLAIM, value=Decimal("101e6"))], CALENDAR).figures
    assert figure.mentions == ()


def test_what_a_disagreeing_sentence_compares_with_is_dropped_too() -> None:
    region = [replace(CLAIM, value=Decimal("101e6")), replace(CLAIM, value=Decimal("99e6"), period_end=AGO, comparative=True)]
    assert len(reconcile([FIGURE], region, CALENDAR).figures) == 1


def test_what_no_statement_reports_comes_from_prose() -> None:
    (figure,) = reconcile([], [CLAIM], CALENDAR).figures
    assert (figure.value, figure.source) == (Decimal("412.3e6"), CLAIM.source)


def test_unsure_claims_are_no_figures() -> None:
    assert reconcile([], [replace(CLAIM, sure=False)], CALENDAR).figures == ()


def test_the_most_exact_of_agreeing_claims_is_kept() -> None:
    exact = replace(CLAIM, value=Decimal("412.31e6"), precision=Decimal("10000"), source=Source(50, 65, "$412.31 million"), sentence=2)
    (figure,) = reconcile([], [CLAIM, exact], CALENDAR).figures
    assert figure.source == exact.source
    assert figure.mentions == (CLAIM.source,)


def test_an_eps_that_is_no_neighbour_of_the_other_kind_is_left_out() -> None:
    basic = replace(FIGURE, metric="eps_basic", value=Decimal("2.14"), unit="USD/share")
    near = replace(CLAIM, metric="eps_diluted", value=Decimal("2.10"), precision=Decimal("0.01"), unit="USD/share")
    assert [f.metric for f in reconcile([basic], [near], CALENDAR).figures] == ["eps_diluted", "eps_basic"]
    assert [f.metric for f in reconcile([basic], [replace(near, value=Decimal("0.01"))], CALENDAR).figures] == ["eps_basic"]


def test_a_marked_eps_is_kept_before_an_unmarked_one() -> None:
    eps = replace(CLAIM, metric="eps_diluted", value=Decimal("0.04"), precision=Decimal("0.01"), unit="USD/share")
    (figure,) = reconcile([], [replace(eps, qualifier="unmarked EPS"), replace(eps, sentence=2)], CALENDAR).figures
    assert figure.qualifier is None


def test_sentences_that_differ_keep_the_first_and_warn() -> None:
    other = replace(CLAIM, value=Decimal("90e6"), sentence=2)
    answer = reconcile([], [CLAIM, other], CALENDAR)
    assert [f.value for f in answer.figures] == [CLAIM.value]


def test_a_sentence_that_names_its_period_is_believed_before_a_headline() -> None:
    headline = replace(CLAIM, value=Decimal("1.2e9"), named=False, sentence=0)
    assert [f.value for f in reconcile([], [headline, CLAIM], CALENDAR).figures] == [CLAIM.value]


def test_earlier_periods_are_comparatives() -> None:
    figures = reconcile([FIGURE, replace(FIGURE, period_end=AGO, source=Source(910, 917, "388,004"))], [], CALENDAR).figures
    assert [f.comparative for f in figures] == [False, True]


def test_without_a_calendar_periods_before_the_latest_are_comparatives() -> None:
    ago = replace(FIGURE, period_end=AGO, source=Source(910, 917, "388,004"))
    cash = replace(FIGURE, metric="cash", duration="instant", period_end=AGO, source=Source(920, 926, "25,100"))
    figures = reconcile([FIGURE, ago, cash], [], None).figures
    assert [(f.metric, f.comparative) for f in figures] == [("revenue", False), ("revenue", True), ("cash", False)]


def test_a_key_stands_once() -> None:
    again = replace(FIGURE, value=Decimal(1), source=Source(950, 951, "1", 1))
    (figure,) = reconcile([FIGURE, again], [], CALENDAR).figures
    assert figure.value == FIGURE.value


def test_net_income_to_common_may_stand_on_two_lines() -> None:
    company = replace(FIGURE, metric="net_income_to_common", qualifier="to the company")
    common = replace(company, qualifier="to common shareholders", value=Decimal(1), source=Source(950, 951, "1", 0))
    assert len(reconcile([company, common], [], CALENDAR).figures) == 2


def test_a_paragraph_that_contradicts_the_statements_speaks_of_a_segment() -> None:
    segment = [
        replace(CLAIM, value=Decimal("101e6"), block=5, sentence=5),
        replace(CLAIM, metric="net_interest_income", value=Decimal("25e6"), block=5, sentence=6),
    ]
    assert reconcile([FIGURE], segment, CALENDAR).figures == (FIGURE,)
    elsewhere = replace(segment[1], block=9)
    assert len(reconcile([FIGURE], [segment[0], elsewhere], CALENDAR).figures) == 2


def test_an_amount_without_a_period_that_repeats_the_year_to_date_is_its_mention() -> None:
    to_date = replace(FIGURE, metric="operating_cash_flow", duration="nine_months")
    claim = replace(CLAIM, metric="operating_cash_flow", named=False)
    (figure,) = reconcile([to_date], [claim], CALENDAR).figures
    assert (figure.duration, figure.mentions) == ("nine_months", (claim.source,))
    assert len(reconcile([to_date], [replace(claim, named=True)], CALENDAR).figures) == 2


def test_a_table_that_repeats_what_is_said_of_another_company_is_left_out() -> None:
    profit = replace(FIGURE, metric="gross_profit")
    claim = replace(CLAIM, metric="gross_profit", sure=False, others=True)
    found = reconcile([profit], [claim], CALENDAR)
    assert found.figures == ()
    assert [w.code for w in found.warnings] == ["other_entity"]
    assert len(reconcile([profit, replace(FIGURE, source=replace(FIGURE.source, table=1))], [claim], CALENDAR).figures) == 2
