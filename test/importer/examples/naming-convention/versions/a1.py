"""naming convention

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
    op.create_table('parent', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('a', sa.Integer(), unique=True), sa.Column('b', sa.Integer(), index=True), sa.CheckConstraint('a > 0', name='positive'))
    op.create_table('child', sa.Column('id', sa.Integer(), nullable=False), sa.Column('parent_id', sa.Integer()), sa.ForeignKeyConstraint(['parent_id'], ['parent.id']), sa.PrimaryKeyConstraint('id', name=op.f('pk_child_own')), sa.UniqueConstraint('parent_id'))
    op.create_unique_constraint(None, 'child', ['id', 'parent_id'])
    op.create_foreign_key(None, 'child', 'parent', ['id'], ['a'])
    op.create_check_constraint('small', 'child', 'id < 100')
    op.create_check_constraint(op.f('exact'), 'child', 'id < 200')
    op.drop_constraint('small', 'child', type_='check')
    op.create_index(None, 'child', ['parent_id'])
    op.add_column('child', sa.Column('x', sa.Integer(), sa.ForeignKey('parent.id')))
    op.create_table('a_table_with_a_name_that_is_rather_long', sa.Column('a_column_with_a_name_that_is_rather_long', sa.Integer(), unique=True, index=False))
    op.create_unique_constraint(op.f('uq_a_name_that_is_written_out_and_is_longer_than_postgresql_lets_it_be'), 'parent', ['b'])


def downgrade():
    op.drop_constraint(op.f('uq_a_name_that_is_written_out_and_is_longer_than_postgresql_lets_it_be'), 'parent', type_='unique')
    op.drop_table('a_table_with_a_name_that_is_rather_long')
    op.drop_table('child')
    op.drop_table('parent')
