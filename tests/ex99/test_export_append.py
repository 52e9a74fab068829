"""`ex99 export --append`: the export is what a fresh one would be, by reading what changed, and whole whenever it is looked at."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ex99.api import Archive, open_archive
from ex99.errors import UserError
from ex99.export.arrow import SCHEMA
from ex99.export.tables import TABLES
from ex99.filings.filing import ReleaseChoice
from ex99.filings.release import FiscalPeriod, ParseError
from ex99.storage.filters import FilingFilter
from ex99.storage.fingerprints import read_fingerprints
from ex99.storage.queries import list_documents
from ex99.storage.writer import Writer
from tests.ex99.conftest import Cli
from tests.ex99.histories import GROCER, SPLITTER
from tests.storage import made

pa = pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")
ds = pytest.importorskip("pyarrow.dataset")
FORMS = ["tables", "kept.duckdb"]
NAMES = {SPLITTER: "ACME ANVILS INC", GROCER: "BOLT GROCERS CORP"}
WHOLE = [name for name in TABLES if name != "texts"]
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def told(past: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of the archive with a past, to be written into."""
    shutil.copytree(past, tmp_path / "archive")
    with open_archive(tmp_path / "archive", create=False) as archive:
        yield archive


def read(place: Path, tables: Iterable[str] = WHOLE) -> Rows:
    """Every row of an export, sorted: its own rows, whatever their order and their files."""
    if place.suffix == ".duckdb":
        with duckdb.connect(str(place), read_only=True) as connection:
            found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    else:
        folders = {name: place / "current" / name for name in tables}
        found = {name: [tuple(row.values()) for row in ds.dataset(folder).to_table().to_pylist()] for name, folder in folders.items()}
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def publish(archive: Archive, number: int, ciks: list[Any], *figures: Any, year: int = 2015) -> int:
    """Archive a filing of companies and what was read from its release; returns the document's number."""
    writer, content = Writer(archive.storage), f"release {number}".encode()
    filing = made.filing(number, f"{year}-02-01", ciks=ciks)
    writer.save_submission(made.submission(filing, content, filers=[made.filer(cik, NAMES[cik]) for cik in ciks]))
    document = next(d for d in list_documents(archive.storage, FilingFilter(accessions=[filing.accession])) if d.rank == 0)
    period = FiscalPeriod(year - 1, 4, dt.date(year - 1, 12, 31))
    writer.save_release(document.id, made.release(content, figures=figures, fiscal_period=period), writer.start_parse("1"))
    return document.id


def parse_again(archive: Archive, accession: str, *figures: Any) -> None:
    writer, content = Writer(archive.storage), f"release {int(accession[-6:])}".encode()
    document = next(d for d in archive.documents(accession=accession) if d.rank == 0)
    writer.save_release(document.id, made.release(content, version="2", figures=figures), writer.start_parse("2"))


def publish_new(archive: Archive) -> None:
    publish(archive, 900, [SPLITTER], made.figure("revenue", "1290000", "2014-12-31"), made.figure("revenue", "9", "2013-12-31"))


def read_otherwise(archive: Archive) -> None:
    """A release of which another parser version finds other figures, and fewer."""
    (accession,) = {row.accession for row in archive.figures(GROCER) if row.value == 500_000}
    parse_again(archive, str(accession), made.figure("revenue", "500001", "2013-02-17"))


def read_nothing(archive: Archive) -> None:
    writer = Writer(archive.storage)
    document = next(d for d in archive.documents(accession=str(archive.filings(SPLITTER)[3].accession)) if d.rank == 0)
    writer.save_release(document.id, ParseError("empty", "nothing to read"), writer.start_parse("2"))


def publish_jointly(archive: Archive) -> None:
    publish(archive, 901, [GROCER, SPLITTER], made.figure("net_income", "77000", "2014-12-31"))


