"""Libraries that not everybody needs, and the extra of ex99 that installs each."""

from __future__ import annotations

EXTRAS: dict[str, str] = {
    "altair": "plot",
    "datasette": "datasette",
    "distributed": "dask",
    "duckdb": "export",
    "holidays": "surprise",
    "mcp": "mcp",
    "obstore": "s3",
    "pandas": "pandas",
    "polars": "polars",
    "psycopg": "postgres",
    "pyarrow": "export",
    "vl_convert": "plot",
    "warcio": "warc",
}
"""Library -> extra."""


def how_to_install(library: str) -> str:
    """The command that installs a library (or the one that a module of it belongs to) with its extra."""
    return f"pip install 'ex99[{EXTRAS[library.partition('.')[0]]}]'"
