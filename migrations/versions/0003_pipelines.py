"""Results say by which pipeline a document was parsed: press release, supplement or 8-K body."""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('release', sa.Column('pipeline', sa.Text(), server_default='release', nullable=False))


def downgrade() -> None:
    op.drop_column('release', 'pipeline')
