"""names, rows and members of the run

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import enum

import sqlalchemy as sa
from alembic import op

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


class Kind(enum.Enum):
    NEW = 'new'
    OLD = 'old'


class Word(str, enum.Enum):
    YES = 'yes'
    NO = 'no'


t = sa.table('t', sa.column('id', sa.Integer), sa.column('kind', sa.Enum(Kind, name='kind')), sa.column('word', sa.Enum(Word, name='word', values_callable=lambda words: [word.value for word in words])), sa.column('text', sa.Text))


def upgrade():
    op.create_table('p', sa.Column('id', sa.Integer(), primary_key=True))
    op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('kind', sa.Enum('NEW', 'OLD', name='kind')), sa.Column('word', sa.Enum('yes', 'no', name='word')), sa.Column('text', sa.Text()), sa.Column('old_one', sa.Text()), sa.Column('old_two', sa.Text()), sa.Column('p_id', sa.Integer(), sa.ForeignKey('p.id')))
    op.create_index('t_text', 't', ['text'])
    op.create_index('t_old', 't', ['old_one'])
    bind = op.get_bind()
    # Drops by names that the catalog has.
    inspector = sa.inspect(bind)
    for key in inspector.get_foreign_keys('t'):
        op.drop_constraint(key['name'], 't', type_='foreignkey')
    for index in inspector.get_indexes('t'):
        if index['name'] != 't_text':
            op.drop_index(index['name'], table_name='t')
    for column in inspector.get_columns('t'):
        if column['name'].startswith('old_'):
            op.drop_column('t', column['name'])
    # A member of an enum is its name, its value, or the text that it is.
    bind.execute(t.insert().values(id=1, kind=Kind.NEW, word=Word.YES, text=Word.NO))
    op.bulk_insert(t, [{'id': 2, 'kind': Kind.OLD, 'word': Word.NO, 'text': Word.YES}])
    bind.execute(sa.text('INSERT INTO t (id, text) VALUES (3, :word)'), {'word': Word.YES})
    # Rows one by one, and those that are left.
    rows = bind.execute(sa.text('SELECT id, text FROM t ORDER BY id'))
    first = rows.fetchone()
    second = rows.fetchone()
    rest = rows.fetchall()
    bind.execute(sa.text('INSERT INTO t (id, text) VALUES (:id, :text)'), {'id': first.id + 10, 'text': second.text})
    for row in rest:
        bind.execute(sa.text('INSERT INTO t (id, text) VALUES (:id, :text)'), {'id': row.id + 100, 'text': 'rest'})
    left = bind.execute(sa.text('SELECT id, text FROM t WHERE id > 100 ORDER BY id'))
    row = left.fetchone()
    while row:
        bind.execute(sa.text('INSERT INTO t (id, text) VALUES (:id, :text)'), {'id': row.id + 5000, 'text': 'one by one'})
        row = left.fetchone()
    many = bind.execute(sa.text('SELECT id FROM t ORDER BY id'))
    while True:
        some = many.fetchmany(3)
        if not some:
            break
        bind.execute(sa.text('INSERT INTO t (id, text) VALUES (:id, :text)'), {'id': some[0].id + 7000, 'text': str(len(some))})
    others = bind.execute(sa.text('SELECT id FROM t WHERE id < 3 ORDER BY id'))
    while True:
        other = others.fetchone()
        if other is None:
            break
        bind.execute(sa.text('INSERT INTO t (id, text) VALUES (:id, :text)'), {'id': other.id + 9000, 'text': 'other'})
    total = bind.execute(sa.text('SELECT count(*) FROM t')).scalar()
    for n in range(0, total, 2):
        bind.execute(sa.text('INSERT INTO t (id, text) VALUES (:id, :text)'), {'id': n + 1000, 'text': 'counted'})


def downgrade():
    op.drop_table('t')
    op.drop_table('p')
    op.execute('DROP TYPE kind')
    op.execute('DROP TYPE word')
