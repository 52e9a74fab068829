"""The archive in Datasette: its real app answers every page and every canned query, and can write nothing."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ex99.api import open_archive
from ex99.demo import CIK, TICKER, run_demo
from ex99.errors import UserError
from ex99.export.tables import TABLES
from ex99.opening import open_storage
from ex99.settings import Settings
from ex99.storage.archive import Archive
from ex99.storage.views import list_tables, list_views
from ex99.viewer.pages.across import _outcome
from tests.ex99.conftest import Cli
from tests.ex99.histories import SPLITTER

datasette = pytest.importorskip("datasette.app")

from ex99.datasette import build_datasette  # noqa: E402 - it needs the library
from ex99.datasette.telling import describe_archive, list_questions  # noqa: E402

Ask = Callable[..., Any]
VIEWER = "http://127.0.0.1:8399"
FILLED_IN = {
    "series": {"company": TICKER, "metric": "revenue"},
    "restatements": {"company": TICKER, "metric": "revenue"},
    "guidance_and_actuals": {"company": TICKER},
    "latest_figures": {"company": TICKER},
    "what_a_release_said": {"accession": "0001990417-08-000003"},
    "search": {"words": '"net sales" -xyzzy'},
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "archive"
    run_demo(folder)
    return folder


def open_to_read(folder: Path) -> Archive:
    return open_storage(Settings(archive=folder, database_url=None, blob_url=None), create=False, read_only=True)


def asking(folder: Path, work: Callable[[Ask], Coroutine[Any, Any, Any]], **options: Any) -> Any:
    """Do something with Datasette's own client over an archive: ``ask(path, **parameters)`` gives the answer."""
    with open_to_read(folder) as archive:
        served = build_datasette(archive, **options)

        async def ask(path: str, **parameters: Any) -> Any:
            return await served.client.get(path, params=parameters)

        return asyncio.run(work(ask))


