"""Foreign pages and names that mean harm are shown as words; cleaning loses no visible word of any page."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from lxml import html as pages
from starlette.testclient import TestClient

from ex99.filings.release import ParseError
from ex99.parsing.reading.annotate import annotate
from ex99.viewer.cleaning import clean_page
from tests.viewer.conftest import CIK, EVIL, EVIL_CIK

_WHITE = re.compile(r"\s+")
_LAYOUTS = sorted(path for path in (Path(__file__).parents[1] / "parsing" / "layouts").iterdir() if path.suffix in (".htm", ".txt"))
_HARMFUL = ("script", "iframe", "object", "embed", "form", "input", "img", "svg", "link", "meta", "base", "style")


def visible(html: str) -> str:
    tree = pages.fromstring(f"<div>{html}</div>")
    for element in list(tree.iter("script", "style", "title", "head")):
        if element.tag != "head":
            element.drop_tree()
    return _WHITE.sub("", tree.text_content())


def test_the_frame_holds_nothing_that_runs_or_asks(client: TestClient) -> None:
    answer = client.get(f"/page/{EVIL}/1")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-same-origin" in policy
    assert "script-src" not in policy
    body = pages.fromstring(answer.text).find("body")
    assert body is not None
    assert not [element.tag for element in body.iter() if element.tag in _HARMFUL]
    assert not [
        name for element in body.iter() for name in element.attrib if name.startswith("on") or name in ("href", "src", "background")
    ]
    assert "evil.example" not in answer.text
    assert "position" not in answer.text
    assert "forged" in body.text_content()
    assert not any("forged" in mark.text_content() for mark in body.iter("mark"))


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=Grimble", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", f"/company/{EVIL_CIK}", f"/release/{EVIL}", "/guidance",
     f"/compare?companies={EVIL_CIK},{CIK}", "/compare?companies=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"],
)  # fmt: skip
def test_names_and_headlines_are_words(client: TestClient, address: str) -> None:
    page = client.get(address).text
    tree = pages.fromstring(page)
    allowed = {"/static/htmx.min.js", "/static/vega.min.js", "/static/vega-lite.min.js", "/static/vega-interpreter.min.js"}
    allowed |= {"/static/charts.js", "/static/release.js", None}
    assert {script.get("src") for script in tree.iter("script")} <= allowed
    assert all(script.get("src") or script.get("type") == "application/json" for script in tree.iter("script"))
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert "<script>alert" not in page
    assert "evil.example" not in page


def test_every_answer_has_its_policy(client: TestClient) -> None:
    for address in ("/", "/nosuch", f"/release/{EVIL}", f"/page/{EVIL}/1", "/index.json", "/index.csv"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", _LAYOUTS, ids=lambda path: path.name)
def test_cleaning_loses_no_visible_word(path: Path) -> None:
    html = annotate(path.read_bytes(), []).html
    assert visible(clean_page(html)) == visible(html)


def test_an_exhibit_in_its_wrapper_keeps_its_words() -> None:
    data = b"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n<p>Acme Widgets</p>\n</TEXT>\n</DOCUMENT>\n"
    assert visible(clean_page(annotate(data, []).html)) == "AcmeWidgets"


@pytest.mark.corpus
def test_cleaning_real_exhibits() -> None:
    folder = Path(os.environ.get("EX99_CORPUS", "missing")) / "exhibits"
    if not folder.is_dir():
        pytest.skip("EX99_CORPUS names no corpus")
    for path in sorted(folder.glob("*")):
        try:
            html = annotate(path.read_bytes(), []).html
        except ParseError:
            continue
        assert visible(clean_page(html)) == visible(html), path.name
