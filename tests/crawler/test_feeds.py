from __future__ import annotations

import datetime as dt

import pytest

from ex99.crawler.errors import PageError
from ex99.crawler.feeds import read_company_feed, read_current
from ex99.filings.filing import NEW_YORK

ENTRY = """<entry><title>8-K - {name} ({cik:010d}) (Filer)</title>
<link rel="alternate" href="https://www.sec.gov/Archives/edgar/data/{cik}/0009990001-24-000017-index.htm"/>
<summary type="html"> &lt;b&gt;Filed:&lt;/b&gt; 2024-10-21 &lt;b&gt;AccNo:&lt;/b&gt; 0009990001-24-000017 &lt;b&gt;Size:&lt;/b&gt; 14 KB
&lt;br&gt;Item 2.02: Results&lt;br&gt;Item 9.01: Exhibits</summary><updated>{updated}</updated>
<category scheme="https://www.sec.gov/" label="form type" term="8-K"/>
<id>urn:tag:sec.gov,2008:accession-number=0009990001-24-000017</id></entry>"""
FEED = '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
INFO = "<company-info><cik>0009990001</cik><conformed-name>TUMBLEWICK CORP</conformed-name></company-info>"
CONTENT = """<entry><content type="text/xml"><{tag}>0009990001-24-000017</{tag}><filing-date>2024-10-21</filing-date>
<filing-type>8-K</filing-type>
<items-desc>items 2.02, 8.01and9.01</items-desc></content><updated>2024-10-21T16:15:02-04:00</updated></entry>"""


def entry(name: str = "A - B Corp.", cik: int = 9990001, updated: str = "2024-10-21T16:15:02-04:00") -> str:
    return ENTRY.format(name=name, cik=cik, updated=updated)


def test_the_latest_filings_each_once_with_all_filers() -> None:
    (found,) = read_current(FEED.format(entry() + entry("Other Corp.", 9990003)).encode("latin-1"))
    assert [str(cik) for cik in found.filers] == ["9990001", "9990003"]
    assert found.form == "8-K"
    assert found.acceptance == dt.datetime(2024, 10, 21, 16, 15, 2, tzinfo=NEW_YORK)
    assert [item.number for item in found.items] == ["2.02", "9.01"]


@pytest.mark.parametrize("updated", ["2024-10-21T00:00:00-04:00", "2024-10-21T16:15:02", "soon"])
def test_no_acceptance_where_no_time_is_sure(updated: str) -> None:
    assert read_current(FEED.format(entry(updated=updated)).encode())[0].acceptance is None


@pytest.mark.parametrize("tag", ["accession-number", "accession-nunber"])
def test_a_companys_feed(tag: str) -> None:
    found = read_company_feed(FEED.format(INFO + CONTENT.format(tag=tag) + '<link rel="next" href="https://www.sec.gov/next"/>').encode())
    assert (found.filer.name, found.filer.cik, found.next_url) == ("TUMBLEWICK CORP", 9990001, "https://www.sec.gov/next")
    assert [item.number for item in found.filings[0].items] == ["2.02", "8.01", "9.01"]
    assert read_company_feed(FEED.format(INFO).encode()).next_url is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html><center><h1>No matching Ticker Symbol.</h1></center></html>", "unknown_company"),
        (FEED.format(f"<entry><content>{INFO}</content></entry>").encode(), "several_companies"),
        (FEED.format("").encode()[:-4], "bad_shape"),
        (b"<?xml version='1.0'?><Error/>", "bad_shape"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><feed xmlns='http://www.w3.org/2005/Atom'>&a;</feed>", "bad_shape"),
    ],
)
def test_what_is_no_feed_says_why(data: bytes, code: str) -> None:
    with pytest.raises(PageError) as caught:
        read_company_feed(data)
    assert caught.value.code == code


def test_an_entry_without_a_date_is_an_error() -> None:
    with pytest.raises(PageError):
        read_current(FEED.format(entry().replace("2024-10-21 ", "")).encode())
