"""A gate on complexity: no function branches more than 15 ways, boolean operators counted; the exceptions are named and may only shrink.

`python -m benchmarks.complexity` fails for a function above the limit that complexity.tsv does not name, for a named one that has
grown, and for one that needs no exception any more; --pin takes away what is not needed and lowers what has shrunk, and adds nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import lizard

LIMIT = 15
ROOT = Path(__file__).parents[1]
EXCEPTIONS = Path(__file__).with_suffix(".tsv")
PACKAGES = ("filings", "parsing", "crawler", "storage", "settings", "migrations", "replica", "viewer", "benchmarks")
FRONT_DOOR = ("*.py", "cli/*.py", "export/*.py", "surprise/*.py")

Counts = dict[str, int]
"""path:function -> independent ways through it (conditions, loops, handlers and boolean operators, and one)."""


def measure(files: Iterable[Path], root: Path = ROOT) -> Counts:
    """The functions of some files that are above the limit; of several with one name in a file the worst."""
    found: Counts = {}
    for path in files:
        for function in lizard.analyze_file(str(path)).function_list:
            if function.cyclomatic_complexity > LIMIT:
                name = f"{path.relative_to(root)}:{function.name}"
                found[name] = max(found.get(name, 0), function.cyclomatic_complexity)
    return found


def list_files(root: Path = ROOT) -> list[Path]:
    """Every module of the product, in order."""
    inside = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    return sorted({*inside, *(path for pattern in FRONT_DOOR for path in (root / "ex99").glob(pattern))})


def compare(found: Mapping[str, int], allowed: Mapping[str, int]) -> list[str]:
    """What is wrong, a line each, with what to do."""
    lines = []
    for name, count in sorted(found.items()):
        if name not in allowed:
            lines.append(f"{name} branches {count} ways, more than {LIMIT}: take parts of it out, or make its cases a table")
        elif count > allowed[name]:
            lines.append(f"{name} branches {count} ways, and its exception is for {allowed[name]}: an exception does not grow")
    needless = [name for name, count in allowed.items() if found.get(name, 0) < count]
    return lines + [f"{name} needs no exception for {allowed[name]} any more: python -m benchmarks.complexity --pin" for name in needless]


def load_exceptions(file: Path = EXCEPTIONS) -> Counts:
    """The named exceptions."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return {name: int(count) for name, count in rows}


def main() -> int:
    """Check every module; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.complexity", description=__doc__)
    parser.add_argument("--pin", action="store_true", help="drop exceptions that are not needed any more, lower those that have shrunk")
    pin = parser.parse_args().pin
    found, allowed = measure(list_files()), load_exceptions()
    if pin:
        kept = {name: min(count, found[name]) for name, count in allowed.items() if name in found}
        EXCEPTIONS.write_text("".join(f"{name}\t{count}\n" for name, count in sorted(kept.items())), encoding="utf-8")
        allowed = kept
    lines = compare(found, allowed)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
