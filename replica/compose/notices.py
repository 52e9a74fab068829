"""Releases without results (a new officer, a purchase, a dividend, a product), and papers that are no releases."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal

from ex99.replica.compose.company import Company
from ex99.replica.compose.content import Release
from ex99.replica.compose.fiscal import spell
from ex99.replica.compose.results import SAFE_HARBOR, about, contacts
from ex99.replica.compose.truth import TruthFigure


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of news: its name among the kinds, its items (before August 2004 and since), headline and sentences."""

    kind: str
    old_items: tuple[str, ...]
    items: tuple[str, ...]
    headline: str
    sentences: tuple[str, ...]


NOTICES: tuple[Notice, ...] = (
    Notice(
        "management_change",
        ("5", "7"),
        ("5.02", "9.01"),
        "{short} Names {person} Chief Operating Officer",
        (
            "{name} ({exchange}: {ticker}) today announced that its board of directors has appointed {person} chief operating officer.",
            "{person} joined the company as a plant manager and has led its operations in the northern states for the past six years.",
            '"The board knows no one who understands our workshops better," said {chief}, president and chief executive officer.',
        ),
    ),
    Notice(
        "dividend",
        ("5", "7"),
        ("8.01", "9.01"),
        "{short} Declares Quarterly Dividend",
        (
            "The board of directors of {name} ({exchange}: {ticker}) today declared a quarterly cash dividend of $0.06 per common share.",
            "It will be paid in the coming month to holders of record at the close of business on the last day of this month.",
        ),
    ),
    Notice(
        "acquisition",
        ("5", "7"),
        ("8.01", "9.01"),
        "{short} to Acquire the Assets of Penhallow Castings",
        (
            "{name} ({exchange}: {ticker}) today said that it has agreed to buy the assets of Penhallow Castings, a private foundry.",
            "Terms were not disclosed. The company expects to complete the purchase within ninety days, subject to customary conditions.",
        ),
    ),
    Notice(
        "product",
        ("5", "7"),
        ("7.01", "9.01"),
        "{short} Introduces a New Line for Smaller Workshops",
        (
            "{name} ({exchange}: {ticker}) today introduced a line of {trade} meant for workshops with fewer than ten people.",
            "Shipments begin next month through the company's present dealers.",
        ),
    ),
)


def make_notice(company: Company, notice: Notice, day: dt.date) -> Release:
    """The release that tells a piece of news on a day."""
    dice = random.Random(f"notice {company.cik} {day}")  # noqa: S311 - repeatable, nothing secret
    words = {
        "name": company.name,
        "short": company.short,
        "exchange": company.exchange,
        "ticker": company.ticker,
        "chief": company.chief,
        "trade": company.trade,
        "person": dice.choice(("Dora Fairweather", "Lionel Prewitt", "Magda Ellsworth", "Corin Tolland")),
    }
    dividend = TruthFigure("dividends_per_share", "gaap", "quarter", None, Decimal("0.06"), "USD/share", False)
    return Release(
        company=company.name,
        ticker=company.ticker,
        exchange=company.exchange,
        headline=notice.headline.format(**words),
        subhead=None,
        place=company.place,
        day=day,
        paragraphs=tuple(sentence.format(**words) for sentence in notice.sentences),
        about=about(company),
        safe_harbor=SAFE_HARBOR,
        contacts=contacts(company),
        kind=notice.kind,
        said=(dividend,) if notice.kind == "dividend" else (),
    )


def make_contract(company: Company, day: dt.date) -> str:
    """An agreement of merger, as plain text."""
    articles = (
        (
            "ARTICLE I. THE MERGER",
            "Subject to the terms of this Agreement, Merger Sub shall be merged with and into the Company, and the separate corporate "
            "existence of Merger Sub shall cease.",
        ),
        (
            "ARTICLE II. CONVERSION OF SECURITIES",
            "Each share of Common Stock issued and outstanding immediately prior to the Effective Time shall be converted into the right "
            "to receive $21.50 in cash, without interest.",
        ),
        (
            "ARTICLE III. REPRESENTATIONS AND WARRANTIES",
            "The Company hereby represents and warrants to Parent that it is duly organized, validly existing and in good standing under "
            "the laws of the State of Delaware.",
        ),
        (
            "ARTICLE IV. COVENANTS",
            "Until the Effective Time the Company shall conduct its business in the ordinary course consistent with past practice.",
        ),
        (
            "ARTICLE V. GOVERNING LAW",
            "This Agreement shall be governed by the laws of the State of Delaware. IN WITNESS WHEREOF, the parties hereto have caused "
            "this Agreement to be executed as of the date first written above.",
        ),
    )
    head = (
        "                          AGREEMENT AND PLAN OF MERGER\n\n"
        f'This AGREEMENT AND PLAN OF MERGER is made as of {spell(day)}, by and among Fenwright\nHoldings LLC ("Parent"), '
        f'FW Merger Sub Inc. ("Merger Sub") and\n{company.name} (the "Company").\n\n'
        "WHEREAS, the boards of the parties have approved the merger;\n\n"
        "NOW, THEREFORE, the parties hereto agree as follows:\n"
    )
    return head + "".join(f"\n{title}\n\n     {text}\n" for title, text in articles)


def make_pdf() -> bytes:
    """The bytes of a small PDF."""
    objects = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def make_picture(seed: str, size: int = 900) -> bytes:
    """Bytes that begin as a JPEG does."""
    dice = random.Random(f"picture {seed}")  # noqa: S311 - repeatable, nothing secret
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + dice.randbytes(size)
