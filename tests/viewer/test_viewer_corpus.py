"""An archive of all real submissions: every release's page opens, all its spans are marked, and soon."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from lxml import html as pages
from starlette.testclient import TestClient

from ex99.cli import run
from ex99.storage.filters import ReleaseFilter
from ex99.storage.queries import list_documents, list_releases
from ex99.viewer.app import create_app
from tests.viewer.conftest import open_read_only

pytestmark = [pytest.mark.corpus, pytest.mark.slow]
_SMALL = 500_000


def test_every_release_opens_with_all_its_spans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filings = Path(os.environ.get("EX99_CORPUS", "missing")) / "filings"
    if not filings.is_dir():
        pytest.skip("EX99_CORPUS names no corpus")
    run(["import", str(filings), "--archive", str(tmp_path / "archive")])
    times = []
    with open_read_only(tmp_path / "archive") as archive:
        client = TestClient(create_app(archive), base_url="http://127.0.0.1")
        sizes = {document.id: document.size for document in list_documents(archive)}
        for release in list_releases(archive, ReleaseFilter(errors=False)):
            siblings = [one.id for one in list_releases(archive, ReleaseFilter(accessions=[release.accession]))]
            number = siblings.index(release.id) + 1
            start = time.perf_counter()
            inspector = client.get(f"/release/{release.accession}/{number}")
            frame = client.get(f"/page/{release.accession}/{number}")
            if sizes[release.document_id] <= _SMALL:
                times.append(time.perf_counter() - start)
            assert (inspector.status_code, frame.status_code) == (200, 200), release.accession
            tree = pages.fromstring(frame.text)
            assert tree.get("data-missing") == "", release.accession
            marked = {key for mark in tree.iter("mark") for key in mark.get("data-m").split()}
            listed = set(pages.fromstring(inspector.text).xpath("//button/@data-key"))
            assert listed <= marked, (release.accession, listed - marked)
    times.sort()
    with capsys.disabled():
        print(f"\n{len(times)} releases up to 500 kB: median {times[len(times) // 2]:.3f} s, p95 {times[int(len(times) * 0.95)]:.3f} s")


def test_the_release_that_ex99_was_conceived_from(tmp_path: Path) -> None:
    exhibit = Path(os.environ.get("EX99_CORPUS", "missing")) / "exhibits" / "IEC_2005Q4.txt"
    if not exhibit.is_file():
        pytest.skip("EX99_CORPUS names no corpus")
    run(["import", str(exhibit), "--cik", "49728", "--filed", "2005-11-17", "--archive", str(tmp_path / "archive")])
    with open_read_only(tmp_path / "archive") as archive:
        (release,) = list_releases(archive, ReleaseFilter())
        client = TestClient(create_app(archive), base_url="http://127.0.0.1")
        told = client.get(f"/release/{release.accession}.json").json()
        tree = pages.fromstring(client.get(f"/page/{release.accession}/1").text)
        keys = pages.fromstring(client.get(f"/release/{release.accession}").text).xpath("//button/@data-key")
    words: dict[str, str] = {}
    for mark in tree.iter("mark"):
        for key in mark.get("data-m").split():
            words[key] = words.get(key, "") + mark.text_content()
    assert tree.get("data-missing") == ""
    assert [words[f"f{number}"] for number in range(16)] == [figure["source"]["text"] for figure in told["figures"]]
    assert {passage["kind"] for passage in told["passages"]} >= {"statement", "safe_harbor"}
    assert set(keys) <= set(words)
    (text,) = (pre.text_content() for pre in tree.iter("pre"))
    assert " ".join(text.split()) == " ".join(exhibit.read_text().split())
    assert [line.rstrip() for line in text.strip("\n").splitlines()] == [
        line.rstrip() for line in exhibit.read_text().strip("\n").splitlines()
    ]
