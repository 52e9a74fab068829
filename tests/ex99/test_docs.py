"""The Python page's examples run, in their order, on the demo's filings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ex99 import open_archive
from ex99.demo import CIK, TICKER, compose_demo

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_examples_of_the_python_page_run(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    compose_demo(surroundings / "filings")
    with open_archive("demo-archive") as archive:
        archive.import_("filings")
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 8
    # imported filings have no ticker, which only the company's submissions file tells
    code = "\n".join(blocks).replace(f'"{TICKER}"', f'"{CIK}"')
    exec(compile(code, str(PAGE), "exec"), {"__name__": "docs"})
    said = capsys.readouterr().out
    assert "1 0 []" in said
    assert "datetime64[s]" in said
