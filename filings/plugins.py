"""What other packages add to ex99 by entry points: metrics, Scrapy pipelines, export formats.

https://packaging.python.org/en/latest/specifications/entry-points/
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

GROUPS: dict[str, str] = {
    "ex99.metrics": "a Metric, or several, that releases are read for",
    "ex99.pipelines": "a Scrapy item pipeline that each archived filing passes after the archive's own",
    "ex99.exporters": "an export format: a function (path, columns) that gives a sink",
}
_LOGGER = logging.getLogger(__name__)
_TOLD = "_EX99_TOLD_PLUGINS"
"""Environment variable by which the processes of a run know which faults have been told."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point as it was loaded; ``problem`` says why it is left out, and is None for one that is in use."""

    group: str
    name: str
    package: str
    value: Any = None
    problem: str | None = None

    def __str__(self) -> str:
        return f"{self.name} of {self.package} ({self.group})"


@cache
def load_plugins(group: str) -> tuple[Plugin, ...]:
    """The entry points of a group by name, loaded; one that fails is told in a line on the log, and is among them with its problem."""
    found = [_load(group, point) for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value))]
    for plugin in found:
        if plugin.problem is not None:
            warn(plugin, plugin.problem)
    return tuple(found)


def use(plugin: Plugin, check: Callable[[Any], str | None]) -> bool:
    """Whether a plugin can be used: it was loaded, and ``check`` finds nothing wrong with what it gave (else that is told)."""
    if plugin.problem is not None:
        return False
    if (wrong := check(plugin.value)) is not None:
        warn(plugin, wrong)
    return wrong is None


def warn(plugin: Plugin, problem: str) -> None:
    """Tell once in all processes of a run that a plugin is left out, and why."""
    line = f"ex99 leaves out the plugin {plugin}: {' '.join(problem.split())}"
    if line not in os.environ.get(_TOLD, "").splitlines():
        os.environ[_TOLD] = f"{os.environ.get(_TOLD, '')}{line}\n"
        _LOGGER.warning(line)


def _load(group: str, point: EntryPoint) -> Plugin:
    package = "an unknown package" if point.dist is None else f"{point.dist.name} {point.dist.version}"
    try:
        return Plugin(group, point.name, package, point.load())
    except Exception as error:  # noqa: BLE001 - another package's code: whatever it raises costs itself alone
        return Plugin(group, point.name, package, problem=f"{type(error).__name__}: {error}")
