"""`ex99 parse`: files without an archive."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ex99.exhibits import find_binary_kind, is_submission
from tests.ex99.conftest import Cli
from tests.ex99.test_import import RELEASE


@pytest.fixture
def files(surroundings: Path) -> list[str]:
    for number in range(6):
        Path(f"release{number}.txt").write_text(RELEASE.replace("$3.6 million", f"$3.{number} million"))
    return [f"release{number}.txt" for number in range(6)]


def test_json_is_one_object_a_line_in_the_order_of_the_files(cli: Cli, files: list[str]) -> None:
    Path("empty.txt").write_bytes(b"")
    order = [files[3], "empty.txt", *files, "missing.txt"]
    ran = cli("parse", "--json", *order)
    assert ran.code == 1
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [record["file"] for record in told] == order
    assert told[1]["error"]["code"] == "empty"
    assert told[-1] == {"file": "missing.txt", "error": {"code": "not_found", "message": "no such file"}}
    assert ran.err == ""


def test_json_has_the_form_of_the_design(cli: Cli, files: list[str]) -> None:
    (record,) = (json.loads(line) for line in cli("parse", "--json", files[0]).out.splitlines())
    assert set(record) == {
        "file", "parser_version", "exhibit", "kind", "headline", "dateline", "company", "fiscal_period", "figures", "guidance",
        "forward_looking", "contacts", "warnings",
    }  # fmt: skip
    text = cli("parse", "--text", files[0]).out
    assert record["figures"]
    for figure in record["figures"]:
        source = figure["source"]
        assert text[source["start"] : source["end"]] == source["text"]


def test_people_get_a_summary(cli: Cli, files: list[str]) -> None:
    ran = cli("parse", files[0])
    assert ran.code == 0
    assert ran.out.startswith("Tarnwell Glass Corp Announces Second Quarter Results\n")
    assert "second quarter 2006, ended 2006-06-30" in ran.out
    line = next(line for line in ran.out.splitlines() if line.startswith("revenue"))
    assert line.split() == ["revenue", "3,000,000", "3,100,000"]
    assert "\x1b" not in ran.out


def test_why_tells_how_exact_each_figure_is_and_the_rules_that_made_it(cli: Cli, files: list[str]) -> None:
    plain = json.loads(cli("parse", "--json", files[0]).out)
    (record,) = (json.loads(line) for line in cli("parse", "--json", "--why", files[0]).out.splitlines())
    assert "rules" not in plain["figures"][0]
    assert all(isinstance(figure["rules"], list) for figure in record["figures"])
    revenue = next(figure for figure in record["figures"] if figure["metric"] == "revenue")
    assert (revenue["value"], revenue["precision"], revenue["grade"], revenue["support"]) == ("3000000", "100000", "C", ["prose"])
    line = next(line for line in cli("parse", "--why", files[0]).out.splitlines() if line.startswith("revenue") and "100000" in line)
    assert line.split()[:7] == ["revenue", "quarter", "2006-06-30", "3,000,000", "100000", "C", "prose"]
    assert cli("parse", "--why", "--text", files[0]).code == 2


def test_a_full_submission_gives_its_release(cli: Cli, submissions: Path) -> None:
    file = min(submissions.rglob("*.txt"))
    (record,) = (json.loads(line) for line in cli("parse", "--json", file).out.splitlines())
    assert "error" not in record or record["error"]["code"] == "no_release"
    shown = cli("parse", file)
    assert "chosen" in shown.out or "no press release in this filing" in shown.err


def test_stdin(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RELEASE.encode())))
    (record,) = (json.loads(line) for line in cli("parse", "--json", "-").out.splitlines())
    assert record["file"] == "-"
    assert record["kind"] == "results"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_cannot_be_parsed_is_one_line(cli: Cli, surroundings: Path, content: bytes, code: str) -> None:
    Path("exhibit").write_bytes(content)
    ran = cli("parse", "exhibit")
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("exhibit: ")
    assert f"({code})" in ran.err


def test_a_truncated_submission_and_a_folder(cli: Cli, submissions: Path, surroundings: Path) -> None:
    whole = min(submissions.rglob("*.txt")).read_bytes()
    Path("cut.txt").write_bytes(whole[: len(whole) // 2])
    ran = cli("parse", "cut.txt", ".")
    assert ran.code == 1
    assert "cut.txt: " in ran.err
    assert "(truncated)" in ran.err
    assert ".: is a folder" in ran.err


@pytest.mark.parametrize(
    "wrapper", [("<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n", "</TEXT>\n</DOCUMENT>\n"), ("<TYPE>EX-99.1\n<TEXT>\n", "</TEXT>\n")]
)
def test_an_exhibit_inside_its_wrapper(cli: Cli, surroundings: Path, wrapper: tuple[str, str]) -> None:
    (surroundings / "wrapped.txt").write_text(wrapper[0] + RELEASE + wrapper[1])
    (surroundings / "bare.txt").write_text(RELEASE)
    wrapped, bare = (json.loads(cli("parse", "--json", name).out) for name in ("wrapped.txt", "bare.txt"))
    assert wrapped["figures"] == bare["figures"]
    assert wrapped["headline"] == bare["headline"]


def test_contradicting_options(cli: Cli, files: list[str]) -> None:
    ran = cli("parse", "--json", "--text", files[0])
    assert ran.code == 2
    assert ran.err.startswith("error: --text excludes --json and --why")


def test_submissions_are_known_by_their_first_tags() -> None:
    assert is_submission(b"<SEC-DOCUMENT>0009990431-07-000001.txt : 20070131\n<SEC-HEADER>")
    assert is_submission(b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR")
    assert not is_submission(b"\n<DOCUMENT>\n<TYPE>EX-99.1")
    assert not is_submission(b"<html><body><p>Tarnwell Glass Corp</p>")
    assert find_binary_kind(b"<html>") is None
    assert find_binary_kind(b"GIF89a") == "a GIF image"
