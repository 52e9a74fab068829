"""ex99 beside edgartools and sec-edgar-downloader: `make compare`, or `python -m benchmarks.side_by_side` once that has been run.

What the whole of it prints is also the made part of docs/comparisons.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus
from benchmarks.page import write_made
from benchmarks.side_by_side.download import STOPPED, compare_downloads
from benchmarks.side_by_side.extraction import compare_extraction
from ex99 import __version__

PARTS = ("figures", "download")
PAGE = Path(__file__).parents[2] / "docs" / "comparisons.md"


def find_versions(python: Path) -> str | None:
    """The other programs' names and versions, None where the interpreter lacks them."""
    code = "from importlib.metadata import version as v; print(', '.join(f'{n} {v(n)}' for n in ('edgartools', 'sec-edgar-downloader')))"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def main(arguments: list[str] | None = None) -> int:
    """Compare, print, and write the page where all was compared (else 1); 2 where the other programs are not there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.side_by_side", description=__doc__)
    default = Path(os.environ.get("EX99_CORPUS", "../shared"))
    parser.add_argument("--corpus", type=Path, default=default, help="folder of the reference corpus (default: %(default)s)")
    python = Path(".venv-bench/bin/python")
    parser.add_argument("--python", type=Path, default=python, help="interpreter that has them (default: %(default)s)")
    parser.add_argument("--only", choices=PARTS, help="one part (default: both)")
    options = parser.parse_args(arguments)
    versions = find_versions(options.python)
    if versions is None:
        print(f"{options.python} lacks edgartools or sec-edgar-downloader: `make compare` puts them into .venv-bench", file=sys.stderr)
        return 2
    lines = [f"{dt.datetime.now(dt.UTC).date()}: ex99 {__version__} beside {versions}; {os.cpu_count()} cores, load {_read_load()}"]
    whole = options.only is None
    print(lines[0])
    try:
        for line in _compare(options):
            print(line, flush=True)
            lines.append(line)
    except corpus.CorpusError as error:
        print(f"no figures compared: {error}")
        whole = False
    stopped = any(STOPPED in line for line in lines)
    if stopped:
        print("a program gave up, so the page stays as it was: try again when the machine has nothing else to do", file=sys.stderr)
    elif whole:
        write_page(lines)
    return int(stopped)


def write_page(lines: list[str], page: Path = PAGE) -> None:
    """Put what was printed into the page; raises ValueError where it has no part for it."""
    write_made(page, "make compare", "\n".join(["```text", *lines, "```", ""]))


def _read_load() -> str:
    """How many processes the machine had to do when the comparison began."""
    return f"{os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else "unknown"


def _compare(options: argparse.Namespace) -> Iterator[str]:
    """The lines of the parts that are asked for, downloads first, since those need no corpus."""
    if options.only != "figures":
        yield from compare_downloads(options.python)
    if options.only != "download":
        yield from compare_extraction(options.corpus, options.python)


if __name__ == "__main__":
    sys.exit(main())
