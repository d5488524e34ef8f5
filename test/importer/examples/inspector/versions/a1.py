"""inspector

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine.reflection import Inspector

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


def _has_column(table, column):
    inspector = Inspector.from_engine(op.get_bind())
    return column in [found['name'] for found in inspector.get_columns(table)]


def _finds_column(table, column):
    for found in Inspector.from_engine(op.get_bind()).get_columns(table):
        if column not in found['name']:
            continue
        return True
    return False


def upgrade():
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    tables = inspector.get_table_names()
    if 't' not in tables:
        op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('a', sa.String(), index=True))
    if not inspector.has_table('u'):
        op.create_table('u', sa.Column('id', sa.Integer(), primary_key=True))
    columns = [c['name'] for c in sa.inspect(bind).get_columns('t')]
    if 'b' not in columns:
        op.add_column('t', sa.Column('b', sa.Integer()))
    for name in ['a', 'c']:
        if name in columns:
            continue
        op.add_column('t', sa.Column(name, sa.Integer()))
    if any(index['name'] == 'ix_t_a' for index in sa.inspect(bind).get_indexes('t')):
        op.drop_index('ix_t_a', table_name='t')
    if not _has_column('u', 'x'):
        op.add_column('u', sa.Column('x', sa.Integer()))
    if not _finds_column('u', 'y'):
        op.add_column('u', sa.Column('y', sa.Integer()))
    if _finds_column('u', 'z'):
        op.drop_column('u', 'z')
    existing = {fk['name'] for fk in Inspector.from_engine(bind).get_foreign_keys('t')}
    if 'nothing' in existing:
        op.drop_constraint('nothing', 't', type_='foreignkey')


def downgrade():
    op.drop_table('u')
    op.drop_table('t')
