"""The archive as tools for language models, by the Model Context Protocol: read-only, each answer with its accession and words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from ex99 import __version__
from ex99.api import Archive
from ex99.errors import UserError
from ex99.extras import import_or_say
from ex99.filings.identifiers import IdentifierError
from ex99.filings.json_form import jsonable
from ex99.filings.metrics import METRICS
from ex99.storage.errors import ArchiveError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

MOST_ROWS = 200
MOST_CHARACTERS = 20_000
INSTRUCTIONS = (
    "An archive of the press releases that companies furnish to the SEC as Exhibit 99.1 of a Form 8-K. Every figure carries the accession "
    "number of its filing and the words it was read from: cite both. `value` is exact and in full units (dollars, shares), `comparative` "
    "marks a figure of an earlier period shown beside the current one. Where something is missing, say so; do not estimate it."
)

Answer = dict[str, Any]
Company = Annotated[str, Field(description="ticker, CIK or name")]
OneCompany = Annotated[str | None, Field(description="ticker, CIK or name; all companies where it is left out")]
Metric = Annotated[str, Field(description=f"one of: {', '.join(METRICS)}")]
OneMetric = Annotated[str | None, Field(description=f"one of: {', '.join(METRICS)}")]
Since = Annotated[str | None, Field(description="filed on or after: 2015-06-30, 2015-06 or 2015")]
Until = Annotated[str | None, Field(description="filed on or before: 2015-06-30, 2015-06 or 2015")]
Rows = Annotated[int, Field(description="at most so many rows", ge=1, le=MOST_ROWS)]

_FILING = ("accession", "filing_date", "acceptance", "company")
_FIGURE = (
    *_FILING, "metric", "basis", "duration", "period_end", "fiscal_year", "fiscal_quarter", "value", "unit", "comparative", "qualifier",
    "source",
)  # fmt: skip
_GUIDANCE = (*_FILING, "metric", "basis", "period", "low", "high", "unit", "action", "source")
_PASSAGE = (*_FILING, "kind", "quantitative", "horizon", "source")
_RELEASE = (*_FILING, "kind", "headline", "place", "date", "fiscal_year", "fiscal_quarter", "fiscal_end", "figures")
_HIT = (*_FILING, "kind", "headline", "snippet")
_COMPANY = ("cik", "name", "tickers", "former_names", "filings")


class ArchiveTools:
    """What a language model may ask of an archive: each method is a tool, described by its docstring and by its parameters' words."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def list_companies(self, *, limit: Rows = 50) -> Answer:
        """The companies that the archive holds, with CIK, tickers and how many filings it lists of each."""
        return _table(self.archive.companies(), _COMPANY, limit)

    def list_releases(
        self, *, company: OneCompany = None, kind: str | None = None, since: Since = None, until: Until = None, limit: Rows = 20
    ) -> Answer:
        """Press releases by filing date: headline, kind (results, guidance, dividend ...), dateline and fiscal period."""
        return _table(self.archive.releases(company, kind=kind, since=since, until=until), _RELEASE, limit)

    def read_series(
        self,
        *,
        company: Company,
        metric: Metric,
        basis: str | None = None,
        duration: str | None = None,
        vintage: Annotated[str, Field(description="first (as first reported) or latest (as last restated)")] = "latest",
        as_of: Annotated[str | None, Field(description="only what was known on this day")] = None,
        limit: Rows = 40,
    ) -> Answer:
        """A company's history of one metric, the newest periods last: value, growth, whether restated, and where it was read."""
        told = self.archive.series(company, metric, basis=basis, duration=duration, vintage=vintage, as_of=as_of)
        points = [jsonable(point) for point in told]
        return {
            "company": told.company.name,
            "cik": int(told.company.cik),
            "metric": told.series.metric,
            "basis": told.series.basis,
            "duration": told.series.duration,
            "points": points[-limit:],
            "earlier_points_left_out": max(0, len(points) - limit),
            "gaps": [jsonable(gap) for gap in told.series.gaps],
        }

    def list_figures(
        self,
        *,
        company: OneCompany = None,
        metric: OneMetric = None,
        basis: str | None = None,
        duration: str | None = None,
        since: Since = None,
        until: Until = None,
        accession: str | None = None,
        limit: Rows = 50,
    ) -> Answer:
        """Reported figures with the words they were read from, by filing date."""
        asked = self.archive.figures(company, metric=metric, basis=basis, duration=duration, since=since, until=until, accession=accession)
        return _table(asked, _FIGURE, limit)

    def list_guidance(
        self, *, company: OneCompany = None, since: Since = None, until: Until = None, accession: str | None = None, limit: Rows = 50
    ) -> Answer:
        """Numeric outlooks (low and high) with the period that they are for and their words."""
        return _table(self.archive.guidance(company, since=since, until=until, accession=accession), _GUIDANCE, limit)

    def list_passages(
        self,
        *,
        company: OneCompany = None,
        kind: Annotated[str | None, Field(description="safe_harbor, statement (forward-looking) or another kind of passage")] = None,
        since: Since = None,
        until: Until = None,
        accession: str | None = None,
        limit: Rows = 20,
    ) -> Answer:
        """Safe-harbor passages and forward-looking statements, word for word."""
        return _table(self.archive.passages(company, kind=kind, since=since, until=until, accession=accession), _PASSAGE, limit)

    def list_restatements(self, *, company: OneCompany = None, metric: OneMetric = None, limit: Rows = 50) -> Answer:
        """Where a later release gives another value for the same period: both values, with both releases."""
        rows = self.archive.restatements(company, metric=metric)
        return _table(rows, None, limit)

    def search(
        self,
        *,
        words: Annotated[str, Field(description='all of these words; "quoted phrase", -without, or')],
        company: OneCompany = None,
        since: Since = None,
        until: Until = None,
        limit: Rows = 10,
    ) -> Answer:
        """Full-text search over the releases, best first; the snippet marks the words found with [ and ]."""
        return _table(self.archive.search(words, company, since=since, until=until, limit=limit + 1), _HIT, limit)

    def read_release(
        self,
        *,
        accession: Annotated[str, Field(description="accession number: 0000320193-24-000005")],
        start: Annotated[int, Field(description="first character", ge=0)] = 0,
        characters: Annotated[int, Field(description="how many characters", ge=1, le=MOST_CHARACTERS)] = 8000,
    ) -> Answer:
        """The text of a filing's press release, or the part of it that begins at a character; a figure's source points into it."""
        text = self.archive.text(accession)
        end = min(start + characters, len(text))
        return {"accession": accession, "text": text[start:end], "start": start, "end": end, "total_characters": len(text)}


