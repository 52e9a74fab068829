"""Every document of a filing can be reached, chosen as a press release or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ex99.api import Archive, open_archive
from ex99.errors import UserError
from ex99.filings.exhibits import read_document_type
from ex99.filings.filing import FetchedDocument, FilingDocument
from ex99.filings.release import Source
from ex99.storage.writer import Writer
from tests.ex99.conftest import Cli
from tests.storage import made

NUMBER = made.accession(1)
SLIDES = b"Acme Anvils\n\nInvestor presentation, second quarter\n"


@pytest.fixture
def with_slides(surroundings: Path) -> Path:
    with open_archive(Path("ex99-archive")) as archive:
        plain = made.submission(made.filing(1))
        more = FetchedDocument(FilingDocument(4, "EX-99.2", "slides.txt", "PRESENTATION", len(SLIDES)), SLIDES)
        Writer(archive.storage).save_submission(made.replace(plain, documents=(*plain.documents, more)))
    return Path("ex99-archive")


def test_the_documents_of_a_filing(cli: Cli, with_slides: Path) -> None:
    def types(*options: str) -> list[str]:
        ran = cli("query", "documents", "--json", *options)
        assert ran.code == 0, ran.err
        return [json.loads(line)["type"] for line in ran.out.splitlines()]

    assert types() == ["8-K", "EX-99.1", "GRAPHIC", "EX-99.2"]
    assert types("--type", "99.2") == types("--type", "ex-99.2") == ["EX-99.2"]
    assert types("--type", "EX-99") == ["EX-99.1", "EX-99.2"]
    assert types("--listed") == ["GRAPHIC"]
    assert types("--kept") == ["8-K", "EX-99.1", "EX-99.2"]
    assert types("--type", "8-k", "--accession", NUMBER) == ["8-K"]
    assert "slides.txt" in cli("query", "documents").out
    assert cli("query", "documents", "--csv", "--limit", "2").out.count("\n") == 3


def test_any_document_is_shown(cli: Cli, with_slides: Path) -> None:
    for word in ("99.2", "EX-99.2", "99.02", "slides.txt", "#4", "supplement"):
        ran = cli("show", NUMBER, "--exhibit", word)
        assert ran.code == 0, ran.err
        assert "Investor presentation, second quarter" in ran.out
        assert "not parsed for figures" in ran.err
    for word in ("body", "8-K", "8-k", "#1"):
        assert "8-K body.htm" in cli("show", NUMBER, "--exhibit", word).out
    for word in ("release", "99.1", "EX-99.1"):
        assert "Acme Anvils reports results" in cli("show", NUMBER, "--exhibit", word).out
    missing = cli("show", NUMBER, "--exhibit", "99.9")
    assert missing.code == 2
    assert "it keeps 8-K (body.htm), EX-99.1 (release.htm), EX-99.2 (slides.txt)" in " ".join(missing.err.split())
    assert cli("show", NUMBER, "--exhibit", "logo.jpg").code == 2


def test_the_same_in_python(with_slides: Path) -> None:
    with open_archive(with_slides) as archive:
        assert isinstance(archive, Archive)
        assert [row.filename for row in archive.documents(type="99.2")] == ["slides.txt"]
        assert "Investor presentation" in archive.text(NUMBER, "99.2")
        with pytest.raises(UserError, match="holds no document"):
            archive.text(NUMBER, "99.7")


def test_how_types_are_written() -> None:
    words = {
        "99.2": "EX-99.2",
        "99": "EX-99",
        "99.02": "EX-99.2",
        "EX-99.2 CHARTER": "EX-99.2",
        "99.2(a)": "EX-99.2(A)",
        "1.htm": "1.HTM",
        "ex-99.1": "EX-99.1",
        "Exhibit 10.1": "EX-10.1",
        "8-K": "8-K",
        "8-k/a": "8-K/A",
        "graphic": "GRAPHIC",
    }
    assert {word: read_document_type(word) for word in words} == words


def test_every_spelling_of_a_type_is_asked_for(surroundings: Path) -> None:
    kinds = ("EX-99.2", "EX-99.02", "ex-99.2", "EX-99.2 CHARTER", "EX-99.2(A)", "EX-99.20", "EX-99.21", "EX-9", "EX-99")
    with open_archive(Path("ex99-archive")) as archive:
        plain = made.submission(made.filing(1))
        more = [FetchedDocument(FilingDocument(4 + n, kind, f"f{n}.txt", None, 1), b"x") for n, kind in enumerate(kinds)]
        Writer(archive.storage).save_submission(made.replace(plain, documents=(*plain.documents, *more)))
        assert [row.type for row in archive.documents(type="99.2")] == list(kinds[:5])
        assert [row.type for row in archive.documents(type="99")] == ["EX-99.1", *kinds[:7], "EX-99"]


def test_figures_of_a_parsed_supplement_are_marked(cli: Cli, with_slides: Path) -> None:
    with open_archive(with_slides) as archive:
        document = archive.documents(type="99.2")[0]
        writer = Writer(archive.storage)
        figure = made.figure(printed="second quarter", source=Source(36, 50, "second quarter"))
        writer.save_release(
            document.id, made.release(SLIDES, figures=(figure,), passages=(), pipeline="supplement"), writer.start_parse("1")
        )
    ran = cli("show", NUMBER, "--exhibit", "99.2", "--labels")
    assert "{revenue quarter 2023-12-31" in ran.out
    assert "not parsed" not in ran.err
    asked = cli("query", "figures", "--type", "99.2", "--json")
    assert [json.loads(line)["document_type"] for line in asked.out.splitlines()] == ["EX-99.2"]
    assert cli("query", "figures", "--type", "99.3").err.startswith("no figures")
    assert [json.loads(line)["pipeline"] for line in cli("query", "releases", "--type", "99.2", "--json").out.splitlines()] == [
        "supplement"
    ]


def test_what_is_no_text_says_where_its_bytes_are(cli: Cli, surroundings: Path) -> None:
    with open_archive(Path("ex99-archive")) as archive:
        plain = made.submission(made.filing(1))
        more = FetchedDocument(FilingDocument(4, "EX-99.2", "slides.pdf", None, 9), b"%PDF-1.4\n")
        Writer(archive.storage).save_submission(made.replace(plain, documents=(*plain.documents, more)))
    ran = cli("show", NUMBER, "--exhibit", "99.2")
    assert ran.code == 2
    assert "EX-99.2 is nothing to read: the exhibit is a PDF" in ran.err
    assert f"ex99 served {NUMBER} --document 4" in ran.err
