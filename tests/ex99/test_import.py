"""Import: full submissions, folders, bare exhibits; what cannot be archived is listed."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import socket
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from ex99.filings.filing import Submission
from ex99.filings.identifiers import AccessionNumber
from ex99.importing import is_synthetic, make_accession, turns
from ex99.importing.found import find_files
from tests.ex99.conftest import CIK, Cli

RELEASE = """EXHIBIT 99.1

Tarnwell Glass Corp Announces Second Quarter Results

LAKE BRANDT, Wis. - July 24, 2006 - Tarnwell Glass Corp. (TWGC.OB) announced today its results for the second quarter
ended June 30, 2006.

Tarnwell reported net income of $41,000 or $0.02 per share on revenue of $3.6 million for the quarter. This compares to a
net loss of ($17,000) or ($0.01) per share on revenue of $3.1 million for the same quarter a year ago.

Contact: Odette Moreau, Tarnwell Glass Corp., 555-0117
"""


@pytest.fixture
def exhibit(surroundings: Path) -> Path:
    path = surroundings / "tarnwell.txt"
    path.write_text(RELEASE)
    return path


def test_a_folder_of_submissions(cli: Cli, submissions: Path) -> None:
    first = cli("import", submissions)
    assert first.code == 0
    assert "1 other file passed over: no full submissions (company_tickers.json ...)" in first.err
    count = len(list(submissions.rglob("*.txt")))
    assert f"{count} filings archived" in first.out
    again = cli("import", *sorted(submissions.rglob("*.txt")))
    assert again.code == 0
    assert f"0 filings archived, {count} already there" in again.out


def test_the_layout_of_sec_edgar_downloader(cli: Cli, submissions: Path, surroundings: Path) -> None:
    source = min(submissions.rglob("*.txt"))
    place = surroundings / "sec-edgar-filings" / "WXOP" / "8-K" / source.stem
    place.mkdir(parents=True)
    shutil.copy(source, place / "full-submission.txt")
    ran = cli("import", "sec-edgar-filings", "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["import"]["accessions"] == [source.stem]
    listed = [json.loads(line) for line in cli("query", "filings", "--json").out.splitlines()]
    assert [(row["accession"], row["ciks"]) for row in listed] == [(source.stem, [CIK])]


def test_a_bare_exhibit(cli: Cli, exhibit: Path) -> None:
    arguments = ("import", exhibit, "--cik", "9990777", "--filed", "2006-07-24", "--items", "2.02,9.01")
    ran = cli(*arguments)
    assert ran.code == 0, ran.err
    assert "1 filing archived" in ran.out
    (filing,) = (json.loads(line) for line in cli("query", "filings", "--json").out.splitlines())
    assert is_synthetic(filing["accession"])
    assert filing["filing_date"] == "2006-07-24"
    assert filing["items"] == ["2.02", "9.01"]
    assert filing["company"].startswith("Tarnwell Glass Corp")
    again = cli(*arguments)
    assert "0 filings archived, 1 already there" in again.out
    figures = [json.loads(line) for line in cli("query", "figures", "--cik", "9990777", "--metric", "revenue", "--json").out.splitlines()]
    assert {(row["value"], row["period_end"], row["source"]["text"]) for row in figures} == {
        ("3600000", "2006-06-30", "$3.6 million"), ("3100000", "2005-06-30", "$3.1 million"),
    }  # fmt: skip


def test_the_accession_inside_a_file_decides(cli: Cli, submissions: Path, surroundings: Path) -> None:
    files = sorted(submissions.rglob("*.txt"))[:3]
    folder = surroundings / files[0].stem
    folder.mkdir()
    for number, file in enumerate(files):
        shutil.copy(file, folder / f"part{number}.txt")
    told = json.loads(cli("import", folder, "--json").out)["import"]
    assert sorted(told["accessions"]) == [file.stem for file in files]
    assert told["known"] == 0
    again = json.loads(cli("import", folder, "--json").out)["import"]
    assert (again["archived"], again["known"]) == (0, 3)


def test_a_submission_whose_exhibit_says_other_words_is_a_contradiction(cli: Cli, submissions: Path, surroundings: Path) -> None:
    file = sorted(submissions.rglob("*.txt"))[0]
    changed, rewrapped = surroundings / "changed.txt", surroundings / "rewrapped.txt"
    content = file.read_bytes()
    assert content.count(b"million") > 0
    changed.write_bytes(content.replace(b"million", b"billion"))
    rewrapped.write_bytes(content + b"\n\n")
    assert cli("import", file).code == 0
    assert "0 filings archived, 2 already there" in cli("import", file, rewrapped).out
    ran = cli("import", changed)
    assert ran.code == 1
    assert f"{file.stem} is archived with other documents" in ran.err
    assert "--check-changed" in ran.err


def test_two_exhibits_under_one_accession_number_are_a_contradiction(cli: Cli, exhibit: Path, surroundings: Path) -> None:
    other = surroundings / "other.txt"
    other.write_text(RELEASE.replace("Second", "Third"))
    facts = ("--cik", 9990777, "--filed", "2006-07-24")
    ran = cli("import", exhibit, other, exhibit, *facts, "--accession", "0009990777-06-000012")
    assert ran.code == 1
    assert "1 filing archived, 1 already there" in ran.out
    assert "other.txt: 0009990777-06-000012 is archived with other documents" in ran.err
    named = surroundings / "0009990777-06-000013"
    named.mkdir()
    shutil.copy(other, named)
    ran = cli("import", named, *facts, "--accession", "0009990777-06-000014")
    assert ran.code == 1
    assert "--accession says 0009990777-06-000014, and its path 0009990777-06-000013 (contradiction)" in ran.err


def test_what_is_no_file_is_listed(cli: Cli, submissions: Path, surroundings: Path) -> None:
    folder = surroundings / "mixed"
    folder.mkdir()
    shutil.copy(min(submissions.rglob("*.txt")), folder)
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(folder / "door"))
    ran = cli("import", folder)
    assert ran.code == 1
    assert "1 filing archived" in ran.out
    assert "pipe: a FIFO is no file (no_file)" in ran.err
    assert "door: a socket is no file (no_file)" in ran.err


def test_links_out_of_the_folder_are_listed_unless_asked_for(cli: Cli, submissions: Path, surroundings: Path) -> None:
    folder, elsewhere = surroundings / "mine", surroundings / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    first, second, third = sorted(submissions.rglob("*.txt"))[:3]
    shutil.copy(first, folder)
    shutil.copy(second, elsewhere)
    (folder / "again.txt").symlink_to(folder / first.name)
    (folder / "below").symlink_to(elsewhere)
    (folder / "third.txt").symlink_to(third)
    (elsewhere / "loop").symlink_to(folder)
    ran = cli("import", folder)
    assert ran.code == 1
    assert "1 filing archived, 1 already there" in ran.out
    assert ran.err.count("a link out of the folder") == 2
    followed = cli("import", folder, "--follow-links")
    assert followed.code == 0
    assert "2 filings archived, 2 already there" in followed.out


def test_a_fault_of_ours_costs_one_file(cli: Cli, submissions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(submissions.rglob("*.txt"))[:3]
    read = turns.read_submission

    def fail_once(stream: BinaryIO) -> Submission:
        data = stream.read()
        if files[1].name.encode().removesuffix(b".txt") in data[:4096]:
            raise ValueError("an item without a number")
        return read(BytesIO(data))

    monkeypatch.setattr(turns, "read_submission", fail_once)
    ran = cli("import", *files, "--no-parse")
    assert ran.code == 1
    assert "2 filings archived" in ran.out
    assert "ex99 failed with ValueError: an item without a number (bug)" in ran.err


def test_a_given_accession_number(cli: Cli, exhibit: Path) -> None:
    cli("import", exhibit, "--cik", 9990777, "--filed", "2006-07-24", "--accession", "000999077706000012", "--company", "Tarnwell Glass")
    (filing,) = (json.loads(line) for line in cli("query", "filings", "--json").out.splitlines())
    assert filing["accession"] == "0009990777-06-000012"
    assert filing["company"] == "Tarnwell Glass"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--cik", "9990777"], "--cik and --filed belong together"),
        (["--filed", "2006-07-24"], "--cik and --filed belong together"),
        (["--company", "Tarnwell"], "--company describes a bare exhibit and needs --cik and --filed"),
        (["--cik", "12a", "--filed", "2006-07-24"], "'12a' is no CIK: expected 1 to 10 digits"),
        (["--cik", "9990777", "--filed", "24/07/2006"], "--filed '24/07/2006' is no date"),
        (["--cik", "9990777", "--filed", "2006-07-24", "--form", "10-Q"], "--form '10-Q' is not of the 8-K family"),
        (["--cik", "9990777", "--filed", "2006-07-24", "--items", "77"], "--items '77' is no item of an 8-K"),
        (["--cik", "9990777", "--filed", "2006-07-24", "--accession", "12"], "'12' is no accession number"),
        (["--cik", "9990777", "--filed", "2006-07-24", "--type", "PRESS"], "--type 'PRESS' is no exhibit type"),
    ],
)
def test_wrong_facts(cli: Cli, exhibit: Path, options: list[str], words: str) -> None:
    ran = cli("import", exhibit, *options)
    assert ran.code == 2
    assert f"error: {words}" in ran.err
    assert not Path("ex99-archive").exists(), "nothing was made for nothing"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"%PDF-1.4 ...", "not_text"),
        (b"\xff\xd8\xff\xe0 ...", "not_text"),
        (b"GIF89a ...", "not_text"),
    ],
)
def test_what_is_no_text_is_listed(cli: Cli, surroundings: Path, content: bytes, code: str) -> None:
    Path("exhibit.bin").write_bytes(content)
    ran = cli("import", "exhibit.bin", "--cik", "9990777", "--filed", "2006-07-24")
    assert ran.code == 1
    assert "skipped  exhibit.bin" in ran.err
    assert f"({code})" in ran.err


def test_a_truncated_submission_and_a_missing_file_are_listed(cli: Cli, submissions: Path, surroundings: Path) -> None:
    source = min(submissions.rglob("*.txt"))
    Path("cut.txt").write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    ran = cli("import", "cut.txt", "gone.txt", source)
    assert ran.code == 1
    assert "cut.txt" in ran.err
    assert "(truncated)" in ran.err
    assert "gone.txt: no such file or directory (not_found)" in ran.err
    assert "1 filing archived" in ran.out


def test_a_named_file_that_is_no_submission_is_a_loss(cli: Cli, exhibit: Path) -> None:
    ran = cli("import", exhibit)
    assert ran.code == 1
    assert "tarnwell.txt: no full submission; a bare exhibit needs --cik and --filed (no_facts)" in ran.err


def test_another_form_is_listed(cli: Cli, submissions: Path, surroundings: Path) -> None:
    source = min(submissions.rglob("*.txt"))
    Path("annual.txt").write_bytes(source.read_bytes().replace(b"SUBMISSION TYPE:\t8-K", b"SUBMISSION TYPE:\t10-K"))
    ran = cli("import", "annual.txt")
    assert ran.code == 1
    assert "a 10-K is no 8-K (other_form)" in ran.err


def test_synthetic_numbers_are_stable_apart_and_never_edgars() -> None:
    day = dt.date(2006, 7, 24)
    made = make_accession(9990777, day, b"one")
    assert made == make_accession(9990777, day, b"one")
    assert AccessionNumber.parse(made) == made
    assert made.startswith("9")
    assert made[11:13] == "06"
    others = {
        make_accession(9990777, day, b"two"),
        make_accession(9990778, day, b"one"),
        make_accession(9990777, dt.date(2006, 7, 25), b"one"),
    }
    assert len(others | {made}) == 4


def test_hidden_files_are_passed_over(surroundings: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden/d.txt", "a/.e.txt"):
        path = surroundings / "walk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = [str(path.relative_to(surroundings / "walk")) for path in find_files([surroundings / "walk"])]
    assert found == ["b.txt", "a/c.txt"]


def test_a_supplement_completes_the_release_where_it_is_asked_for(cli: Cli, submissions: Path, surroundings: Path) -> None:
    source = max(path for path in submissions.rglob("*.txt") if "<TYPE>EX-99.1" in path.read_text("latin-1"))
    table = "<table><tr><td></td><td>March 31, 2004</td></tr><tr><td>Total assets</td><td>77,123</td></tr>"
    table += "<tr><td>Total liabilities</td><td>20,000</td></tr><tr><td>Total shareholders' equity</td><td>57,123</td></tr></table>"
    page = f"<html><body><p>CONSOLIDATED BALANCE SHEETS</p><p>(in thousands)</p>{table}</body></html>"
    document = f"<DOCUMENT>\n<TYPE>EX-99.2\n<SEQUENCE>8\n<FILENAME>tables.htm\n<TEXT>\n{page}\n</TEXT>\n</DOCUMENT>\n"
    text = source.read_text("latin-1").replace("</SEC-DOCUMENT>", f"{document}</SEC-DOCUMENT>")
    (surroundings / source.name).write_text(text, "latin-1")

    def asked(*more: str) -> list[tuple[str, str]]:
        lines = cli("query", "figures", "--metric", "total_assets", "--json", *more).out.splitlines()
        return [(row["document_type"], row["value"]) for row in map(json.loads, lines) if row["value"] == "77123000"]

    assert cli("import", source.name).code == 0
    assert asked() == []
    assert cli("reparse", "--exhibits", "99.1,99.2").code == 0
    assert asked() == asked("--exhibit", "supplement") == [("EX-99.2", "77123000")]
    assert asked("--exhibit", "release") == []
    assert "nothing to parse" in cli("reparse", "--exhibits", "99").out
    releases = [json.loads(line)["document_type"] for line in cli("query", "releases", "--json").out.splitlines()]
    assert releases == ["EX-99.1"]
    refused = cli("import", source.name, "--exhibits", "10.1")
    assert (refused.code, refused.err.splitlines()[0]) == (
        2, "error: '10.1' is no exhibit that ex99 parses: expected 99.1, 99.2 ..., 99 for all of them, or 8-K",
    )  # fmt: skip
