"""`ex99 reparse`: only what is outdated, versions side by side, differences listed, losses bounded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ex99 import reparse as service
from ex99.api import Archive, open_archive
from ex99.cli import parsing_step
from ex99.parsing import PARSER_VERSION
from ex99.reparse import ParserChoice
from ex99.settings import Settings
from ex99.storage.queries import list_documents_to_parse
from tests.ex99.conftest import Cli
from tests.ex99.test_import import RELEASE

NEXT = ParserChoice("next", "tests.ex99.fake_parsers:parse_next")
HOSTILE = ParserChoice("hostile", "tests.ex99.fake_parsers:parse_hostile")


@pytest.fixture
def copied(filled: Path, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the filled archive, to write into."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).resolve().parents[2])])
    shutil.copytree(filled, surroundings / "ex99-archive")
    return surroundings / "ex99-archive"


def figures_of(folder: Path, version: str | None = None) -> list[Any]:
    """All figures, without the fiscal labels: these are the company's, by its current releases, whatever version read the figure."""
    with open_archive(folder) as archive:
        return [
            replace(row, release_id=0, fiscal_year=None, fiscal_quarter=None)
            for row in archive.figures(parser_version=version, mentions=True)
        ]


def test_nothing_to_parse_where_all_is_parsed(cli: Cli, copied: Path) -> None:
    ran = cli("reparse")
    assert ran.code == 0
    assert ran.out == f"nothing to parse: every release has its result of parser version {PARSER_VERSION}\n"


def test_everything_again_gives_the_same_rows(cli: Cli, copied: Path) -> None:
    before = figures_of(copied)
    ran = cli("reparse", "--all", "--diff", "--jobs", "1")
    assert ran.code == 0
    assert "no differences" in ran.out
    assert figures_of(copied) == before


