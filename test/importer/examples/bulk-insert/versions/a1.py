"""bulk insert

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
import datetime

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    t = op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.String()), sa.Column('data', postgresql.JSONB()), sa.Column('on', sa.Boolean()), sa.Column('at', sa.Date()), sa.Column('tags', postgresql.ARRAY(sa.Text())), sa.Column('x', sa.Float()))
    op.bulk_insert(t, [
        {'id': 1, 'name': "it's", 'data': {'a': [1, None, True]}, 'on': True, 'at': datetime.date(2026, 1, 2), 'tags': ['a', 'b'], 'x': 1.5},
        {'id': 2, 'name': None, 'data': None, 'on': False, 'at': None, 'tags': [], 'x': 2.0},
    ])
    lookup = sa.table('t', sa.column('id', sa.Integer), sa.column('name', sa.String))
    op.bulk_insert(lookup, [dict(id=n, name=f'name {n}') for n in range(3, 6)])
    op.bulk_insert(lookup, [])


def downgrade():
    op.drop_table("t")
