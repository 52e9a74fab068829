"""The viewer in a real browser: nothing in the console, no request to another host, axe-core content, figures that lead to their marks."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ex99.storage.archive import Archive
from ex99.storage.filters import ReleaseFilter
from ex99.storage.queries import list_releases
from tests.viewer.conftest import CIK, EVIL, EVIL_CIK

sync_api = pytest.importorskip("playwright.sync_api")

AXE = Path(__file__).parent / "axe" / "axe.min.js"
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
SHOT = Path(__file__).parents[2] / "docs" / "images" / "viewer.png"
MISSING = "THE VIEWER WAS NOT TRIED IN A BROWSER: there is no chromium here (Debian: apt-get install chromium)"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 375, "height": 800}
_MARK_IN_VIEW = """() => {
    const frame = document.getElementById("page"), around = frame.getBoundingClientRect();
    const inView = (box) => box.top > 20 && box.bottom < around.height - 20;
    const marks = [...frame.contentDocument.querySelectorAll("mark.figure:not(.current)")];
    const mark = marks.find((one) => inView(one.getBoundingClientRect())), box = mark.getBoundingClientRect();
    const key = mark.dataset.m.split(" ").find((one) => /^f\\d+$/.test(one));
    return [key, around.left + (box.left + box.right) / 2, around.top + (box.top + box.bottom) / 2];
}"""
"""The key of a figure's mark in view that is not chosen, and the middle of it on the screen."""
_SLIDE = "one => { one.value = 1; for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, {bubbles: true})); }"
_SERIOUS = ("serious", "critical")

if CHROMIUM is None:
    warnings.warn(MISSING, pytest.PytestWarning, stacklevel=1) if not os.environ.get("PYTEST_XDIST_WORKER") else None
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

Open = Callable[..., "sync_api.Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: sync_api.Browser, address: str) -> Iterator[Open]:
    """Open a page; at the end of the test the console must be empty, and nothing may have been asked of another host."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def go(path: str, *, size: dict[str, int] = WIDE, scheme: str = "light") -> sync_api.Page:
        context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=False)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + path, wait_until="networkidle")
        if path.startswith("/release/"):
            page.wait_for_selector("html[data-ready=true]", state="attached")
        return page

    yield go
    for context in contexts:
        context.close()
    assert not said
    assert all(url.startswith((address, "data:")) for url in asked)


@pytest.fixture(scope="module")
def release(archive: Archive) -> str:
    return str(next(list_releases(archive, ReleaseFilter(ciks=[9_990_432], kinds=["results"]), newest_first=True)).accession)


def addresses(release: str) -> tuple[str, ...]:
    return (
        "/",
        f"/company/{CIK}",
        f"/release/{release}",
        f"/release/{EVIL}",
        f"/company/{EVIL_CIK}",
        f"/compare?companies={CIK}",
        "/guidance",
        "/search?q=sales",
    )


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_are_accessible(visit: Open, release: str, number: int, scheme: str) -> None:
    for size in (WIDE, NARROW):
        page = visit(addresses(release)[number], size=size, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {iframes: false}).then(done => done.violations)")
        grave = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found if one["impact"] in _SERIOUS]
        assert not grave


def test_a_figure_leads_to_its_mark_and_back(visit: Open, release: str) -> None:
    page = visit(f"/release/{release}")
    frame = page.frame_locator("#page")
    listed = page.locator('aside button[data-key^="f"]:not(.also)').last
    key = listed.get_attribute("data-key")
    listed.click()
    mark = frame.locator(f'mark[data-m~="{key}"]').first
    assert "current" in mark.get_attribute("class")
    assert is_seen(page, mark)
    assert page.evaluate("scrollY") == 0


def test_a_mark_leads_to_its_figure(visit: Open, release: str) -> None:
    """Nothing is asked of the frame by Playwright itself here: its own script would have listeners there, which the sandbox reports."""
    page = visit(f"/release/{release}")
    for _ in range(3):
        page.keyboard.press("n")
    key, x, y = page.evaluate(_MARK_IN_VIEW)
    page.mouse.click(x, y)
    chosen = page.locator('aside [aria-current="true"]')
    assert chosen.get_attribute("data-key") == key
    assert is_seen(page, chosen)


def is_seen(page: sync_api.Page, place: sync_api.Locator) -> bool:
    """Whether the middle of an element lies inside what is scrolled around it."""
    return bool(
        place.evaluate(
            """one => { const box = one.getBoundingClientRect(), around = one.closest('aside')?.getBoundingClientRect();
            const top = around?.top ?? 0, bottom = around?.bottom ?? innerHeight, middle = (box.top + box.bottom) / 2;
            return top <= middle && middle <= bottom; }"""
        )
    )


def test_keys_step_and_switches_toggle(visit: Open, release: str) -> None:
    page = visit(f"/release/{release}")
    page.keyboard.press("n")
    first = page.locator('aside [aria-current="true"]').get_attribute("data-key")
    page.keyboard.press("n")
    assert page.locator('aside [aria-current="true"]').get_attribute("data-key") != first
    page.keyboard.press("p")
    assert page.locator('aside [aria-current="true"]').get_attribute("data-key") == first
    unread = page.frame_locator("#page").locator("mark.unread").first
    colour = "one => getComputedStyle(one).backgroundColor"
    assert unread.evaluate(colour) == "rgba(0, 0, 0, 0)"
    page.get_by_label("Unread numbers").check()
    assert unread.evaluate(colour) != "rgba(0, 0, 0, 0)"


def test_an_address_can_name_a_figure(visit: Open, release: str) -> None:
    page = visit(f"/release/{release}#f2")
    assert page.locator('aside [aria-current="true"]').get_attribute("data-key") == "f2"


def test_search_and_charts_are_live(visit: Open, release: str) -> None:
    page = visit("/")
    page.get_by_role("searchbox", name="Search", exact=True).fill("quarter results")
    page.locator("#found a").first.wait_for()
    page = visit(f"/company/{CIK}")
    assert page.locator("[data-chart] svg").count() == 2
    page.get_by_label("diluted EPS").check()
    page.locator("[data-chart] svg").nth(2).wait_for()
    page.get_by_label("As known on, by release").evaluate(_SLIDE)
    page.wait_for_url("**as_of=199*")


def test_hostile_pages_run_nothing(visit: Open) -> None:
    page = visit(f"/release/{EVIL}")
    assert page.url.endswith(EVIL)
    assert page.frame_locator("#page").locator("script, form, img, iframe").count() == 0


def test_the_picture_of_the_readme(visit: Open, release: str) -> None:
    """Takes the picture anew where EX99_SHOTS is set; it shows a fictitious release."""
    page = visit(f"/release/{release}", size={"width": 1280, "height": 800})
    page.keyboard.press("n")
    if os.environ.get("EX99_SHOTS"):
        page.screenshot(path=SHOT)
    assert SHOT.read_bytes().startswith(b"\x89PNG")
