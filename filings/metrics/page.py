"""docs/metrics.md, made from the records: `python -m ex99.filings.metrics.page > docs/metrics.md`."""

from __future__ import annotations

import sys

from ex99.filings.metrics import METRICS, Metric

_UNITS = {"money": "currency", "per_share": "currency/share"}
_SIGNS = {
    "printed": "",
    "cost": "An amount spent: positive, whatever sign the statement gives it.",
    "tax": "Positive where it is a charge, negative where it is a benefit.",
}
_HEAD = """# Metrics

Made from the records in `filings/metrics/` (`python -m ex99.filings.metrics.page > docs/metrics.md`); a test holds it current.
Patterns, prefilters and this page all come from these records, so a new metric, or a new wording of one, is a change to one of them.
"""


def write_page() -> str:
    """The page, in Markdown."""
    lines = [_HEAD, "| metric | unit | measured | bases | meaning |", "|---|---|---|---|---|"]
    for m in METRICS.values():
        measured = "on a day" if m.instant else "over a period"
        lines.append(f"| [`{m.name}`](#{m.name}) | {_UNITS.get(m.unit, m.unit)} | {measured} | {', '.join(m.bases)} | {m.meaning} |")
    return "\n".join([*lines, *(line for m in METRICS.values() for line in _section(m))]) + "\n"


def _section(metric: Metric) -> list[str]:
    lines = ["", f"## {metric.name}", "", f"{metric.meaning[0].upper()}{metric.meaning[1:]}. {_SIGNS[metric.sign]}".rstrip()]
    for title, words in (
        ("Adds up", [" + ".join(metric.adds_up).replace("+ -", "- ")] if metric.adds_up else []),
        ("Printed as", metric.examples),
        ("Never", metric.counter_examples),
    ):
        lines += ["", f"{title}: {'; '.join(words)}."] if words else []
    return lines


if __name__ == "__main__":
    sys.stdout.write(write_page())
