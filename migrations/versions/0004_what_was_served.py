"""Versions of submissions, the answers that they came in, and the documents of earlier ones."""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('submission_version',
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kept', sa.DateTime(timezone=True), nullable=True),
    sa.Column('header_sha256', sa.Text(), nullable=False),
    sa.Column('content_sha256', sa.Text(), nullable=True),
    sa.Column('documents', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['filing_id'], ['filing.id'], name=op.f('fk_submission_version_filing_id_filing')),
    sa.PrimaryKeyConstraint('filing_id', 'version', name=op.f('pk_submission_version'))
    )
    with op.batch_alter_table('submission_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submission_version_header_sha256'), ['header_sha256'], unique=False)

    op.create_table('earlier_document',
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('filename', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['filing_id', 'version'], ['submission_version.filing_id', 'submission_version.version'],
                            name=op.f('fk_earlier_document_filing_id_version_submission_version')),
    sa.PrimaryKeyConstraint('filing_id', 'version', 'sequence', name=op.f('pk_earlier_document'))
    )
    with op.batch_alter_table('earlier_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_earlier_document_sha256'), ['sha256'], unique=False)

    op.create_table('served',
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('asked', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('headers', sa.Text(), nullable=False),
    sa.Column('body_sha256', sa.Text(), nullable=False),
    sa.Column('body_size', sa.BigInteger(), nullable=False),
    sa.Column('content_sha256', sa.Text(), nullable=False),
    sa.Column('content_size', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['filing_id', 'version'], ['submission_version.filing_id', 'submission_version.version'],
                            name=op.f('fk_served_filing_id_version_submission_version')),
    sa.PrimaryKeyConstraint('filing_id', 'version', 'position', name=op.f('pk_served'))
    )
    # what is archived already is the first version; when it came was not noted
    op.execute(
        "INSERT INTO submission_version (filing_id, version, header_sha256, documents) "
        "SELECT id, 1, header_sha256, (SELECT count(*) FROM document WHERE document.filing_id = filing.id) "
        "FROM filing WHERE header_sha256 IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table('served')
    op.drop_table('earlier_document')
    op.drop_table('submission_version')
