"""Queries on both databases: filters, order, status that adds up, search, comparison."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from ex99.filings.filing import FormerName, ReleaseChoice
from ex99.filings.identifiers import Cik
from ex99.filings.release import Guidance, ParseError, Source
from ex99.storage import queries, search
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.writer import Writer
from tests.storage import made


def _save(archive: Archive, writer: Writer, number: int, day: str, text: str, *, cik: Cik = made.ACME, **facts: object) -> int:
    content = text.encode()
    filing = made.filing(number, day, ciks=(cik,))
    writer.save_submission(made.submission(filing, content, filers=(made.filer(cik, f"COMPANY {int(cik)}"),)))
    document = next(d for d in queries.list_documents(archive, FilingFilter(accessions=[filing.accession])) if d.rank == 0)
    writer.save_release(document.id, made.release(content, **facts), writer.start_parse("1"))  # type: ignore[arg-type]
    return document.id


def test_filings_by_every_filter(archive: Archive, writer: Writer) -> None:
    filings = [made.filing(n, f"2024-0{n}-01", items=("2.02",) if n % 2 else ("8.01", "9.01")) for n in range(1, 7)]
    writer.save_listing(made.listing(filings))
    writer.save_submission(made.submission(dataclasses.replace(filings[2], form="8-K/A", acceptance=made.at("2024-03-01T07:00"))))

    def numbers(**fields: object) -> list[int]:
        return [int(f.accession[-6:]) for f in queries.list_filings(archive, FilingFilter(**fields))]  # type: ignore[arg-type]

    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert numbers(ciks=[made.ACME]) == [1, 2, 3, 4, 5, 6]
    assert numbers(ciks=[made.BOLT]) == []
    assert numbers(items=["8.01", "9.01"]) == [2, 4, 6]
    assert numbers(forms=["8-K/A"], states=["archived"]) == [3]
    assert numbers(since=dt.date(2024, 2, 1), until=dt.date(2024, 4, 1)) == [2, 3, 4]
    assert [f.filing_date.month for f in queries.list_filings(archive, newest_first=True, limit=2)] == [6, 5]
    third = next(iter(queries.list_filings(archive, FilingFilter(accessions=[made.accession(3)]))))
    assert (third.company, third.items, third.reason, third.ciks) == ("ACME ANVILS INC", ("2.02",), "exhibit_99", (made.ACME,))
    assert third.acceptance == made.at("2024-03-01T07:00")


def test_companies_are_found_by_number_ticker_and_names(archive: Archive, writer: Writer) -> None:
    former = (FormerName("ACME FORGE CO", dt.date(1999, 1, 1)),)
    writer.save_listing(made.listing([made.filing(1)], made.filer(tickers=(("ACM", "NYSE"),), former_names=former)))
    writer.save_listing(made.listing([], made.filer(made.BOLT, "ACM BOLTS 100% LTD")))

    def found(text: str) -> list[int]:
        return [int(c.cik) for c in queries.find_companies(archive, text)]

    assert found("9000001") == found("CIK0009000001") == found("forge") == [made.ACME]
    assert found("acm") == [made.ACME, made.BOLT]
    assert found("100%") == [made.BOLT]
    assert found("%") == [made.BOLT]
    assert found("nobody") == found(" ") == []
    company = queries.find_companies(archive, "acme")[0]
    assert (company.tickers, company.former_names, company.filings) == ((("ACM", "NYSE"),), ("ACME FORGE CO",), 1)
    assert len(list(queries.list_companies(archive))) == 2


def test_figures_by_every_filter(archive: Archive, writer: Writer) -> None:
    mention = Source(9, 21, "$4.1 million")
    figures = (
        made.figure(mentions=(mention,), grade="A"),
        made.figure(value="-12.5", printed="(12.5)", end="2022-12-31", comparative=True, grade="C"),
        made.figure("eps_diluted", "0.47", unit="USD/share", basis="nongaap", grade="B"),
        made.figure("cash", "900", duration="instant", end=None),
    )
    _save(archive, writer, 1, "2024-02-01", "one", figures=figures)

    def values(**fields: object) -> list[Decimal]:
        return [f.value for f in queries.list_figures(archive, FigureFilter(**fields))]  # type: ignore[arg-type]

    assert values() == [Decimal(4085000), Decimal("-12.5"), Decimal("0.47"), Decimal(900)]
    assert values(metrics=["revenue"], comparative=True) == [Decimal("-12.5")]
    assert values(bases=["nongaap"]) == values(units=["USD/share"]) == [Decimal("0.47")]
    assert values(durations=["instant"]) == values(period_from=None, metrics=["cash"]) == [Decimal(900)]
    assert values(period_from=dt.date(2023, 1, 1)) == [Decimal(4085000), Decimal("0.47")]
    assert values(period_until=dt.date(2023, 1, 1)) == [Decimal("-12.5")]
    assert values(value_from=Decimal("0.47"), value_until=Decimal(900)) == [Decimal("0.47"), Decimal(900)]
    assert values(value_until=Decimal(-12)) == [Decimal("-12.5")]
    assert values(contains="(12") == [Decimal("-12.5")]
    assert values(min_grade="A") == [Decimal(4085000)]
    assert values(min_grade="B") == [Decimal(4085000), Decimal("0.47")]
    assert values(min_grade="C") == [Decimal(4085000), Decimal("-12.5"), Decimal("0.47")]
    first = next(iter(queries.list_figures(archive, mentions=True)))
    assert [(m.text, m.end - m.start) for m in first.mentions] == [(mention.text, len(mention.text))]
    assert (first.company, first.kind, first.source.row) == ("COMPANY 9000001", "results", "Net sales")


def test_releases_guidance_and_passages(archive: Archive, writer: Writer) -> None:
    guidance = Guidance("revenue", "gaap", "fiscal 2024", Decimal("1000000.50"), None, "USD", Source(0, 4, "grow"), action="raised")
    _save(archive, writer, 1, "2024-02-01", "grow", guidance=(guidance,))
    document = _save(archive, writer, 2, "2024-05-01", "sells", cik=made.BOLT, kind="acquisition", headline="Bolt Sells Nuts 50%")
    writer.save_release(document, ParseError("empty", "no words"), writer.start_parse("2"))
    rows = list(queries.list_releases(archive))
    assert [(r.kind, r.error_code, r.figures, r.parser_version) for r in rows] == [("results", None, 1, "1"), (None, "empty", 0, "2")]
    assert rows[0].tickers[0].symbol == "ACME"
    old = list(queries.list_releases(archive, ReleaseFilter(parser_version="1", contains="50%")))
    assert [(r.current, r.kind, r.ciks) for r in old] == [(False, "acquisition", (made.BOLT,))]
    assert [r.error_code for r in queries.list_releases(archive, ReleaseFilter(errors=True))] == ["empty"]
    assert len(list(queries.list_releases(archive, ReleaseFilter(kinds=["results"], errors=False)))) == 1
    assert [(g.low, g.high, g.action) for g in queries.list_guidance(archive)] == [(Decimal("1000000.5"), None, "raised")]
    assert [p.horizon for p in queries.list_passages(archive, PassageFilter(passage_kinds=["statement"], quantitative=True))] == ["2024"]
    assert list(queries.list_passages(archive, PassageFilter(passage_kinds=["contact"]))) == []
    assert queries.list_parser_versions(archive) == [("1", 2), ("2", 1)]


def test_documents_to_parse_can_be_saved_while_they_stream(archive: Archive, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ex99.storage.filing_queries.CHUNK", 2)
    for n in range(1, 6):
        writer.save_submission(made.submission(made.filing(n), f"release {n}".encode()))
    assert queries.count_documents_to_parse(archive, "1") == 5
    run = writer.start_parse("1")
    for work in queries.list_documents_to_parse(archive, "1"):
        content = queries.read_document_bytes(archive, work.document_id)
        writer.save_release(work.document_id, made.release(content), run)
    assert list(queries.list_documents_to_parse(archive, "1")) == []
    assert len(list(queries.list_documents_to_parse(archive, "1", all=True))) == 5
    assert queries.count_documents_to_parse(archive, "2", ciks=[made.ACME]) == 5
    assert queries.count_documents_to_parse(archive, "2", ciks=[made.BOLT]) == 0
    writer.save_submission(made.submission(made.filing(3), b"release 3, served anew"))
    assert [w.accession for w in queries.list_documents_to_parse(archive, "1")] == [made.accession(3)]
    assert queries.read_header_bytes(archive, made.accession(3)) == made.HEADER


def test_status_adds_up(archive: Archive, writer: Writer) -> None:
    states = {made.accession(7): "outside", made.accession(8): "paper"}
    writer.save_listing(made.listing([made.filing(n) for n in range(1, 9)]), states=states)
    _save(archive, writer, 1, "2024-02-01", "one")
    document = _save(archive, writer, 2, "2024-02-01", "two")
    writer.save_release(document, ParseError("binary", "no text"), writer.start_parse("2"))
    writer.save_submission(made.submission(made.filing(3), b"three"))
    writer.save_submission(made.submission(made.filing(4), choice=ReleaseChoice((), "no_exhibit_99", "none")))
    writer.save_failure(made.accession(5), "truncated", "cut off")
    both = made.filing(9, ciks=(made.ACME, made.BOLT))
    writer.save_submission(made.submission(both, b"nine", filers=(made.filer(), made.filer(made.BOLT, "BOLT LP"))))
    status = queries.read_status(archive, "2")
    assert {(s.state, s.reason): s.filings for s in status.states} == {
        ("archived", "exhibit_99"): 4, ("no_release", "no_exhibit_99"): 1, ("failed", "truncated"): 1,
        ("listed", None): 1, ("outside", None): 1, ("paper", None): 1,
    }  # fmt: skip
    assert sum(s.filings for s in status.states) == status.filings == 9
    assert status.parsed + status.unparsed + status.parse_errors == status.releases == 4
    assert (status.parsed, status.unparsed, status.parse_errors, status.stale, status.figures) == (1, 2, 1, 1, 1)
    assert status.error_codes == (("binary", 1),)
    acme, bolt = status.by_company
    assert (acme.filings, acme.archived, acme.listed, acme.outside, acme.paper) == (9, 4, 1, 1, 1)
    assert (bolt.filings, bolt.archived) == (1, 1)
    assert queries.read_status(archive, ciks=[made.BOLT]).filings == 1
    assert queries.read_status(archive, ciks=[Cik(1)]).filings == 0


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("record margins", [1]),
        ("MARGIN", [1, 2]),
        ('"gross margin"', [1]),
        ("margin -record", [2]),
        ("dividend or record", [1, 3]),
        ("anvils", [1, 2, 3]),
        ("-record", []),
        ("", []),
        ('AND ( " * NEAR', []),
        ("springfield's margin^2", []),
        ("margi*", [1, 2]),
        ("tonn* or divid*", [2, 3]),
        ('"gross mar*"', [1]),
        ("anv* -marg*", [3]),
        ("*", []),
    ],
)
def test_search(archive: Archive, writer: Writer, asked: str, expected: list[int]) -> None:
    _save(archive, writer, 1, "2024-02-01", "The gross margin was a record for our anvils")
    _save(archive, writer, 2, "2024-03-01", "The margin on gross tonnage of anvils")
    _save(archive, writer, 3, "2024-04-01", "A quarterly dividend", headline="Anvils pay")
    hits = queries.search_releases(archive, asked)
    assert sorted(int(h.accession[-6:]) for h in hits) == expected
    assert all(h.score > 0 for h in hits)


def test_of_very_many_matches_those_archived_last_are_ranked(archive: Archive, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        _save(archive, writer, number, f"2024-0{number}-01", "Anvils " * (6 - number) + "were sold")
    every = queries.search_releases(archive, "anvils")
    monkeypatch.setattr(search, "RANKED", 3)
    found = queries.search_releases(archive, "anvils")
    bounded = archive.engine.dialect.name == "postgresql"  # FTS5 ranks by its index alone, and so all of them
    assert found == ([hit for hit in every if hit.filing_date.month > 2] if bounded else every)
    assert [hit.filing_date.month for hit in queries.search_releases(archive, "anvils", ReleaseFilter(until=dt.date(2024, 1, 31)))] == [1]


def test_search_ranks_marks_filters_and_follows_the_current_result(archive: Archive, writer: Writer) -> None:
    document = _save(archive, writer, 1, "2024-02-01", "Nothing here but a single dividend in a longer text of many words")
    _save(archive, writer, 2, "2024-03-01", "A dividend, a special dividend, dividend", headline="Dividend")
    hits = queries.search_releases(archive, "dividends")
    assert [h.accession for h in hits] == [made.accession(2), made.accession(1)]
    assert "[dividend]" in hits[1].snippet
    assert len(queries.search_releases(archive, "dividends", limit=1)) == 1
    assert [h.accession for h in queries.search_releases(archive, "dividend", FilingFilterUntil)] == [made.accession(1)]
    writer.save_release(document, ParseError("empty", "no words"), writer.start_parse("2"))
    assert [h.accession for h in queries.search_releases(archive, "dividend")] == [made.accession(2)]


FilingFilterUntil = ReleaseFilter(until=dt.date(2024, 2, 15), kinds=["results"])


def test_versions_are_compared(archive: Archive, writer: Writer) -> None:
    figures = (made.figure(), made.figure("net_income", "5", printed="5"), made.figure("cash", "1", duration="instant"))
    document = _save(archive, writer, 1, "2024-02-01", "one", figures=figures)
    same = _save(archive, writer, 2, "2024-03-01", "two")
    run = writer.start_parse("2")
    after = (made.figure(value="4086000"), made.figure("net_income", "5.0", printed="5"), made.figure("equity", "7", duration="instant"))
    writer.save_release(document, made.release(b"one", version="2", figures=after, kind="other"), run)
    writer.save_release(same, made.release(b"two", version="2"), run)
    (diff,) = queries.compare_versions(archive, "1", "2")
    assert diff.fields == (("kind", "results", "other"),)
    assert [(c.before.value, c.after.value) for c in diff.changed] == [(Decimal(4085000), Decimal(4086000))]
    assert ([f.metric for f in diff.gained], [f.metric for f in diff.lost]) == (["equity"], ["cash"])
    assert list(queries.compare_versions(archive, "1", "2", ciks=[made.BOLT])) == []


def test_streams_may_be_left_early(archive: Archive, writer: Writer) -> None:
    writer.save_listing(made.listing([made.filing(n) for n in range(1, 2500)]))
    stream = queries.list_filings(archive)
    assert next(stream).accession == made.accession(1)
    stream.close()  # type: ignore[attr-defined]
    assert len(list(queries.list_filings(archive))) == 2499


def test_figures_are_asked_for_by_how_sure_they_are(archive: Archive, writer: Writer) -> None:
    figures = tuple(made.figure(value=f"{number}000", grade=grade) for number, grade in enumerate(("A", "B", "C", None), 1))
    _save(archive, writer, 1, "2024-02-01", "grows", figures=figures)
    graded = {grade: [f.grade for f in queries.list_figures(archive, FigureFilter(min_grade=grade))] for grade in ("A", "B", "C", None)}
    assert graded == {"A": ["A"], "B": ["A", "B"], "C": ["A", "B", "C"], None: ["A", "B", "C", None]}
