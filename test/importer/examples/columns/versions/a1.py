"""columns

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
    op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('x', sa.String(5)), sa.Column('old', sa.Integer()))
    op.create_table('other', sa.Column('id', sa.Integer(), primary_key=True))
    op.add_column('t', sa.Column('a', sa.Integer(), nullable=True))
    op.add_column('t', sa.Column('b', sa.Integer(), server_default='3', nullable=False))
    op.add_column('t', sa.Column('c', sa.Integer(), sa.ForeignKey('other.id')))
    op.add_column('t', sa.Column('d', sa.String(), unique=True))
    op.add_column('t', sa.Column('e', sa.String(), index=True))
    op.add_column('t', sa.Column('f', sa.String(), comment='what it is'))
    op.add_column('t', sa.Column('g', sa.Integer(), sa.Computed('b + 1')))
    op.add_column('t', sa.Column('h', sa.Integer(), sa.ForeignKey('other.id', name='t_h', ondelete='SET NULL')))
    op.add_column('t', sa.Column('i', sa.Integer(), sa.Identity()))
    op.drop_column('t', 'old')
    op.alter_column('t', 'x', type_=sa.Text(), existing_type=sa.String(5))
    op.alter_column('t', 'x', nullable=False)
    op.alter_column('t', 'x', server_default='y')
    op.alter_column('t', 'a', new_column_name='a2', type_=sa.BigInteger(), nullable=False, server_default=sa.text('5'), comment='more')
    op.alter_column('t', 'b', server_default=None)
    op.alter_column('t', 'b', nullable=True, existing_type=sa.Integer(), existing_server_default='3')
    op.alter_column('t', 'x', server_default=None)
    op.alter_column('t', 'x', type_=sa.Integer(), postgresql_using='length(x)')
    op.alter_column('other', 'id', existing_type=sa.Integer(), autoincrement=True)


def downgrade():
    op.drop_table('t')
    op.drop_table('other')
