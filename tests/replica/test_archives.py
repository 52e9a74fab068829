"""What lies below /Archives/edgar/data."""

from __future__ import annotations

import gzip
import json
import re
from email.utils import parsedate_to_datetime

import pytest

from ex99.replica.compose import ComposedFiling
from ex99.replica.compose.notices import make_pdf
from tests.replica.conftest import Served


def folder(filing: ComposedFiling, name: str = "", cik: int | None = None) -> str:
    truth = filing.truth
    return f"/Archives/{truth.accession.folder_path(cik or truth.ciks[0])}{name}"


def index_page(served: Served, filing: ComposedFiling) -> str:
    answer = served.get(folder(filing, f"{filing.truth.accession}-index.htm"))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    return answer.text


def newest(served: Served) -> ComposedFiling:
    return next(f for f in reversed(served.company) if f.truth.fiscal)


def test_submission_in_both_places(served: Served) -> None:
    filing = newest(served)
    flat = served.get(f"/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}")
    assert flat.status == 200
    assert flat.body == filing.data == served.get(folder(filing, f"{filing.truth.accession}.txt")).body
    assert flat.headers["content-type"] == "text/plain"
    assert re.fullmatch(r'"[0-9a-f]{32}-gzip"', flat.headers["etag"])
    assert "cache-control" not in flat.headers


def test_every_submission_is_served_as_it_lies(served: Served) -> None:
    for filing in served.traps.values():
        assert served.get(f"/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}").body == filing.data


def test_any_co_registrants_cik_will_do_and_no_other(served: Served) -> None:
    filing = served.traps["co_registrants"]
    assert len(filing.truth.ciks) == 3
    for cik in filing.truth.ciks:
        assert served.get(f"/Archives/{filing.truth.accession.flat_path(cik)}").status == 200
    assert served.get(f"/Archives/{filing.truth.accession.flat_path(9_000_017)}").status == 403
    links = set(re.findall(r"/Archives/edgar/data/(\d+)/", index_page(served, filing)))
    assert links == {str(min(filing.truth.ciks))}


@pytest.mark.parametrize(
    "path",
    ["data/9000017/0009000017-99-999999.txt", "data/9000017/nonsense", "data/0/", "full-index/2099/QTR1/form.gz", "elsewhere"],
)
def test_missing_keys_are_403_in_xml(served: Served, path: str) -> None:
    answer = served.get(f"/Archives/edgar/{path}")
    assert (answer.status, answer.headers["content-type"]) == (403, "application/xml")
    assert "<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>" in answer.text


def test_gzip_on_request(served: Served) -> None:
    filing = newest(served)
    path = f"/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}"
    answer = served.get(path, Accept_Encoding="gzip, deflate")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(answer.body) < len(filing.data) / 3
    assert gzip.decompress(answer.body) == filing.data
    assert "content-encoding" not in served.get(path).headers


