"""sec-edgar-downloader on one company: URL CIK FOLDER; fetches the 8-K family's filings, prints their accession numbers as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

FORMS = ("8-K", "8-K12B", "8-K12G3", "8-K15D5")


def main() -> None:
    """Point sec-edgar-downloader at the address, let it fetch."""
    url, cik, folder = sys.argv[1:]
    import sec_edgar_downloader._orchestrator as orchestrator  # type: ignore[import-not-found]
    from sec_edgar_downloader import Downloader, _sec_gateway

    for module, name in ((orchestrator, "URL_FILING"), (orchestrator, "URL_SUBMISSIONS"), (_sec_gateway, "URL_CIK_MAPPING")):
        path = getattr(module, name).split("sec.gov", 1)[1]
        setattr(module, name, url + path)
    downloader = Downloader("Side By Side", "bench@example.com", Path(folder))
    for form in FORMS:
        downloader.get(form, cik, include_amends=True)
    print(json.dumps({path.parent.name: {} for path in Path(folder).rglob("full-submission.txt")}))


if __name__ == "__main__":
    main()
