"""Series: vintages, restatements, derived quarters, gaps, splits; the same for any order of arrival."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ex99.filings.filing import NEW_YORK
from ex99.filings.fiscal import Calendar, FiscalCalendar, calendar_quarter, merge_period_ends
from ex99.filings.identifiers import AccessionNumber
from ex99.filings.release import Figure, FiscalPeriod, Source
from ex99.storage import queries, series
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.series_model import SeriesKey, build_series
from ex99.storage.vintages import Vintage, known_until
from ex99.storage.writer import Writer
from tests.storage import made

KEY = SeriesKey(made.ACME, "revenue", "gaap", "quarter")
NO_CALENDAR = FiscalCalendar([])


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def vintage(value: str, filed: str, end: str = "2023-12-31", *, printed: str | None = None, **facts: object) -> Vintage:
    text = printed or f"{int(Decimal(value)) // 1000:,}"
    exact = Decimal(100_000) if text.endswith("million") else Decimal(1000)
    given_facts: dict[str, object] = {
        "unit": "USD", "metric": "revenue", "basis": "gaap", "duration": "quarter",
        "accession": AccessionNumber(f"0009999999-24-{day(filed).toordinal():06d}"),
        "form": "8-K", "acceptance": None, "document_id": 1, "rank": 0, "sequence": 2, "release_id": 1, "position": 0, "comparative": False,
        "qualifier": None, **facts,
    }  # fmt: skip
    return Vintage(  # type: ignore[arg-type]
        value=Decimal(value), precision=exact, period_end=day(end), filing_date=day(filed), source=Source(0, len(text), text), **given_facts
    )


def build(vintages: Sequence[Vintage], **options: object) -> series.Series:
    return build_series(KEY, vintages, NO_CALENDAR, **options)  # type: ignore[arg-type]


def test_a_figure_of_grade_c_restates_no_surer_one() -> None:
    surer = vintage("4085000", "2024-02-01", grade="A")
    told = build([surer, vintage("9100000", "2024-05-01", grade="C"), vintage("4085000", "2024-08-01", grade="C")])
    assert [point.value for point in told.points] == [Decimal(4085000)]
    assert told.restatements == ()
    assert [(c.rule, c.taken.value, c.other.value) for c in told.conflicts] == [("surer", Decimal(4085000), Decimal(9100000))]


@pytest.mark.parametrize(("first", "second"), [("C", "C"), ("C", None), ("A", "B"), ("B", "A"), (None, None)])
def test_figures_as_sure_as_others_restate_them(first: str | None, second: str | None) -> None:
    told = build([vintage("4085000", "2024-02-01", grade=first), vintage("9100000", "2024-05-01", grade=second)])
    assert len(told.restatements) == 1


def test_rounding_is_no_restatement_and_the_finest_digits_are_taken() -> None:
    told = [
        vintage("4100000", "2024-02-01", printed="$4.1 million"),
        vintage("4085000", "2024-03-01"),
        vintage("4100000", "2025-02-01", printed="$4.1 million"),
    ]
    built = build(told)
    assert (built.restatements, built.points[0].value) == ((), Decimal(4085000))
    assert build(told, choice="first").points[0].value == Decimal(4100000)
    assert len(built.points[0].vintages) == 3


def test_restatement_of_one_unit_is_listed_with_both_releases() -> None:
    told = [vintage("4085000", "2024-02-01"), vintage("4085000", "2024-05-01"), vintage("4086000", "2025-02-01", comparative=True)]
    (restatement,) = build(told).restatements
    assert (restatement.before.filing_date, restatement.after.filing_date) == (day("2024-02-01"), day("2025-02-01"))
    assert build(told).points[0].value == Decimal(4086000)
    assert build(told, choice="first").points[0].vintage.filing_date == day("2024-02-01")


def test_other_currency_is_a_restatement() -> None:
    built = build([vintage("4085000", "2024-02-01"), vintage("4085000", "2025-02-01", unit="EUR")])
    assert built.restatements[0].note == "unit USD -> EUR"


def test_amendment_of_the_same_day_wins_and_is_listed() -> None:
    accession = AccessionNumber("0000000001-24-000001")
    told = [vintage("4085000", "2024-02-01"), vintage("4095000", "2024-02-01", form="8-K/A", accession=accession)]
    for choice in ("first", "latest"):
        built = build(told, choice=choice)
        assert (built.points[0].value, built.restatements) == (Decimal(4095000), ())
        assert [(c.rule, c.taken.form, c.other.form) for c in built.conflicts] == [("one_day", "8-K/A", "8-K")]


def test_two_lines_of_one_filing_are_settled_by_rank_and_place() -> None:
    told = [
        vintage("9000", "2024-02-01", position=4),
        vintage("8000", "2024-02-01", position=3),
        vintage("7000", "2024-02-01", rank=1, position=0),
    ]
    built = build(told)
    assert built.points[0].value == Decimal(8000)
    assert {c.other.value for c in built.conflicts} == {Decimal(9000), Decimal(7000)}
    assert {c.rule for c in built.conflicts} == {"one_filing"}


def test_fourth_quarter_is_derived_from_year_and_nine_months() -> None:
    told = [
        vintage("900000", "2023-11-01", "2023-09-30", duration="nine_months"),
        vintage("300000", "2023-11-01", "2023-09-30"),
        vintage("1300000", "2024-02-01", "2023-12-31", duration="year"),
    ]
    reported, derived = build(told).points
    assert (reported.status, derived.status, derived.value) == ("reported", "derived", Decimal(400000))
    assert derived.formula == "year 1300000 less nine months 900000"
    key = SeriesKey(made.ACME, "eps_diluted", "gaap", "quarter")
    assert [p.status for p in build_series(key, told, NO_CALENDAR).points] == ["reported"]
    printed = [*told, vintage("410000", "2025-02-01", "2023-12-31", comparative=True)]
    assert [(p.status, p.value) for p in build(printed).points][-1] == ("reported", Decimal(410000))


def test_other_quarters_are_derived_from_the_year_to_date() -> None:
    told = [
        vintage("100000", "2023-05-01", "2023-03-31"),
        vintage("250000", "2023-08-01", "2023-06-30", duration="half"),
        vintage("450000", "2023-11-01", "2023-09-30", duration="nine_months"),
    ]
    points = build(told).points
    assert [(p.status, int(p.value)) for p in points] == [("reported", 100000), ("derived", 150000), ("derived", 200000)]
    assert points[2].formula == "nine months 450000 less half year 250000"
    assert [(p.status, int(p.value)) for p in build(told[1:]).points] == [("derived", 200000)]
    foreign = [told[0], vintage("250000", "2023-08-01", "2023-06-30", duration="half", unit="EUR")]
    assert len(build(foreign).points) == 1


def test_derived_first_uses_what_was_known_then() -> None:
    told = [
        vintage("900000", "2023-11-01", "2023-09-30", duration="nine_months"),
        vintage("1300000", "2024-02-01", "2023-12-31", duration="year"),
        vintage("950000", "2024-11-01", "2023-09-30", duration="nine_months"),
    ]
    assert build(told, choice="first").points[0].value == Decimal(400000)
    assert build(told).points[0].value == Decimal(350000)
    restated = [*told[:2], vintage("1400000", "2025-02-01", "2023-12-31", duration="year")]
    assert "not restated" in (build(restated).points[0].formula or "")


def test_period_ends_within_a_week_are_one_point() -> None:
    told = [
        vintage("1000", "2024-02-01", "2023-12-30"),
        vintage("1000", "2024-02-20", "2023-12-30"),
        vintage("1000", "2025-02-01", "2023-12-31"),
    ]
    assert [p.period_end for p in build(told).points] == [day("2023-12-30")]
    assert merge_period_ends([]) == {}


def test_a_point_says_where_it_is_rounded() -> None:
    ends = ["2023-03-31", "2023-06-30", "2023-09-30"]
    told = [vintage("4085000", "2024-02-01", end) for end in ends]
    built = build([*told, vintage("4100000", "2024-02-01", printed="$4.1 million")])
    assert [(point.precision, built.is_rounded(point)) for point in built.points] == [*([(1000, False)] * 3), (100_000, True)]
    year = vintage("16000000", "2024-02-01", duration="year", printed="$16 million")
    derived = build([year, vintage("12000000", "2023-11-01", "2023-09-30", duration="nine_months")]).points[-1]
    assert (derived.status, derived.precision) == ("derived", 100_000)


def test_gaps_are_gaps() -> None:
    ends = ["2022-03-31", "2022-06-30", "2023-06-30", "2023-10-28"]
    built = build([vintage("1000", "2024-02-01", end) for end in ends])
    assert [(g.after, g.before, g.missing) for g in built.gaps] == [(day("2022-06-30"), day("2023-06-30"), 3)]


def test_fiscal_labels_are_learnt() -> None:
    calendar = FiscalCalendar(
        [
            Calendar(2023, 4, day("2023-09-30")),
            Calendar(2024, 1, day("2023-12-30")),
            Calendar(2024, 1, day("2023-12-30")),
            Calendar(2023, 1, day("2023-12-30")),
        ]
    )
    assert calendar.label(day("2023-12-31")) == (2024, 1)
    assert calendar.label(day("2020-12-26")) == (2021, 1)
    assert calendar.label(day("2024-06-29")) == (2024, 3)
    assert FiscalCalendar([]).label(day("2024-06-29")) == (None, None)
    assert [calendar_quarter(day(d)) for d in ("2024-01-31", "2024-03-30", "2024-09-01")] == ["2023Q4", "2024Q1", "2024Q3"]


@st.composite
def histories(draw: st.DrawFn) -> list[Vintage]:
    ends = ["2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31", "2023-12-30"]
    count = draw(st.integers(1, 14))
    told = []
    for number in range(count):
        filed = dt.date(2024, 1, 1) + dt.timedelta(days=draw(st.integers(0, 6)))
        told.append(
            vintage(
                str(draw(st.integers(990, 1010)) * 1000),
                filed.isoformat(),
                draw(st.sampled_from(ends)),
                duration=draw(st.sampled_from(["quarter", "nine_months", "year"])),
                accession=AccessionNumber(f"0009999999-24-{draw(st.integers(1, 5)):06d}"),
                form=draw(st.sampled_from(["8-K", "8-K/A"])),
                rank=draw(st.integers(0, 1)),
                position=number,
            )
        )
    return told


@given(histories(), st.randoms(use_true_random=False), st.sampled_from(["first", "latest"]))
@settings(max_examples=150, deadline=None)
def test_any_order_of_arrival_gives_the_same_series(told: list[Vintage], chance: random.Random, choice: str) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert build(shuffled, choice=choice) == build(told, choice=choice)


@given(histories(), st.integers(0, 7), st.sampled_from(["first", "latest"]), st.integers(0, 23))
@settings(max_examples=100, deadline=None)
def test_as_of_never_shows_what_was_filed_later(told: list[Vintage], days: int, choice: str, hour: int) -> None:
    moments = [dt.datetime.combine(v.filing_date - dt.timedelta(days=hour > 17), dt.time(hour), NEW_YORK) for v in told]
    told = [dataclasses.replace(v, acceptance=moment) for v, moment in zip(told, moments, strict=True)]
    as_of = dt.date(2024, 1, 1) + dt.timedelta(days=days)
    then = build(known_until(told, as_of), choice=choice, as_of=as_of)
    shown = [v for p in then.points for v in (p.vintage, *p.vintages)] + [v for r in then.restatements for v in (r.before, r.after)]
    assert all(v.filing_date <= as_of for v in shown)
    later = [v for v in told if v.filing_date > as_of]
    assert build(known_until([v for v in told if v not in later], as_of), choice=choice, as_of=as_of) == then


def _publish(
    writer: Writer, archive: Archive, number: int, filed: str, figures: Sequence[Figure], version: str = "1", **facts: object
) -> None:
    content = f"release {number}".encode()
    filing = made.filing(number, filed, acceptance=made.at(f"{filed}T16:30"))
    writer.save_submission(made.submission(filing, content))
    document = next(d for d in queries.list_documents(archive, FilingFilter(accessions=[filing.accession])) if d.rank == 0)
    release = made.release(content, version=version, figures=tuple(figures), **facts)  # type: ignore[arg-type]
    writer.save_release(document.id, release, writer.start_parse(version))


def _quarter(end: str, thousands: int, **facts: object) -> Figure:
    return made.figure(value=str(thousands * 1000), end=end, printed=f"{thousands:,}", **facts)


HISTORY = {
    1: ("2023-02-01", [_quarter("2022-12-31", 1000)], FiscalPeriod(2023, 1, dt.date(2022, 12, 31))),
    2: (
        "2023-05-01",
        [_quarter("2023-03-31", 1100), _quarter("2022-03-31", 900, comparative=True)],
        FiscalPeriod(2023, 2, dt.date(2023, 3, 31)),
    ),
    3: (
        "2024-02-01",
        [_quarter("2023-12-31", 1200), _quarter("2022-12-31", 1010, comparative=True)],
        FiscalPeriod(2024, 1, dt.date(2023, 12, 31)),
    ),
}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_series_from_an_archive(archive: Archive, writer: Writer, order: tuple[int, ...]) -> None:
    for number in order:
        filed, figures, period = HISTORY[number]
        _publish(writer, archive, number, filed, figures, fiscal_period=period)
    latest = series.read_series(archive, made.ACME, "revenue")
    assert [(p.period_end.isoformat(), int(p.value) // 1000, p.fiscal_year, p.fiscal_quarter) for p in latest.points] == [
        ("2022-03-31", 900, 2022, 2), ("2022-12-31", 1010, 2023, 1), ("2023-03-31", 1100, 2023, 2), ("2023-12-31", 1200, 2024, 1),
    ]  # fmt: skip
    assert [(g.after.isoformat(), g.missing) for g in latest.gaps] == [("2022-03-31", 2), ("2023-03-31", 2)]
    first = series.read_series(archive, made.ACME, "revenue", vintage="first")
    assert [int(p.value) // 1000 for p in first.points] == [900, 1000, 1100, 1200]
    assert [(r.period_end, r.before.accession, r.after.accession) for r in latest.restatements] == [
        (day("2022-12-31"), made.accession(1), made.accession(3))
    ]
    then = series.read_series(archive, made.ACME, "revenue", as_of=day("2024-01-31"))
    assert [int(p.value) // 1000 for p in then.points] == [900, 1000, 1100]
    assert all(v.filing_date <= day("2024-01-31") for p in then.points for v in p.vintages)
    assert series.list_series(archive, made.ACME) == [("revenue", "gaap", "quarter", 5)]
    assert series.read_series(archive, made.BOLT, "revenue").points == ()
    assert latest.company == "ACME ANVILS INC"
    before = latest
    for number in order:
        filed, figures, period = HISTORY[number]
        _publish(writer, archive, number, filed, figures, "2", fiscal_period=period)
    after = series.read_series(archive, made.ACME, "revenue")
    assert [(p.period_end, p.value, p.status) for p in after.points] == [(p.period_end, p.value, p.status) for p in before.points]


def test_a_years_dividends_after_a_split_are_a_sum_of_rounded_ones(archive: Archive, writer: Writer) -> None:
    def figures(dividends: str, shares: int, comparative: bool) -> list[Figure]:
        year = {"duration": "year", "comparative": comparative}
        return [
            made.figure("dividends_per_share", dividends, "2022-12-31", unit="USD/share", printed=dividends, **year),
            made.figure("shares_diluted", str(shares * 1000), "2022-12-31", unit="shares", printed=f"{shares:,}", **year),
        ]

    _publish(writer, archive, 1, "2023-02-01", figures("11.40", 900_000, False))
    _publish(writer, archive, 2, "2024-02-01", figures("1.64", 6_300_210, True))
    _publish(writer, archive, 3, "2025-02-01", figures("1.72", 6_300_210, True))
    split, restated = series.read_series(archive, made.ACME, "dividends_per_share", duration="year").restatements
    assert (split.note, restated.note) == ("split 7:1", None)


def test_a_split_is_told_by_the_share_counts(archive: Archive, writer: Writer) -> None:
    def figures(end: str, eps: str, shares: int, comparative: bool) -> list[Figure]:
        return [
            made.figure("eps_diluted", eps, end, unit="USD/share", printed=eps, comparative=comparative),
            made.figure("shares_diluted", str(shares * 1000), end, unit="shares", printed=f"{shares:,}", comparative=comparative),
        ]

    _publish(writer, archive, 1, "2023-02-01", figures("2022-12-31", "14.50", 900_000, False))
    _publish(writer, archive, 2, "2024-02-01", figures("2022-12-31", "2.07", 6_300_210, True))
    _publish(writer, archive, 3, "2025-02-01", figures("2022-12-31", "2.17", 6_300_210, True))
    split, restated = series.read_series(archive, made.ACME, "eps_diluted").restatements
    assert (split.note, restated.note) == ("split 7:1", None)
    (count,) = series.read_series(archive, made.ACME, "shares_diluted").restatements
    assert count.note == "split 7:1"
    listed = list(series.list_restatements(archive, made.ACME))
    assert [(key.metric, r.note) for key, r in listed] == [
        ("eps_diluted", "split 7:1"),
        ("eps_diluted", None),
        ("shares_diluted", "split 7:1"),
    ]
