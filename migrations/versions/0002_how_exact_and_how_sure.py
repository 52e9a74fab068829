"""Figures say how exact they are printed, how sure they are and what supports them; results carry the rules that made them."""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


# PostgreSQL has exact decimals of any length; SQLite keeps their digits as text
EXACT_DECIMAL = sa.Numeric().with_variant(sa.Text(), 'sqlite')

COLUMNS = (
    ('figure', 'precision', EXACT_DECIMAL),
    ('figure', 'grade', sa.Text()),
    ('figure', 'support', sa.Text()),
    ('figure', 'rules', sa.Integer()),
    ('guidance', 'rules', sa.Integer()),
    ('passage', 'rules', sa.Integer()),
    ('release', 'rules', sa.Integer()),
)
"""All may be NULL, so that adding them rewrites no table, however large."""


def upgrade() -> None:
    op.create_table('rule_set',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rules', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_set')),
    sa.UniqueConstraint('rules', name=op.f('uq_rule_set_rules'))
    )
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
    op.drop_table('rule_set')
