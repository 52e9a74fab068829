"""The audit step: a vulnerability fails it, and a database out of reach is said aloud."""

from __future__ import annotations

import importlib.util
import json
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "audit.py"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND = {"name": "anvil", "version": "1.0", "vulns": []}
BAD = {"name": "hammer", "version": "2.0", "vulns": [{"id": "PYSEC-2024-1", "fix_versions": ["2.1"], "aliases": [], "description": ""}]}
SKIPPED = {"name": "tongs", "skip_reason": "Dependency not found on PyPI and could not be audited: tongs (3.0)"}


def test_verdicts(audit: ModuleType) -> None:
    assert audit.judge(told(SOUND), "") == (0, ["1 packages looked up, 0 known vulnerabilities"])
    code, lines = audit.judge(told(SOUND, BAD), "")
    assert (code, lines[0]) == (1, "hammer 2.0: PYSEC-2024-1, mended in 2.1")
    code, lines = audit.judge(told(SOUND, SKIPPED), "")
    assert (code, lines[0]) == (0, "NOT CHECKED: known vulnerabilities of the dependencies tongs")
    for output, errors in ((told(SKIPPED), ""), ("", "requests.exceptions.ConnectionError: no route"), (told(), "")):
        code, (line,) = audit.judge(output, errors)
        assert code == 0
        assert line.startswith("NOT CHECKED")


def test_the_step_says_it_aloud(tmp_path: Path) -> None:
    program = tmp_path / "pip-audit"
    for body, code, words in (("echo 'cannot connect' >&2; exit 1", 0, "NOT CHECKED"), (f"echo '{told(BAD)}'; exit 1", 1, "PYSEC-2024-1")):
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        done = subprocess.run([sys.executable, str(SCRIPT), str(program), "requirements.lock"], capture_output=True, text=True, check=False)
        assert done.returncode == code
        assert words in done.stdout