def test_conditional_requests(served: Served) -> None:
    filing = newest(served)
    path = f"/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}"
    headers = served.get(path).headers
    for condition in ({"If_None_Match": headers["etag"]}, {"If_Modified_Since": headers["last-modified"]}):
        answer = served.get(path, **condition)
        assert (answer.status, answer.body, answer.headers["last-modified"]) == (304, b"", headers["last-modified"])
    assert served.get(path, If_None_Match='"other"').status == 200
    assert served.get(path, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT").status == 200
    assert served.get(path, If_Modified_Since="nonsense").status == 200


def test_head(served: Served) -> None:
    filing = newest(served)
    answer = served.get(folder(filing, f"{filing.truth.accession}.txt"), method="HEAD")
    assert (answer.status, answer.body, int(answer.headers["content-length"])) == (200, b"", len(filing.data))


def test_index_page_gives_the_facts(served: Served) -> None:
    filing = newest(served)
    page = index_page(served, filing)
    truth = filing.truth
    assert f"<title>EDGAR Filing Documents for {truth.accession}</title>" in page
    facts = re.findall(r'<div class="infoHead">(.*?)</div>\s*<div class="info">(.*?)</div>', page)
    assert [name for name, _ in facts] == ["Filing Date", "Accepted", "Documents", "Period of Report", "Items"]
    assert dict(facts)["Filing Date"] == truth.filed.isoformat()
    assert dict(facts)["Items"] == (
        "Item 2.02: Results of Operations and Financial Condition<br />Item 9.01: Financial Statements and Exhibits<br />"
    )
    assert 'class="companyName">BRACKENHURST TOOLS INC (Filer)' in page


def test_accepted_and_last_modified_are_one_instant(served: Served) -> None:
    page = index_page(served, newest(served))
    accepted = re.search(r'Accepted</div>\s*<div class="info">([\d: -]+)<', page)
    modified = re.search(r'"Last-Modified" content="(.*?)"', page)
    stamp = re.search(rb"<ACCEPTANCE-DATETIME>(\d+)", newest(served).data)
    assert accepted
    assert modified
    assert stamp
    assert re.sub(r"\D", "", accepted[1]) == stamp[1].decode()
    behind = parsedate_to_datetime(modified[1]).hour - int(accepted[1][11:13])
    assert behind % 24 in (4, 5)


def table_of(page: str, summary: str) -> list[list[str]]:
    table = page.partition(f'summary="{summary}"')[2].partition("</table>")[0]
    return [re.findall(r'<td scope="row">(.*?)</td>', row) for row in table.split("</tr>")][1:-1]


def test_index_page_lists_documents_by_type(served: Served) -> None:
    filing = newest(served)
    page = index_page(served, filing)
    rows = table_of(page, "Document Format Files")
    assert [row[3] for row in rows] == ["8-K", "EX-99.1", "GRAPHIC", "&nbsp;"]
    assert rows[0][2].startswith(f'<a href="/ix?doc={folder(filing)}')
    assert rows[0][2].endswith('&nbsp;&nbsp;<span style="color: green">iXBRL</span>')
    assert rows[-1][1] == "Complete submission text file"
    assert rows[-1][4] == str(len(filing.data))
    assert [row[3] for row in table_of(page, "Data Files")] == ["EX-101.SCH"]


def test_index_page_of_the_nineties_links_to_the_folder(served: Served) -> None:
    filing = served.traps["no_filenames"]
    rows = table_of(index_page(served, filing), "Document Format Files")
    assert {row[2] for row in rows[:-1]} == {f'<a href="/Archives/edgar/data/{filing.truth.ciks[0]}/"></a>'}
    assert rows[-1][2].startswith(f'<a href="/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}">')
    assert 'Accepted</div>\n         <div class="info">1997-07-25 00:00:00' in index_page(served, filing)


def test_index_page_has_items_where_the_header_is_blank(served: Served) -> None:
    page = index_page(served, served.traps["blank_items"])
    assert "Item 12: Results of Operations and Financial Condition<br />Item 7: Financial Statements and Exhibits<br />" in page


def test_index_headers_give_the_true_types(served: Served) -> None:
    filing = served.traps["spelled_01"]
    answer = served.get(folder(filing, f"{filing.truth.accession}-index-headers.html"))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    assert re.findall(r"&lt;TYPE&gt;(\S+)\n&lt;SEQUENCE&gt;(\d)", answer.text) == [("8-K", "1"), ("EX-99.01", "2"), ("GRAPHIC", "3")]
    assert re.findall(r"<ITEMS>(.*)", answer.text) == list(filing.truth.items)
    assert "<!--\n<SEC-HEADER>" in answer.text
    assert "&lt;/SEC-HEADER&gt;\n&lt;DOCUMENT&gt;" in answer.text


def test_header_in_tags(served: Served) -> None:
    filing = newest(served)
    text = served.get(folder(filing, f"{filing.truth.accession}.hdr.sgml")).text
    assert text.startswith(f"<SEC-HEADER>{filing.truth.accession}.hdr.sgml : ")
    for line in ("<TYPE>8-K", "<ITEMS>2.02\n<ITEMS>9.01", "<CIK>0009000017", "<ACT>34", "<FISCAL-YEAR-END>1231", "</FILER>\n</SEC-HEADER>"):
        assert line in text


def test_index_json_has_icons_and_strings(served: Served) -> None:
    filing = newest(served)
    directory = json.loads(served.get(folder(filing, "index.json")).body)["directory"]
    items = {item["name"]: item for item in directory["item"]}
    assert directory["name"] == folder(filing).rstrip("/")
    assert items[f"{filing.truth.accession}.txt"]["size"] == ""
    assert {item["type"] for item in items.values()} == {"text.gif", "image2.gif"}
    assert all(isinstance(item["size"], str) for item in items.values())


def document_names(filing: ComposedFiling) -> list[str]:
    return [name.decode() for name in re.findall(rb"<FILENAME>(.*)", filing.data)]


def test_documents_alone(served: Served) -> None:
    filing = newest(served)
    cover, exhibit, picture, schema = (served.get(folder(filing, name)) for name in document_names(filing))
    assert cover.body.startswith(b"<?xml version='1.0'")
    assert exhibit.body.startswith(b"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>")
    assert exhibit.body.endswith(b"</TEXT>\n</DOCUMENT>\n")
    assert exhibit.headers["content-type"] == "text/html"
    assert "etag" not in exhibit.headers
    assert picture.body.startswith(b"\xff\xd8\xff\xe0")
    assert picture.headers["content-type"] == "image/jpeg"
    assert schema.body.startswith(b"<?xml")


def test_a_pdf_is_decoded(served: Served) -> None:
    filing = served.traps["pdf_exhibit"]
    answer = served.get(folder(filing, document_names(filing)[1]))
    assert (answer.body, answer.headers["content-type"]) == (make_pdf(), "application/pdf")


def test_documents_alone_are_not_dash_escaped(served: Served) -> None:
    filing = next(f for f in served.company if f.truth.filed.year == 2001 and f.truth.fiscal)
    assert b"\n- ------" in filing.data
    body = served.get(folder(filing, document_names(filing)[0])).body
    assert b"\n- -" not in body


def test_the_folder_is_a_listing_with_status_200(served: Served) -> None:
    filing = newest(served)
    answer = served.get(folder(filing))
    assert answer.status == 200
    assert b"<DOCUMENT>" not in answer.body
    assert all(name in answer.text for name in document_names(filing))
    assert filing.truth.accession.compact in served.get("/Archives/edgar/data/9000017/").text
    assert served.get("/Archives/edgar/data/9999999/").status == 403
