"""The atom feeds of browse-edgar."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from tests.replica.conftest import Served

ATOM = "{http://www.w3.org/2005/Atom}"


def current(served: Served, **query: str) -> ET.Element:
    words = "&".join(f"{k}={v}" for k, v in {"action": "getcurrent", "output": "atom", **query}.items())
    answer = served.get(f"/cgi-bin/browse-edgar?{words}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/atom+xml")
    assert answer.text.startswith('<?xml version="1.0" encoding="ISO-8859-1" ?>')
    return ET.fromstring(answer.body)


def entries(feed: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in feed.iterfind(f"{ATOM}entry/{ATOM}{path}")]


def test_an_entry_tells_what_a_watcher_needs(served: Served) -> None:
    newest = max(served.company, key=lambda f: f.truth.filed).truth
    entry = next(iter(current(served, type="8-K", count="10").iterfind(f"{ATOM}entry")))
    assert entry.findtext(f"{ATOM}title") == "8-K - BRACKENHURST TOOLS INC (0009000017) (Filer)"
    assert entry.findtext(f"{ATOM}id") == f"urn:tag:sec.gov,2008:accession-number={newest.accession}"
    assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "").utcoffset() in (dt.timedelta(hours=-5), dt.timedelta(hours=-4))
    link, category = entry.find(f"{ATOM}link"), entry.find(f"{ATOM}category")
    assert link is not None
    assert category is not None
    assert link.get("href", "").endswith(f"/Archives/{newest.accession.folder_path(9_000_017)}{newest.accession}-index.htm")
    assert served.get(link.get("href", "").removeprefix(served.replica.url)).status == 200
    assert category.get("term") == "8-K"
    assert "<b>AccNo:</b>" in (entry.findtext(f"{ATOM}summary") or "")
    assert "<br>Item 2.02: Results of Operations" in (entry.findtext(f"{ATOM}summary") or "")


def test_newest_first_and_paged(served: Served) -> None:
    first, second = current(served, count="20"), current(served, count="20", start="20")
    times = entries(first, "updated") + entries(second, "updated")
    assert len(times) == 40
    assert times == sorted(times, reverse=True, key=dt.datetime.fromisoformat)
    assert not set(entries(first, "id")) & set(entries(second, "id"))


def test_counts_are_rounded_down(served: Served) -> None:
    for asked, given in (("5", 10), ("99", 80), ("1000", 100), ("nonsense", 40)):
        assert len(entries(current(served, count=asked), "id")) == given


def test_type_is_a_prefix(served: Served) -> None:
    feed = current(served, type="8-K%2FA", count="100")
    assert {c.get("term") for c in feed.iterfind(f"{ATOM}entry/{ATOM}category")} == {"8-K/A"}
    assert entries(current(served, type="10-Q"), "id") == []


def test_one_entry_a_filer(served: Served) -> None:
    accession = served.traps["co_registrants"].truth.accession
    pages = [current(served, count="100", start=str(start)) for start in (0, 100, 200)]
    ids = [i for page in pages for i in entries(page, "id")]
    assert sum(i.endswith(accession) for i in ids) == 3


def test_past_the_end_is_the_503_page(served: Served) -> None:
    assert entries(current(served, start="5000"), "id") == []
    answer = served.get("/cgi-bin/browse-edgar?action=getcurrent&start=5100")
    assert (answer.status, answer.headers["content-type"], answer.headers["server"]) == (503, "text/html", "AkamaiNetStorage")
    assert "<title>SEC.gov | File Unavailable</title>" in answer.text


def test_a_companys_feed(served: Served) -> None:
    answer = served.get("/cgi-bin/browse-edgar?action=getcompany&CIK=BRKN&type=8-K&count=40&output=atom")
    feed = ET.fromstring(answer.body)
    assert feed.findtext(f"{ATOM}company-info/{ATOM}cik") == "0009000017"
    assert len(entries(feed, f"content/{ATOM}filing-href")) == 40
    assert 'rel="next"' in answer.text
    assert "<accession-number>" in answer.text
    assert "<items-desc>items 2.02 and 9.01</items-desc>" in answer.text
    old = served.get("/cgi-bin/browse-edgar?action=getcompany&CIK=9000017&dateb=20100101&count=10&output=atom").text
    assert "<accession-nunber>" in old
    assert "<filing-date>2010" not in old


def test_an_unknown_company_is_an_html_page(served: Served) -> None:
    answer = served.get("/cgi-bin/browse-edgar?action=getcompany&CIK=NOSUCH&output=atom")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    assert "No matching Ticker Symbol." in answer.text
