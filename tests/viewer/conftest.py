"""An archive of fictitious companies, one of which means harm, and the viewer over it: as an application, and served for a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from ex99.cli import run
from ex99.replica.compose import compose_company, write_filings
from ex99.storage.archive import Archive
from ex99.viewer.app import create_app
from tests.crawler.papers import company, document, header

NAME, CIK, TICKER = "Wexcombe Optics Inc", 9_990_431, "WXOP"
EVIL_CIK, EVIL = 9_990_666, "0009990666-24-000001"
EVIL_NAME = '<script>alert(1)</script> & "Sons" </title>\' onload=alert(2)'
EVIL_PAGE = """<html><head><title>t</title><script>alert(3)</script><style>@import url(http://evil.example/x.css); mark{color:red}</style>
<meta http-equiv="refresh" content="0;url=http://evil.example/"><base href="http://evil.example/"></head>
<body onload="alert(4)" background="http://evil.example/b.gif"><p>FOR IMMEDIATE RELEASE</p>
<p><b>Grimble &lt;script&gt;alert(5)&lt;/script&gt; &lt;/script&gt; Corp Reports Third Quarter Results</b></p>
<p>SPRINGFIELD, Ill., October 21, 2024 - Grimble Corp today reported net sales of $4.1 million for the third quarter ended September 30,
2024, compared with $3.9 million in the third quarter of last year. It expects revenue of $4.5 million to $4.7
million in the fourth quarter of 2024.</p>
<mark class="figure" data-m="f0" onclick="alert(6)">forged</mark>
<img src="http://evil.example/i.gif" onerror="alert(7)"><a href="javascript:alert(8)">link</a>
<form action="http://evil.example/"><input name="q"><button>send</button></form><iframe src="http://evil.example/"></iframe>
<svg><script>alert(9)</script></svg><div style="background:url(http://evil.example/c.gif);position:fixed;top:0">over all</div>
<object data="http://evil.example/o"></object><embed src="http://evil.example/e"><link rel="stylesheet" href="http://evil.example/s.css"></body></html>"""


def write_evil(folder: Path) -> None:
    """A submission whose company, headline and exhibit all mean harm."""
    head = header(accession=EVIL, blocks=(company(EVIL_NAME, EVIL_CIK),))
    cover = document("8-K", "FORM 8-K\n\nItem 2.02 Results of Operations and Financial Condition.\n", 1, "a.txt")
    release = document("EX-99.1", EVIL_PAGE, 2, "b.htm", "PRESS RELEASE")
    (folder / f"{EVIL}.txt").write_text(f"<SEC-DOCUMENT>{EVIL}.txt : 20241021\n{head}{cover}{release}</SEC-DOCUMENT>\n", encoding="utf-8")


@pytest.fixture(scope="session")
def archive_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("viewer")
    filings = folder / "filings"
    write_filings(filings, compose_company(NAME, CIK, TICKER, 1998, 1999, seed=3))
    write_filings(filings, compose_company("Penhallow Castings Corp", 9_990_432, "PNHC", 2007, 2009, seed=5))
    write_evil(filings)
    assert run(["import", str(filings), "--archive", str(folder / "archive")]) == 0
    return folder / "archive"


def open_read_only(folder: Path) -> Archive:
    return Archive.open(f"sqlite:///{folder / 'archive.db'}", str(folder / "blobs"), create=False, read_only=True)


@pytest.fixture(scope="session")
def archive(archive_folder: Path) -> Iterator[Archive]:
    with open_read_only(archive_folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(archive: Archive) -> TestClient:
    return TestClient(create_app(archive), base_url="http://127.0.0.1:8399")


@pytest.fixture(scope="session")
def address(archive: Archive) -> Iterator[str]:
    """Where the viewer is served for a browser."""
    server = uvicorn.Server(uvicorn.Config(create_app(archive), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
