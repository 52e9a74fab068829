"""One budget of requests for every crawl of this machine, kept in a small file under a lock.

The rule is the generic cell rate algorithm: one number, the time at which the next request is due. A request is admitted
when that time has come, and pushes it on by one interval. Since every process reads and writes the same number under the
same lock, ten processes together are as slow as one, and requests are evenly spaced instead of coming in bursts. Beside the number
stands the mark of a block: until when nobody asks anything.

EDGAR's limit, its block page and the ten minutes: https://www.sec.gov/os/webmaster-faq#developers
"""

from __future__ import annotations

import json
import math
import os
import re
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ex99.crawler.state_files import check_own, file_mode, open_file, prepare_folder, put_file
from ex99.settings.settings import is_sec_host

SPACING_MARGIN = 0.03
"""Seconds of jitter that a second bears: nine requests at 8 a second span 1.03 s, so that a request 20 ms late makes no nine of eight.

EDGAR's own limit is ten: eleven requests of ours span 1.29 s, so that a jitter of a quarter of a second does not break it.
"""

LATENESS_CREDIT = 0.010
"""Seconds by which a request may come before its time if the one before came late.

Keeps the mean rate where processes are a little late, without a burst: it is a third of what the margin leaves in a second. (Above 100 a
second, which no EDGAR allows, two or three may come close together.)
"""

LATENESS_BORNE = 0.005
"""Seconds that a request may go out after its leave without a word to the others."""

LOADED_LATENESS = 0.012
"""Seconds of lateness from which on the machine counts as loaded; what is late here is late at the other end too, unseen."""

LOADED_MARGIN = 0.10
"""The margin in the place of SPACING_MARGIN while the machine is loaded (measured on two cores with a load of 12: one arrival in a thousand
is 50 to 75 ms late, and nine requests came within 0.96 to 0.99 s)."""

LOADED_SECONDS = 120.0
"""How long a machine counts as loaded after each sign of it."""

LOCK_PATIENCE = 5.0
"""Seconds to wait for the file lock, which is held for less than a millisecond."""

_WIDTH = 200
"""Characters of the file's one line, so that each takes the whole place of the one before."""

