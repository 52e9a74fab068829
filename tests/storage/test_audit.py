"""What an archive's audit lists: each kind on releases made for it, and nothing where there is nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ex99.filings.release import Figure, FiscalPeriod, ParseError, ParseWarning, Source
from ex99.storage import queries
from ex99.storage.archive import Archive
from ex99.storage.audit import AuditEntry, list_audit
from ex99.storage.filters import FilingFilter
from ex99.storage.writer import Writer
from tests.storage import made

ENDS = [dt.date(2023, 3, 31), dt.date(2023, 6, 30), dt.date(2023, 9, 30), dt.date(2023, 12, 31)]


def _core(quarter: int, revenue: int = 4085, **facts: Any) -> list[Figure]:
    """The core figures of a quarter of 2023; ``revenue`` in thousands."""
    end = ENDS[quarter].isoformat()
    share: dict[str, Any] = {"unit": "USD/share", "printed": "0.47"}
    return [
        made.figure("revenue", f"{revenue}000", end, printed=f"{revenue:,}", **facts),
        made.figure("net_income", "470000", end, printed="470", **facts),
        made.figure("eps_basic", "0.47", end, **share, **facts),
        made.figure("eps_diluted", "0.47", end, **share, **facts),
    ]


def _publish(archive: Archive, writer: Writer, number: int, quarter: int, figures: Sequence[Figure] | ParseError, **facts: Any) -> None:
    content = f"release {number}".encode()
    filing = made.filing(number, (ENDS[quarter] + dt.timedelta(days=30)).isoformat())
    writer.save_submission(made.submission(filing, content))
    document = next(d for d in queries.list_documents(archive, FilingFilter(accessions=[filing.accession])) if d.rank == 0)
    run = writer.start_parse("1")
    if isinstance(figures, ParseError):
        writer.save_release(document.id, figures, run)
        return
    period = FiscalPeriod(2023, quarter + 1, ENDS[quarter])
    writer.save_release(document.id, made.release(content, **{"figures": tuple(figures), "fiscal_period": period, **facts}), run)


def _audit(archive: Archive, **asked: Any) -> list[tuple[str, str]]:
    return [(entry.kind, entry.words) for entry in list_audit(archive, **asked)]


def test_whole_releases_that_agree_give_no_entry(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0))
    _publish(archive, writer, 2, 1, [*_core(1), *_core(0, comparative=True)])
    assert _audit(archive) == []


def test_a_quarter_without_a_core_figure(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0)[:-1])
    _publish(archive, writer, 2, 1, _core(1)[:-1], kind="dividend")
    assert _audit(archive) == [("core_missing", "the quarter to 2023-03-31 has no eps_diluted")]


def test_net_interest_income_and_the_companys_own_line_will_do(archive: Archive, writer: Writer) -> None:
    others = [made.figure("net_interest_income", end="2023-03-31"), made.figure("net_income_to_common", "470000", "2023-03-31")]
    _publish(archive, writer, 1, 0, [*others, *_core(0)[2:]])
    assert _audit(archive) == []


def test_a_results_release_without_a_period(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0), fiscal_period=FiscalPeriod())
    assert _audit(archive) == [("core_missing", "no reported period was found")]


def test_lost_tables_and_failed_parses(archive: Archive, writer: Writer) -> None:
    warnings = (ParseWarning("scale_unknown", "table 3: no scale is stated"), ParseWarning("no_dateline", "none"))
    _publish(archive, writer, 1, 0, _core(0), warnings=warnings)
    _publish(archive, writer, 2, 1, ParseError("pdf", "the exhibit is a PDF"))
    assert _audit(archive) == [("table_lost", "scale_unknown: table 3: no scale is stated"), ("parse_failed", "pdf: the exhibit is a PDF")]


def test_contradictions_within_a_release(archive: Archive, writer: Writer) -> None:
    figures = _core(0)
    doubted = [
        made.figure("equity", "900000", "2023-03-31", duration="instant", support=("statement", "against_balance"), grade="C"),
        made.figure("cash", "7000", "2023-03-31", duration="instant", support=("statement", "against_mention"), grade="C"),
        made.figure("pretax_income", "7000", "2023-03-31", support=("statement", "sum_of_lines", "against_mention"), grade="B"),
    ]
    _publish(archive, writer, 1, 0, [*figures, *doubted])
    assert _audit(archive) == [
        ("arithmetic", "liabilities and equity exceed total assets: equity 900000"),
        ("contradicted", "another table or sentence gives another value for it: cash 7000"),
    ]


def test_values_that_differ_between_releases_unless_marked(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0))
    _publish(archive, writer, 2, 1, [*_core(1), *_core(0, 4200, comparative=True)])
    (entry,) = list_audit(archive)
    assert (entry.kind, entry.metric, entry.value, entry.other) == ("differs", "revenue", 4_200_000, 4_085_000)
    assert (entry.accession, entry.other_accession) == (made.accession(2), made.accession(1))


def test_metrics_of_a_period_that_differ_together_are_one_entry(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0))
    revenue, income, *shares = _core(0, 4200, comparative=True)
    income = replace(income, value=income.value + 90_000, source=replace(income.source, text="560"))
    _publish(archive, writer, 2, 1, [*_core(1), revenue, income, *shares])
    (entry,) = list_audit(archive)
    assert (entry.kind, entry.accession, entry.other_accession) == ("differs", made.accession(2), made.accession(1))
    assert entry.words == "2 figures of the period: net_income 560000 against 470000, revenue 4200000 against 4085000"


def test_a_column_that_says_restated_is_no_entry(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0))
    later = made.figure("revenue", "4200000", "2023-03-31", printed="4,200", comparative=True)
    marked = Source(0, 5, "4,200", 0, "Net sales", "March 31, 2023 (as restated)")
    _publish(archive, writer, 2, 1, [*_core(1), replace(later, source=marked)])
    assert _audit(archive) == []


def test_a_hole_that_releases_should_fill(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0))
    _publish(archive, writer, 2, 1, _core(1)[1:])
    _publish(archive, writer, 3, 2, _core(2))
    holes = [e for e in list_audit(archive) if e.kind == "hole"]
    assert [(e.metric, e.words) for e in holes] == [("revenue", "1 missing between 2023-03-31 and 2023-09-30; releases report 2023-06-30")]


def test_a_hole_of_which_the_archive_has_no_release_is_none(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0))
    _publish(archive, writer, 3, 2, _core(2))
    assert _audit(archive) == []


def test_kinds_and_days_are_chosen(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0)[:-1])
    _publish(archive, writer, 2, 1, [*_core(1)[:-1], *_core(0, 4200, comparative=True)])

    def kinds(**asked: Any) -> list[str]:
        return [entry.kind for entry in list_audit(archive, **asked)]

    assert kinds() == ["core_missing", "core_missing", "differs"]
    assert kinds(kinds=["differs"]) == ["differs"]
    assert kinds(since=dt.date(2023, 6, 1)) == ["core_missing", "differs"]
    assert kinds(until=dt.date(2023, 6, 1)) == ["core_missing"]
    assert kinds(ciks=[made.BOLT]) == []


def test_an_entry_names_its_place(archive: Archive, writer: Writer) -> None:
    _publish(archive, writer, 1, 0, _core(0)[:-1])
    (entry,) = list_audit(archive)
    assert isinstance(entry, AuditEntry)
    assert (entry.cik, entry.company, entry.accession, entry.period_end) == (made.ACME, "ACME ANVILS INC", made.accession(1), ENDS[0])
