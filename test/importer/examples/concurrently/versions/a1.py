"""concurrently

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('t', sa.Column('a', sa.Integer()))
    with op.get_context().autocommit_block():
        op.create_index('t_a', 't', ['a'], postgresql_concurrently=True)
    op.execute('COMMIT')
    op.execute('CREATE INDEX CONCURRENTLY t_a2 ON t (a)')
    op.execute('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a3 ON t (a)')


def downgrade():
    op.execute('COMMIT; DROP INDEX t_a3')
    op.drop_table('t')
