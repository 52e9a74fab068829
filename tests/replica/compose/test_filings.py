"""Composed filings: the same in every run, printed as their truth says, of the shape of their era."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from ex99.filings.filing import CHOICE_REASONS
from ex99.filings.forms import is_8k_family
from ex99.filings.metrics import BASES, DURATIONS, KINDS, METRICS
from ex99.replica.catalog import read_filing
from ex99.replica.compose import (
    TRAPS,
    BookPlan,
    ComposedFiling,
    FiscalCalendar,
    TruthFigure,
    compose_company,
    compose_market,
    compose_trap,
    compose_traps,
    write_filings,
)
from ex99.replica.compose.company import invent_name, invent_ticker
from ex99.replica.sgml import open_map, read_documents, unescape


def compose(first: int, last: int, **more: object) -> list[ComposedFiling]:
    return compose_company("Fennimore Optics, Inc.", 9_000_044, "FNMO", first, last, 2, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def history() -> list[ComposedFiling]:
    return compose(1995, 2020)


def plain(filing: ComposedFiling) -> str:
    """A filing's words: tags out, references resolved."""
    text = unescape(filing.data).decode("latin-1")
    return html.unescape(re.sub(r"</?[A-Za-z][^>]*>", " ", text)).replace("\xa0", " ")


def printed(figure: TruthFigure, unit: int) -> str:
    scale = {"USD": unit, "shares": unit}.get(figure.unit, 1)
    return f"{abs(figure.value / scale):,f}" if figure.unit == "USD/share" else f"{abs(figure.value) / scale:,.0f}"


def test_the_same_arguments_give_the_same_bytes(history: list[ComposedFiling]) -> None:
    again = compose(1995, 2020)
    assert [f.data for f in again] == [f.data for f in history]
    assert [f.truth for f in again] == [f.truth for f in history]


def test_four_results_a_year_and_other_news(history: list[ComposedFiling]) -> None:
    results = [f.truth.fiscal[:2] for f in history if f.truth.fiscal]
    assert results == [(y, q) for y in range(1995, 2021) for q in range(1, 5)]
    assert {f.truth.kind for f in history} >= {"results", "management_change", "dividend", "acquisition", "product"}
    assert len(history) == 26 * 6


def test_filed_on_working_days_in_order(history: list[ComposedFiling]) -> None:
    days = [f.truth.filed for f in history]
    assert days == sorted(days)
    assert max(day.weekday() for day in days) == 4
    assert len({f.truth.accession for f in history}) == len(history)


@pytest.mark.parametrize("year", [1997, 2006, 2017])
def test_every_figure_is_printed(history: list[ComposedFiling], year: int) -> None:
    for filing in (f for f in history if f.truth.filed.year == year and f.truth.fiscal):
        words = plain(filing)
        assert filing.truth.headline
        assert filing.truth.headline in re.sub(r"\s+", " ", words)
        for figure in filing.truth.figures:
            assert printed(figure, 1000) in words, figure


def test_figures_keep_to_the_vocabulary(history: list[ComposedFiling]) -> None:
    for filing in history:
        truth = filing.truth
        assert truth.kind in KINDS
        assert truth.reason in CHOICE_REASONS
        assert is_8k_family(truth.form)
        keys = Counter((f.metric, f.basis, f.duration, f.period_end) for f in truth.figures)
        assert max(keys.values(), default=1) == 1
        for figure in truth.figures:
            assert figure.basis in METRICS[figure.metric].bases
            assert figure.basis in BASES
            assert figure.duration in DURATIONS
            assert (figure.duration == "instant") == METRICS[figure.metric].instant


def test_what_a_release_reports(history: list[ComposedFiling]) -> None:
    truth = next(f.truth for f in history if f.truth.fiscal and f.truth.fiscal[:2] == (2016, 3))
    revenue = {(f.duration, f.period_end): (f.value, f.comparative) for f in truth.figures if f.metric == "revenue"}
    assert {key: comparative for key, (_, comparative) in revenue.items()} == {
        ("quarter", dt.date(2016, 9, 30)): False,
        ("quarter", dt.date(2015, 9, 30)): True,
        ("nine_months", dt.date(2016, 9, 30)): False,
        ("nine_months", dt.date(2015, 9, 30)): True,
    }
    metrics = {(f.metric, f.basis) for f in truth.figures}
    assert {("net_income", "nongaap"), ("eps_diluted", "nongaap"), ("adjusted_ebitda", "nongaap")} <= metrics
    assert ("operating_cash_flow", "gaap") in metrics
    assert {f.period_end for f in truth.figures if f.metric == "total_assets"} == {dt.date(2016, 9, 30), dt.date(2015, 12, 31)}
    assert [g.metric for g in truth.guidance] == ["revenue", "eps_diluted"]
    assert truth.guidance[0].period == "fourth quarter of fiscal 2016"


def test_later_releases_repeat_what_earlier_ones_said(history: list[ComposedFiling]) -> None:
    said: dict[tuple[str, str, str, dt.date | None], Decimal] = {}
    for filing in history:
        for figure in filing.truth.figures:
            assert said.setdefault((figure.metric, figure.basis, figure.duration, figure.period_end), figure.value) == figure.value


