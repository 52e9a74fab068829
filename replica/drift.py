"""Answers that look right and are not: bodies that come twice, submissions JSON with half its rows, an odd row or another company."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from ex99.replica.reply import Reply

DRIFTS = frozenset({"twice", "half_rows", "odd_row", "other_company"})
"""The faults that change a right answer's body and nothing else."""


def drift(fault: str, reply: Reply) -> Reply:
    """A reply as a fault of DRIFTS makes it; those that concern JSON alone leave other bodies as they are."""
    if fault == "twice":
        return replace(reply, body=reply.read() * 2, key=None, etag=None)
    if reply.content_type != "application/json":
        return reply
    page = json.loads(reply.read())
    if fault == "other_company":
        page["cik"] = "0009999999"
    else:
        columns = page["filings"]["recent"] if "filings" in page else page
        (_halve if fault == "half_rows" else _make_odd)(columns)
    return replace(reply, body=json.dumps(page).encode(), key=None, etag=None)


def _halve(columns: dict[str, list[Any]]) -> None:
    for values in columns.values():
        del values[len(values) // 2 :]


def _make_odd(columns: dict[str, list[Any]]) -> None:
    """The newest row has no date, the oldest a period of the year 9999, and one column is a row short."""
    columns["filingDate"][0] = ""
    columns["reportDate"][-1] = "9999-12-31"
    columns["items"].pop()
