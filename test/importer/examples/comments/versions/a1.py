"""comments

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
    op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True, comment="it's the key"), sa.Column('a', sa.Text()), comment='a table')
    op.create_table_comment('t', 'another', existing_comment='a table')
    op.alter_column('t', 'a', comment='a column')
    op.alter_column('t', 'id', comment=None, existing_comment="it's the key")


def downgrade():
    op.drop_table_comment('t', existing_comment='another')
    op.drop_table('t')
