"""What a hostile answer can do to a crawl: end in a listed loss or skip, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ex99.crawl import crawl
from ex99.replica.faults import FaultPlan
from ex99.replica.server import start_replica
from tests.crawler.little_filings import QUIZZAXA, accession_of, write_filing, write_filings
from tests.ex99.crawling import make_settings, read_contents, read_damage, read_states

FULL = os.environ.get("EX99_FULL") == "1"
HUGE = 5_000_000_000 if FULL else 60_000_000
NAMES = ("../../../../evil.htm", "/tmp/ex99-evil.htm", "..\\\\evil.htm", "ex991.htm?x=1#y", "%2e%2e%2fevil.htm")


def list_files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("in_parts", [False, True])
def test_file_names_never_reach_the_file_system(tmp_path: Path, in_parts: bool) -> None:
    filings = tmp_path / "filings"
    filings.mkdir()
    for number, name in enumerate(NAMES, 1):
        path = filings / f"{write_filing(filings, number)}.txt"
        path.write_text(path.read_text().replace(f"q{number}ex991.htm", name))
    with start_replica(filings) as replica:
        settings = make_settings(tmp_path / "here", replica, retries=0, full_submission_limit=100 if in_parts else 2**20)
        report = crawl(settings, [QUIZZAXA])
        asked = {entry["path"] for entry in replica.log()}
    assert report.outcome == "finished"
    made = list_files(tmp_path) - list_files(filings) - {f"filings/{name}" for name in list_files(filings)}
    assert all(name.startswith(("here/archive/archive.db", "here/archive/blobs/", "here/state/")) for name in made)
    assert not Path("/tmp/ex99-evil.htm").exists()
    assert not [name for name in made if "evil" in name]
    assert all(path.startswith(("/Archives/edgar/data/9999001/", "/submissions/")) for path in asked)
    if not in_parts:
        names = {row[2] for filing in read_contents(settings).values() for row in filing[3:]}
        assert set(NAMES) <= names  # they are kept as what they are: words
    assert read_damage(settings) == []


def test_a_redirect_elsewhere_is_never_followed(tmp_path: Path) -> None:
    write_filings(tmp_path / "filings", 2)
    with start_replica(tmp_path / "filings") as other:
        plan = FaultPlan(scripted=((accession_of(2), "redirect", 0),), redirect_to=other.url)
        with start_replica(tmp_path / "filings", faults=plan) as replica:
            report = crawl(make_settings(tmp_path, replica, retries=1), [QUIZZAXA])
        assert other.stats()["requests"] == 0
    assert [(loss.subject, loss.code) for loss in report.losses] == [(accession_of(2), "wrong_kind")]


@pytest.mark.parametrize("fault", ["bomb", "endless"])
def test_a_body_without_end_is_a_listed_loss(tmp_path: Path, fault: str) -> None:
    write_filings(tmp_path / "filings", 2)
    plain, folder = accession_of(2), accession_of(2).replace("-", "")
    plan = FaultPlan(scripted=((plain, fault, 0), (folder, fault, 0)), bomb_bytes=HUGE)
    with start_replica(tmp_path / "filings", faults=plan) as replica:
        settings = make_settings(tmp_path, replica, full_submission_limit=2**20)
        report = crawl(settings, [QUIZZAXA])
        sent = replica.stats()["bytes"]
    assert [(loss.subject, loss.code) for loss in report.losses] == [(accession_of(2), "too_large")]
    assert read_states(settings) == {accession_of(1): "archived", accession_of(2): "failed"}
    assert fault == "bomb" or sent < HUGE  # the crawler hung up


def test_bombs_inside_a_filing_are_passed_over(tmp_path: Path) -> None:
    filings = tmp_path / "filings"
    filings.mkdir()
    deep, packed = (filings / f"{write_filing(filings, number)}.txt" for number in (1, 2))
    text = deep.read_text()
    deep.write_text(text.replace("<p>Contact", "<div>" * 200_000 + "<p>Contact"))
    text = packed.read_text()
    archive = "begin 644 a.zip\n" + ("M" + "9" * 60 + "\n") * 20_000 + "`\nend"
    document = f"<DOCUMENT>\n<TYPE>ZIP\n<SEQUENCE>3\n<FILENAME>a.zip\n<TEXT>\n{archive}\n</TEXT>\n</DOCUMENT>\n"
    packed.write_text(text.replace("</SEC-DOCUMENT>", document + "</SEC-DOCUMENT>"))
    with start_replica(filings) as replica:
        settings = make_settings(tmp_path, replica)
        report = crawl(settings, [QUIZZAXA])
    assert report.complete, report.losses
    assert read_contents(settings)[accession_of(2)][5][1:4] == ("ZIP", "a.zip", None)  # listed, its bytes neither unpacked nor kept
