"""The full-text index over release_text: FTS5 on SQLite, a generated tsvector with a GIN index on PostgreSQL.

Alembic's autogenerate knows neither, so both are made by the statements below and left out of its comparison (is_search_object).
"""

from __future__ import annotations

TABLE = "release_search"
INDEXED_CHARACTERS = 250_000
"""PostgreSQL refuses a tsvector of more than 1 MB, so there the words after this many characters of a release are not searchable."""

SQLITE = (
    "CREATE VIRTUAL TABLE release_search USING fts5("
    "headline, body, content='release_text', content_rowid='document_id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER release_search_insert AFTER INSERT ON release_text BEGIN "
    "INSERT INTO release_search(rowid, headline, body) VALUES (new.document_id, new.headline, new.body); END",
    "CREATE TRIGGER release_search_delete AFTER DELETE ON release_text BEGIN "
    "INSERT INTO release_search(release_search, rowid, headline, body) "
    "VALUES ('delete', old.document_id, old.headline, old.body); END",
    "CREATE TRIGGER release_search_update AFTER UPDATE ON release_text BEGIN "
    "INSERT INTO release_search(release_search, rowid, headline, body) "
    "VALUES ('delete', old.document_id, old.headline, old.body); "
    "INSERT INTO release_search(rowid, headline, body) VALUES (new.document_id, new.headline, new.body); END",
)

POSTGRESQL = (
    "ALTER TABLE release_text ADD COLUMN search tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('english', left(headline, 10000)), 'A') || "
    f"setweight(to_tsvector('english', left(body, {INDEXED_CHARACTERS})), 'B')) STORED",
    "CREATE INDEX ix_release_text_search ON release_text USING gin (search)",
)

SQLITE_REBUILD = "INSERT INTO release_search(release_search) VALUES ('rebuild')"
SQLITE_CHECKS: dict[bool, str] = {
    True: "INSERT INTO release_search(release_search, rank) VALUES ('integrity-check', 0)",
    False: "INSERT INTO release_search(release_search, rank) VALUES ('integrity-check', 1)",
}
"""How FTS5 is asked, quickly (the index alone) or not (the index against the texts): https://sqlite.org/fts5.html#the_integrity_check_command"""

CREATE: dict[str, tuple[str, ...]] = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def is_search_object(name: str | None, kind: str) -> bool:
    """Whether a table, column or index found in the database belongs to the search index (kind as Alembic names it)."""
    name = name or ""
    if kind == "table":
        return name == TABLE or name.startswith(TABLE + "_")
    return (kind, name) in {("column", "search"), ("index", "ix_release_text_search")}
