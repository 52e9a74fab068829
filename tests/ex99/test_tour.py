"""The notebook of the tour runs, and shows what it promises."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

import pytest

from ex99 import open_archive
from ex99.demo import CIK, TICKER, compose_demo
from tests.ex99.conftest import Cli

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "tour.ipynb"


def test_the_notebook_runs(surroundings: Path) -> None:
    for library in ("nbclient", "ipykernel", "altair", "vl_convert", "duckdb", "pyarrow", "pandas", "polars"):
        pytest.importorskip(library)
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    told = {cell["id"]: printed(cell) for cell in notebook.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(surroundings)}})
        client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})
    shown = "".join(printed(cell) for cell in notebook.cells)
    assert "60 filings archived and parsed" in shown
    assert shown.count("restated") >= 2
    assert any("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ()))
    assert {cell["id"] for cell in notebook.cells if printed(cell)} == {name for name, text in told.items() if text}
    assert list(surroundings.iterdir()) == []


def test_the_tour_of_the_readme_shows_what_the_commands_print(cli: Cli, surroundings: Path) -> None:
    compose_demo(surroundings / "filings")
    with open_archive("demo-archive") as archive:
        archive.import_("filings")
    page = (ROOT / "README.md").read_text(encoding="utf-8").split("## A tour")[1].split("```")[1]
    # imported filings have no ticker, which only the company's submissions file tells
    shown: list[list[str]] = []
    checked = 0
    for line in page.splitlines():
        if line.startswith("$ ex99 "):
            ran = cli(*line.removeprefix("$ ex99 ").replace(TICKER, str(CIK)).split())
            assert ran.code == 0, ran.err
            shown = [row.split() for row in ran.out.splitlines()]
        elif re.search(r"\d{10}-\d{2}-\d{6}", line):
            wanted = line.removeprefix(TICKER).split()
            assert any(row[-len(wanted) :] == wanted for row in shown), line
            checked += 1
    assert checked == 8


def printed(cell: dict[str, object]) -> str:
    """What a cell printed or showed, as text."""
    outputs: list[dict[str, object]] = cell.get("outputs", [])  # type: ignore[assignment]
    return "".join(str(output.get("text") or output.get("data", {}).get("text/plain", "")) for output in outputs)  # type: ignore[attr-defined]
