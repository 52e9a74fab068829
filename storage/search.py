"""Full-text search of current releases: one way of asking, two engines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, column, desc, func, literal_column, select, table, text

from ex99.storage.archive import Archive
from ex99.storage.conditions import list_conditions, releases_alone
from ex99.storage.filters import ReleaseFilter
from ex99.storage.mapping import row_maker
from ex99.storage.models import Release, ReleaseText
from ex99.storage.reading import RELEASE_CONTEXT, Query, filed_by, of_release, read_filers
from ex99.storage.rows import SearchHit

# record "gross margin" or -dividend restat*
_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_HEADLINE_WEIGHT, _BODY_WEIGHT = 4.0, 1.0
_SNIPPET_WORDS = 24
RANKED = 5000
"""How many matches PostgreSQL ranks at most."""
_HEADLINE_OPTIONS = f"StartSel=[, StopSel=], MaxWords={_SNIPPET_WORDS}, MinWords=12, MaxFragments=1"


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase that is looked for.

    ``excluded`` with a minus before it, ``alternative`` to the one before it after an "or", ``prefix`` with a star behind it: its last
    word is the beginning of one.
    """

    words: str
    excluded: bool = False
    alternative: bool = False
    prefix: bool = False


def parse_words(asked: str) -> list[Term]:
    """Read what a person types: words, "quoted phrases", -exclusions, or; what holds no letter or digit is passed over."""
    terms: list[Term] = []
    alternative = False
    for match in _TERM.finditer(asked):
        words = match["word"] if match["phrase"] is None else match["phrase"]
        if match["phrase"] is None and words.lower() == "or" and not match["minus"]:
            alternative = bool(terms)
            continue
        cleaned = " ".join(re.findall(r"\w+", words))
        if cleaned:
            terms.append(Term(cleaned, bool(match["minus"]), alternative, words.rstrip().endswith("*")))
        alternative = False
    return terms


def search_releases(archive: Archive, words: str, where: ReleaseFilter | None = None, *, limit: int = 20) -> list[SearchHit]:
    """Current releases that hold all the words ("quoted phrase", -without, or, begin*), in headline or text, best first.

    Words are stemmed as English on both databases. An answer without a positive word is empty. The parser_version of the filter is
    not looked at: only current results are indexed. Of more than RANKED matches PostgreSQL ranks those that were archived last.
    """
    terms = parse_words(words)
    if all(term.excluded for term in terms):
        return []
    build = _sqlite_query if archive.engine.dialect.name == "sqlite" else _postgresql_query
    conditions = list_conditions(releases_alone(where), Release)
    with archive.connect() as connection:
        rows = connection.execute(build(terms, conditions, limit)).all()
        return _hits(connection, rows)


def to_fts5(terms: Sequence[Term]) -> str:
    """The terms as an FTS5 query, every word quoted, so that no character of it is an operator."""
    wanted = " AND ".join(f"({' OR '.join(_quoted(term) for term in group)})" for group in _alternatives(terms))
    unwanted = [_quoted(term) for term in terms if term.excluded]
    return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted


def to_tsquery(terms: Sequence[Term]) -> str:
    """The terms as PostgreSQL writes a query, every word quoted, so that no character of it is an operator."""
    groups = [" | ".join(_lexemes(term) for term in group) for group in _alternatives(terms)]
    return " & ".join([*(f"({group})" for group in groups), *(f"!({_lexemes(term)})" for term in terms if term.excluded)])


def _lexemes(term: Term) -> str:
    words = [f"'{word}'" for word in term.words.split()]
    return " <-> ".join([*words[:-1], words[-1] + (":*" if term.prefix else "")])


def _alternatives(terms: Sequence[Term]) -> list[list[Term]]:
    """The wanted terms in groups: of each group one must be there."""
    groups: list[list[Term]] = []
    for term in terms:
        if term.excluded:
            continue
        if term.alternative and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
    return groups


def _quoted(term: Term) -> str:
    return f'"{term.words}"' + ("*" if term.prefix else "")


_fts = table("release_search", column("rowid"), column("rank"))


def _sqlite_query(terms: Sequence[Term], conditions: list[Any], limit: int) -> Query:
    match = text("release_search MATCH :asked").bindparams(asked=to_fts5(terms))
    score = func.bm25(text("release_search"), _HEADLINE_WEIGHT, _BODY_WEIGHT)
    snippet = func.snippet(text("release_search"), 1, "[", "]", " ... ", _SNIPPET_WORDS)
    query = (
        select(*RELEASE_CONTEXT, Release.kind, Release.headline, snippet.label("snippet"), (-score).label("score"))
        .select_from(_fts)
        .join(ReleaseText, ReleaseText.document_id == _fts.c.rowid)
        .join(Release, Release.id == ReleaseText.release_id)
    )
    return of_release(query).where(match, *conditions).order_by(desc("score"), Release.id).limit(limit)


_SEARCH: ColumnElement[Any] = literal_column("release_text.search")


def _postgresql_query(terms: Sequence[Term], conditions: list[Any], limit: int) -> Query:
    """PostgreSQL ranks by reading each match, so that of very many those archived last are ranked, which its key finds first."""
    asked = func.to_tsquery("english", to_tsquery(terms))
    every = select(*RELEASE_CONTEXT, Release.kind, Release.headline, ReleaseText.body, _SEARCH.label("search"))
    every = of_release(every.select_from(ReleaseText).join(Release, Release.id == ReleaseText.release_id))
    found = every.where(_SEARCH.op("@@")(asked), *conditions).order_by(ReleaseText.document_id.desc()).limit(RANKED).subquery()
    ranked = select(*found.c, func.ts_rank_cd(found.c.search, asked).label("score"))
    best = ranked.order_by(desc("score"), found.c.release_id).limit(limit).subquery()
    snippet = func.ts_headline("english", best.c.body, asked, _HEADLINE_OPTIONS)
    columns = [best.c[name] for name in best.c.keys() if name not in ("body", "search")]  # noqa: SIM118
    return select(*columns, snippet.label("snippet")).order_by(desc(best.c.score), best.c.release_id)


def _hits(connection: Connection, rows: Sequence[Row[Any]]) -> list[SearchHit]:
    filers = read_filers(connection, (row.filing_id for row in rows))
    maker = row_maker(SearchHit, rows)
    return [maker.make(row, **filed_by(row, filers)) for row in rows]
