from __future__ import annotations

import datetime as dt
import io

import pytest

from ex99.crawler.errors import PageError
from ex99.crawler.indexes import IndexEntry, read_index
from ex99.filings.identifiers import AccessionNumber, Cik

HEAD = "Description:           Index\nLast Data Received:    March 31, 2021\nComments:              x\n\n \n"
PATH = "edgar/data/9990001/0009990001-21-000007.txt"
DASHES = "-" * 80 + "\n"
LONG = "THE VERY LONG NAME OF A PARTNERSHIP THAT GOES ON PAST ITS COLUMN LTD"
WANTED = IndexEntry(Cik(9990001), "TUMBLEWICK CORP", "8-K/A", dt.date(2021, 2, 5), PATH, AccessionNumber("0009990001-21-000007"))


def read(text: str) -> list[IndexEntry]:
    return list(read_index(io.BytesIO(text.encode("latin-1"))))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "CIK|Company Name|Form Type|Date Filed|Filename\n" + DASHES + f"9990001|TUMBLEWICK CORP|8-K/A|2021-02-05|{PATH}\n",
        HEAD
        + "Cloud HTTP: x\nCIK|Company Name|Form Type|Date Filed|File Name\n"
        + DASHES
        + f"9990001|TUMBLEWICK CORP|8-K/A|20210205|{PATH}",
        HEAD + f"Form Type   Company Name    CIK\n{DASHES}{'8-K/A':12}{'TUMBLEWICK CORP':62}{'9990001':12}{'2021-02-05':12}{PATH}\n\n",
        HEAD
        + "Company Name    Form Type   CIK\n      Date Filed  File Name\n"
        + f"{DASHES}{'TUMBLEWICK CORP':62}{'8-K/A':12}{'9990001':12}{'20210205':12}{PATH}   \n",
    ],
    ids=["master", "daily master", "form", "daily company"],
)
def test_every_layout(text: str) -> None:
    assert read(text) == [WANTED]


def test_overlong_names_and_forms_with_spaces() -> None:
    form = f"Form Type   Company Name\n{DASHES}{'SC 13D/A':12}{LONG} 9990001     2021-02-05  {PATH}\n"
    shifted = f"{LONG:62}{'X-17A-5':12}{'9990001':12}2021-02-05  {PATH}\n"
    (entry,) = read(form)
    assert (entry.form, entry.company) == ("SC 13D/A", LONG)
    (entry,) = read(f"Company Name   Form Type\n{DASHES}{shifted}")
    assert (entry.form, entry.company) == ("X-17A-5", LONG)
    (entry,) = read(HEAD + f"CIK|Company Name|Form Type|Date Filed|Filename\n{DASHES}9990001|A|B \xe9 CORP|8-K|2021-02-05|{PATH}\n")
    assert entry.company == "A|B \xe9 CORP"


def test_an_empty_index_has_no_rows() -> None:
    assert read(HEAD + "Form Type   Company Name\n" + DASHES + DASHES) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("<html>\n" * 100, "bad_shape"),
        (DASHES, "bad_shape"),
        (HEAD + "CIK|Company Name|Form Type|Date Filed|Filename\n" + DASHES + "9990001|TUMBLEWICK CORP|8-K/A|2021-0", "bad_shape"),
        (HEAD + "Form Type   Company Name\n" + DASHES + f"{'8-K':12}{'TUMBLEWICK CORP':62}9990001     2021-02-05  edgar/da", "bad_shape"),
    ],
)
def test_what_is_no_index_says_why(text: str, code: str) -> None:
    with pytest.raises(PageError) as caught:
        read(text)
    assert caught.value.code == code


def test_a_torn_row_costs_itself_alone() -> None:
    head = HEAD + "CIK|Company Name|Form Type|Date Filed|Filename\n" + DASHES
    good = "9990001|TUMBLEWICK CORP|8-K|2021-02-05|edgar/data/9990001/0009990001-21-000001.txt\n"
    odd: list[str] = []
    rows = list(read_index(io.BytesIO((head + "9990001|TUMBLEWICK CORP|8-K/A|2021-0\n" + good).encode()), odd))
    assert [row.accession for row in rows] == ["0009990001-21-000001"]
    assert len(odd) == 1
    with pytest.raises(PageError):
        list(read_index(io.BytesIO((head + "9990001|TUMBLEWICK\n").encode()), []))