def lead_jointly_otherwise(archive: Archive) -> None:
    """The filing's rows leave the company that came first for the one that comes first now."""
    filing = made.filing(901, "2015-02-01", ciks=[SPLITTER, GROCER])
    filers = [made.filer(cik, NAMES[cik]) for cik in (SPLITTER, GROCER)]
    Writer(archive.storage).save_submission(made.submission(filing, b"release 901", filers=filers))


def choose_no_release(archive: Archive) -> None:
    """What was a release is none any more: its figures must not stay."""
    filing = made.filing(900, "2015-02-01", ciks=[SPLITTER])
    Writer(archive.storage).save_submission(made.submission(filing, b"release 900", choice=ReleaseChoice((), "no_exhibit_99", "none")))


def rename_company(archive: Archive) -> None:
    Writer(archive.storage).save_company(made.filer(GROCER, "BOLT FOODS CORP", tickers=(("BOLT", "NYSE"),)), dt.date(2024, 1, 1))


def list_more(archive: Archive) -> None:
    """A company of which nothing is archived yet, and a filing that could not be had."""
    newcomer = made.Cik(9_000_009)
    listing = made.listing([made.filing(950, "2016-05-01", ciks=[newcomer])], made.filer(newcomer, "NEWCOMER LTD"))
    Writer(archive.storage).save_listing(listing)
    Writer(archive.storage).save_failure(made.accession(950), "gone", "EDGAR has it no more")


STORY: list[Callable[[Archive], None]] = [
    publish_new, read_otherwise, read_nothing, publish_jointly, lead_jointly_otherwise, choose_no_release, rename_company, list_more
]  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_it_is_what_a_fresh_export_is_after_every_change(told: Archive, tmp_path: Path, name: str) -> None:
    kept = tmp_path / name
    told.export(kept, append=True)
    before = read(kept)
    assert before["figures"]
    for number, change in enumerate(STORY):
        change(told)
        told.export(kept, append=True)
        fresh = tmp_path / f"fresh-{number}" / name
        fresh.parent.mkdir()
        told.export(fresh, append=True)
        now = read(kept)
        assert now == read(fresh), change.__name__
        assert now != before, change.__name__
        before = now
    plain = told.export(tmp_path / "plain")
    for written in plain.tables:
        rows = [tuple(row.values()) for row in pa.parquet.read_table(written.path).to_pylist()]
        assert sorted(rows, key=repr) == before[written.table], written.table


@pytest.mark.parametrize("name", FORMS)
def test_what_did_not_change_is_not_read(told: Archive, tmp_path: Path, name: str) -> None:
    told.export(tmp_path / name, append=True)
    publish_new(told)
    with told.storage.begin() as connection:  # whoever reads these figures fails
        spoilt = "UPDATE figure SET value = 'spoilt' WHERE release_id IN (SELECT release_id FROM figure WHERE value = '500000')"
        assert connection.exec_driver_sql(spoilt).rowcount
    with pytest.raises(ArithmeticError):
        list(told.figures(GROCER))
    report = told.export(tmp_path / name, append=True)
    assert report.changed == 1
    figures = next(written for written in report.tables if written.table == "figures")
    assert figures.read == len(told.figures(SPLITTER)) < figures.rows


def test_files_of_years_without_a_change_stay_the_same_files(told: Archive, tmp_path: Path) -> None:
    def list_files() -> dict[str, int]:
        now = tmp_path / "tables" / "current"
        return {str(path.relative_to(now)): path.stat().st_ino for path in now.glob("figures/*/*.parquet")}

    told.export(tmp_path / "tables", append=True)
    before = list_files()
    publish_new(told)
    told.export(tmp_path / "tables", append=True)
    after = list_files()
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed == {"figures/year=2015/rows.parquet"}


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_touched_where_nothing_changed(told: Archive, tmp_path: Path, name: str) -> None:
    told.export(tmp_path / name, append=True)
    place = tmp_path / name / "current" if name == "tables" else tmp_path / name
    before = place.stat().st_mtime_ns, place.stat().st_ino
    report = told.export(tmp_path / name, append=True)
    assert (report.changed, report.tables) == (0, [])
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == before


