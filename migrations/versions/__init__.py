"""The revisions of the archive's schema, in order."""
