"""postgresql types

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import CIDR

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'everything',
        sa.Column('a', postgresql.UUID(as_uuid=True)),
        sa.Column('b', postgresql.JSONB(astext_type=sa.Text())),
        sa.Column('c', postgresql.INET()),
        sa.Column('d', CIDR),
        sa.Column('e', postgresql.MACADDR()),
        sa.Column('f', postgresql.TSVECTOR()),
        sa.Column('g', postgresql.ARRAY(sa.String(5))),
        sa.Column('h', postgresql.ARRAY(postgresql.UUID(), dimensions=2)),
        sa.Column('i', postgresql.TIMESTAMP(timezone=True, precision=3)),
        sa.Column('j', postgresql.TIME(precision=0)),
        sa.Column('k', postgresql.INTERVAL(fields='DAY TO SECOND', precision=2)),
        sa.Column('l', postgresql.BIT(4)),
        sa.Column('m', postgresql.BIT(varying=True)),
        sa.Column('n', postgresql.BYTEA()),
        sa.Column('o', postgresql.DOUBLE_PRECISION()),
        sa.Column('p', postgresql.OID()),
        sa.Column('q', postgresql.MONEY()),
        sa.Column('r', postgresql.INT4RANGE()),
        sa.Column('s', postgresql.TSTZRANGE()),
        sa.Column('t', postgresql.ENUM('x', 'y', name='letters')),
        sa.Column('u', postgresql.DATERANGE()),
        sa.Column('v', postgresql.REGCLASS()),
    )


def downgrade():
    op.drop_table("everything")
