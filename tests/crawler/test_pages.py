from __future__ import annotations

import datetime as dt

import pytest

from ex99.crawler.errors import PageError
from ex99.crawler.pages import read_index_page
from ex99.filings.filing import NEW_YORK

COMPANY = """<div class="filerDiv"><div class="companyInfo"><span class="companyName">{name} ({role})
 <acronym>CIK</acronym>: <a href="/x">{cik:010d} (see all company filings)</a></span>
<p class="identInfo">State of Incorp.: <strong>DE</strong> | Fiscal Year End: <strong>1231</strong><br />SIC: <b><a>3829</a></b> x</p>
</div></div>"""
ROW = '<tr><td scope="row">{0}</td><td>{1}</td><td scope="row"><a href="{2}">{3}</a>{4}</td><td scope="row">{5}</td><td>{6}</td></tr>'
FOLDER = "/Archives/edgar/data/9990001/000999000124000017"
NAMED = [
    ROW.format(1, "FORM 8-K", f"/ix?doc={FOLDER}/a.htm", "a.htm", " &nbsp;&nbsp;<span>iXBRL</span>", "8-K", 42796),
    ROW.format(7, "", f"{FOLDER}/b.htm", "b.htm", "", "EX-99.1", ""),
    ROW.format("&nbsp;", "Complete submission text file", f"{FOLDER}/0009990001-24-000017.txt", "x.txt", "", "&nbsp;", 412459),
]


def page(rows: list[str], *, accepted: str = "2024-10-21 16:15:02", companies: str = "") -> bytes:
    companies = companies or COMPANY.format(name="TUMBLEWICK CORP", role="Filer", cik=9990001)
    return f"""<?xml version="1.0" encoding="ISO-8859-1" ?><!DOCTYPE html><html><body>
<div id="formName"><strong>Form 8-K/A</strong> - Current report:</div>
<div id="secNum"><strong>SEC Accession No.</strong> 0009990001-24-000017</div><div class="formGrouping">
<div class="infoHead">Filing Date</div><div class="info">2004-07-22</div>
<div class="infoHead">Accepted</div><div class="info">{accepted}</div>
<div class="infoHead">Period of Report</div><div class="info">2004-07-21</div>
<div class="infoHead">Items</div><div class="info">Item 12: Results<br />Item 7: Exhibits<br /></div></div>
<table class="tableFile"><tr><th>Seq</th><th>Description</th><th>Document</th><th>Type</th><th>Size</th></tr>{"".join(rows)}</table>
{companies}</body></html>""".encode()


def test_reads_the_page() -> None:
    found = read_index_page(page(NAMED))
    assert (found.filing.form, found.filing.filing_date) == ("8-K/A", dt.date(2004, 7, 22))
    assert found.filing.acceptance == dt.datetime(2024, 10, 21, 16, 15, 2, tzinfo=NEW_YORK)
    assert [item.number for item in found.filing.items] == ["7", "12"]
    assert (found.filing.size, found.filing.primary_document) == (412459, "a.htm")
    rows = [(d.sequence, d.type, d.filename, d.size) for d in found.documents]
    assert rows == [(1, "8-K", "a.htm", 42796), (7, "EX-99.1", "b.htm", 0)]
    assert found.paths == {1: f"{FOLDER}/a.htm", 7: f"{FOLDER}/b.htm"}
    assert (found.filers[0].name, found.filers[0].sic, found.filers[0].fiscal_year_end) == ("TUMBLEWICK CORP", "3829", "1231")


def test_before_2001_documents_have_no_names_and_there_is_no_time() -> None:
    rows = [ROW.format(1, "", "/Archives/edgar/data/9990001/", "", "", "8-K", 2126)]
    found = read_index_page(page(rows, accepted="1996-12-24 00:00:00"))
    assert (found.documents[0].filename, found.paths, found.filing.acceptance, found.filing.size) == (None, {}, None, None)


def test_people_are_no_filers_beside_companies() -> None:
    blocks = COMPANY.format(name="Roe Jane", role='<a href="/x">Reporting</a>', cik=9990009)
    blocks += COMPANY.format(name="TUMBLEWICK CORP", role="Issuer", cik=9990001)
    assert [filer.name for filer in read_index_page(page(NAMED, companies=blocks)).filers] == ["TUMBLEWICK CORP"]


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"<html><title>Index of /Archives</title></html>", "bad_shape")])
def test_what_is_no_index_page_says_why(data: bytes, code: str) -> None:
    with pytest.raises(PageError) as caught:
        read_index_page(data)
    assert caught.value.code == code
