"""The JSON form of a parse: one object with plain values, as `ex99 parse --json` prints it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from ex99.filings.release import Figure, FiscalPeriod, Guidance, ParseError, Passage, PressRelease, Source


def release_to_json(release: PressRelease, file: str) -> dict[str, Any]:
    """A PressRelease as a JSON-ready dict: dates as ISO strings, decimals as plain strings, absent as null."""
    return {
        "file": file,
        "parser_version": release.parser_version,
        "exhibit": {"sha256": release.sha256, "media_type": release.media_type},
        "kind": release.kind,
        "headline": release.headline,
        "dateline": {"place": release.dateline.place, "date": _day(release.dateline.date)},
        "company": {
            "name": release.company_name,
            "tickers": [{"exchange": t.exchange, "symbol": t.symbol} for t in release.tickers],
        },
        "fiscal_period": _fiscal(release.fiscal_period),
        "figures": [_figure(f) for f in release.figures],
        "guidance": [_guidance(g) for g in release.guidance],
        "forward_looking": [_passage(p) for p in release.forward_looking],
        "contacts": [_passage(p) for p in release.passages if p.kind == "contact"],
        "warnings": [{"code": w.code, "message": w.message} for w in release.warnings],
    }


def error_to_json(error: ParseError, file: str) -> dict[str, Any]:
    """A ParseError as the object that stands in the place of a release."""
    return {"file": file, "error": {"code": error.code, "message": error.message}}


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point: 4100000, 0.47."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _fiscal(period: FiscalPeriod) -> dict[str, Any]:
    return {"year": period.year, "quarter": period.quarter, "end": _day(period.end)}


def _source(source: Source) -> dict[str, Any]:
    return {
        "start": source.start,
        "end": source.end,
        "text": source.text,
        "table": source.table,
        "row": source.row,
        "column": source.column,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "metric": figure.metric,
        "basis": figure.basis,
        "duration": figure.duration,
        "period_end": _day(figure.period_end),
        "value": plain_decimal(figure.value),
        "unit": figure.unit,
        "comparative": figure.comparative,
        "qualifier": figure.qualifier,
        "source": _source(figure.source),
        "mentions": [_source(m) for m in figure.mentions],
    }


def _guidance(guidance: Guidance) -> dict[str, Any]:
    return {
        "metric": guidance.metric,
        "basis": guidance.basis,
        "period": guidance.period,
        "low": None if guidance.low is None else plain_decimal(guidance.low),
        "high": None if guidance.high is None else plain_decimal(guidance.high),
        "unit": guidance.unit,
        "action": guidance.action,
        "source": _source(guidance.source),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": passage.kind, "source": _source(passage.source)}
    if passage.kind == "statement":
        out |= {"quantitative": passage.quantitative, "horizon": passage.horizon}
    return out
