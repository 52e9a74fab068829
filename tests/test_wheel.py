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

EXTRAS = {
    "mcp": ["mcp"],
    "datasette": ["datasette"],
    "export": ["export", "tables"],
    "warc": ["export", "--warc", "a.warc.gz"],
    "plot": ["plot", "HRTI", "revenue", "-o", "a.png"],
}
"""A command that needs each extra."""


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


def run_quietly(*command: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, without our environment's packages and without the user's EX99_* variables."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EX99_", "PYTHON"))} | variables
    return subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that has the wheel and what it cannot do without, in the versions that are locked."""
    folder = tmp_path_factory.mktemp("clean")
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line.removesuffix("\\").strip() for line in lines if not line.lstrip().startswith(("--hash", "#"))]
    (folder / "constraints.txt").write_text("\n".join(pins), encoding="utf-8")
    assert run_quietly(sys.executable, "-m", "venv", "venv", folder=folder).returncode == 0
    bin_ = folder / "venv" / "bin"
    pip = (bin_ / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", "constraints.txt")
    done = run_quietly(*pip, wheel, folder=folder)
    if "Connection" in done.stderr or "No matching distribution" in done.stderr:
        pytest.skip("the package index is out of reach")
    assert done.returncode == 0, done.stderr
    return bin_


@pytest.mark.slow
def test_the_wheel_alone_runs_the_demo_in_a_clean_environment(clean: Path, tmp_path: Path) -> None:
    ran = run_quietly(clean / "ex99", "demo", "--archive", "demo-archive", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "2008-03-31" in ran.stdout
    completed = run_quietly(clean / "ex99", folder=tmp_path, _EX99_COMPLETE="complete_bash", COMP_WORDS="ex99 impo", COMP_CWORD="1")
    assert completed.stdout.split() == ["import"]
    manual = run_quietly(clean / "python", "-m", "ex99.cli.manual", folder=tmp_path)
    assert ".SS ex99 import" in manual.stdout

    def refuse(*arguments: str, **variables: str) -> str:
        told = run_quietly(clean / "ex99", *arguments, folder=tmp_path, EX99_ARCHIVE="demo-archive", **variables)
        assert told.returncode == 2, told.stdout + told.stderr
        assert "Traceback" not in told.stderr
        return told.stderr

    for extra, arguments in EXTRAS.items():
        assert f"ex99[{extra}]" in refuse(*arguments), extra
    assert "ex99[postgres]" in refuse("status", EX99_DATABASE_URL="postgresql://nobody@127.0.0.1:9/x")
    assert "ex99[s3]" in refuse("verify", EX99_BLOB_URL="s3://nowhere/x")
