"""The web viewer: pages of an archive, each figure marked on the page that it was read from. Reads, and never writes."""

PORT = 8399
ADDRESS = f"http://127.0.0.1:{PORT}"
"""Where `ex99 serve` serves it, unless it is said otherwise."""
