"""Import of what is packed: daily feeds, tar, zip and compressed files, saved pages, manifests; hostile ones write nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from ex99.api import open_archive
from ex99.importing import compressed, import_paths
from ex99.importing.streams import make_stream
from ex99.importing.unpack import unpack
from ex99.replica.daily import write_daily_feeds
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import list_documents
from tests.ex99.conftest import Cli
from tests.ex99.test_import import RELEASE

SPOILT = int(os.environ.get("EX99_SPOILT", "60"))
OTHER = """<SUBMISSION>
<ACCESSION-NUMBER>0009990431-07-000900
<TYPE>SC 13D/A
<PUBLIC-DOCUMENT-COUNT>1
<FILING-DATE>20070301
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>WEXCOMBE OPTICS INC
<CIK>0009990431
</COMPANY-DATA>
</FILER>
<DOCUMENT>
<TYPE>SC 13D/A
<SEQUENCE>1
<TEXT>
holdings
</TEXT>
</DOCUMENT>
</SUBMISSION>
"""


def read_rows(cli: Cli, archive: str) -> dict[str, list[dict[str, Any]]]:
    """What an archive holds of its filings and figures, without what a feed does not tell (the acceptance time, the file's size)."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for kind in ("filings", "releases", "figures"):
        found = [json.loads(line) for line in cli("query", kind, "--json", "--archive", archive).out.splitlines()]
        rows[kind] = [{key: value for key, value in row.items() if key not in ("acceptance", "accepted", "size")} for row in found]
    return rows


def list_kept(folder: str) -> list[Any]:
    """The documents of an archive."""
    with open_archive(folder, create=False) as archive:
        return list(list_documents(archive.storage, FilingFilter()))


def make_tar(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


@pytest.fixture
def files(submissions: Path) -> dict[str, bytes]:
    """Three submissions, by file name."""
    return {path.name: path.read_bytes() for path in sorted(submissions.rglob("*.txt"))[:3]}


def test_daily_feeds_import_to_the_same_archive_as_the_folder(cli: Cli, submissions: Path, surroundings: Path) -> None:
    feeds = list(write_daily_feeds(submissions, surroundings / "feeds"))
    assert all(path.name.endswith(".nc.tar.gz") for path in feeds)
    make_tar(surroundings / "feeds" / "20070301.nc.tar.gz", {"0009990431-07-000900.nc": OTHER.encode()}, "w:gz")
    ran = cli("import", "feeds", "--archive", "fed")
    assert ran.code == 0, ran.err
    count = len(list(submissions.rglob("*.txt")))
    assert f"{count} filings archived" in ran.out
    assert "1 submission of other forms passed over: 1 SC 13D/A" in ran.err
    assert cli("import", submissions, "--archive", "folder").code == 0
    rows = read_rows(cli, "fed")
    assert rows == read_rows(cli, "folder")
    assert len(rows["filings"]) == count
    assert len(rows["figures"]) > 100
    again = cli("import", "feeds", "--archive", "fed")
    assert f"0 filings archived, {count} already there" in again.out


def compress_zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def make_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


PACKINGS: dict[str, Callable[[dict[str, bytes], Path], bytes]] = {
    "all.tar": lambda files, place: make_tar(place, files).read_bytes(),
    "all.tar.gz": lambda files, place: make_tar(place, files, "w:gz").read_bytes(),
    "all.tgz": lambda files, place: make_tar(place, files, "w:gz").read_bytes(),
    "all.tar.bz2": lambda files, place: make_tar(place, files, "w:bz2").read_bytes(),
    "all.tar.xz": lambda files, place: make_tar(place, files, "w:xz").read_bytes(),
    "all.tar.zst": lambda files, place: compress_zst(make_tar(place, files).read_bytes()),
    "frames.tar.zst": lambda files, place: b"".join(
        compress_zst(part) for part in (make_tar(place, files).read_bytes()[:5000], place.read_bytes()[5000:])
    ),
    "all.zip": lambda files, place: make_zip(files),
    "year.tar": lambda files, place: make_tar(place, {f"{name}.gz": gzip.compress(data) for name, data in files.items()}).read_bytes(),
    "zipped.tar": lambda files, place: make_tar(place, {"all.zip": make_zip(files)}).read_bytes(),
}


@pytest.mark.parametrize("name", PACKINGS)
def test_packed_submissions(cli: Cli, files: dict[str, bytes], surroundings: Path, name: str) -> None:
    (surroundings / name).write_bytes(PACKINGS[name]({**files, "readme.txt": b"three filings"}, surroundings / "made"))
    ran = cli("import", name, "--no-parse", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)["import"]
    assert sorted(told["accessions"]) == sorted(file.removesuffix(".txt") for file in files)
    assert [path.split(": ")[-1] for path in told["passed"]] == [
        "readme.txt.gz" if name == "year.tar" else "readme.txt"
    ]  # fmt: skip


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", compress_zst)])
def test_a_compressed_file(cli: Cli, files: dict[str, bytes], surroundings: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    (name, data), *_ = files.items()
    (surroundings / f"{name}{suffix}").write_bytes(pack(data))
    (surroundings / f"tarnwell.txt{suffix}").write_bytes(pack(RELEASE.encode()))
    assert "1 filing archived" in cli("import", f"{name}{suffix}").out
    assert "1 filing archived" in cli("import", f"tarnwell.txt{suffix}", "--cik", "9990777", "--filed", "2006-07-24").out
    rows = [json.loads(line) for line in cli("query", "filings", "--cik", "9990777", "--json").out.splitlines()]
    assert [row["items"] for row in rows] == [[]]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("cut.tar.gz", gzip.compress), ("cut.tar.zst", compress_zst), ("cut.tar", bytes)],
)
def test_an_archive_file_that_breaks_off(
    cli: Cli, files: dict[str, bytes], surroundings: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    whole = make_tar(surroundings / "made", files).read_bytes()
    lengths = [len(data) for data in files.values()]
    border = sum(512 + -(-length // 512) * 512 for length in lengths[:2])
    data = pack(whole)
    (surroundings / name).write_bytes(data[:border] if name == "cut.tar" else data[: len(data) - 9])
    ran = cli("import", name, "--no-parse")
    assert ran.code == 1
    assert "(truncated)" in ran.err
    assert "(bug)" not in ran.err
    if name == "cut.tar":
        assert "2 filings archived" in ran.out


def test_members_that_nobody_should_trust_are_listed(cli: Cli, files: dict[str, bytes], surroundings: Path) -> None:
    (name, data), *_ = files.items()
    place = surroundings / "below"
    place.mkdir()
    with tarfile.open(place / "odd.tar", "w") as archive:
        for path in ("../../x.txt", "/etc/x.txt", "a\\..\\x.txt"):
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for kind, target in ((tarfile.SYMTYPE, "../../secret"), (tarfile.LNKTYPE, "/etc/passwd"), (tarfile.FIFOTYPE, "")):
            entry = tarfile.TarInfo(f"special{kind.decode()}")
            entry.type, entry.linkname = kind, target
            archive.addfile(entry)
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    (place / "odd.zip").write_bytes(make_zip({"../x.txt": data, "a/.hidden": b"x"}))
    before = sorted(path for path in surroundings.rglob("*"))
    ran = cli("import", place, "--no-parse", "--json", "--archive", "archive")
    assert ran.code == 1
    told = json.loads(ran.out)["import"]
    assert told["accessions"] == [name.removesuffix(".txt")]
    assert [skip["code"] for skip in told["skips"]] == ["unsafe_name"] * 3 + ["link", "link", "no_file", "unsafe_name"]
    assert sorted(path for path in surroundings.rglob("*") if "archive" not in path.relative_to(surroundings).parts) == before


def test_a_bomb_is_listed_and_not_unpacked(cli: Cli, files: dict[str, bytes], surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "FREE", 2**20)
    zeros = b"a" * 8 * 2**20
    (surroundings / "bomb.txt.gz").write_bytes(gzip.compress(zeros))
    (surroundings / "bomb.txt.zst").write_bytes(compress_zst(zeros))
    (surroundings / "bomb.zip").write_bytes(make_zip({"a.txt": b"<SEC-DOCUMENT>" + zeros}))
    (surroundings / "bomb.tar.gz").write_bytes(
        gzip.compress(make_tar(surroundings / "made", {"a.txt": b"<SUBMISSION>" + zeros}).read_bytes())
    )
    (surroundings / "made").unlink()
    ran = cli("import", *sorted(surroundings.iterdir()), "--cik", "9990777", "--filed", "2006-07-24")
    assert ran.code == 1
    for name in ("bomb.txt.gz", "bomb.txt.zst", "bomb.zip", "bomb.tar.gz"):
        assert any(name in line and "(bomb)" in line for line in ran.err.splitlines()), (name, ran.err)
    assert "0 filings archived" in ran.out


def test_a_tar_whose_header_is_a_bomb(surroundings: Path) -> None:
    entry = tarfile.TarInfo("././@LongLink")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 2**40
    stream = io.BytesIO(entry.tobuf(tarfile.GNU_FORMAT) + b"x" * 2048)
    with pytest.raises(tarfile.ReadError, match="extended header of 1,099,511,627,776 bytes"):
        list(unpack("a.tar", "a.tar", stream))


def test_archive_files_one_in_another_without_end(cli: Cli, surroundings: Path) -> None:
    data = b"<SEC-DOCUMENT>"
    for _ in range(7):
        data = gzip.compress(data)
    (surroundings / "onion.gz").write_bytes(data)
    ran = cli("import", "onion.gz")
    assert "more than 4 archive files one in another (nested)" in ran.err


def test_damage_costs_what_is_damaged(cli: Cli, files: dict[str, bytes], surroundings: Path) -> None:
    packed = bytearray(make_zip(files))
    first = packed.find(b".txt") + 200
    packed[first : first + 40] = b"\xff" * 40
    (surroundings / "damaged.zip").write_bytes(packed)
    wrong = bytearray(gzip.compress(next(iter(files.values()))))
    wrong[-8:-4] = b"\0\0\0\0"
    (surroundings / "damaged.txt.gz").write_bytes(wrong)
    (surroundings / "none.zip").write_bytes(b"PK\x03\x04 and nothing more")
    ran = cli("import", "damaged.zip", "damaged.txt.gz", "none.zip", "--no-parse")
    assert ran.code == 1
    assert "2 filings archived" in ran.out
    assert ran.err.count("(damaged)") == 3, ran.err


EMPTY: dict[str, Callable[[Path], object]] = {
    "empty.tar": lambda path: make_tar(path, {}),
    "empty.tar.gz": lambda path: make_tar(path, {}, "w:gz"),
    "empty.zip": lambda path: path.write_bytes(make_zip({})),
    "empty.gz": lambda path: path.write_bytes(gzip.compress(b"")),
    "empty.txt.zst": lambda path: path.write_bytes(compress_zst(b"")),
    "nothing.tar": lambda path: path.write_bytes(b""),
    "folder.zip": lambda path: path.write_bytes(make_zip({"a/": b""})),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_archive_file_with_nothing_in_it(cli: Cli, surroundings: Path, name: str) -> None:
    EMPTY[name](surroundings / name)
    ran = cli("import", name, "--no-parse")
    assert "0 filings archived" in ran.out
    assert "(bug)" not in ran.err
    assert ran.code in (0, 1)
    assert len(ran.err.splitlines()) <= 1


def test_no_spoilt_archive_file_is_a_fault_of_ours(files: dict[str, bytes], surroundings: Path) -> None:
    """Cut anywhere, with bytes turned, doubled or taken out: whatever can be read is, the rest is listed with a reason."""
    chance = random.Random(15)
    whole = {name: PACKINGS[name](files, surroundings / "made") for name in PACKINGS}
    (surroundings / "spoilt").mkdir()
    for number in range(SPOILT):
        name, data = chance.choice(list(whole.items()))
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            place, length = chance.randrange(len(spoilt)), chance.randint(1, 600)
            part = chance.choice((b"", chance.randbytes(length), bytes(length), bytes(spoilt[place : place + length]) * 2))
            spoilt[place : place + length] = part
        (surroundings / "spoilt" / f"{number}-{name}").write_bytes(spoilt[: chance.choice((None, chance.randrange(len(spoilt))))])
    with open_archive(surroundings / "archive") as archive:
        report = archive.import_(surroundings / "spoilt", parse=False)
        assert [skip for skip in report.skips if skip.code in ("bug", "refused")] == []
        assert len({skip.code for skip in report.skips}) > 2
        assert {str(number) for number in report.accessions} <= {name.removesuffix(".txt") for name in files}
        assert list(archive.verify()) == []


def test_a_large_member_of_a_feed_is_read_in_bounded_memory(surroundings: Path, submissions: Path) -> None:
    path = min(submissions.rglob("*.txt"))
    head, end = path.read_bytes().split(b"</SEC-DOCUMENT>")
    graphic = b"<DOCUMENT>\n<TYPE>GRAPHIC\n<SEQUENCE>90\n<FILENAME>a.jpg\n<TEXT>\nbegin 644 a.jpg\n"
    line = b"M" + bytes(range(33, 93)) + b"\n"
    size = 200 * 2**20
    parts = iter([head + graphic, *[line * 20_000] * (size // (len(line) * 20_000)), b"end\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>" + end])
    length = (
        len(head + graphic) + (size // (len(line) * 20_000)) * 20_000 * len(line) + len(b"end\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>" + end)
    )
    entry = tarfile.TarInfo(path.name)
    entry.size = length
    rest = b""

    def read(wanted: int) -> bytes:
        nonlocal rest
        rest = rest or next(parts, b"")
        data, rest = rest[:wanted], rest[wanted:]
        return data

    with tarfile.open(surroundings / "large.tar", "w") as packed:
        packed.addfile(entry, make_stream(read))
    with open_archive(surroundings / "archive") as archive:
        tracemalloc.start()
        report = import_paths(archive.storage, [surroundings / "large.tar"])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert report.archived == 1
    assert peak < 40 * 2**20


def test_a_correction_is_a_further_version_and_a_deletion_is_listed(cli: Cli, submissions: Path, surroundings: Path) -> None:
    (feed, *_) = write_daily_feeds(submissions, surroundings / "feeds")
    with tarfile.open(feed) as archive:
        name = archive.getnames()[0]
        member = archive.extractfile(name)
        assert member is not None
        content = member.read()
    accession = name.removesuffix(".nc")
    corrected = content.replace(b"<SUBMISSION>\n", b"<SUBMISSION>\n<CORRECTION>\n").replace(b"</TEXT>", b"Corrected.\n</TEXT>")
    deleted = b"<SUBMISSION>\n<DELETION>\n" + content.partition(b"<DOCUMENT>")[0].removeprefix(b"<SUBMISSION>\n") + b"</SUBMISSION>\n"
    make_tar(surroundings / "next.tar", {f"{accession}.corr01": corrected, f"{accession}.dele": deleted})
    assert cli("import", feed).code == 0
    ran = cli("import", "next.tar")
    assert ran.code == 1
    assert "a notice that EDGAR took this filing back; what the archive has of it stays (deletion)" in ran.err
    assert "1 already there" in ran.out
    assert len(cli("query", "filings", "--json").out.splitlines()) >= 1
    first = cli("served", accession, "--json").out
    cli("import", "next.tar")
    assert cli("served", accession, "--json").out == first


def test_a_wrapped_exhibit_is_archived_as_the_submission_has_it(cli: Cli, surroundings: Path) -> None:
    body = RELEASE.encode()
    wrapped = (
        b"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>release.txt\n<DESCRIPTION>PRESS RELEASE\n<TEXT>\n"
        + body
        + b"</TEXT>\n</DOCUMENT>\n"
    )
    bare = b"<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>release.txt\n<TEXT>\n" + body + b"</TEXT>\n"
    for name, data in (("plain.txt", body), ("wrapped.txt", wrapped), ("line.txt", bare)):
        (surroundings / name).write_bytes(data)
        assert cli("import", name, "--cik", "9990777", "--filed", "2006-07-24", "--archive", name + "-archive").code == 0
    kept = [{(row.type, row.sha256) for row in list_kept(f"{name}.txt-archive")} for name in ("plain", "wrapped", "line")]
    assert kept[0] == kept[1] == kept[2]


def test_what_a_browser_saved(cli: Cli, files: dict[str, bytes], surroundings: Path) -> None:
    (name, data), *_ = files.items()
    page = data.decode("latin-1").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    head = '<html><head><meta name="color-scheme" content="light dark"></head><body><pre style="word-wrap: break-word;">'
    shown = f"{head}{page}</pre></body></html>"
    (surroundings / "shown.html").write_text(shown, "latin-1")
    told = json.loads(cli("import", "shown.html", "--json").out)["import"]
    assert told["accessions"] == [name.removesuffix(".txt")]
    address = "https://www.sec.gov/Archives/edgar/data/9990777/000999077706000031/release.htm"
    folder = surroundings / "saved"
    (folder / "release_files").mkdir(parents=True)
    (folder / "release_files" / "report.css").write_text("p { color: black }")
    saved = f"<!DOCTYPE html>\n<!-- saved from url=(0078){address} -->\n<html><body><pre>{RELEASE}</pre></body></html>"
    (folder / "release.htm").write_text(saved)
    told = json.loads(cli("import", "saved", "--cik", "9990777", "--filed", "2006-07-24", "--json").out)["import"]
    assert (told["accessions"], told["skips"]) == (["0009990777-06-000031"], [])
    ran = cli("import", "saved", "--cik", "9990778", "--filed", "2006-07-24")
    assert "the facts say CIK 9990778, and the page was saved from one of 9990777 (contradiction)" in ran.err


def test_a_manifest(cli: Cli, surroundings: Path) -> None:
    folder = surroundings / "mine"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "q2.txt").write_text(RELEASE)
    (folder / "a" / "tables.txt").write_text("CONSOLIDATED BALANCE SHEETS\n\nTotal assets 12 15\n")
    (folder / "q3.txt").write_text(RELEASE.replace("Second", "Third").replace("June 30", "September 30"))
    rows = [
        "path\tcik\tfiled\taccession\ttype\titems",
        "a/q2.txt\t9990777\t2006-07-24\t0009990777-06-000012\tEX-99.1\t2.02,9.01",
        "a/tables.txt\t9990777\t2006-07-24\t0009990777-06-000012\tEX-99.2\t2.02,9.01",
        "q3.txt\t9990777\t2006-10-24\t\t\t2.02 9.01",
        "gone.txt\t9990777\t2006-10-24\t\t\t",
        "q3.txt\t12x\t2006-10-24\t\t\t",
        "q3.txt\t9990777\t24.10.2006\t\t\t",
        "q3.txt\t9990777\t2006-10-24\t\tPRESS\t",
        "../secret.txt\t9990777\t2006-10-24\t\t\t",
    ]
    (folder / "list.tsv").write_text("\n".join(rows) + "\n")
    (surroundings / "secret.txt").write_text(RELEASE)
    ran = cli("import", "--manifest", "mine/list.tsv", "--json")
    assert ran.code == 1
    told = json.loads(ran.out)["import"]
    assert told["archived"] == 2
    assert [skip["code"] for skip in told["skips"]] == ["bad_facts", "bad_facts", "bad_facts", "outside", "not_found"]
    assert told["skips"][0]["path"].endswith("list.tsv:6")
    filings = [json.loads(line) for line in cli("query", "filings", "--json").out.splitlines()]
    assert {(row["filing_date"], tuple(row["items"])) for row in filings} == {
        ("2006-07-24", ("2.02", "9.01")),
        ("2006-10-24", ("2.02", "9.01")),
    }
    assert sorted(row.type for row in list_kept("ex99-archive")) == ["EX-99.1", "EX-99.1", "EX-99.2"]
    again = cli("import", "--manifest", "mine/list.tsv")
    assert "0 filings archived, 2 already there" in again.out


@pytest.mark.parametrize(
    ("content", "words"),
    [("cik\tfiled\n1\t2", "has no column 'path'"), ("", "has no column 'path'"), (b"\xff\xfe\x00", "is no table with tabs")],
)
def test_what_is_no_manifest(cli: Cli, surroundings: Path, content: str | bytes, words: str) -> None:
    (surroundings / "list.tsv").write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = cli("import", "--manifest", "list.tsv")
    assert ran.code == 2
    assert words in ran.err


def test_nothing_to_import(cli: Cli) -> None:
    ran = cli("import")
    assert ran.code == 2
    assert "nothing to import: name files or folders" in ran.err