TOOLS: tuple[str, ...] = tuple(name for name in vars(ArchiveTools) if not name.startswith("_"))


def build_server(archive: Archive) -> MCPServer:
    """An MCP server with one read-only tool for each method of ArchiveTools. Needs ``ex99[mcp]``; UserError says so."""
    library = import_or_say("mcp.server.mcpserver")
    from mcp.types import ToolAnnotations

    server: MCPServer = library.MCPServer("ex99", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    tools = ArchiveTools(archive)
    readonly = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for name in TOOLS:
        server.tool(annotations=readonly)(_explained(getattr(tools, name)))
    return server


def _explained(tool: Callable[..., Answer]) -> Callable[..., Answer]:
    """A tool whose errors of use are told to the model with what to do next."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def answer(*args: Any, **asked: Any) -> Answer:
        try:
            return tool(*args, **asked)
        except UserError as error:
            raise ToolError(f"{error.message}; {error.hint}" if error.hint else error.message) from None
        except (IdentifierError, ArchiveError) as error:
            raise ToolError(str(error)) from None

    return answer


def _table(rows: Any, fields: tuple[str, ...] | None, limit: int) -> Answer:
    """The first rows with these fields, and whether there are more."""
    head = list(islice(rows, limit + 1))
    told = [jsonable(row) if fields is None else {name: jsonable(getattr(row, name)) for name in fields} for row in head[:limit]]
    return {"rows": told, "more": len(head) > limit}
