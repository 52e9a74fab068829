"""edgartools on exhibits: reads lines "SLUG<TAB>PATH", prints one JSON line each with its key metrics.

"chosen" is EarningsRelease.get_key_metrics() as it is. "columns" is the same function asked once for each column of the income statement
that edgartools can date; it is more than its interface offers, and the most that its reading of the table gives.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

NAMES = ("revenue", "net_income", "eps_basic", "eps_diluted")
DURATIONS = {3: "quarter", 6: "half", 9: "nine_months", 12: "year"}


class Attachment:
    """The little of edgartools's attachment that its EarningsRelease asks for."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        try:
            self.content = data.decode("utf-8")
        except UnicodeDecodeError:
            self.content = data.decode("cp1252", errors="replace")
        self.document = path.name
        self.url = path.name


def read_exhibit(path: Path) -> dict[str, Any]:
    """edgartools's key metrics of an exhibit."""
    from edgar import earnings  # type: ignore[import-not-found]

    release = earnings.EarningsRelease(Attachment(path))
    chosen = _numbers(release.get_key_metrics())
    columns = []
    statement = release.income_statement
    for column in dict.fromkeys(statement.periods) if statement else ():
        period = earnings._parse_period_header(str(column))
        duration = DURATIONS.get(period["duration_months"])
        if duration and period["period_end"]:
            release._select_period_column = lambda _table, column=column, **_: column
            end = period["period_end"].isoformat()
            columns.append({"duration": duration, "end": end, "metrics": _numbers(release.get_key_metrics())})
    return {"chosen": chosen, "columns": columns}


def _numbers(found: dict[str, Any]) -> dict[str, float]:
    return {name: float(found[name]) for name in NAMES if isinstance(found.get(name), int | float)}


def main() -> None:
    """Read the list on standard input, answer on standard output."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        slug, path = line.rstrip("\n").split("\t", 1)
        try:
            answer = read_exhibit(Path(path))
        except Exception as error:  # noqa: BLE001 - another program's failure is a result here
            answer = {"chosen": {}, "columns": [], "error": repr(error)}
        print(json.dumps({"slug": slug, **answer}), flush=True)


if __name__ == "__main__":
    main()
