"""The web viewer: pages of an archive, each figure marked on the page that it was read from. Reads, and never writes."""
