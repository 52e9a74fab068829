"""An archive of a market that never was, made by the database itself: companies, quarters, figures and words without end."""

from __future__ import annotations

import datetime as dt
import random
from itertools import accumulate, cycle, islice
from typing import Any

from sqlalchemy import Connection, text

from ex99.filings.metrics import METRICS
from ex99.storage.archive import Archive
from ex99.storage.engine import writing
from ex99.storage.writer import Writer

FIRST_CIK = 5_000_000
FIRST_YEAR = 1996
RARE, SELDOM, COMMON = "quizzaxa", "restated", "revenue"
"""Words of one text in two thousand, in a hundred, and of each."""
_TEXTS, _WORDS, _VOCABULARY = 2000, 80, 20_000
_NAMES = [name for name, metric in METRICS.items() if "gaap" in metric.bases]
_TABLES = (
    "CREATE TEMPORARY TABLE made_quarter "
    "(number INTEGER PRIMARY KEY, ended DATE, filed DATE, accepted TIMESTAMP, year INTEGER, quarter INTEGER)",
    "CREATE TEMPORARY TABLE made_place (position INTEGER PRIMARY KEY, metric TEXT, duration TEXT, topic INTEGER, back INTEGER)",
    "CREATE TEMPORARY TABLE made_text (number INTEGER PRIMARY KEY, body TEXT)",
)
_COMPANIES = """
    WITH RECURSIVE made(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM made WHERE n + 1 < :companies)
    INSERT INTO company (cik, name, as_of) SELECT {first} + n, 'COMPANY ' || n, '2024-01-01' FROM made
"""
_FILINGS = (
    """
    INSERT INTO filing (id, accession, form, filing_date, acceptance, facts, state, reason, failures, header_sha256)
    SELECT :before + c.cik - {first} + 1,
        '000' || c.cik || '-' || substr(CAST(q.filed AS TEXT), 3, 2) || '-' || CAST(100000 + :quarter AS TEXT),
        '8-K', q.filed, q.accepted, 'header', 'archived', 'exhibit_99', 0,
        CAST(10000000000000 + (:before + c.cik - {first}) AS TEXT) || :zeros
    FROM company c CROSS JOIN made_quarter q WHERE q.number = :quarter
    """,
    "INSERT INTO filing_filer (cik, filing_id, position) SELECT c.cik, :before + c.cik - {first} + 1, 0 FROM company c",
    "INSERT INTO filing_item (filing_id, number, title, position) SELECT id, '2.02', 'Results', 0 FROM filing WHERE id > :before",
    """
    INSERT INTO document (id, filing_id, sequence, type, filename, size, sha256, rank)
    SELECT id, id, 2, 'EX-99.1', 'release.htm', 100000, CAST(20000000000000 + id AS TEXT) || :zeros, 0 FROM filing WHERE id > :before
    """,
    """
    INSERT INTO release (id, document_id, parser_version, parse_run_id, current, sha256, kind, headline,
        fiscal_year, fiscal_quarter, fiscal_end)
    SELECT d.id, d.id, 'made', :run, {true}, d.sha256, 'results', 'Company reports results', q.year, q.quarter, q.ended
    FROM document d CROSS JOIN made_quarter q WHERE d.id > :before AND q.number = :quarter
    """,
    """
    INSERT INTO figure (release_id, position, metric, basis, duration, period_end, value, unit, precision, comparative, grade,
        source_start, source_end, source_text, source_table, source_row, source_column)
    SELECT r.id, p.position, p.metric, 'gaap', p.duration, e.ended,
        CAST(((c.cik * 31 + p.topic * 17 + e.number * 7) % 9000 + 1000
            + CASE WHEN p.back > 0 AND (c.cik + p.topic * 3 + e.number) % 97 = 0 THEN 5000 ELSE 0 END) * 1000 AS {decimal}),
        'USD', '1000', p.back > 0, 'A', p.position * 100, p.position * 100 + 5,
        CAST(r.id % 90000 + 10000 AS TEXT), 1, 'Total net sales', 'Three months ended'
    FROM release r JOIN company c ON c.cik = r.id - :before + {first} - 1
    CROSS JOIN made_place p JOIN made_quarter e ON e.number = :quarter - p.back
    WHERE r.id > :before
    """,
    """
    INSERT INTO release_text (document_id, release_id, headline, body)
    SELECT r.id, r.id, 'Company ' || (r.document_id - :before) || ' reports results', t.body
    FROM release r JOIN made_text t ON t.number = r.id % {texts} * 7919 % {texts} WHERE r.id > :before
    """,
)
"""What fills a quarter: one filing a company, one release a filing, with its figures and words.

A value is the same in each release that gives it, but for one comparative in 97, which is restated.
"""
_DIALECTS = {
    "sqlite": {"true": "1", "decimal": "TEXT"},
    "postgresql": {"true": "true", "decimal": "NUMERIC"},
}


