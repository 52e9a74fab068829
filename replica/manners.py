"""EDGAR's manners: a declared contact, a limit of requests a second over all clients, and a block that asking again prolongs."""

from __future__ import annotations

import re
from collections import deque

# Sample Company admin@example.com
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]")


def has_contact(user_agent: str) -> bool:
    """Whether a User-Agent declares an e-mail address."""
    return _CONTACT.search(user_agent) is not None


class Turnstile:
    """Counts requests over a sliding second and blocks everyone when there are too many. Times are the replica's own seconds."""

    def __init__(self, rate: float | None, block_seconds: float) -> None:
        self.rate = rate
        self.block_seconds = block_seconds
        self.blocks = 0
        self._recent: deque[float] = deque()
        self._began = 0.0
        self._until = -1.0

    def pass_request(self, now: float) -> float | None:
        """None where a request may pass, else the seconds since the block began; a request during a block makes it last anew."""
        if now < self._until:
            self._until = now + self.block_seconds
            return now - self._began
        recent = self._recent
        recent.append(now)
        while recent[0] <= now - 1.0:
            recent.popleft()
        if self.rate is not None and len(recent) > self.rate:
            self.begin_block(now)
            return 0.0
        return None

    def begin_block(self, now: float) -> None:
        """Start a block at this instant."""
        if now >= self._until:
            self.blocks += 1
            self._began = now
            self._recent.clear()
        self._until = now + self.block_seconds

    def remaining(self, now: float) -> float:
        """Seconds that the block still lasts; 0 where there is none."""
        return max(0.0, self._until - now)

    def lift(self) -> None:
        """End the block and forget the past second."""
        self._until = -1.0
        self._recent.clear()
