"""Companies as users name them (ticker, CIK, name), found in the archive."""

from __future__ import annotations

from collections.abc import Sequence

from ex99.errors import UserError
from ex99.filings.identifiers import Cik
from ex99.storage.archive import Archive
from ex99.storage.queries import find_companies, list_companies
from ex99.storage.rows import CompanyRow

CompanyWord = str | int
Companies = CompanyWord | Sequence[CompanyWord] | None


def find_ciks(archive: Archive, companies: Companies) -> tuple[Cik, ...]:
    """The CIKs of companies given by ticker, CIK or name; raises UserError for one that the archive does not know."""
    if companies is None:
        return ()
    words = [companies] if isinstance(companies, str | int) else list(companies)
    return tuple(dict.fromkeys(find_company(archive, word).cik for word in words))


def find_company(archive: Archive, word: CompanyWord) -> CompanyRow:
    """The one company of the archive that a word names; raises UserError for none, or for several with none exact."""
    text = str(word).strip()
    if text.isdigit():
        Cik.parse(text)
    matches = find_companies(archive, text) if text else []
    if not matches:
        raise UserError(f"the archive holds no company {text!r}", _known(archive, text))
    exact = [row for row in matches if _is_exact(row, text)]
    chosen = exact or matches
    if len(chosen) > 1:
        names = ", ".join(f"{row.name or '?'} ({row.cik})" for row in chosen[:5])
        raise UserError(f"{text!r} fits {len(chosen)} companies: {names}", "name one by its ticker or CIK")
    return chosen[0]


def _is_exact(row: CompanyRow, text: str) -> bool:
    folded = text.casefold()
    if text.isdigit() and int(text) == int(row.cik):
        return True
    return folded == (row.name or "").casefold() or any(symbol.casefold() == folded for symbol, _ in row.tickers)


def _known(archive: Archive, text: str) -> str:
    known: list[str] = []
    for row in list_companies(archive):
        if len(known) == 6:
            known.append("...")
            break
        known.append(row.tickers[0][0] if row.tickers else f"{row.name or ''} ({row.cik})".strip())
    crawl = f"`ex99 crawl {text or 'TICKER'}` fetches it from EDGAR"
    return f"known: {', '.join(known)}; {crawl}" if known else crawl
