"""The state folder: the user's own by default, and in a shared one no planted link, name or file of somebody else is believed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ex99.crawler.budget import Budget, default_state_folder
from ex99.crawler.state_files import check_own, file_mode, open_file, put_file


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _usual_mask() -> object:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_the_default_folder_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = default_state_folder()
    assert _mode(folder) == 0o700
    budget = Budget(folder / "budget.json", 8, 600)
    budget.admit()
    assert {path.name: _mode(path) for path in folder.iterdir()} == {"budget.json": 0o600, "budget.json.lock": 0o600}
    folder.chmod(0o777)
    assert _mode(default_state_folder()) == 0o700


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(PermissionError, match="link"):
        check_own(tmp_path / "link")
    (tmp_path / "other").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(PermissionError, match="another user"):
        check_own(tmp_path / "other")


@pytest.mark.parametrize("plant", [Path.symlink_to, Path.hardlink_to])
def test_a_planted_link_costs_its_target_nothing(tmp_path: Path, plant: object) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    folder = tmp_path / "shared"
    folder.mkdir()
    plant(folder / "budget.json", victim)  # type: ignore[operator]
    budget = Budget(folder / "budget.json", 8, 600)
    assert budget.admit().wait == 0
    assert budget.admit().wait > 0
    assert budget.block() == 600
    assert budget.blocked_for() > 0
    assert victim.read_text() == "precious"
    assert not (folder / "budget.json").is_symlink()


def test_a_planted_lock_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "budget.json.lock").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        Budget(tmp_path / "budget.json", 8, 600).admit()
    assert victim.read_text() == "precious"


def test_a_planted_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "budget.json")
    budget = Budget(tmp_path / "budget.json", 8, 600)
    assert budget.admit().wait == 0
    assert (tmp_path / "budget.json").is_file()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PermissionError):
        open_file(tmp_path / "pipe", os.O_RDONLY)


@pytest.mark.parametrize(("folder_mode", "mode"), [(0o700, 0o600), (0o755, 0o600), (0o770, 0o660), (0o2775, 0o660), (0o1777, 0o666)])
def test_a_file_is_as_open_as_its_folder(tmp_path: Path, folder_mode: int, mode: int) -> None:
    tmp_path.chmod(folder_mode)
    assert file_mode(tmp_path) == mode
    put_file(tmp_path / "state", b"x")
    assert _mode(tmp_path / "state") == mode
    assert [path.name for path in tmp_path.iterdir()] == ["state"]
    tmp_path.chmod(0o755)
