"""Run by an interpreter that has edgartools: reads lines "SLUG<TAB>PATH", prints one JSON line {"slug", "metrics"} each.

edgartools is no dependency of ex99; this file is only ever started by benchmarks.rival, in whatever environment it is given.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

NAMES = ("revenue", "net_income", "eps_basic", "eps_diluted")


class Attachment:
    """The little of edgartools's attachment that its EarningsRelease asks for."""

    def __init__(self, path: Path) -> None:
        self.content = path.read_text(encoding="utf-8", errors="replace")
        self.document = path.name
        self.url = path.name


def read_metrics(path: Path) -> dict[str, float]:
    """edgartools's key metrics of an exhibit, those that it finds."""
    from edgar.earnings import EarningsRelease  # type: ignore[import-not-found]

    found: dict[str, Any] = EarningsRelease(Attachment(path)).get_key_metrics()
    return {name: float(found[name]) for name in NAMES if isinstance(found.get(name), int | float)}


def main() -> None:
    """Read the list on standard input, answer on standard output."""
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        slug, path = line.rstrip("\n").split("\t", 1)
        try:
            metrics = read_metrics(Path(path))
        except Exception as error:  # noqa: BLE001 - another program's failure is a result here
            print(json.dumps({"slug": slug, "metrics": {}, "error": repr(error)}), flush=True)
            continue
        print(json.dumps({"slug": slug, "metrics": metrics}), flush=True)


if __name__ == "__main__":
    main()