def rows_of(folder: Path, path: str, **parameters: Any) -> list[dict[str, Any]]:
    async def work(ask: Ask) -> Any:
        answer = await ask(path, _shape="array", **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    rows: list[dict[str, Any]] = asking(folder, work)
    return rows


def test_every_page_answers(demo: Path) -> None:
    async def work(ask: Ask) -> None:
        assert "Form 8-K" in (await ask("/")).text
        told = (await ask("/archive.json")).json()
        assert [view["name"] for view in told["views"]] == list(list_views("", ""))
        for page in [*(table["name"] for table in told["tables"]), *(view["name"] for view in told["views"])]:
            for form in ("", ".json", ".csv"):
                answer = await ask(f"/archive/{page}{form}", _size=3)
                assert answer.status_code == 200, (page, form, answer.text)
        assert [query["name"] for query in told["queries"]] == list(FILLED_IN)
        for query, words in FILLED_IN.items():
            assert (await ask(f"/archive/{query}")).status_code == 200, "a form that is not filled in"
            assert (await ask(f"/archive/{query}.json", _shape="array")).json() == []
            told = (await ask(f"/archive/{query}.json", _shape="array", **words)).json()
            assert told, query
            assert all(row["viewer"].startswith(f"{VIEWER}/release/") for row in told)
            assert (await ask(f"/archive/{query}", **words)).status_code == 200

    asking(demo, work)


def test_the_questions_say_what_the_archive_says(demo: Path, past: Path) -> None:
    with open_archive(demo, create=False) as archive:
        series = rows_of(demo, "/archive/series.json", **FILLED_IN["series"], vintage="first", duration="year")
        expected = archive.series(TICKER, "revenue", vintage="first", duration="year")
        points = [(str(p.period_end), p.value, p.accession) for p in expected]
        assert [(r["period_end"], r["value"], r["accession"]) for r in series] == points
        outlooks = rows_of(demo, "/archive/guidance_and_actuals.json", company=TICKER)
        assert len(outlooks) == len(archive.guidance())
        told = [row for row in outlooks if row["reported"] is not None]
        assert told
        for row in told:
            low, high = (None if row[name] is None else Decimal(str(row[name])) for name in ("low", "high"))
            assert row["outcome"] == _outcome(low, high, Decimal(str(row["reported"])))
        accession = FILLED_IN["what_a_release_said"]["accession"]
        said = rows_of(demo, "/archive/what_a_release_said.json", accession=accession)
        counts = {what: sum(1 for row in said if row["what"] == what) for what in ("figure", "guidance", "passage")}
        assert counts == {
            "figure": len(archive.figures(accession=accession)),
            "guidance": len(archive.guidance(accession=accession)),
            "passage": len(archive.passages(accession=accession)),
        }
        for row in rows_of(demo, "/archive/latest_figures.json", company=CIK):
            figures = archive.figures(metric=row["metric"], duration=row["duration"], basis=row["basis"])
            assert row["period_end"] == str(max(figure.period_end for figure in figures if figure.period_end))
        hits = {row["viewer"].split("/")[4] for row in rows_of(demo, "/archive/search.json", **FILLED_IN["search"])}
        assert hits == {hit.accession for hit in archive.search(FILLED_IN["search"]["words"], limit=1000)}
    with open_archive(past, create=False) as archive:
        changes = rows_of(past, "/archive/restatements.json", company=SPLITTER)
        assert [(r["metric"], r["period_end"], r["before"], r["after"], r["note"]) for r in changes] == [
            (c.metric, str(c.period_end), float(c.before), float(c.after), c.note) for c in archive.restatements(SPLITTER, conflicts=True)
        ]
        assert any(row["note"] == "split 7:1" for row in changes)


def test_amounts_sort_as_numbers_and_stay_exact_where_they_are_kept(demo: Path) -> None:
    values = [row["value"] for row in rows_of(demo, "/archive/current_figures.json", _sort_desc="value", metric="revenue", _size=200)]
    assert values == sorted(values, reverse=True)
    assert {len(str(value)) for value in values} >= {8, 9}, "numbers of different lengths, which sort otherwise as texts"
    with open_archive(demo, create=False) as archive:
        assert len(rows_of(demo, "/archive/current_figures.json", _size=5000)) == len(archive.figures())
        assert rows_of(demo, "/archive/current_figures.json", value__gt=300_000_000, metric="revenue") != []
        kept = {row["value"] for row in rows_of(demo, "/archive/figure.json", _size=5000)}
        assert kept == {str(figure.value.normalize().__format__("f")) for figure in archive.figures()}

    async def sort_texts(ask: Ask) -> None:
        assert "Cannot sort table by value" in (await ask("/archive/figure", _sort="value")).text

    asking(demo, sort_texts)


def test_each_figure_leads_to_its_place_in_the_viewer_and_to_edgar(demo: Path) -> None:
    from starlette.testclient import TestClient

    from ex99.viewer.app import create_app

    rows = rows_of(demo, "/archive/current_figures.json", _size=5000)[::400]
    with open_to_read(demo) as archive:
        client = TestClient(create_app(archive), base_url=VIEWER)
        for row in rows:
            address, _, mark = row["viewer"].partition("#")
            (shown,) = (f for f in client.get(f"{address}.json").json()["figures"] if f"f{f['position']}" == mark)
            assert (Decimal(shown["value"]), shown["source"]["text"]) == (Decimal(str(row["value"])), row["source_text"])
            compact = row["accession"].replace("-", "")
            assert row["edgar"] == f"https://www.sec.gov/Archives/edgar/data/{CIK}/{compact}/{row['accession']}-index.htm"

    async def elsewhere(ask: Ask) -> str:
        answer = await ask("/archive/current_figures", _size=1)
        return str(answer.text)

    assert '<a href="http://127.0.0.1:9999/release/' in asking(demo, elsewhere, viewer="http://127.0.0.1:9999/")


def test_rows_are_labelled_and_texts_are_searched(demo: Path) -> None:
    async def work(ask: Ask) -> None:
        labelled = {"figure": ("release_id", "release"), "document": ("filing_id", "filing"), "filing_filer": ("cik", "company")}
        for table, (column, other) in labelled.items():
            (row,) = (await ask(f"/archive/{table}.json", _size=1, _shape="array", _labels="on")).json()
            told = row[column]
            assert str(told["label"]) != str(told["value"])
            link = f'<a href="/archive/{other}/{told["value"]}">{told["label"]}</a>'
            assert link in (await ask(f"/archive/{table}", _size=1)).text
        for table in ("release_text", "current_releases"):
            found = (await ask(f"/archive/{table}.json", _search="dividend", _size=1000)).json()
            with open_archive(demo, create=False) as archive:
                assert len(found["rows"]) == len(archive.search("dividend", limit=1000)) > 0
        described = (await ask("/archive/current_figures", _size=1)).text
        assert 'data-column-description="gaap or nongaap"' in described

    asking(demo, work)


def test_nothing_can_be_written(demo: Path) -> None:
    file = demo / "archive.db"
    before = hashlib.sha256(file.read_bytes()).hexdigest()

    async def work(ask: Ask) -> None:
        for sql in ("DELETE FROM figure", "DROP TABLE figure", "ATTACH 'x.db' AS x", "PRAGMA query_only = OFF", "VACUUM INTO 'x.db'"):
            assert (await ask("/archive.json", sql=sql)).status_code == 400, sql
        assert (await ask("/archive.db")).status_code in (403, 404)

    asking(demo, work)
    with open_to_read(demo) as archive:
        database = build_datasette(archive).get_database("archive")
        with pytest.raises(PermissionError, match="read alone"):
            database.connect(write=True)
        connection = database.connect()
        assert connection.execute("SELECT count(*) FROM current_figures").fetchone()[0] > 0
        for statement in ("DELETE FROM figure", "CREATE TABLE x (y)", "PRAGMA user_version = 7"):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                connection.execute(statement)
        connection.execute("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM figure")
        connection.close()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_it_sees_what_is_added_meanwhile(submissions: Path, tmp_path: Path) -> None:
    files = sorted(submissions.rglob("*.txt"))
    with open_archive(tmp_path / "archive") as writing:
        writing.import_(files[0])

        async def work(ask: Ask) -> None:
            async def count() -> int:
                return len((await ask("/archive/current_filings.json", _shape="array")).json())

            before = await count()
            await asyncio.to_thread(writing.import_, files[1], parse=False)
            assert await count() == before + 1

        asking(tmp_path / "archive", work)


def test_everything_is_described() -> None:
    views = list_views(VIEWER, "https://www.sec.gov/Archives/")
    tables = describe_archive(views, VIEWER)["databases"]["archive"]["tables"]
    assert tables.keys() == {"alembic_version", *list_tables(), *views}
    for name, table in tables.items():
        assert name == "alembic_version" or table["description"], name
    for name, view in views.items():
        assert list(tables[name]["columns"]) == list(view.columns), name
    assert "'http://it''s/release/'" in list_questions("http://it's")["series"]["sql"]
    assert {name.removeprefix("current_") for name in views} < set(TABLES)


def test_the_command(cli: Cli, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    served: list[Any] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: served.append((self.config.app, sockets[0].getsockname())))
    ran = cli("datasette", "--archive", demo, "--port", "0")
    assert ran.code == 0, ran.err
    ((app, (host, port)),) = served
    assert (host, ran.err) == ("127.0.0.1", f"Datasette is at http://127.0.0.1:{port} (Ctrl-C ends it)\n")
    from starlette.testclient import TestClient

    assert TestClient(app, base_url="http://elsewhere.example").get("/").status_code == 400, "another name in the Host header"


def test_what_cannot_be_served_is_said_in_one_line(cli: Cli, demo: Path, make_database: Callable[[str], str], monkeypatch: Any) -> None:
    nowhere = cli("datasette", "--archive", "nowhere")
    assert (nowhere.code, nowhere.err.splitlines()[0]) == (2, "error: there is no archive in nowhere")
    wrong = cli("datasette", "--archive", demo, "--viewer", "localhost:8399")
    assert (wrong.code, wrong.err.splitlines()[0]) == (2, "error: 'localhost:8399' is no address")
    url = make_database("postgresql")
    with Archive.open(url, str(demo / "blobs")) as archive, pytest.raises(UserError, match="this archive is in PostgreSQL") as caught:
        build_datasette(archive)
    assert "ex99 db copy" in (caught.value.hint or "")
    monkeypatch.setitem(sys.modules, "datasette", None)
    missing = cli("datasette", "--archive", demo)
    assert (missing.code, missing.err.splitlines()[0]) == (2, "error: datasette is not installed")
    assert "ex99[datasette]" in missing.err
