"""Metrics that other packages add (entry points of the group ex99.metrics): records as those of this folder, checked before they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ex99.filings.metrics.record import Metric
from ex99.filings.plugins import Plugin, load_plugins, use

GROUP = "ex99.metrics"
_NAME = re.compile(r"[a-z][a-z0-9_]{1,59}")
_LABELS = ("rows", "flow_rows", "never", "never_under")
# "Stores", "net \\S+ Stores"; no \\S, \\W
_CAPITAL = re.compile(r"(?<!\\)[A-Z]")


def add_metrics(known: Mapping[str, Metric]) -> tuple[dict[str, Metric], tuple[Plugin, ...]]:
    """The known metrics with those that plugins add, and these plugins; what cannot be used is left out with a warning that names it."""
    metrics = dict(known)
    used = []
    for plugin in load_plugins(GROUP):
        if use(plugin, partial(_find_fault, known=metrics)):
            metrics |= {metric.name: metric for metric in _records(plugin.value)}
            used.append(plugin)
    return metrics, tuple(used)


def _records(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _find_fault(value: Any, known: Mapping[str, Metric]) -> str | None:
    return next((fault for record in _records(value) for fault in _list_faults(record, known)), None)


def _list_faults(record: Any, known: Mapping[str, Metric]) -> Iterator[str]:
    if not isinstance(record, Metric):
        yield f"{record!r:.80} is no ex99.filings.metrics.Metric, nor a list of them"
        return
    if _NAME.fullmatch(record.name) is None:
        yield f"{record.name!r} is no name of a metric: lower-case letters, digits and _"
    if record.name in known:
        yield f"there is a metric {record.name} already"
    if record.prose and record.unit != "money" and record.per_share is None:
        yield f"{record.name}: sentences are read for money alone, and its unit is {record.unit}: leave out prose"
    labels = [pattern for name in _LABELS for pattern in getattr(record, name)]
    yield from (
        f"{record.name}: {pattern!r} fits no label, since they come in lower case" for pattern in labels if _CAPITAL.search(pattern)
    )
    for pattern in (*labels, *record.guidance, *(said.pattern for said in record.prose)):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{record.name}: {pattern!r} is no regular expression ({error})"