SLOW_FACTOR = 2.0
"""After a block the interval is this much longer, for as long again as the block's pause."""


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer to a request for leave: go now (``wait`` is 0), or ask again in ``wait`` seconds (``blocked``: in a block's pause).

    ``at`` is the budget's time at which it was answered.
    """

    wait: float
    blocked: bool = False
    at: float = 0.0


@dataclass(slots=True)
class _State:
    due: float = 0.0
    blocked_until: float = 0.0
    slow_until: float = 0.0
    loaded_until: float = 0.0


class Budget:
    """A share in the machine's budget; every instance on the same file draws on the same one.

    ``rate`` is requests a second, ``pause`` the seconds of rest after a block. Times are the wall clock's, so that a mark outlives
    a process and a reboot; a clock set back is noticed, as nothing in the file can lie further ahead than one interval or one pause.
    """

    def __init__(self, path: Path, rate: float, pause: float, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._rate = rate
        self._longest = (1 + LOADED_MARGIN) / rate * SLOW_FACTOR
        self.pause = pause
        self._clock = clock
        prepare_folder(path.parent)
        # Every user who may write the folder takes part in the budget. A lock of each thread's own (filelock's default): one that threads
        # share would count as held by all of them, and a mark set in one could be written over by another.
        self._lock = FileLock(f"{path}.lock", mode=file_mode(path.parent), thread_local=True)
        self._soonest = 0.0

    def admit(self) -> Admission:
        """Ask leave for one request; where it is given, the request is spent. Waits for the lock, so not for an event loop."""
        # after its patience: a process that was stopped inside the lock; no leave, but no hang either
        return self._admit_within(LOCK_PATIENCE) or Admission(1.0)

    def try_admit(self) -> Admission | None:
        """The same without waiting: None where somebody else holds the lock just now."""
        return self._admit_within(0)

    def _admit_within(self, patience: float) -> Admission | None:
        now = self._clock()
        if now < self._soonest <= now + self._longest:
            return Admission(self._soonest - now, at=now)  # told by this process's own last request, without a look into the file
        try:
            self._lock.acquire(timeout=patience)
        except Timeout:
            return None
        try:
            return self._admit()
        finally:
            self._lock.release()

    def _admit(self) -> Admission:
        now = self._clock()
        state = self._read(now)
        if state.blocked_until > now:
            return Admission(state.blocked_until - now, blocked=True, at=now)
        early = state.due - LATENESS_CREDIT - now
        if early > 0:
            return Admission(early, at=now)
        state.due = max(state.due, now) + self._spacing(state, now)
        self._soonest = state.due - LATENESS_CREDIT
        self._write(state)
        return Admission(0.0, at=now)

    def note_departure(self, granted: float) -> None:
        """A request goes out now for which leave was given at ``granted``: where that is later than the margin bears, the next ones wait.

        A process that the machine leaves without a turn between leave and departure would otherwise put its request among the next ones.
        """
        late = self._clock() - granted
        if late <= LATENESS_BORNE:
            return
        with suppress(Timeout), self._lock.acquire(timeout=LOCK_PATIENCE):
            now = self._clock()
            state = self._read(now)
            if late > LOADED_LATENESS:
                state.loaded_until = now + LOADED_SECONDS
            state.due = max(state.due, now + self._spacing(state, now))
            self._write(state)

    def _spacing(self, state: _State, now: float) -> float:
        """Seconds from one request to the next, as things stand."""
        # at rates that no EDGAR allows the intervals are shorter than the jitter of an idle machine
        loaded = state.loaded_until > now and self._rate <= 10
        return (1 + (LOADED_MARGIN if loaded else SPACING_MARGIN)) / self._rate * (SLOW_FACTOR if state.slow_until > now else 1.0)

    def block(self) -> float:
        """Set the mark of a block page that has just been read: everybody rests; returns the seconds of rest."""
        with self._lock:
            now = self._clock()
            state = self._read(now)
            state.blocked_until = now + self.pause
            state.slow_until = state.blocked_until + self.pause
            state.due = state.blocked_until
            self._write(state)
            return self.pause

    def blocked_for(self) -> float:
        """Seconds for which a block's pause still lasts; 0 if there is none."""
        with self._lock:
            now = self._clock()
            return max(0.0, self._read(now).blocked_until - now)

    def _read(self, now: float) -> _State:
        try:
            with os.fdopen(open_file(self.path, os.O_RDONLY), "rb") as file:
                data = json.loads(file.readline(_WIDTH))
            state = _State(**{name: float(data[name]) for name in _State.__slots__})
        except (OSError, ValueError, TypeError, KeyError):
            return _State()
        if not math.isfinite(sum(getattr(state, name) for name in _State.__slots__)):
            return _State()
        state.blocked_until = min(state.blocked_until, now + self.pause)
        state.slow_until = min(state.slow_until, now + 2 * self.pause)
        state.loaded_until = min(state.loaded_until, now + LOADED_SECONDS)
        state.due = min(state.due, max(now, state.blocked_until) + self._longest)
        return state

    def _write(self, state: _State) -> None:
        line = json.dumps({name: getattr(state, name) for name in _State.__slots__}).encode().ljust(_WIDTH) + b"\n"
        try:
            handle = open_file(self.path, os.O_WRONLY)
        except OSError:  # not there yet, made by a user who lets no other write it, or a link that somebody has put there
            put_file(self.path, line)
            return
        # Over what is there, in one small write, which no kill cuts in two: a rename would wait for the disk, behind an archive's blobs.
        try:
            os.write(handle, line)
        finally:
            os.close(handle)


# https://www.sec.gov -> sec.gov    http://127.0.0.1:8123 -> 127.0.0.1-8123
_NOT_IN_NAMES = re.compile(r"[^a-z0-9.]+")


def budget_path(folder: Path, origins: tuple[str, ...]) -> Path:
    """The budget's file for a set of origins ("https://www.sec.gov"): the SEC's hosts share one, whatever their names."""
    if any(is_sec_host(origin) for origin in origins):
        name = "sec.gov"
    else:
        name = "_".join(sorted({_NOT_IN_NAMES.sub("-", origin.split("://", 1)[-1].lower()) for origin in origins}))
    return folder / f"budget-{name[:100]}.json"


def default_state_folder() -> Path:
    """This user's own folder for such state, made where it is missing: $XDG_CACHE_HOME/ex99, else ~/.cache/ex99, else a temporary one.

    Raises OSError where it cannot be made, or is not this user's.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = (Path(base) if base else Path.home() / ".cache") / "ex99"
    except RuntimeError:
        folder = Path(tempfile.gettempdir()) / f"ex99-{getattr(os, 'getuid', lambda: 'user')()}"
    return check_own(folder)
