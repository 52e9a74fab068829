"""Saved pages (.mht), messages (.eml) and other wrappings of a bare exhibit; and the company's name in it against the one given."""

from __future__ import annotations

import json
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from ex99.api import open_archive
from ex99.errors import InputError
from ex99.filings.names import is_same_company
from ex99.messages import is_message, read_message
from tests.ex99.conftest import Cli
from tests.ex99.test_import import RELEASE

HTML = f"<html><body><p>{RELEASE.replace(chr(10) * 2, '</p><p>')}</p><p>caf\u00e9</p></body></html>"
GIVEN = ("--cik", "9990777", "--filed", "2006-07-24")


def make_mht(charset: str = "utf-8") -> bytes:
    """A page as browsers save it: the HTML first, an image beside it."""
    page = EmailMessage(policy=SMTP)
    page["From"] = "<Saved by Blink>"
    page["Snapshot-Content-Location"] = "https://www.example.com/release.htm"
    page["Subject"] = "Tarnwell Glass"
    page.set_content(HTML, subtype="html", charset=charset, cte="quoted-printable")
    page.add_related(b"GIF89a", "image", "gif", cid="<logo>")
    return page.as_bytes()


def make_eml() -> bytes:
    """A message of a newswire: plain text and the same in HTML."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "wire@example.com", "desk@example.com", "Tarnwell Glass"
    mail.set_content("see the HTML part")
    mail.add_alternative(HTML, subtype="html")
    return mail.as_bytes()


@pytest.mark.parametrize(("name", "data"), [("release.mht", make_mht()), ("r.MHTML", make_mht("iso-8859-1")), ("mail.eml", make_eml())])
def test_the_html_part_is_the_exhibit(cli: Cli, surroundings: Path, name: str, data: bytes) -> None:
    (surroundings / name).write_bytes(data)
    ran = cli("import", name, *GIVEN)
    assert ran.code == 0, ran.err
    with open_archive(create=False) as archive:
        (release,) = archive.releases()
        assert archive.text(release.accession).endswith("caf\u00e9")
        assert archive.figures(metric="net_income").first() is not None
        (document,) = archive.documents()
        assert (document.filename, document.description) == (name, "taken out of a saved page or message")
    told = json.loads(cli("parse", "--json", name).out)
    assert told["company"]["name"] == "Tarnwell Glass Corp."
    assert told["figures"]


def test_a_message_is_known_by_its_headers() -> None:
    assert is_message(make_mht()[:4096], "page.txt")
    assert is_message(b"Subject: x\r\n\r\nwords", "mail.eml")
    assert not is_message(RELEASE.encode(), "release.txt")
    assert not is_message(b"FROM: Acme Anvils\nTO: the press\n\nMIME-Version: 1.0", "release.txt")
    assert not is_message(b"<html>", "page.mht")


def test_a_saved_page_names_its_filing(cli: Cli, surroundings: Path) -> None:
    place = b"https://www.sec.gov/Archives/edgar/data/9990777/000999077706000004/ex991.htm"
    (surroundings / "page.mht").write_bytes(make_mht().replace(b"https://www.example.com/release.htm", place))
    assert cli("import", "page.mht", *GIVEN).code == 0
    with open_archive(create=False) as archive:
        assert [row.accession for row in archive.filings()] == ["0009990777-06-000004"]
    assert "page was saved from one of 9990777" in cli("import", "page.mht", "--cik", "9990778", "--filed", "2006-07-24").err


def test_a_message_without_words_lists_its_parts() -> None:
    with pytest.raises(InputError, match="its parts: application/pdf"):
        read_message(b"MIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n")
    with pytest.raises(InputError, match="neither HTML nor text"):
        read_message(b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n")
    assert read_message(b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=klingon\r\n\r\nwords") == b"words"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"PK\x03\x04", "a ZIP archive or an Office file (unpack it, or save it as HTML)"),
        (b"{\\rtf1\\ansi", "an RTF file (save it as HTML or text)"),
        (b"\xd0\xcf\x11\xe0", "an old Office file or an Outlook message (save it as HTML, text or .eml)"),
    ],
)
def test_other_wrappings_are_refused_with_advice(cli: Cli, surroundings: Path, head: bytes, words: str) -> None:
    (surroundings / "release.bin").write_bytes(head + b" and more")
    ran = cli("import", "release.bin", *GIVEN)
    assert ran.code == 1
    assert words in " ".join(ran.err.split())
    parsed = cli("parse", "--json", "release.bin")
    assert (parsed.code, json.loads(parsed.out)["error"]) == (1, {"code": "packed", "message": f"is {words}"})


def test_another_company_in_the_release_is_told(cli: Cli, surroundings: Path) -> None:
    (surroundings / "wrong.txt").write_text(RELEASE)
    ran = cli("import", "wrong.txt", *GIVEN, "--company", "Wexcombe Optics Inc")
    assert ran.code == 0
    assert "for Wexcombe Optics Inc (9990777), and prints 'Tarnwell Glass Corp.': is that the right CIK?" in " ".join(ran.err.split())
    (surroundings / "later.txt").write_text(RELEASE.replace("Second", "Third").replace("second", "third"))
    told = json.loads(cli("import", "later.txt", *GIVEN, "--json").out)
    assert [other["printed"] for other in told["import"]["other_names"]] == ["Tarnwell Glass Corp."]
    right = cli("import", "wrong.txt", "--cik", "9990778", "--filed", "2006-07-24", "--company", "TARNWELL GLASS CORP /WI/")
    assert (right.code, "is that the right CIK" in right.err) == (0, False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tarnwell Glass Corp.", "TARNWELL GLASS CORP /WI/", True),
        ("TGI", "Tarnwell Glass International Inc", True),
        ("TarnwellGlass", "TARNWELL GLASS & CO", True),
        ("The Tarnwell Company", "TARNWELL GLASS HOLDING CORP", True),
        ("Tarnwell Glass Corp.", "Wexcombe Optics Inc", False),
        ("First National Energy Corp", "United National Energy Inc", False),
        ("First National Corp", "FIRST NATIONAL CORPORATION", True),
    ],
)
def test_names_of_one_company(one: str, other: str, same: bool) -> None:
    assert is_same_company(one, other) is same
    assert is_same_company(other, one) is same
