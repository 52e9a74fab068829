"""Rules with names: what makes, chooses or leaves out a result says its name where it takes effect.

A rule is declared beside its code and asked there last, behind its condition: ``if <condition> and WHOLE_EPS():``. The call counts it for
the parse at hand and says whether it is on. What took effect between two places of the code is what made the result between them (`mark`,
`since`). The benchmark switches single rules off (`without`); nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision with a name: ``id`` is its stage and what it is about, ``does`` says it in words.

    A rule that ``leaves_out`` makes nothing, so it is counted and is on no result.
    """

    id: str
    does: str
    leaves_out: bool = False

    def __call__(self) -> bool:
        """Whether the rule is on; asked where its condition holds, it is counted."""
        return fires(self.id)

    def take(self, found: T | None) -> T | None:
        """What the rule found; None where that is nothing or the rule is off."""
        return found if found is not None and fires(self.id) else None

    def only(self, found: list[T]) -> list[T]:
        """What the rule found; nothing where that is empty or the rule is off."""
        return found if found and fires(self.id) else []


@dataclass(frozen=True, slots=True)
class _Trace:
    """The ids of the rules that took effect in a parse, in order, and those that are switched off."""

    fired: list[str]
    off: frozenset[str] = frozenset()


RULES: dict[str, Rule] = {}
"""Every rule by its id."""
REMEMBERED: list[Callable[[], None]] = []
"""What empties the memory of functions that hold rules: a rule switched off must not be answered from there."""
_TRACE: ContextVar[_Trace | None] = ContextVar("rules", default=None)


def rule(rule_id: str, does: str, *, leaves_out: bool = False) -> Rule:
    """Declare a rule; raises ValueError where another one has its id."""
    declared = RULES.setdefault(rule_id, Rule(rule_id, does, leaves_out))
    if declared != Rule(rule_id, does, leaves_out):
        raise ValueError(f"two rules are called {rule_id}: {declared.does}; {does}")
    return declared


def fires(rule_id: str) -> bool:
    """Whether a rule whose condition holds is on; it is counted then."""
    trace = _TRACE.get()
    if trace is None:
        return True
    if rule_id in trace.off:
        return False
    trace.fired.append(rule_id)
    return True


def switched_off() -> frozenset[str]:
    """The rules that are switched off."""
    trace = _TRACE.get()
    return frozenset() if trace is None else trace.off


def mark() -> int:
    """The place up to which rules have taken effect so far."""
    trace = _TRACE.get()
    return 0 if trace is None else len(trace.fired)


def since(place: int) -> tuple[str, ...]:
    """The rules that took effect since a place and make results, each once, in the order of their effect."""
    trace = _TRACE.get()
    if trace is None or len(trace.fired) == place:
        return ()
    return tuple(one for one in dict.fromkeys(trace.fired[place:]) if not RULES[one].leaves_out)


def joined(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of several results put together, each once."""
    return tuple(dict.fromkeys(one for part in parts for one in part))


@contextmanager
def without(*rule_ids: str) -> Iterator[list[str]]:
    """Switch rules off inside, for the benchmark; gives the list that the ids of the rules which take effect are added to."""
    for forget in REMEMBERED if rule_ids else ():
        forget()
    trace = _Trace([], frozenset(rule_ids))
    token = _TRACE.set(trace)
    try:
        yield trace.fired
    finally:
        _TRACE.reset(token)
        for forget in REMEMBERED if rule_ids else ():
            forget()


def traced(parse: Callable[P, T]) -> Callable[P, T]:
    """A parse that keeps which rules take effect in it."""

    @wraps(parse)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _TRACE.get() is not None:
            return parse(*args, **kwargs)
        token = _TRACE.set(_Trace([]))
        try:
            return parse(*args, **kwargs)
        finally:
            _TRACE.reset(token)

    return run
