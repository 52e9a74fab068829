"""edgartools on one company: URL CIK FOLDER; fetches the 8-K family's filings and says, as JSON, which release it finds in each."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

FORMS = ["8-K", "8-K/A", "8-K12B", "8-K12B/A", "8-K12G3", "8-K12G3/A", "8-K15D5", "8-K15D5/A"]


def find_release(filing: Any) -> list[str]:
    """The places (SGML sequence numbers) of what edgartools holds to be the filing's press release, by whichever interface finds one."""
    from edgar.earnings import find_earnings_exhibits  # type: ignore[import-not-found]

    found = [str(exhibit.sequence_number) for exhibit in find_earnings_exhibits(filing.attachments)]
    if found:
        return found[:1]
    releases = filing.obj().press_releases
    return [str(releases[place].attachment.sequence_number) for place in range(len(releases))][:1] if releases else []


def main() -> None:
    """Point edgartools at the address, let it fetch, print {accession: {"release": [...]} or {"error": ...}}."""
    url, cik, folder = sys.argv[1:]
    os.environ.update(EDGAR_BASE_URL=url, EDGAR_DATA_URL=url, EDGAR_IDENTITY="Side By Side bench@example.com", EDGAR_LOCAL_DATA_DIR=folder)
    logging.disable(logging.CRITICAL)
    from edgar import Company  # type: ignore[import-not-found]

    answer: dict[str, dict[str, Any]] = {}
    for filing in Company(int(cik)).get_filings(form=FORMS):
        try:
            answer[filing.accession_no] = {"release": find_release(filing)}
        except Exception as error:  # noqa: BLE001 - another program's failure is a result here
            answer[filing.accession_no] = {"error": repr(error)[:200]}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
