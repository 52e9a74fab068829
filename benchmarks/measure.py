"""What a measurement gives, how it is timed, and how the report prints it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks of every section."""

    corpus: Path
    large: bool = False
    exhibits: int = 0
    """How many the cluster parses; 0 leaves it to ``large``."""
    figures: int = 0
    """Of how many the archive is asked; 0 leaves it to ``large``."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the report.

    ``floor`` is what the bare means took for the same in the same run. ``limit`` is what the value (where there is a floor: its ratio
    to the floor; with ``plain`` the value all the same) is wanted to stay under, ``least`` what it is wanted to reach; both are shown, and
    nothing fails by them.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""
    floor: float | None = None
    least: float | None = None
    plain: bool = False

    @property
    def ratio(self) -> float | None:
        """The value in units of its floor, None without a floor."""
        return self.value / self.floor if self.floor else None

    @property
    def broken(self) -> bool:
        """Whether the value, or its ratio, lies beyond what is wanted."""
        measured = self.value if self.ratio is None or self.plain else self.ratio
        return (self.limit is not None and measured > self.limit) or (self.least is not None and measured < self.least)

    @property
    def wanted(self) -> str:
        """What is wanted, in words; empty where the line is only shown."""
        unit = self.unit if self.floor is None or self.plain else "x"
        if self.limit is not None:
            return f"at most {self.limit:g} {unit}"
        return "" if self.least is None else f"at least {self.least:g} {unit}"


HEAD = f"  {'':34} {'measured':>12} {'floor':>12} {'ratio':>7}  {'wanted':23} note"


def format_measure(m: Measure) -> str:
    """One line of the report, in the columns of HEAD."""
    floor = "" if m.floor is None else _number(m.floor, m.unit)
    ratio = "" if m.ratio is None else f"{m.ratio:.2f}x" if m.ratio < 100 else f"{m.ratio:,.0f}x"
    wanted = f"{m.wanted}{' MISSED' if m.broken else ''}"
    return f"  {m.name:34} {_number(m.value, m.unit):>12} {floor:>12} {ratio:>7}  {wanted:23} {m.note}".rstrip()


def _number(value: float, unit: str) -> str:
    figures = f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}" if abs(value) < 1 else f"{value:,.2f}"
    return f"{figures} {unit}".rstrip()


CPU = time.process_time
"""The clock for work that is this process's own computing: what else the machine does hardly disturbs it."""


def seconds(work: Callable[[], object], repeats: int = 1, clock: Callable[[], float] = time.perf_counter) -> float:
    """The shortest time of several runs, by the clock on the wall or by CPU."""
    best = float("inf")
    for _ in range(repeats):
        begun = clock()
        work()
        best = min(best, clock() - begun)
    return best


def median(work: Callable[[], T], repeats: int = 5, clock: Callable[[], float] = time.perf_counter) -> tuple[float, T]:
    """The median time of several runs, and what the last one gave."""
    taken = [seconds(work, clock=clock) for _ in range(repeats - 1)]
    begun = clock()
    answer = work()
    taken.append(clock() - begun)
    return sorted(taken)[len(taken) // 2], answer


def run_section(function: str, options: Options) -> list[Measure]:
    """Every line of a section; called in a fresh process, so that its peak memory is its own."""
    module, _, name = function.partition(":")
    measures: Iterator[Measure] = getattr(import_module(module), name)(options)
    return list(measures)
