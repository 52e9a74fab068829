"""The whole report: `python -m benchmarks [--only SECTION ...] [--large]`, each section in a process of its own."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.measure import HEAD, Options, format_measure, run_section

SECTIONS: dict[str, tuple[str, str]] = {
    "parse": ("bytes to PressRelease, against lxml's bare tree and text of the same bytes", "benchmarks.speed:measure_parse"),
    "archive": ("writing and asking, against plain SQL on the same rows", "benchmarks.archive:measure_archive"),
    "buckets": ("blobs in an object store: obstore against s3fs, on an S3 server of this machine", "benchmarks.buckets:measure_buckets"),
    "cluster": ("re-parsing on a Dask cluster, against the pool of this machine", "benchmarks.cluster:measure_cluster"),
    "crawl": ("a crawl of the replica, against a bare download of the same files", "benchmarks.crawl:measure_crawl"),
}
"""What each section measures, and the function that yields its lines."""


def print_section(name: str, options: Options) -> bool:
    """Measure and print one section; False where it could not be run."""
    title, function = SECTIONS[name]
    print(f"\n{name}: {title}", flush=True)
    begun = time.monotonic()
    try:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            measures = pool.submit(run_section, function, options).result()
    except Exception as error:  # noqa: BLE001 - the other sections are still wanted
        print(f"  could not be measured: {type(error).__name__}: {error}")
        traceback.print_exception(error, file=sys.stderr)
        return False
    print(HEAD)
    for m in measures:
        print(format_measure(m))
    print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
    return True


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 only where a section could not be run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    default = Path(os.environ.get("EX99_CORPUS", "../shared"))
    parser.add_argument("--corpus", type=Path, default=default, help="folder of the reference corpus (default: %(default)s)")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="one section, may be given several times (default: all)")
    parser.add_argument("--large", action="store_true", help="full sizes: 20,000 filings, 20 million figures, PostgreSQL too (hours)")
    parser.add_argument("--exhibits", type=int, default=0, metavar="NUMBER", help="how many the section cluster parses (400; 20,000)")
    parser.add_argument(
        "--figures", type=int, default=0, metavar="NUMBER", help="of how many the section archive asks (168,000; 20 million)"
    )
    options = parser.parse_args(arguments)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}; ratios are to floors of this same run")
    done = [
        print_section(name, Options(options.corpus, options.large, options.exhibits, options.figures)) for name in options.only or SECTIONS
    ]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