def fill(archive: Archive, companies: int, quarters: int, figures: int) -> int:
    """Fill an empty archive, a transaction a quarter; returns the number of figures."""
    writer = Writer(archive)
    run = writer.start_parse("made")
    with writing(archive.engine).connect() as connection:
        words = {"first": FIRST_CIK, "texts": _TEXTS} | _DIALECTS[connection.dialect.name]
        dropped = _drop_indexes(connection) if connection.dialect.name == "postgresql" else []
        _make_helpers(connection, quarters, figures)
        connection.execute(text(_COMPANIES.format(**words)), {"companies": companies})
        for quarter in range(quarters):
            values = {"quarter": quarter, "before": quarter * companies, "run": run, "zeros": "0" * 50}
            for statement in _FILINGS:
                connection.execute(text(statement.format(**words)), values)
            connection.commit()
        for statement in dropped:
            connection.exec_driver_sql(statement)
        connection.commit()
    writer.finish_parse(run, {"releases": companies * quarters})
    return companies * quarters * figures


def _drop_indexes(connection: Connection) -> list[str]:
    """Drop the indexes that are sooner made at the end than kept, and give what makes them; foreign keys are not checked meanwhile."""
    connection.exec_driver_sql("SET session_replication_role = replica")
    connection.exec_driver_sql("SET maintenance_work_mem = '512MB'")
    made = []
    for name in ("ix_release_text_search", "ix_figure_metric_period"):
        made += [str(connection.execute(text("SELECT indexdef FROM pg_indexes WHERE indexname = :name"), {"name": name}).scalar_one())]
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return made


def period_end(quarter: int) -> dt.date:
    """The last day of the n-th quarter."""
    year, month = FIRST_YEAR + quarter // 4, quarter % 4 * 3 + 4
    return dt.date(year + (month > 12), (month - 1) % 12 + 1, 1) - dt.timedelta(days=1)


def _make_helpers(connection: Connection, quarters: int, figures: int) -> None:
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    rows = [_quarter(number) for number in range(-4, quarters)]
    connection.execute(text("INSERT INTO made_quarter VALUES (:number, :ended, :filed, :accepted, :year, :quarter)"), rows)
    places = [_place(position) for position in range(figures)]
    connection.execute(text("INSERT INTO made_place VALUES (:position, :metric, :duration, :topic, :back)"), places)
    texts = [{"number": number, "body": body} for number, body in enumerate(_write_texts())]
    connection.execute(text("INSERT INTO made_text VALUES (:number, :body)"), texts)


def _quarter(number: int) -> dict[str, Any]:
    ended = period_end(number)
    filed = ended + dt.timedelta(days=30)
    return {
        "number": number,
        "ended": ended.isoformat(),
        "filed": filed.isoformat(),
        "accepted": f"{filed} 21:05:00.000000",
        "year": ended.year,
        "quarter": number % 4 + 1,
    }


def _place(position: int) -> dict[str, Any]:
    """Each metric twice: of this quarter, and of the same a year before."""
    topic, back = divmod(position, 2)
    name = _NAMES[topic % len(_NAMES)]
    duration = "instant" if METRICS[name].instant else "quarter"
    return {"position": position, "metric": name, "duration": duration, "topic": topic, "back": back * 4}


def _write_texts() -> list[str]:
    """Texts whose words are as unevenly spread as those of a language are (the n-th most frequent 1/n as often)."""
    chance = random.Random(99)
    syllables = ("ba", "co", "di", "fu", "ge", "ha", "li", "mo", "nu", "pre", "sta", "ver")
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(_VOCABULARY)]
    weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
    kinds = cycle([[COMMON, SELDOM], *[[COMMON]] * 99])
    texts = [" ".join([*chance.choices(words, cum_weights=weights, k=_WORDS), *kind]) for kind in islice(kinds, _TEXTS)]
    return [f"{body} {RARE}" if number == 0 else body for number, body in enumerate(texts)]
