"""A gate on complexity: no function branches more than 15 ways, boolean operators counted; the exceptions are named and may only shrink.

`python -m benchmarks.complexity` fails for a function above the limit that complexity.tsv does not name, for a named one that has
grown, and for one that needs no exception any more; --pin takes away what is not needed, lowers what has shrunk, follows a function that
moved to another file under its name, and adds nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import lizard

LIMIT = 15
ROOT = Path(__file__).parents[1]
EXCEPTIONS = Path(__file__).with_suffix(".tsv")
PACKAGES = ("filings", "parsing", "crawler", "storage", "settings", "migrations", "replica", "viewer", "benchmarks")
PIN = "python -m benchmarks.complexity --pin"
FRONT_DOOR = ("*.py", "cli/*.py", "datasette/*.py", "export/*.py", "importing/*.py", "surprise/*.py")
# and WHOLE_EPS() | or not FIRST_LINE(): a rule's name behind its condition, which is no way of its own
_NAMED = re.compile(r"\b(?:and|or)\s+(?:not\s+)?[A-Z][A-Z_]+\(\)")

Counts = dict[str, int]
"""path:function -> independent ways through it (conditions, loops, handlers and boolean operators, and one)."""


def measure(files: Iterable[Path], root: Path = ROOT) -> Counts:
    """The functions of some files that are above the limit; of several with one name in a file the worst."""
    found: Counts = {}
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        for function in lizard.analyze_file(str(path)).function_list:
            named = len(_NAMED.findall("\n".join(lines[function.start_line - 1 : function.end_line])))
            count = function.cyclomatic_complexity - named
            if count > LIMIT:
                name = f"{path.relative_to(root)}:{function.name}"
                found[name] = max(found.get(name, 0), count)
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
    return lines + [f"{name} needs no exception for {allowed[name]} any more: `{PIN}` drops or moves it" for name in needless]


def follow(found: Mapping[str, int], allowed: Mapping[str, int]) -> Counts:
    """The exceptions that are still needed, each for as many ways as its function has now, in the file where it stands now."""
    kept = {name: min(count, found[name]) for name, count in allowed.items() if name in found}
    gone = [name for name in allowed if name not in found]
    for name in sorted(found.keys() - allowed.keys()):
        before = next((one for one in gone if _bare(one) == _bare(name) and found[name] <= allowed[one]), None)
        if before is not None:
            gone.remove(before)
            kept[name] = found[name]
    return kept


def _bare(name: str) -> str:
    return name.rpartition(":")[2].strip("_")


def load_exceptions(file: Path = EXCEPTIONS) -> Counts:
    """The named exceptions."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return {name: int(count) for name, count in rows}


def main() -> int:
    """Check every module; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.complexity", description=__doc__)
    parser.add_argument(
        "--pin", action="store_true", help="drop needless exceptions, lower those that have shrunk, follow those that moved"
    )
    pin = parser.parse_args().pin
    found, allowed = measure(list_files()), load_exceptions()
    if pin:
        allowed = follow(found, allowed)
        EXCEPTIONS.write_text("".join(f"{name}\t{count}\n" for name, count in sorted(allowed.items())), encoding="utf-8")
    lines = compare(found, allowed)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
