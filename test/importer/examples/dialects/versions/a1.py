"""dialects

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from alembic import context
from sqlalchemy.dialects import mysql, postgresql

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None

JSONType = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    bind = op.get_bind()
    if bind.dialect.name == 'postgresql':
        op.create_table('pg', sa.Column('a', postgresql.JSONB()))
    elif bind.dialect.name == 'sqlite':
        op.create_table('lite', sa.Column('a', sa.JSON()))
    if bind.engine.name == 'mysql':
        op.create_table('my', sa.Column('a', mysql.TINYINT()))
    if not context.is_offline_mode():
        op.execute('CREATE TABLE online (a int)')
    is_pg = op.get_context().dialect.name == 'postgresql'
    op.create_table('t', sa.Column('a', JSONType if is_pg else sa.Text()))


def downgrade():
    op.drop_table('pg')
    op.drop_table('online')
    op.drop_table('t')
