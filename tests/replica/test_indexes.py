"""Quarterly and daily indexes."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from ex99.replica.indexes import daily_name
from tests.replica.conftest import Served


def rows(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[next(n for n, line in enumerate(lines) if line.startswith("-----")) + 1 : -1]


def test_form_index_stands_in_fixed_columns(served: Served) -> None:
    answer = served.get("/Archives/edgar/full-index/2016/QTR3/form.idx")
    assert answer.text.startswith("Description:           Master Index of EDGAR Dissemination Feed by Form Type\nLast Data Received:    ")
    found = [(line[:12].strip(), line[12:74].strip(), line[74:86].strip(), line[86:98].strip(), line[98:]) for line in rows(answer.text)]
    truth = served.traps["after_graphic"].truth
    name = "TRAPDOOR AFTER GRAPHIC INC"
    assert ("8-K", name, str(truth.ciks[0]), "2016-07-25", truth.accession.flat_path(truth.ciks[0])) in found
    assert found == sorted(found)


def test_company_and_master_hold_the_same_rows(served: Served) -> None:
    company = rows(served.get("/Archives/edgar/full-index/2016/QTR3/company.idx").text)
    master = rows(served.get("/Archives/edgar/full-index/2016/QTR3/master.idx").text)
    assert sorted((x[74:86].strip(), x[:62].strip(), x[62:74].strip(), x[86:98].strip(), x[98:]) for x in company) == sorted(
        tuple(line.split("|")) for line in master
    )


def test_one_row_a_filer(served: Served) -> None:
    truth = served.traps["co_registrants"].truth
    master = rows(served.get("/Archives/edgar/full-index/2016/QTR3/master.idx").text)
    mine = [line for line in master if truth.accession in line]
    assert sorted(int(line.split("|")[0]) for line in mine) == sorted(truth.ciks)


def test_gz_is_binary_and_conditional(served: Served) -> None:
    path = "/Archives/edgar/full-index/2016/QTR3/form.gz"
    answer = served.get(path, Accept_Encoding="gzip")
    assert answer.headers["content-type"] == "binary/octet-stream"
    assert "content-encoding" not in answer.headers
    assert gzip.decompress(answer.body) == served.get(path.replace(".gz", ".idx")).body
    assert served.get(path, If_None_Match=answer.headers["etag"]).status == 304


def test_daily_index(served: Served) -> None:
    folder = "/Archives/edgar/daily-index/2016/QTR3"
    master = served.get(f"{folder}/master.20160725.idx").text
    assert "Last Data Received:    Jul 25, 2016\n" in master
    assert "\nCIK|Company Name|Form Type|Date Filed|File Name\n" in master
    assert all(line.split("|")[3] == "20160725" for line in rows(master))
    assert all(len(line) >= 150 for line in rows(served.get(f"{folder}/form.20160725.idx").text))
    company = served.get(f"{folder}/company.20160725.idx").text
    assert f"{'Company Name':62}Form Type   CIK\n      Date Filed  File Name\n---" in company
    assert gzip.decompress(served.get(f"{folder}/company.20160725.idx.gz").body).decode() == company


def test_days_without_filings_are_403(served: Served) -> None:
    for name in ("master.20160724.idx", "master.160725.idx", "form.idx", "nothing.20160725.idx"):
        assert served.get(f"/Archives/edgar/daily-index/2016/QTR3/{name}").status == 403
    assert served.get("/Archives/edgar/full-index/2016/QTR3/form.20160725.idx").status == 403


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(1994, 7, 1), "070194"),
        (dt.date(1995, 1, 3), "950103"),
        (dt.date(1998, 3, 30), "980330"),
        (dt.date(1998, 3, 31), "19980331"),
        (dt.date(2024, 2, 1), "20240201"),
    ],
)
def test_how_days_were_written(day: dt.date, name: str) -> None:
    assert daily_name(day) == name


def test_old_names_are_served(served: Served) -> None:
    day = served.traps["no_filenames"].truth.filed
    assert served.get(f"/Archives/edgar/daily-index/1997/QTR3/form.{day:%y%m%d}.idx").status == 200


def test_listings_name_the_days(served: Served) -> None:
    answer = served.get("/Archives/edgar/daily-index/2016/QTR3/index.json")
    names = [item["name"] for item in json.loads(answer.body)["directory"]["item"]]
    assert "form.20160725.idx" in names
    for name in names:
        assert served.get(f"/Archives/edgar/daily-index/2016/QTR3/{name}").status == 200
    assert "form.gz" in served.get("/Archives/edgar/full-index/2016/QTR3/").text
