"""The manual page is made of the commands' help: every command and option is on it, and roff takes it."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from typer.main import get_command

from ex99.cli import app
from ex99.cli.manual import make_manual, walk_commands


def test_every_command_and_option_is_on_the_page() -> None:
    page = make_manual().replace(r"\-", "-")
    found = dict(walk_commands(get_command(app)))
    assert {"ex99 crawl", "ex99 query figures", "ex99 db upgrade"} <= set(found)
    for path, command in found.items():
        section = page.partition(f".SS {path} [OPTIONS]")[2].partition(".SS ")[0]
        assert section, path
        assert all(option in section for parameter in command.params for option in parameter.opts if option.startswith("--")), path
        assert f"$ {path}" in section


def test_nothing_of_the_help_s_markup_is_left() -> None:
    page = make_manual()
    assert "[dim]" not in page
    assert "[bold]" not in page
    assert r"\[" not in page.replace(r"\e", "")


def test_roff_takes_it() -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    done = subprocess.run(["groff", "-man", "-Tascii", "-wall"], input=make_manual(), capture_output=True, text=True, check=True)
    assert not done.stderr
    assert "SYNOPSIS" in re.sub(r".\x08", "", done.stdout)
