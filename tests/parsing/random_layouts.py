"""Income statements of known figures set in random layouts: agents' HTML or typewriter text, headers, labels, scales, signs."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal

Fact = tuple[str, str, dt.date, Decimal]
Heads = list[list[tuple[str, int]]]

LABELS: dict[str, tuple[str, ...]] = {
    "revenue": (
        "Net sales", "Revenues", "Total revenues", "Net revenues", "Sales", "Operating revenues", "Revenues, net", "TOTAL REVENUES",
        "Sales and other operating revenues", "Revenues, net of discounts", "Turnover",
    ),
    "gross_profit": ("Gross profit", "Gross margin", "GROSS PROFIT", "Total gross profit"),
    "operating_income": (
        "Operating income", "Income from operations", "Operating profit", "Income (loss) from operations", "Operating earnings",
        "(Loss) income from operations", "Operating (loss) profit",
    ),
    "pretax_income": (
        "Income before income taxes", "Earnings before income taxes", "Income (loss) before provision for income taxes", "Pretax income",
        "Earnings before taxes on income", "Profit before tax", "(Loss) earnings before income taxes",
    ),
    "net_income": ("Net income", "Net earnings", "Net income (loss)", "NET INCOME", "Net (loss) income", "Net profit"),
}  # fmt: skip
PER_SHARE = (
    ("Earnings per share:", "Basic", "Diluted"), ("Net earnings per common share", "  Basic", "  Diluted"),
    ("", "Basic EPS", "Diluted EPS"),
    ("", "Net income per share - basic", "Net income per share - diluted"), ("EARNINGS PER SHARE", "BASIC", "DILUTED"),
    ("Net income per common share:", "  Basic", "  Assuming dilution"), ("", "Basic net income per share", "Diluted net income per share"),
)  # fmt: skip
SHARES = (
    ("Weighted average shares outstanding:", "  Basic", "  Diluted"), ("", "Average basic shares", "Average diluted shares"),
    ("Shares used in computing net income per share:", "  Basic", "  Diluted"), ("Average shares outstanding", "Basic", "Diluted"),
)  # fmt: skip
SCALES = (
    (1000, 1000, "(in thousands, except per share data)"), (1000, 1, "(in thousands, except share and per share data)"),
    (1000, 1000, "(000's omitted, except per share data)"), (1000, 1000, "($000s, except per share)"), (1000, 1000, "(000s)"),
    (1000, 1000, "(Thousands of dollars, except per share amounts)"), (10**6, 10**6, "(in millions, except per share data)"),
    (10**6, 10**6, "($ millions, except per share)"), (1, 1, ""),
)  # fmt: skip
TITLES = (
    "CONSOLIDATED STATEMENTS OF INCOME",
    "Condensed Consolidated Statements of Operations",
    "Statements of Earnings",
    "Summary of Operations",
)
QUARTERS = {1: ("First", 3, 31), 2: ("Second", 6, 30), 3: ("Third", 9, 30)}
TO_DATE = {2: ("half", "Six Months"), 3: ("nine_months", "Nine Months")}
LABEL_WIDTH, CELL_WIDTH = 46, 21
HTML_AGENTS = ("cells", "split", "parted", "lines", "pages", "continued")
"""A cell or three cells a number; headers in a table or in lines of their own; a page's end inside, without headers after it or with."""
AGENTS = (*HTML_AGENTS, "typed", "leaders", "paragraphs", "pre lines", "preserved")
"""Typewriter text as such, or in HTML: a paragraph or a <pre> a line, or a style that keeps white space."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A release's bytes, the GAAP figures that its statement prints, and the choices that made it, for a failing test's message."""

    data: bytes
    facts: tuple[Fact, ...]
    choices: str


