"""On real filings: what the replica makes of them is what EDGAR was seen to answer."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ex99.filings.identifiers import AccessionNumber
from ex99.replica.catalog import read_filing
from ex99.replica.server import Replica, start_replica
from tests.replica.conftest import ask

CORPUS = os.environ.get("EX99_CORPUS")
ROOT = Path(CORPUS or ".")
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(CORPUS is None, reason="EX99_CORPUS names no folder")]
SETS = sorted(p.parent for p in ROOT.glob("edgar/filing_set/*/*/source.json")) if CORPUS else []


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with start_replica(ROOT / "filings") as running:
        yield running


@pytest.fixture(scope="module")
def sets() -> Iterator[Replica]:
    with start_replica(ROOT / "edgar" / "filing_set") as running:
        yield running


def page_of(replica: Replica, folder: Path, name: str) -> str:
    accession = AccessionNumber.parse(folder.name)
    answer = ask(replica.url, f"/Archives/{accession.folder_path(int(folder.parent.name))}{name}")
    assert answer.status == 200, name
    return answer.text


def facts_of(page: str) -> dict[str, str]:
    pairs = re.findall(r'<div class="infoHead">(.*?)</div>\s*<div class="info">(.*?)</div>', page, re.DOTALL)
    return {name: re.sub(r"Item ([\d.]+):[^<]*", r"\1", value).strip() for name, value in pairs}


def rows_of(page: str) -> list[tuple[str, ...]]:
    rows = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        cells = re.findall(r'<td scope="row">(.*?)</td>', row, re.DOTALL)
        if cells:
            link = re.search(r'href="(.*?)"', cells[2])
            words = [re.sub(r"<.*?>", "", cell).strip() for cell in cells[:4]]
            rows.append((*words, link[1] if link else ""))
    return rows


def test_all_filings_are_read(replica: Replica) -> None:
    stats = replica.stats()
    assert stats["filings"] == len(list((ROOT / "filings").glob("*.txt")))
    assert stats["skipped"] == 0


@pytest.mark.parametrize("folder", SETS, ids=lambda p: p.name)
def test_index_pages_give_the_same_facts(sets: Replica, folder: Path) -> None:
    captured = (folder / f"{folder.name}-index.html").read_text("latin-1")
    made = page_of(sets, folder, f"{folder.name}-index.htm")
    wanted, got = facts_of(captured), facts_of(made)
    wanted.pop("Effectiveness Date", None)
    if is_blank(folder):
        got.pop("Items", None)
        wanted.pop("Items", None)
    assert got == wanted
    in_file = {row for row in rows_of(captured) if "EXTRACTED" not in row[1] and "XML" not in row[3]}
    assert {row[2:] for row in rows_of(made)} == {row[2:] for row in in_file}
    last_modified = re.compile(r'"Last-Modified" content="(.*?)"')
    seen, ours = last_modified.search(captured), last_modified.search(made)
    assert seen is None or (ours is not None and ours[1] == seen[1])


def is_blank(folder: Path) -> bool:
    return b"ITEM INFORMATION:\t\t\n" in (folder / f"{folder.name}.txt").read_bytes()


def test_items_of_blank_headers_are_mostly_found(sets: Replica) -> None:
    """Items were typed by hand then, and once disagree with the document's own."""
    pairs = [
        (facts_of((folder / f"{folder.name}-index.html").read_text("latin-1")), facts_of(page_of(sets, folder, f"{folder.name}-index.htm")))
        for folder in SETS
        if is_blank(folder)
    ]
    assert len(pairs) > 3
    assert sum(wanted.get("Items") != got.get("Items") for wanted, got in pairs) <= 1


@pytest.mark.parametrize("folder", SETS, ids=lambda p: p.name)
def test_documents_alone_are_the_same_bytes(sets: Replica, folder: Path) -> None:
    accession = AccessionNumber.parse(folder.name)
    for document in folder.iterdir():
        if folder.name in document.name or document.name == "source.json":
            continue
        answer = ask(sets.url, f"/Archives/{accession.folder_path(int(folder.parent.name))}{document.name}")
        assert answer.status == 200
        assert answer.body.split() == document.read_bytes().split(), document.name


@pytest.mark.parametrize("path", sorted(ROOT.glob("edgar/filing_set/*/*/*.hdr.sgml")) if CORPUS else [], ids=lambda p: p.name)
def test_tagged_headers_are_the_same(sets: Replica, path: Path) -> None:
    skipped = ("<ORGANIZATION-NAME>",)
    made = page_of(sets, path.parent, path.name).splitlines()
    wanted = path.read_text("latin-1").splitlines()
    assert [x for x in made if not x.startswith(skipped)] == [x for x in wanted if not x.startswith(skipped)]


def captured_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(ROOT.glob("edgar/submissions/CIK*/body.json")):
        if "-submissions-" in path.parent.name:
            cik, columns = path.parent.name[3:13], json.loads(path.read_bytes())
        else:
            body = json.loads(path.read_bytes())
            cik, columns = f"{int(body['cik']):010d}", body["filings"]["recent"]
        for values in zip(*columns.values(), strict=True):
            yield cik, dict(zip(columns, values, strict=True))


def test_submissions_columns_are_the_same(replica: Replica) -> None:
    made: dict[tuple[str, str], dict[str, Any]] = {}
    compared = 0
    differences = []
    for cik, row in captured_rows():
        if not (ROOT / "filings" / f"{row['accessionNumber']}.txt").exists():
            continue
        if not any(key[0] == cik for key in made):
            recent = json.loads(ask(replica.url, f"/submissions/CIK{cik}.json").body)["filings"]["recent"]
            for values in zip(*recent.values(), strict=True):
                ours = dict(zip(recent, values, strict=True))
                made[cik, ours["accessionNumber"]] = ours
        ours = made[cik, row["accessionNumber"]]
        compared += 1
        differences += [
            (row["accessionNumber"], name, value, ours[name])
            for name, value in row.items()
            if name not in ("core_type", "isXBRLNumeric") and ours[name] != value
        ]
    assert compared > 20
    # one filing is flagged isXBRL without holding any; one company's clock changed with a capture's date
    assert [d for d in differences if d[1] not in ("isXBRL", "acceptanceDateTime")] == []
    assert len(differences) <= 2


def test_index_headers_have_the_same_marks(replica: Replica) -> None:
    shape = re.compile(r"&lt;(TYPE|SEQUENCE|FILENAME|DESCRIPTION|TEXT|DOCUMENT|/DOCUMENT)&gt;|<a href=|Document \d+ - file: ")
    captured = min(ROOT.glob("edgar/index_headers/*/*.html"))
    filing = max(ROOT.glob("filings/*-24-*.txt"))
    stored = read_filing(filing)
    made = ask(replica.url, f"/Archives/{stored.accession.folder_path(stored.ciks[0])}{stored.accession}-index-headers.html").text
    assert {m[1] for m in shape.finditer(made)} == {m[1] for m in shape.finditer(captured.read_text("latin-1"))}
    types = re.findall(r"^<TYPE>(.*)", filing.read_text("latin-1"), re.MULTILINE)
    assert re.findall(r"&lt;TYPE&gt;(.*)", made) == [html.escape(t) for t in types]
