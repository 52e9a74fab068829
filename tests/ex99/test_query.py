"""`ex99 query`, `status`, `show` and `search` on a composed archive."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ex99.api import Archive
from tests.ex99.conftest import CIK, NAME, Cli


def read_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_filings_in_three_forms(cli: Cli, filled: Path) -> None:
    told = read_lines(cli("query", "filings", "-a", filled, "--json").out)
    assert [row["filing_date"] for row in told] == sorted(row["filing_date"] for row in told)
    table = cli("query", "filings", "-a", filled)
    assert table.out.count("\n") == len(told) + 3, "a heading, a header, a rule and a line a filing"
    assert table.out.startswith(told[0]["company"])
    assert "\x1b" not in table.out
    records = list(csv.DictReader(io.StringIO(cli("query", "filings", "-a", filled, "--csv").out)))
    assert [record["accession"] for record in records] == [row["accession"] for row in told]


def test_filters(cli: Cli, filled: Path) -> None:
    told = read_lines(cli("query", "filings", "-a", filled, "--item", "2.02", "--since", "2008", "--until", "2008-06", "--json").out)
    assert told
    assert all("2.02" in row["items"] and "2008-01-01" <= row["filing_date"] <= "2008-06-30" for row in told)
    assert len(read_lines(cli("query", "filings", "-a", filled, "--limit", "2", "--json").out)) == 2
    assert read_lines(cli("query", "filings", "-a", filled, "--company", CIK, "--form", "8-k", "--json").out)


def test_figures_carry_their_words(cli: Cli, filled: Path) -> None:
    told = read_lines(cli("query", "figures", "-a", filled, "--metric", "revenue", "--duration", "quarter", "--current", "--json").out)
    assert told
    for row in told:
        assert (row["metric"], row["duration"], row["comparative"]) == ("revenue", "quarter", False)
        assert row["source"]["text"]
        assert row["source"]["end"] - row["source"]["start"] == len(row["source"]["text"])
    table = cli("query", "figures", "-a", filled, "--metric", "revenue", "--duration", "quarter", "--current").out
    assert f"{int(told[0]['value']):,}" in table


def test_csv_is_flat_and_has_a_header_even_without_rows(cli: Cli, filled: Path) -> None:
    ran = cli("query", "figures", "-a", filled, "--metric", "ffo_per_share", "--csv")
    assert ran.code == 0
    (header,) = ran.out.splitlines()
    assert {"accession", "value", "period_end", "source_text", "source_start"} <= set(header.split(","))
    nothing = cli("query", "figures", "-a", filled, "--metric", "ffo_per_share")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "no figures: nothing fits these filters\n"


def test_releases_guidance_and_passages(cli: Cli, filled: Path) -> None:
    releases = read_lines(cli("query", "releases", "-a", filled, "--kind", "results", "--json").out)
    assert len(releases) == 8
    assert {row["fiscal_year"] for row in releases} == {2007, 2008}
    assert "Q1 2007" in cli("query", "releases", "-a", filled).out
    assert cli("query", "guidance", "-a", filled).code == 0
    passages = read_lines(cli("query", "passages", "-a", filled, "--kind", "safe_harbor", "--json").out)
    assert passages
    assert all(row["kind"] == "safe_harbor" for row in passages)
    assert "safe harbor" in cli("query", "passages", "-a", filled, "--kind", "safe_harbor").out


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["figures", "--metric", "revenu"], "'revenu' is no metric that ex99 knows", "did you mean revenue"),
        (["figures", "--metric", "sales"], "'sales' is no metric", "did you mean revenue"),
        (["figures", "--metric", "zzz"], "'zzz' is no metric", "known: revenue, "),
        (["figures", "--basis", "ifrs"], "'ifrs' is no basis", "known: gaap, nongaap"),
        (["figures", "--duration", "month"], "'month' is no duration", "known: quarter"),
        (["releases", "--kind", "result"], "'result' is no kind", "did you mean results"),
        (["passages", "--kind", "safe_habor"], "'safe_habor' is no kind of passage", "did you mean safe_harbor"),
        (["filings", "--state", "lost"], "'lost' is no state", "known: archived, no_release, failed, listed, outside, paper"),
        (["filings", "--since", "2015-02-30"], "--since '2015-02-30' is no date", "write it as 2015-06-30"),
        (["filings", "--since", "yesterday"], "--since 'yesterday' is no date", "write it as 2015-06-30"),
        (["filings", "--since", "2016", "--until", "2015"], "--until 2015-12-31 lies before --since 2016-01-01", "exchange the two"),
        (["filings", "--company", "NOPE"], "the archive holds no company 'NOPE'", "`ex99 crawl NOPE` fetches it from EDGAR"),
        (["filings", "--company", "12345678901"], "'12345678901' is no CIK", ""),
        (["figures", "--accession", "12"], "'12' is no accession number", ""),
        (["filings", "--json", "--csv"], "--json and --csv exclude each other", "give one of the two"),
        (["filings", "--limit", "-1"], "invalid value for '--limit'", "`ex99 query filings --help`"),
        (["filing"], "no such command 'filing'", "`ex99 query --help`"),
    ],
)
def test_wrong_use_is_one_line_and_advice(cli: Cli, filled: Path, arguments: list[str], message: str, hint: str) -> None:
    ran = cli("query", arguments[0], "-a", filled, *arguments[1:])
    assert ran.code == 2
    assert ran.out == ""
    first, *rest = ran.err.splitlines()
    assert first.startswith(f"error: {message}")
    assert hint in "\n".join(rest)
    assert len(rest) <= 1


def test_status_accounts_for_every_filing(cli: Cli, filled: Path) -> None:
    told = json.loads(cli("status", "-a", filled, "--json").out)
    assert sum(line["filings"] for line in told["states"]) == told["filings"]
    ran = cli("status", "-a", filled)
    assert ran.code == 0
    assert ran.out.startswith(f"{told['filings']} filings of 1 company\n")
    assert f"{told['figures']:,} figures" in ran.out


def test_show(cli: Cli, filled: Path, archive: Archive) -> None:
    release = next(row for row in archive.releases(kind="results") if row.figures)
    ran = cli("show", release.accession, "-a", filled)
    assert ran.code == 0
    assert ran.out.startswith(NAME.upper().replace(",", ""))
    assert "\x1b" not in ran.out
    assert archive.text(release.accession).strip()[:200] in ran.out
    labelled = cli("show", release.accession, "-a", filled, "--labels").out
    assert "{revenue quarter " in labelled
    wrong = cli("show", release.accession, "-a", filled, "--exhibit", "7")
    assert wrong.code == 2
    assert "has no press release number 7" in wrong.err


def test_show_says_why_there_is_nothing(cli: Cli, filled: Path, archive: Archive) -> None:
    assert "the archive holds no filing 0000000001-07-000001" in cli("show", "0000000001-07-000001", "-a", filled).err
    for filing in archive.filings(states="no_release"):
        ran = cli("show", filing.accession, "-a", filled)
        assert ran.code == 2
        assert ran.err.startswith(f"error: {filing.accession} holds no press release\n")


def test_search(cli: Cli, filled: Path) -> None:
    ran = cli("search", "quarter", "-a", filled, "--limit", "3")
    assert ran.code == 0
    assert "quarter" in ran.out.lower()
    assert len(read_lines(cli("search", "quarter", "-a", filled, "--limit", "3", "--json").out)) == 3
    nothing = cli("search", "xylophone", "-a", filled)
    assert (nothing.code, nothing.out) == (0, "")
    assert "no release holds 'xylophone'" in nothing.err


@pytest.mark.parametrize(
    "command", [["status"], ["query", "figures"], ["series", "X", "revenue"], ["search", "x"], ["reparse"], ["verify"], ["db", "current"]]
)
def test_a_missing_archive_is_one_line(cli: Cli, command: list[str]) -> None:
    ran = cli(*command)
    assert ran.code == 2
    assert ran.err.startswith("error: there is no archive in ex99-archive\n  fill one with `ex99 crawl`")
    assert not Path("ex99-archive").exists()