def compose_layout(seed: int) -> Layout:
    """The release of a seed; one seed gives one layout."""
    pick = random.Random(seed)
    quarter = pick.choice((1, 2, 3))
    word, month, day = QUARTERS[quarter]
    year = pick.choice((1998, 2004, 2011, 2019))
    end, before = dt.date(year, month, day), dt.date(year - 1, month, day)
    periods = [("quarter", end), ("quarter", before)]
    if quarter > 1 and pick.random() < 0.6:
        periods += [(TO_DATE[quarter][0], end), (TO_DATE[quarter][0], before)]
    scale, share_scale, phrase = pick.choice(SCALES)
    columns = [_figures(pick, d, e == end, scale, share_scale) for d, e in periods]
    rows = _rows(pick, columns)
    head = pick.choice(("month_day", "dates", "short_dates", "named"))
    heads = _heads(periods, head, word, quarter)
    titles = [t for t in ("ARDEN VALLEY PRODUCTS, INC.", pick.choice(TITLES), phrase) if t]
    lead = f"DAYTON, Ohio, {_long(end + dt.timedelta(25))} -- Arden Valley Products, Inc. (NYSE: AVP) today announced its results"
    lead += f" for the {word.lower()} quarter ended {_long(end)}."
    headline = f"Arden Valley Products Reports {word} Quarter {year} Results"
    agent = pick.choice(AGENTS)
    if agent in HTML_AGENTS:
        text = _html(headline, lead, titles, heads, rows, agent)
    else:
        text = _typed(headline, lead, titles, heads, rows, "." if agent == "leaders" else " ")
        text = _typed_in_html(text, agent) if agent in ("paragraphs", "pre lines", "preserved") else text
    facts = [
        (metric, duration, ending, value * _scale_of(metric, scale, share_scale))
        for (duration, ending), column in zip(periods, columns, strict=True)
        for metric, value in column.items()
        if metric in LABELS or metric.startswith(("eps", "shares"))
    ]
    return Layout(text.encode(), tuple(facts), f"seed {seed}: {agent}, {head}, {phrase}")


def _scale_of(metric: str, scale: int, share_scale: int) -> int:
    return 1 if metric.startswith("eps") else share_scale if metric.startswith("shares") else scale


def _figures(pick: random.Random, duration: str, current: bool, scale: int, share_scale: int) -> dict[str, Decimal]:
    """One column: sales down to earnings per share that fit each other."""
    step = Decimal("0.1") if scale == 10**6 else Decimal(1)
    sales = {"quarter": 41, "half": 83, "nine_months": 124}[duration] * 10**6 + pick.randrange(10**6)
    profit = Decimal(-1 if pick.random() < 0.3 else 1) * sales * Decimal("0.09")
    shares = Decimal((21 if current else 20) * 10**6 + pick.randrange(10**5))

    def printed(value: Decimal | int, unit: int) -> Decimal:
        return (Decimal(value) / unit).quantize(step if unit == scale else Decimal("0.1") if unit == 10**6 else Decimal(1))

    diluted = shares if profit < 0 else shares * Decimal("1.02")
    made = {
        "revenue": printed(sales, scale), "gross_profit": printed(sales * Decimal("0.4"), scale),
        "operating_income": printed(profit, scale),
        "pretax_income": printed(profit * Decimal("0.95"), scale), "net_income": printed(profit * Decimal("0.62"), scale),
        "shares_basic": printed(shares, share_scale), "shares_diluted": printed(diluted, share_scale),
    }  # fmt: skip
    for kind in ("basic", "diluted"):
        made[f"eps_{kind}"] = (made["net_income"] * scale / (made[f"shares_{kind}"] * share_scale)).quantize(Decimal("0.01"))
    return made


def _rows(pick: random.Random, columns: list[dict[str, Decimal]]) -> list[list[str]]:
    """The printed rows, label first; headings have empty values."""
    minus = pick.choice(("({})", "-{}"))
    dollar = pick.choice(("$", ""))
    keep_zero = pick.random() < 0.5

    def cell(value: Decimal, sign: str) -> str:
        digits = f"{abs(value):,}"
        digits = digits if keep_zero or not digits.startswith("0.") or sign == "" else digits[1:]
        return sign + (minus.format(digits) if value < 0 else digits)

    def row(label: str, metric: str, sign: str = "") -> list[str]:
        return [label, *(cell(column[metric], sign) for column in columns)]

    empty = [""] * len(columns)
    names = {metric: pick.choice(labels) for metric, labels in LABELS.items()}
    cost = [cell(column["revenue"] - column["gross_profit"], "") for column in columns]
    rows = [row(names["revenue"], "revenue", dollar), ["Cost of sales", *cost], row(names["gross_profit"], "gross_profit")]
    rows += [row(names["operating_income"], "operating_income"), row(names["pretax_income"], "pretax_income")]
    rows += [row(names["net_income"], "net_income", dollar)]
    for choices, metric, sign in ((PER_SHARE, "eps", dollar), (SHARES, "shares", "")):
        heading, basic, diluted = pick.choice(choices)
        rows += [[heading, *empty]] if heading else []
        rows += [row(basic, f"{metric}_basic", sign), row(diluted, f"{metric}_diluted", sign)]
    return rows


