"""The table of promises: every test that it names exists, and what tests tell arrives in it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.reliability.__main__ import PAGE, Promise, Result, list_rows, read_case, read_promises, render, write_page

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("node", sorted({node for promise in read_promises() for node in promise.tests}))
def test_every_test_behind_a_promise_exists(node: str) -> None:
    file, _, name = node.partition("::")
    text = (TESTS / file).read_text()
    assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE) if name else "def test_" in text


def test_a_test_tells_what_it_measured() -> None:
    case = ElementTree.fromstring(
        '<testcase file="tests/a/test_b.py" name="test_c[x-1]"><properties>'
        '<property name="measured" value="7 kills"/></properties></testcase>'
    )
    assert read_case(case) == Result("a/test_b.py::test_c", "passed", ("7 kills",))
    failed = ElementTree.fromstring('<testcase file="tests/a/test_b.py" name="test_d"><failure/></testcase>')
    assert read_case(failed).outcome == "failed"


def test_what_does_not_hold_is_said(tmp_path: Path) -> None:
    promises = [
        Promise("One", "holds", "so", ("a.py",)),
        Promise("One", "breaks", "so", ("b.py::test_x",)),
        Promise("Two", "idle", "so", ("c.py",)),
    ]
    results = [Result("a.py::test_a", "passed", ("3 kills",)), Result("b.py::test_x", "failed", ()), Result("b.py::test_xy", "passed", ())]
    tables = render(list_rows(promises, results), dt.date(2020, 1, 2))
    assert "| holds | so | 1 | 3 kills |" in tables
    assert "| breaks | so | 1 | NOT HELD |" in tables
    assert "| idle | so | 0 | NOT HELD |" in tables
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text())
    write_page(tables, page)
    write_page(tables, page)
    assert page.read_text().count("3 kills") == 1
