"""partitions

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
    op.create_table('events', sa.Column('id', sa.Integer(), nullable=False), sa.Column('at', sa.DateTime(), nullable=False), sa.PrimaryKeyConstraint('id', 'at'), postgresql_partition_by='RANGE (at)')
    op.execute("CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
    op.create_table('parts', sa.Column('name', sa.Text()), postgresql_partition_by='HASH (lower(name))')
    op.create_table('base', sa.Column('a', sa.Integer()))
    op.create_table('heir', sa.Column('b', sa.Integer()), postgresql_inherits='base')
    op.create_table('quick', sa.Column('a', sa.Integer()), prefixes=['UNLOGGED'])


def downgrade():
    for name in ('quick', 'heir', 'base', 'parts', 'events_2026', 'events'):
        op.drop_table(name)
