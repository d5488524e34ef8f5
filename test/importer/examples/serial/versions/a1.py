"""serial

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
    op.create_table('a', sa.Column('id', sa.Integer(), nullable=False), sa.PrimaryKeyConstraint('id'))
    op.create_table('b', sa.Column('id', sa.BigInteger(), primary_key=True))
    op.create_table('c', sa.Column('id', sa.SmallInteger(), primary_key=True, autoincrement=True))
    op.create_table('d', sa.Column('id', sa.Integer(), primary_key=True, autoincrement=False))
    op.create_table('e', sa.Column('id', sa.Integer(), sa.ForeignKey('a.id'), primary_key=True))
    op.create_table('f', sa.Column('x', sa.Integer(), nullable=False), sa.Column('y', sa.Integer(), nullable=False), sa.PrimaryKeyConstraint('x', 'y'))
    op.create_table('g', sa.Column('x', sa.Integer(), primary_key=True), sa.Column('y', sa.Integer(), primary_key=True, autoincrement=True))
    op.create_table('h', sa.Column('id', sa.Integer(), server_default='7', primary_key=True))
    op.create_table('i', sa.Column('id', sa.Integer(), nullable=False), sa.ForeignKeyConstraint(['id'], ['a.id']), sa.PrimaryKeyConstraint('id'))
    op.create_table('j', sa.Column('id', sa.String(5), primary_key=True))
    op.create_table('k', sa.Column('id', sa.Integer(), sa.Identity(always=True, start=5), primary_key=True))
    op.create_table('l', sa.Column('id', sa.BigInteger(), sa.Identity(), nullable=False), sa.PrimaryKeyConstraint('id', name='l_key'))
    op.create_table('m', sa.Column('id', sa.Integer(), primary_key=True, default=3))
    op.create_table('n', sa.Column('id', sa.Numeric(10), primary_key=True))


def downgrade():
    for name in 'nmlkjihgfedcba':
        op.drop_table(name)
