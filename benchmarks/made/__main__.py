"""Accuracy on composed whole releases: `python -m benchmarks.made [--count N]`, scored by what competes with the statements."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.made.composing import CHANGES, PLAIN_ONLY, Job, Outcome, compose_job, run_job
from benchmarks.made.layouts import set_story
from benchmarks.made.real import list_real_stories
from benchmarks.pins import check_floors, load_floors, raise_floors, save_floors

FLOORS = Path(__file__).with_name("floors.toml")
SOURCES = ("made", "industry", "real")
COUNTS = ("right", "wrong", "missed", "spurious")
MADE = 2000
"""How many fictitious releases a run composes, unless told otherwise; real statements come on top."""


def list_jobs(folder: Path, made: int, only: str | None = None) -> list[Job]:
    """Jobs over fictitious companies, some of industries, and each real statement of the corpus; ``only`` is the one change."""
    jobs = [Job(seed, None, only) for seed in range(made)]
    if only in PLAIN_ONLY:
        return jobs
    jobs += [Job(seed, None, only, industry=True) for seed in range(made // 4)]
    return jobs + [Job(seed, story, only) for seed, story in enumerate(list_real_stories(folder))]


def score(outcomes: Iterable[Outcome]) -> dict[str, Counter[str]]:
    """Counts by what competes; releases with several competitors count as "mixed"."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        for name in ("all", outcome.source, outcome.name, outcome.layout):
            table[name].update({key: len(lines) for key, lines in outcome.found.items()})
            table[name]["releases"] += 1
    return dict(table)


def _shares(c: Counter[str]) -> tuple[float, float]:
    found, wanted = c["right"] + c["wrong"] + c["spurious"], c["right"] + c["wrong"] + c["missed"]
    return (c["right"] / found if found else 1.0), (c["right"] / wanted if wanted else 1.0)


def print_scores(table: dict[str, Counter[str]]) -> None:
    """A row for all, for each source, competitor and layout."""
    print(f"{'':20} {'releases':>8} {'precision':>9} {'recall':>7} " + " ".join(f"{name:>8}" for name in COUNTS))
    for name, c in sorted(table.items(), key=lambda item: (item[0] != "all", item[0] not in SOURCES, item[0])):
        precision, recall = _shares(c)
        print(f"{name:20} {c['releases']:8} {precision:9.4f} {recall:7.4f} " + " ".join(f"{c[count]:8}" for count in COUNTS))


def write_listing(path: Path, outcomes: Iterable[Outcome], limit: int) -> None:
    """The first figures of each competitor and layout that are not right: competitor, seed, layout, outcome, key, expected, got."""
    seen: Counter[tuple[str, str]] = Counter()
    lines = []
    for o in outcomes:
        for kind in ("wrong", "spurious", "missed"):
            for line in o.found[kind]:
                seen[o.name, kind] += 1
                if seen[o.name, kind] <= limit:
                    lines.append(f"{o.name}\t{o.source} {o.seed}\t{o.layout}\t{kind}\t{line}")
    path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def show_release(seed: int) -> int:
    """Print one fictitious release as it is set, and each of its figures that is not right."""
    name, layout, story = compose_job(Job(seed))
    print(set_story(story, layout).decode())
    print(f"{name}, {layout}")
    for kind, lines in run_job(Job(seed)).found.items():
        for line in lines if kind != "right" else ():
            print(f"{kind}\t{line}")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Compose, parse, print; 1 where a floor is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.made", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, default=Path(os.environ.get("EX99_CORPUS", "../shared")), help="for real statements, where it has any"
    )
    parser.add_argument("--count", type=int, default=MADE, help="fictitious releases (default: %(default)s)")
    parser.add_argument("--only", choices=sorted(CHANGES), metavar="CHANGE", help="make this one change to each release (%(choices)s)")
    parser.add_argument("--listing", type=Path, help="file for the figures that are not right")
    parser.add_argument("--limit", type=int, default=20, help="at most so many of each kind and competitor in the listing")
    parser.add_argument("--show", type=int, metavar="SEED", help="print the fictitious release of a seed, and what was read wrong of it")
    parser.add_argument("--pin", action="store_true", help="raise the floors to this run")
    options = parser.parse_args(arguments)
    if options.show is not None:
        return show_release(options.show)
    begun = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        outcomes = list(pool.map(run_job, list_jobs(options.corpus, options.count, options.only), chunksize=16))
    table = score(outcomes)
    print_scores(table)
    print(f"({time.monotonic() - begun:.0f} s)")
    if options.listing:
        write_listing(options.listing, outcomes, options.limit)
    names = [name for name in SOURCES if name in table]
    values = {f"{name}.{kind}": share for name in names for kind, share in zip(("precision", "recall"), _shares(table[name]), strict=True)}
    floors = load_floors(FLOORS)
    broken = (
        check_floors({name: floor for name, floor in floors.items() if name.split(".")[0] in names}, values)
        if options.count >= MADE and options.only is None
        else []
    )
    for message in broken:
        print(f"below the floor: {message}")
    if options.pin:
        save_floors(FLOORS, raise_floors(floors, values))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