def test_a_new_version_keeps_both_and_lists_the_differences(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = figures_of(copied)
    monkeypatch.setattr(service, "ParserChoice", lambda: NEXT)
    ran = cli("reparse", "--diff", "--jobs", "2")
    assert ran.code == 0
    assert "  ~ kind: " in ran.out
    assert "  - " in ran.out
    assert "  + revenue quarter 2001-03-31: 5 USD" in ran.out
    assert "changed" in ran.out.splitlines()[-1]
    assert figures_of(copied, PARSER_VERSION) == before
    now = figures_of(copied)
    assert {row.parser_version for row in now} == {"next"}
    assert "nothing to parse" in cli("reparse").out


def test_changed_values_show_both(copied: Path) -> None:
    with open_archive(copied) as archive:
        first = archive.reparse(parser=NEXT, diff=True, workers=1)
        second = archive.reparse(parser=ParserChoice("later", "tests.ex99.fake_parsers:parse_later"), diff=True, workers=1)
        assert (first.outcome, second.outcome) == ("finished", "finished")
        changes = [change for document in second.diffs for change in document.changed]
    assert changes
    assert {(str(change.before.value), str(change.after.value)) for change in changes} == {("5", "6")}


def test_crashes_and_hangs_cost_themselves_alone(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ParserChoice", lambda: HOSTILE)
    ran = cli("reparse", "--timeout", "3", "--jobs", "2", "--json")
    assert ran.code == 1
    told = json.loads(ran.out)
    assert told["parsed"] > 0
    assert {loss["code"] for loss in told["losses"]} == {"crashed", "timeout"}
    with open_archive(copied) as archive:
        assert {row.error_code for row in archive.releases(errors=True, parser_version="hostile")} == {"crashed", "timeout"}
        total = len(archive.releases(parser_version="hostile"))
        assert total == told["parsed"] + len(told["losses"])
        assert archive.reparse(parser=HOSTILE).parsed == 0, "losses are not tried again by the same version"


def test_what_crashed_is_taken_again_when_asked(copied: Path) -> None:
    with open_archive(copied) as archive:
        lost = archive.reparse(parser=HOSTILE, seconds=1.5, workers=2)
        bad = {loss.accession for loss in lost.losses}
        assert {loss.code for loss in lost.losses} <= {"crashed", "timeout"}
        assert bad
        mended = ParserChoice("hostile", "tests.ex99.fake_parsers:parse_mended")
        assert archive.reparse(parser=mended).parsed == 0
        again = archive.reparse(parser=mended, failed=True)
        assert (again.parsed, again.losses) == (len(lost.losses), ())
        assert archive.reparse(parser=mended, failed=True).parsed == 0


def test_an_interrupted_run_keeps_what_it_parsed(copied: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with open_archive(copied) as archive:
        with pytest.raises(KeyboardInterrupt):
            archive.reparse(parser=NEXT, on_progress=stop, workers=1)
        kept = len(archive.releases(parser_version="next"))
        assert kept == 3
        rest = archive.reparse(parser=NEXT)
        assert rest.parsed == len(archive.releases(parser_version="next")) - kept


def test_missing_bytes_are_listed(copied: Path) -> None:
    with open_archive(copied) as archive:
        gone = archive.releases().first()
        blobs = [path for path in (copied / "blobs").rglob("*") if path.is_file() and gone.sha256 in path.name]
        assert len(blobs) == 1
        blobs[0].unlink()
        report = archive.reparse(all=True)
    assert [(loss.accession, loss.code) for loss in report.losses] == [(gone.accession, "missing")]


def test_one_company_alone(archive: Archive) -> None:
    assert archive.reparse(company=str(archive.companies().first().cik)).parsed == 0


def test_version_with_errors_reports_codes(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ParserChoice", lambda: ParserChoice("refusing", "tests.ex99.fake_parsers:refuse"))
    ran = cli("reparse", "--diff")
    assert ran.code == 1
    assert "the exhibit is a PDF (pdf)" in ran.err
    assert "  ~ error_code: (none) -> pdf" in ran.out


def test_a_release_in_another_processs_hands_is_not_called_another_versions(
    cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("release.txt").write_text(RELEASE)
    assert cli("import", "release.txt", "--cik", "9990777", "--filed", "2006-07-24", "--no-parse").code == 0
    report = service.ReparseReport(PARSER_VERSION, elsewhere=1)
    monkeypatch.setattr(parsing_step, "run_parse_step", lambda *_, **__: report)
    with open_archive(copied) as archive:
        parsing_step.parse_new(archive.storage, Settings())
    assert "another parser version" not in capsys.readouterr().err


def test_after_an_import_only_what_is_new_is_parsed(cli: Cli, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ParserChoice", lambda: NEXT)
    Path("release.txt").write_text(RELEASE)
    ran = cli("import", "release.txt", "--cik", "9990777", "--filed", "2006-07-24")
    assert ran.code == 0
    assert "1 release parsed" in ran.out
    assert "releases parsed by another parser version; `ex99 reparse --diff` renews them" in ran.err
    with open_archive(copied) as archive:
        assert len(archive.releases(parser_version="next")) == 1
        assert archive.reparse(only_new=True).parsed == 0


def test_two_parsers_at_once_share_the_work(copied: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", TWICE, str(copied), str(tmp_path / "go")]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with ExitStack() as stack:
        both = [stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)) for _ in range(2)]
        (tmp_path / "go").touch()
        parsed, elsewhere = zip(*(map(int, child.communicate(timeout=600)[0].split()) for child in both), strict=True)
    with open_archive(copied) as archive:
        number = len(archive.releases())
        assert len(archive.releases(parser_version="next")) == number
    assert sum(parsed) == number
    assert all(one + other <= number for one, other in zip(parsed, elsewhere, strict=True))


TWICE = """
import sys, time
from pathlib import Path
from ex99.api import open_archive
from tests.ex99.test_reparse import NEXT

while not Path(sys.argv[2]).exists():
    time.sleep(0.01)
with open_archive(sys.argv[1]) as archive:
    report = archive.reparse(parser=NEXT, workers=1)
print(report.parsed, report.elsewhere)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_another_process_has_in_hand_is_left_to_it(
    copied: Path, make_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, cli: Cli, kind: str
) -> None:
    url = f"sqlite:///{copied / 'archive.db'}"
    if kind == "postgresql":
        url = make_database(kind)
        assert cli("db", "copy", url).code == 0
    monkeypatch.setenv("EX99_DATABASE_URL", url)
    monkeypatch.setenv("EX99_BLOB_URL", str(copied / "blobs"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        held = int(child.stdout.readline())
        with open_archive() as archive:
            number = len(archive.releases())
            report = archive.reparse(parser=NEXT, workers=1)
            assert (report.parsed, report.elsewhere) == (number - 1, 1)
            assert [work.document_id for work in list_documents_to_parse(archive.storage, "next")] == [held]
            child.kill()
            child.wait()
            rest = archive.reparse(parser=NEXT, workers=1)
            assert (rest.parsed, rest.elsewhere) == (1, 0), "a claim ends with its process"


HOLDS = """
from ex99.api import open_archive
from ex99.storage.claims import Claims
from ex99.storage.queries import list_documents_to_parse

with open_archive() as archive, Claims(archive.storage) as claims:
    work = next(iter(list_documents_to_parse(archive.storage, "next")))
    assert claims.take(work.document_id)
    print(work.document_id, flush=True)
    input()
"""
