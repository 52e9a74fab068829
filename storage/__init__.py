"""The archive: models, blobs, one writer, queries and series. The only package that knows tables."""
