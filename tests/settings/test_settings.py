"""Where settings come from, and what they refuse."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from ex99.crawler.budget import budget_path
from ex99.crawler.config import find_refusal, list_origins
from ex99.settings import Settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_defaults_lie_in_one_folder_and_keep_below_the_limit():
    settings = Settings()
    assert settings.resolved_database_url == "sqlite:///ex99-archive/archive.db"
    assert settings.resolved_blob_url == str(Path("ex99-archive/blobs"))
    assert settings.requests_per_second == 8
    assert settings.block_pause == 600
    assert settings.asks_sec
    assert not settings.has_contact


def test_arguments_win_over_variables_and_variables_over_the_file(monkeypatch):
    Path("ex99.toml").write_text('user_agent = "File file@example.com"\nrequests_per_second = 3\nblock_pause = 5\n')
    monkeypatch.setenv("EX99_REQUESTS_PER_SECOND", "4")
    monkeypatch.setenv("EX99_BLOCK_PAUSE", "6")
    settings = Settings(block_pause=7)
    assert (settings.user_agent, settings.requests_per_second, settings.block_pause) == ("File file@example.com", 4, 7)


@pytest.mark.parametrize(
    ("agent", "declared"),
    [(None, False), ("ex99", False), ("Mozilla/5.0 (X11)", False), ("Sample Company admin@example.com", True)],
)
def test_a_contact_is_an_address(agent, declared):
    assert Settings(user_agent=agent).has_contact is declared


def test_another_host_is_not_the_sec():
    urls = dict.fromkeys(("www_url", "data_url", "efts_url"), "http://127.0.0.1:8000/")
    settings = Settings(**urls)
    assert not settings.asks_sec
    assert settings.www_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "wrong", [{"requests_per_second": 0}, {"www_url": "ftp://example.com"}, {"unknown": 1}, {"full_submission_limit": -1}]
)
def test_wrong_values_are_refused(wrong):
    with pytest.raises(ValidationError):
        Settings(**wrong)


@pytest.mark.parametrize(
    "url", ["https://WWW.SEC.GOV", "HTTPS://www.Sec.Gov/", "https://www.sec.gov.", "https://www.sec.gov:443", "https://sec.gov"]
)
def test_the_sec_is_known_however_it_is_written(url):
    settings = Settings(www_url=url, data_url="http://127.0.0.1:1", efts_url="http://127.0.0.1:1")
    assert settings.asks_sec
    assert find_refusal(settings).startswith("EDGAR wants to know who asks")
    assert budget_path(Path(), list_origins(settings)) == Path("budget-sec.gov.json")


@pytest.mark.parametrize("url", ["https://notsec.gov", "https://sec.gov.example.com", "https://example.com/sec.gov"])
def test_what_is_only_called_alike_is_not_the_sec(url):
    assert not Settings(www_url=url, data_url=url, efts_url=url).asks_sec


@pytest.mark.parametrize(
    ("name", "value", "file", "said"),
    [
        ("EX99_WWW_URL", "sec.gov", "", "error: EX99_WWW_URL (or www_url in ex99.toml): expected an http or https address\n"),
        ("EX99_WWW_URL", "https://www.sec.gov", "archive = here", "error: ex99.toml is no TOML: Invalid value (at line 1, column 11)\n"),
    ],
)
def test_to_scrapy_a_wrong_setting_is_one_line_and_no_traceback(tmp_path, name, value, file, said):
    (tmp_path / "ex99.toml").write_text(file, encoding="utf-8")
    surroundings = os.environ | {name: value, "SCRAPY_SETTINGS_MODULE": "ex99.settings.scrapy_project"}
    words = [sys.executable, "-m", "scrapy", "crawl", "company", "-a", "companies=1"]
    done = subprocess.run(words, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, said)


def test_the_sec_is_not_asked_over_plain_http():
    settings = Settings(data_url="http://DATA.sec.gov", user_agent="Sample Company admin@example.com")
    assert "https alone" in find_refusal(settings)


@pytest.mark.parametrize("url", ["https://", "https://www.sec.gov@example.com", "https://example.com?x=1"])
def test_an_address_is_a_host_and_perhaps_a_path(url):
    with pytest.raises(ValidationError):
        Settings(www_url=url)
