from __future__ import annotations

import datetime as dt

import pytest

from ex99.crawler.choose import INSIDE_SEQUENCE, INSIDE_TYPE, choose_release, set_apart_release
from ex99.crawler.inside import cut_release
from ex99.filings.filing import CHOICE_REASONS, FetchedDocument, Filing, FilingDocument, ReleaseChoice
from ex99.filings.forms import find_item
from ex99.filings.identifiers import AccessionNumber, Cik
from tests.crawler.papers import CONTRACT, COVER, RELEASE

DIVIDEND = (
    "News Release\n\nTUMBLEWICK DECLARES DIVIDEND\n\nSPRINGFIELD, Ill., October 21, 2024 /PRNewswire/ -- Tumblewick Corp. announced\n"
    "today that its board has declared a dividend of 12 cents a share, payable in November to holders of record.\n"
)
SLIDES = "Tumblewick Investor Presentation\n\nThis presentation has forward-looking statements. Slide 2: net sales up, costs down.\n" * 2
STATEMENT = (
    "October 21, 2024\n\nStatement of the Board of Tumblewick Corp.\n\nWe are sad to say that our founder has passed away. He built the\n"
    "company from one workshop to four, and everyone who worked with him will miss him.\n"
)


def filing(*items: str, form: str = "8-K") -> Filing:
    found = tuple(item for item in map(find_item, items) if item)
    return Filing(AccessionNumber("0009990001-24-000017"), form, dt.date(2024, 10, 21), (Cik(9990001),), items=found)


def papers(*rows: tuple[str, str | bytes | None] | tuple[str, str | bytes | None, str]) -> tuple[FetchedDocument, ...]:
    found = []
    for sequence, row in enumerate((("8-K", COVER), *rows), start=1):
        content = row[1].encode() if isinstance(row[1], str) else row[1]
        description = row[2] if len(row) > 2 else None
        found.append(FetchedDocument(FilingDocument(sequence, row[0], description=description, size=len(content or b"")), content))
    return tuple(found)


def html(text: str) -> str:
    paragraphs = "".join(f"<p style='margin:0'><font>{part}</font></p>\n" for part in text.replace("&", "&amp;").split("\n\n"))
    return f"<html><head><title>x</title></head><body>{paragraphs}</body></html>"


def choose(documents: tuple[FetchedDocument, ...], *items: str) -> ReleaseChoice:
    return choose_release(filing(*(items or ("2.02", "9.01"))), documents)


@pytest.mark.parametrize("kind", ["EX-99", "EX-99.1", "EX-99.01", "EX-99.2", "EX-99.(A)"])
@pytest.mark.parametrize("dress", [str, html])
def test_any_exhibit_99_may_be_the_release(kind: str, dress: type[str]) -> None:
    choice = choose(papers(("EX-10.1", CONTRACT), (kind, dress(RELEASE))))
    assert (choice.sequences, choice.reason) == ((3,), "exhibit_99")
    assert "a dateline" in choice.note


def test_the_first_exhibit_99_may_be_a_contract() -> None:
    choice = choose(papers(("EX-99", CONTRACT), ("EX-99.1", RELEASE)))
    assert choice.sequences == (3,)


def test_two_releases_the_results_first() -> None:
    choice = choose(papers(("EX-99.1", DIVIDEND), ("EX-99.2", RELEASE), ("EX-99.3", SLIDES)))
    assert choice.sequences == (3, 2)
    assert choose(papers(("EX-99.1", DIVIDEND), ("EX-99.2", RELEASE)), "8.01").sequences == (2, 3)


def test_a_bare_release_of_results_wins_over_what_comes_with_it() -> None:
    bare = "Tumblewick Corp. Reports Net Income of $4 Million for the Third Quarter of 2024\n\n" + "Sales rose in all four workshops. " * 9
    assert choose(papers(("EX-99.1", bare), ("EX-99.2", SLIDES), ("EX-99.3", DIVIDEND))).sequences == (2, 4)
    assert choose(papers(("EX-99.1", bare), ("EX-99.2", SLIDES), ("EX-99.3", DIVIDEND)), "8.01").sequences == (4,)


def test_supplements_after_the_release_are_not_chosen() -> None:
    tables = "Financial Highlights (in millions)\n\nNet sales 4.1 3.9\n\nSupplemental Information\n\nHeadcount 12 13\n" * 3
    assert choose(papers(("EX-99.1", RELEASE), ("EX-99.2", tables))).sequences == (2,)


