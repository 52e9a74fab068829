"""Every page, run from its first block to its last in one folder, answers what it shows."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import RUN, Block, Step, is_answer, list_pages, read_blocks, read_steps
from tests.docs.stand_ins import STAND_INS
from tests.docs.ways import Hands, try_command

PAGES = [page for page in list_pages() if page.stem != "extend" and any(block.kind in RUN for block in read_blocks(page))]
"""All but extend.md, which tests/ex99/test_plugins.py installs and runs."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_answers_what_it_shows(
    page: Path, place: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page.read_text(encoding="utf-8")
    instead = {name: request.getfixturevalue(fixture) for name, fixture in STAND_INS.items() if name in text}
    names: dict[str, Any] = {"__name__": "docs"}
    printed: str | None = None
    faults: list[str] = []
    for shown in read_blocks(page):
        block, where = _put_instead(shown, instead), f"{page.name}:{shown.line}"
        if block.title is not None:
            _write(place / block.title, block.text)
        elif block.kind == "console":
            for step in read_steps(block):
                faults += [f"{page.name}:{step.line}: {fault}" for fault in _find_fault(step, Hands(monkeypatch, capsys))]
        elif block.kind == "python":
            printed = _execute(block, names, where)
        elif block.kind == "text" and printed is not None:
            faults += [] if is_answer(block.text, printed) else [f"{where}: shown\n{block.text}\ngot\n{printed}"]
            printed = None
    assert not faults, "\n\n".join(faults)


def _put_instead(block: Block, instead: dict[str, str]) -> Block:
    """A block with the places that it names replaced by those that stand for them."""
    text = block.text
    for name, other in instead.items():
        text = text.replace(name, other)
    return replace(block, text=text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _execute(block: Block, names: dict[str, Any], where: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile("\n" * block.line + block.text, where, "exec"), names)
    return said.getvalue()


def _find_fault(step: Step, hands: Hands) -> Iterator[str]:
    """What is wrong with a command, if anything: it fails and shows no answer, or answers something else."""
    tried = try_command(step.command, hands)
    if not step.answer and tried.code != 0:
        yield f"$ {step.command}\nexit code {tried.code}\n{tried.out}{tried.err}"
    elif step.answer and not is_answer(step.answer, tried.out) and not is_answer(step.answer, tried.out + tried.err):
        yield f"$ {step.command}\nshown\n{step.answer}\ngot\n{tried.out}{tried.err}"


def test_the_runner_tells_a_wrong_answer_from_a_right_one() -> None:
    assert is_answer("a\n...\nd", "a  \nb\nc\nd\n")
    assert is_answer("took ... s", "took 1.25 s\n")
    assert not is_answer("a\nd", "a\nb\nd")
    assert not is_answer("...\nd", "a\nb")
