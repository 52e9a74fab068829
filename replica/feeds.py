"""The atom feeds of cgi-bin/browse-edgar: the latest filings, and one company's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from ex99.filings.filing import NEW_YORK
from ex99.filings.forms import find_item
from ex99.filings.identifiers import Cik, IdentifierError
from ex99.replica import bodies
from ex99.replica.catalog import Catalog, StoredFiling
from ex99.replica.listings import Listings
from ex99.replica.reply import Reply
from ex99.replica.sgml import Party

_COUNTS = (10, 20, 40, 80, 100)
_LAST_START = 5000
_HEADERS = (("cache-control", "no-cache"), ("server", "Apache"))
_UNAVAILABLE = (("cache-control", "max-age=0, no-cache, no-store"), ("server", "AkamaiNetStorage"), ("connection", "close"))


class Feeds:
    """browse-edgar of a catalog."""

    def __init__(self, catalog: Catalog, listings: Listings) -> None:
        self._catalog = catalog
        self._listings = listings

    def resolve(self, query: Mapping[str, str], host: str) -> tuple[str, Reply | None]:
        """The kind of feed that a query asks for, and the answer."""
        action = query.get("action", "getcompany")
        start, count = _number(query.get("start"), 0), _round_down(_number(query.get("count"), 40))
        if action == "getcurrent":
            if start > _LAST_START:
                return action, unavailable()
            return action, self._current(query.get("type", ""), start, count, host)
        if action == "getcompany":
            return action, self._company(query, start, count, host)
        return "other", None

    def _current(self, form: str, start: int, count: int, host: str) -> Reply:
        ordered = sorted(self._catalog.filings, key=lambda f: (f.moment, f.accession), reverse=True)
        entries = [(f, f.party(cik)) for f in ordered if f.form.startswith(form) for cik in f.ciks]
        now = ordered[0].moment if ordered else dt.datetime.now(NEW_YORK)
        own = f"/cgi-bin/browse-edgar?action=getcurrent&amp;type={escape(form)}"
        text = (
            '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
            f"<title>Latest Filings - {now:%a, %d %b %Y %H:%M:%S %Z}</title>\n"
            f'<link rel="alternate" href="{own}"/>\n<link rel="self" href="{own}"/>\n<id>{host}{own}</id>\n'
            "<author><name>Webmaster</name><email>webmaster@sec.gov</email></author>\n"
            f"<updated>{now.isoformat()}</updated>\n"
            f"{''.join(_current_entry(f, p, host) for f, p in entries[start : start + count])}</feed>\n"
        )
        return _atom(text)

    def _company(self, query: Mapping[str, str], start: int, count: int, host: str) -> Reply:
        cik = self._find(query.get("CIK", ""))
        if cik is None:
            return Reply(b"<html><body><h1>No matching Ticker Symbol.</h1></body></html>\n", "text/html", headers=_HEADERS)
        before = query.get("dateb", "")
        filings = [
            f
            for f in self._catalog.by_cik[cik]
            if f.form.startswith(query.get("type", "")) and (not before or f"{f.filed:%Y%m%d}" <= before)
        ]
        return _atom("".join(_company_feed(cik, filings, start=start, count=count, query=query, host=host)))

    def _find(self, text: str) -> Cik | None:
        try:
            cik = Cik.parse(text)
        except IdentifierError:
            cik = self._listings.find_ticker(text) or Cik(0)
        return cik if cik in self._catalog.by_cik else None


def unavailable() -> Reply:
    """The 503 page as a reply."""
    return Reply(bodies.unavailable_page(), "text/html", 503, headers=_UNAVAILABLE)


def _current_entry(filing: StoredFiling, party: Party, host: str) -> str:
    cik = party.cik or Cik(0)
    role = "Filer" if party.role == "FILER" else "Subject" if party.role == "SUBJECT COMPANY" else "Filed by"
    name = escape(dict(party.company).get("COMPANY CONFORMED NAME", ""))
    return (
        f"<entry>\n<title>{escape(filing.form)} - {name} ({cik.padded}) ({role})</title>\n"
        f'<link rel="alternate" type="text/html" href="{_index_url(filing, cik, host)}"/>\n'
        f'<summary type="html">\n {escape(_summary(filing))}\n</summary>\n<updated>{filing.moment.isoformat()}</updated>\n'
        f'<category scheme="https://www.sec.gov/" label="form type" term="{escape(filing.form)}"/>\n'
        f"<id>urn:tag:sec.gov,2008:accession-number={filing.accession}</id>\n</entry>\n"
    )


def _summary(filing: StoredFiling) -> str:
    items = [find_item(number, filing.filed) for number in filing.items]
    lines = "".join(f"\n<br>Item {item.number}: {item.title}" for item in items if item)
    return f"<b>Filed:</b> {filing.filed} <b>AccNo:</b> {filing.accession} <b>Size:</b> {_size(filing)}{lines}"


def _size(filing: StoredFiling) -> str:
    return f"{filing.size // 1024} KB" if filing.size < 2**20 else f"{filing.size // 2**20} MB"


def _index_url(filing: StoredFiling, cik: Cik, host: str) -> str:
    if filing.filed.year < 2000:
        return f"{host}/Archives/edgar/data/{cik}/{filing.accession}-index.html"
    return f"{host}/Archives/{filing.accession.folder_path(cik)}{filing.accession}-index.htm"


def _company_feed(
    cik: Cik,
    filings: Sequence[StoredFiling],
    *,
    start: int,
    count: int,
    query: Mapping[str, str],
    host: str,
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield "<author>\n<email>webmaster@sec.gov</email>\n<name>Webmaster</name>\n</author>\n"
    if filings:
        name = dict(filings[0].party(cik).company).get("COMPANY CONFORMED NAME", "")
        yield f"<company-info>\n<cik>{cik.padded}</cik>\n<conformed-name>{escape(name)}</conformed-name>\n</company-info>\n"
    for filing in filings[start : start + count]:
        yield _company_entry(filing, cik, host)
    kept = "&amp;".join(f"{k}={escape(v)}" for k, v in query.items() if k != "start")
    yield f"<id>{host}/cgi-bin/browse-edgar?{kept}</id>\n"
    if start + count < len(filings):
        yield f'<link href="{host}/cgi-bin/browse-edgar?{kept}&amp;start={start + count}" rel="next" type="application/atom+xml" />\n'
    yield "</feed>\n"


def _company_entry(filing: StoredFiling, cik: Cik, host: str) -> str:
    href = _index_url(filing, cik, host)
    values = dict(filing.party(cik).values)
    plural = "items" if len(filing.items) > 1 else "item"
    items = f"<items-desc>{plural} {' and '.join(filing.items)}</items-desc>\n" if filing.items else ""
    spelled = "accession-nunber" if filing.filed < dt.date(2020, 7, 3) else "accession-number"
    return (
        f'<entry>\n<category label="form type" scheme="https://www.sec.gov/" term="{escape(filing.form)}" />\n<content type="text/xml">\n'
        f"<{spelled}>{filing.accession}</{spelled}>\n<file-number>{values.get('SEC FILE NUMBER', '')}</file-number>\n"
        f"<filing-date>{filing.filed}</filing-date>\n<filing-href>{href}</filing-href>\n<filing-type>{escape(filing.form)}</filing-type>\n"
        f"<film-number>{values.get('FILM NUMBER', '')}</film-number>\n<form-name>Current report</form-name>\n{items}"
        f"<size>{_size(filing)}</size>\n"
        f"</content>\n<id>urn:tag:sec.gov,2008:accession-number={filing.accession}</id>\n"
        f'<link href="{href}" rel="alternate" type="text/html" />\n<summary type="html"> {escape(_summary(filing))}</summary>\n'
        f"<title>{escape(filing.form)}  - Current report</title>\n<updated>{filing.moment.isoformat()}</updated>\n</entry>\n"
    )


def _atom(text: str) -> Reply:
    return Reply(text.encode("latin-1", "xmlcharrefreplace"), "application/atom+xml", headers=_HEADERS)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default


def _round_down(count: int) -> int:
    return max((c for c in _COUNTS if c <= count), default=_COUNTS[0])
