"""Companies as users name them (ticker, CIK, name), found in the archive."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from ex99.errors import UserError
from ex99.filings.identifiers import Cik
from ex99.filings.names import bare_name, plain_name, plain_names
from ex99.storage.archive import Archive
from ex99.storage.queries import find_companies, find_printing_companies, list_companies
from ex99.storage.rows import CompanyRow

CompanyWord = str | int
Companies = CompanyWord | Sequence[CompanyWord] | None

# AAPL,MSFT is two companies, "Apple, Inc." is one
_COMMA = re.compile(r",(?=\S)")
# AAPL  or  "AAPL,Apple Inc."  or  320193 # comment
_FIRST_WORD = re.compile(r"\s*(?P<quote>\"?)(?P<word>[^\",;\t#]*)(?P=quote)")
_HEADERS = ("ticker", "symbol", "cik", "company", "name")
_FEW = 5
_LONG = 5
"""Letters from which on a name's first word alone stands for a company that somebody misspells."""


def split_companies(words: Iterable[CompanyWord]) -> list[CompanyWord]:
    """The single companies of words that may be several: a comma with no space behind it separates them."""
    return [part for word in words for part in (_COMMA.split(word) if isinstance(word, str) else [word]) if part not in ("", ",")]


def list_named(text: str) -> Iterator[tuple[int, str]]:
    """(line number, ticker, CIK or name) of each company that a list names, one a line.

    Of a line the first column counts; "#" begins a comment, and a header such as "ticker" or "cik" is passed over.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        match = _FIRST_WORD.match(line)
        word = match["word"].strip() if match else ""
        if word and (number > 1 or word.lower() not in _HEADERS):
            yield number, word


def find_ciks(archive: Archive, companies: Companies) -> tuple[Cik, ...]:
    """The CIKs of companies given by ticker, CIK or name; raises UserError for one that the archive does not know."""
    if companies is None:
        return ()
    words = [companies] if isinstance(companies, str | int) else list(companies)
    return tuple(dict.fromkeys(find_company(archive, word).cik for word in split_companies(words)))


def find_company(archive: Archive, word: CompanyWord) -> CompanyRow:
    """The one company of the archive that a word names, punctuation and legal form aside; UserError for none, or for several alike."""
    text = str(word).strip()
    if text.isdigit():
        Cik.parse(text)
    matches = find_companies(archive, text) if text else []
    if not matches and plain_name(text):
        matches = [row for row in list_companies(archive) if _holds(row, text)]
    if not matches:
        raise UserError(f"the archive holds no company {text!r}", _known(archive, text))
    for is_meant in (_is_exact, _is_plainly, _is_barely):
        if chosen := [row for row in matches if is_meant(row, text)]:
            matches = chosen
            break
    if len(matches) > 1:
        names = ", ".join(f"{row.name or '?'} ({row.cik})" for row in matches[:_FEW])
        raise UserError(f"{text!r} fits {len(matches)} companies: {names}", "name one by its ticker or CIK")
    return matches[0]


def _names(row: CompanyRow) -> frozenset[str]:
    return frozenset().union(*(plain_names(name) for name in (row.name or "", *row.former_names)))


def _holds(row: CompanyRow, text: str) -> bool:
    return any(f" {asked}" in f" {name}" for asked in plain_names(text) for name in _names(row))


def _is_exact(row: CompanyRow, text: str) -> bool:
    folded = text.casefold()
    if text.isdigit() and int(text) == int(row.cik):
        return True
    return folded == (row.name or "").casefold() or any(symbol.casefold() == folded for symbol, _ in row.tickers)


def _is_plainly(row: CompanyRow, text: str) -> bool:
    return not plain_names(text).isdisjoint(plain_names(row.name or ""))


def _is_barely(row: CompanyRow, text: str) -> bool:
    return not set(map(bare_name, plain_names(text))).isdisjoint(map(bare_name, plain_names(row.name or "")))


def _known(archive: Archive, text: str) -> str:
    crawl = f"`ex99 crawl {text or 'TICKER'}` fetches it from EDGAR"
    if printing := find_printing_companies(archive, text):
        named = " or ".join(f"{row.name or '?'} ({row.cik})" for row in printing[:_FEW])
        return f"did you mean {named}? its releases print the ticker {text.upper()}; a crawl fetches EDGAR's own tickers"
    rows = list(list_companies(archive))
    if near := _near(rows, text):
        return f"did you mean {' or '.join(near)}? {crawl}"
    known = [_call(row) for row in rows[:_FEW]] + (["..."] if len(rows) > _FEW else [])
    return f"known: {', '.join(known)}; {crawl}" if known else crawl


def _call(row: CompanyRow) -> str:
    return row.tickers[0][0] if row.tickers else f"{row.name or ''} ({row.cik})".strip()


def _near(rows: Sequence[CompanyRow], text: str) -> list[str]:
    """Companies whose ticker or name is spelt much like a text, the nearest first."""
    spelt: dict[str, CompanyRow] = {}
    for row in rows:
        names = [bare_name(name) for name in (row.name or "", *row.former_names) if name]
        spelt |= {name.split()[0]: row for name in names if len(name.split()) > 1 and len(name.split()[0]) >= _LONG}
        spelt |= {symbol.casefold(): row for symbol, _ in row.tickers} | dict.fromkeys(names, row)
    words = dict.fromkeys((text.casefold(), bare_name(text)))
    found = [spelt[match] for word in words for match in difflib.get_close_matches(word, spelt, n=3, cutoff=0.72)]
    return list(dict.fromkeys(f"{row.name or '?'} ({row.tickers[0][0] if row.tickers else row.cik})" for row in found))[:3]
