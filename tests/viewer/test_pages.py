"""Every page in its three forms; what it shows; errors that are pages; and that the viewer only reads, for this machine alone."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

import pytest
from lxml import html as pages
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from ex99.cli import run
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, ReleaseFilter
from ex99.storage.queries import list_figures, list_releases
from ex99.viewer.app import create_app
from tests.viewer.conftest import CIK, open_read_only

PAGES = ("/", "/search?q=results", f"/company/{CIK}", f"/company/{CIK}?metric=cash&duration=year&vintage=first&as_of=1999-06-30",
         f"/compare?companies={CIK},9990432&metric=net_income", "/guidance", f"/guidance?company={CIK}")  # fmt: skip


def results(archive: Archive) -> list[str]:
    return [str(row.accession) for row in list_releases(archive, ReleaseFilter(kinds=["results"]))]


def form_of(address: str, form: str) -> str:
    path, _, query = address.partition("?")
    return f"{'/index' if path == '/' else path}{form}" + (f"?{query}" if query else "")


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_three_forms(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200, page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert pages.fromstring(page.text).xpath("count(//h1)") == 1
    assert client.get(form_of(address, ".json")).json()
    table = list(csv.DictReader(io.StringIO(client.get(form_of(address, ".csv")).text)))
    assert table or "search" in address or "guidance" in address


def test_every_release_opens_with_all_its_figures_marked(client: TestClient, archive: Archive) -> None:
    for release in list_releases(archive):
        inspector = pages.fromstring(client.get(f"/release/{release.accession}").text)
        frame = pages.fromstring(client.get(f"/page/{release.accession}/1").text)
        assert frame.get("data-missing") == ""
        keys = {key for mark in frame.iter("mark") for key in mark.get("data-m").split()}
        listed = set(inspector.xpath("//button/@data-key"))
        assert {key for key in listed if key[0] in "fg"} <= keys
        assert sum(1 for key in listed if key.startswith("f") and "m" not in key) == release.figures


def test_numbers_in_statements_that_no_figure_uses(client: TestClient, archive: Archive) -> None:
    frame = pages.fromstring(client.get(f"/page/{results(archive)[0]}/1").text)
    unread = [mark.text_content() for mark in frame.xpath("//mark[contains(@class, 'unread')]")]
    assert unread
    used = {figure.source.text for figure in list_figures(archive, FigureFilter(accessions=[results(archive)[0]]))}
    assert not {"".join(words.split()) for words in unread} & used


def test_a_company_shows_both_values_of_what_was_restated(tmp_path: Path) -> None:
    from tests.ex99.histories import SPLITTER, make_history

    with open_read_only(make_history(tmp_path / "past")) as past:
        page = TestClient(create_app(past), base_url="http://127.0.0.1").get(f"/company/{int(SPLITTER)}")
        row = next(row for row in pages.fromstring(page.text).xpath("//tr[@class='restated']"))
        assert len(row.xpath(".//a[contains(@href, '/release/')]")) == 3
        assert "first" in row.text_content()
        rows = (
            TestClient(create_app(past), base_url="http://127.0.0.1").get(f"/company/{int(SPLITTER)}.json?metric=revenue").json()["series"]
        )
        assert any(one["first_value"] and one["first_value"] != one["restated_value"] for one in rows)
        early = TestClient(create_app(past), base_url="http://127.0.0.1").get(f"/company/{int(SPLITTER)}.json?as_of=2010-12-31").json()
        assert max(one["filing_date"] for one in early["series"]) <= "2010-12-31"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nosuch", 404, "there is no such page"),
        ("/release/0009999999-24-000001", 404, "the archive holds no filing 0009999999-24-000001"),
        ("/release/abc", 404, "looks like"),
        (f"/release/{'{first}'}/7", 404, "has no press release number 7"),
        ("/company/5", 404, "`ex99 crawl 5` fetches it"),
        (f"/company/{CIK}?metric=profit", 400, "is no metric"),
        (f"/company/{CIK}?as_of=tomorrow", 400, "as_of=2024-06-30"),
        ("/compare?companies=NOPE", 404, "the archive knows no company"),
        ("/compare?metric=profit", 400, "is no metric"),
    ],
)  # fmt: skip
def test_errors_are_pages_that_say_what_to_do(client: TestClient, archive: Archive, address: str, status: int, words: str) -> None:
    page = client.get(address.format(first=results(archive)[0]))
    assert page.status_code == status
    assert words.lower() in pages.fromstring(page.text).text_content().lower()
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_an_empty_archive_says_how_to_fill_one(tmp_path: Path) -> None:
    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}", str(tmp_path / "blobs")) as empty:
        client = TestClient(create_app(empty), base_url="http://localhost")
        assert "ex99 crawl TICKER" in client.get("/").text
        for address in ("/search?q=x", "/compare", "/guidance"):
            assert client.get(address).status_code == 200


def test_only_this_machine_and_only_reading(client: TestClient, archive: Archive) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "localhost:8399"}).status_code == 200
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.request(method, "/").status_code == 405
    assert client.head("/").status_code == 200
    with archive.connect() as connection, pytest.raises((OperationalError, sqlite3.OperationalError), match="readonly"):
        connection.exec_driver_sql("DELETE FROM figure")


def test_report_is_one_file(archive_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert (
        run(["report", str(CIK), "--archive", str(archive_folder), "-o", str(out), "--metric", "revenue", "--metric", "eps_diluted"]) == 0
    )
    page = pages.fromstring(out.read_text(encoding="utf-8"))
    assert not page.xpath("//@src | //link/@href")
    assert len(page.xpath("//figure[@class='chart']")) == 2
    assert len(page.xpath("//tbody/tr")) > 8
    assert run(["report", "NOSUCH", "--archive", str(archive_folder), "-o", str(out)]) == 2
