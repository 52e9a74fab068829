"""ex99 beside edgartools and sec-edgar-downloader: `make compare`, or `python -m benchmarks.side_by_side` once that has been run."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import corpus
from benchmarks.side_by_side.download import compare_downloads
from benchmarks.side_by_side.extraction import compare_extraction

PARTS = ("figures", "download")


def find_versions(python: Path) -> str | None:
    """The other programs' names and versions, None where the interpreter lacks them."""
    code = "from importlib.metadata import version as v; print(', '.join(f'{n} {v(n)}' for n in ('edgartools', 'sec-edgar-downloader')))"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def main(arguments: list[str] | None = None) -> int:
    """Compare and print; 2 where the other programs are not there."""
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
    print(f"ex99 beside {versions}")
    if options.only != "download":
        try:
            for line in compare_extraction(options.corpus, options.python):
                print(line, flush=True)
        except corpus.CorpusError as error:
            print(f"no figures compared: {error}")
    if options.only != "figures":
        for line in compare_downloads(options.python):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
