"""`ex99 import --jobs`: the same archive and the same words as with one process, whatever befalls the processes."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from ex99.api import open_archive
from ex99.crawler.reading_process import Answer, answer_with
from ex99.importing import import_paths, turns
from ex99.replica.daily import write_daily_feeds
from ex99.storage.archive import Archive
from ex99.storage.models import Base
from tests.ex99.conftest import Cli
from tests.ex99.test_import import RELEASE
from tests.ex99.test_import_packed import OTHER, make_tar

pytestmark = pytest.mark.slow
_HERE = "tests.ex99.test_import_jobs:"
_ROOT = Path(__file__).resolve().parents[2]


def read_or_die(content: bytes) -> Answer:
    """The reader of submissions, which one word kills and another keeps busy."""
    if b"DEADLY NICKEL" in content:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"ENDLESS NICKEL" in content:
        time.sleep(600)
    return answer_with(content)


def read_slowly(content: bytes) -> Answer:
    time.sleep(0.2)
    return answer_with(content)


def dump(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of an archive, in their order, but for its runs and the days of the import."""
    with archive.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if not table.name.endswith("_run")]
        columns = [[column for column in table.c if column.name not in ("kept", "as_of")] for table in tables]
        return {table.name: [tuple(row) for row in connection.execute(table.select().with_only_columns(*told))]
                for table, told in zip(tables, columns, strict=True)}  # fmt: skip


@pytest.fixture
def mixed(submissions: Path, surroundings: Path) -> Path:
    """A folder of everything: feeds, single submissions, one twice, other forms, damage, other files."""
    folder = surroundings / "mixed"
    list(write_daily_feeds(submissions, folder / "feeds"))
    files = sorted(submissions.rglob("*.txt"))
    (folder / "twice.txt").write_bytes(files[0].read_bytes())
    (folder / "cut.txt").write_bytes(files[1].read_bytes()[:-400])
    (folder / "broken.txt.gz").write_bytes(gzip.compress(files[2].read_bytes())[:-20])
    (folder / "other.nc").write_text(OTHER)
    (folder / "readme.md").write_text("mine")
    (folder / "release.txt").write_text(RELEASE)
    make_tar(folder / "odd.tar", {"../x.txt": b"x", files[3].name: files[3].read_bytes()})
    return folder


def test_the_same_archive_and_report_with_any_number(mixed: Path, surroundings: Path) -> None:
    told = []
    for jobs in (1, 3):
        with open_archive(surroundings / f"archive{jobs}") as archive:
            report = archive.import_(mixed, parse=False, jobs=jobs)
            told.append((report, dump(archive.storage)))
    assert told[0][0] == told[1][0]
    assert [table for table, rows in told[0][1].items() if rows != told[1][1][table]] == []
    report, rows = told[0]
    assert {skip.code for skip in report.skips} == {"truncated", "unsafe_name"}
    assert report.known >= 2
    assert report.other_forms.total() == 1
    assert len(report.passed) == 2
    assert len(rows["filing"]) == report.archived > 10


def test_one_that_kills_or_keeps_its_process_costs_itself_alone(
    submissions: Path, surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "READER", _HERE + "read_or_die")
    monkeypatch.setattr(turns, "READ_SECONDS", 2.0)
    monkeypatch.setattr(sys, "path", [*sys.path, str(_ROOT)])
    files = {path.name: path.read_bytes() for path in sorted(submissions.rglob("*.txt"))[:9]}
    names = list(files)
    for name, word in ((names[2], b"DEADLY NICKEL"), (names[5], b"ENDLESS NICKEL")):
        files[name] = files[name].replace(b"<TEXT>", b"<TEXT>\n" + word, 1)
    make_tar(surroundings / "all.tar", files)
    with open_archive(surroundings / "archive") as archive:
        report = archive.import_(surroundings / "all.tar", parse=False, jobs=2)
    assert [(Path(skip.path).name.split(": ")[-1], skip.code) for skip in report.skips] == [(names[2], "crashed"), (names[5], "too_slow")]
    assert [f"{number}.txt" for number in report.accessions] == [name for name in names if name not in (names[2], names[5])]


def test_a_large_one_is_read_here(submissions: Path, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LARGEST", 2000)
    monkeypatch.setattr(turns, "READER", _HERE + "read_or_die")
    files = {
        path.name: path.read_bytes().replace(b"<TEXT>", b"<TEXT>\nDEADLY NICKEL", 1) for path in sorted(submissions.rglob("*.txt"))[:4]
    }
    assert all(len(data) > 2000 for data in files.values())
    make_tar(surroundings / "all.tar", files)
    with Archive.open(f"sqlite:///{surroundings / 'a.db'}", str(surroundings / "blobs")) as archive:
        report = import_paths(archive, [surroundings / "all.tar"], jobs=2)
    assert (report.archived, report.skips) == (4, [])


def test_no_more_is_in_hand_than_the_processes_need(submissions: Path) -> None:
    content = min(submissions.rglob("*.txt")).read_bytes()
    settled: list[int] = []
    with turns.Turns(2) as read:
        for number in range(12):
            read.read(BytesIO(content), lambda _, number=number: settled.append(number))  # type: ignore[misc]
            assert number + 1 - len(settled) <= 2 * turns._AHEAD
        read.finish()
    assert settled == list(range(12))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_it_loses_nothing_and_the_same_command_does_the_rest(submissions: Path, surroundings: Path, how: signal.Signals) -> None:
    make_tar(surroundings / "all.tar", {path.name: path.read_bytes() for path in sorted(submissions.rglob("*.txt"))})
    count = len(list(submissions.rglob("*.txt")))
    words = ["import", "all.tar", "--no-parse", "--jobs", "2", "--archive", "archive"]
    code = (
        f"from ex99.importing import turns; turns.READER = '{_HERE}read_slowly'; "
        f"from ex99.cli.app import run; import ex99.cli, sys; sys.exit(run({words}))"
    )
    environment = os.environ | {"PYTHONPATH": str(_ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], cwd=surroundings, env=environment, stderr=subprocess.PIPE) as child:
        deadline = time.monotonic() + 120
        while count_filings(surroundings / "archive") < 3:
            assert time.monotonic() < deadline
            assert child.poll() is None
            time.sleep(0.05)
        child.send_signal(how)
        _, said = child.communicate(timeout=60)
    assert child.returncode == (130 if how == signal.SIGINT else -signal.SIGKILL)
    assert b"Traceback" not in said
    kept = count_filings(surroundings / "archive")
    assert 3 <= kept <= count  # all of them where the machine was slow to look, and the stop came before the end of the process alone
    with open_archive(surroundings / "archive") as archive:
        report = archive.import_(surroundings / "all.tar", parse=False, jobs=2)
        assert (report.archived, report.known, report.skips) == (count - kept, kept, [])
        assert list(archive.verify()) == []


def count_filings(folder: Path) -> int:
    if not (folder / "archive.db").exists():
        return 0
    try:
        with open_archive(folder, create=False) as archive:
            return archive.status().filings
    except Exception:  # noqa: BLE001 - it is being made
        return 0


def test_the_command(cli: Cli, submissions: Path) -> None:
    ran = cli("import", submissions, "--jobs", "2", "--no-parse", "--json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["import"]["archived"] == len(list(submissions.rglob("*.txt")))
