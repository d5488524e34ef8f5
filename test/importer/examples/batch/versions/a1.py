"""batch

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
    op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('a', sa.String(5)), sa.Column('b', sa.Integer()))
    with op.batch_alter_table('t', schema=None) as batch_op:
        batch_op.add_column(sa.Column('c', sa.Integer(), nullable=True))
        batch_op.alter_column('a', existing_type=sa.String(5), type_=sa.Text(), nullable=False)
        batch_op.drop_column('b')
        batch_op.create_index(batch_op.f('ix_t_c'), ['c'], unique=False)
        batch_op.create_unique_constraint('t_a', ['a'])
        batch_op.create_foreign_key('t_self', 't', ['c'], ['id'])
        batch_op.create_check_constraint('t_c', sa.text('c > 0'))


def downgrade():
    with op.batch_alter_table('t') as batch_op:
        batch_op.drop_constraint('t_self', type_='foreignkey')
        batch_op.drop_index('ix_t_c')
    op.drop_table('t')
