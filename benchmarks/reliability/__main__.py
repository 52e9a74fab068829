"""`make reliability`: runs the tests behind each promise and writes what they measured into docs/reliability.md."""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.page import write_made

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reliability.md"
MEASURED = "measured"
"""Name of the property by which a test tells what it measured."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, how it is tried, and the pytest nodes (below tests/) that try it."""

    area: str
    promise: str
    how: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One test as it went: its node id below tests/ without parameters, "passed", "skipped" or "failed", and what it measured."""

    node: str
    outcome: str
    measured: tuple[str, ...]


def read_promises(path: Path = HERE / "promises.toml") -> list[Promise]:
    """The promises, in the order of the file."""
    with path.open("rb") as file:
        return [Promise(**{**entry, "tests": tuple(entry["tests"])}) for entry in tomllib.load(file)["promise"]]


def run_tests(nodes: Iterable[str], processes: str) -> list[Result]:
    """Run pytest nodes (below tests/) once each and read how they went."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        paths = [f"tests/{node}" for node in dict.fromkeys(nodes)]
        command = [sys.executable, "-m", "pytest", "-q", "-n", processes, "-o", "junit_family=xunit1", f"--junitxml={report}", *paths]
        subprocess.run(command, check=False)
        return [read_case(case) for case in ElementTree.parse(report).iter("testcase")]


def read_case(case: ElementTree.Element) -> Result:
    """A test as JUnit's XML tells of it."""
    file = (case.get("file") or "").removeprefix("tests/")
    name = (case.get("name") or "").partition("[")[0]
    told = {child.tag for child in case}
    outcome = "failed" if told & {"failure", "error"} else "skipped" if "skipped" in told else "passed"
    properties = (found for found in case.iter("property") if found.get("name") == MEASURED)
    return Result(f"{file}::{name}", outcome, tuple(found.get("value") or "" for found in properties))


def list_rows(promises: Sequence[Promise], results: Sequence[Result]) -> list[tuple[Promise, list[Result]]]:
    """Each promise with the results of its tests."""
    return [
        (promise, [result for result in results if any(f"{result.node}::".startswith(f"{node}::") for node in promise.tests)])
        for promise in promises
    ]


def render(rows: Sequence[tuple[Promise, list[Result]]], today: dt.date) -> str:
    """The tables of the page, an area each."""
    lines = [f"Measured {today} on {platform.system()}, Python {platform.python_version()}."]
    for area in dict.fromkeys(promise.area for promise, _ in rows):
        lines += ["", f"## {area}", "", "| promise | how it is tried | tests | last measured |", "|---|---|---|---|"]
        for promise, results in rows:
            if promise.area == area:
                measured = "; ".join(dict.fromkeys(words for result in results for words in result.measured)) or "holds"
                lines.append(f"| {promise.promise} | {promise.how} | {_count(results)} | {measured if _hold(results) else 'NOT HELD'} |")
    return "\n".join(lines) + "\n"


def write_page(tables: str, page: Path = PAGE) -> None:
    """Put the tables between the page's marks; raises ValueError where it has none."""
    write_made(page, "make reliability", tables)


def main() -> int:
    """Run, write, and say what does not hold; 1 where something does not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("--area", help="only the promises of an area; prints the table and leaves the page as it is")
    parser.add_argument("-n", "--processes", default="2", help="tests side by side (default 2)")
    given = parser.parse_args()
    promises = [promise for promise in read_promises() if given.area in (None, promise.area)]
    rows = list_rows(promises, run_tests((node for promise in promises for node in promise.tests), given.processes))
    tables = render(rows, dt.datetime.now(dt.UTC).date())
    if given.area:
        print(tables)
    else:
        write_page(tables)
    broken = [promise.promise for promise, results in rows if not _hold(results)]
    print(*(f"NOT HELD: {words}" for words in broken), f"{len(rows) - len(broken)} of {len(rows)} promises hold", sep="\n")
    return 1 if broken else 0


def _hold(results: Sequence[Result]) -> bool:
    return any(result.outcome == "passed" for result in results) and all(result.outcome != "failed" for result in results)


def _count(results: Sequence[Result]) -> str:
    skipped = sum(result.outcome == "skipped" for result in results)
    return f"{len(results) - skipped}" + (f" ({skipped} skipped)" if skipped else "")


if __name__ == "__main__":
    sys.exit(main())
