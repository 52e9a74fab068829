"""One answer of EDGAR as it is kept."""

from __future__ import annotations

import datetime as dt

from ex99.filings.served import Served


def test_header_fields_are_found_by_name() -> None:
    headers = (("last-modified", "Mon, 06 Jan 2020 21:15:00 GMT"), ("etag", '"abc-gzip"'))
    served = Served("full", "https://www.sec.gov/x.txt", dt.datetime(2020, 1, 7, tzinfo=dt.UTC), 200, headers, "a" * 64, 10, "b" * 64, 40)
    assert served.header("etag") == '"abc-gzip"'
    assert served.header("date") is None
