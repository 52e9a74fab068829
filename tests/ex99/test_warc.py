"""WARC: an archive written as one file and read back makes the same rows; others' files give their submissions; damage costs one record."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ex99.api import open_archive
from ex99.filings.served import Served
from ex99.importing import import_paths
from ex99.storage.archive import Archive
from ex99.storage.models import Base
from ex99.storage.served_queries import list_versions
from ex99.storage.verify import find_damage
from ex99.storage.writer import Writer
from ex99.warc.writing import export_warc
from tests.ex99.conftest import CIK, Cli
from tests.storage import made

warcio = pytest.importorskip("warcio")

TOLD = (
    "company",
    "ticker",
    "former_name",
    "filing",
    "filing_filer",
    "filing_item",
    "document",
    "earlier_document",
    "served",
    "submission_version",
)
OWN = {"id", "crawl_run_id", "kept"}
"""What an archive gives by itself."""


def rows_of(archive: Archive) -> dict[str, list[object]]:
    """Every row of the tables that say what EDGAR told, ids replaced by accession numbers."""
    with archive.connect() as connection:
        filing = Base.metadata.tables["filing"]
        numbers = {row.id: row.accession for row in connection.execute(select(filing.c.id, filing.c.accession))}
        found: dict[str, list[object]] = {}
        for name in TOLD:
            rows = connection.execute(select(Base.metadata.tables[name])).mappings()
            plain = [{key: numbers[value] if key == "filing_id" else value for key, value in row.items() if key not in OWN} for row in rows]
            found[name] = sorted(plain, key=repr)
        return found


def fill(folder: Path) -> Archive:
    archive = Archive.open(f"sqlite:///{folder / 'archive.db'}", str(folder / "blobs"))
    writer = Writer(archive)
    filer = made.filer(name="ACME ANVILS & CO", sic="3420", state="NJ", fiscal_year_end="1231", tickers=(("ACME", "NYSE"), ("ACMEP", None)))
    writer.save_company(made.replace(filer, former_names=(made_former("ACME HAMMERS INC"),)), dt.date(2024, 6, 1))
    url = "https://www.sec.gov/Archives/edgar/data/9000001/a.txt"
    answer = Served("full", url, dt.datetime(2024, 2, 1, 12, 0, 0, 250, dt.UTC), 200, (("etag", '"x"'),), "a" * 64, 9, "b" * 64, 12)
    for number in range(1, 6):
        filing = made.filing(
            number, acceptance=made.at("2024-02-01T07:00"), period_of_report=dt.date(2024, 1, 31), size=12, primary_document="body.htm"
        )
        writer.save_submission(made.replace(made.submission(filing, f"release {number}".encode()), served=(answer,)))
    changed = made.submission(made.filing(3, acceptance=made.at("2024-02-01T07:00")), b"release 3, corrected")
    writer.save_submission(made.replace(changed, served=(made.replace(answer, asked=answer.asked + dt.timedelta(30)),)))
    writer.save_unchanged(made.accession(4), made.replace(answer, asked=answer.asked + dt.timedelta(31), status=304))
    return archive


def made_former(name: str):
    from ex99.filings.filing import FormerName

    return FormerName(name, dt.date(2001, 5, 6))


@pytest.mark.parametrize("name", ["archive.warc.gz", "archive.warc"])
def test_written_and_read_back_the_rows_are_the_same(tmp_path: Path, name: str) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with fill(tmp_path / "one") as archive:
        before = rows_of(archive)
        report = export_warc(archive, tmp_path / name)
        assert (report.filings, report.versions, report.lost) == (5, 6, [])
    with Archive.open(f"sqlite:///{tmp_path / 'other' / 'archive.db'}", str(tmp_path / "other" / "blobs")) as other:
        told = import_paths(other, [tmp_path / name])
        assert (told.archived, told.known, told.skips) == (5, 0, [])
        assert rows_of(other) == before
        assert list(find_damage(other)) == []
        texts = [other.blobs.read(v.documents[1].sha256 or "") for v in list_versions(other) if v.accession == made.accession(3)]
        assert texts == [b"release 3", b"release 3, corrected"]
        again = import_paths(other, [tmp_path / name])
        assert (again.archived, again.skips) == (0, [])
        assert rows_of(other) == before


def test_it_is_warc_1_1_as_others_read_it(tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    with fill(tmp_path) as archive:
        export_warc(archive, tmp_path / "a.warc.gz")
    with (tmp_path / "a.warc.gz").open("rb") as file:
        records = [(record.rec_headers, record.content_stream().read()) for record in ArchiveIterator(file)]
    assert {headers.protocol for headers, _ in records} == {"WARC/1.1"}
    kinds = [headers.get_header("WARC-Type") for headers, _ in records]
    assert kinds[0] == "warcinfo"
    assert kinds.count("metadata") == 1 + 6
    assert kinds.count("resource") == 6 * 3
    ids = {headers.get_header("WARC-Record-ID") for headers, _ in records}
    for headers, content in records[1:]:
        assert headers.get_header("WARC-Payload-Digest") == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if headers.get_header("WARC-Type") == "resource":
            assert headers.get_header("WARC-Concurrent-To") in ids
            assert headers.get_header("WARC-Date") in ("2024-02-01T12:00:00.000250Z", "2024-03-02T12:00:00.000250Z")
            assert headers.get_header("WARC-Target-URI").startswith("https://www.sec.gov/Archives/edgar/data/9000001/")


def test_damage_costs_one_record(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with fill(tmp_path) as archive:
        export_warc(archive, tmp_path / "a.warc")
    content = (tmp_path / "a.warc").read_bytes()
    assert content.count(b"release 2") == 1
    cut = content.rindex(b"WARC/1.1")
    (tmp_path / "b.warc").write_bytes(content[:cut].replace(b"release 2", b"release X") + content[cut : cut + 100])
    with Archive.open(f"sqlite:///{tmp_path / 'other.db'}", str(tmp_path / "other")) as other:
        told = import_paths(other, [tmp_path / "b.warc"])
        assert told.archived == 3
        assert len(told.skips) >= 3
        assert {skip.code for skip in told.skips} == {"bad_record"}


def test_a_damaged_filing_is_left_out_and_told(cli: Cli, surroundings: Path, submissions: Path) -> None:
    assert cli("import", submissions, "--no-parse").code == 0
    with open_archive(Path("ex99-archive")) as archive:
        version = next(iter(archive.versions()))
        sha256 = version.documents[0].sha256 or ""
    (Path("ex99-archive") / "blobs" / sha256[:2] / f"{sha256}.zst").unlink()
    ran = cli("export", "--warc", "all.warc.gz")
    assert ran.code == 1
    assert f"left out  {version.accession}: blob {sha256} is missing" in ran.err
    assert cli("export", "--warc", "all.warc.gz").code == 2
    assert cli("export", "--warc", "all.txt").code == 2


def test_the_command_and_a_company_alone(cli: Cli, surroundings: Path, filled: Path, submissions: Path) -> None:
    assert cli("export", "mine.warc.gz", "--company", CIK, "--archive", filled).code == 0
    ran = cli("import", "mine.warc.gz", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    count = len(list(submissions.rglob("*.txt")))
    assert told["import"]["archived"] == count
    assert told["parse"]["parsed"] > 0
    ask = ("query", "figures", "--csv")
    assert cli(*ask).out == cli(*ask, "--archive", filled).out


def write_response(writer: Any, uri: str, body: bytes, head: Any) -> None:
    record = writer.create_warc_record(uri, "response", payload=io.BytesIO(body), length=len(body), http_headers=head)
    writer.write_record(record)


def test_others_files_give_their_submissions(cli: Cli, surroundings: Path, submissions: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    files = sorted(submissions.rglob("*.txt"))[:2]
    with Path("crawled.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for file in files:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1")
            write_response(writer, f"https://www.sec.gov/{file.name}", gzip.compress(file.read_bytes()), head)
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        write_response(writer, "https://www.sec.gov/", b"<html>an index</html>", head)
    ran = cli("import", "crawled.warc.gz", "--json", "--no-parse")
    assert ran.code == 0
    assert sorted(json.loads(ran.out)["import"]["accessions"]) == [file.stem for file in files]


def test_what_was_served_is_shown(surroundings: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("ex99-archive").mkdir()
    fill(Path("ex99-archive")).close()
    number = made.accession(3)
    from ex99.cli import run

    assert run(["served", number]) == 0
    said = capfdbinary.readouterr().out.decode()
    assert "version 1, archived" in said
    assert "(replaced)" in said
    assert '2024-02-01T12:00:00Z  200  https://www.sec.gov/Archives/edgar/data/9000001/a.txt, etag "x", 9 bytes, sha256 aaaa' in said
    assert run(["served", number, "--version", "1", "--document", "2"]) == 0
    assert capfdbinary.readouterr().out == b"release 3"
    assert run(["served", number, "--document", "0"]) == 0
    assert capfdbinary.readouterr().out == made.HEADER
    assert run(["served", number, "--version", "9"]) == 2
    assert run(["served", number, "--document", "3"]) == 2