def test_duckdb_attaches_both_and_finds_the_version(told: Archive, tmp_path: Path) -> None:
    for name in FORMS:
        told.export(tmp_path / name, append=True)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{tmp_path / 'kept.duckdb'}' AS kept (READ_ONLY)")
        (attached,) = connection.execute("SELECT sum(value) FROM kept.figures WHERE metric = 'revenue'").fetchone()
        files = f"read_parquet('{tmp_path}/tables/current/figures/**/*.parquet', hive_partitioning = true)"
        (read_files,) = connection.execute(f"SELECT sum(value) FROM {files} WHERE metric = 'revenue'").fetchone()
        years = connection.execute(f"SELECT DISTINCT year FROM {files} ORDER BY 1").fetchall()
        (version,) = connection.execute("SELECT value FROM kept.ex99_export WHERE name = 'schema'").fetchone()
        (comment,) = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE database_name = 'kept' AND table_name = 'figures' AND column_name = 'basis'"
        ).fetchone()
    assert attached == read_files == sum(row.value for row in told.figures(metric="revenue"))
    assert [int(year) for (year,) in years] == sorted({row.filing_date.year for row in told.figures()})
    assert (version, comment) == (str(SCHEMA), "gaap or nongaap")
    for file in (tmp_path / "tables" / "current").rglob("*.parquet"):
        assert pa.parquet.read_schema(file).metadata[b"ex99_schema"] == str(SCHEMA).encode()


def test_what_cannot_be_kept_is_refused_in_one_line(told: Archive, cli: Cli, surroundings: Path) -> None:
    archive = surroundings / "archive"
    for name in FORMS:
        assert cli("export", name, "--append", "-a", archive).code == 0
        told_again = cli("export", name, "--append", "-a", archive)
        assert (told_again.code, told_again.err) == (0, "up to date: nothing has changed since\n")
        other = cli("export", name, "--append", "-a", archive, "-t", "figures", "--since", "2013")
        assert other.code == 2
        assert other.err.startswith(f"error: {name} is kept with the tables companies, filings")
        state = json.dumps({"schema": 99, "tables": [], "since": None, "until": None, "written": "", "companies": {}})
        if name == "tables":
            (surroundings / name / "current" / "ex99-export.json").write_text(state)
        else:
            with duckdb.connect(name) as connection:
                connection.execute("UPDATE ex99_export SET value = ? WHERE name = 'state'", [state])
        refused = cli("export", name, "--append", "-a", archive)
        assert refused.code == 2
        assert refused.err.splitlines()[0] == f"error: {name} has the schema 99, and this ex99 (0.1.0) writes {SCHEMA}"
        assert cli("export", name, "--append", "--overwrite", "-a", archive).code == 0
        assert read(surroundings / name)["figures"]
    cli("export", "plain.duckdb", "-a", archive)
    cli("export", "flat", "-a", archive)
    Path("notes.duckdb").write_text("my notes, and no database")
    for arguments, message in (
        (["plain.duckdb"], "plain.duckdb was not made by `ex99 export --append`"),
        (["flat"], "flat holds changes.parquet, which `ex99 export --append` did not make"),
        (["notes.duckdb", "--overwrite"], "notes.duckdb is no DuckDB file"),
        (["new", "--format", "csv"], "--append keeps a folder of Parquet files or a .duckdb file"),
        (["new.parquet", "-t", "figures"], "--append keeps a folder of Parquet files or a .duckdb file"),
        (["tables", "--company", str(GROCER)], "--append keeps an export of all companies"),
    ):
        refused = cli("export", *arguments, "--append", "-a", archive)
        assert (refused.code, refused.err.splitlines()[0]) == (2, f"error: {message}")
    assert Path("notes.duckdb").read_text().startswith("my notes")
    assert not Path("new").exists()