@pytest.mark.parametrize(
    ("paper", "description"),
    [
        (CONTRACT, None),
        (SLIDES, None),
        (STATEMENT, "EARNINGS PRESENTATION SLIDES"),
        ("PROSPECTUS SUPPLEMENT\n\n" + "6 3/4% notes due 2031 of Tumblewick Corp., interest payable twice a year. " * 5, None),
        ("UNITED STATES BANKRUPTCY COURT\n\n" + "In re Tumblewick Corp., debtor. It is hereby ordered that the plan stands. " * 4, None),
        ("Charter of the Audit Committee\n\n" + "The committee assists the board in its oversight of the books. " * 4, None),
        (
            "TUMBLEWICK CORP AND SUBSIDIARIES CONSOLIDATED BALANCE SHEETS\n\nCash 1 2\nReceivables 3 4\n" + "Inventories, net 5 6\n" * 9,
            None,
        ),
    ],
)
def test_other_papers_are_no_release(paper: str, description: str | None) -> None:
    choice = choose(papers(("EX-99.1", paper, description or "")))
    assert (choice.sequences, choice.reason) == ((), "exhibit_not_release")


def test_a_lone_exhibit_under_an_item_that_announces() -> None:
    assert choose(papers(("EX-99", STATEMENT)), "8.01").reason == "exhibit_99_only"
    assert choose(papers(("EX-99", STATEMENT)), "9.01").reason == "exhibit_not_release"


def test_a_release_under_another_number() -> None:
    choice = choose(papers(("EX-20.1", RELEASE)), "5")
    assert (choice.sequences, choice.reason) == ((2,), "other_exhibit")


@pytest.mark.parametrize("content", [None, b"<html><body><img src='page1.jpg'></body></html>"])
def test_a_release_that_is_no_text(content: bytes | None) -> None:
    assert choose(papers(("EX-99.1", content))).reason == "not_text"


def test_no_exhibit_and_no_documents() -> None:
    assert choose(papers(("EX-10.1", CONTRACT))).reason == "no_exhibit_99"
    assert choose(()).reason == "header_only"


INSIDE = {
    "after the signatures": (COVER + "\nEXHIBIT INDEX\n\nExhibit 99.1   Press Release of that day\n\n<PAGE>\nExhibit 99.1\n\n", RELEASE),
    "marked alone": (COVER + "\nExhibit index\nNews Release dated October 21, 2024 .... Page 3\n\n", RELEASE),
    "on its own page": (COVER + "\n<PAGE>\nINDEX TO EXHIBITS\n99.1 Text of release\n<PAGE>\n", DIVIDEND.split("\n\n", 1)[1]),
}


@pytest.mark.parametrize(("cover", "release"), INSIDE.values(), ids=INSIDE)
def test_a_release_inside_the_8k(cover: str, release: str) -> None:
    whole = (cover + release).encode()
    documents = (FetchedDocument(FilingDocument(1, "8-K", size=len(whole)), whole),)
    choice = choose(documents)
    assert (choice.sequences, choice.reason) == ((1,), "inside_8k")
    parts, settled = set_apart_release(documents, choice)
    assert settled.sequences == (INSIDE_SEQUENCE + 1,)
    part = parts[-1]
    assert (part.document.type, part.document.part_of) == (INSIDE_TYPE, 1)
    assert part.content is not None
    assert whole.endswith(part.content)
    assert release.strip().encode() in part.content
    assert b"Item 2.02" not in part.content


def test_a_release_under_its_item_ends_before_the_signatures() -> None:
    whole = f"FORM 8-K\n\nItem 5. On Monday the Registrant issued the following press release:\n\n{DIVIDEND}\n\nSIGNATURES\n\nPat Example\n"
    part = cut_release(whole.encode())
    assert part is not None
    assert part.startswith(b"News Release")
    assert b"SIGNATURES" not in part


def test_a_release_inside_html() -> None:
    for space in ("&nbsp;", "\u00a0", " "):
        page = html(COVER + "\n\nExhibit~99.1\n\n" + RELEASE).replace("~", space)
        part = cut_release(page.encode())
        assert part is not None
        assert part.startswith(b"<p style")
        assert part.split(b"</p>")[0].endswith(f"Exhibit{space}99.1</font>".encode())


def test_an_8k_that_only_tells_of_a_release_has_none() -> None:
    told = "\n\nOn May 4 the company issued a press release, furnished as Exhibit 99.1.\n\nEXHIBIT INDEX\n\nExhibit 99.1\n"
    assert cut_release((COVER + told * 3).encode()) is None
    assert choose(papers()).reason == "no_exhibit_99"


def test_set_apart_leaves_other_choices_alone() -> None:
    documents = papers(("EX-99.1", RELEASE))
    choice = choose(documents)
    assert set_apart_release(documents, choice) == (documents, choice)
    assert choice.reason in CHOICE_REASONS
