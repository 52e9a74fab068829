"""`ex99 verify`, `db`, `doctor` and `version`, and archives that cannot be used."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ex99 import __version__
from tests.ex99.conftest import CIK, Cli
from tests.ex99.test_import import RELEASE


@pytest.fixture
def copied(filled: Path, surroundings: Path) -> Path:
    shutil.copytree(filled, surroundings / "ex99-archive")
    return surroundings / "ex99-archive"


def set_revision(folder: Path, revision: str) -> None:
    with sqlite3.connect(folder / "archive.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def test_a_sound_archive(cli: Cli, filled: Path) -> None:
    for options in ([], ["--quick"]):
        ran = cli("verify", "-a", filled, *options)
        assert (ran.code, ran.out) == (0, "all is well\n")


def test_damage_is_listed_and_orphans_are_harmless(cli: Cli, copied: Path) -> None:
    blobs = sorted(path for path in (copied / "blobs").rglob("*") if path.is_file())
    orphan = copied / "blobs" / "00" / ("0" * 64 + blobs[0].suffix)
    orphan.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(blobs[0], orphan)
    assert cli("verify", "--quick").out == "all is well\n"
    harmless = cli("verify")
    assert harmless.code == 0
    assert "orphan_blob" in harmless.out
    assert "1 orphan blob removed" in cli("verify", "--remove-orphans").out
    assert not orphan.exists()
    blobs[0].write_bytes(b"damaged")
    blobs[1].unlink()
    ran = cli("verify")
    assert ran.code == 1
    assert "corrupt_blob" in ran.out
    assert "missing_blob" in ran.out
    told = [json.loads(line) for line in cli("verify", "--json").out.splitlines()]
    assert {finding["kind"] for finding in told} >= {"corrupt_blob", "missing_blob"}


def test_repair_and_the_same_import_make_an_archive_sound_again(cli: Cli, copied: Path, submissions: Path) -> None:
    blobs = sorted(path for path in (copied / "blobs").rglob("*") if path.is_file())
    blobs[0].write_bytes(b"damaged")
    blobs[1].unlink()
    with sqlite3.connect(copied / "archive.db") as connection:
        connection.execute("UPDATE figure SET source_text = 'x' WHERE release_id = (SELECT max(release_id) FROM figure)")
        figures = connection.execute("SELECT count(*) FROM figure").fetchone()
    connection.close()
    ran = cli("verify", "--repair")
    assert ran.code == 1
    assert f"moved to {blobs[0]}.damaged-1" in ran.out
    assert "its releases are parsed again" in ran.out
    assert "brings their bytes again" in ran.err
    assert cli("import", submissions).code == 0
    assert cli("reparse").code == 0
    assert cli("verify").out == "all is well\n"
    again = cli("verify", "--repair")
    assert (again.code, again.out) == (0, "all is well\n")
    with sqlite3.connect(copied / "archive.db") as connection:
        assert connection.execute("SELECT count(*) FROM figure").fetchone() == figures
    connection.close()
    assert Path(f"{blobs[0]}.damaged-1").read_bytes() == b"damaged"


def test_db_commands(cli: Cli, copied: Path) -> None:
    current = cli("db", "current")
    assert current.code == 0
    assert "(up to date)" in current.out
    upgraded = cli("db", "upgrade")
    assert upgraded.code == 0
    assert "already at revision" in upgraded.out


def test_db_upgrade_makes_an_archive(cli: Cli, surroundings: Path) -> None:
    ran = cli("db", "upgrade", "--archive", "fresh/deep")
    assert ran.code == 0
    assert "upgraded from revision none to" in ran.out
    assert cli("status", "--archive", "fresh/deep").code == 0


@pytest.mark.parametrize(
    "command", [["status"], ["query", "figures"], ["reparse"], ["db", "upgrade"], ["db", "current"], ["import", "x.txt"]]
)
def test_a_database_of_a_newer_revision_is_left_alone(cli: Cli, copied: Path, command: list[str]) -> None:
    set_revision(copied, "9999")
    before = (copied / "archive.db").read_bytes()
    ran = cli(*command)
    assert ran.code == 2
    assert ran.err.startswith("error: the database")
    assert "newer than this ex99" in ran.err
    assert ran.err.count("\n") == 1
    assert (copied / "archive.db").read_bytes() == before


def test_a_file_that_is_no_database(cli: Cli, surroundings: Path) -> None:
    Path("ex99-archive").mkdir()
    Path("ex99-archive/archive.db").write_text("this is no database, only words " * 100)
    for command in (["status"], ["db", "current"], ["db", "upgrade"]):
        ran = cli(*command)
        assert ran.code == 2
        assert ran.err.startswith("error: cannot open the database")
        assert ran.err.count("\n") == 1


def test_a_setting_that_does_not_exist(cli: Cli, surroundings: Path) -> None:
    Path("ex99.toml").write_text('user_agnt = "Pat Example pat@example.com"\n')
    ran = cli("status")
    assert ran.code == 2
    assert "there is no such setting; did you mean user_agent?" in ran.err


def test_an_empty_archive_says_what_fills_it(cli: Cli, surroundings: Path) -> None:
    assert cli("import", "nowhere.txt").code == 1
    assert "the archive is empty: `ex99 crawl` and `ex99 import` fill it" in cli("status").err


def test_a_place_where_no_folder_can_be(cli: Cli, surroundings: Path) -> None:
    Path("release.txt").write_text(RELEASE)
    for command in (["import", "release.txt", "--cik", "9990777", "--filed", "2006-07-24"], ["demo"]):
        ran = cli(*command, "--archive", "release.txt/archive")
        assert ran.code == 2
        assert ran.err.splitlines()[-2].startswith("error: ")
        assert "not a directory" in ran.err
        assert "--archive" in ran.err.splitlines()[-1]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder(cli: Cli, copied: Path) -> None:
    Path("release.txt").write_text(RELEASE)
    for path in (copied, copied / "archive.db"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ran = cli("import", "release.txt", "--cik", "9990777", "--filed", "2006-07-24")
        assert ran.code == 2
        assert ran.err.startswith("error: ")
        assert ran.err.count("\n") <= 2
    finally:
        copied.chmod(0o755)
        (copied / "archive.db").chmod(0o644)


def test_doctor_on_a_fresh_machine(cli: Cli, surroundings: Path) -> None:
    ran = cli("doctor")
    assert ran.code == 0
    assert 'export EX99_USER_AGENT="Your Name you@example.com"' in ran.out
    assert "ex99-archive (not there yet)" in ran.out
    assert "1 thing to look at" in ran.out


def test_doctor_sees_what_is_set(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EX99_USER_AGENT", "Pat Example pat@example.com")
    monkeypatch.setenv("EX99_COLOUR", "blue")
    checks = {check["name"]: check for check in map(json.loads, cli("doctor", "--json").out.splitlines())}
    assert checks["user agent"]["verdict"] == "ok"
    assert checks["archive"]["verdict"] == "ok"
    assert checks["configuration"]["advice"] == "ex99 knows no EX99_COLOUR"
    set_revision(copied, "9999")
    ran = cli("doctor")
    assert ran.code == 1
    assert "newer than this ex99" in ran.out


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EX99_REQUESTS_PER_SECOND", "20", "10 requests a second at the most"),
        ("EX99_WWW_URL", "http://www.sec.gov", "https alone"),
    ],
)
def test_doctor_says_what_edgar_would_not_stand(
    cli: Cli, surroundings: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    ran = cli("doctor")
    assert ran.code == 1
    assert words in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "EX99_REQUESTS_PER_SECOND",
            "fast",
            "EX99_REQUESTS_PER_SECOND (or requests_per_second in ex99.toml): input should be a valid number",
        ),
        ("EX99_WWW_URL", "ftp://example.com", "EX99_WWW_URL (or www_url in ex99.toml): expected an http or https address"),
    ],
)
def test_wrong_settings(cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(name, value)
    ran = cli("status")
    assert ran.code == 2
    assert words.lower() in ran.err.lower()


def test_a_broken_settings_file(cli: Cli, surroundings: Path) -> None:
    Path("ex99.toml").write_text('archives = "typo"\n')
    ran = cli("status")
    assert ran.code == 2
    assert "archives" in ran.err
    Path("ex99.toml").write_text("not toml at all")
    ran = cli("status")
    assert ran.code == 2
    assert ran.err.startswith("error: ex99.toml")


def test_a_database_out_of_reach(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EX99_DATABASE_URL", "postgresql+psycopg://pat:hunter2@127.0.0.1:9/ex99")
    ran = cli("status")
    assert ran.code == 2
    assert ran.err.startswith("error: ")
    assert "hunter2" not in ran.err
    monkeypatch.setenv("EX99_DATABASE_URL", "nonsense")
    ran = cli("status")
    assert ran.code == 2
    assert ran.err.startswith("error: ")


@pytest.mark.parametrize(
    "command", ["status", "db current", "verify --quick", f"series {CIK} revenue", "export --table companies all.csv --overwrite"]
)
def test_an_archive_that_is_named_wins_and_says_so(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    silent = cli(*command.split(), "--archive", copied)
    assert "EX99_DATABASE_URL" not in silent.err
    monkeypatch.setenv("EX99_DATABASE_URL", "sqlite:///elsewhere.db")
    told = cli(*command.split(), "--archive", copied)
    assert told.code == silent.code
    assert told.out == silent.out
    assert f"taken is --archive {copied}, not EX99_DATABASE_URL;" in told.err
    assert not Path("elsewhere.db").exists()
    monkeypatch.setenv("EX99_BLOB_URL", "elsewhere")
    assert "not EX99_DATABASE_URL and EX99_BLOB_URL;" in cli(*command.split(), "--archive", copied).err


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    reader, pipe = os.pipe()
    os.close(reader)
    ran = subprocess.run([sys.executable, "-m", "ex99", "version"], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False)
    os.close(pipe)
    assert ran.returncode in (0, 1)
    assert ran.stderr == ""


def test_version(cli: Cli) -> None:
    assert cli("version").out.startswith(f"ex99 {__version__}, parser ")
    assert cli("--version").out == cli("version").out


def test_serve_replica_refuses_what_it_cannot_serve(cli: Cli, surroundings: Path) -> None:
    assert "error: nowhere is no folder" in cli("serve-replica", "nowhere").err
    assert "error: --faults: " in cli("serve-replica", ".", "--faults", "fire=1").err
    assert "error: --company-tickers: there is no file t.json" in cli("serve-replica", ".", "--company-tickers", "t.json").err


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_without_an_archive_gives_one_advice(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, make_database: Callable[[str], str], kind: str
) -> None:
    monkeypatch.setenv("EX99_DATABASE_URL", make_database(kind))
    for command in (["status"], ["db", "current"], ["query", "figures"]):
        ran = cli(*command)
        assert ran.code == 2
        assert ran.err.startswith(f"error: there is no archive in {kind}")
        assert ran.err.endswith(
            "fill one with `ex99 crawl` or `ex99 import`, see one with `ex99 demo`, or name yours with EX99_DATABASE_URL\n"
        )
    checks = {check["name"]: check for check in map(json.loads, cli("doctor", "--json").out.splitlines())}
    assert checks["archive"]["verdict"] == "note"
    assert checks["archive"]["value"].endswith("(not there yet)")
    assert checks["archive"]["advice"].startswith("`ex99 crawl` and `ex99 import` make it")
    assert cli("db", "upgrade").code == 0
    assert cli("status").code == 0


def test_a_copy_is_used_as_it_says(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch, make_database: Callable[[str], str]) -> None:
    told = cli("status", "--archive", filled).out
    ran = cli("db", "copy", "backup", "--blobs", "backup/blobs", "--archive", filled)
    assert ran.code == 0
    assert "copied and compared" in ran.out
    assert "to use it: --archive backup" in ran.err
    assert cli("status", "--archive", "backup").out == told
    assert cli("verify", "--archive", "backup").out == "all is well\n"
    again = cli("db", "copy", "backup", "--archive", filled)
    assert again.code == 2
    assert "holds an archive already" in again.err
    server = make_database("postgresql")
    ran = cli("db", "copy", server, "--archive", "backup")
    assert ran.code == 0
    monkeypatch.setenv("EX99_DATABASE_URL", server)
    monkeypatch.setenv("EX99_BLOB_URL", "backup/blobs")
    assert f"EX99_BLOB_URL='{Path('backup/blobs')}'" in ran.err
    assert cli("status").out == told
    assert cli("verify").code == 0
