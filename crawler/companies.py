"""From what a user calls a company (ticker, CIK or name) to its CIK."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ex99.filings.identifiers import Cik, IdentifierError
from ex99.filings.names import plain_name, plain_names

# 320193, 0000320193 or CIK320193: nothing else can be meant by it
_LIKE_A_CIK = re.compile(r"(?:CIK)?\d+", re.IGNORECASE)

MOST_CANDIDATES = 5


class CompanyError(ValueError):
    """A company that cannot be told; the text is one line for the user, with candidates where there are some."""


@dataclass(frozen=True, slots=True)
class ListedCompany:
    """A row of EDGAR's table of tickers."""

    cik: Cik
    ticker: str
    name: str


def split_companies(text: str) -> list[str]:
    """The companies of a spider's argument: separated by semicolons where there is one (names may hold commas), else by commas."""
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def join_companies(names: Iterable[str]) -> str:
    """The argument that split_companies takes apart again."""
    return "".join(f"{name};" for name in names)


def parse_cik(text: str) -> Cik | None:
    """The CIK that a text is; None where it must be a ticker or a name; raises CompanyError for digits that are no CIK."""
    if not _LIKE_A_CIK.fullmatch(text.strip()):
        return None
    try:
        return Cik.parse(text)
    except IdentifierError as error:
        raise CompanyError(str(error)) from error


def resolve_companies(texts: Iterable[str], table: Sequence[ListedCompany]) -> list[Cik]:
    """The CIKs of what a user asked for, in its order, each once; raises CompanyError for the first that cannot be told."""
    return list(dict.fromkeys(parse_cik(text) or _find_company(text, table) for text in texts))


def tell_companies(texts: Iterable[str], table: Sequence[ListedCompany]) -> tuple[list[Cik], dict[str, str]]:
    """The CIKs of what a user asked for, each once, and why each of the others cannot be told; raises CompanyError where none can."""
    ciks: list[Cik] = []
    unknown: dict[str, str] = {}
    for text in texts:
        try:
            ciks += resolve_companies([text], table)
        except CompanyError as error:
            unknown[text] = str(error)
    if unknown and not ciks:
        raise CompanyError("; ".join(list(unknown.values())[:MOST_CANDIDATES]))
    return list(dict.fromkeys(ciks)), unknown


def needs_table(texts: Iterable[str]) -> bool:
    """Whether one of these is no CIK, so that the table of tickers must tell it."""
    return any(not _LIKE_A_CIK.fullmatch(text.strip()) for text in texts)


def _find_company(text: str, table: Sequence[ListedCompany]) -> Cik:
    ticker = text.strip().upper().replace(".", "-").replace("/", "-")
    names = plain_names(text)
    openings = tuple(f"{name} " for name in names)
    known = [(row, plain_names(row.name)) for row in table]
    for matches in (
        {row.cik for row in table if row.ticker.upper() == ticker},
        {row.cik for row, its in known if its & names},
        {row.cik for row, its in known if any(f"{name} ".startswith(openings) for name in its)},
    ):
        if len(matches) == 1:
            return matches.pop()
        if matches:
            raise CompanyError(f"{text!r} may be several companies: {_describe([row for row in table if row.cik in matches])}")
    raise CompanyError(f"no company has the ticker or name {text!r}{_guess(ticker, plain_name(text), table)}")


def _guess(ticker: str, name: str, table: Sequence[ListedCompany]) -> str:
    tickers = {row.ticker.upper(): row for row in table}
    names = {plain_name(row.name): row for row in table}
    near = [tickers[match] for match in difflib.get_close_matches(ticker, tickers, n=3, cutoff=0.75)]
    near += [row for plain, row in names.items() if len(name) > 3 and name in plain][:3]
    near += [names[match] for match in difflib.get_close_matches(name, names, n=3, cutoff=0.8)]
    if not near:
        return ": delisted companies are found by their CIK only (https://www.sec.gov/edgar/searchedgar/companysearch)"
    return f": did you mean {_describe(near)}?"


def _describe(rows: Iterable[ListedCompany]) -> str:
    unique = list({row.cik: row for row in rows}.values())
    words = ", ".join(f"{row.ticker} ({row.name}, CIK {row.cik})" for row in unique[:MOST_CANDIDATES])
    return words + (f" and {len(unique) - MOST_CANDIDATES} more" if len(unique) > MOST_CANDIDATES else "")
