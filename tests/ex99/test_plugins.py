"""A package that adds a metric, a pipeline and an export format is found beside ex99 and used; a broken one is named and left out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ex99.replica.server import start_replica
from tests.ex99.conftest import CIK
from tests.parsing.pages import html_table
from tests.parsing.test_one_touch import BODY, TITLE, _release

ROOT = Path(__file__).parents[2]
Tool = Callable[..., subprocess.CompletedProcess[str]]
RELEASE = _release(TITLE, html_table([*BODY[:3], ["Store closing costs", "(25)", "(20)"], *BODY[3:]]))


@pytest.fixture
def tool(surroundings: Path) -> Tool:
    """Run ex99 in a process of its own, with the packages of a folder beside it."""

    def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(surroundings / "packages"), **variables}
        command = [sys.executable, "-m", "ex99", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def install(folder: Path, points: str, code: str, name: str = "acme_ex99") -> None:
    """Lay a package into a folder as an installer does: its module, and a .dist-info that names its entry points."""
    info = folder / f"{name}-0.1.dist-info"
    info.mkdir(parents=True)
    (folder / f"{name}.py").write_text(code)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 0.1\n")
    (info / "entry_points.txt").write_text(points)


def install_documented(folder: Path) -> None:
    """Install the package that docs/extend.md shows."""
    text = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
    shown = re.findall(r'\[project\.entry-points\."(.+)"\]\n(\w+) = "(.+)"', text)
    assert [group for group, _, _ in shown] == ["ex99.metrics", "ex99.pipelines", "ex99.exporters"]
    code = re.search(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert code is not None
    install(folder, "\n".join(f"[{group}]\n{name} = {value}" for group, name, value in shown), code[1])


def test_the_documented_package_adds_a_metric_a_pipeline_and_a_format(surroundings: Path, submissions: Path, tool: Tool) -> None:
    Path("release.htm").write_bytes(RELEASE)
    plain = json.loads(tool("parse", "release.htm", "--json").stdout)
    install_documented(surroundings / "packages")
    parsed = json.loads(tool("parse", "release.htm", "--json").stdout)
    assert parsed["parser_version"] == plain["parser_version"] + "+acme-ex99-0.1"
    added = [figure for figure in parsed["figures"] if figure["metric"] == "store_closing_costs"]
    assert [(figure["value"], figure["comparative"]) for figure in added] == [("25000", False), ("20000", True)]
    assert [figure for figure in parsed["figures"] if figure["metric"] != "store_closing_costs"] == plain["figures"]
    with start_replica(submissions) as replica:
        hosts = dict.fromkeys(("EX99_WWW_URL", "EX99_DATA_URL", "EX99_EFTS_URL"), replica.url)
        more = {"EX99_USER_AGENT": "Pat Example pat@example.com", "EX99_STATE_FOLDER": "state", "EX99_REQUESTS_PER_SECOND": "200"}
        crawled = tool("crawl", CIK, "--archive", "a", **hosts, **more)
    assert crawled.returncode == 0, crawled.stderr
    lines = {line.split()[0] for line in Path("archived.txt").read_text().splitlines()}
    assert len(lines) == len(list(submissions.rglob("*.txt")))
    exported = tool("export", "filings.tsv", "--table", "filings", "--archive", "a")
    assert exported.returncode == 0, exported.stderr
    head, *rows = Path("filings.tsv").read_text().splitlines()
    place = head.split("\t").index("accession")
    assert {row.split("\t")[place] for row in rows} == lines
    assert "acme_notify of acme-ex99 0.1 (ex99.pipelines)" in tool("doctor").stdout


def test_counts_of_an_added_metric_are_whole_things_in_the_scale_of_their_own_row(surroundings: Path, tool: Tool) -> None:
    code = """
from ex99.filings.metrics import Metric
METRICS = [
    Metric("stores", "count", True, ("gaap",), "stores at the end", rows=("(?:number of )?stores",)),
    Metric("visitors", "count", False, ("gaap",), "visitors to the stores", rows=("visitors",)),
]
"""
    install(surroundings / "packages", "[ex99.metrics]\nshops = acme_ex99:METRICS", code)
    shops = [BODY[0], ["Number of stores", "97", "92"], ["Visitors (in thousands)", "52.1", "41"], ["Stores opened (net)", "5", "3"]]
    Path("release.htm").write_bytes(_release(TITLE, html_table(BODY), html_table(shops)))
    figures = json.loads(tool("parse", "release.htm", "--json").stdout)["figures"]
    told = [(f["metric"], f["duration"], f["value"], f["precision"]) for f in figures if f["unit"] == "count"]
    assert told == [
        ("stores", "instant", "97", "1"), ("stores", "instant", "92", "1"),
        ("visitors", "quarter", "52100", "100"), ("visitors", "quarter", "41000", "1000"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("[ex99.metrics]\nbad = acme_ex99:NOTHING", "AttributeError: "),
        ("[ex99.metrics]\nbad = acme_missing:METRICS", "ModuleNotFoundError: No module named 'acme_missing'"),
        ("[ex99.metrics]\nbad = acme_ex99:WORD", "'widgets' is no ex99.filings.metrics.Metric, nor a list of them"),
        ("[ex99.metrics]\nbad = acme_ex99:KNOWN", "there is a metric revenue already"),
        ("[ex99.metrics]\nbad = acme_ex99:PATTERN", "is no regular expression"),
        ("[ex99.metrics]\nbad = acme_ex99:CAPITALS", "'Total Widgets' fits no label, since they come in lower case"),
        ("[ex99.metrics]\nbad = acme_ex99:SAID", "sentences are read for money alone, and its unit is count"),
    ],
)
def test_a_plugin_that_fails_is_named_once_and_left_out(surroundings: Path, tool: Tool, points: str, said: str) -> None:
    code = """
from ex99.filings.metrics.record import Metric, Said
WORD = "widgets"
CAPITALS = Metric("widgets", "count", False, ("gaap",), "widgets", rows=("Total Widgets",))
SAID = Metric("widgets", "count", False, ("gaap",), "widgets", rows=("widgets",), prose=(Said("widgets"),))
KNOWN = Metric("revenue", "money", False, ("gaap",), "sales")
PATTERN = Metric("widgets", "count", False, ("gaap",), "widgets", rows=("widgets (",))
"""
    install(surroundings / "packages", points, code)
    Path("release.htm").write_bytes(RELEASE)
    ran = tool("parse", "release.htm", "--json")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["figures"]
    assert ran.stderr.startswith("ex99 leaves out the plugin bad of acme-ex99 0.1 (ex99.metrics): ")
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "+acme" not in ran.stdout


def test_a_broken_exporter_and_pipeline_are_named(surroundings: Path, filled: Path, tool: Tool) -> None:
    install(surroundings / "packages", "[ex99.exporters]\ntsv = acme_ex99:WORD\n[ex99.pipelines]\nno = acme_gone:X", "WORD = 'tsv'\n")
    ran = tool("export", "out", "--format", "tsv", "--archive", filled)
    assert ran.returncode == 2
    assert "ex99 leaves out the plugin tsv of acme-ex99 0.1 (ex99.exporters): 'tsv' is no function" in ran.stderr
    assert "'tsv' is no format that ex99 writes" in ran.stderr
    doctor = tool("doctor")
    assert doctor.returncode == 1
    assert "no of acme-ex99 0.1 (ex99.pipelines): ModuleNotFoundError: No module named 'acme_gone'" in doctor.stdout
    assert "Traceback" not in ran.stderr + doctor.stderr
