"""The arrows of docs/architecture.md hold, and nothing of the reference corpus lies in the repo."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_the_arrows_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("scrapy", ("crawler/", "ex99/crawl")),
        ("sqlalchemy", ("storage/", "migrations/")),
        ("bs4", ("crawler/pages.py", "crawler/index_headers.py", "parsing/reading")),
        ("lxml", ("crawler/", "parsing/reading")),
    ],
)
def test_libraries_stay_where_they_belong(library, allowed):
    pattern = re.compile(rf"^\s*(?:from|import) {library}\b", re.MULTILINE)
    users = {
        str(path.relative_to(ROOT))
        for package in ("filings", "parsing", "crawler", "storage", "settings", "migrations", "replica", "ex99", "viewer")
        for path in (ROOT / package).rglob("*.py")
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    assert all(user.startswith(allowed) for user in users), users


def test_no_index_address_is_pinned():
    for name in ("requirements.lock", "pyproject.toml", "Makefile", ".ci/run"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "index-url" not in text.replace("--no-emit-index-url", "")
        assert not re.search(r"https?://", text), name
