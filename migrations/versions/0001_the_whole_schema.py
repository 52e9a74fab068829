"""The whole schema: companies, filings, documents, runs, releases and what was read from them, and the search index."""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


# PostgreSQL has exact decimals of any length; SQLite keeps their digits as text
EXACT_DECIMAL = sa.Numeric().with_variant(sa.Text(), 'sqlite')

SEARCH_INDEX = {
    'sqlite': (
        "CREATE VIRTUAL TABLE release_search USING fts5(headline, body, content='release_text', content_rowid='document_id', tokenize='porter unicode61 remove_diacritics 2')",
        'CREATE TRIGGER release_search_insert AFTER INSERT ON release_text BEGIN INSERT INTO release_search(rowid, headline, body) VALUES (new.document_id, new.headline, new.body); END',
        "CREATE TRIGGER release_search_delete AFTER DELETE ON release_text BEGIN INSERT INTO release_search(release_search, rowid, headline, body) VALUES ('delete', old.document_id, old.headline, old.body); END",
        "CREATE TRIGGER release_search_update AFTER UPDATE ON release_text BEGIN INSERT INTO release_search(release_search, rowid, headline, body) VALUES ('delete', old.document_id, old.headline, old.body); INSERT INTO release_search(rowid, headline, body) VALUES (new.document_id, new.headline, new.body); END",
    ),
    'postgresql': (
        "ALTER TABLE release_text ADD COLUMN search tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', left(headline, 10000)), 'A') || setweight(to_tsvector('english', left(body, 250000)), 'B')) STORED",
        'CREATE INDEX ix_release_text_search ON release_text USING gin (search)',
    ),
}


