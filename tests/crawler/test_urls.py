"""EDGAR's addresses: what EDGAR or a filer names never leads elsewhere."""

from __future__ import annotations

import pytest

from ex99.crawler.urls import Urls
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.settings.settings import Settings

URLS = Urls.of(Settings(www_url="http://w.example/", data_url="http://d.example"))
CIK = Cik(9_999_001)
ACCESSION = AccessionNumber.parse("0009999000-20-000001")


def test_addresses() -> None:
    folder = "http://w.example/Archives/edgar/data/9999001/000999900020000001/"
    assert URLS.submissions(CIK) == "http://d.example/submissions/CIK0009999001.json"
    assert URLS.overflow("CIK0009999001-submissions-001.json") == "http://d.example/submissions/CIK0009999001-submissions-001.json"
    assert URLS.full(CIK, ACCESSION) == "http://w.example/Archives/edgar/data/9999001/0009999000-20-000001.txt"
    assert URLS.headers(CIK, ACCESSION) == f"{folder}0009999000-20-000001-index-headers.html"
    assert URLS.document(CIK, ACCESSION, "ex991.htm") == f"{folder}ex991.htm"
    assert URLS.index("full-index/2020/QTR1/master.gz") == "http://w.example/Archives/edgar/full-index/2020/QTR1/master.gz"
    assert URLS.current("8-K", 100, 100).endswith("action=getcurrent&type=8-K&owner=include&count=100&start=100&output=atom")


@pytest.mark.parametrize("name", ["../x", "https://elsewhere.example/x", "CIK0009999001.json", "CIK0009999001-submissions-1.json?", ""])
def test_an_overflow_page_has_an_overflow_pages_name(name: str) -> None:
    with pytest.raises(ValueError, match="is no overflow page's name"):
        URLS.overflow(name)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a/b.htm", "x?y#z", "//elsewhere.example/x", "ex 99.htm"])
def test_a_file_name_stays_one_path_segment(name: str) -> None:
    url = URLS.document(CIK, ACCESSION, name)
    rest = url.removeprefix("http://w.example/Archives/edgar/data/9999001/000999900020000001/")
    assert rest != url
    assert not set("/?# ") & set(rest)
