"""server defaults

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
        't',
        sa.Column('a', sa.String(), server_default='now()'),
        sa.Column('b', sa.Integer(), server_default='0'),
        sa.Column('c', sa.Integer(), server_default=sa.text('1 + 1')),
        sa.Column('d', sa.DateTime(), server_default=sa.func.now()),
        sa.Column('e', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('f', sa.Boolean(), server_default=sa.sql.expression.true()),
        sa.Column('g', sa.Text(), server_default="it's"),
        sa.Column('h', postgresql.JSONB(), server_default=sa.text("'{}'::jsonb")),
        sa.Column('i', sa.DateTime(timezone=True), server_default=sa.text("timezone('utc', now())")),
        sa.Column('j', sa.String(), server_default=sa.FetchedValue()),
        sa.Column('k', sa.Date(), server_default=sa.func.current_date()),
        sa.Column('l', sa.String(), server_default=sa.literal_column("'x' || 'y'")),
        sa.Column('m', sa.DateTime(), server_default=sa.text('CURRENT_TIMESTAMP')),
        sa.Column('n', postgresql.JSONB(), server_default='{"a": 1}'),
        sa.Column('o', sa.Boolean(), server_default='false'),
        sa.Column('p', sa.Boolean(), server_default='t'),
        sa.Column('q', sa.String(), server_default=''),
        sa.Column('r', sa.DateTime(), server_default=sa.func.current_timestamp()),
        sa.Column('s', sa.String(), server_default=sa.text("'12:30'")),
        sa.Column('t', sa.String(), server_default=sa.text("'100%'")),
    )


def downgrade():
    op.drop_table("t")