def upgrade() -> None:
    op.create_table('company',
    sa.Column('cik', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('sic', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('fiscal_year_end', sa.Text(), nullable=True),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('cik', name=op.f('pk_company'))
    )
    with op.batch_alter_table('company', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_name'), ['name'], unique=False)

    op.create_table('crawl_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('spider', sa.Text(), nullable=False),
    sa.Column('arguments', sa.Text(), nullable=False),
    sa.Column('started', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('stats', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crawl_run'))
    )
    op.create_table('parse_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('parser_version', sa.Text(), nullable=False),
    sa.Column('started', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stats', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parse_run'))
    )
    op.create_table('filing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('accession', sa.Text(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('filing_date', sa.Date(), nullable=False),
    sa.Column('acceptance', sa.DateTime(timezone=True), nullable=True),
    sa.Column('period_of_report', sa.Date(), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.Column('primary_document', sa.Text(), nullable=True),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('header_sha256', sa.Text(), nullable=True),
    sa.Column('crawl_run_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("facts IN ('listing', 'header')", name=op.f('ck_filing_facts')),
    sa.CheckConstraint("state IN ('archived', 'no_release', 'failed', 'listed', 'outside', 'paper')", name=op.f('ck_filing_state')),
    sa.CheckConstraint("state NOT IN ('archived', 'no_release') OR header_sha256 IS NOT NULL", name=op.f('ck_filing_fetched_has_header')),
    sa.ForeignKeyConstraint(['crawl_run_id'], ['crawl_run.id'], name=op.f('fk_filing_crawl_run_id_crawl_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing')),
    sa.UniqueConstraint('accession', name=op.f('uq_filing_accession'))
    )
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_filing_filing_date_accession'), ['filing_date', 'accession'], unique=False)
        batch_op.create_index(batch_op.f('ix_filing_header_sha256'), ['header_sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_filing_state_reason'), ['state', 'reason'], unique=False)

    op.create_table('former_name',
    sa.Column('cik', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['cik'], ['company.cik'], name=op.f('fk_former_name_cik_company')),
    sa.PrimaryKeyConstraint('cik', 'name', name=op.f('pk_former_name'))
    )
    op.create_table('ticker',
    sa.Column('cik', sa.BigInteger(), nullable=False),
    sa.Column('symbol', sa.Text(), nullable=False),
    sa.Column('exchange', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['cik'], ['company.cik'], name=op.f('fk_ticker_cik_company')),
    sa.PrimaryKeyConstraint('cik', 'symbol', name=op.f('pk_ticker'))
    )
    with op.batch_alter_table('ticker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticker_symbol'), ['symbol'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('filename', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.CheckConstraint('rank IS NULL OR sha256 IS NOT NULL', name=op.f('ck_document_release_has_bytes')),
    sa.ForeignKeyConstraint(['filing_id'], ['filing.id'], name=op.f('fk_document_filing_id_filing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('filing_id', 'sequence', name=op.f('uq_document_filing_id_sequence'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_rank_id'), ['rank', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_sha256'), ['sha256'], unique=False)

    op.create_table('filing_filer',
    sa.Column('cik', sa.BigInteger(), nullable=False),
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['cik'], ['company.cik'], name=op.f('fk_filing_filer_cik_company')),
    sa.ForeignKeyConstraint(['filing_id'], ['filing.id'], name=op.f('fk_filing_filer_filing_id_filing')),
    sa.PrimaryKeyConstraint('cik', 'filing_id', name=op.f('pk_filing_filer'))
    )
    with op.batch_alter_table('filing_filer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_filing_filer_filing_id_position'), ['filing_id', 'position'], unique=False)

    op.create_table('filing_item',
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['filing_id'], ['filing.id'], name=op.f('fk_filing_item_filing_id_filing')),
    sa.PrimaryKeyConstraint('filing_id', 'number', name=op.f('pk_filing_item'))
    )
    with op.batch_alter_table('filing_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_filing_item_number_filing_id'), ['number', 'filing_id'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('parser_version', sa.Text(), nullable=False),
    sa.Column('parse_run_id', sa.Integer(), nullable=False),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('headline', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('date', sa.Date(), nullable=True),
    sa.Column('newswire', sa.Text(), nullable=True),
    sa.Column('company_name', sa.Text(), nullable=True),
    sa.Column('fiscal_year', sa.Integer(), nullable=True),
    sa.Column('fiscal_quarter', sa.Integer(), nullable=True),
    sa.Column('fiscal_end', sa.Date(), nullable=True),
    sa.Column('error_code', sa.Text(), nullable=True),
    sa.Column('error_message', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('results', 'preliminary_results', 'sales_update', 'guidance', 'acquisition', 'management_change', 'dividend', 'buyback', 'financing', 'legal_regulatory', 'product', 'presentation', 'agreement', 'other')", name=op.f('ck_release_kind')),
    sa.CheckConstraint('(kind IS NULL) <> (error_code IS NULL)', name=op.f('ck_release_release_or_error')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_release_document_id_document')),
    sa.ForeignKeyConstraint(['parse_run_id'], ['parse_run.id'], name=op.f('fk_release_parse_run_id_parse_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('document_id', 'parser_version', name=op.f('uq_release_document_id_parser_version'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index('ix_release_current', ['document_id'], unique=True, sqlite_where=sa.text('current'), postgresql_where=sa.text('current'))
        batch_op.create_index(batch_op.f('ix_release_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_release_parser_version_document_id'), ['parser_version', 'document_id'], unique=False)

    op.create_table('figure',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('metric', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('duration', sa.Text(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=True),
    sa.Column('value', EXACT_DECIMAL, nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('comparative', sa.Boolean(), nullable=False),
    sa.Column('qualifier', sa.Text(), nullable=True),
    sa.Column('source_start', sa.Integer(), nullable=False),
    sa.Column('source_end', sa.Integer(), nullable=False),
    sa.Column('source_text', sa.Text(), nullable=False),
    sa.Column('source_table', sa.Integer(), nullable=True),
    sa.Column('source_row', sa.Text(), nullable=True),
    sa.Column('source_column', sa.Text(), nullable=True),
    sa.CheckConstraint("basis IN ('gaap', 'nongaap')", name=op.f('ck_figure_basis')),
    sa.CheckConstraint("duration IN ('quarter', 'half', 'nine_months', 'year', 'instant')", name=op.f('ck_figure_duration')),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_figure_release_id_release')),
    sa.PrimaryKeyConstraint('release_id', 'position', name=op.f('pk_figure')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('figure', schema=None) as batch_op:
        batch_op.create_index('ix_figure_metric_period', ['metric', 'period_end', 'duration', 'basis'], unique=False)

    op.create_table('guidance',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('metric', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('period', sa.Text(), nullable=True),
    sa.Column('low', EXACT_DECIMAL, nullable=True),
    sa.Column('high', EXACT_DECIMAL, nullable=True),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=True),
    sa.Column('source_start', sa.Integer(), nullable=False),
    sa.Column('source_end', sa.Integer(), nullable=False),
    sa.Column('source_text', sa.Text(), nullable=False),
    sa.Column('source_table', sa.Integer(), nullable=True),
    sa.Column('source_row', sa.Text(), nullable=True),
    sa.Column('source_column', sa.Text(), nullable=True),
    sa.CheckConstraint("action IN ('initiated', 'raised', 'lowered', 'reaffirmed', 'withdrawn')", name=op.f('ck_guidance_action')),
    sa.CheckConstraint("basis IN ('gaap', 'nongaap')", name=op.f('ck_guidance_basis')),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_guidance_release_id_release')),
    sa.PrimaryKeyConstraint('release_id', 'position', name=op.f('pk_guidance')),
    sqlite_with_rowid=False
    )
    op.create_table('passage',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('quantitative', sa.Boolean(), nullable=True),
    sa.Column('horizon', sa.Text(), nullable=True),
    sa.Column('source_start', sa.Integer(), nullable=False),
    sa.Column('source_end', sa.Integer(), nullable=False),
    sa.Column('source_text', sa.Text(), nullable=False),
    sa.Column('source_table', sa.Integer(), nullable=True),
    sa.Column('source_row', sa.Text(), nullable=True),
    sa.Column('source_column', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_passage_release_id_release')),
    sa.PrimaryKeyConstraint('release_id', 'position', name=op.f('pk_passage')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('passage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passage_kind'), ['kind'], unique=False)

    op.create_table('release_text',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('headline', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_release_text_document_id_document')),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_text_release_id_release')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_release_text'))
    )
    with op.batch_alter_table('release_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_text_release_id'), ['release_id'], unique=False)

    op.create_table('release_ticker',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('symbol', sa.Text(), nullable=False),
    sa.Column('exchange', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_ticker_release_id_release')),
    sa.PrimaryKeyConstraint('release_id', 'position', name=op.f('pk_release_ticker')),
    sqlite_with_rowid=False
    )
    op.create_table('release_warning',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_warning_release_id_release')),
    sa.PrimaryKeyConstraint('release_id', 'position', name=op.f('pk_release_warning')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('release_warning', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_warning_code'), ['code'], unique=False)

    op.create_table('figure_mention',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('figure_position', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source_start', sa.Integer(), nullable=False),
    sa.Column('source_end', sa.Integer(), nullable=False),
    sa.Column('source_text', sa.Text(), nullable=False),
    sa.Column('source_table', sa.Integer(), nullable=True),
    sa.Column('source_row', sa.Text(), nullable=True),
    sa.Column('source_column', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['release_id', 'figure_position'], ['figure.release_id', 'figure.position'], name='fk_figure_mention_figure'),
    sa.PrimaryKeyConstraint('release_id', 'figure_position', 'position', name=op.f('pk_figure_mention')),
    sqlite_with_rowid=False
    )
    for statement in SEARCH_INDEX[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_context().dialect.name == 'sqlite':
        op.execute('DROP TABLE release_search')
    op.drop_table('figure_mention')
    op.drop_table('release_warning')
    op.drop_table('release_ticker')
    op.drop_table('release_text')
    op.drop_table('passage')
    op.drop_table('guidance')
    op.drop_table('figure')
    op.drop_table('release')
    op.drop_table('filing_item')
    op.drop_table('filing_filer')
    op.drop_table('document')
    op.drop_table('ticker')
    op.drop_table('former_name')
    op.drop_table('filing')
    op.drop_table('parse_run')
    op.drop_table('crawl_run')
    op.drop_table('company')
