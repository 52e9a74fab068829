"""Callbacks whose own errors are told to the spider, so that a bug costs the filing or company at hand and nothing is left unsettled."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from ex99.crawler.faults import FetchFault

logger = logging.getLogger(__name__)

Callback = Callable[..., Any]
Lose = Callable[[Request, FetchFault], Iterable[Any]]


def guard(callback: Callback, lose: Lose) -> Callback:
    """A callback or errback that hands what it raises, as a FetchFault "bug", to ``lose``, and yields what that gives instead."""

    async def guarded(answer: Response | Failure, **arguments: Any) -> AsyncIterator[Any]:
        try:
            async for found in _iterate(callback(answer, **arguments)):
                yield found
        except Exception as error:
            request: Request = answer.request  # type: ignore[union-attr,assignment]  # Scrapy sets it on both
            logger.exception("an error of ex99's own over %s", request.url)
            for found in lose(request, read_bug(error)):
                yield found

    return guarded


def read_bug(error: Exception) -> FetchFault:
    """An error of the program's own as the reason of a loss."""
    return FetchFault("bug", f"an error of ex99's own, please report it: {type(error).__name__}: {error}")


async def _iterate(found: Any) -> AsyncIterator[Any]:
    if isinstance(found, AsyncIterable):
        async for one in found:
            yield one
    else:
        for one in found or ():
            yield one
