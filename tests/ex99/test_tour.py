"""The notebook of the tour runs, and shows what it promises."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

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


def printed(cell: dict[str, object]) -> str:
    """What a cell printed or showed, as text."""
    outputs: list[dict[str, object]] = cell.get("outputs", [])  # type: ignore[assignment]
    return "".join(str(output.get("text") or output.get("data", {}).get("text/plain", "")) for output in outputs)  # type: ignore[attr-defined]
