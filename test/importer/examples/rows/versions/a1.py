"""rows

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

t = sa.table('t', sa.column('id', sa.Integer), sa.column('n', sa.Integer))
u = sa.table('u', sa.column('t_id', sa.Integer), sa.column('word', sa.String))


def upgrade():
    op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.String()), sa.Column('n', sa.Integer()), sa.Column('data', postgresql.JSONB()))
    op.create_table('u', sa.Column('t_id', sa.Integer()), sa.Column('word', sa.String()))
    op.execute("""INSERT INTO t VALUES (1, 'a b', 1, '{"k": "v"}'), (2, 'c', NULL, NULL), (3, NULL, 3, '{"k": true}'), (4, '', 0, '{}')""")
    conn = op.get_bind()
    for row in conn.execute(sa.text('SELECT id, name FROM t ORDER BY id')):
        if row.name:
            for word in row.name.split(' '):
                conn.execute(sa.text('INSERT INTO u VALUES (:id, :word)'), {'id': row.id, 'word': word.upper()})
    for id_, n in conn.execute(sa.select(t.c.id, t.c.n).where(t.c.n != None).order_by(t.c.id)).fetchall():
        conn.execute(t.update().where(t.c.id == id_).values(n=n * 2 + 1))
    count = conn.execute(sa.text('SELECT count(*) FROM u')).scalar()
    if count > 2:
        op.execute("INSERT INTO u VALUES (0, 'more than two')")
    else:
        op.execute("INSERT INTO u VALUES (0, 'no more')")
    first = conn.execute(sa.text('SELECT id, data FROM t ORDER BY id')).fetchone()
    if first is not None:
        conn.execute(sa.text('INSERT INTO u VALUES (:id, :word)'), {'id': first[0], 'word': first['data']['k']})
    rows = conn.execute(sa.text('SELECT id, data FROM t WHERE data IS NOT NULL ORDER BY id')).fetchall()
    names = []
    for row in rows:
        data = row[1]
        for key, value in data.items():
            names.append(f'{key}={value}')
        if not data:
            names.append('empty')
    conn.execute(sa.text('INSERT INTO u VALUES (9, :word)'), {'word': ','.join(names)})
    by_id = {row[0]: row[1] for row in conn.execute(sa.text('SELECT id, n FROM t'))}
    conn.execute(sa.text('INSERT INTO u VALUES (10, :word)'), {'word': str(by_id[1])})
    op.bulk_insert(u, [{'t_id': row[0], 'word': 'bulk'} for row in rows])


def downgrade():
    op.drop_table('u')
    op.drop_table('t')
