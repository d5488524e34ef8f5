"""sequences and identity

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
    op.execute(sa.schema.CreateSequence(sa.Sequence('s')))
    op.create_table('t', sa.Column('id', sa.Integer(), server_default=sa.text("nextval('s')"), nullable=False), sa.Column('n', sa.Integer(), nullable=False), sa.Column('c', sa.Integer(), sa.Computed('n * 2', persisted=True)))
    op.alter_column('t', 'n', server_default=sa.Identity(start=10), existing_server_default=None)
    op.create_table('u', sa.Column('id', sa.Integer(), sa.Identity(always=False, increment=2)))
    op.alter_column('u', 'id', existing_type=sa.Integer(), server_default=None, existing_server_default=sa.Identity())


def downgrade():
    op.drop_table('u')
    op.drop_table('t')
    op.execute(sa.schema.DropSequence(sa.Sequence('s')))
