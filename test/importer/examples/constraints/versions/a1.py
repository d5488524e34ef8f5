"""constraints

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
    op.create_table(
        'parent',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('code', sa.String(5), unique=True, nullable=False),
        sa.Column('x', sa.Integer()),
        sa.Column('y', sa.Integer(), sa.CheckConstraint('y > 0')),
        sa.UniqueConstraint('x', 'y', name='parent_xy'),
        sa.CheckConstraint('x < 100', name='parent_x_small'),
        sa.CheckConstraint("code <> ''"),
        sa.UniqueConstraint('y', deferrable=True, initially='DEFERRED'),
    )
    op.create_table(
        'child',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('parent_id', sa.Integer(), sa.ForeignKey('parent.id', ondelete='CASCADE'), nullable=False),
        sa.Column('code', sa.String(5), sa.ForeignKey('parent.code', name='child_code', onupdate='cascade')),
        sa.Column('x', sa.Integer()),
        sa.Column('y', sa.Integer()),
        sa.ForeignKeyConstraint(['x', 'y'], ['parent.x', 'parent.y'], name='child_xy', deferrable=True, initially='DEFERRED', match='FULL'),
        sa.ForeignKeyConstraint(['x'], ['parent.id']),
        sa.PrimaryKeyConstraint('id', name='child_key'),
    )
    op.create_unique_constraint('child_x', 'child', ['x'])
    op.create_unique_constraint(None, 'child', ['y'])
    op.create_check_constraint('child_y', 'child', 'y > 0')
    op.create_check_constraint('child_positive', 'child', sa.column('x') > 0)
    op.create_foreign_key(None, 'child', 'parent', ['y'], ['id'], ondelete='SET NULL')
    op.create_foreign_key('child_later', 'child', 'parent', ['y'], ['id'], postgresql_not_valid=True)
    op.create_table('keyless', sa.Column('a', sa.Integer(), nullable=False), sa.Column('b', sa.Integer(), nullable=False))
    op.create_primary_key('keyless_key', 'keyless', ['a', 'b'])
    op.drop_constraint('child_later', 'child', type_='foreignkey')
    op.drop_constraint('parent_x_small', 'parent')


def downgrade():
    op.drop_table('keyless')
    op.drop_table('child')
    op.drop_table('parent')
