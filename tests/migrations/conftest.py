"""The databases of the storage tests, for the migrations."""

from tests.storage.conftest import database_url, make_database, postgres_server

__all__ = ["database_url", "make_database", "postgres_server"]
