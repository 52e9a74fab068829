"""A secret planted in every setting that can hold one, looked for in every command's output, errors, log and traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ex99.api import open_archive
from ex99.cli.app import print_fault
from ex99.settings import Settings
from tests.ex99.conftest import CIK, Cli
from tests.ex99.test_help import COMMANDS

SECRET = "hunter2x"
PLANTED = {
    "EX99_DATABASE_URL": [
        f"postgresql://pat:{SECRET}@127.0.0.1:9/ex99",
        f"postgresql://pat:a@{SECRET}/b@127.0.0.1:9/ex99",
        f"postgresql://pat:{SECRET}/b@127.0.0.1:9/ex99",
        f"postgresql://127.0.0.1:9/ex99?user=pat&password={SECRET}",
        f"postgresql:/pat:{SECRET}@127.0.0.1:9/ex99",
        f"postgresql://pat:{SECRET}@127.0.0.1:{SECRET}/ex99",
        f"mysql://pat:{SECRET}@127.0.0.1:9/ex99",
        f"pat:{SECRET}@127.0.0.1",
    ],
    "EX99_BLOB_URL": [
        f"nosuch://AKIAEXAMPLE:{SECRET}@bucket/blobs",
        f"s3://{SECRET}@bucket/blobs",
        f"abfs://blobs?account_key={SECRET}",
        f"http://pat:{SECRET}@127.0.0.1:9/blobs?token={SECRET}",
    ],
    "EX99_WWW_URL": [f"http://pat:{SECRET}@127.0.0.1:9", f"http://127.0.0.1:9?key={SECRET}"],
    "EX99_DATA_URL": [f"http://pat:{SECRET}@127.0.0.1:9"],
    "EX99_EFTS_URL": [f"http://pat:{SECRET}@127.0.0.1:9"],
}
ARGUMENTS: dict[str, list[str]] = {
    "import": ["some.txt"],
    "show": ["0009990431-07-000001"],
    "search": ["revenue"],
    "series": [str(CIK), "revenue"],
    "plot": [str(CIK), "revenue"],
    "export": ["tables"],
    "parse": ["some.txt"],
}
NOT_RUN = {"mcp", "datasette", "serve", "serve-replica", "demo", "query", "db"}  # servers, an archive of its own, and groups


def _settings() -> list[tuple[str, str]]:
    return [(name, value) for name, values in PLANTED.items() for value in values]


@pytest.mark.parametrize(("name", "value"), _settings())
def test_no_command_tells_a_secret(cli: Cli, surroundings: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    Path("some.txt").write_text("A page\n")
    monkeypatch.setenv("EX99_USER_AGENT", "Pat Example pat@example.com")
    monkeypatch.setenv("EX99_RETRIES", "0")
    monkeypatch.setenv(name, value)
    ran = 0
    for path, _ in COMMANDS:
        words = path.split()[1:]
        if words and words[0] not in NOT_RUN | {"crawl", "watch"}:
            said = cli(*words, *ARGUMENTS.get(words[0], []))
            assert SECRET not in said.out + said.err, words
            ran += 1
    assert ran > 10
    assert not [path for path in surroundings.rglob("*") if SECRET in str(path)]


@pytest.mark.parametrize(("name", "value"), [pair for pair in _settings() if pair[0] != "EX99_DATABASE_URL"][:4])
def test_nor_does_a_crawl_or_its_log(surroundings: Path, name: str, value: str) -> None:
    environment = {**os.environ, name: value, "EX99_USER_AGENT": "Pat Example pat@example.com", "EX99_STATE_FOLDER": "state"}
    command = [sys.executable, "-m", "ex99", "crawl", str(CIK), "--log-json", "crawl.jsonl"]
    local = dict.fromkeys(("EX99_WWW_URL", "EX99_DATA_URL", "EX99_EFTS_URL"), "http://127.0.0.1:9")
    done = subprocess.run(command, env=local | environment | {"EX99_RETRIES": "0"}, capture_output=True, text=True, check=False)
    assert done.returncode in (1, 2)
    assert SECRET not in done.stdout + done.stderr
    log = Path("crawl.jsonl")
    assert not log.exists() or SECRET not in log.read_text()


def test_tracebacks_and_objects_hide_it(capsys: pytest.CaptureFixture[str], surroundings: Path) -> None:
    settings = Settings(database_url=f"postgresql://pat:{SECRET}@127.0.0.1:9/ex99", blob_url=f"s3://{SECRET}@bucket")
    assert SECRET not in repr(settings)
    try:
        raise ValueError(f"cannot use {settings.database_url} \x1b]0;title\x07")
    except ValueError as error:
        print_fault(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert "ValueError: cannot use postgresql://pat:***@127.0.0.1:9/ex99" in said
    assert "\x1b" not in said
    with pytest.raises(Exception, match="127") as raised:
        open_archive(settings=Settings(database_url=settings.database_url))
    assert SECRET not in str(raised.value)
    with pytest.raises(ValueError, match="scheme and host") as refused:
        Settings(www_url=f"https://pat:{SECRET}@host.example.com")
    assert SECRET not in str(refused.value)