def test_eras(history: list[ComposedFiling]) -> None:
    for filing in history:
        year, data = filing.truth.filed.year, filing.data
        assert data.startswith(b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----" if year < 2011 else b"<SEC-DOCUMENT>")
        assert (b"<ACCEPTANCE-DATETIME>" in data) == (year > 2002)
        assert (b"<FILENAME>" in data) == (year > 2000)
        assert (b"<XBRL>" in data) == (filing.truth.filed >= dt.date(2019, 7, 1))
        if filing.truth.fiscal:
            assert (b"<CAPTION>" in data) == (filing.truth.style == "typewriter") == (year < 2002)
            assert (b"<FONT FACE" in data) == (filing.truth.style == "wordprocessor") == (2002 <= year < 2012)
            assert (b'colspan="3" style="display:none"' in data) == (filing.truth.style == "workiva") == (year >= 2012)


def test_items_of_their_day(history: list[ComposedFiling]) -> None:
    for filing in (f for f in history if f.truth.fiscal):
        day = filing.truth.filed
        wanted = ("2.02", "9.01") if day > dt.date(2004, 8, 22) else ("12", "7") if day > dt.date(2003, 3, 27) else ("5", "7")
        assert filing.truth.items == wanted


def test_figures_in_millions() -> None:
    filing = compose(2015, 2015, books=BookPlan(3, unit=1_000_000, revenue=2_400, shares=410_000), others_a_year=0)[0]
    shares = next(f for f in filing.truth.figures if f.metric == "shares_basic")
    assert "(In millions, except per share data)" in plain(filing)
    assert 400_000_000 < shares.value < 500_000_000
    assert f"{shares.value / 10**6:,.1f}" in plain(filing)


def test_weeks_in_headers() -> None:
    words = plain(compose_trap("weeks_53"))
    assert "14 Weeks Ended" in words
    assert "13 Weeks Ended" in words
    assert "53 Weeks Ended" in words
    assert compose(2016, 2016, calendar=FiscalCalendar(1, weeks=True), others_a_year=0)[0].truth.fiscal == (2016, 1, dt.date(2015, 5, 2))


@pytest.mark.parametrize("filing", compose_traps(), ids=lambda filing: filing.truth.trap)
def test_traps_lie_as_described(filing: ComposedFiling, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(filing.data)
    truth, stored = filing.truth, read_filing(path)
    assert (stored.accession, stored.form, stored.filed, stored.ciks) == (truth.accession, truth.form, truth.filed, truth.ciks)
    with open_map(path) as data:
        types = [span.type for span in read_documents(data)]
    if truth.trap in ("header_only", "no_exhibit", "inside_8k"):
        assert not any(t.startswith("EX-99") for t in types)
    else:
        assert any(t.startswith("EX-99") for t in types)
        assert stored.items == truth.items
    assert len(types) >= max(truth.sequences, default=0)
    assert truth.reason in CHOICE_REASONS
    assert (not truth.figures) == (truth.fiscal is None)


def test_particular_traps() -> None:
    traps = {f.truth.trap: f for f in compose_traps()}
    assert traps.keys() == TRAPS.keys()
    assert traps["amendment"].truth.form == "8-K/A"
    assert traps["successor_form"].truth.form == "8-K12B"
    assert len(traps["co_registrants"].truth.ciks) == 3
    assert b"ITEM INFORMATION:\t\t\n" in traps["blank_items"].data
    assert b"<FILENAME>" not in traps["no_filenames"].data
    assert not traps["truncated"].data.endswith(b"</SEC-DOCUMENT>\n")
    loss = next(f for f in traps["net_loss"].truth.figures if f.metric == "net_income" and not f.comparative)
    assert loss.value < 0
    assert f"({printed(loss, 1000)} )" in plain(traps["net_loss"]) or re.search(rf"\({printed(loss, 1000)}\s+\)", plain(traps["net_loss"]))


def test_the_market_is_small_and_varied() -> None:
    filings = list(compose_market(300, seed=1))
    assert [f.data for f in filings] == [f.data for f in compose_market(300, seed=1)]
    assert len({f.truth.accession for f in filings}) == 300
    assert len({cik for f in filings for cik in f.truth.ciks}) == 30
    assert {f.truth.reason for f in filings} >= {"exhibit_99", "no_exhibit_99", "not_text", "inside_8k"}
    assert sum(len(f.data) for f in filings) / 300 < 25_000
    for filing in filings[:40]:
        assert all(printed(figure, 1000) in plain(filing) for figure in filing.truth.figures)


def test_names_and_symbols_do_not_repeat() -> None:
    assert len({invent_name(n) for n in range(20_000)}) == len({invent_ticker(n) for n in range(20_000)}) == 20_000


def test_writing_twice_keeps_all_symbols(tmp_path: Path) -> None:
    first, second = compose_trap("net_loss"), compose_trap("restated")
    assert write_filings(tmp_path, [first]) == [first.truth]
    write_filings(tmp_path, [second])
    rows = json.loads((tmp_path / "company_tickers.json").read_bytes())
    assert {row["cik_str"] for row in rows.values()} == {first.truth.ciks[0], second.truth.ciks[0]}
    assert (tmp_path / "2016" / f"{first.truth.accession}.txt").read_bytes() == first.data
