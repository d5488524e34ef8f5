"""What only the run knows: counts, sums, lists, the environment, loops that are not unrolled."""
import os

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = 'a1'
down_revision = None

FLAG = os.environ.get('LIMBECK_EXAMPLE_FLAG', 'off')


def said(conn, word):
    conn.execute(sa.text('INSERT INTO said (word) VALUES (:word)'), {'word': word})


def upgrade():
    op.create_table(
        't',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('n', sa.BigInteger()),
        sa.Column('tags', postgresql.ARRAY(sa.Text())),
        sa.Column('done', sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table('said', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('word', sa.Text()))
    op.execute("INSERT INTO t (n, tags) SELECT i, ARRAY['a', i::text] FROM generate_series(1, 25) AS i")
    conn = op.get_bind()
    result = conn.execute(sa.text('UPDATE t SET n = n + 1 WHERE n > 20;'))
    said(conn, f'changed {result.rowcount}')
    for step in ('first', 'second'):
        offset = 0
        rounds = 0
        while True:
            result = conn.execute(
                sa.text(
                    f"UPDATE t SET done = NOT done WHERE id IN (SELECT id FROM t ORDER BY id LIMIT 10 OFFSET {offset})"
                )
            )
            if result.rowcount <= 0:
                break
            offset += 10
            rounds += 1
        said(conn, f'{step}: {rounds} rounds')
    nothing = conn.execute(sa.text('SELECT max(n) FROM t WHERE n > 1000')).scalar() or 0
    said(conn, f'nothing is {nothing}')
    total = 0
    words = []
    for row in conn.execute(sa.text('SELECT id, n, tags FROM t WHERE id <= 3 ORDER BY id')):
        total += row.n
        words = words + row.tags
        label = 'even' if row.n % 2 == 0 else 'odd'
        if row.id == 2:
            continue
        said(conn, f'{row.id}: {label} {len(words)} {row.tags[0]}')
    said(conn, f'total {total}')
    conn.execute(t.update().where(t.c.id == 1).values(tags=words))
    for n, row in enumerate(conn.execute(sa.text('SELECT id FROM t ORDER BY id LIMIT 2')), start=1):
        said(conn, f'{n} of {row.id}')
    if FLAG == 'on' and total:
        said(conn, 'never')
    elif FLAG == 'off' or total > 100:
        said(conn, 'off')
    kinds = {row.id: row.n for row in conn.execute(sa.text('SELECT id, n FROM t WHERE id < 4 ORDER BY id'))}
    for key, value in kinds.items():
        said(conn, '%s=%s' % (key, value))
    missing = [row.id for row in conn.execute(sa.text('SELECT id FROM t ORDER BY id')) if row.id > 24]
    said(conn, str(missing[0]) if missing else 'none')
    found = conn.execute(sa.text('SELECT id FROM t WHERE id = :id'), {'id': 4}).first()
    if not found or found.id != 4:
        said(conn, 'not found')


t = sa.table('t', sa.column('id', sa.Integer), sa.column('tags', postgresql.ARRAY(sa.Text)))


def downgrade():
    op.drop_table('said')
    op.drop_table('t')
