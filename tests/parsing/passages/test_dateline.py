from __future__ import annotations

import datetime as dt

import pytest

from ex99.parsing.passages.dateline import find_dateline
from ex99.parsing.passages.outline import Outline
from tests.parsing.passages.compose import BODY, compose

DAY = dt.date(2004, 11, 3)


@pytest.mark.parametrize(
    ("line", "place", "date", "wire"),
    [
        ("Dayton, Ohio - November 3, 2004 - Acme Corp. (ACME.OB) announced today its results.", "Dayton, Ohio", DAY, None),
        ("DAYTON, OHIO... (November 3, 2004) ...Acme Corp. announced today that it has closed a plant.", "DAYTON, OHIO", DAY, None),
        (
            "DAYTON, Ohio--(BUSINESS WIRE)--Nov. 3, 2004--Acme Corp. (NYSE: ACM) today reported higher sales.",
            "DAYTON, Ohio",
            DAY,
            "Business Wire",
        ),
        (
            "HOUSTON, Nov. 3, 2004 /PRNewswire-FirstCall/ -- Acme Corp. today reported its results for the year.",
            "HOUSTON",
            DAY,
            "PR Newswire",
        ),
        (
            "Irving, TX - GLOBE NEWSWIRE - November 3, 2004 - Acme Corp. today announced financial results.",
            "Irving, TX",
            DAY,
            "GlobeNewswire",
        ),
        ("REDWOOD CITY, Calif., November 3, 2004 — Acme Corp. today announced quarterly results.", "REDWOOD CITY, Calif.", DAY, None),
        ("November 3, 2004 - FORT WAYNE, IN - Acme Corp. (NYSE: ACM), a maker of gears, issued its results.", "FORT WAYNE, IN", DAY, None),
        (
            "Mumbai/ Burbank, Calif., 3rd November 2004: Acme Corp. and Apex Ltd. today announced a venture.",
            "Mumbai/ Burbank, Calif.",
            DAY,
            None,
        ),
        ("NEW YORK, November 3, 2004-Acme Corp. (Acme, NYSE: ACM) reported record income before taxes.", "NEW YORK", DAY, None),
        ("THE WOODLANDS, TX — November 3, 2004 — Acme Corp. (NYSE: ACM) today announced an offering.", "THE WOODLANDS, TX", DAY, None),
        ("DUBLIN, CA–(Marketwired – Nov 3, 2004) – Acme Software Inc. (NASDAQ: ACMS)", "DUBLIN, CA", DAY, "Marketwired"),
        (
            "FOR IMMEDIATE RELEASE: LITITZ, PA, November 3, 2004:\n\nAcme Bancshares, Inc. (Nasdaq: ACMB) today announced that it "
            "has priced its notes due in 2014.",
            "LITITZ, PA",
            DAY,
            None,
        ),
        ("[Dayton, OH] — November 3, 2004 — Acme Corp. (NYSE: ACM) today announced a change.", "Dayton, OH", DAY, None),
        ("London, England, November 3, 2004 … Acme plc (NYSE: ACM) today reported a loss.", "London, England", DAY, None),
    ],
)
def test_datelines_of_many_forms(line: str, place: str, date: dt.date, wire: str | None) -> None:
    outline = Outline(compose(f"Acme Reports Results\n\n{line}\n\n{BODY}"))
    found = find_dateline(outline)
    assert (found.dateline.place, found.dateline.date, found.dateline.newswire) == (place, date, wire)
    assert found.passage is not None
    assert outline.text[found.passage.source.start : found.passage.source.end] == found.passage.source.text


def test_a_date_alone_above_completes_a_place_alone() -> None:
    found = find_dateline(
        Outline(
            compose(f"For Immediate Release: November 3, 2004\n\nAcme Reports\n\nATLANTA - Acme Corp. today reported results.\n\n{BODY}")
        )
    )
    assert (found.dateline.place, found.dateline.date) == ("ATLANTA", DAY)


def test_a_date_alone_below_the_text_completes_a_place_alone() -> None:
    script = f"ATLANTA--(BUSINESS WIRE)--Acme Corp. today reported results.\n\n{BODY}\n\nNovember 3, 2004\n\nAbout Acme"
    assert find_dateline(Outline(compose(script))).dateline.date == DAY


def test_the_year_of_a_dateline_comes_from_the_same_day_elsewhere() -> None:
    script = (
        f"DAYTON, Ohio, Nov. 3 /PRNewswire/ -- Acme Corp. (Nasdaq: ACM) today announced its results.\n\n{BODY}\n\nSOURCE Acme "
        "Corp. -0- 11/03/2004"
    )
    assert find_dateline(Outline(compose(script))).dateline.date == DAY


def test_the_date_called_today_stands_in_where_none_is_set_above() -> None:
    script = f"Acme Reports Results\n\n{BODY}\n\nAcme will hold a conference call today, November 3, 2004, at 9 a.m."
    found = find_dateline(Outline(compose(script)))
    assert (found.dateline.place, found.dateline.date) == (None, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "In the quarter ended November 3, 2004 - the third of the year - sales rose, Acme reported.",
        "Wal-Mart and others reported sales on Monday in several places of the land.",
    ],
)
def test_what_is_no_dateline(line: str) -> None:
    assert find_dateline(Outline(compose(line))).dateline.place is None
