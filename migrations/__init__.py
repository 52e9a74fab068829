"""Alembic revisions of the archive's database."""
