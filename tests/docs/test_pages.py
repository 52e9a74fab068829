"""Every page, run from its first block to its last in one folder, answers what it shows."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ex99.cli import run
from tests.docs.pages import RUN, Block, Step, is_answer, list_pages, read_blocks, read_steps

PAGES = [page for page in list_pages() if page.stem not in ("README", "python") and any(block.kind in RUN for block in read_blocks(page))]
# a pipe, a second command, a redirection, a variable, a pattern: what only a shell understands
_SHELL = re.compile(r"[|;&<>$*~]|^(?!ex99 )")
_EXPORT = re.compile(r"export ((?:EX99|PG)\w+)=(\S+|'[^']*'|\"[^\"]*\")(?: +#.*)?")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_answers_what_it_shows(
    page: Path, place: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if "postgresql:///" in page.read_text(encoding="utf-8"):
        request.getfixturevalue("server")
    names: dict[str, Any] = {"__name__": "docs"}
    printed: str | None = None
    for block in read_blocks(page):
        where = f"{page.name}:{block.line}"
        if block.title is not None:
            _write(place / block.title, block.text)
        elif block.kind == "console":
            for step in read_steps(block):
                _take(step, page, monkeypatch, capsys)
        elif block.kind == "python":
            printed = _execute(block, names, where)
        elif block.kind == "text" and printed is not None:
            assert is_answer(block.text, printed), f"{where}: shown\n{block.text}\ngot\n{printed}"
            printed = None


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _execute(block: Block, names: dict[str, Any], where: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile("\n" * block.line + block.text, where, "exec"), names)
    return said.getvalue()


def _take(step: Step, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    where = f"{page.name}:{step.line}: $ {step.command}"
    if (export := _EXPORT.fullmatch(step.command)) is not None:
        monkeypatch.setenv(export[1], shlex.split(export[2])[0])
        return
    if _SHELL.search(step.command.partition(" #")[0]):
        ran = subprocess.run(["bash", "-c", step.command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        code, out, err = ran.returncode, ran.stdout, ""
    else:
        capsys.readouterr()
        code = run(shlex.split(step.command, comments=True)[1:])
        out, err = capsys.readouterr()
    assert code == 0 or step.answer, f"{where}\nexit code {code}\n{out}{err}"
    if step.answer:
        assert is_answer(step.answer, out) or is_answer(step.answer, out + err), f"{where}\nshown\n{step.answer}\ngot\n{out}{err}"


def test_the_runner_tells_a_wrong_answer_from_a_right_one() -> None:
    assert is_answer("a\n...\nd", "a  \nb\nc\nd\n")
    assert is_answer("took ... s", "took 1.25 s\n")
    assert not is_answer("a\nd", "a\nb\nd")
    assert not is_answer("...\nd", "a\nb")
