"""`ex99 plot`: pictures in three forms, restatements marked, and the terminal."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from ex99.api import Archive, open_archive
from ex99.cli.plot import split_words
from ex99.errors import UserError
from ex99.plotting import make_chart
from tests.ex99.conftest import Cli
from tests.ex99.histories import GROCER, QUARTERS, SPLITTER

pytest.importorskip("altair")
pytest.importorskip("vl_convert")


@pytest.fixture(scope="module")
def told(past: Path) -> Archive:
    return open_archive(past, create=False)


def test_pictures_in_three_forms(cli: Cli, past: Path) -> None:
    for ending in ("png", "svg", "html"):
        ran = cli("plot", SPLITTER, "eps_diluted", "-o", f"eps.{ending}", "-a", past)
        assert (ran.code, ran.err.strip()) == (0, f"drawn in eps.{ending}")
    assert Path("eps.png").read_bytes().startswith(b"\x89PNG\r\n")
    svg = Path("eps.svg").read_text(encoding="utf-8")
    assert "ACME ANVILS INC: diluted EPS by quarter" in svg
    assert svg.count(">split 7:1<") == 1
    html = Path("eps.html").read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=", html)
    assert "0009999999-24-000005" in html


def test_restatements_are_marked_and_lines_break_at_splits(told: Archive) -> None:
    revenue = told.plot(SPLITTER, "revenue").to_dict()
    points, *_ = (layer["data"]["values"] for layer in revenue["layer"])
    marked = revenue["layer"][2]["data"]["values"]
    assert len(points) == len(QUARTERS)
    assert {record["stretch"] for record in points} == {f"{SPLITTER} 0"}
    assert [record["before"] for record in marked] == [1.07, 1.06, 1.05, 1.04]
    assert marked[-1]["amount"] == "1,040,000 -> 1,144,000 USD"
    eps = told.plot(SPLITTER, "eps_diluted").to_dict()
    assert {record["stretch"] for record in eps["layer"][0]["data"]["values"]} == {f"{SPLITTER} 0", f"{SPLITTER} 1"}
    assert [record["note"] for record in eps["layer"][2]["data"]["values"]] == ["split 7:1", "", "", ""]


def test_several_companies_and_metrics(told: Archive, tmp_path: Path) -> None:
    chart = told.plot([SPLITTER, GROCER], ["revenue", "eps_diluted"], tmp_path / "both.svg")
    panels = chart.to_dict()["vconcat"]
    assert len(panels) == 2
    svg = (tmp_path / "both.svg").read_text(encoding="utf-8")
    assert "ACME ANVILS INC, BOLT GROCERS CORP: revenue and diluted EPS by quarter" in svg
    with pytest.raises(UserError, match="none of these series has points"):
        make_chart([told.series(SPLITTER, "cash")])


def test_the_terminal(cli: Cli, past: Path) -> None:
    ran = cli("plot", SPLITTER, GROCER, "revenue", "-a", past)
    assert ran.out.count("revenue by quarter") == 2
    assert "┤" in ran.out
    nothing = cli("plot", SPLITTER, "cash", "-a", past)
    assert (nothing.code, nothing.out) == (0, "")
    assert "reports no cash (gaap) by instant" in nothing.err


def test_words() -> None:
    assert split_words(["AAPL", "COST", "revenue", "net-income"]) == (["AAPL", "COST"], ["revenue", "net-income"])
    with pytest.raises(UserError, match="a plot needs a company"):
        split_words(["revenue"])


def test_wrong_endings_and_missing_libraries(cli: Cli, past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = cli("plot", SPLITTER, "revenue", "-o", "x.gif", "-a", past)
    assert (ran.code, ran.err.splitlines()[0]) == (2, "error: x.gif has no ending that tells a kind of picture")
    monkeypatch.setitem(sys.modules, "altair", None)
    missing = cli("plot", SPLITTER, "revenue", "-o", "x.png", "-a", past)
    assert (missing.code, missing.err.splitlines()[0]) == (2, "error: altair is not installed")
    assert "ex99[plot]" in missing.err
