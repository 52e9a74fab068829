"""The viewer as a web application: routes, the three forms of each page, and the headers that keep foreign pages harmless."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ex99.filings.json_form import jsonable
from ex99.filings.metrics.wording import say_metric
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.viewer import showing
from ex99.viewer.asking import Answer, Asked, PageError
from ex99.viewer.pages.across import show_compare, show_guidance
from ex99.viewer.pages.company import show_company
from ex99.viewer.pages.release import show_page, show_release
from ex99.viewer.pages.start import show_search, show_start

HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""The names by which the viewer may be called: another one in the Host header is a page of the web that had its name rebound."""
_FOLDER = Path(__file__).parent
_OUR_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_FOREIGN_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; sandbox allow-same-origin; base-uri 'none'; frame-ancestors 'self'"
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin"}
_FORMS = ("", ".json", ".csv")

Show = Callable[[Archive, Asked], Answer]
PAGES: tuple[tuple[str, str, Show], ...] = (
    ("/", "/index", show_start),
    ("/search", "/search", show_search),
    ("/compare", "/compare", show_compare),
    ("/guidance", "/guidance", show_guidance),
    ("/company/{cik:int}", "/company/{cik:int}", show_company),
    ("/release/{accession}/{document:int}", "/release/{accession}/{document:int}", show_release),
    ("/release/{accession}", "/release/{accession}", show_release),
)
"""Each page: its address, its address before .json and .csv, and what shows it."""


def create_app(archive: Archive, *, hosts: tuple[str, ...] = HOSTS) -> Starlette:
    """The application over an open archive, which is only read."""
    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(directory=_FOLDER / "static")),
        Route("/page/{accession}/{document:int}", _foreign(archive)),
    ]
    for address, stem, show in PAGES:
        routes += [Route(stem + form if form else address, _endpoint(archive, show, form)) for form in reversed(_FORMS)]
    return Starlette(
        routes=routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        exception_handlers={HTTPException: _refuse, PageError: _explain, ArchiveError: _explain, 500: _break},
    )


def make_templates() -> Environment:
    """The templates, with what they say numbers and words by."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    says = (say_metric, showing.say_duration, showing.say_value, showing.say_change, showing.say_period, showing.mark_words)
    environment.filters |= {say.__name__: say for say in says}
    return environment


TEMPLATES = make_templates()


def _endpoint(archive: Archive, show: Show, form: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(lambda: _respond(show(archive, _asked(request)), form, request))

    return endpoint


def _asked(request: Request) -> Asked:
    return Asked(request.path_params, {name: request.query_params.getlist(name) for name in request.query_params})


def _respond(answer: Answer, form: str, request: Request) -> Response:
    headers = _HEADERS | {"Content-Security-Policy": _OUR_POLICY}
    if form == ".json":
        return Response(json.dumps(jsonable(answer.data), ensure_ascii=False, indent=1), media_type="application/json", headers=headers)
    if form == ".csv":
        return Response(_write_csv(answer.rows or []), media_type="text/csv; charset=utf-8", headers=headers)
    words = TEMPLATES.get_template(answer.template).render(**(answer.data | answer.shown), **_addresses(request))
    return HTMLResponse(words, headers=headers)


def _addresses(request: Request) -> dict[str, str]:
    """Where the same page is as .json and .csv."""
    path = "/index" if request.url.path == "/" else request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    return {"as_json": f"{path}.json{query}", "as_csv": f"{path}.csv{query}"}


def _write_csv(rows: list[dict[str, Any]]) -> str:
    target = io.StringIO()
    if rows:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: jsonable(value) for name, value in row.items()} for row in rows)
    return target.getvalue()


def _foreign(archive: Archive) -> Callable[[Request], Awaitable[Response]]:
    """The exhibit's own page, for the frame: no script runs in it, whatever it holds, and it asks nobody for anything."""

    async def endpoint(request: Request) -> Response:
        page = await run_in_threadpool(lambda: show_page(archive, _asked(request)))
        missing = html.escape(" ".join(page.missing))
        words = (
            f'<!doctype html><html lang="en" data-missing="{missing}"><head><meta charset="utf-8"><title>The exhibit as filed</title>'
            f'<link rel="stylesheet" href="/static/page.css"></head><body><main>{page.html}</main></body></html>'
        )
        return HTMLResponse(words, headers=_HEADERS | {"Content-Security-Policy": _FOREIGN_POLICY})

    return endpoint


async def _explain(request: Request, error: Exception) -> Response:
    if isinstance(error, PageError):
        return _error_page(request, error.status, error.message, error.hint)
    return _error_page(request, 503, str(error), "`ex99 doctor` says what is configured, `ex99 verify` what is damaged")


async def _refuse(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    known = {404: ("there is no such page", "the first page leads everywhere"), 405: ("the viewer only reads", "it answers GET and HEAD")}
    message, hint = known.get(status, (str(getattr(error, "detail", error)), ""))
    return _error_page(request, status, message, hint)


async def _break(request: Request, error: Exception) -> Response:
    return _error_page(request, 500, f"the viewer failed with {type(error).__name__}", "the terminal that runs `ex99 serve` shows where")


def _error_page(request: Request, status: int, message: str, hint: str) -> Response:
    headers = _HEADERS | {"Content-Security-Policy": _OUR_POLICY}
    if request.url.path.endswith((".json", ".csv")):
        return Response(json.dumps({"error": {"message": message, "hint": hint}}), status, headers, "application/json")
    words = TEMPLATES.get_template("error.html").render(status=status, message=message, hint=hint)
    return HTMLResponse(words, status, headers)
