"""The archive in Datasette: `ex99 datasette`, or `build_datasette` for a server of one's own."""

from ex99.datasette.app import VIEWER, build_datasette

__all__ = ["VIEWER", "build_datasette"]
