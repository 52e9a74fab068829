"""What a WARC file's metadata records say of a filing and of a company, as JSON, both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ex99.filings.filing import FetchedDocument, Filer, Filing, FilingDocument, FormerName, ReleaseChoice, Submission
from ex99.filings.forms import Item
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.json_form import jsonable
from ex99.filings.served import Served
from ex99.storage.served_queries import KeptFiling, Version

SUBMISSION, COMPANY = "ex99-submission/1", "ex99-company/1"


class RecordError(ValueError):
    """A record that says it is ours and cannot be read."""


def describe_version(kept: KeptFiling, version: Version) -> dict[str, Any]:
    """A version of a filing's submission: all but the bytes, which its digests name."""
    told: dict[str, Any] = jsonable(
        {
            "format": SUBMISSION,
            "filing": kept.filing,
            "names": kept.names,
            "reason": kept.reason,
            "note": kept.note,
            "version": version,
        }
    )
    return told


def describe_company(filer: Filer, as_of: dt.date) -> dict[str, Any]:
    """A company with its tickers and former names."""
    told: dict[str, Any] = jsonable({"format": COMPANY, "as_of": as_of, "filer": filer})
    return told


def read_submission_record(told: Mapping[str, Any], contents: Mapping[str, bytes]) -> Submission:
    """The submission that a record and its bytes, by their sha256, make; raises RecordError where one is missing."""
    try:
        version = told["version"]
        ranked = sorted((one["rank"], one["document"]["sequence"]) for one in version["documents"] if one["rank"] is not None)
        filing = _read_filing(told["filing"])
        return Submission(
            filing=filing,
            filers=tuple(Filer(cik, name or "") for cik, name in zip(filing.filers, told["names"], strict=True)),
            documents=tuple(_read_document(one, contents) for one in version["documents"]),
            header=contents[version["header_sha256"]],
            choice=ReleaseChoice(tuple(sequence for _, sequence in ranked), told["reason"], told["note"]),
            served=tuple(_read_served(one) for one in version["served"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"the record of a submission cannot be read: {type(error).__name__}: {error}") from error


def read_company_record(told: Mapping[str, Any]) -> tuple[Filer, dt.date]:
    """The company of a record and the day of which its facts are."""
    try:
        filer = told["filer"]
        former = tuple(FormerName(one["name"], _day(one["until"])) for one in filer["former_names"])
        tickers = tuple((str(symbol), exchange) for symbol, exchange in filer["tickers"])
        facts = (filer["name"] or "", filer["sic"], filer["state"], filer["fiscal_year_end"])
        return Filer(Cik.parse(filer["cik"]), *facts, tickers, former), dt.date.fromisoformat(told["as_of"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"the record of a company cannot be read: {type(error).__name__}: {error}") from error


def _read_filing(told: Mapping[str, Any]) -> Filing:
    return Filing(
        accession=AccessionNumber.parse(told["accession"]),
        form=str(told["form"]),
        filing_date=dt.date.fromisoformat(told["filing_date"]),
        filers=tuple(Cik.parse(cik) for cik in told["filers"]),
        acceptance=_moment(told["acceptance"]),
        period_of_report=_day(told["period_of_report"]),
        items=tuple(Item(item["number"], item["title"]) for item in told["items"]),
        size=told["size"],
        primary_document=told["primary_document"],
    )


def _read_document(told: Mapping[str, Any], contents: Mapping[str, bytes]) -> FetchedDocument:
    document = told["document"]
    facts = (int(document["sequence"]), str(document["type"]), document["filename"], document["description"], int(document["size"]))
    return FetchedDocument(FilingDocument(*facts), None if told["sha256"] is None else contents[told["sha256"]])


def _read_served(told: Mapping[str, Any]) -> Served:
    headers = tuple((str(name), str(value)) for name, value in told["headers"])
    digests = (told["body_sha256"], told["body_size"], told["content_sha256"], told["content_size"])
    asked = dt.datetime.fromisoformat(told["asked"])
    return Served(told["part"], told["url"], asked, told["status"], headers, *digests)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