def test_two_at_once_do_not_meet(told: Archive, tmp_path: Path) -> None:
    from ex99.export.duckdb_file import open_duckdb
    from ex99.export.parquet_folder import open_folder

    with open_folder(tmp_path / "tables", overwrite=False), pytest.raises(UserError, match="another export is being written"):
        told.export(tmp_path / "tables", append=True)
    with open_duckdb(tmp_path / "kept.duckdb", overwrite=False):
        script = f"from ex99 import open_archive; open_archive({str(tmp_path / 'archive')!r}).export('kept.duckdb', append=True)"
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "kept.duckdb is open in another program" in done.stderr


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
import duckdb, pyarrow.dataset, pyarrow.parquet
from ex99 import open_archive
from ex99.export.duckdb_file import DuckdbFile
from ex99.export import parquet_folder

count = ends = 0

def counting(owner, name):
    inner = getattr(owner, name)
    def call(*arguments, **named):
        tick()
        answer = inner(*arguments, **named)
        tick()
        return answer
    setattr(owner, name, call)

def tick():
    global count
    count += 1
    if count == ends:
        os.kill(os.getpid(), signal.SIGKILL)

for owner, names in (
    (Path, ("rename", "replace", "symlink_to", "unlink", "write_text")), (shutil, ("rmtree",)), (os, ("link",)),
    (parquet_folder._PartWriter, ("close",)), (DuckdbFile, ("put", "commit")),
):
    for name in names:
        counting(owner, name)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        ends = int(line)
        with open_archive("archive", create=False) as archive:
            archive.export(sys.argv[1], tables=["companies", "figures", "changes"], append=True)
        print(count, flush=True)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_a_kill_leaves_the_old_state_or_the_new_one(told: Archive, tmp_path: Path, name: str) -> None:
    (tmp_path / "killed.py").write_text(KILLED)
    place, tables = tmp_path / name, ("companies", "figures", "changes")
    command = [sys.executable, "killed.py", name]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def run(ends: int) -> list[int]:
            """Run an export in a process that is killed at a step, 0 for none; returns the count of steps, where it ended, and its code."""
            process.stdin.write(f"{ends}\n")
            told = [int(process.stdout.readline())]
            return told if told[0] < 0 else [*told, int(process.stdout.readline())]

        run(0)
        old = read(place, tables)
        kept = tmp_path / "old"
        shutil.copytree(place, kept, symlinks=True) if place.is_dir() else shutil.copy(place, kept)
        publish_new(told)
        read_otherwise(told)
        steps, code = run(0)
        new = read(place, tables)
        assert code == 0
        assert new != old
        seen = set()
        for ends in sorted({*range(1, steps, max(1, steps // 5)), *range(max(1, steps - 10), steps, 2), steps}):
            shutil.rmtree(place) if place.is_dir() else place.unlink()
            shutil.copytree(kept, place, symlinks=True) if kept.is_dir() else shutil.copy(kept, place)
            assert run(ends) == [-signal.SIGKILL]
            now = read(place, tables)
            assert now in (old, new), f"half of it after step {ends} of {steps}"
            seen.add(now == new)
            assert run(0)[-1] == 0
            assert read(place, tables) == new
        assert seen == {False, True}
        process.stdin.close()


def test_a_fingerprint_changes_with_each_thing_that_its_rows_are_made_of(told: Archive) -> None:
    before = read_fingerprints(told.storage, "")
    assert read_fingerprints(told.storage, "") == before
    assert not set(read_fingerprints(told.storage, "another ex99").values()) & set(before.values())
    assert before.keys() == {GROCER, SPLITTER}
    rename_company(told)
    after = read_fingerprints(told.storage, "")
    assert (after[GROCER] == before[GROCER], after[SPLITTER] == before[SPLITTER]) == (False, True)
