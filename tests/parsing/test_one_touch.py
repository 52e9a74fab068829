"""A new metric, wording, currency, count of weeks, basis word, layout or exhibit type is one change to one file: made and read here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parsing.pages import html_table, page

ROOT = Path(__file__).parents[2] / "ex99"
HEADLINE = "WIDGET WORKS REPORTS FIRST QUARTER 2021 RESULTS"
LEAD = "TRENTON, May 3, 2021 -- Widget Works said today:"
TITLE = "CONSOLIDATED STATEMENTS OF OPERATIONS (in thousands, except per share data)"
HEAD = ["", "Three Months Ended March 31, 2021", "Three Months Ended March 31, 2020"]
BODY = [
    HEAD,
    ["Net sales", "1,200", "1,100"],
    ["Cost of sales", "700", "650"],
    ["Income before income taxes", "200", "175"],
    ["Net income", "160", "140"],
    ["Diluted earnings per share", "0.16", "0.14"],
]
# Parses standard input in an interpreter where one file reads as if it had been changed.
PROGRAM = """
import importlib.machinery as m, importlib.util as u, json, sys
name, path, old, new, document = sys.argv[1:]
class Changed(m.SourceFileLoader):
    def get_code(self, fullname):
        source = self.get_data(path).decode()
        assert source.count(old) == 1, source.count(old)
        return compile(source.replace(old, new), path, "exec")
class Finder:
    def find_spec(self, fullname, where=None, target=None):
        return u.spec_from_file_location(name, path, loader=Changed(name, path)) if fullname == name else None
sys.meta_path.insert(0, Finder())
from ex99.filings.exhibits import WantedExhibits
from ex99.parsing import parse_exhibit
try:
    kind = WantedExhibits.parse(document).kind_of(f"EX-{document}", chosen=document == "99.1")
except ValueError:
    print("[]"), sys.exit()
release = parse_exhibit(sys.stdin.buffer.read(), kind)
facts = [[f.metric, f.basis, f.duration, f"{f.value:f}", f.unit] for f in release.figures]
facts += [["guided", g.metric, g.basis, f"{g.low:f}", g.unit] for g in release.guidance]
print(json.dumps(facts))
"""


def _facts(data: bytes, module: str, old: str, new: str, document: str = "99.1") -> list[list[str]]:
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    command = [sys.executable, "-c", PROGRAM, f"ex99.{module}", str(path), old, new, document]
    done = subprocess.run(command, input=data, capture_output=True, check=False, cwd=ROOT.parent)
    assert done.returncode == 0, done.stderr.decode()
    found: list[list[str]] = json.loads(done.stdout)
    return found


def _release(*parts: str) -> bytes:
    return page(HEADLINE, LEAD, *parts)


METRIC = """METRICS: tuple[Metric, ...] = (
    Metric(
        "store_closing_costs", "money", False, GAAP, "what closing stores cost",
        rows=(r"store closing costs?",), sign="cost", prose=(Said("store closing costs"),), guidance=("store closing costs",),
    ),
"""
CASES = {
    "a metric": (
        "filings.metrics.income_parts",
        "METRICS: tuple[Metric, ...] = (\n",
        METRIC,
        _release(
            "The company expects store closing costs of $2.0 million to $3.0 million in 2021.",
            TITLE,
            html_table([*BODY[:3], ["Store closing costs", "(25)", "(20)"], *BODY[3:]]),
        ),
        [
            ["store_closing_costs", "gaap", "quarter", "25000", "USD"],
            ["guided", "store_closing_costs", "gaap", "2000000.0", "USD"],
        ],
    ),
    "a row's wording": (
        "filings.metrics.income",
        'r"revenues?|sales(?: net)?',
        'r"widgets delivered|revenues?|sales(?: net)?',
        _release(TITLE, html_table([HEAD, ["Widgets delivered", "1,200", "1,100"], *BODY[2:]])),
        [["revenue", "gaap", "quarter", "1200000", "USD"]],
    ),
    "a sentence's wording": (
        "filings.metrics.income",
        'prose=(Said(r"(?:(?:total|net|operating) )',
        'prose=(Said("takings"), Said(r"(?:(?:total|net|operating) )',
        _release("Takings for the first quarter of 2021 were $1.2 million."),
        [["revenue", "gaap", "quarter", "1200000", "USD"]],
    ),
    "a currency": (
        "parsing.language.currencies",
        'Currency("ZAR",',
        'Currency("PLN", "", ("PLN",), "polish zlotys?"),\n    Currency("ZAR",',
        _release("CONSOLIDATED STATEMENTS OF OPERATIONS (in thousands of Polish zloty, except per share data)", html_table(BODY)),
        [["revenue", "gaap", "quarter", "1200000", "PLN"], ["eps_diluted", "gaap", "quarter", "0.16", "PLN/share"]],
    ),
    "a count of weeks": (
        "parsing.language.calendar_words",
        "(24, 25, 26, 27, 28)",
        "(22, 24, 25, 26, 27, 28)",
        _release(TITLE, html_table([["", "Twenty-Two Weeks Ended March 31, 2021", "Twenty-Two Weeks Ended April 1, 2020"], *BODY[1:]])),
        [["revenue", "gaap", "half", "1200000", "USD"]],
    ),
    "a word for a basis": (
        "parsing.language.basis_words",
        'BasisWord(r"adjusted", ',
        'BasisWord(r"streamlined", _EVERYWHERE, apart=True),\n    BasisWord(r"adjusted", ',
        _release("RECONCILIATION (in thousands)", html_table([HEAD, BODY[4], ["Streamlined net income", "170", "150"]])),
        [["net_income", "nongaap", "quarter", "170000", "USD"]],
    ),
    "a layout": (
        "parsing.tables.statements",
        r'income\s+statements?")',
        r'income\s+statements?|earnings\s+ledger")',
        _release("EARNINGS LEDGER (in thousands)", html_table(BODY[:3])),
        [["cost_of_revenue", "gaap", "quarter", "700000", "USD"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_touch_is_enough(case: str) -> None:
    module, old, new, data, wanted = CASES[case]
    unchanged = _facts(data, module, old, old)
    changed = _facts(data, module, old, new)
    for fact in wanted:
        assert fact in changed
        assert fact not in unchanged


def test_an_exhibit_type_is_one_number() -> None:
    data = _release(TITLE, html_table(BODY))
    old, new = "SUPPLEMENTS = (99,)", "SUPPLEMENTS = (99, 13)"
    assert ["revenue", "gaap", "quarter", "1200000", "USD"] in _facts(data, "filings.exhibits", old, new, "13.2")
    assert _facts(data, "filings.exhibits", old, old, "13.2") == []
