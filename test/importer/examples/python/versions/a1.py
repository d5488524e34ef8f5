"""python

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from contextlib import contextmanager

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None

SIZES = {'one': 5, **{'two': 7}}
TABLES = [('alpha', ['one', 'two']), ('beta', ('three',)), ('gamma', [])]


def common():
    """Columns that all have."""
    return [sa.Column('created_at', sa.DateTime(), server_default=sa.func.now() if False else None)]


def add(table, name, *, nullable=True, **kw):
    op.add_column(table, sa.Column(name, sa.String(), nullable=nullable, **kw))


@contextmanager
def table(name):
    def create(*columns):
        op.create_table(name, *(sa.Column(column, sa.Integer) for column in columns))
    yield create


def upgrade():
    TABLES_HERE = TABLES[:2]
    for n, (name, columns) in enumerate(TABLES_HERE):
        op.create_table(name, sa.Column('id', sa.Integer(), primary_key=True), *[sa.Column(column, sa.String(SIZES.get(column, 10))) for column in columns], *common())
        if n == 0:
            op.create_index('ix_%s_%s' % (name, columns[0]), name, [columns[0]])
        elif name.startswith('b'):
            op.create_index('ix_{}_{column}'.format(name, column=columns[-1]), name, columns[-1:])
    add(TABLES[0][0], 'extra', nullable=False, server_default='x')
    i = 0
    while i < 3:
        i += 1
        if i == 2:
            continue
        op.execute(f"INSERT INTO alpha (one, two, extra) VALUES ('{i:03d}', '{'x' * i}', '{i!r}')")
    with table('gamma') as create:
        create('x', 'y')
    dropped = {name for name, _ in TABLES} - {'alpha', 'beta'}
    for name in sorted(dropped):
        op.drop_table(name)
    try:
        op.execute('CREATE TABLE tried (a int)')
    except Exception:
        raise
    op.execute(', '.join(['SELECT 1', '2']))


def downgrade():
    [op.drop_table(name) for name, _ in TABLES if name != 'gamma']
    op.drop_table('tried')
