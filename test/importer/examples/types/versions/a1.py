"""types

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'everything',
        sa.Column('a', sa.Integer(), nullable=False),
        sa.Column('b', sa.BigInteger()),
        sa.Column('c', sa.SmallInteger),
        sa.Column('d', sa.Numeric(10, 2)),
        sa.Column('e', sa.Numeric()),
        sa.Column('f', sa.Float()),
        sa.Column('g', sa.Float(precision=24)),
        sa.Column('h', sa.String()),
        sa.Column('i', sa.String(length=30)),
        sa.Column('j', sa.Unicode(20)),
        sa.Column('k', sa.Text()),
        sa.Column('l', sa.UnicodeText()),
        sa.Column('m', sa.LargeBinary()),
        sa.Column('n', sa.Boolean()),
        sa.Column('o', sa.Date()),
        sa.Column('p', sa.DateTime()),
        sa.Column('q', sa.DateTime(timezone=True)),
        sa.Column('r', sa.Time()),
        sa.Column('s', sa.Interval()),
        sa.Column('t', sa.JSON()),
        sa.Column('u', sa.PickleType()),
        sa.Column('v', sa.CHAR(3)),
        sa.Column('w', sa.VARCHAR(7)),
        sa.Column('x', sa.TIMESTAMP(timezone=True)),
        sa.Column('y', sa.DECIMAL(6, 3)),
        sa.Column('z', sa.ARRAY(sa.Integer)),
        sa.Column('aa', sa.REAL()),
        sa.Column('ab', sa.String(10, collation='C')),
        sa.Column('ac', sa.types.Text()),
        sa.Column('ad', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')),
        sa.Column('ae', sa.String().with_variant(sa.Text(), 'sqlite')),
    )


def downgrade():
    op.drop_table("everything")
