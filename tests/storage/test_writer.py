"""The writer on both databases: idempotent, whole or not at all, headers before listings."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ex99.filings.exhibits import RELEASES_ALONE, WantedExhibits
from ex99.filings.filing import FetchedDocument, FilingDocument, FormerName, ReleaseChoice
from ex99.filings.release import Guidance, ParseError, ParseWarning, Source
from ex99.storage import models, queries
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.storage.filters import ReleaseFilter
from ex99.storage.series import read_series
from ex99.storage.verify import find_damage
from ex99.storage.writer import Writer
from tests.storage import made


def _count(archive: Archive, model: type[models.Base]) -> int:
    with archive.connect() as connection:
        return connection.execute(select(func.count()).select_from(model)).scalar_one()


def _dump(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    with archive.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in models.Base.metadata.sorted_tables
        }


def _states(archive: Archive) -> dict[str, str]:
    with archive.connect() as connection:
        return {row.accession: row.state for row in connection.execute(select(models.Filing.accession, models.Filing.state))}


def _filing(archive: Archive, number: int = 1) -> models.Filing:
    from sqlalchemy.orm import Session

    with Session(archive.engine) as session:
        return session.execute(select(models.Filing).where(models.Filing.accession == made.accession(number))).scalar_one()


def _document_id(archive: Archive, number: int = 1) -> int:
    with archive.connect() as connection:
        query = (
            select(models.Document.id)
            .join(models.Filing, models.Filing.id == models.Document.filing_id)
            .where(models.Filing.accession == made.accession(number), models.Document.rank == 0)
        )
        return connection.execute(query).scalar_one()


def test_submissions_saved_together_give_the_same_rows_as_one_by_one(archive: Archive, writer: Writer) -> None:
    days = ["2024-03-01", "2024-01-01", "2024-02-01", "2024-03-01"]
    several = []
    for number, day in enumerate(days, 1):
        submission = made.submission(made.filing(number, day))
        state = "NV" if number == 2 else "DE"
        sic = None if number == 4 else "3571"
        filers = tuple(dataclasses.replace(filer, state=state, sic=sic, name=f"{filer.name} {number % 3}") for filer in submission.filers)
        several.append(dataclasses.replace(submission, filers=filers))
    writer.save_submissions(list(reversed(several)))
    together = _dump(archive)
    assert len(together["filing"]) == 4
    assert together["company"][0][2:4] == ("3571", "DE")  # the newest filing's word, what it leaves out from those before
    for submission in several:
        writer.save_submission(submission)
    assert _dump(archive) == together


def test_submissions_of_which_one_cannot_be_saved_leave_no_row(archive: Archive, writer: Writer) -> None:
    good, bad = made.submission(made.filing(1)), made.submission(made.filing(2))
    bad = dataclasses.replace(bad, choice=ReleaseChoice((99,), "exhibit_99", "wrong"))
    with pytest.raises(ValueError, match="99"):
        writer.save_submissions([good, bad])
    assert _count(archive, models.Filing) == 0


def test_submission_saved_twice_changes_nothing(archive: Archive, writer: Writer) -> None:
    submission = made.submission(made.filing(acceptance=made.at("2024-02-01T16:30:30")))
    writer.save_submission(submission)
    before = _dump(archive)
    writer.save_submission(submission)
    assert _dump(archive) == before
    assert len(before["document"]) == 3
    assert _filing(archive).state == "archived"
    assert _filing(archive).acceptance == made.at("2024-02-01T16:30:30")


def test_relisting_keeps_what_the_header_told(archive: Archive, writer: Writer) -> None:
    header = made.filing(acceptance=made.at("2024-02-01T16:30:30"), items=("2.02", "9.01"))
    writer.save_submission(made.submission(header))
    wrong = made.filing(day="2024-02-02", acceptance=made.at("2024-02-01T11:30:30"), items=("8.01",), size=777)
    writer.save_listing(made.listing([wrong]))
    kept = _filing(archive)
    assert (kept.filing_date, kept.acceptance, kept.size) == (header.filing_date, header.acceptance, 777)
    with archive.connect() as connection:
        assert sorted(connection.scalars(select(models.FilingItem.number))) == ["2.02", "9.01"]
    assert kept.state == "archived"


def test_header_replaces_what_the_listing_told(archive: Archive, writer: Writer) -> None:
    writer.save_listing(made.listing([made.filing(items=("8.01",), size=10, primary_document="a.htm")]))
    assert _filing(archive).state == "listed"
    writer.save_submission(made.submission(made.filing(items=("2.02",), acceptance=made.at("2024-02-01T08:00"))))
    kept = _filing(archive)
    assert (kept.facts, kept.primary_document, kept.size) == ("header", "a.htm", 10)
    with archive.connect() as connection:
        assert list(connection.scalars(select(models.FilingItem.number))) == ["2.02"]


def test_listing_twice_writes_nothing_new(archive: Archive, writer: Writer) -> None:
    listing = made.listing([made.filing(n) for n in range(1, 1200)])
    writer.save_listing(listing)
    before = _dump(archive)
    writer.save_listing(listing)
    assert _dump(archive) == before
    assert len(before["filing"]) == 1199


def test_a_listing_says_where_filings_stand_and_what_is_settled_stays(archive: Archive, writer: Writer) -> None:
    filings = [made.filing(n) for n in range(1, 6)]
    known, open_one, failed, paper, undecided = (filing.accession for filing in filings)
    writer.save_listing(made.listing(filings[:4]))
    assert set(_states(archive).values()) == {"listed"}
    writer.save_submission(made.submission(filings[0]))
    writer.save_failure(failed, "truncated", "cut off")
    writer.save_failure(paper, "absent", "not there")
    writer.save_listing(made.listing(filings), states={known: "outside", open_one: "outside", failed: "outside", paper: "paper"})
    assert _states(archive) == {known: "archived", open_one: "outside", failed: "failed", paper: "paper", undecided: "listed"}
    assert writer.archived([known, open_one, failed, paper, undecided]) == {known, paper}
    writer.save_listing(made.listing(filings), states=dict.fromkeys([known, open_one, failed, paper, undecided], "listed"))
    assert _states(archive) == {known: "archived", open_one: "listed", failed: "failed", paper: "paper", undecided: "listed"}
    assert writer.save_failure(paper, "absent", "not there")
    assert _states(archive)[paper] == "paper"


def test_co_registrants_share_one_filing(archive: Archive, writer: Writer) -> None:
    filing = made.filing(ciks=(made.BOLT, made.ACME))
    writer.save_listing(made.listing([dataclasses.replace(filing, filers=(made.ACME,))]))
    writer.save_submission(made.submission(filing, filers=(made.filer(made.BOLT, "BOLT LP"), made.filer())))
    assert _count(archive, models.Filing) == 1
    with archive.connect() as connection:
        query = select(models.FilingFiler.cik, models.FilingFiler.name).order_by(models.FilingFiler.position)
        assert [tuple(row) for row in connection.execute(query)] == [(made.BOLT, "BOLT LP"), (made.ACME, "ACME ANVILS INC")]
    assert writer.archived([filing.accession]) == {filing.accession}


def test_older_source_does_not_rename_a_company(archive: Archive, writer: Writer) -> None:
    new, old = made.filing(2, "2024-05-01"), made.filing(1, "2001-05-01")
    writer.save_submission(made.submission(new, filers=(made.filer(name="ACME GLOBAL INC"),)))
    former = (FormerName("ACME FORGE CO", dt.date(1999, 1, 1)),)
    writer.save_submission(made.submission(old, filers=(made.filer(name="ACME ANVILS INC", sic="3310", former_names=former),)))
    with archive.connect() as connection:
        row = connection.execute(select(models.Company.name, models.Company.sic)).one()
        names = list(connection.scalars(select(models.FormerName.name)))
    assert (row.name, row.sic, names) == ("ACME GLOBAL INC", "3310", ["ACME FORGE CO"])


def test_no_release_is_accounted_for(archive: Archive, writer: Writer) -> None:
    choice = ReleaseChoice((), "no_exhibit_99", "holds exhibits 10.1 and 104")
    writer.save_submission(made.submission(made.filing(), choice=choice))
    kept = _filing(archive)
    assert (kept.state, kept.reason, kept.note) == ("no_release", "no_exhibit_99", "holds exhibits 10.1 and 104")
    assert writer.archived([made.accession(1), made.accession(2)]) == {made.accession(1)}


def test_failures_are_counted_and_forgotten_by_success(archive: Archive, writer: Writer) -> None:
    run = writer.start_crawl("company", {"companies": "ACME", "since": dt.date(2024, 1, 1)})
    assert writer.save_failure(made.accession(1), "truncated", "no </DOCUMENT>", run) is False
    writer.save_listing(made.listing([made.filing()]), run)
    for _ in range(2):
        assert writer.save_failure(made.accession(1), "truncated", "no </DOCUMENT>", run)
    kept = _filing(archive)
    assert (kept.state, kept.reason, kept.failures) == ("failed", "truncated", 2)
    assert writer.archived([made.accession(1)]) == set()
    writer.save_submission(made.submission(made.filing()), run)
    assert writer.save_failure(made.accession(1), "timeout", "late", run)
    kept = _filing(archive)
    assert (kept.state, kept.reason, kept.failures, kept.crawl_run_id) == ("archived", "exhibit_99", 0, run)
    writer.finish_crawl(run, "finished", {"requests": 2})


def test_chosen_document_without_bytes_leaves_no_row(archive: Archive, writer: Writer) -> None:
    with pytest.raises(ValueError, match="has no bytes"):
        writer.save_submission(made.submission(made.filing(), None))
    assert _count(archive, models.Filing) == 0


def test_unwritable_blobs_leave_no_row(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Archive.open(database_url, str(tmp_path / "file" / "blobs")) as archive:
        with pytest.raises(ArchiveError, match="cannot write blobs"):
            Writer(archive).save_submission(made.submission(made.filing()))
        assert _count(archive, models.Filing) == 0


def test_repeated_sequence_numbers_are_kept_apart(archive: Archive, writer: Writer) -> None:
    whole = made.submission(made.filing())
    twice = dataclasses.replace(whole, documents=(*whole.documents, dataclasses.replace(whole.documents[0])))
    writer.save_submission(twice)
    writer.save_submission(twice)
    with archive.connect() as connection:
        assert list(connection.scalars(select(models.Document.sequence).order_by(models.Document.id))) == [1, 2, 3, 4]


def _rich_release(version: str = "1"):  # type: ignore[no-untyped-def]
    mention = Source(5, 17, "$4.1 million")
    return made.release(
        version=version,
        figures=(made.figure(mentions=(mention, mention)), made.figure("eps_diluted", "-0.47", unit="USD/share", printed="(0.47)")),
        guidance=(Guidance("revenue", "gaap", "fiscal 2024", Decimal("1E+6"), None, "USD", Source(0, 4, "Acme"), action="raised"),),
        warnings=(ParseWarning("ambiguous_scale", "table 3"),),
    )


def test_release_saved_twice_is_identical(archive: Archive, writer: Writer) -> None:
    writer.save_submission(made.submission(made.filing()))
    document, run = _document_id(archive), writer.start_parse("1")
    writer.save_release(document, _rich_release(), run)
    before = _dump(archive)
    writer.save_release(document, _rich_release(), run)
    assert _dump(archive) == before
    assert len(before["figure_mention"]) == 2
    writer.finish_parse(run, {"parsed": 1})


def test_what_a_figure_says_of_itself_comes_back(archive: Archive, writer: Writer) -> None:
    writer.save_submission(made.submission(made.filing()))
    told = made.figure(precision=Decimal(1000), grade="A", support=("sum", "rounded"), rules=("T1", "P20"))
    outlook = Guidance("revenue", "gaap", None, Decimal(1), None, "USD", Source(0, 4, "Acme"), rules=("G2",))
    figures = (
        told,
        dataclasses.replace(told, rules=("T1",)),
        made.figure(grade="C", precision=None),
        dataclasses.replace(told, duration="year"),
    )
    release = made.release(figures=figures, guidance=(outlook,), rules=("K1",))
    for _ in range(2):
        writer.save_release(_document_id(archive), release, writer.start_parse("1"))
    back = list(queries.list_figures(archive))
    assert [(f.precision, f.grade, f.support) for f in back[:3]] == [
        (Decimal(1000), "A", ("sum", "rounded")), (Decimal(1000), "A", ("sum", "rounded")), (None, "C", ()),
    ]  # fmt: skip
    assert str(back[0].precision) == "1000"
    sets = select(models.RuleSet.rules).order_by(models.RuleSet.rules)
    of_figures = select(models.RuleSet.rules).join(models.Figure, models.Figure.c.rules == models.RuleSet.id)
    with archive.connect() as connection:
        assert list(connection.scalars(sets)) == ["G2", "K1", "T1", "T1 P20"]
        assert list(connection.scalars(of_figures.order_by(models.Figure.c.position))) == ["T1 P20", "T1", "T1 P20"]


def test_versions_are_kept_and_one_is_current(archive: Archive, writer: Writer) -> None:
    writer.save_submission(made.submission(made.filing()))
    document = _document_id(archive)
    writer.save_release(document, _rich_release("1"), writer.start_parse("1"))
    writer.save_release(document, ParseError("binary", "the bytes are no text"), writer.start_parse("2"))
    query = select(models.Release.parser_version, models.Release.current, models.Release.error_code).order_by(models.Release.id)
    with archive.connect() as connection:
        assert [tuple(row) for row in connection.execute(query)] == [("1", False, None), ("2", True, "binary")]
    assert (_count(archive, models.Figure), _count(archive, models.ReleaseText)) == (2, 0)
    writer.save_release(document, _rich_release("1"), writer.start_parse("1"))
    with archive.connect() as connection:
        assert [row.current for row in connection.execute(query)] == [True, False]
    assert _count(archive, models.ReleaseText) == 1


def test_wrong_version_or_document_is_refused(archive: Archive, writer: Writer) -> None:
    writer.save_submission(made.submission(made.filing()))
    run = writer.start_parse("1")
    with pytest.raises(ValueError, match="version 2 in a run of version 1"):
        writer.save_release(_document_id(archive), made.release(version="2"), run)
    with pytest.raises(ValueError, match="no bytes of document"):
        writer.save_release(99, made.release(), run)
    with pytest.raises(ValueError, match="no parse run"):
        writer.save_release(_document_id(archive), made.release(), run + 1)
    assert _count(archive, models.Release) == 0


def test_text_that_a_database_refuses_is_kept_readable(archive: Archive, writer: Writer) -> None:
    writer.save_submission(made.submission(made.filing()))
    odd = dataclasses.replace(made.release(), text="nul \x00 and surrogate \ud800.", headline="nul \x00")
    writer.save_release(_document_id(archive), odd, writer.start_parse("1"))
    with archive.connect() as connection:
        assert connection.scalar(select(models.ReleaseText.body)) == "nul � and surrogate �."


def test_long_text_of_many_words_is_searchable_on_both(archive: Archive, writer: Writer) -> None:
    writer.save_submission(made.submission(made.filing()))
    text = " ".join(f"word{n}x" for n in range(200_000))
    writer.save_release(_document_id(archive), dataclasses.replace(made.release(), text=text), writer.start_parse("1"))
    assert _count(archive, models.ReleaseText) == 1


def test_a_finished_run_refreshes_the_planners_statistics(archive: Archive, writer: Writer) -> None:
    writer.save_listing(made.listing([made.filing(n) for n in range(1, 50)]))
    crawl, parse = writer.start_crawl("company", {}), writer.start_parse("1")
    writer.finish_crawl(crawl, "finished", {})
    writer.finish_parse(parse, {})
    with archive.connect() as connection:
        if connection.dialect.name == "sqlite":
            known = connection.exec_driver_sql("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'filing'").scalar_one()
        else:
            known = connection.exec_driver_sql("SELECT reltuples FROM pg_class WHERE relname = 'filing'").scalar_one()
    assert known > 0


def test_a_supplement_completes_its_release(archive: Archive, writer: Writer) -> None:
    whole = made.submission(made.filing())
    supplement = FetchedDocument(FilingDocument(4, "EX-99.2", "tables.htm", "SUPPLEMENT", 6), b"tables")
    writer.save_submission(dataclasses.replace(whole, documents=(*whole.documents, supplement)))
    both = WantedExhibits.parse("99.1,99.2")
    assert [queries.count_documents_to_parse(archive, "1", exhibits=wanted) for wanted in (RELEASES_ALONE, both)] == [1, 2]
    first, second = queries.list_documents_to_parse(archive, "1", exhibits=both)
    assert [(work.type, work.pipeline) for work in (first, second)] == [("EX-99.1", "release"), ("EX-99.2", "supplement")]
    rounded, exact = made.figure(value="4100000", precision=Decimal(100_000), printed="$4.1 million"), made.figure(value="4085000")
    other = made.figure("cash", "900000", duration="instant")
    contrary = made.figure("equity", "7000000", duration="instant")
    told = made.release(figures=(rounded, dataclasses.replace(contrary, value=Decimal(5_000_000))))
    more = made.release(b"tables", pipeline="supplement", kind="other", headline=None, figures=(exact, other, contrary))
    run = writer.start_parse("1")
    writer.save_releases([(first.document_id, told), (second.document_id, more)], run)
    assert queries.count_documents_to_parse(archive, "1", exhibits=both) == 0
    assert [row.document_type for row in queries.list_releases(archive)] == ["EX-99.1"]
    assert [row.document_type for row in queries.list_releases(archive, ReleaseFilter(pipelines=["supplement"]))] == ["EX-99.2"]
    figures = {(row.metric, row.document_type) for row in queries.list_figures(archive)}
    assert figures == {("revenue", "EX-99.1"), ("revenue", "EX-99.2"), ("cash", "EX-99.2"), ("equity", "EX-99.1"), ("equity", "EX-99.2")}
    values = {metric: [p.value for p in read_series(archive, made.ACME, metric, "gaap", duration).points]
              for metric, duration in (("revenue", "quarter"), ("cash", "instant"), ("equity", "instant"))}  # fmt: skip
    assert values == {"revenue": [4_085_000], "cash": [900_000], "equity": [5_000_000]}
    writer.save_releases([(second.document_id, ParseError("empty", "no words"))], run)
    assert [row.document_type for row in queries.list_releases(archive)] == ["EX-99.1"]
    assert list(find_damage(archive)) == []


def test_a_supplement_that_is_a_release_after_all_is_parsed_again(archive: Archive, writer: Writer) -> None:
    whole = made.submission(made.filing(), choice=ReleaseChoice((), "exhibit_not_release", "no sign"))
    writer.save_submission(whole)
    (work,) = queries.list_documents_to_parse(archive, "1", exhibits=WantedExhibits.parse("99"))
    release = made.release(pipeline="supplement")
    writer.save_release(work.document_id, release, writer.start_parse("1"))
    assert list(queries.list_releases(archive)) == []
    writer.save_submission(made.submission(made.filing()))
    (work,) = queries.list_documents_to_parse(archive, "1")
    assert work.pipeline == "release"
    assert read_series(archive, made.ACME, "revenue").points[0].value == 4_085_000
