"""What is installed is one package: the wheel works inside a project whose own modules bear the names of our folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("crawler", "ex99", "filings", "migrations", "parsing", "replica", "settings", "storage", "viewer")

TOUR = """
from ex99 import open_archive
import settings, storage, parsing
assert settings.MINE and storage.MINE and parsing.MINE
with open_archive("demo-archive") as archive:
    print(len(archive.figures(metric="revenue", duration="quarter").to_dicts()), "figures")
"""


def copy_checkout(to: Path) -> Path:
    """What git knows of the checkout that a build needs, links kept as links."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, to / name)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, to / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    return to


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    checkout = copy_checkout(tmp_path_factory.mktemp("checkout"))
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(checkout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_has_one_top_level_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"ex99"}
    assert {name.split("/")[1] for name in names if name.startswith("ex99/")} >= set(FOLDERS) - {"ex99"}
    data = {
        str(path.relative_to(ROOT))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".tsv", ".typed", ".mako", ".html", ".css", ".js"}
    }
    assert {name.removeprefix("ex99/") for name in names} >= {name.removeprefix("ex99/") for name in data}


def test_the_demo_and_python_run_in_a_project_that_uses_our_names(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    project = tmp_path / "project"
    for name in ("storage", "parsing"):
        (project / name).mkdir(parents=True)
        (project / name / "__init__.py").write_text("MINE = True\n", encoding="utf-8")
    (project / "settings.py").write_text("MINE = True\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = run("-c", "import ex99, ex99.storage.archive as a; print(ex99.__file__, a.__file__)").split()
    assert all(path.startswith(str(tmp_path / "site")) for path in where)
    assert "2008-03-31" in run("-m", "ex99", "demo", "--archive", "demo-archive")
    assert int(run("-c", TOUR).split()[0]) >= 40
