"""The archive as tools for language models, asked by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ex99.conftest import CIK, Cli

mcp = pytest.importorskip("mcp")
ASKED: dict[str, dict[str, Any]] = {
    "list_companies": {},
    "list_releases": {"company": str(CIK), "kind": "results", "limit": 2},
    "read_series": {"company": str(CIK), "metric": "revenue", "limit": 3},
    "list_figures": {"company": str(CIK), "metric": "eps_diluted", "duration": "quarter", "limit": 5},
    "list_guidance": {"company": str(CIK)},
    "list_passages": {"company": str(CIK), "kind": "safe_harbor", "limit": 1},
    "list_restatements": {"company": str(CIK)},
    "search": {"words": "Wexcombe", "limit": 2},
}


def start(archive: Path) -> Any:
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    return mcp.StdioServerParameters(command=sys.executable, args=["-m", "ex99", "mcp", "--archive", str(archive)], env=environment)


async def call(client: Any, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return dict(json.loads(result.content[0].text))


def test_a_client_lists_the_tools_and_calls_each(filled: Path, surroundings: Path) -> None:
    async def session() -> dict[str, dict[str, Any]]:
        async with mcp.Client(start(filled)) as client:
            listed = (await client.list_tools()).tools
            assert {tool.name for tool in listed} == {*ASKED, "read_release"}
            assert all(tool.description and tool.annotations.read_only_hint for tool in listed)
            answers = {tool: await call(client, tool, arguments) for tool, arguments in ASKED.items()}
            figure = answers["list_figures"]["rows"][0]
            text = await call(client, "read_release", {"accession": figure["accession"]})
            source = figure["source"]
            words = {"accession": figure["accession"], "start": source["start"], "characters": source["end"] - source["start"]}
            assert (await call(client, "read_release", words))["text"] == source["text"]
            return {**answers, "read_release": text}

    told = asyncio.run(session())
    assert told["list_companies"]["rows"][0]["cik"] == CIK
    assert len(told["read_series"]["points"]) == 3
    assert told["read_series"]["earlier_points_left_out"] > 0
    assert told["list_releases"]["more"] is True
    assert all(row["kind"] == "results" and row["accession"] for row in told["list_releases"]["rows"])
    assert len(told["search"]["rows"]) == 2
    assert told["search"]["more"] is True
    assert told["list_passages"]["rows"][0]["source"]["text"]
    assert told["read_release"]["total_characters"] >= len(told["read_release"]["text"]) > 500


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("read_series", {"company": "NOPE", "metric": "revenue"}, "the archive holds no company 'NOPE'"),
        ("read_series", {"company": str(CIK), "metric": "turnover"}, "turnover"),
        ("read_release", {"accession": "1-2-3"}, "1-2-3"),
        ("list_figures", {"limit": 100_000}, "200"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_a_way_on(
    filled: Path, surroundings: Path, tool: str, arguments: dict[str, Any], words: str
) -> None:
    from ex99 import open_archive
    from ex99.mcp import build_server

    async def session() -> Any:
        with open_archive(filled, create=False) as archive:
            async with mcp.Client(build_server(archive)) as client:
                return await client.call_tool(tool, arguments)

    result = asyncio.run(session())
    assert result.is_error
    assert words in result.content[0].text


def test_no_archive_is_one_line(cli: Cli) -> None:
    ran = cli("mcp", "--archive", "nowhere")
    assert ran.code == 2
    assert "there is no archive in nowhere" in ran.err
