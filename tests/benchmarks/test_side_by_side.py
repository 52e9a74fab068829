import datetime as dt
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.side_by_side import __main__ as side_by_side
from benchmarks.side_by_side import download, extraction
from benchmarks.side_by_side.__main__ import PAGE, main, write_page
from ex99.filings.identifiers import AccessionNumber
from ex99.replica.compose import Truth


class _Scorer:
    """What the comparison asks of the corpus's scorer."""

    @staticmethod
    def gold_figures(path: Path) -> list[dict[str, str]]:
        del path
        return [
            {"metric": "revenue", "basis": "gaap", "duration": "quarter", "end": "2017-09-30"},
            {"metric": "revenue", "basis": "gaap", "duration": "quarter", "end": "2016-09-30"},
        ]

    @staticmethod
    def latest(core: list[dict[str, str]]) -> list[dict[str, str]]:
        return core[:1]


READ: dict[str, dict[str, Any]] = {
    "MRLW_2017Q3": {
        "chosen": {"revenue": 412318000.0, "eps_diluted": 1.12},
        "columns": [
            {"duration": "quarter", "end": "2017-09-30", "metrics": {"revenue": 412318000.0}},
            {"duration": "quarter", "end": "2016-09-30", "metrics": {"revenue": 388000000.0}},
        ],
    }
}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (False, [("revenue", "USD", "2017-09-30"), ("eps_diluted", "USD/share", "2017-09-30")]),
        (True, [("revenue", "USD", "2017-09-30"), ("eps_diluted", "USD/share", "2017-09-30"), ("revenue", "USD", "2016-09-30")]),
    ],
)
def test_the_rival_is_told_the_latest_period(tmp_path: Path, columns: bool, expected: list[tuple[str, str, str]]) -> None:
    extraction.write_predictions(_Scorer, tmp_path, READ, tmp_path / "out", columns=columns)  # type: ignore[arg-type]
    figures = json.loads((tmp_path / "out/MRLW_2017Q3.json").read_text(encoding="utf-8"))["figures"]
    assert [(f["metric"], f["unit"], f["period_end"]) for f in figures] == expected


def _truth(number: int, *sequences: int) -> Truth:
    accession = AccessionNumber.parse(f"0009000001-17-{number:06d}")
    return Truth(accession, (), "8-K", dt.date(2017, 10, 26), (), "results", "workiva", sequences, "exhibit_99")


def test_releases_are_judged_by_what_was_composed() -> None:
    truths = [_truth(1, 2), _truth(2, 2, 3), _truth(3), _truth(4, 2), _truth(5)]
    names = [str(truth.accession) for truth in truths]
    found = {names[0]: [2], names[1]: [4], names[2]: [2], names[3]: [], names[4]: []}
    assert download.judge_releases(found, truths) == "1 right, 2 wrong, 1 missed"
    assert download.judge_releases(dict.fromkeys(names), truths) == "not sought"


def test_without_the_others_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--python", str(tmp_path / "python")]) == 2
    assert "make compare" in capsys.readouterr().err


def test_what_is_printed_is_a_part_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    write_page(["ex99 beside others", "  ex99  7 right"], page)
    write_page(["ex99 beside others", "  ex99  8 right"], page)
    assert page.read_text(encoding="utf-8").count("```text\nex99 beside others\n  ex99  8 right\n```") == 1


def test_a_program_that_fails_says_so(tmp_path: Path) -> None:
    failing = tmp_path / "python"
    failing.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'import sys; sys.exit(\"no way\")'\n", encoding="utf-8")
    failing.chmod(0o755)
    counts = iter([{"blocks": 0, "requests": 0}, {"blocks": 0}, {"blocks": 3}])
    replica = SimpleNamespace(url="http://127.0.0.1:1", stats=lambda: next(counts), reset=lambda: None)
    line = download.try_download("other", replica, lambda folder: download.run_downloader(failing, replica, folder), tmp_path, [])  # type: ignore[arg-type]
    assert line.split() == ["other", *download.STOPPED.split()[:-1], "up,", "blocked", "3", "times:", "no", "way"]


def test_a_page_is_not_written_of_half_a_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(side_by_side, "find_versions", lambda python: "other 1.0")
    monkeypatch.setattr(side_by_side, "write_page", lambda lines: pytest.fail("written"))
    monkeypatch.setattr(side_by_side, "_compare", lambda options: iter([f"  other  {download.STOPPED}, blocked 3 times: refused"]))
    assert main([]) == 1
    assert "try again when the machine has nothing else to do" in capsys.readouterr().err
