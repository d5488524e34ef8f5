"""indexes

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
    op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('a', sa.String(), index=True), sa.Column('b', sa.String(), index=True, unique=True),
        sa.Column('c', postgresql.JSONB()), sa.Column('d', sa.DateTime()), sa.Column('E', sa.Integer()), sa.Index('t_inline', 'a', 'b'))
    op.create_index('t_a_b', 't', ['a', 'b'])
    op.create_index('t_u', 't', ['a'], unique=True)
    op.create_index(op.f('ix_t_d'), 't', ['d'], unique=False)
    op.create_index('t_lower', 't', [sa.text('lower(a)')])
    op.create_index('t_desc', 't', ['a', sa.text('d DESC NULLS LAST')])
    op.create_index('t_ops', 't', ['a'], postgresql_ops={'a': 'varchar_pattern_ops'})
    op.create_index('t_gin', 't', ['c'], postgresql_using='gin')
    op.create_index('t_path', 't', ['c'], postgresql_using='gin', postgresql_ops={'c': 'jsonb_path_ops'})
    op.create_index('t_where', 't', ['a'], postgresql_where=sa.text("b IS NOT NULL AND a <> 'x'"))
    op.create_index('t_include', 't', ['a'], postgresql_include=['b'], postgresql_with={'fillfactor': 50})
    op.create_index('t_upper', 't', ['E'])
    op.create_index('t_func', 't', [sa.func.lower(sa.column('a')), 'b'])
    op.create_index('t_json', 't', [sa.text("(c ->> 'x')")])
    op.create_index('t_gone', 't', ['b'])
    op.drop_index('t_gone', table_name='t')
    op.create_index('t_coalesce', 't', ['a', sa.text("coalesce(b, '')")], unique=True)
    op.create_index('t_expr_where', 't', ['a'], postgresql_where=sa.column('b') == 'x')


def downgrade():
    op.drop_index(op.f('ix_t_d'), table_name='t')
    op.drop_table('t')