def _long(day: dt.date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _heads(periods: list[tuple[str, dt.date]], style: str, word: str, quarter: int) -> Heads:
    """Two rows of headers as (words, columns covered)."""
    spans = {"quarter": f"{word} Quarter" if style == "named" else "Three Months Ended"}
    if quarter in TO_DATE:
        spans[TO_DATE[quarter][0]] = TO_DATE[quarter][1] + ("" if style == "named" else " Ended")
    end = periods[0][1]
    day = f" {end:%B} {end.day}," if style == "month_day" else ""
    top = [(spans[duration] + day, 2) for duration, _ in periods[::2]]
    if style in ("month_day", "named"):
        return [top, [(str(e.year), 1) for _, e in periods]]
    return [top, [(_long(e) if style == "dates" else f"{e.month}/{e.day}/{e:%y}", 1) for _, e in periods]]


def _html(headline: str, lead: str, titles: list[str], heads: Heads, rows: list[list[str]], agent: str) -> str:
    width = 4 if agent == "split" else 1
    head = "".join("<tr><td></td>" + "".join(f'<td colspan="{n * width}">{t}</td>' for t, n in level) + "</tr>" for level in heads)
    body = [_html_row(label, values, agent) for label, *values in rows]
    middle = len(body) // 2
    tables = [head + "".join(body)]
    if agent == "parted":
        tables = [head, "".join(body)]
    elif agent == "pages":
        tables = [head + "".join(body[:middle]), "".join(body[middle:])]
    elif agent == "continued":
        tables = [head + "".join(body[:middle]), head + "".join(body[middle:])]
    elif agent == "lines":
        tables = ["".join(body)]
    title = "<br>".join(titles)
    above = "".join(f"<p>{'&nbsp;&nbsp; '.join(t for t, _ in level)}</p>" for level in heads) if agent == "lines" else ""
    joint = "" if agent == "parted" else "<p align=center>4</p><hr>" + ("<p><b>(continued)</b></p>" if agent == "continued" else "")
    text = joint.join(f"<table>{table}</table>" for table in tables)
    return f"<html><body><p><b>{headline}</b></p><p>{lead}</p><p align=center><b>{title}</b></p>{above}{text}</body></html>"


def _html_row(label: str, values: list[str], agent: str) -> str:
    cells = "".join(_split_cell(v) if agent == "split" else f"<td>{v}</td>" for v in values)
    return f"<tr><td>{label.replace('  ', '&nbsp;&nbsp;')}</td>{cells}</tr>"


def _split_cell(value: str) -> str:
    sign = "$" if value.startswith("$") else ""
    close = ")" if value.endswith(")") else ""
    return f"<td>&nbsp;</td><td>{sign}</td><td>{value.removeprefix('$').removesuffix(')')}</td><td>{close}</td>"


def _typed(headline: str, lead: str, titles: list[str], heads: Heads, rows: list[list[str]], fill: str) -> str:
    """Typewriter text: labels padded with blanks or dots, numbers set to the right."""
    width = LABEL_WIDTH + CELL_WIDTH * len(heads[1])
    lines = [headline, "", lead, "", *(t.center(width).rstrip() for t in titles), ""]
    for head in heads:
        cells = ((t[: CELL_WIDTH - 2] if n == 1 else t).center(CELL_WIDTH * n) if n > 1 else t.rjust(CELL_WIDTH) for t, n in head)
        lines.append((" " * LABEL_WIDTH + "".join(cells)).rstrip())
    for label, *values in rows:
        start = (label + " ").ljust(LABEL_WIDTH - 2, fill if values[0] else " ").ljust(LABEL_WIDTH)
        lines.append((start + "".join((v if v.endswith(")") else v + " ").rjust(CELL_WIDTH) for v in values)).rstrip())
    return "\n".join(lines)


def _typed_in_html(text: str, agent: str) -> str:
    """Typewriter text as a page that keeps its columns by no-break spaces, by a <pre> for every line, or by a style."""
    if agent == "preserved":
        return f'<html><body><div style="white-space: pre; font-family: Courier">{text}</div></body></html>'
    lines = text.split("\n")
    if agent == "pre lines":
        return "<html><body>" + "".join(f"<pre>{line}</pre>\n" for line in lines) + "</body></html>"
    kept = (line.replace("  ", "&nbsp;&nbsp;") or "&nbsp;" for line in lines)
    return "<html><body>" + "".join(f'<p style="margin:0"><font face="Courier New">{line}</font></p>\n' for line in kept) + "</body></html>"
