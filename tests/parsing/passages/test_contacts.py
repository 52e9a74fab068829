from __future__ import annotations

from ex99.parsing.passages.contacts import find_about, find_conference_calls, find_contacts
from ex99.parsing.passages.outline import Outline
from tests.parsing.passages.compose import BODY, compose


def words(passages: list) -> list[str]:
    return [" ".join(p.source.text.split()) for p in passages]


def test_contacts_are_runs_of_names_numbers_and_addresses() -> None:
    outline = Outline(compose(f"{BODY}\n\nPress Contact:\n\nJane Doe\n\nAcme Corp.\n\n(315) 555-0100\n\njdoe@acme.example\n\n{BODY}"))
    assert words(find_contacts(outline, ())) == ["Press Contact: Jane Doe Acme Corp. (315) 555-0100 jdoe@acme.example"]


def test_the_contact_in_the_foot_of_a_newswire() -> None:
    foot = (
        "SOURCE Acme Corp. -0- 11/03/2004 /CONTACT: Jane Doe, VP/Chief Financial Officer of Acme Corp., +1-315-555-0100, or "
        "John Roe of Roe Partners, for Acme"
    )
    assert words(find_contacts(Outline(compose(f"{BODY}\n\n{foot}")), ()))[0].startswith("CONTACT: Jane Doe")


def test_a_number_to_dial_is_no_contact() -> None:
    assert find_contacts(Outline(compose("Please dial (315) 555-0100 to hear a replay of the call.")), ()) == []


def test_conference_calls_keep_their_heading_and_the_paragraphs_on_the_replay() -> None:
    script = (
        f"{BODY}\n\n# Conference Call\n\nAcme will hold a conference call on May 3, 2004, at 9 a.m. to discuss its results.\n\n"
        f"A replay can be heard at (315) 555-0100, passcode 1234.\n\n# About Acme\n\n{BODY}"
    )
    found = words(find_conference_calls(Outline(compose(script)), ()))
    assert len(found) == 1
    assert found[0].startswith("Conference Call Acme will hold")
    assert found[0].endswith("passcode 1234.")


def test_about_passages_end_at_the_next_heading() -> None:
    text = "Acme Corp. makes gears for mills, mines and ships in four plants, and sells them in thirty countries."
    found = words(find_about(Outline(compose(f"{BODY}\n\n# About Acme\n\n{text}\n\n# Forward-Looking Statements\n\n{BODY}")), ()))
    assert found == [f"About Acme {text}"]
