"""Faults that the replica injects: which request gets which, decided by a seed so that a run can be repeated."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

FAULTS: dict[str, str] = {
    "unavailable": "the 503 page",
    "retry_after": "the 503 page with Retry-After, in retry_seconds",
    "retry_at": "the 503 page with Retry-After as a date, retry_seconds from now",
    "denied": "403 with the CDN's own page, which is none of EDGAR's",
    "undeclared": "the 403 page for undeclared tools",
    "block": "the block page; a real block begins",
    "access_denied": "S3's AccessDenied, 403",
    "no_such_key": "S3's NoSuchKey, 404",
    "empty": "200 with an empty body",
    "html": "200 with an HTML page in the place of the thing asked for",
    "truncated": "200 with the first half of the (gzipped) body and a Content-Length that agrees",
    "cut": "200 whose body ends before its Content-Length",
    "reset": "the connection is reset before any answer",
    "stall": "no answer for stall_seconds, then the connection is closed",
    "slow": "the right answer, dripped over slow_seconds",
    "redirect": "302 to a host that is not EDGAR",
    "bomb": "200 with a gzip body that unpacks to bomb_bytes",
    "twice": "200 with the right body twice over",
    "half_rows": "200 with half the rows, where filings are listed as JSON",
    "odd_row": "200 with a row without a date and a column that is a row short, where filings are listed as JSON",
    "other_company": "200 with another company's CIK, where filings are listed as JSON",
    "endless": "200 with a plain body of bomb_bytes, for as long as the client listens",
}


class FaultError(ValueError):
    """A fault plan that names an unknown fault or an impossible share."""


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Shares of requests (0 to 1) that meet each fault, and faults scripted for paths.

    ``paths`` limits the random ones to paths that the pattern is found in. ``scripted`` holds (pattern, fault, times): the first
    ``times`` requests of each path that the pattern is found in meet that fault (times 0: every one of them).
    ``at_most`` is how many random faults one path meets in all (None: no end), so that a patient client always gets through.
    """

    shares: dict[str, float] = field(default_factory=dict)
    seed: int = 0
    paths: str = ""
    scripted: tuple[tuple[str, str, int], ...] = ()
    at_most: int | None = None
    stall_seconds: float = 30.0
    slow_seconds: float = 2.0
    bomb_bytes: int = 2**30
    retry_seconds: int = 2
    redirect_to: str = "https://elsewhere.example"

    def __post_init__(self) -> None:
        unknown = {*self.shares, *(fault for _, fault, _ in self.scripted)} - FAULTS.keys()
        if unknown:
            raise FaultError(f"unknown fault {', '.join(sorted(unknown))}; known are {', '.join(FAULTS)}")
        if any(share < 0 for share in self.shares.values()) or sum(self.shares.values()) > 1:
            raise FaultError("the shares of faults must lie between 0 and 1, and add up to at most 1")

    @classmethod
    def parse(cls, text: str) -> FaultPlan:
        """Read a plan as the command line gives it: "unavailable=0.02,reset=0.01,seed=7,stall_seconds=5"."""
        shares: dict[str, float] = {}
        rest: dict[str, Any] = {}
        whole = dict.fromkeys(("seed", "at_most", "bomb_bytes", "retry_seconds"), int)
        real = dict.fromkeys(("stall_seconds", "slow_seconds"), float)
        numbers: dict[str, Callable[[str], Any]] = {**whole, **real, "paths": str}
        for part in filter(None, (p.strip() for p in text.split(","))):
            name, equals, value = part.partition("=")
            try:
                if name in numbers:
                    rest[name] = numbers[name](value)
                else:
                    shares[name] = float(value)
            except ValueError:
                raise FaultError(f"could not read {part!r}: expected name=number, such as unavailable=0.02") from None
            if not equals:
                raise FaultError(f"could not read {part!r}: expected name=number, such as unavailable=0.02")
        return cls(shares, **rest)

    @classmethod
    def from_json(cls, plan: dict[str, Any]) -> FaultPlan:
        """Read a plan as the control endpoint takes it: the fields of this class by name."""
        scripted = tuple((str(p), str(f), int(n)) for p, f, n in plan.get("scripted", ()))
        try:
            return cls(**{**plan, "scripted": scripted})
        except TypeError as error:
            raise FaultError(f"could not read the fault plan: {error}") from None


class FaultDice:
    """Draws a fault, or none, for each request; the n-th request of a path draws the same whatever else goes on."""

    def __init__(self, plan: FaultPlan) -> None:
        self.plan = plan
        self._paths = re.compile(plan.paths)
        self._scripted = [(re.compile(pattern), fault, times) for pattern, fault, times in plan.scripted]
        self._seen: Counter[str] = Counter()
        self._met: Counter[str] = Counter()

    def draw(self, path: str) -> str | None:
        """The fault that this request of a path meets."""
        plan = self.plan
        if not plan.shares and not self._scripted:
            return None
        turn = self._seen[path]
        self._seen[path] += 1
        for pattern, fault, times in self._scripted:
            if pattern.search(path) and (times == 0 or turn < times):
                return fault
        if not plan.shares or not self._paths.search(path) or (plan.at_most is not None and self._met[path] >= plan.at_most):
            return None
        point = random.Random(f"{plan.seed} {turn} {path}").random()  # noqa: S311 - repeatable, nothing secret
        for fault, share in plan.shares.items():
            point -= share
            if point < 0:
                self._met[path] += 1
                return fault
        return None
