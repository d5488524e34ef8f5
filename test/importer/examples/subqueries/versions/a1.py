"""subqueries

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

a = sa.table('a', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('total', sa.Integer), sa.column('data', postgresql.JSONB))
b = sa.table('b', sa.column('id', sa.Integer), sa.column('a_id', sa.Integer), sa.column('n', sa.Integer))


def upgrade():
    op.create_table('a', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.String()), sa.Column('total', sa.Integer()), sa.Column('data', postgresql.JSONB()))
    op.create_table('b', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('a_id', sa.Integer()), sa.Column('n', sa.Integer()))
    op.execute("INSERT INTO a VALUES (1, 'x', NULL, '[1]'), (2, 'y', NULL, '[]'), (3, 'z', NULL, NULL)")
    op.execute('INSERT INTO b VALUES (1, 1, 10), (2, 1, 20), (3, 2, 5)')
    bind = op.get_bind()
    # What the statement around a query has is not in the query's FROM.
    total = sa.select(sa.func.sum(b.c.n)).where(b.c.a_id == a.c.id).scalar_subquery()
    bind.execute(a.update().values(total=total))
    bind.execute(a.update().where(~sa.exists(sa.select(b.c.id).where(b.c.a_id == a.c.id))).values(name='none'))
    bind.execute(b.delete().where(b.c.a_id.in_(sa.select(a.c.id).where(a.c.name == 'y'))))
    rows = bind.execute(sa.select(a.c.id, sa.select(sa.func.count(b.c.id)).where(b.c.a_id == a.c.id).scalar_subquery()).order_by(a.c.id)).fetchall()
    for id_, count in rows:
        bind.execute(b.insert().values(id=100 + id_, a_id=id_, n=count))
    # Two columns of one name are two columns.
    for first, second in bind.execute(sa.select(a.c.id, b.c.id).where(a.c.id == b.c.a_id).order_by(b.c.id)).fetchall():
        bind.execute(sa.text('INSERT INTO b VALUES (:id, :a, 0)'), {'id': second + 1000, 'a': first})
    low, high = bind.execute(sa.text('SELECT max(id), max(n) FROM b')).fetchone()
    bind.execute(sa.text('INSERT INTO b VALUES (:id, 0, :n)'), {'id': low + 1, 'n': high})
    for row in bind.execute(sa.select(a.c.name, b.c.n).select_from(a.join(b, a.c.id == b.c.a_id)).where(b.c.id < 100).order_by(b.c.id)):
        bind.execute(a.insert().values(id=row.n + 500, name=row.name))
    # JSON of the run stays JSON.
    for row in bind.execute(sa.select(a.c.id, a.c.data).where(a.c.data != None).order_by(a.c.id)).fetchall():
        bind.execute(a.update().where(a.c.id == row.id).values(data=row.data + ['more']))
        bind.execute(a.insert().values(id=row.id + 50, data=row.data))


def downgrade():
    op.drop_table('b')
    op.drop_table('a')
